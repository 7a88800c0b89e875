package bench

import (
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// Pattern is a line of lint.txt: what not to write, and what to write.
type Pattern struct {
	avoid *regexp.Regexp
	use   string
	math  bool // looks at formulas too
	both  bool // holds for English as well
}

// readLint reads lint.txt: lines "avoid  →  use" under the headings [ko],
// [ko with math] and [ko en].
func (c *Course) readLint() error {
	path := filepath.Join(c.Dir, "lint.txt")
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	section := ""
	for i, line := range strings.Split(string(b), "\n") {
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			section = line
		default:
			avoid, use, ok := strings.Cut(line, "  →  ")
			re, err := regexp.Compile(avoid)
			if !ok || err != nil {
				return fmt.Errorf("%s:%d: want a pattern, \"  →  \" and a word: %v", path, i+1, err)
			}
			c.Lint = append(c.Lint, Pattern{re, use, section == "[ko with math]", section == "[ko en]"})
		}
	}
	return nil
}

// checkLanguage holds the lessons to the glossary and to one language each.
func checkLanguage(c *Course) (found []problem) {
	for _, nb := range c.notebooks() {
		for _, cell := range nb.Cells {
			report := func(format string, args ...any) {
				found = append(found, nb.problem(cell, format, args...))
			}
			for _, p := range passages(cell) {
				for _, hit := range c.lint(p, nb.Lang) {
					report("%s", hit)
				}
				p = pairLinkRE.ReplaceAllString(p, "")
				if nb.Lang == "en" && hangul(p) {
					report("has Korean words outside a quote of the document: %s", excerpt(p))
				}
				p = linkRE.ReplaceAllString(p, "")
				if nb.Lang == "ko" && !hangul(p) && !references(cell) && wordsRE.MatchString(proseOnly(p)) {
					report("is not translated: %s", excerpt(p))
				}
			}
		}
	}
	return found
}

// wordsRE finds four English words in a row; names have capitals.
var wordsRE = regexp.MustCompile(`\b[A-Za-z][a-z']*(?:[ ,:"]+[a-z][a-z']*\b){3}`)

// passages returns what the reader of a cell reads: paragraphs of text; strings
// and comments of code; printed lines, captions and alt texts.
func passages(c *Cell) (all []string) {
	if c.markdown() {
		text := fenceRE.ReplaceAllString(string(c.Source), "")
		if claimOf(c) != "" {
			text = quoteRE.ReplaceAllString(text, "")
		}
		all = strings.Split(text, "\n")
		for _, fence := range fenceRE.FindAllString(string(c.Source), -1) {
			all = append(all, wordsOfCode(strings.Trim(fence, "`"))...)
		}
		return all
	}
	all = wordsOfCode(string(c.Source))
	for _, o := range c.Outputs {
		if o.Type == "error" || c.failed() {
			continue
		}
		all = append(all, strings.Split(string(o.Text)+"\n"+o.data("text/markdown")+"\n"+o.data("text/plain"), "\n")...)
	}
	return all
}

func wordsOfCode(source string) (words []string) {
	scan(source, func(_ int, tok token.Token, lit string) {
		if tok == token.STRING || tok == token.COMMENT {
			words = append(words, strings.Split(strings.Trim(lit, "`\""), "\n")...)
		}
	})
	return words
}

const lintOK = "<!-- lint:ok -->"

// lint returns what the patterns find in a line.
func (c *Course) lint(line, lang string) (hits []string) {
	if strings.HasSuffix(line, lintOK) || strings.HasPrefix(strings.TrimSpace(line), ">") {
		return nil
	}
	withMath := addressRE.ReplaceAllString(imageRE.ReplaceAllString(codeRE.ReplaceAllString(line, ""), ""), "")
	withMath = linkTargetRE.ReplaceAllString(withMath, "]")
	without := mathRE.ReplaceAllString(withMath, "")
	for _, p := range c.Lint {
		if lang == "en" && !p.both {
			continue
		}
		text := without
		if p.math {
			text = withMath
		}
		if m := p.avoid.FindString(text); m != "" {
			hits = append(hits, fmt.Sprintf("says %q, the glossary %q: %s", m, p.use, excerpt(line)))
		}
	}
	return hits
}

var (
	codeRE       = regexp.MustCompile("`[^`]*`")
	mathRE       = regexp.MustCompile(`\$\$[^$]*\$\$|\$[^$]*\$`)
	pairLinkRE   = regexp.MustCompile(`\[[^\]]*\]\(\.\./ko/[^)]*\)`)
	linkTargetRE = regexp.MustCompile(`\]\([^)]*\)`)
)

// proseOnly drops code, formulas and tags.
func proseOnly(s string) string {
	return htmlRE.ReplaceAllString(mathRE.ReplaceAllString(codeRE.ReplaceAllString(s, "·"), "·"), "")
}

func excerpt(s string) string {
	r := []rune(strings.TrimSpace(s))
	if len(r) > 70 {
		return string(r[:70]) + "…"
	}
	return string(r)
}
