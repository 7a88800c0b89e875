package bench

import (
	"fmt"
	"go/token"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// checkTexts holds what is written beside the lessons, the repo's markdown and
// the Korean strings of its packages, to the glossary and to links that
// resolve.
func checkTexts(c *Course, repo string) (found []problem) {
	documents, err := filepath.Glob(filepath.Join(repo, "*.md"))
	if err != nil {
		return []problem{{where: repo, what: err.Error()}}
	}
	more, err := filepath.Glob(filepath.Join(repo, "docs", "*.md"))
	if err != nil {
		return []problem{{where: repo, what: err.Error()}}
	}
	for _, path := range append(documents, more...) {
		found = append(found, checkDocument(c, path)...)
	}
	err = filepath.WalkDir(filepath.Join(repo, "pkg"), func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		scan(string(source), func(line int, tok token.Token, lit string) {
			if tok != token.STRING || !hangul(lit) {
				return
			}
			for _, hit := range c.lint(strings.Trim(lit, "`\""), "ko") {
				found = append(found, problem{where: fmt.Sprintf("%s:%d", path, line), what: hit})
			}
		})
		return err
	})
	if err != nil {
		found = append(found, problem{where: repo, what: err.Error()})
	}
	return found
}

var (
	chanceRE = regexp.MustCompile(`\b(seed|Seeds?|rand)\b`)
	heldRE   = regexp.MustCompile(`(?m)^// ([CS]\d\d)\b.*\n(?://.*\n)*func Test`)
)

// checkChance holds each verdict with chance in it to be a Go test too, named
// by the comment above it. Seconds are not to be had twice.
func checkChance(c *Course, repo string) (found []problem) {
	held := map[string]bool{}
	filepath.WalkDir(filepath.Join(repo, "pkg"), func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, m := range heldRE.FindAllSubmatch(source, -1) {
			held[string(m[1])] = true
		}
		return err
	})
	for _, nb := range c.notebooks() {
		for _, cell := range nb.Cells {
			if id := claimOf(cell); cell.tagged("measure") && !cell.tagged("timing") && !held[id] && chanceRE.MatchString(string(cell.Source)) {
				found = append(found, nb.problem(cell,
					"%s is measured with chance, but no test in pkg holds its verdict at fresh seeds: one is needed with a comment that begins // %[1]s", id))
			}
		}
	}
	return found
}

// checkDocument looks at one markdown file; its language is Korean if it ends
// in .ko.md.
func checkDocument(c *Course, path string) (found []problem) {
	b, err := os.ReadFile(path)
	if err != nil {
		return []problem{{where: path, what: err.Error()}}
	}
	lang := "en"
	if strings.HasSuffix(path, ".ko.md") {
		lang = "ko"
	}
	text := fenceRE.ReplaceAllString(string(b), "")
	for _, line := range strings.Split(text, "\n") {
		for _, hit := range c.lint(line, lang) {
			found = append(found, problem{where: path, what: hit})
		}
		for _, m := range linkRE.FindAllStringSubmatch(codeRE.ReplaceAllString(line, ""), -1) {
			u, err := url.Parse(m[2])
			if err != nil || u.Scheme == "" && u.Path != "" && !exists(filepath.Join(filepath.Dir(path), u.Path)) {
				found = append(found, problem{where: path, what: fmt.Sprintf("links to %s, which is not there", m[2])})
			}
		}
	}
	return found
}
