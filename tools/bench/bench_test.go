package bench

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

var (
	update  = flag.Bool("update", false, "store what the notebooks give when run")
	repo    = "../.." // made absolute in TestMain
	descent *kernel
)

// scratch is where runs leave executed notebooks and figures that differ.
func scratch(parts ...string) string {
	return filepath.Join(append([]string{repo, ".descent", "test"}, parts...)...)
}

func TestMain(m *testing.M) {
	flag.Parse()
	var err error
	if repo, err = filepath.Abs(repo); err != nil {
		panic(err)
	}
	descent = newKernel(repo)
	os.RemoveAll(scratch("figures")) // of an earlier run
	code := m.Run()
	if flag.Lookup("test.run").Value.String() == "" {
		if c, err := load(filepath.Join(repo, "notebooks"), os.Getenv("LESSON")); err == nil {
			fmt.Println(c.summary(code == 0))
		}
	}
	os.Exit(code)
}

// failures are the problems that tests reported, for the summary.
var failures struct {
	sync.Mutex
	all []problem
}

// fail reports what a check found.
func fail(t *testing.T, found []problem) {
	t.Helper()
	for _, p := range found {
		t.Error(p)
	}
	failures.Lock()
	failures.all = append(failures.all, found...)
	failures.Unlock()
}

// lessons reads the course, all of it or LESSON.
func lessons(t *testing.T) *Course {
	t.Helper()
	c, err := load(filepath.Join(repo, "notebooks"), os.Getenv("LESSON"))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Lessons) == 0 {
		t.Fatalf("no lesson %q in notebooks/", os.Getenv("LESSON"))
	}
	return c
}

func TestLessons(t *testing.T) {
	c := lessons(t)
	for _, check := range checks {
		t.Run(check.name, func(t *testing.T) {
			fail(t, check.find(c))
		})
	}
}

func TestTexts(t *testing.T) {
	fail(t, checkTexts(lessons(t), repo))
	fail(t, checkChance(lessons(t), repo))
}

func TestRunLessons(t *testing.T) { runAll(t, lessons(t).notebooks()) }

// The small lesson that the bench is tested on runs as well.
func TestRunFixture(t *testing.T) { runAll(t, fixture(t).notebooks()) }

// runAll executes notebooks and compares; with -update it stores all that came,
// or nothing if one of them failed.
func runAll(t *testing.T, all []*Notebook) {
	came := make([]*Notebook, len(all))
	t.Run("all", func(t *testing.T) {
		for i, nb := range all {
			t.Run(nb.String(), func(t *testing.T) {
				t.Parallel()
				came[i] = runNotebook(t, nb)
			})
		}
	})
	if !*update || t.Failed() {
		return
	}
	for i, nb := range all {
		if now, err := os.ReadFile(nb.Path); err != nil || !bytes.Equal(now, nb.raw) {
			t.Errorf("%s was edited while it ran and is left as it is", nb.Path)
			continue
		}
		replace(t, nb.Path, came[i].Path)
	}
}

// runNotebook executes nb. Without -update its outputs are compared; with it
// they only have to be free of errors.
func runNotebook(t *testing.T, nb *Notebook) *Notebook {
	path, err := filepath.Abs(nb.Path)
	if err != nil {
		t.Fatal(err)
	}
	came, err := descent.run(path, scratch("run", nb.Lang, nb.Name+".ipynb"), nb.timed())
	if err != nil {
		t.Fatal(err)
	}
	expected := nb
	if *update {
		expected = came
	}
	fail(t, compare(expected, came, scratch("figures")))
	return came
}

// replace puts the file new in the place of old at once or not at all.
func replace(t *testing.T, old, new string) {
	t.Helper()
	b, err := os.ReadFile(new)
	if err == nil {
		err = os.WriteFile(old+".new", b, 0o644)
	}
	if err == nil {
		err = os.Rename(old+".new", old)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestSolutions(t *testing.T) {
	for _, nb := range lessons(t).notebooks() {
		t.Run(nb.String(), func(t *testing.T) {
			t.Parallel()
			fail(t, runSolved(t, nb))
		})
	}
}

// runSolved executes the checks of nb on its solutions.
func runSolved(t *testing.T, nb *Notebook) []problem {
	in := filepath.Join(t.TempDir(), nb.Lang, nb.Name+".ipynb")
	if err := solved(nb).write(in); err != nil {
		t.Fatal(err)
	}
	came, err := descent.run(in, scratch("solved", nb.Lang, nb.Name+".ipynb"), false)
	if err != nil {
		t.Fatal(err)
	}
	return checkSolutions(came)
}

// broken says where to look: each notebook with the cells that have problems.
func broken(all []problem) string {
	if len(all) == 0 {
		return "NOT RIGHT: see the failed tests above"
	}
	cells := map[string][]string{}
	for _, p := range all {
		if name := or(p.cell, "as a whole"); !slices.Contains(cells[p.where], name) {
			cells[p.where] = append(cells[p.where], name)
		}
	}
	s := fmt.Sprintf("NOT RIGHT: %d problems, each with its message above", len(all))
	for _, where := range keys(cells) {
		s += "\n  " + where + ": " + strings.Join(cells[where], ", ")
	}
	if exists(scratch("figures")) {
		s += "\nfigures that differ lie in " + scratch("figures")
	}
	return s
}

// summary counts what the tests held, and says what they found broken.
func (c *Course) summary(right bool) string {
	if !right {
		failures.Lock()
		defer failures.Unlock()
		return broken(failures.all)
	}
	var names []string
	var cells, figures, formulas, claims, tasks int
	for _, l := range c.Lessons {
		names = append(names, l.Name)
		for _, nb := range l.notebooks() {
			for _, cell := range nb.Cells {
				if cell.code() {
					cells++
				}
				for _, o := range cell.Outputs {
					if o.data("image/png") != "" {
						figures++
					}
				}
			}
			tasks += len(exercises(nb))
		}
		number := l.notebooks()[0].number()
		for _, f := range c.Table.Formulas {
			if f.Lesson == number {
				formulas++
			}
		}
		for _, claim := range c.Table.Claims {
			if claim.Lesson == number {
				claims++
			}
		}
	}
	return fmt.Sprintf("%d lessons in two languages: %s\n"+
		"%d code cells ran and gave what is stored, %d figures among it; %d checks said not yet, and right to the solutions\n"+
		"%d of the document's formulas verbatim, %d of its claims measured; %d ways to break a lesson were noticed",
		len(names), strings.Join(names, ", "), cells, figures, tasks, formulas, claims, len(mutations))
}
