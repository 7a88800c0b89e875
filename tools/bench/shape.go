package bench

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

const (
	maxLines   = 18        // of a code cell
	maxColumns = 100       // of a line of code or output
	maxBytes   = 1_500_000 // of a notebook
	maxFigure  = 80 << 10  // bytes of a PNG
	maxMotion  = 150 << 10 // of one that moves
)

var slideTypes = []string{"slide", "subslide", "fragment", "skip", "notes", "-"}

// checkShape holds the notebooks to what can be seen in the file: form, ids,
// headings, slides, outputs, lengths, figures with words.
func checkShape(c *Course) (found []problem) {
	for _, nb := range c.notebooks() {
		found = append(found, checkFile(nb)...)
		ids := map[string]bool{}
		level := 0
		for i, cell := range nb.Cells {
			report := func(format string, args ...any) {
				found = append(found, nb.problem(cell, format, args...))
			}
			if ids[cell.ID] || !idRE.MatchString(cell.ID) {
				report("needs an id of its own of letters, digits and hyphens")
			}
			ids[cell.ID] = true
			if i := strings.IndexFunc(string(cell.Source), func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' }); i >= 0 {
				report("has the control character %q", cell.Source[i])
			}
			if struck := struckRE.FindString(proseOnly(textOf(cell))); struck != "" {
				report("strikes out %q: write \\~", struck)
			}
			if !slices.Contains(slideTypes, cell.Metadata.Slideshow.Type) {
				report("has slide type %q, allowed is one of %q", cell.Metadata.Slideshow.Type, slideTypes)
			}
			for _, l := range headingLevels(cell) {
				if (l == 1) != (level == 0) || l > level+1 || l == 1 && i > 0 {
					report("has a heading of level %d after level %d; the first cell has the one of level 1", l, level)
				}
				level = l
			}
			for _, fence := range fenceRE.FindAllString(string(cell.Source), -1) {
				for l := range strings.Lines(fence) {
					if w := width(strings.TrimSuffix(l, "\n")); cell.markdown() && w > maxColumns {
						report("shows a line of code of %d columns, allowed are %d: %s", w, maxColumns, l)
					}
				}
			}
			if cell.code() {
				checkCode(cell, report)
				checkOutputs(nb, cell, report)
			}
		}
		if level == 0 {
			found = append(found, nb.problem(nil, "has no headings"))
		}
	}
	return found
}

var (
	idRE     = regexp.MustCompile(`^[A-Za-z0-9-]{1,64}$`)
	struckRE = regexp.MustCompile(`(?m)(?:^|[^\\~])~[^~\n]*[^\\~\n]~`) // as Markdown reads “1~2 and 3~4”
)

func checkFile(nb *Notebook) (found []problem) {
	if len(nb.raw) > maxBytes {
		found = append(found, nb.problem(nil, "has %d bytes, allowed are %d", len(nb.raw), maxBytes))
	}
	if want, err := formatted(nb.raw); err != nil || !bytes.Equal(want, nb.raw) {
		found = append(found, nb.problem(nil, "is not in canonical form: run make outputs"))
	}
	return found
}

// headingLevels returns the levels of the cell's headings in order.
func headingLevels(c *Cell) (levels []int) {
	if !c.markdown() {
		return nil
	}
	for _, m := range headingRE.FindAllStringSubmatch(fenceRE.ReplaceAllString(string(c.Source), ""), -1) {
		levels = append(levels, len(m[1]))
	}
	return levels
}

var headingRE = regexp.MustCompile(`(?m)^(#{1,6}) +(.+?)\s*$`)

func checkCode(c *Cell, report func(string, ...any)) {
	lines := c.lines()
	if len(lines) > maxLines {
		report("has %d lines, allowed are %d", len(lines), maxLines)
	}
	for i, l := range lines {
		if w := width(l); w > maxColumns {
			report("line %d has %d columns, allowed are %d", i+1, w, maxColumns)
		}
	}
	if l := unformatted(string(c.Source)); l > 0 && !c.tagged("raises-exception") {
		report("line %d is not as gofmt writes it", l)
	}
	if c.Count == nil {
		report("was not executed: run make outputs")
	}
	if c.failed() != c.tagged("raises-exception") {
		report("red cells, and only they, are tagged raises-exception")
	}
	if c.tagged("timing") && c.Metadata.Timed != fingerprint(c) {
		report("has a timed output of another source: run make outputs")
	}
}

func fingerprint(c *Cell) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(c.Source)))[:16]
}

func checkOutputs(nb *Notebook, c *Cell, report func(string, ...any)) {
	for i, o := range c.Outputs {
		if o.Stream == "stderr" && !c.failed() {
			report("writes to stderr: %.80q", o.Text)
		}
		if o.Type == "stream" && o.Stream == "stdout" {
			for _, l := range strings.Split(string(o.Text), "\n") {
				if w := width(l); w > maxColumns {
					report("prints a line of %d columns, allowed are %d: %s", w, maxColumns, l)
				}
			}
		}
		if o.data("image/png") == "" {
			continue
		}
		figure, err := rawFigure(o.data("image/png"))
		if err != nil {
			report("has a figure that %v", err)
		}
		allowed := maxFigure
		if animated(figure) {
			allowed = maxMotion
		}
		if len(figure) > allowed {
			report("has a figure of %d bytes, allowed are %d", len(figure), allowed)
		}
		alt := o.data("text/plain")
		if len([]rune(alt)) < 20 || hangul(alt) != (nb.Lang == "ko") {
			report("has a figure without alt text in its language: %q", alt)
		}
		if i+1 == len(c.Outputs) || c.Outputs[i+1].data("text/markdown") == "" {
			report("has a figure without a caption after it")
		}
	}
}

// width counts columns: two for a Hangul syllable or another wide character.
func width(s string) (n int) {
	for _, r := range strings.ReplaceAll(s, "\t", "    ") {
		n++
		if r >= 0x1100 && (unicode.In(r, unicode.Hangul, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0xff01 && r <= 0xff60) {
			n++
		}
	}
	return n
}

func hangul(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Hangul, r) })
}

func keys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
