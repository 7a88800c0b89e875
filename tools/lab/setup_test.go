package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// testCourse returns a course in an empty folder.
func testCourse(t *testing.T) *course {
	dir := t.TempDir()
	c := &course{root: dir, dir: filepath.Join(dir, ".descent"), gobin: "go", goenv: map[string]string{
		"GOVERSION": "go1.26.8", "GOROOT": "/go", "GOMODCACHE": filepath.Join(dir, "mod"), "GOPROXY": "https://proxy.example",
	}}
	if err := os.MkdirAll(c.dir, 0o777); err != nil {
		t.Fatal(err)
	}
	return c
}

// do runs a step as set-up does.
func do(t *testing.T, c *course, s step) error {
	t.Helper()
	lock, err := lockFile(c.path("setup.lock"), true)
	if err != nil || lock == nil {
		t.Fatal(lock, err)
	}
	defer lock.Close()
	return c.doStep(context.Background(), s, s.name, lock)
}

func TestStep(t *testing.T) {
	c := testCourse(t)
	content := "first"
	var fail error
	s := step{name: "tool", key: "1", files: []string{"bin/tool", "dir"}}
	s.make = func(_ context.Context, _ *task, tmp string) error {
		put(t, tmp, "bin/tool", content)
		put(t, tmp, "dir/file", content)
		return fail
	}
	check := func(when string, done bool, want string) {
		t.Helper()
		if got := c.done(s); got != done {
			t.Errorf("%s: done is %v, want %v", when, got, done)
		}
		for _, name := range []string{"bin/tool", "dir/file"} {
			if b, _ := os.ReadFile(c.path(name)); string(b) != want {
				t.Errorf("%s: %s holds %q, want %q", when, name, b, want)
			}
		}
	}
	check("before", false, "")
	fail = errors.New("no network")
	if err := do(t, c, s); err == nil {
		t.Error("a failure is not reported")
	}
	check("after a first failure", false, "")
	fail = nil
	if err := do(t, c, s); err != nil {
		t.Fatal(err)
	}
	check("done", true, "first")

	s.key, content, fail = "2", "second", errors.New("no network")
	check("with a changed pin", false, "first")
	if err := do(t, c, s); err == nil {
		t.Error("a failure is not reported")
	}
	check("after a failed renewal", false, "first")
	s.key = "1"
	check("with the old pin again", true, "first")
	s.key, fail = "2", nil
	if err := do(t, c, s); err != nil {
		t.Fatal(err)
	}
	check("renewed", true, "second")

	// Killed while it moved its files: the stamp is gone, and some are new.
	os.Remove(c.path("stamps", "tool"))
	put(t, c.path("tmp", "tool"), "dir/half", "")
	put(t, c.path("tmp", "old"), "tool", "")
	check("killed", false, "second")
	if err := do(t, c, s); err != nil {
		t.Fatal(err)
	}
	check("resumed", true, "second")
	if _, err := os.Stat(c.path("dir", "half")); err == nil {
		t.Error("half a step was taken over")
	}
	os.Remove(c.path("bin", "tool"))
	if c.done(s) {
		t.Error("a step whose file is missing is done")
	}
}

func TestStepKeys(t *testing.T) {
	c := testCourse(t)
	for _, name := range []string{"go.mod", "go.sum", "tools/gopls.mod", "tools/gopls.sum", "tools/lint.mod", "tools/lint.sum", "tools/requirements.txt"} {
		put(t, c.root, name, name)
	}
	keys := func() map[string]string {
		k := map[string]string{}
		for _, s := range c.steps(true) {
			k[s.name] = s.key
		}
		return k
	}
	for _, test := range []struct{ change, steps string }{
		{"go.mod", "modules gonb warm"},
		{"go.sum", "modules gonb warm"},
		{"tools/gopls.mod", "gopls"},
		{"tools/gopls.sum", "gopls"},
		{"tools/lint.sum", "lint"},
		{"tools/requirements.txt", "jupyter"},
		{"GOVERSION", "gonb gopls lint warm"},
		{"GOMODCACHE", "modules warm"},
	} {
		before := keys()
		if _, ok := c.goenv[test.change]; ok {
			c.goenv[test.change] += "9"
		} else {
			put(t, c.root, test.change, "changed")
		}
		var changed []string
		for _, s := range c.steps(true) {
			if s.key != before[s.name] {
				changed = append(changed, s.name)
			}
		}
		if got := strings.Join(changed, " "); got != test.steps {
			t.Errorf("%s changes %q, want %q", test.change, got, test.steps)
		}
	}
}

