package plots_test

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// BenchmarkPeers prints the least times of two figures beside those of
// matplotlib, where DESCENT_PEERS names a Python that has it.
func BenchmarkPeers(b *testing.B) {
	python := os.Getenv("DESCENT_PEERS")
	if python == "" {
		b.Skip("DESCENT_PEERS names no Python with matplotlib")
	}
	least := map[string]time.Duration{}
	for range 3 {
		for workload, figure := range map[string]string{"trajectory": "trajectory", "histograms": "activations"} {
			f := built("en")[figure]
			for range 8 {
				start := time.Now()
				if _, err := f.PNG(); err != nil {
					b.Fatal(err)
				}
				if d := time.Since(start); least[workload] == 0 || d < least[workload] {
					least[workload] = d
				}
			}
		}
		cmd := exec.Command(python, "testdata/peers.py")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			b.Fatal(err)
		}
		for line := range strings.Lines(string(out)) {
			var workload string
			var d time.Duration
			if _, err := fmt.Sscan(line, &workload, &d); err != nil {
				b.Fatalf("%q: %v", line, err)
			}
			if name := "matplotlib " + workload; least[name] == 0 || d < least[name] {
				least[name] = d
			}
		}
	}
	for _, workload := range []string{"trajectory", "histograms"} {
		ours, theirs := least[workload], least["matplotlib "+workload]
		fmt.Printf("%-10s ours %v, matplotlib %v (%.1f times)\n", workload, ours, theirs, float64(theirs)/float64(ours))
	}
	fmt.Printf("import     matplotlib %v\n", least["matplotlib import"])
}
