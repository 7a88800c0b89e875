package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"descent/pkg/lang"
)

// copied is what is remembered of a copy.
type copied struct {
	File   string `json:"file"`   // hash of the lesson that was copied
	Source string `json:"source"` // hash of its cells' sources
}

// copyLessons brings the copies in my up to date with the lessons in
// notebooks, in both languages, since a lesson links to its pair. A lesson is
// copied when absent and renewed when the student did not change it: running
// cells and folding them changes nothing. Where the student did, the new
// lesson is laid beside it, and a line on w says so.
func copyLessons(notebooks, my string, w io.Writer) error {
	record := filepath.Join(my, ".copied.json")
	was := map[string]copied{}
	if b, err := os.ReadFile(record); err == nil {
		json.Unmarshal(b, &was) // a broken record is none
	}
	for _, folder := range []string{"ko", "en"} {
		lessons, err := lessonFiles(filepath.Join(notebooks, folder))
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Join(my, folder), 0o777); err != nil {
			return err
		}
		for _, name := range lessons {
			lesson, err := os.ReadFile(filepath.Join(notebooks, folder, name))
			if err != nil {
				return err
			}
			if err := copyLesson(my, folder, name, lesson, was, w); err != nil {
				return err
			}
		}
	}
	return writeJSON(record, was)
}

// copyLesson brings one copy up to date.
func copyLesson(my, folder, name string, lesson []byte, was map[string]copied, w io.Writer) error {
	now := copied{File: hash(lesson), Source: sourceHash(lesson)}
	for n := 0; ; n++ {
		key := folder + "/" + copyName(folder, name, n)
		path := filepath.Join(my, filepath.FromSlash(key))
		have, err := os.ReadFile(path)
		if err != nil && !os.IsNotExist(err) {
			return err
		}
		switch before := was[key]; {
		case err != nil, // absent
			sourceHash(have) == before.Source && before.File != now.File: // untouched, and there is a new one
			if n > 0 {
				fmt.Fprintf(w, lang.Pick("%s: 고치신 것은 그대로 두고, 새 판을 %s(으)로 옆에 두었습니다.\n",
					"%s: yours is kept as it is; the new one lies beside it as %s.\n"),
					filepath.Join(filepath.Base(my), folder, name), filepath.Base(path))
			}
			was[key] = now
			if err := writeFile(path, lesson); err != nil {
				return err
			}
		case sourceHash(have) == now.Source, before.Source == now.Source: // the student's, and nothing is new
			was[key] = now
		default: // the student's: offer the new one once
			was[key] = now
			continue
		}
		return nil
	}
}

// copyName returns the name of the n-th new copy of a lesson, beside name.
func copyName(folder, name string, n int) string {
	if n == 0 {
		return name
	}
	word := "new"
	if folder == "ko" {
		word = "새 판"
	}
	if n > 1 {
		word += fmt.Sprint(" ", n)
	}
	return strings.TrimSuffix(name, ".ipynb") + " (" + word + ").ipynb"
}

func hash(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// sourceHash returns a hash of a notebook's cells without outputs and
// metadata, and of the bytes of what is no notebook.
func sourceHash(notebook []byte) string {
	var n struct {
		Cells []struct {
			Type   string          `json:"cell_type"`
			Source json.RawMessage `json:"source"`
		} `json:"cells"`
	}
	if err := json.Unmarshal(notebook, &n); err != nil {
		return hash(notebook)
	}
	var b bytes.Buffer
	for _, cell := range n.Cells {
		fmt.Fprintf(&b, "%s %q\n", cell.Type, text(cell.Source))
	}
	return hash(b.Bytes())
}

// text returns a source, which is a string or a list of them.
func text(source json.RawMessage) string {
	var s string
	var list []string
	if json.Unmarshal(source, &s) != nil && json.Unmarshal(source, &list) == nil {
		s = strings.Join(list, "")
	}
	return s
}
