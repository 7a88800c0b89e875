package bench

import (
	"math"
	"regexp"
)

// checkNumbers holds every number in the text to what cells print or set: in a
// verdict (two digits or more) to the measuring cells of the claim, elsewhere
// (three or more) to any cell of the notebook or numbers.json. Strings in code
// are text too: what the author says in a caption is printed, but not measured.
func checkNumbers(c *Course) (found []problem) {
	for _, nb := range c.notebooks() {
		var known []number
		for _, cell := range nb.Cells {
			known = append(append(known, shownNumbers(cell)...), sourceNumbers(cell)...)
		}
		for _, s := range c.Numbers {
			if s.Lesson == nb.number() {
				known = append(known, numbers(s.Number)...)
			}
		}
		for _, cell := range nb.Cells {
			if references(cell) {
				continue
			}
			if cell.markdown() && cell.tagged("verdict") {
				found = append(found, verdictNumbers(nb, cell)...)
				continue
			}
			for _, n := range append(numbers(textOf(cell)), typedNumbers(cell)...) {
				if n.digits >= 3 && !n.among(known) {
					found = append(found, nb.problem(cell, "%s is no number that a cell of the lesson prints or sets, nor is it in numbers.json", n.text))
				}
			}
		}
	}
	return found
}

func verdictNumbers(nb *Notebook, verdict *Cell) (found []problem) {
	var measured []number
	for _, c := range nb.Cells {
		if c.tagged("measure", claimOf(verdict)) {
			measured = append(append(measured, shownNumbers(c)...), sourceNumbers(c)...)
		}
	}
	for _, n := range numbers(textOf(verdict)) {
		// The zeros of 30 count here: the setting it names stands in the cell.
		if (n.digits >= 2 || math.Abs(n.value) >= 10) && !n.among(measured) {
			found = append(found, nb.problem(verdict, "%s is no number that the measuring cell of %s prints or sets", n.text, claimOf(verdict)))
		}
	}
	return found
}

var (
	fenceRE   = regexp.MustCompile("(?s)```.*?```")
	quoteRE   = regexp.MustCompile(`(?m)^\s*>.*$`)
	imageRE   = regexp.MustCompile(`!\[([^\]]*)\]\(([^)]*)\)`)
	linkRE    = regexp.MustCompile(`\[([^\]]*)\]\(([^)]*)\)`)
	htmlRE    = regexp.MustCompile(`<[/!a-zA-Z][^>]*>`)
	addressRE = regexp.MustCompile(`https?://[^\s)>]+|\bdoi:\S+|\barXiv:\S+`)
)

// textOf returns the words of a markdown cell: no fenced code, no quotes of the
// document, no addresses, no tags.
func textOf(c *Cell) string {
	if !c.markdown() {
		return ""
	}
	s := fenceRE.ReplaceAllString(string(c.Source), "")
	s = quoteRE.ReplaceAllString(s, "")
	s = linkRE.ReplaceAllString(s, "$1")
	s = htmlRE.ReplaceAllString(s, "")
	return addressRE.ReplaceAllString(s, "")
}

// references reports whether the cell is the list of sources, whose years,
// pages and titles are its own.
func references(c *Cell) bool { return c.ID == "references" }
