package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// hostile is an environment that would steer Go, Python and Jupyter.
var hostile = map[string]string{
	"GOFLAGS": "-mod=mod", "GOWORK": "/x/go.work", "GOOS": "js", "GOEXPERIMENT": "x", "GO111MODULE": "off", "CGO_CFLAGS": "-x",
	"PYTHONPATH": "/x", "PYTHONHOME": "/x", "PIP_TARGET": "/x", "PIP_USER": "1", "PIP_CONFIG_FILE": "/x",
	"JUPYTER_TOKEN": "x", "JUPYTER_CONFIG_PATH": "/x", "JUPYTERLAB_DIR": "/x", "IPYTHONDIR": "/x", "JPY_PARENT_PID": "1",
	"VIRTUAL_ENV": "/x", "MAKEFLAGS": "-n", "GOPROXY": "http://evil.example",
}

// variables returns env as a map, and fails where a name comes twice: which
// one counts is then up to the program.
func variables(t *testing.T, env []string, twice bool) map[string]string {
	t.Helper()
	m := map[string]string{}
	for _, kv := range env {
		name, value, _ := strings.Cut(kv, "=")
		if _, ok := m[name]; ok && !twice {
			t.Errorf("%s comes twice", name)
		}
		m[name] = value
	}
	return m
}

func TestEnviron(t *testing.T) {
	for name, value := range hostile {
		t.Setenv(name, value)
	}
	t.Setenv("PATH", "/usr/bin")
	t.Setenv("HTTPS_PROXY", "http://proxy.example")
	c := testCourse(t)
	env := variables(t, c.environ(), false)
	ours := map[string]string{
		"GOPROXY": "off", "GOWORK": "off", "GOENV": "off", "GOTOOLCHAIN": "local", "GOFLAGS": "-ldflags=-s", "CGO_ENABLED": "0",
		"GOCACHE": c.path("gocache"), "GOMODCACHE": c.goenv["GOMODCACHE"],
		"JUPYTER_PATH": c.path("jupyter"), "IPYTHONDIR": c.path("jupyter", "ipython"), "PYTHONNOUSERSITE": "1",
		"PATH":        c.path("bin") + ":" + c.path("venv", "bin") + ":/go/bin:/usr/bin",
		"HTTPS_PROXY": "http://proxy.example",
	}
	for name, want := range ours {
		if env[name] != want {
			t.Errorf("%s is %q, want %q", name, env[name], want)
		}
	}
	for name, value := range hostile {
		if env[name] == value {
			t.Errorf("%s=%s comes through", name, value)
		}
	}

	// Downloads take the user's settings as `go env` gives them.
	env = variables(t, c.downloadEnv(), true)
	if got, want := env["GOPROXY"], c.goenv["GOPROXY"]; got != want {
		t.Errorf("set-up's GOPROXY is %q, want %q", got, want)
	}
	for _, name := range []string{"GOOS", "GOEXPERIMENT", "GO111MODULE", "CGO_CFLAGS"} {
		if v, ok := env[name]; ok {
			t.Errorf("%s=%s comes through to set-up", name, v)
		}
	}
}

func TestReadGoEnv(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "env")
	put(t, dir, "env", "GOPROXY=https://mirror.example\nGOFLAGS=-mod=vendor\nGONOSUMDB=corp.example\nGOWORK=/x\n")
	t.Setenv("GOENV", file)
	t.Setenv("GOPROXY", "") // what make test sets
	t.Setenv("GOEXPERIMENT", "nonsense")
	t.Setenv("GOFLAGS", "-x=y=z")
	t.Setenv("GOTOOLCHAIN", "go1.99.0")
	t.Setenv("GOMODCACHE", filepath.Join(dir, "mod"))
	c := testCourse(t)
	if err := c.readGoEnv(); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"GOPROXY": "https://mirror.example", "GONOSUMDB": "corp.example", "GOMODCACHE": filepath.Join(dir, "mod")} {
		if got := c.goenv[name]; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if !strings.HasPrefix(c.goenv["GOVERSION"], "go1.") || c.goenv["GOROOT"] == "" {
		t.Errorf("go env gives version %q, root %q", c.goenv["GOVERSION"], c.goenv["GOROOT"])
	}
}