func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	take := func(exclusive bool) *os.File {
		t.Helper()
		f, err := lockFile(path, exclusive)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	a, b := take(false), take(false)
	if a == nil || b == nil {
		t.Fatal("two labs cannot be open at once")
	}
	if take(true) != nil {
		t.Error("set-up takes the lock of an open lab")
	}
	a.Close()
	b.Close()
	a = take(true)
	if a == nil {
		t.Fatal("the lock of a closed lab is still held")
	}
	// A command that outlives its set-up holds the lock until it ends.
	cmd := exec.Command("cat")
	cmd.ExtraFiles = []*os.File{a}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	a.Close()
	if take(true) != nil {
		t.Error("the lock of a running command is free")
	}
	stdin.Close()
	cmd.Wait()
	if take(true) == nil {
		t.Error("the lock of a command that ended is still held")
	}
	if f, err := lockFile(filepath.Join(path, "x"), true); f != nil || err == nil {
		t.Error("a lock in a folder that is none can be taken")
	}
}

func TestCommand(t *testing.T) {
	dir := t.TempDir()
	lock, err := lockFile(filepath.Join(dir, "lock"), true)
	if err != nil {
		t.Fatal(err)
	}
	tk, err := newTask("t", filepath.Join(dir, "log", "t.log"), dir, lock)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	err = tk.command(ctx, os.Environ(), "sh", "-c", "echo one; echo two: no space left on device >&2; exit 3")
	if got, want := tk.end(ctx, err).Error(), "The disk is full"; !strings.HasPrefix(got, want) {
		t.Errorf("got %q, want %q …", got, want)
	}
	log, _ := os.ReadFile(tk.log.Name())
	if got, want := string(log), "one\ntwo: no space left on device\n"; !strings.HasSuffix(got, want) {
		t.Errorf("the log holds %q, want … %q", got, want)
	}

	ctx, cancel := context.WithCancel(ctx)
	if tk, err = newTask("t", filepath.Join(dir, "log", "t.log"), dir, lock); err != nil {
		t.Fatal(err)
	}
	cancel()
	err = tk.command(ctx, os.Environ(), "sh", "-c", "sleep 60")
	if err := tk.end(ctx, err); err != context.Canceled {
		t.Errorf("interrupted, the step says %v", err)
	}
}

func TestExplain(t *testing.T) {
	for _, test := range []struct{ output, want string }{
		{"write /x: no space left on device", "The disk is full"},
		{"verifying gonum.org/v1/plot@v0.17.0: checksum mismatch\nSECURITY ERROR", "A download is not what the course has pinned"},
		{"ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "A download is not what the course has pinned"},
		{"go: x@v1: module lookup disabled by GOPROXY=off", "Go modules cannot be downloaded because GOPROXY is off"},
		{`Get "https://proxy.example/x/@v/v1.zip": dial tcp: lookup proxy.example: no such host`, "The network cannot be reached"},
		{"read tcp 10.0.0.2:1: read: connection reset by peer", "The network cannot be reached"},
		{"NewConnectionError('<…>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')", "The network cannot be reached"},
		{"ERROR: No matching distribution found for anyio==4.16.0", "The network cannot be reached"},
		{"mkdir /x: permission denied", "A folder is not writable"},
		{"pkg/x.go:1: undefined: y", "This failed."},
	} {
		err := explain(&commandError{errors.New("exit status 1"), test.output}, "/x.log")
		if got := err.Error(); !strings.HasPrefix(got, test.want) || !strings.HasSuffix(got, " Log: /x.log") {
			t.Errorf("%q is explained as %q, want %q … Log: /x.log", test.output, got, test.want)
		}
	}
	_, err := os.Open("/nowhere/x")
	if got, want := explain(err, "").Error(), "This failed. (open /nowhere/x: no such file or directory)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := explain(say("가", "as it is"), "/x.log").Error(); got != "as it is" {
		t.Errorf("an explained error is explained again: %q", got)
	}
}
