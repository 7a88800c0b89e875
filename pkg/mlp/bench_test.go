package mlp

import (
	"fmt"
	"math/rand/v2"
	"testing"

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

// A training iteration of a net of the size that MNIST takes.
func BenchmarkIteration(b *testing.B) {
	net := New(Config{Sizes: []int{784, 100, 100, 100, 100, 10}, Act: ReLU, Init: weightinit.NewHe()})
	set := noise(128, 784, 10)
	benchmarkStep(b, net, set, func() []int { return nil })
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

// 1,000 rows through five layers of 100 sigmoids, with a histogram of each.
func BenchmarkActivations(b *testing.B) {
	net := New(Config{Sizes: []int{100, 100, 100, 100, 100, 100}, Act: Sigmoid, Init: weightinit.NewNormal(0, 1), Headless: true})
	x := noise(1000, 100, 1).X
	trace := net.Observe(x)
	trace.Histograms(30, 0, 1)
	b.ReportAllocs()
	for b.Loop() {
		trace.Observe(x)
		trace.Histograms(30, 0, 1)
	}
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
