package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// hard is how strictly a container can be held: no network, no rights, no
// place to write but memory, a small laptop's memory and one processor.
var hard = []string{"--network", "none", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--read-only",
	"--tmpfs", "/tmp:exec", "--memory", "2g", "--cpus", "1"}

// needsImage skips unless `make image-test` runs this; it needs the image.
func needsImage(t *testing.T) engine {
	t.Helper()
	if os.Getenv("TEST_IMAGE") != "1" {
		t.Skip("make image-test runs this")
	}
	if os.Getuid() != 0 {
		t.Fatal(`folders of other owners are mounted, so run as root: sudo env "PATH=$PATH" make image-test`)
	}
	e, err := findEngine()
	if err != nil {
		t.Fatal(err)
	}
	if e == "buildah" {
		t.Fatal("buildah builds the image, but docker or podman is needed to try it")
	}
	return e
}

// run runs a command in a new container; flags and command stand in one list,
// parted by "--".
func (e engine) run(t *testing.T, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, string(e), e.args("--rm", args)...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	return out.String(), errs.String(), err
}

func (e engine) args(first string, args []string) []string {
	flags, command := args, []string(nil)
	for i, a := range args {
		if a == "--" {
			flags, command = args[:i], args[i+1:]
		}
	}
	list := append([]string{"run", first}, flags...)
	return append(append(list, tag()), command...)
}

// server is a container with a JupyterLab, in the network of this machine.
type server struct {
	engine
	client
	id, token string
	ready     time.Duration
}

// serve starts a server and waits until it answers.
func (e engine) serve(t *testing.T, args ...string) *server {
	t.Helper()
	s := &server{engine: e, token: "secret"}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.base = "http://" + l.Addr().String()
	s.header = http.Header{"Authorization": {"token " + s.token}}
	l.Close()
	flags := append([]string{"--network", "host", "-e", "JUPYTER_TOKEN=" + s.token, "-e", "JUPYTER_PORT=" + s.base[strings.LastIndex(s.base, ":")+1:]}, args...)
	start := time.Now()
	cmd := exec.Command(string(e), e.args("-d", flags)...)
	cmd.Dir = t.TempDir() // podman may leave a note of a lack of memory where it is started
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("run: %v %s", err, err.(*exec.ExitError).Stderr)
	}
	s.id = strings.TrimSpace(string(out))
	t.Cleanup(s.remove)
	for time.Since(start) < 60*time.Second {
		if code, _, err := s.request("GET", "/api/status", nil); err == nil && code == 200 {
			s.ready = time.Since(start)
			return s
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("no answer in 60 s; the log:\n%s", s.log())
	return nil
}

func (s *server) remove() { exec.Command(string(s.engine), "rm", "-f", s.id).Run() }

func (s *server) log() string {
	out, _ := exec.Command(string(s.engine), "logs", s.id).CombinedOutput()
	return string(out)
}

// exec runs a command in the server's container.
func (s *server) exec(args ...string) (string, error) {
	out, err := exec.Command(string(s.engine), append([]string{"exec", s.id}, args...)...).CombinedOutput()
	return string(out), err
}

// folder makes a folder to mount, of some owner.
func folder(t *testing.T, uid int, mode os.FileMode) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "folder")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if os.Getuid() == 0 {
		if err := os.Chown(dir, uid, uid); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(dir, mode); err != nil {
		t.Fatal(err)
	}
	// The engine must be able to reach it.
	for d := filepath.Dir(dir); len(d) > len(os.TempDir()); d = filepath.Dir(d) {
		os.Chmod(d, 0o755)
	}
	return dir
}

func lines(s string) string { return fmt.Sprintf("\n%s", strings.TrimSpace(s)) }
