package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// jupyter returns the step that makes the Python environment with JupyterLab.
// It holds no path of the checkout: it is made elsewhere and moved.
func (c *course) jupyter() step {
	_, dead := os.Stat(c.path("venv", "bin", "python")) // its Python was removed or upgraded
	s := step{
		name:  "jupyter",
		title: "JupyterLab",
		key:   c.fileKey("tools/requirements.txt"),
		stale: dead != nil,
		files: []string{"venv"},
	}
	if want := os.Getenv("PYTHON"); want != "" {
		config, _ := os.ReadFile(c.path("venv", "pyvenv.cfg"))
		p := c.askPython(context.Background(), want)
		s.stale = s.stale || !strings.Contains(string(config), "version = "+p.version+"\n")
	}
	s.make = func(ctx context.Context, t *task, tmp string) error {
		base, err := c.findPython(ctx)
		if err != nil {
			return err
		}
		venv := filepath.Join(tmp, "venv")
		if err := t.command(ctx, c.pythonEnv(), base.path, "-m", "venv", "--without-pip", venv); err != nil {
			return err
		}
		python := filepath.Join(venv, "bin", "python")
		// venv would do this too, but keep to itself why it failed.
		if err := t.command(ctx, c.pythonEnv(), python, "-m", "ensurepip", "--default-pip"); err != nil {
			return err
		}
		if err := t.command(ctx, c.pipEnv(ctx, python), python, "-m", "pip", "install", "--require-hashes", "--no-deps",
			"--only-binary", ":all:", "--progress-bar", "off", "--no-warn-script-location", "-r", "tools/requirements.txt"); err != nil {
			if base.untried && strings.Contains(string(t.output), "No matching distribution found") {
				return say("Python %s에 맞는 JupyterLab 꾸러미가 없습니다. 3.10–3.13을 설치하고 `make lab PYTHON=python3.13`처럼 실행하세요.",
					"There are no packages of JupyterLab for Python %s: install 3.10–3.13 and run `make lab PYTHON=python3.13` or the like.", base.version)
			}
			return err
		}
		scripts, err := os.ReadDir(filepath.Dir(python))
		for _, script := range scripts {
			if !strings.HasPrefix(script.Name(), "python") { // it names the folder where it was made
				err = errors.Join(err, os.Remove(filepath.Join(venv, "bin", script.Name())))
			}
		}
		return err
	}
	return s
}

// pythons are the names under which a Python is looked for.
var pythons = []string{"python3", "python3.13", "python3.12", "python3.11", "python3.10", "python"}

// findPython returns the first Python on the PATH that can make a virtual
// environment: the one that PYTHON names, else python3, else a 3.10–3.13.
func (c *course) findPython(ctx context.Context) (python, error) {
	candidates := pythons
	if p := os.Getenv("PYTHON"); p != "" {
		candidates = []string{p}
	}
	var old, bare string
	for _, name := range candidates {
		switch p := c.askPython(ctx, name); {
		case p.path == "":
		case p.old:
			old = p.version
		case !p.venv:
			bare = p.version
		default:
			return p, nil
		}
	}
	switch {
	case bare != "":
		return python{}, say("Python %s에 venv가 없습니다. 설치하고 다시 실행하세요(Debian·Ubuntu: sudo apt install python3-venv).",
			"Python %s lacks venv: install it and run this again (Debian, Ubuntu: sudo apt install python3-venv).", bare)
	case old != "":
		return python{}, say("Python %s은(는) 너무 오래되었습니다. 3.10–3.13을 설치하고, 필요하면 `make lab PYTHON=python3.13`처럼 알려 주세요.",
			"Python %s is too old: install 3.10–3.13 and, where needed, name it as in `make lab PYTHON=python3.13`.", old)
	}
	return python{}, say("Python을 찾을 수 없습니다(%s). 3.10–3.13을 설치하고, 필요하면 `make lab PYTHON=python3.13`처럼 알려 주세요.",
		"Python is missing (%s): install 3.10–3.13 and, where needed, name it as in `make lab PYTHON=python3.13`.", candidates[0])
}

type python struct {
	path, version string
	old           bool // before 3.10
	untried       bool // after 3.13
	venv          bool // can make a virtual environment
}

// askPython runs the Python of that name; path is empty if there is none.
func (c *course) askPython(ctx context.Context, name string) python {
	cmd := exec.CommandContext(ctx, name, "-c", `import os, sys
try:
    import venv, ensurepip
except ImportError:
    venv = None
for x in (os.path.realpath(sys.executable), "%d.%d.%d" % sys.version_info[:3],
          sys.version_info < (3, 10), sys.version_info >= (3, 14), venv is not None):
    print(x)`)
	cmd.Env = c.pythonEnv()
	out, err := cmd.Output()
	lines := strings.Split(string(out), "\n")
	if err != nil || len(lines) < 5 {
		return python{}
	}
	return python{path: lines[0], version: lines[1], old: lines[2] == "True", untried: lines[3] == "True", venv: lines[4] == "True"}
}

// pythonEnv returns the user's environment less what steers Python.
func (c *course) pythonEnv() []string {
	return append(c.cleanEnv(), "PYTHONNOUSERSITE=1", "PYTHONUTF8=1")
}

// pipKeys are the settings of pip with which the user reaches an index; set-up
// honours these and no others.
var pipKeys = []string{"index-url", "extra-index-url", "find-links", "no-index", "trusted-host", "cert",
	"client-cert", "proxy", "timeout", "default-timeout", "retries", "cache-dir", "keyring-provider"}

// pipEnv returns the environment in which pip runs: of the user's PIP_… and
// pip.conf it holds only pipKeys.
func (c *course) pipEnv(ctx context.Context, python string) []string {
	env := append(c.pythonEnv(), "PIP_DISABLE_PIP_VERSION_CHECK=1", "PIP_NO_INPUT=1")
	config := exec.CommandContext(ctx, python, "-m", "pip", "config", "list")
	config.Env = env
	if file := os.Getenv("PIP_CONFIG_FILE"); file != "" {
		config.Env = append(config.Env, "PIP_CONFIG_FILE="+file)
	}
	out, _ := config.Output()
	env = append(env, pipSettings(string(out))...)
	for _, key := range pipKeys {
		name := "PIP_" + strings.ToUpper(strings.ReplaceAll(key, "-", "_"))
		if v := os.Getenv(name); v != "" {
			env = append(env, name+"="+v)
		}
	}
	return append(env, "PIP_CONFIG_FILE="+os.DevNull)
}

// pipSettings turns the lines of `pip config list`, such as
// global.index-url='https://…', into variables, those of pipKeys only. The
// section install comes after global in the list, and so wins.
func pipSettings(list string) []string {
	var env []string
	for line := range strings.Lines(list) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		section, key, ok2 := strings.Cut(key, ".")
		if !ok || !ok2 || len(value) < 2 || (section != "global" && section != "install") || !slices.Contains(pipKeys, key) {
			continue
		}
		value = strings.ReplaceAll(value[1:len(value)-1], `\n`, "\n") // a Python string, quoted
		env = append(env, "PIP_"+strings.ToUpper(strings.ReplaceAll(key, "-", "_"))+"="+value)
	}
	return env
}
