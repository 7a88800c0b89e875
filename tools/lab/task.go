package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"descent/pkg/lang"
)

const pollTime = 100 * time.Millisecond

// task shows the progress of a step and keeps the log of its commands.
type task struct {
	title string
	start time.Time
	root  string
	log   *os.File
	lock  *os.File
	stop  chan struct{}
	shown sync.WaitGroup

	mu     sync.Mutex
	detail string // the last line of the running command
	output []byte // its last lines: the disk may be too full for the log
}

func newTask(title, log, root string, lock *os.File) (*task, error) {
	if err := os.MkdirAll(filepath.Dir(log), 0o777); err != nil {
		return nil, err
	}
	f, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	t := &task{title: title, start: time.Now(), root: root, log: f, lock: lock, stop: make(chan struct{})}
	fmt.Print(title, " … ")
	if terminal(os.Stdout) {
		t.shown.Go(t.show)
	}
	return t, nil
}

// show rewrites the line of the task every second.
func (t *task) show() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-t.stop:
			fmt.Print("\r\x1b[K", t.title, " … ")
			return
		case <-tick.C:
			t.mu.Lock()
			fmt.Printf("\r\x1b[K%s … %s  %s", t.title, seconds(time.Since(t.start)), t.detail)
			t.mu.Unlock()
		}
	}
}

// end closes the line of the task; it turns the error of a step into one that
// says what to do.
func (t *task) end(ctx context.Context, err error) error {
	close(t.stop)
	t.shown.Wait()
	t.log.Close()
	if err == nil {
		fmt.Println(seconds(time.Since(t.start)))
		return nil
	}
	if ctx.Err() != nil {
		fmt.Println(lang.Pick("중단", "stopped"))
		return ctx.Err()
	}
	fmt.Println(lang.Pick("실패", "failed"))
	return explain(err, t.log.Name())
}

func seconds(d time.Duration) string {
	return fmt.Sprintf(lang.Pick("%.0f초", "%.0f s"), d.Seconds())
}

// command runs a command of the step in its own process group, which ends
// when ctx does.
func (t *task) command(ctx context.Context, env []string, name string, args ...string) error {
	fmt.Fprintln(t.log, "$", name, strings.Join(args, " "))
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = t.root
	cmd.Env = env
	cmd.ExtraFiles = []*os.File{t.lock}
	groupEnds(cmd)
	r, w := io.Pipe()
	cmd.Stdout, cmd.Stderr = w, w
	var read sync.WaitGroup
	read.Go(func() { t.read(r) })
	t.output = nil
	err := cmd.Run()
	w.Close()
	read.Wait()
	if err != nil {
		return &commandError{err, string(t.output)}
	}
	return nil
}

// read copies the lines of a command to the log and keeps the last one to
// show.
func (t *task) read(r io.Reader) {
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadBytes('\n')
		t.log.Write(line)
		t.output = append(t.output, line...)
		t.output = t.output[max(0, len(t.output)-20000):]
		if s := string(bytes.TrimSpace(line)); s != "" {
			if len(s) > 48 {
				s = s[:48]
			}
			t.mu.Lock()
			t.detail = strings.ToValidUTF8(s, "")
			t.mu.Unlock()
		}
		if err != nil {
			return
		}
	}
}

// terminal reports whether f is one.
func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}

// sleep waits for d or until ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
