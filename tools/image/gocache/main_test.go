package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func id(b byte) []byte { return bytes.Repeat([]byte{b}, 32) }

func TestServe(t *testing.T) {
	base, own := layer(t.TempDir()), layer(t.TempDir())
	base.put(id(1), id(2), []byte("base"))
	cut := layer(base)
	cut.put(id(3), id(4), []byte("whole"))
	if err := os.WriteFile(cut.file(id(4), "-d"), []byte("who"), 0o600); err != nil {
		t.Fatal(err)
	}
	var in bytes.Buffer
	w := json.NewEncoder(&in)
	for i, q := range []request{
		{Command: "get", ActionID: id(1)},
		{Command: "get", ActionID: id(3)},
		{Command: "get", ActionID: id(5)},
		{Command: "put", ActionID: id(5), OutputID: id(6), BodySize: 3},
		{Command: "get", ActionID: id(5)},
		{Command: "put", ActionID: id(7), OutputID: id(8)},
		{Command: "get", ActionID: id(7)},
		{Command: "dance"},
		{Command: "close"},
	} {
		q.ID = int64(i + 1)
		w.Encode(q)
		if q.BodySize > 0 {
			w.Encode([]byte("own"))
		}
	}
	var out bytes.Buffer
	if err := serve(&in, &out, base, own); err != nil {
		t.Fatal(err)
	}
	answers := json.NewDecoder(&out)
	for i, want := range []string{"hello", "base", "miss", "miss", "own", "own", "", "", "unknown command dance", "closed"} {
		var a response
		if err := answers.Decode(&a); err != nil {
			t.Fatal(i, err)
		}
		got := a.Err
		switch {
		case len(a.KnownCommands) == 3:
			got = "hello"
		case a.Miss:
			got = "miss"
		case a.DiskPath != "":
			b, err := os.ReadFile(a.DiskPath)
			if err != nil || int64(len(b)) != a.Size || len(a.OutputID) != 32 {
				t.Errorf("answer %d: %v %+v", i, err, a)
			}
			got = string(b)
		case i == 9:
			got = "closed"
		}
		if got != want || a.ID != int64(i) {
			t.Errorf("answer %d: %q with ID %d, want %q", i, got, a.ID, want)
		}
	}
	if r := layer("").put(id(1), id(2), nil); r.Err == "" {
		t.Error("kept something nowhere")
	}
}

func TestTrim(t *testing.T) {
	l := layer(t.TempDir())
	for i := range byte(5) {
		l.put(id(i), id(i+100), make([]byte, 1000))
		old := time.Now().Add(-time.Duration(10-i) * time.Hour)
		os.Chtimes(l.file(id(i+100), "-d"), old, old)
	}
	l.put(id(9), id(109), make([]byte, 9000)) // new: somebody may be reading it
	l.trim(12500)
	for i, kept := range map[byte]bool{0: false, 1: false, 3: true, 4: true, 9: true} {
		if got := !l.get(id(i)).Miss; got != kept {
			t.Errorf("entry %d is there: %v, want %v", i, got, kept)
		}
	}
}

// TestGo has the real go command build with a base that is aged and complete:
// it compiles nothing; and with one that is empty: what it compiles once it
// finds again.
func TestGo(t *testing.T) {
	dir := t.TempDir()
	base, tmp := filepath.Join(dir, "base"), filepath.Join(dir, "tmp")
	for name, text := range map[string]string{"go.mod": "module m\n\ngo 1.26\n", "a/a.go": "package a\n", "b/b.go": "package b\n\nimport _ \"m/a\"\n", "tmp/x": "", "base/x": ""} {
		path := filepath.Join(dir, name)
		os.MkdirAll(filepath.Dir(path), 0o755)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run := func(env []string, args ...string) string {
		t.Helper()
		cmd := exec.Command("go", args...)
		cmd.Env = append(append(os.Environ(), "GOFLAGS=", "GOWORK=off", "TMPDIR="+tmp), env...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("go %v: %v\n%s", args, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	program := filepath.Join(dir, "gocache")
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-o", program, ".")
	build.Dir = here
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	layered := func(base string) []string {
		return []string{"GOCACHE=" + base, fmt.Sprintf("GOCACHEPROG=%s %s", program, base)}
	}
	run([]string{"GOCACHE=" + base}, "build", "./a")
	old := time.Now().Add(-1000 * time.Hour)
	filepath.WalkDir(base, func(path string, _ os.DirEntry, _ error) error { return os.Chtimes(path, old, old) })
	os.WriteFile(filepath.Join(base, "trim.txt"), []byte("1000000000"), 0o644)
	if got := run(layered(base), "build", "-v", "./b"); got != "m/b" {
		t.Errorf("compiled %q, want m/b alone", got)
	}
	if got := run(layered(base), "build", "-v", "./b"); got != "" {
		t.Errorf("compiled %q again", got)
	}
	if got := run(layered(filepath.Join(dir, "empty")), "build", "-v", "./a"); got != "m/a" {
		t.Errorf("compiled %q, want m/a", got)
	}
}
