package optim

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"text/tabwriter"
	"time"
)

// timed are the methods with a fast path and the bytes that a step moves for a
// parameter: it reads the gradient twice, first to see whether it is finite,
// and reads and writes the parameter and the state.
var timed = []struct {
	name  string
	make  func() Optimizer
	bytes int
}{
	{"SGD", func() Optimizer { return NewSGD(0.01) }, 32},
	{"Momentum", func() Optimizer { return NewMomentum(0.01) }, 48},
	{"AdaGrad", func() Optimizer { return NewAdaGrad(0.01) }, 48},
	{"RMSProp", func() Optimizer { return NewRMSProp(0.01) }, 48},
	{"Adam", func() Optimizer { return NewAdam(0.01) }, 64},
	{"AdamW", func() Optimizer { return NewAdamW(0.01) }, 64},
}

const many = 10_000_000

func BenchmarkStep(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{2, 1000, 100_000} {
		for _, m := range timed {
			b.Run(fmt.Sprintf("%s/%d", m.name, n), func(b *testing.B) {
				opt, w, grad := m.make(), normals(rng, n), normals(rng, n)
				b.ReportAllocs()
				for b.Loop() {
					if err := opt.Step(w, grad); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/param")
			})
		}
	}
}

// BenchmarkMany takes turns with a triad loop over as many numbers. The least
// times count; the limit is what the triad would need for the bytes of a step.
func BenchmarkMany(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	w, grad, triad := normals(rng, many), normals(rng, many), newTriad(rng)
	for _, m := range timed {
		b.Run(m.name, func(b *testing.B) {
			opt := m.make()
			step, limit := math.Inf(1), math.Inf(1)
			for b.Loop() {
				step = min(step, seconds(func() { opt.Step(w, grad) }))
				limit = min(limit, seconds(triad.run)*float64(m.bytes)/triadBytes)
			}
			b.ReportMetric(step*1e9/many, "ns/param")
			b.ReportMetric(float64(m.bytes), "B/param")
			b.ReportMetric(step/limit, "of-limit")
		})
	}
}

// BenchmarkPeers prints how many times as long other libraries take. It runs
// testdata/peers.py with the Python that DESCENT_PEERS names. After each line
// that it prints, this package's step takes its turn; the least times count.
func BenchmarkPeers(b *testing.B) {
	python := os.Getenv("DESCENT_PEERS")
	if python == "" {
		b.Skip("DESCENT_PEERS names no Python with NumPy and PyTorch")
	}
	rng := rand.New(rand.NewPCG(1, 2))
	w, grad, triad := normals(rng, many), normals(rng, many), newTriad(rng)
	opts := map[string]Optimizer{}
	bytes := map[string]float64{}
	for _, m := range timed {
		opts[m.name], bytes[m.name] = m.make(), float64(m.bytes)
	}
	least := map[string]float64{} // of "peer method", in ns
	note := func(name string, ns float64) {
		if old, ok := least[name]; !ok || ns < old {
			least[name] = ns
		}
	}
	for range 4 {
		cmd := exec.Command(python, "testdata/peers.py", fmt.Sprint(many), "turns")
		cmd.Stderr = os.Stderr
		in, inErr := cmd.StdinPipe()
		out, outErr := cmd.StdoutPipe()
		if err := errors.Join(inErr, outErr, cmd.Start()); err != nil {
			b.Fatal(err)
		}
		for lines := bufio.NewScanner(out); lines.Scan(); fmt.Fprintln(in) {
			var peer, method string
			var ns float64
			if _, err := fmt.Sscan(lines.Text(), &peer, &method, &ns); err != nil || opts[method] == nil {
				b.Fatalf("peers.py prints %q: %v", lines.Text(), err)
			}
			note(peer+" "+method, ns)
			for range 5 {
				note("ours "+method, seconds(func() { opts[method].Step(w, grad) })*1e9/many)
				note("limit "+method, seconds(triad.run)*1e9/many*bytes[method]/triadBytes)
			}
		}
		if err := cmd.Wait(); err != nil {
			b.Fatal(err)
		}
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	peers := []string{"limit", "numpy", "torch", "torch-fused"}
	fmt.Fprint(table, "ns per parameter (times ours)\tours\t")
	for _, peer := range peers {
		fmt.Fprintf(table, "%s\t", peer)
	}
	fmt.Fprintln(table)
	for _, m := range timed {
		ours := least["ours "+m.name]
		fmt.Fprintf(table, "%s\t%.2f\t", m.name, ours)
		for _, peer := range peers {
			if ns, ok := least[peer+" "+m.name]; ok {
				fmt.Fprintf(table, "%.2f (%.2f)\t", ns, ns/ours)
			} else {
				fmt.Fprint(table, "none\t")
			}
		}
		fmt.Fprintln(table)
	}
	table.Flush()
}

// triad is a ← b + 3c.
type triad struct{ a, b, c []float64 }

const triadBytes = 32 // of a number: the processor also reads a before it writes a

func newTriad(rng *rand.Rand) triad {
	return triad{normals(rng, many), normals(rng, many), normals(rng, many)}
}

func (t triad) run() {
	sweepOver(func(a, b, c, _ []float64, _ update) {
		for i, b := range b {
			a[i] = b + float64(3*c[i])
		}
	}, t.a, t.b, t.c, nil, update{})
}

func seconds(f func()) float64 {
	start := time.Now()
	f()
	return time.Since(start).Seconds()
}

func normals(rng *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	return x
}
