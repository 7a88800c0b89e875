package mlp

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"descent/pkg/digits"
	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

func BenchmarkStep(b *testing.B) {
	set := digits.Train()
	for _, sizes := range [][]int{{64, 10}, {64, 50, 10}} {
		for _, batch := range []int{1, 10, 32, 100, set.Len()} {
			net := New(Config{Sizes: sizes, Act: ReLU, Init: weightinit.NewHe()})
			b.Run(fmt.Sprintf("%v/%d", net, batch), func(b *testing.B) {
				next, _ := batches(set.Len(), TrainConfig{Batch: batch})
				benchmarkStep(b, net, set, next)
			})
		}
	}
}

// workloads are what testdata/peers.py times, too.
var workloads = []struct {
	name string
	make func() (run func())
}{
	{"iteration", iteration},
	{"activations", activations},
}

// iteration is a training iteration of a net of the size that MNIST takes:
// gradient and step with a batch of 128.
func iteration() func() {
	net := New(Config{Sizes: []int{784, 100, 100, 100, 100, 10}, Act: ReLU, Init: weightinit.NewHe()})
	set := noise(128, 784, 10)
	grad := make([]float64, len(net.Params()))
	opt := optim.NewSGD(0.01)
	return func() {
		net.Gradient(grad, set, nil)
		if err := opt.Step(net.Params(), grad); err != nil {
			panic(err)
		}
	}
}

// activations sends 1,000 rows through five layers of 100 sigmoids and counts a
// histogram of each.
func activations() func() {
	net := New(Config{Sizes: []int{100, 100, 100, 100, 100, 100}, Act: Sigmoid, Init: weightinit.NewNormal(0, 1), Headless: true})
	x := noise(1000, 100, 1).X
	trace := net.Observe(x)
	return func() {
		trace.Observe(x)
		trace.Histograms(30, 0, 1)
	}
}

func BenchmarkWorkloads(b *testing.B) {
	for _, w := range workloads {
		b.Run(w.name, func(b *testing.B) {
			run := w.make()
			run()
			b.ReportAllocs()
			for b.Loop() {
				run()
			}
		})
	}
}

// BenchmarkPeers prints how many times as long other libraries take. It runs
// testdata/peers.py with the Python that DESCENT_PEERS names, in turns with the
// workloads of this package, and counts the least times.
func BenchmarkPeers(b *testing.B) {
	python := os.Getenv("DESCENT_PEERS")
	if python == "" {
		b.Skip("DESCENT_PEERS names no Python with NumPy and PyTorch")
	}
	least := map[string]time.Duration{} // of "peer workload"
	note := func(name string, d time.Duration) {
		if old, ok := least[name]; !ok || d < old {
			least[name] = d
		}
	}
	for range 3 {
		for _, w := range workloads {
			run := w.make()
			for range 170 {
				start := time.Now()
				run()
				note("ours "+w.name, time.Since(start))
			}
		}
		cmd := exec.Command(python, "testdata/peers.py")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			b.Fatal(err)
		}
		for line := range strings.Lines(string(out)) {
			var peer, workload string
			var ns time.Duration
			if _, err := fmt.Sscan(line, &peer, &workload, &ns); err != nil {
				b.Fatalf("%q: %v", line, err)
			}
			note(peer+" "+workload, ns)
		}
	}
	for _, w := range workloads {
		ours := least["ours "+w.name]
		fmt.Printf("%-12s ours %v", w.name, ours)
		for _, peer := range []string{"numpy", "torch"} {
			if d, ok := least[peer+" "+w.name]; ok {
				fmt.Printf(", %s %v (%.2f times)", peer, d, float64(d)/float64(ours))
			}
		}
		fmt.Println()
	}
}

// How the time of an iteration grows with width and batch.
func BenchmarkGrowth(b *testing.B) {
	for _, width := range []int{25, 50, 100, 200, 400} {
		for _, batch := range []int{8, 32, 128, 512} {
			b.Run(fmt.Sprintf("width %d/batch %d", width, batch), func(b *testing.B) {
				net := New(Config{Sizes: []int{784, width, width, width, width, 10}, Act: ReLU, Init: weightinit.NewHe()})
				set := noise(batch, 784, 10)
				benchmarkStep(b, net, set, func() []int { return nil })
			})
		}
	}
}

func benchmarkStep(b *testing.B, net *Net, set digits.Set, next func() []int) {
	grad := make([]float64, len(net.Params()))
	opt := optim.NewSGD(0.01)
	step := func() int {
		idx := next()
		net.Gradient(grad, set, idx)
		if err := opt.Step(net.Params(), grad); err != nil {
			b.Fatal(err)
		}
		if idx == nil {
			return set.Len()
		}
		return len(idx)
	}
	rows := step()
	b.ReportAllocs()
	for b.Loop() {
		step()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/row")
}

func BenchmarkLoss(b *testing.B) {
	set := digits.Train()
	for _, sizes := range [][]int{{64, 10}, {64, 50, 10}} {
		net := New(Config{Sizes: sizes, Act: ReLU, Init: weightinit.NewHe()})
		b.Run(net.String(), func(b *testing.B) {
			for b.Loop() {
				net.Loss(set)
			}
		})
	}
}

// noise returns rows of N(0, 1) with random labels.
func noise(rows, dim, classes int) digits.Set {
	rng := rand.New(rand.NewPCG(1, 2))
	set := digits.Set{X: normal(rng, rows*dim), Labels: make([]int, rows), Dim: dim}
	for i := range set.Labels {
		set.Labels[i] = rng.IntN(classes)
	}
	return set
}
