package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Notebook is a lesson in one language.
type Notebook struct {
	Path  string // as read
	Lang  string // ko or en, the folder's name
	Name  string // file name without extension, such as 01_sgd
	Cells []*Cell
	meta  map[string]any // of the whole notebook
	raw   []byte
}

// Cell is a cell of a notebook.
type Cell struct {
	ID       string   `json:"id"`
	Type     string   `json:"cell_type"`
	Source   text     `json:"source"`
	Metadata metadata `json:"metadata"`
	Count    *int     `json:"execution_count"`
	Outputs  []Output `json:"outputs"`
}

type metadata struct {
	Tags      []string `json:"tags"`
	Timed     string   `json:"timed"` // what the stored outputs of a timing cell belong to
	Slideshow struct {
		Type string `json:"slide_type"`
	} `json:"slideshow"`
	Jupyter struct {
		Hidden bool `json:"outputs_hidden"`
	} `json:"jupyter"`
}

// Output is one output of a code cell.
type Output struct {
	Type     string         `json:"output_type"`
	Stream   string         `json:"name"`
	Text     text           `json:"text"`
	Data     map[string]any `json:"data"`
	Metadata map[string]any `json:"metadata"`
	Name     string         `json:"ename"`
	Value    string         `json:"evalue"`
}

// text is a string that a notebook may store as a list of lines.
type text string

func (t *text) UnmarshalJSON(b []byte) error {
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	*t = text(joined(v))
	return nil
}

func joined(v any) string {
	lines, ok := v.([]any)
	if !ok {
		s, _ := v.(string)
		return s
	}
	var b strings.Builder
	for _, l := range lines {
		s, _ := l.(string)
		b.WriteString(s)
	}
	return b.String()
}

func readNotebook(path string) (*Notebook, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	nb := &Notebook{
		Path: path,
		Lang: filepath.Base(filepath.Dir(path)),
		Name: strings.TrimSuffix(filepath.Base(path), ".ipynb"),
		raw:  raw,
	}
	var file struct {
		Cells    []*Cell
		Metadata map[string]any
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	nb.Cells, nb.meta = file.Cells, file.Metadata
	return nb, nil
}

// write stores the cells' sources, ids and tags: what running them needs.
func (nb *Notebook) write(path string) error {
	cells := []map[string]any{}
	for _, c := range nb.Cells {
		cell := map[string]any{
			"id": c.ID, "cell_type": c.Type, "source": string(c.Source),
			"metadata": map[string]any{"tags": append([]string{}, c.Metadata.Tags...)},
		}
		if c.code() {
			cell["outputs"], cell["execution_count"] = []any{}, nil
		}
		cells = append(cells, cell)
	}
	b, err := json.Marshal(map[string]any{"cells": cells, "metadata": map[string]any{}, "nbformat": 4, "nbformat_minor": 5})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o644)
}

// formatted returns the JSON of a notebook as set down by run.py: sorted keys,
// one space of indent, no escapes that are not needed.
func formatted(raw []byte) ([]byte, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(v)
	return b.Bytes(), err
}

// number is that of the lesson, such as "01".
func (nb *Notebook) number() string { return nb.Name[:min(2, len(nb.Name))] }

// cell returns the first cell with all the tags, or nil.
func (nb *Notebook) cell(tags ...string) *Cell {
	for _, c := range nb.Cells {
		if c.tagged(tags...) {
			return c
		}
	}
	return nil
}

func (c *Cell) code() bool     { return c.Type == "code" }
func (c *Cell) markdown() bool { return c.Type == "markdown" }

func (c *Cell) tagged(tags ...string) bool {
	for _, t := range tags {
		if !slices.Contains(c.Metadata.Tags, t) {
			return false
		}
	}
	return true
}

// lines returns the lines of the source, from 1 on when ranged over with i+1.
func (c *Cell) lines() []string { return strings.Split(string(c.Source), "\n") }

// printed returns what the cell wrote to stdout.
func (c *Cell) printed() string {
	var b strings.Builder
	for _, o := range c.Outputs {
		if o.Stream == "stdout" {
			b.WriteString(string(o.Text))
		}
	}
	return b.String()
}

// failed reports whether the cell is red.
func (c *Cell) failed() bool {
	return slices.ContainsFunc(c.Outputs, func(o Output) bool { return o.Type == "error" })
}

// data returns what the output holds in a MIME type, "" if nothing.
func (o Output) data(mime string) string { return joined(o.Data[mime]) }
