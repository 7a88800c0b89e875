package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// course is a checkout, and the Go it is used with.
type course struct {
	root  string            // the checkout
	dir   string            // root/.descent, which holds all that is installed
	gobin string            // the go command
	goenv map[string]string // what the user's go env says
}

// openCourse finds the checkout from the working folder.
func openCourse() (*course, error) {
	root, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	for !isFile(filepath.Join(root, "tools", "lab", "course.go")) {
		if root == filepath.Dir(root) {
			return nil, say("강의 폴더 안에서 실행하세요.", "Run this in the folder of the course.")
		}
		root = filepath.Dir(root)
	}
	// GoNB splits at commas, PATH at colons; Jupyter substitutes $NAME.
	if i := strings.IndexAny(root, ",:$\n"); i >= 0 {
		return nil, say("강의 폴더의 경로에 %q 문자가 있어 쓸 수 없습니다. 폴더를 옮기거나 이름을 바꾸세요: %s",
			"The path of the course must not contain %q: move or rename the folder %s", root[i], root)
	}
	c := &course{root: root, dir: filepath.Join(root, ".descent"), gobin: os.Getenv("GO")}
	if c.gobin == "" {
		c.gobin = "go"
	}
	if c.gobin, err = exec.LookPath(c.gobin); err != nil {
		return nil, say("Go를 찾을 수 없습니다. https://go.dev/dl 에서 설치하세요.", "Go is missing: install it from https://go.dev/dl")
	}
	if os.Getenv("HOME") == "" {
		os.Setenv("HOME", c.path("home"))
	}
	return c, c.readGoEnv()
}

// path returns a path in .descent.
func (c *course) path(elem ...string) string {
	return filepath.Join(append([]string{c.dir}, elem...)...)
}

// downloads names the settings with which the user's Go reaches modules.
var downloads = []string{"GOPROXY", "GONOPROXY", "GOSUMDB", "GONOSUMDB", "GOPRIVATE", "GOINSECURE", "GOAUTH", "GOVCS"}

// readGoEnv asks the user's Go for the settings that set-up honours, those of
// `go env -w` included.
func (c *course) readGoEnv() error {
	honoured := append([]string{"GOENV", "GOPATH", "GOMODCACHE"}, downloads...)
	cmd := exec.Command(c.gobin, append([]string{"env", "-json", "GOVERSION", "GOROOT"}, honoured...)...)
	cmd.Dir = c.root
	cmd.Env = slices.DeleteFunc(os.Environ(), func(kv string) bool {
		name, _, _ := strings.Cut(kv, "=")
		return strings.HasPrefix(name, "GO") && !slices.Contains(honoured, name)
	})
	cmd.Env = append(cmd.Env, "GOFLAGS=-ldflags=-s", "GOWORK=off", "GOTOOLCHAIN=local", "GOCACHE="+c.path("gocache"))
	out, err := cmd.Output()
	if err != nil {
		return say("`go env`가 실패했습니다: %v", "`go env` failed: %v", err)
	}
	return json.Unmarshal(out, &c.goenv)
}

// goVersion names the Go that built things depend on.
func (c *course) goVersion() string {
	return c.goenv["GOVERSION"] + " " + runtime.GOOS + "/" + runtime.GOARCH
}

// modCache returns the user's module cache; where that cannot be written, the
// one that set-up filled; and failing that one of the course's own.
func (c *course) modCache() string {
	mod := c.goenv["GOMODCACHE"]
	if mod != "" && writable(mod) {
		return mod
	}
	if b, err := os.ReadFile(c.path("stamps", "modcache")); err == nil {
		return string(b)
	}
	return c.path("gomod")
}

// environ returns the environment of everything that runs after set-up: the
// user's own less all that would steer Go, Python or Jupyter, plus ours. It
// lets nothing reach the network.
func (c *course) environ() []string {
	return merge(c.cleanEnv(), append(c.goSettings(),
		"GOPROXY=off",
		"GOWORK=off",
		"PATH="+strings.Join([]string{c.path("bin"), c.path("venv", "bin"), filepath.Join(c.goenv["GOROOT"], "bin"), os.Getenv("PATH")}, ":"),
		"PYTHONNOUSERSITE=1",
		"PYTHONUTF8=1",
		"JUPYTER_PATH="+c.path("jupyter"),
		"JUPYTER_CONFIG_DIR="+c.path("jupyter", "config"),
		"JUPYTER_DATA_DIR="+c.path("jupyter", "data"),
		"JUPYTER_RUNTIME_DIR="+c.path("jupyter", "runtime"),
		"JUPYTERLAB_SETTINGS_DIR="+c.path("jupyter", "settings"),
		"JUPYTERLAB_WORKSPACES_DIR="+c.path("jupyter", "workspaces"),
		"IPYTHONDIR="+c.path("jupyter", "ipython"),
	))
}

// merge returns env with more, which wins.
func merge(env, more []string) []string {
	set := map[string]bool{}
	for _, kv := range more {
		name, _, _ := strings.Cut(kv, "=")
		set[name] = true
	}
	return append(slices.DeleteFunc(env, func(kv string) bool {
		name, _, _ := strings.Cut(kv, "=")
		return set[name]
	}), more...)
}

// goSettings returns the settings of Go that the build cache of the kernel
// depends on; set-up and kernel have them in common.
func (c *course) goSettings() []string {
	return []string{
		"GOENV=off",
		"GOTOOLCHAIN=local",
		"GOFLAGS=-ldflags=-s",
		"CGO_ENABLED=0",
		"GOCACHE=" + c.path("gocache"),
		"GOMODCACHE=" + c.modCache(),
	}
}

// cleanEnv returns the user's environment less what steers Go, Python,
// Jupyter or make.
func (c *course) cleanEnv() []string {
	return slices.DeleteFunc(os.Environ(), func(kv string) bool { return foreign.MatchString(kv) })
}

// foreign matches the variables that could steer what we run.
var foreign = regexp.MustCompile(`^(GO|CGO_|PYTHON|PIP_|JUPYTER|JPY_|IPYTHON|MAKE|MFLAGS=|VIRTUAL_ENV=|__PYVENV_LAUNCHER__=)`)

// run becomes the command, in the environment of the course.
func (c *course) run(args []string) error {
	env := c.environ()
	for _, kv := range env {
		if path, ok := strings.CutPrefix(kv, "PATH="); ok {
			os.Setenv("PATH", path)
		}
	}
	bin, err := exec.LookPath(args[0])
	if err != nil {
		return err
	}
	return become(bin, args, env)
}
