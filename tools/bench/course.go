package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Course is what the checks look at.
type Course struct {
	Dir     string   // holds ko, en and the tables
	Names   []string // of all lessons, in order
	Lessons []*Lesson
	Table   Table
	Lint    []Pattern
	Numbers []Sourced
}

// Lesson is a pair of notebooks. One of them is nil where the pair is broken.
type Lesson struct {
	Name   string
	KO, EN *Notebook
}

// problem is what a check found.
type problem struct {
	where string // lesson and language, or file
	cell  string // id, or ""
	what  string
}

func (p problem) String() string {
	if p.cell == "" {
		return fmt.Sprintf("%s: %s", p.where, p.what)
	}
	return fmt.Sprintf("%s, cell %s: %s", p.where, p.cell, p.what)
}

func (nb *Notebook) String() string { return nb.Lang + "/" + nb.Name }

func (nb *Notebook) problem(c *Cell, format string, args ...any) problem {
	p := problem{where: nb.String(), what: fmt.Sprintf(format, args...)}
	if c != nil {
		p.cell = c.ID
	}
	return p
}

// notebooks returns those of the lesson that exist, Korean first.
func (l *Lesson) notebooks() []*Notebook {
	return slices.DeleteFunc([]*Notebook{l.KO, l.EN}, func(nb *Notebook) bool { return nb == nil })
}

// notebooks returns all of them.
func (c *Course) notebooks() []*Notebook {
	var all []*Notebook
	for _, l := range c.Lessons {
		all = append(all, l.notebooks()...)
	}
	return all
}

// load reads the course in dir, whose lessons are dir/{ko,en}/NN_name.ipynb;
// only those whose name begins with prefix.
func load(dir, prefix string) (*Course, error) {
	c := &Course{Dir: dir}
	all, err := filepath.Glob(filepath.Join(dir, "ko", "*.ipynb"))
	if err != nil {
		return nil, err
	}
	for _, path := range all { // Glob sorts
		c.Names = append(c.Names, strings.TrimSuffix(filepath.Base(path), ".ipynb"))
	}
	byName := map[string]*Lesson{}
	for _, lang := range []string{"ko", "en"} {
		paths, err := filepath.Glob(filepath.Join(dir, lang, prefix+"*.ipynb"))
		if err != nil {
			return nil, err
		}
		for _, path := range paths {
			nb, err := readNotebook(path)
			if err != nil {
				return nil, err
			}
			l := byName[nb.Name]
			if l == nil {
				l = &Lesson{Name: nb.Name}
				byName[nb.Name] = l
				c.Lessons = append(c.Lessons, l)
			}
			if lang == "ko" {
				l.KO = nb
			} else {
				l.EN = nb
			}
		}
	}
	slices.SortFunc(c.Lessons, func(a, b *Lesson) int { return strings.Compare(a.Name, b.Name) })
	for _, read := range []func() error{c.readTable, c.readLint, c.readNumbers} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// exists reports whether the file of the course is there.
func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
