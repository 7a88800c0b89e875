package bench

import (
	"html"
	"regexp"
	"slices"
	"strings"
)

// Exercise is a stub, its check and its solution.
type Exercise struct {
	ID                          string // such as ex1
	Text, Stub, Check, Solution *Cell
	code                        string // what the solution puts in place of the stub
}

var (
	exerciseRE = regexp.MustCompile(`^ex\d+$`)
	goFenceRE  = regexp.MustCompile("(?s)```go\n(.*?)\n```")
)

// exercises returns those of the notebook, in order.
func exercises(nb *Notebook) []*Exercise {
	var all []*Exercise
	for _, c := range nb.Cells {
		id := exerciseOf(c)
		if id == "" {
			continue
		}
		i := slices.IndexFunc(all, func(e *Exercise) bool { return e.ID == id })
		if i < 0 {
			i = len(all)
			all = append(all, &Exercise{ID: id})
		}
		e := all[i]
		switch {
		case c.tagged("exercise"):
			e.Text = c
		case c.tagged("stub"):
			e.Stub = c
		case c.tagged("check"):
			e.Check = c
		case c.tagged("solution"):
			e.Solution = c
			if m := goFenceRE.FindStringSubmatch(string(c.Source)); m != nil {
				e.code = m[1]
			}
		}
	}
	return all
}

// exerciseOf returns the exercise that the cell belongs to, by its tag or the
// first part of its id, or "".
func exerciseOf(c *Cell) string {
	first, _, _ := strings.Cut(c.ID, "-")
	for _, t := range append(c.Metadata.Tags, first) {
		if exerciseRE.MatchString(t) {
			return t
		}
	}
	return ""
}

// checkExercises holds the notebooks to enough exercises, each complete, in
// order, not yet solved, its solution folded.
func checkExercises(c *Course) (found []problem) {
	for _, nb := range c.notebooks() {
		all := exercises(nb)
		want := 4
		if nb.number() == "00" {
			want = 3
		}
		if len(all) < want {
			found = append(found, nb.problem(nil, "exercises: %d, at least %d are needed", len(all), want))
		}
		for _, e := range all {
			found = append(found, checkExercise(nb, e)...)
		}
	}
	return found
}

func checkExercise(nb *Notebook, e *Exercise) (found []problem) {
	last := -1
	for _, part := range []struct {
		name string
		cell *Cell
	}{{"exercise", e.Text}, {"stub", e.Stub}, {"check", e.Check}, {"solution", e.Solution}} {
		i := slices.Index(nb.Cells, part.cell)
		if part.cell == nil || i < last {
			return []problem{nb.problem(part.cell, "%s needs cells tagged exercise, stub, check and solution in this order; %s is missing or misplaced", e.ID, part.name)}
		}
		last = i
	}
	if !strings.HasPrefix(e.Check.printed(), "…") {
		found = append(found, nb.problem(e.Check, "%s: the check of the stub should say \"…\" (not yet), it says %q", e.ID, e.Check.printed()))
	}
	if e.code == "" || !foldRE.MatchString(string(e.Solution.Source)) {
		found = append(found, nb.problem(e.Solution, "%s needs a solution with a go block, folded in <details>", e.ID))
	}
	return found
}

// solved returns a notebook that runs the checks on the solutions: what the
// cells declare, the stubs replaced, and the checks.
func solved(nb *Notebook) *Notebook {
	s := &Notebook{Lang: nb.Lang, Name: nb.Name}
	code := map[*Cell]string{}
	for _, e := range exercises(nb) {
		code[e.Stub] = e.code
	}
	for _, c := range nb.Cells {
		if !c.code() || c.tagged("raises-exception") {
			continue
		}
		copied := *c
		if !c.tagged("check") {
			copied.Source = text(or(code[c], declarations(string(c.Source))))
		}
		if copied.Source != "" {
			s.Cells = append(s.Cells, &copied)
		}
	}
	return s
}

// checkSolutions holds the checks of an executed solved notebook to say right.
func checkSolutions(nb *Notebook) (found []problem) {
	for _, c := range nb.Cells {
		if c.failed() {
			found = append(found, nb.problem(c, "is red with the solutions in place: %s", failure(c)))
		} else if c.tagged("check") && !strings.HasPrefix(c.printed(), "✔") {
			found = append(found, nb.problem(c, "%s: the check of the solution should say \"✔\", it says %q", exerciseOf(c), c.printed()))
		}
	}
	return found
}

// failure says why a cell is red.
func failure(c *Cell) string {
	var why []string
	for _, o := range c.Outputs {
		switch {
		case o.Type == "error":
			why = append(why, o.Value)
		case o.Stream == "stderr":
			why = append(why, string(o.Text))
		case o.data("text/html") != "":
			why = append(why, html.UnescapeString(htmlRE.ReplaceAllString(styleRE.ReplaceAllString(o.data("text/html"), ""), "")))
		}
	}
	return strings.Join(strings.Fields(strings.Join(why, " ")), " ")
}

// styleRE finds what a reported error shows beside the message: style sheet and
// source.
var styleRE = regexp.MustCompile(`(?s)<style>.*?</style>|<div class="gonb-err-context">.*?</div></div>`)