func TestModCache(t *testing.T) {
	c := testCourse(t)
	if got, want := c.modCache(), c.goenv["GOMODCACHE"]; got != want {
		t.Errorf("a writable cache: got %s, want %s", got, want)
	}
	put(t, c.root, "file", "")
	c.goenv["GOMODCACHE"] = filepath.Join(c.root, "file", "mod") // cannot be made
	if got, want := c.modCache(), c.path("gomod"); got != want {
		t.Errorf("no writable cache: got %s, want %s", got, want)
	}
	if flags := variables(t, c.downloadEnv(), true)["GOFLAGS"]; !strings.Contains(flags, "-modcacherw") {
		t.Errorf("GOFLAGS=%s: make clean could not remove the modules", flags)
	}
	put(t, c.path("stamps"), "modcache", "/image/mod")
	if got, want := c.modCache(), "/image/mod"; got != want {
		t.Errorf("filled by set-up, then not writable: got %s, want %s", got, want)
	}
}

func TestOpenCourse(t *testing.T) {
	for _, test := range []struct{ folder, refused string }{
		{"plain", ""},
		{`딥러닝 강의/it's "q" [x] {y} %z`, ""},
		{"a,b", `','`},
		{"a:b", `':'`},
		{"a$HOME", `'$'`},
	} {
		dir := filepath.Join(t.TempDir(), test.folder)
		put(t, dir, "tools/lab/course.go", "")
		put(t, dir, "go.mod", "module x\n")
		put(t, dir, "notebooks/en/x", "")
		t.Chdir(filepath.Join(dir, "notebooks", "en"))
		c, err := openCourse()
		switch {
		case test.refused != "":
			if err == nil || !strings.Contains(err.Error(), "must not contain "+test.refused) {
				t.Errorf("%s: got %v, want a refusal of %s", test.folder, err, test.refused)
			}
		case err != nil:
			t.Errorf("%s: %v", test.folder, err)
		case filepath.Base(c.root) != filepath.Base(dir):
			t.Errorf("%s: found the course in %s", test.folder, c.root)
		}
	}
	t.Chdir(t.TempDir())
	if _, err := openCourse(); err == nil {
		t.Error("an empty folder is a course")
	}
}

func TestWriteKernel(t *testing.T) {
	c := testCourse(t)
	if err := c.writeKernel(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(c.path("jupyter", "kernels", "descent", "kernel.json"))
	if err != nil {
		t.Fatal(err)
	}
	var spec struct {
		Argv     []string          `json:"argv"`
		Language string            `json:"language"`
		Env      map[string]string `json:"env"`
	}
	if err := json.Unmarshal(b, &spec); err != nil {
		t.Fatal(err)
	}
	if want := []string{c.path("bin", "gonb"), "--kernel", "{connection_file}", "--logtostderr", "-go_work=" + c.root}; !slices.Equal(spec.Argv, want) {
		t.Errorf("argv is %q, want %q", spec.Argv, want)
	}
	if spec.Language != "go" {
		t.Errorf("language is %q, want go", spec.Language)
	}
	// The warm-up fills the cache that cells use: the settings must agree.
	warm := variables(t, c.environ(), false)
	for _, name := range []string{"GOFLAGS", "GOCACHE", "GOMODCACHE", "CGO_ENABLED", "GOENV", "GOPROXY"} {
		if spec.Env[name] != warm[name] || warm[name] == "" {
			t.Errorf("%s is %q for the kernel, %q for the warm-up", name, spec.Env[name], warm[name])
		}
	}
	if v, ok := spec.Env["GOWORK"]; !ok || v != "" {
		t.Errorf("GOWORK is %q, want it empty: GoNB makes its own", v)
	}
	mode, err := os.ReadFile(filepath.Join(spec.Env["XDG_CONFIG_HOME"], "go", "telemetry", "mode"))
	if strings.TrimSpace(string(mode)) != "off" {
		t.Errorf("telemetry is %q (%v), want off", mode, err)
	}
}
