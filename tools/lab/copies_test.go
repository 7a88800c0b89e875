package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// lesson returns a notebook of one cell.
func lesson(source, output string) string {
	return fmt.Sprintf(`{"cells": [{"cell_type": "code", "id": "a", "metadata": {}, "source": %q, "outputs": [%q]}], "metadata": {}}`, source, output)
}

func TestCopyLessons(t *testing.T) {
	const base, beside, beside2 = "ko/01_sgd.ipynb", "ko/01_sgd (새 판).ipynb", "ko/01_sgd (새 판 2).ipynb"
	course := func(s string) func(t *testing.T, notebooks, my string) {
		return func(t *testing.T, notebooks, my string) { put(t, notebooks, base, s) }
	}
	student := func(name, s string) func(t *testing.T, notebooks, my string) {
		return func(t *testing.T, notebooks, my string) { put(t, my, name, s) }
	}
	remove := func(name string) func(t *testing.T, notebooks, my string) {
		return func(t *testing.T, notebooks, my string) { os.Remove(filepath.Join(my, name)) }
	}
	old, new, newer := lesson("1", ""), lesson("2", ""), lesson("3", "")
	type step = func(t *testing.T, notebooks, my string)
	for _, test := range []struct {
		name  string
		steps []step // lessons are copied before each and at the end
		want  map[string]string
		lines int // said in all
	}{
		{"copied when absent", nil, map[string]string{base: old}, 0},
		{"copied again when removed", []step{remove(base)}, map[string]string{base: old}, 0},
		{"renewed when untouched", []step{course(new)}, map[string]string{base: new}, 0},
		{"a run keeps its outputs", []step{student(base, lesson("1", "ran"))}, map[string]string{base: lesson("1", "ran")}, 0},
		{"renewed when only run", []step{student(base, lesson("1", "ran")), course(new)}, map[string]string{base: new}, 0},
		{"renewed when only the outputs are new", []step{course(lesson("1", "stored"))}, map[string]string{base: lesson("1", "stored")}, 0},
		{"the student's is kept", []step{student(base, lesson("mine", ""))}, map[string]string{base: lesson("mine", "")}, 0},
		{"new outputs are no reason to offer", []step{student(base, lesson("mine", "")), course(lesson("1", "stored"))},
			map[string]string{base: lesson("mine", "")}, 0},
		{"the new one lies beside", []step{student(base, lesson("mine", "")), course(new)},
			map[string]string{base: lesson("mine", ""), beside: new}, 1},
		{"once only", []step{student(base, lesson("mine", "")), course(new), remove(beside)},
			map[string]string{base: lesson("mine", "")}, 1},
		{"and is itself renewed", []step{student(base, lesson("mine", "")), course(new), course(newer)},
			map[string]string{base: lesson("mine", ""), beside: newer}, 2},
		{"unless it was changed too", []step{student(base, lesson("mine", "")), course(new), student(beside, lesson("mine too", "")), course(newer)},
			map[string]string{base: lesson("mine", ""), beside: lesson("mine too", ""), beside2: newer}, 2},
		{"taken over, it is renewed again", []step{student(base, lesson("mine", "")), course(new), student(base, new), remove(beside), course(newer)},
			map[string]string{base: newer}, 1},
		{"a broken file is the student's", []step{student(base, "{"), course(new)}, map[string]string{base: "{", beside: new}, 1},
		{"without the record nothing is overwritten", []step{student(base, lesson("mine", "")), remove(".copied.json"), course(new)},
			map[string]string{base: lesson("mine", ""), beside: new}, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			notebooks, my := t.TempDir(), filepath.Join(t.TempDir(), "my")
			put(t, notebooks, base, old)
			put(t, notebooks, "ko/README.md", "not a lesson")
			var said bytes.Buffer
			for _, s := range append(test.steps, func(*testing.T, string, string) {}) {
				if err := copyLessons(notebooks, my, &said); err != nil {
					t.Fatal(err)
				}
				s(t, notebooks, my)
			}
			for range 2 { // the second time nothing is to do
				if err := copyLessons(notebooks, my, &said); err != nil {
					t.Fatal(err)
				}
			}
			got := map[string]string{}
			for _, folder := range []string{"ko", "en"} {
				files, err := os.ReadDir(filepath.Join(my, folder))
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range files {
					b, err := os.ReadFile(filepath.Join(my, folder, f.Name()))
					if err != nil {
						t.Fatal(err)
					}
					got[folder+"/"+f.Name()] = string(b)
				}
			}
			if fmt.Sprint(got) != fmt.Sprint(test.want) {
				t.Errorf("got  %v\nwant %v", got, test.want)
			}
			if n := strings.Count(said.String(), "\n"); n != test.lines {
				t.Errorf("said %d lines, want %d:\n%s", n, test.lines, said.String())
			}
		})
	}
}

func put(t *testing.T, dir, name, content string) {
	t.Helper()
	if err := writeFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(content)); err != nil {
		t.Fatal(err)
	}
}

func TestSourceHash(t *testing.T) {
	h := sourceHash([]byte(lesson("a\nb", "")))
	var n map[string]any
	if err := json.Unmarshal([]byte(lesson("a\nb", "ran")), &n); err != nil {
		t.Fatal(err)
	}
	cell := n["cells"].([]any)[0].(map[string]any)
	cell["source"] = []string{"a\n", "b"}
	cell["metadata"] = map[string]any{"collapsed": true}
	same, _ := json.MarshalIndent(n, "", " ")
	if sourceHash(same) != h {
		t.Error("a source as a list, outputs, metadata and indentation change the hash")
	}
	for _, other := range []string{lesson("a\nb ", ""), strings.Replace(lesson("a\nb", ""), `"code"`, `"markdown"`, 1)} {
		if sourceHash([]byte(other)) == h {
			t.Errorf("the hash does not see the difference of %s", other)
		}
	}
}
