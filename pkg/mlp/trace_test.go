package mlp_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

func ExampleNet_Observe() {
	net := mlp.New(mlp.Config{Sizes: []int{64, 100, 100, 100, 10}, Act: mlp.Sigmoid, Init: weightinit.NewNormal(0, 0.01), Seed: 1})
	set := digits.Train()
	trace := net.Observe(set.X)
	loss := trace.Gradient(set.Labels)
	fmt.Printf("%d rows, loss %.3f\n", trace.Rows, loss)
	for i, m := range trace.Measures() {
		fmt.Printf("layer %d: activations %.3f ± %.3f, RMS of ∂L/∂z %.1e\n", i+1, m.Mean, m.Std, m.Delta)
	}
	// Output:
	// 1438 rows, loss 2.304
	// layer 1: activations 0.500 ± 0.009, RMS of ∂L/∂z 1.0e-09
	// layer 2: activations 0.501 ± 0.011, RMS of ∂L/∂z 4.1e-08
	// layer 3: activations 0.501 ± 0.011, RMS of ∂L/∂z 1.6e-06
	// layer 4: activations 0.100 ± 0.005, RMS of ∂L/∂z 2.1e-04
}

// Without classes any gradient can be sent back from the top.
func ExampleTrace_Back() {
	rng := rand.New(rand.NewPCG(1, 1))
	normal := func(n int) []float64 {
		x := make([]float64, n)
		for i := range x {
			x[i] = rng.NormFloat64()
		}
		return x
	}
	net := mlp.New(mlp.Config{Sizes: []int{100, 100, 100, 100}, Act: mlp.Sigmoid, Init: weightinit.NewNormal(0, 1), Headless: true, Seed: 1})
	trace := net.Observe(normal(1000 * 100))
	trace.Back(normal(1000 * 100))
	for i, counts := range trace.Histograms(5, 0, 1) {
		fmt.Printf("layer %d: %d, evenness %.2f, RMS of ∂L/∂z %.3f\n", i+1, counts, mlp.Entropy(counts), mlp.RMS(trace.Layers[i].Delta))
	}
	// Output:
	// layer 1: [44781 3915 3046 3845 44413], evenness 0.67, RMS of ∂L/∂z 0.084
	// layer 2: [42277 6033 5085 5940 40665], evenness 0.76, RMS of ∂L/∂z 0.103
	// layer 3: [41181 6197 5244 6068 41310], evenness 0.76, RMS of ∂L/∂z 0.103
}

// A trace holds the gradient of Net.Gradient, bit for bit, and every slice is
// what its comment says.
func TestTrace(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		sizes := []int{1 + rng.IntN(9), 1 + rng.IntN(30), 1 + rng.IntN(30), 2 + rng.IntN(9)}
		cfg := mlp.Config{Sizes: sizes, Act: activations[rng.IntN(len(activations))], Init: weightinit.NewNormal(0, 0.7), Seed: rng.Uint64(), L2: float64(rng.IntN(2)) * 0.3}
		net := mlp.New(cfg)
		copy(net.Biases(0), []float64{0.3})
		set := randomSet(rng, 1+rng.IntN(400), sizes[0], sizes[3])
		trace := net.Observe(set.X)
		if trace.Rows != set.Len() || len(trace.Layers) != 3 {
			t.Fatalf("%d rows in %d layers", trace.Rows, len(trace.Layers))
		}
		if l := trace.Layers[0]; l.Delta != nil || l.DW != nil || l.DB != nil {
			t.Errorf("%v: a gradient before Gradient", net)
		}
		grad := make([]float64, len(net.Params()))
		want := net.Gradient(grad, set, nil)
		if got := trace.Gradient(set.Labels); got != want {
			t.Errorf("%v: loss %v, Net.Gradient %v", net, got, want)
		}
		at := 0
		for i, l := range trace.Layers {
			if l.In != sizes[i] || l.Out != sizes[i+1] || len(l.X) != set.Len()*l.In || len(l.Z) != set.Len()*l.Out {
				t.Fatalf("%v: layer %d is %d×%d with %d inputs and %d pre-activations", net, i, l.In, l.Out, len(l.X), len(l.Z))
			}
			before := set.X
			if i > 0 {
				before = trace.Layers[i-1].A
			}
			if &l.X[0] != &before[0] || &l.W[0] != &net.Weights(i)[0] || &l.B[0] != &net.Biases(i)[0] {
				t.Errorf("%v: layer %d holds copies", net, i)
			}
			if !slices.Equal(l.DW, grad[at:at+l.In*l.Out]) || !slices.Equal(l.DB, grad[at+l.In*l.Out:at+(l.In+1)*l.Out]) {
				t.Errorf("%v: layer %d has another gradient", net, i)
			}
			at += (l.In + 1) * l.Out
			// z = x·W + b of a row and unit
			r, j := rng.IntN(set.Len()), rng.IntN(l.Out)
			z := l.B[j]
			for k := range l.In {
				z += float64(l.X[r*l.In+k] * l.W[k*l.Out+j])
			}
			if l.Z[r*l.Out+j] != z {
				t.Errorf("%v: layer %d has z = %v, want %v", net, i, l.Z[r*l.Out+j], z)
			}
			a := make([]float64, 1)
			if i < 2 {
				cfg.Act.Func(a, []float64{z})
			} else {
				sum := 0.0
				for k := range l.Out {
					sum += math.Exp(l.Z[r*l.Out+k] - z)
				}
				a[0] = 1 / sum
			}
			if math.Abs(l.A[r*l.Out+j]-a[0]) > 1e-15*math.Max(1, math.Abs(z)) {
				t.Errorf("%v: layer %d has a = %v, want %v", net, i, l.A[r*l.Out+j], a[0])
			}
			// ∂L/∂z of a row is ∂L/∂b of that row alone, over the number of rows
			one := net.Observe(set.Row(r))
			one.Gradient(set.Labels[r : r+1])
			wantDelta := (one.Layers[i].DB[j] - cfg.L2*l.B[j]) / float64(set.Len())
			if math.Abs(l.Delta[r*l.Out+j]-wantDelta) > 1e-14 {
				t.Errorf("%v: layer %d has ∂L/∂z = %v, want %v", net, i, l.Delta[r*l.Out+j], wantDelta)
			}
		}
	}
}

