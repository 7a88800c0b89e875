package main

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// A number of a user that the kernel takes for another, such as root, is refused.
func TestNumbersOfUsers(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("SKIP: needs root, as start.sh then drops to NB_UID")
	}
	script := "../../docker/start.sh"
	if _, err := os.Stat(script); err != nil { // and so the cached result knows of a change
		t.Fatal(err)
	}
	for _, c := range []struct{ uid, gid string }{
		{"0", "100"}, {"-1", "100"}, {"4294967295", "100"}, {"4294967296", "100"}, {"99999999999999999999", "100"},
		{"010", "100"}, {"0x10", "100"}, {"me", "100"}, {"1000 ", "100"}, {"1+1", "100"},
		{"1000", "-1"}, {"1000", "4294967295"}, {"1000", "4294967296"}, {"1000", "users"}, {"1000", "010"},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		start := exec.CommandContext(ctx, "bash", script, "true")
		start.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "COURSE_LANG=en", "NB_UID=" + c.uid, "NB_GID=" + c.gid}
		text, err := start.CombinedOutput()
		cancel()
		want := "descent: NB_UID=" + c.uid + " NB_GID=" + c.gid + ": these must be whole numbers"
		if err == nil || !strings.HasPrefix(string(text), want) {
			t.Errorf("%+v: error %v, printed %.200q, want %q", c, err, text, want)
		}
	}
}
