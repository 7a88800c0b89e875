package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// sheltered returns the program on this checkout, which must be set up, in an
// environment and with a home folder full of what would steer Go, Python and
// Jupyter: settings, modules, kernels of the same names.
func sheltered(t *testing.T) func(env []string, args ...string) *exec.Cmd {
	t.Helper()
	repo, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(repo)
	c, err := openCourse()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.undone(c.steps(false))) > 0 {
		t.Skip("the course is not set up here: make setup does it")
	}
	home := t.TempDir()
	for name, content := range map[string]string{
		".config/go/env":                                   "GOFLAGS=-mod=vendor\nGOTOOLCHAIN=go1.99.0\nGOWORK=/nowhere\n",
		"python/json.py":                                   "raise SystemExit('hostile')\n",
		".jupyter/jupyter_server_config.py":                "raise SystemExit('hostile')\n",
		".jupyter/jupyter_config.json":                     `{"ServerApp": {"port": 1, "root_dir": "/nowhere"}}`,
		".ipython/profile_default/ipython_config.py":       "raise SystemExit('hostile')\n",
		".local/share/jupyter/kernels/gonb/kernel.json":    `{"argv": ["/bin/false"], "display_name": "Go", "language": "go"}`,
		".local/share/jupyter/kernels/descent/kernel.json": `{"argv": ["/bin/false"], "display_name": "Go", "language": "go"}`,
	} {
		put(t, home, name, content)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return func(env []string, args ...string) *exec.Cmd {
		cmd := exec.Command(exe, args...)
		cmd.Env = merge([]string{"PATH=" + os.Getenv("PATH")}, []string{"STAGE_LAB=1", "HOME=" + home, "GOMODCACHE=" + c.modCache(), "OPEN=0"})
		for name, value := range hostile {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
		cmd.Env = append(cmd.Env, "PYTHONPATH="+filepath.Join(home, "python"), "JUPYTER_CONFIG_DIR="+filepath.Join(home, ".jupyter"),
			"JUPYTER_PATH="+filepath.Join(home, ".local", "share", "jupyter"))
		cmd.Env = append(cmd.Env, env...)
		cmd.Stderr = t.Output()
		return cmd
	}
}

func TestCellRunsSheltered(t *testing.T) {
	lab := sheltered(t)
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.ipynb"), filepath.Join(dir, "out.ipynb")
	put(t, dir, "in.ipynb", `{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code", "id": "a", "metadata": {},
		"execution_count": null, "outputs": [], "source": "import \"descent/pkg/optim\"\n\n%%\nfmt.Println(optim.NewSGD(0.5))"}]}`)
	cmd := lab(nil, "run", "--", "python", "tools/bench/run.py", in, out)
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	if b := read(t, out); !strings.Contains(string(b), `SGD(η=0.5)\n`) {
		t.Errorf("the cell gave\n%s", b)
	}
}

var addressRE = regexp.MustCompile(`(http://127\.0\.0\.1:(\d+))/\S*\?token=(\S+)`)

// Two labs at once have two ports, know one kernel each, and refuse a third
// one the port of the first.
func TestTwoLabs(t *testing.T) {
	lab := sheltered(t)
	var ports []string
	for _, lang := range []string{"ko", "en"} {
		cmd := lab([]string{"COURSE_LANG=" + lang}, "edit")
		stdout, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		defer func() {
			cmd.Process.Signal(syscall.SIGINT)
			if err := cmd.Wait(); err != nil {
				t.Errorf("closed by Ctrl-C, the lab ends with %v", err)
			}
		}()
		kill := time.AfterFunc(5*time.Minute, func() { cmd.Process.Kill() })
		var address []string
		for lines := bufio.NewScanner(stdout); address == nil && lines.Scan(); {
			address = addressRE.FindStringSubmatch(lines.Text())
		}
		kill.Stop()
		go io.Copy(io.Discard, stdout)
		if address == nil {
			t.Fatalf("%s: no address", lang)
		}
		ports = append(ports, address[2])
		reply, err := http.Get(address[1] + "/api/kernelspecs?token=" + address[3])
		if err != nil {
			t.Fatal(err)
		}
		var specs struct {
			Kernelspecs map[string]struct{ Spec struct{ Argv []string } }
		}
		err = json.NewDecoder(reply.Body).Decode(&specs)
		reply.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if argv := specs.Kernelspecs["descent"].Spec.Argv; len(specs.Kernelspecs) != 1 || len(argv) == 0 || !strings.HasSuffix(argv[0], "/.descent/bin/gonb") {
			t.Errorf("%s: the kernels are %v", lang, specs)
		}
	}
	if ports[0] == ports[1] {
		t.Errorf("both labs have port %s", ports[0])
	}
	cmd := lab([]string{"PORT=" + ports[0]}, "edit")
	cmd.Stderr = nil
	if d := run(t, cmd); d.code != 1 || !strings.HasPrefix(d.stderr, fmt.Sprintf("descent: PORT=%s: in use by another program", ports[0])) {
		t.Errorf("a third lab on port %s ends with %d: %s%s", ports[0], d.code, d.stdout, d.stderr)
	}
	if slices.Contains(ports, "1") {
		t.Error("the user's settings of Jupyter count")
	}
}

// The kernel sends what a cell prints in pieces, none of which ends within a
// character.
func TestCellPrintsHangul(t *testing.T) {
	lab := sheltered(t)
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.ipynb"), filepath.Join(dir, "out.ipynb")
	put(t, dir, "in.ipynb", `{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code", "id": "a", "metadata": {},
		"execution_count": null, "outputs": [], "source": "%%\nfor i := range 3000 {\n\tfmt.Println(i, \"번째 줄: 기울기가 사라집니다\")\n\tfmt.Fprintln(os.Stderr, i, \"번째 줄: 기울기가 사라집니다\")\n}"}]}`)
	if err := lab(nil, "run", "--", "python", "tools/bench/run.py", in, out).Run(); err != nil {
		t.Fatal(err)
	}
	var notebook struct {
		Cells []struct {
			Outputs []struct {
				Name string
				Text []string
			}
		}
	}
	if err := json.Unmarshal(read(t, out), &notebook); err != nil {
		t.Fatal(err)
	}
	want := ""
	for i := range 3000 {
		want += fmt.Sprintln(i, "번째 줄: 기울기가 사라집니다")
	}
	got := map[string]string{}
	for _, o := range notebook.Cells[0].Outputs {
		got[o.Name] += strings.Join(o.Text, "")
	}
	for _, name := range []string{"stdout", "stderr"} {
		if got[name] != want {
			t.Errorf("%s: %d bytes with %d � arrive of %d", name, len(got[name]), strings.Count(got[name], "\ufffd"), len(want))
		}
	}
}

// A kernel that is killed leaves no gopls behind: that ends when nobody is
// connected any more, here after a second.
func TestKilledKernel(t *testing.T) {
	sheltered(t)
	c, err := openCourse()
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("/tmp", "gopls") // short enough for a socket
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	put(t, dir, "gopls", "#!/bin/sh\nfor a do\n\tshift\n\tcase $a in -listen.timeout=*) a=-listen.timeout=1s ;; esac\n\tset -- \"$@\" \"$a\"\ndone\n"+
		"echo $$ > '"+dir+"/pid.new' && mv '"+dir+"/pid.new' '"+dir+"/pid'\nexec '"+c.path("bin", "gopls")+"' \"$@\"\n")
	if err := os.Chmod(filepath.Join(dir, "gopls"), 0o755); err != nil {
		t.Fatal(err)
	}
	put(t, dir, "connection.json", `{"ip": "127.0.0.1", "transport": "tcp", "key": "k", "signature_scheme": "hmac-sha256",
		"shell_port": 0, "iopub_port": 0, "stdin_port": 0, "control_port": 0, "hb_port": 0}`)
	kernel := exec.Command(c.path("bin", "gonb"), "--kernel", filepath.Join(dir, "connection.json"), "--logtostderr")
	kernel.Env = merge(c.environ(), []string{"PATH=" + dir + ":" + filepath.Join(c.goenv["GOROOT"], "bin") + ":/usr/bin:/bin", "TMPDIR=" + dir})
	kernel.Stderr = t.Output()
	if err := kernel.Start(); err != nil {
		t.Fatal(err)
	}
	var gopls int
	waitFor(t, "gopls starting", func() bool {
		b, err := os.ReadFile(filepath.Join(dir, "pid"))
		gopls, _ = strconv.Atoi(strings.TrimSpace(string(b)))
		return err == nil
	})
	defer kill(gopls)
	lives := func() bool {
		return slices.ContainsFunc(processes(), func(p process) bool { return p.pid == gopls })
	}
	waitFor(t, "gopls listening", func() bool {
		sockets, _ := filepath.Glob(filepath.Join(dir, "gonb_*", "gopls_socket"))
		return len(sockets) == 1 || !lives()
	})
	kernel.Process.Kill()
	kernel.Wait()
	time.Sleep(5 * time.Second)
	if lives() {
		t.Error("gopls still runs 5 seconds after its kernel was killed")
	}
}