// Back gives the gradient of Σ up·a, by central differences, with and without
// classes; a penalty has no part in it.
func TestBackByDifferences(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	worst := 0.0
	for i := range 60 {
		sizes := []int{1 + rng.IntN(9), 1 + rng.IntN(12), 2 + rng.IntN(9)}
		net := mlp.New(mlp.Config{Sizes: sizes, Act: activations[i%len(activations)], Init: weightinit.NewNormal(0, 0.7), Seed: rng.Uint64(), L2: 0.5, Headless: rng.IntN(2) == 0})
		for i := range net.Params() {
			net.Params()[i] += 0.1 * rng.NormFloat64() // biases, too
		}
		set := randomSet(rng, 1+rng.IntN(100), sizes[0], 2)
		up := randomSet(rng, set.Len(), sizes[2], 2).X
		trace := net.Observe(set.X)
		trace.Back(up)
		var grad []float64
		for _, l := range trace.Layers {
			grad = append(append(grad, l.DW...), l.DB...)
		}
		value := func() (sum float64) {
			l := net.Observe(set.X).Layers[1]
			out := l.A
			if !net.Config().Headless {
				out = l.Z
			}
			for i, a := range out {
				sum += up[i] * a
			}
			return sum
		}
		p, diff := net.Params(), make([]float64, len(net.Params()))
		for i, x := range p {
			const h = 1e-5
			p[i] = x + h
			above := value()
			p[i] = x - h
			diff[i] = (above - value()) / (2 * h)
			p[i] = x
		}
		d := distance(grad, diff)
		if d > 1e-7 {
			t.Errorf("%v, headless %v: the gradient is %.2g off", net, net.Config().Headless, d)
		}
		worst = max(worst, d)
	}
	t.Logf("largest relative difference %.2g", worst)
}

// A net and batch large enough to be split over the cores give the bits that
// rows one by one give, and sums over the rows in their order.
func TestCoresDoNotMatter(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	net := mlp.New(mlp.Config{Sizes: []int{200, 170, 90, 10}, Act: mlp.Tanh, Init: weightinit.NewHe(), Seed: 1})
	set := randomSet(rng, 333, 200, 10)
	trace := net.Observe(set.X)
	trace.Gradient(set.Labels)
	for r := range set.Len() {
		one := net.Observe(set.Row(r))
		for i, l := range one.Layers {
			if whole := trace.Layers[i]; !slices.Equal(l.A, whole.A[r*l.Out:(r+1)*l.Out]) || !slices.Equal(l.Z, whole.Z[r*l.Out:(r+1)*l.Out]) {
				t.Fatalf("row %d differs in layer %d", r, i)
			}
		}
	}
	for i, l := range trace.Layers {
		for range 300 {
			k, j := rng.IntN(l.In), rng.IntN(l.Out)
			dw, db := 0.0, 0.0
			for r := range set.Len() {
				dw += float64(l.X[r*l.In+k] * l.Delta[r*l.Out+j])
				db += l.Delta[r*l.Out+j]
			}
			if l.DW[k*l.Out+j] != dw || l.DB[j] != db {
				t.Fatalf("layer %d: ∂L/∂W is %v, want %v; ∂L/∂b is %v, want %v", i, l.DW[k*l.Out+j], dw, l.DB[j], db)
			}
		}
	}
}

