package bench

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// kernel executes notebooks, two at once.
type kernel struct {
	repo string
	slot chan struct{} // one for each notebook that may run
	all  sync.Mutex    // held while taking them
}

func newKernel(repo string) *kernel { return &kernel{repo: repo, slot: make(chan struct{}, 2)} }

// run executes the notebook at path and returns what came, stored in out; one
// that is to be timed runs alone.
func (k *kernel) run(path, out string, alone bool) (*Notebook, error) {
	slots := 1
	if alone {
		slots = cap(k.slot)
	}
	k.all.Lock()
	for range slots {
		k.slot <- struct{}{}
	}
	k.all.Unlock()
	defer func() {
		for range slots {
			<-k.slot
		}
	}()
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return nil, err
	}
	cmd := exec.Command(filepath.Join(k.repo, ".descent", "bin", "lab"), "run", "--", "python", "tools/bench/run.py", path, out)
	cmd.Dir = k.repo
	if said, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s did not run (is the course set up? make test does it): %w\n%s", path, err, tail(string(said), 20))
	}
	return readNotebook(out)
}

func tail(s string, n int) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}

// timed reports whether the run will give the notebook new timings.
func (nb *Notebook) timed() bool {
	for _, c := range nb.Cells {
		if c.tagged("timing") && (os.Getenv("TIMING") == "1" || c.Metadata.Timed != fingerprint(c)) {
			return true
		}
	}
	return false
}
