package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// TestHub restarts a hub under a student who works, and kills the student's
// server: TEST_HUB is its address, TEST_RESTART the command that restarts it,
// TEST_KILL the one that kills the server of student1.
func TestHub(t *testing.T) {
	hub := os.Getenv("TEST_HUB")
	if hub == "" {
		t.Skip("TEST_HUB names no hub")
	}
	shell := func(name string) {
		t.Helper()
		cmd := exec.Command("sh", "-c", os.Getenv(name))
		cmd.Stdout, cmd.Stderr = nil, nil
		if err := cmd.Run(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	ctx := t.Context()
	login := func() (*client, *kernel) {
		t.Helper()
		c := visitor(hub)
		if err := c.login(ctx, "student1"); err != nil {
			t.Fatal(err)
		}
		k, err := c.begin(ctx, "ko/00_getting_started.ipynb")
		if err != nil {
			t.Fatal(err)
		}
		return c, k
	}
	c, k := login()
	works := func(when string, n int64) {
		t.Helper()
		r, err := k.run(ctx, "%%\nfmt.Println(6 * 7)")
		if err != nil || r.failed != "" || !strings.Contains(r.printed, "42") {
			t.Fatalf("%s: %v %+v", when, err, r)
		}
		if code, b, err := c.request("PUT", "/api/contents/saved.ipynb", big(n, 1)); err != nil || code/100 != 2 {
			t.Fatalf("%s: saving: %d %v %.100s", when, code, err, b)
		}
	}
	kept := func(when, n string) {
		t.Helper()
		code, b, err := c.request("GET", "/api/contents/saved.ipynb", nil)
		if err != nil || code != 200 || !strings.Contains(string(b), `"n": `+n) {
			t.Errorf("%s: what was saved: %d %v %.100s", when, code, err, b)
		}
	}
	works("at first", 1)
	restarted := make(chan bool)
	go func() { defer close(restarted); shell("TEST_RESTART") }()
	for n := int64(2); ; n++ {
		works("while the hub restarts", n)
		select {
		case <-restarted:
			works("after the restart", 100)
			kept("after the restart", "100")
			shell("TEST_KILL")
			start := time.Now()
			c, k = login()
			t.Logf("%d cells and saves while the hub restarted; a new server %.1f s after the old one was killed", n, time.Since(start).Seconds())
			kept("after the server was killed", "100")
			works("in the new server", 101)
			return
		default:
		}
	}
}
