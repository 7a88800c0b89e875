package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"descent/pkg/lang"
)

// server is one JupyterLab.
type server struct {
	*course
	options
	home  string // its root folder
	token string
}

// own returns a path in the server's own folder: labs of both languages, and
// of copies and sources, may be open at once.
func (s *server) own(elem ...string) string {
	return s.path(append([]string{"jupyter", filepath.Base(s.home) + "-" + s.lang}, elem...)...)
}

// launch starts JupyterLab without the system's own settings, extensions and
// kernels, which no variable of the environment turns off.
const launch = `import sys
from jupyter_core import paths
paths.SYSTEM_CONFIG_PATH[:] = paths.SYSTEM_JUPYTER_PATH[:] = []
from jupyterlab.labapp import main
sys.exit(main())`

// run starts the server, says where it is, and stops it when ctx ends.
func (s *server) run(ctx context.Context, open *os.File) error {
	log, err := os.Create(s.path("log", filepath.Base(s.home)+"-"+s.lang+".log"))
	if err != nil {
		return explain(err, "")
	}
	defer log.Close()
	port, retries := s.port, 0
	if port == 0 {
		port, retries = 8888, 100
	}
	page := "/lab/tree/" + s.lang
	if s.lesson != "" {
		page += "/" + url.PathEscape(s.lesson)
	}
	cmd := exec.Command(s.path("venv", "bin", "python"), "-c", launch,
		fmt.Sprintf("--ServerApp.port=%d", port), fmt.Sprintf("--ServerApp.port_retries=%d", retries),
		"--LabApp.default_url="+page)
	cmd.Dir = s.dir
	cmd.Env = merge(s.environ(), []string{
		"JUPYTER_TOKEN=" + s.token,
		"JUPYTER_CONFIG_DIR=" + s.own(),
		"JUPYTERLAB_WORKSPACES_DIR=" + s.own("workspaces"),
	})
	cmd.Stdout, cmd.Stderr = log, log
	cmd.ExtraFiles = []*os.File{open} // held as long as the server lives
	group(cmd)
	if err := cmd.Start(); err != nil {
		return explain(err, "")
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	defer s.stop(cmd.Process.Pid, ended)

	address, err := s.await(ctx, cmd.Process.Pid, ended)
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		out, _ := os.ReadFile(log.Name())
		return explain(&commandError{err, string(out)}, log.Name())
	}
	fmt.Printf("%s\n\n    %s%s?token=%s\n\n%s\n", lang.Pick("강의가 열렸습니다:", "The course is open at"), address, page, s.token,
		lang.Pick("이 터미널에서 Ctrl-C를 누르면 닫힙니다.", "Ctrl-C in this terminal closes it."))
	select {
	case <-ctx.Done():
		fmt.Println(lang.Pick("\n닫습니다.", "\nClosing."))
		return nil
	case err := <-ended:
		ended <- err
		if err != nil {
			return say("JupyterLab이 끝났습니다(%v). 기록: %s", "JupyterLab ended (%v). Log: %s", err, log.Name())
		}
		return nil // closed from its menu
	}
}

// await returns the address of the server once it answers.
func (s *server) await(ctx context.Context, pid int, ended chan error) (string, error) {
	info := s.path("jupyter", "runtime", fmt.Sprintf("jpserver-%d.json", pid))
	for {
		select {
		case err := <-ended:
			ended <- err
			return "", fmt.Errorf("JupyterLab: %v", err)
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
		var server struct{ Port int }
		if b, err := os.ReadFile(info); err != nil || json.Unmarshal(b, &server) != nil {
			continue
		}
		if address := fmt.Sprintf("127.0.0.1:%d", server.Port); s.answers(address) {
			return "http://" + address, nil
		}
	}
}

// answers reports whether the server at address is ours and ready. Package
// net/http would double the time in which this program builds.
func (s *server) answers(address string) bool {
	conn, err := net.DialTimeout("tcp", address, time.Second)
	if err != nil {
		return false
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	fmt.Fprintf(conn, "GET /api/status HTTP/1.0\r\nAuthorization: token %s\r\n\r\n", s.token)
	status, _ := bufio.NewReader(conn).ReadString('\n')
	return strings.Contains(status, " 200 ")
}

// stop ends the server with its kernels, and whatever they leave behind. A
// second Ctrl-C does not wait.
func (s *server) stop(pid int, ended chan error) {
	hurry := make(chan os.Signal, 1)
	signal.Notify(hurry, os.Interrupt, syscall.SIGTERM)
	family := descendants(processes(), pid)
	terminate(pid)
	select {
	case <-ended:
	case <-hurry:
	case <-time.After(5 * time.Second):
	}
	killGroup(pid)
	reap(family, processes())
	reap(s.orphans(processes()), processes())
	os.Remove(s.path("jupyter", "runtime", fmt.Sprintf("jpserver-%d.json", pid)))
}
