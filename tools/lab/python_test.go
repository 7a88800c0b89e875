package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestPipSettings(t *testing.T) {
	list := `global.index-url='https://mirror.example/simple'
global.target='/x'
global.trusted-host='a.example\nb.example'
install.user='true'
install.index-url='https://other.example/simple'
download.proxy='http://x'
:env:.proxy='http://x'
nonsense
`
	want := []string{"PIP_INDEX_URL=https://mirror.example/simple", "PIP_TRUSTED_HOST=a.example\nb.example", "PIP_INDEX_URL=https://other.example/simple"}
	if got := pipSettings(list); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestPipEnv(t *testing.T) {
	for name, value := range hostile {
		t.Setenv(name, value)
	}
	t.Setenv("PIP_INDEX_URL", "https://mirror.example/simple")
	t.Setenv("PIP_CERT", "/cert.pem")
	env := variables(t, testCourse(t).pipEnv(context.Background(), "/nowhere/python"), true)
	for name, want := range map[string]string{"PIP_INDEX_URL": "https://mirror.example/simple", "PIP_CERT": "/cert.pem", "PIP_CONFIG_FILE": os.DevNull} {
		if env[name] != want {
			t.Errorf("%s is %q, want %q", name, env[name], want)
		}
	}
	for _, name := range []string{"PIP_TARGET", "PIP_USER", "PYTHONPATH", "PYTHONHOME"} {
		if v, ok := env[name]; ok {
			t.Errorf("%s=%s comes through", name, v)
		}
	}
}

// fakePython writes a Python that answers with a version and whether it has
// venv.
func fakePython(t *testing.T, dir, name, version string, old, untried, venv string) {
	t.Helper()
	script := fmt.Sprintf("#!/bin/sh\nprintf '%%s\\n' '%s' %s %s %s %s\n", filepath.Join(dir, name), version, old, untried, venv)
	put(t, dir, name, script)
	if err := os.Chmod(filepath.Join(dir, name), 0o755); err != nil {
		t.Fatal(err)
	}
}

func TestFindPython(t *testing.T) {
	type fake struct{ name, version, old, untried, venv string }
	good := fake{"python3", "3.12.1", "False", "False", "True"}
	for _, test := range []struct {
		name   string
		python string // PYTHON
		have   []fake
		want   string // name found, or start of the message
	}{
		{"the usual", "", []fake{good}, "python3"},
		{"an old python3 beside a good one", "", []fake{{"python3", "3.9.6", "True", "False", "True"}, {"python3.11", "3.11.7", "False", "False", "True"}}, "python3.11"},
		{"one without venv beside a good one", "", []fake{{"python3", "3.11.2", "False", "False", "False"}, {"python3.12", "3.12.1", "False", "False", "True"}}, "python3.12"},
		{"newer than tried", "", []fake{{"python3", "3.14.0", "False", "True", "True"}}, "python3"},
		{"named", "python3.13", []fake{good, {"python3.13", "3.13.0", "False", "False", "True"}}, "python3.13"},
		{"named and old", "python3.9", []fake{good, {"python3.9", "3.9.6", "True", "False", "True"}}, "Python 3.9.6 is too old"},
		{"old only", "", []fake{{"python3", "3.9.6", "True", "False", "True"}}, "Python 3.9.6 is too old"},
		{"without venv", "", []fake{{"python3", "3.11.2", "False", "False", "False"}}, "Python 3.11.2 lacks venv"},
		{"none", "", nil, "Python is missing (python3)"},
		{"named and missing", "python9", []fake{good}, "Python is missing (python9)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			for _, f := range test.have {
				fakePython(t, dir, f.name, f.version, f.old, f.untried, f.venv)
			}
			t.Setenv("PATH", dir)
			t.Setenv("PYTHON", test.python)
			p, err := testCourse(t).findPython(context.Background())
			got := filepath.Base(p.path)
			if err != nil {
				got = err.Error()
			}
			if !strings.HasPrefix(got, test.want) || err == nil && got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestJupyterStale(t *testing.T) {
	c := testCourse(t)
	put(t, c.root, "base/python3", "")
	put(t, c.path("venv"), "pyvenv.cfg", "home = /x\nversion = 3.12.1\n")
	if err := os.MkdirAll(c.path("venv", "bin"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(c.root, "base", "python3"), c.path("venv", "bin", "python")); err != nil {
		t.Fatal(err)
	}
	put(t, c.path("stamps"), "jupyter", c.jupyter().key)
	fakePython(t, c.root, "same", "3.12.1", "False", "False", "True")
	fakePython(t, c.root, "other", "3.11.2", "False", "False", "True")
	for _, test := range []struct {
		python string
		done   bool
	}{{"", true}, {filepath.Join(c.root, "same"), true}, {filepath.Join(c.root, "other"), false}, {"", true}} {
		t.Setenv("PYTHON", test.python)
		if got := c.done(c.jupyter()); got != test.done {
			t.Errorf("PYTHON=%s: done is %v, want %v", test.python, got, test.done)
		}
	}
	os.Remove(filepath.Join(c.root, "base", "python3"))
	if c.done(c.jupyter()) {
		t.Error("JupyterLab is done, but its Python was removed")
	}
}