// A trace follows the parameters, takes fewer rows or more, and allocates
// nothing for as many as before.
func TestTraceAgain(t *testing.T) {
	set := digits.Train()
	net := mlp.New(mlp.Config{Sizes: []int{64, 30, 10}, Act: mlp.ReLU, Init: weightinit.NewHe(), Seed: 1})
	trace := net.Observe(set.X[:64*50])
	for _, rows := range []int{50, 7, 1438, 200} {
		trace.Observe(set.X[:64*rows])
		if trace.Layers[0].Delta != nil || trace.Layers[1].DW != nil {
			t.Error("a gradient of other rows is left")
		}
		trace.Gradient(set.Labels[:rows])
		fresh := net.Observe(set.X[:64*rows])
		fresh.Gradient(set.Labels[:rows])
		for i, l := range trace.Layers {
			f := fresh.Layers[i]
			if !slices.Equal(l.A, f.A) || !slices.Equal(l.Delta, f.Delta) || !slices.Equal(l.DW, f.DW) {
				t.Errorf("%d rows: layer %d differs from that of a new trace", rows, i)
			}
		}
		if err := optim.NewSGD(0.1).Step(net.Params(), slices.Concat(trace.Layers[0].DW, trace.Layers[0].DB, trace.Layers[1].DW, trace.Layers[1].DB)); err != nil {
			t.Fatal(err)
		}
	}
	up := make([]float64, 1438*10)
	if n := testing.AllocsPerRun(5, func() {
		trace.Observe(set.X)
		trace.Gradient(set.Labels)
		trace.Back(up)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestTraceErrors(t *testing.T) {
	net := mlp.New(mlp.Config{Sizes: []int{3, 4, 2}, Act: mlp.ReLU, Init: weightinit.NewHe()})
	headless := mlp.New(mlp.Config{Sizes: []int{3, 4}, Act: mlp.ReLU, Init: weightinit.NewHe(), Headless: true})
	set := digits.Set{X: []float64{1, 2, 3}, Labels: []int{0}, Dim: 3}
	big := mlp.New(mlp.Config{Sizes: []int{64, 300, 300, 10}, Act: mlp.ReLU, Init: weightinit.NewHe()})
	wrong := digits.Train()
	wrong.Labels = slices.Clone(wrong.Labels)
	wrong.Labels[777] = 11
	for want, call := range map[string]func(){
		"mlp: Observe: len(x) is 0, allowed is a multiple of 3, the inputs of layer 0":     func() { net.Observe(nil) },
		"mlp: Observe: len(x) is 7, allowed is a multiple of 3":                            func() { net.Observe(make([]float64, 7)) },
		"mlp: Trace.Gradient: len(labels) is 2, allowed is 1, the number of rows observed": func() { net.Observe(set.X).Gradient([]int{0, 1}) },
		"mlp: a label is 2, allowed is 0 to 1":                                             func() { net.Observe(set.X).Gradient([]int{2}) },
		"mlp: a label is 11, allowed is 0 to 9":                                            func() { big.Gradient(make([]float64, len(big.Params())), wrong, nil) },
		"mlp: Trace.Back: len(up) is 3, allowed is 2: 1 row of 2 units of layer 1":         func() { net.Observe(set.X).Back(make([]float64, 3)) },
		"mlp: Config.Headless is set, so the net has no classes: layer 0":                  func() { headless.Observe(set.X).Gradient([]int{0}) },
		"mlp: Config.Headless is set":                                                      func() { headless.Loss(set) },
		"mlp: Config.Headless is set, ":                                                    func() { headless.Accuracy(set) },
		"mlp: Config.Headless is set, so":                                                  func() { headless.Gradient(make([]float64, 16), set, nil) },
		"mlp: layer is 2, allowed is 0 to 1":                                               func() { net.Weights(2) },
		"mlp: layer is -1, allowed is 0 to 1":                                              func() { net.Biases(-1) },
		"mlp: Config.Act is nil":                                                           func() { mlp.New(mlp.Config{Sizes: []int{3, 4}, Init: weightinit.NewHe(), Headless: true}) },
		"mlp: Config.Sizes[1] is 0, allowed is 1 or more: the units of layer 0":            func() { mlp.New(mlp.Config{Sizes: []int{3, 0}, Headless: true}) },
		"mlp: Config.Sizes[0] is 0, allowed is 1 or more: the inputs":                      func() { mlp.New(mlp.Config{Sizes: []int{0, 2}}) },
	} {
		mustPanic(t, want, call)
	}
	// a net that panicked, on whatever core, goes on
	if loss := big.Loss(digits.Train()); math.IsNaN(loss) {
		t.Errorf("loss %v", loss)
	}
}
