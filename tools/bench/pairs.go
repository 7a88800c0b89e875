package bench

import (
	"fmt"
	"slices"
)

// checkPairs holds the two languages to the same cells, ids, types, tags,
// slides, headings, code and printed numbers.
func checkPairs(c *Course) (found []problem) {
	for _, l := range c.Lessons {
		if l.KO == nil || l.EN == nil {
			nb := l.notebooks()[0]
			found = append(found, nb.problem(nil, "has no pair in the other language"))
			continue
		}
		for i := range max(len(l.KO.Cells), len(l.EN.Cells)) {
			if i >= len(l.KO.Cells) || i >= len(l.EN.Cells) || l.KO.Cells[i].ID != l.EN.Cells[i].ID {
				found = append(found, pairBroken(l, i))
				break // the rest would be out of step
			}
			for _, what := range differences(l.KO.Cells[i], l.EN.Cells[i]) {
				found = append(found, l.KO.problem(l.KO.Cells[i], "differs from en/%s in %s", l.Name, what))
			}
		}
	}
	return found
}

// pairBroken names the cells where the order of ids parts.
func pairBroken(l *Lesson, i int) problem {
	id := func(nb *Notebook) string {
		if i < len(nb.Cells) {
			return nb.Cells[i].ID
		}
		return "none"
	}
	return problem{"ko/" + l.Name, id(l.KO), fmt.Sprintf("cell %d is %s in Korean and %s in English", i+1, id(l.KO), id(l.EN))}
}

func differences(ko, en *Cell) (what []string) {
	differ := func(name string, a, b any) {
		if a, b := fmt.Sprint(a), fmt.Sprint(b); a != b {
			what = append(what, fmt.Sprintf("its %s: %s and %s", name, a, b))
		}
	}
	differ("type", ko.Type, en.Type)
	differ("tags", ko.Metadata.Tags, en.Metadata.Tags)
	differ("slide type", ko.Metadata.Slideshow.Type, en.Metadata.Slideshow.Type)
	differ("hidden outputs", ko.Metadata.Jupyter.Hidden, en.Metadata.Jupyter.Hidden)
	if ko.markdown() {
		differ("heading levels", headingLevels(ko), headingLevels(en))
		differ("code", fencedTokens(ko), fencedTokens(en))
		return what
	}
	if a, b := goTokens(string(ko.Source)), goTokens(string(en.Source)); !slices.Equal(a, b) {
		i := 0
		for i < min(len(a), len(b)) && a[i] == b[i] {
			i++
		}
		differ("code", around(a, i), around(b, i))
	}
	if !ko.tagged("timing") {
		differ("printed numbers", longNumbers(ko.printed()), longNumbers(en.printed()))
	}
	return what
}

// fencedTokens are those of the Go in a markdown cell, such as a solution.
func fencedTokens(c *Cell) (tokens []string) {
	for _, m := range goFenceRE.FindAllStringSubmatch(string(c.Source), -1) {
		tokens = append(tokens, goTokens(m[1])...)
	}
	return tokens
}

// around shows a token with its neighbours.
func around(tokens []string, i int) string {
	return fmt.Sprintf("…%q…", tokens[max(0, min(i, len(tokens))-2):min(len(tokens), i+2)])
}

// longNumbers are those of three digits and more, in order of size; the words
// between them differ from language to language.
func longNumbers(s string) (long []string) {
	for _, n := range numbers(s) {
		if n.digits >= 3 {
			long = append(long, n.text)
		}
	}
	slices.Sort(long)
	return long
}
