package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Sync carries the code cells of the lessons in dir whose names begin with
// prefix from the language from to the other one, and says on w what it
// changed and what a human has yet to translate. A notebook that changes is
// first copied to the folder keep.
func Sync(dir, prefix, from, keep string, w io.Writer) error {
	if from != "ko" && from != "en" {
		return fmt.Errorf("FROM=%s: the lessons are written in ko and en", from)
	}
	sources, err := filepath.Glob(filepath.Join(dir, from, prefix+"*.ipynb"))
	if err != nil {
		return err
	}
	if len(sources) == 0 {
		return fmt.Errorf("no lesson %q in %s", prefix, filepath.Join(dir, from))
	}
	for _, source := range sources {
		name := filepath.Base(source)
		target := filepath.Join(dir, other(from), name)
		s := syncing{label: other(from) + "/" + strings.TrimSuffix(name, ".ipynb"), w: w}
		if err := s.files(source, target, filepath.Join(keep, other(from), name)); err != nil {
			return err
		}
	}
	return nil
}

type syncing struct {
	label   string
	w       io.Writer
	changed bool
}

func (s *syncing) say(id, format string, args ...any) {
	fmt.Fprintf(s.w, "%s, cell %s: %s\n", s.label, id, fmt.Sprintf(format, args...))
}

func (s *syncing) files(source, target, keep string) error {
	var files [2]map[string]any
	var raw []byte
	for i, path := range []string{source, target} {
		var err error
		if raw, err = os.ReadFile(path); err != nil {
			return err
		}
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		if err := d.Decode(&files[i]); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	cells, err := s.cells(list(files[0]["cells"]), list(files[1]["cells"]))
	if err != nil || !s.changed {
		if err == nil {
			fmt.Fprintf(s.w, "%s: nothing to carry\n", s.label)
		}
		return err
	}
	files[1]["cells"] = cells
	b, err := json.Marshal(files[1])
	if err != nil {
		return err
	}
	if b, err = formatted(b); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(keep), 0o755); err != nil {
		return err
	}
	for path, content := range map[string][]byte{keep: raw, target + ".new": b} {
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	fmt.Fprintf(s.w, "%s: now run make outputs; the notebook as it was: %s\n", s.label, keep)
	return os.Rename(target+".new", target)
}

// cells returns the cells of to with the code of from. Cells that only to has
// stay; those that it lacks come in behind the one they follow.
func (s *syncing) cells(from, to []any) ([]any, error) {
	byID := map[string]map[string]any{}
	for _, c := range to {
		cell := object(c)
		id := joined(cell["id"])
		if id == "" || byID[id] != nil {
			return nil, fmt.Errorf("%s: a cell without an id of its own (%q): give it one first", s.label, id)
		}
		byID[id] = cell
	}
	out, here, last := slices.Clone(to), map[string]bool{}, 0 // last: where a missing cell goes
	for _, c := range from {
		ours := object(c)
		id := joined(ours["id"])
		here[id] = true
		theirs := byID[id]
		if theirs == nil {
			s.changed = true
			out = slices.Insert(out, last, any(s.fresh(id, ours)))
			last++
			continue
		}
		at := slices.IndexFunc(out, func(c any) bool { return joined(object(c)["id"]) == id })
		if at < last {
			s.say(id, "stands elsewhere in the other language: order them by hand")
		}
		last = at + 1
		if ours["cell_type"] != theirs["cell_type"] {
			s.say(id, "is %s in one language, %s in the other: fix it by hand", ours["cell_type"], theirs["cell_type"])
		} else if ours["cell_type"] == "code" {
			s.code(id, ours, theirs)
		}
	}
	for _, c := range to {
		if id := joined(object(c)["id"]); !here[id] {
			s.say(id, "has no pair: kept; remove it by hand where it is not needed")
		}
	}
	return out, nil
}

// fresh returns a copy of a cell for the other language.
func (s *syncing) fresh(id string, ours map[string]any) map[string]any {
	cell := maps.Clone(ours)
	if cell["cell_type"] != "code" {
		s.say(id, "new; its text is to translate")
		return cell
	}
	cell["outputs"], cell["execution_count"] = []any{}, nil
	s.say(id, "new")
	s.tell(id, carry(joined(ours["source"]), ""))
	return cell
}

// code carries source and metadata of a code cell.
func (s *syncing) code(id string, ours, theirs map[string]any) {
	was := joined(theirs["source"])
	c := carry(joined(ours["source"]), was)
	if c.source != was {
		s.changed = true
		theirs["source"] = sourceLines(c.source)
		s.say(id, "changed")
		s.tell(id, c)
	}
	metadata := maps.Clone(object(ours["metadata"]))
	delete(metadata, "timed") // it belongs to the stored output
	if timed, ok := object(theirs["metadata"])["timed"]; ok {
		metadata["timed"] = timed
	}
	if a, b := shown(theirs["metadata"]), shown(metadata); a != b {
		s.changed = true
		theirs["metadata"] = metadata
		s.say(id, "has the metadata of its pair now: %s", b)
	}
}

func (s *syncing) tell(id string, c carried) {
	for _, w := range c.foreign {
		s.say(id, "to translate: %s", w)
	}
	for _, w := range c.lost {
		s.say(id, "has no place any more: %s", w)
	}
}

// sourceLines returns a source as notebooks store it.
func sourceLines(source string) []any {
	lines := []any{}
	for l := range strings.Lines(source) {
		lines = append(lines, l)
	}
	return lines
}

func list(v any) []any { l, _ := v.([]any); return l }

func object(v any) map[string]any { m, _ := v.(map[string]any); return m }
