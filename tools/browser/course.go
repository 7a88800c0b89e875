package browser

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// Clone copies what git knows of the checkout repo, and what it would add, to
// dir: a clean clone of the tree as it stands.
func Clone(repo, dir string) error {
	list := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	list.Dir = repo
	out, err := list.Output()
	if err != nil {
		return fmt.Errorf("git ls-files: %w", err)
	}
	for _, name := range strings.Split(strings.Trim(string(out), "\x00"), "\x00") {
		from, to := filepath.Join(repo, name), filepath.Join(dir, name)
		b, err := os.ReadFile(from)
		if errors.Is(err, fs.ErrNotExist) {
			continue // deleted, not yet committed
		}
		if err == nil {
			err = os.MkdirAll(filepath.Dir(to), 0o755)
		}
		if err == nil {
			err = os.WriteFile(to, b, 0o644)
		}
		if err != nil {
			return err
		}
	}
	for _, args := range [][]string{{"init", "-q"}, {"add", "-A"},
		{"-c", "user.name=test", "-c", "user.email=test@example.org", "commit", "-q", "-m", "copy"}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("git %v: %w: %s", args, err, out)
		}
	}
	return nil
}

// Lab is a `make lab` that runs.
type Lab struct {
	Address string // up to the port
	Token   string
	Seconds float64 // until the address was printed
	cmd     *exec.Cmd
	ended   chan error
}

var addressRE = regexp.MustCompile(`(http://127\.0\.0\.1:\d+)/\S*\?token=(\S+)`)

// StartLab runs `make lab` in a checkout with the given settings and waits
// until it prints its address.
func StartLab(checkout string, limit time.Duration, say io.Writer, settings ...string) (*Lab, error) {
	l := &Lab{cmd: exec.Command("make", "lab", "OPEN=0"), ended: make(chan error, 1)}
	l.cmd.Dir = checkout
	l.cmd.Env = append(os.Environ(), settings...)
	l.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // what Ctrl-C reaches
	r, w := io.Pipe()
	l.cmd.Stdout, l.cmd.Stderr = w, w
	start := time.Now()
	if err := l.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { err := l.cmd.Wait(); w.Close(); l.ended <- err }()
	found := make(chan []string, 1)
	go func() {
		lines := bufio.NewScanner(r)
		for lines.Scan() {
			fmt.Fprintln(say, lines.Text())
			if m := addressRE.FindStringSubmatch(lines.Text()); m != nil {
				found <- m
			}
		}
		io.Copy(io.Discard, r)
	}()
	select {
	case m := <-found:
		l.Address, l.Token, l.Seconds = m[1], m[2], time.Since(start).Seconds()
		return l, nil
	case err := <-l.ended:
		return nil, fmt.Errorf("make lab ended: %v", err)
	case <-time.After(limit):
		l.Stop()
		return nil, fmt.Errorf("make lab printed no address in %v", limit)
	}
}

// Stop ends the lab as Ctrl-C does.
func (l *Lab) Stop() error {
	if err := syscall.Kill(-l.cmd.Process.Pid, syscall.SIGINT); err != nil {
		return err
	}
	select {
	case <-l.ended:
		return nil
	case <-time.After(20 * time.Second):
		syscall.Kill(-l.cmd.Process.Pid, syscall.SIGKILL)
		return errors.New("make lab did not end 20 s after Ctrl-C")
	}
}
