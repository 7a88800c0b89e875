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

func ExampleHistogram() {
	counts := make([]int, 4)
	mlp.Histogram(counts, []float64{0, 0.1, 0.25, 0.6, 0.99, 1, 1.5, -1}, 0, 1)
	fmt.Printf("%d, evenness %.3f\n", counts, mlp.Entropy(counts))
	// Output: [2 1 1 2], evenness 0.959
}

// A net of two layers by hand.
func TestMeasures(t *testing.T) {
	net := mlp.New(mlp.Config{Sizes: []int{2, 3, 2}, Act: mlp.ReLU, Init: weightinit.NewZeros()})
	copy(net.Weights(0), []float64{1, -1, 1, 0, 0, 0}) // units 0 and 2 are the same
	copy(net.Weights(1), []float64{1, 2, 3, 4, 5, 6})
	trace := net.Observe([]float64{1, 5, 3, 7}) // rows (1, 5) and (3, 7)
	m := trace.Measures()[0]
	// the activations are (1, 0, 1) and (3, 0, 3)
	want := mlp.Measures{Mean: 8.0 / 6, Std: math.Sqrt(20.0/6 - 64.0/36), UnitStd: math.Sqrt(2.0 / 3), Zero: 1.0 / 3, Dead: 1.0 / 3, Distinct: 2}
	for i, pair := range [][2]float64{{m.Mean, want.Mean}, {m.Std, want.Std}, {m.UnitStd, want.UnitStd}, {m.Zero, want.Zero}, {m.Dead, want.Dead}} {
		if math.Abs(pair[0]-pair[1]) > 1e-15 {
			t.Errorf("measure %d is %v, want %v", i, pair[0], pair[1])
		}
	}
	if m.Distinct != 2 || !math.IsNaN(m.Saturated) || !math.IsNaN(m.Delta) || !math.IsNaN(m.Gradient) || !math.IsNaN(m.Update) {
		t.Errorf("measures before any gradient: %+v", m)
	}
	if last := trace.Measures()[1]; !math.IsNaN(last.Dead) || math.Abs(last.Mean-0.5) > 1e-15 || last.Distinct != 2 {
		t.Errorf("measures of softmax: %+v", last)
	}
	trace.Back([]float64{1, 0, 0, 1}) // ∂L/∂a of the hidden layer: (1, 3, 5), (2, 4, 6)
	m = trace.Measures()[0]
	// ∂L/∂z is (1, 0, 5), (2, 0, 6); ∂L/∂W is (7, 0, 23), (19, 0, 67)
	if math.Abs(m.Delta-math.Sqrt(66.0/6)) > 1e-14 || math.Abs(m.Gradient-math.Sqrt(49+529+361+4489)) > 1e-12 {
		t.Errorf("RMS of ∂L/∂z %v, ‖∂L/∂W‖ %v", m.Delta, m.Gradient)
	}
	net.Biases(0)[1] = math.Nextafter(0, 1)
	net.Weights(0)[1] = 1
	if d := trace.Measures()[0].Distinct; d != 2 {
		t.Errorf("%d distinct units, want 2: a bias differs in its last bit", d)
	}
	net.Biases(0)[1] = 0
	if d := trace.Measures()[0].Distinct; d != 1 {
		t.Errorf("%d distinct units, want 1", d)
	}
}

func TestSaturated(t *testing.T) {
	for _, c := range []struct {
		act  mlp.Activation
		z    []float64
		want float64
	}{
		// sigmoid is 0.05 and 0.95 at ±ln 19, tanh ±0.9 at half of that
		{mlp.Sigmoid, []float64{-2.95, -2.94, 0, 2.94, 2.95}, 0.4},
		{mlp.Tanh, []float64{-1.473, -1.472, 0, 1.472, 1.473}, 0.4},
		{mlp.SiLU, []float64{1}, math.NaN()},
	} {
		net := mlp.New(mlp.Config{Sizes: []int{1, 1}, Act: c.act, Init: weightinit.NewNormal(1, 0), Headless: true})
		got := net.Observe(c.z).Measures()[0].Saturated
		if got != c.want && !(math.IsNaN(got) && math.IsNaN(c.want)) {
			t.Errorf("%v: %v saturated, want %v", c.act, got, c.want)
		}
	}
}

// Dead at the start for weights around 0 is the chance of one ray, whatever the
// scale; with weights from 0 to 1 no neuron is dead.
func TestDeadAtTheStart(t *testing.T) {
	sizes := []int{64, 100, 100, 100, 10}
	dead := func(init weightinit.Initializer) (sum float64) {
		for seed := range uint64(4) {
			net := mlp.New(mlp.Config{Sizes: sizes, Act: mlp.ReLU, Init: init, Seed: seed})
			for _, m := range net.Observe(digits.Train().X).Measures()[:3] {
				sum += m.Dead / 12
			}
		}
		return sum
	}
	he, small, positive := dead(weightinit.NewHe()), dead(weightinit.NewNormal(0, 0.01)), dead(uniform{0, 1})
	if math.Abs(he-0.038) > 0.02 || math.Abs(small-0.038) > 0.02 || positive != 0 {
		t.Errorf("dead: %v with He, %v with std 0.01, %v with U(0, 1)", he, small, positive)
	}
}

// A large η kills neurons, a small one does not; what a step changes of the
// weights is a small part where training goes well.
func TestTrainMeasures(t *testing.T) {
	train := func(lr float64) *mlp.Run {
		net := mlp.New(mlp.Config{Sizes: []int{64, 100, 100, 100, 10}, Act: mlp.ReLU, Init: weightinit.NewHe(), Seed: 1})
		run := mlp.Train(net, optim.NewSGD(lr), digits.Train(), mlp.TrainConfig{Batch: 100, Epochs: 10, Seed: 1, Test: digits.Test(), Probe: digits.Train()})
		if run.Err != nil {
			t.Error(run.Err)
		}
		if got := net.Accuracy(digits.Test()); got != run.Accuracy[10] || len(run.Layers) != 11 || len(run.Layers[10]) != 4 {
			t.Errorf("accuracy %v, recorded %v; measures of %d evaluations", got, run.Accuracy, len(run.Layers))
		}
		return run
	}
	calm, wild := train(0.1), train(1)
	if calm.Accuracy[10] < 0.93 {
		t.Errorf("accuracy %v", calm.Accuracy)
	}
	for l := range 3 {
		if m := calm.Layers[10][l]; m.Dead > 0.1 || m.Update < 1e-4 || m.Update > 0.02 || m.Distinct != 100 || m.Gradient <= 0 || m.Delta <= 0 {
			t.Errorf("η = 0.1, layer %d: %+v", l, m)
		}
		if m := calm.Layers[0][l]; m.Update != 0 {
			t.Errorf("layer %d changed by %v before the first step", l, m.Update)
		}
	}
	if m := wild.Layers[10]; m[0].Dead+m[1].Dead+m[2].Dead < 0.6 {
		t.Errorf("η = 1: %+v", m)
	}
	// of one step: ‖ΔW‖/‖W‖ = η·‖∂L/∂W‖/‖W‖
	net := smallNet(1)
	set := digits.Test()
	trace := net.Observe(set.X)
	trace.Gradient(set.Labels)
	want := 0.3 * trace.Measures()[1].Gradient / (mlp.RMS(net.Weights(1)) * math.Sqrt(500))
	run := mlp.Train(net, optim.NewSGD(0.3), set, mlp.TrainConfig{Steps: 1, Probe: set})
	if got := run.Layers[1][1].Update; math.Abs(got/want-1) > 1e-12 {
		t.Errorf("update over weight %v, want %v", got, want)
	}
	if run.Accuracy != nil || mlp.Train(net, optim.NewSGD(0.3), set, mlp.TrainConfig{}).Layers != nil {
		t.Error("recorded though not asked for")
	}
	mustPanic(t, "mlp: the rows have 2 features, but the net has 64 inputs", func() {
		mlp.Train(net, optim.NewSGD(1), set, mlp.TrainConfig{Probe: digits.Set{Dim: 2, X: []float64{1, 2}, Labels: []int{0}}})
	})
}

// Measuring changes nothing of the training.
func TestMeasuringDoesNotDisturb(t *testing.T) {
	a, b := smallNet(1), smallNet(1)
	cfg := mlp.TrainConfig{Batch: 10, Steps: 50, Every: 7, Seed: 3}
	plain := mlp.Train(a, optim.NewSGD(0.1), digits.Train(), cfg)
	cfg.Test, cfg.Probe = digits.Test(), digits.Train()
	full := mlp.Train(b, optim.NewSGD(0.1), digits.Train(), cfg)
	if !slices.Equal(a.Params(), b.Params()) || !slices.Equal(plain.Loss, full.Loss) {
		t.Error("a run that is measured differs")
	}
}

func TestHistogram(t *testing.T) {
	counts := make([]int, 3)
	mlp.Histogram(counts, []float64{-1, -0.5, 0, 0.5, 1, 2, math.NaN(), math.Inf(1), math.Inf(-1)}, -1, 2)
	if !slices.Equal(counts, []int{2, 2, 2}) {
		t.Errorf("counts %v", counts)
	}
	rng := rand.New(rand.NewPCG(1, 1))
	even := make([]int, 30)
	mlp.Histogram(even, uniformNumbers(rng, 300_000), 0, 1)
	if e := mlp.Entropy(even); e < 0.9999 || e > 1 {
		t.Errorf("evenness %v", e)
	}
	if e := mlp.Entropy([]int{0, 7, 0}); e != 0 {
		t.Errorf("evenness of one bin %v", e)
	}
	if n := testing.AllocsPerRun(3, func() { mlp.Histogram(even, []float64{1, 2}, 0, 3) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	net := mlp.New(mlp.Config{Sizes: []int{1, 2, 2}, Act: mlp.Tanh, Init: weightinit.NewNormal(0, 1), Headless: true})
	trace := net.Observe([]float64{-2, -1, 0.5, 3})
	for bins := 1; bins < 4; bins++ {
		for i, got := range trace.Histograms(bins, -1, 1) {
			want := make([]int, bins)
			mlp.Histogram(want, trace.Layers[i].A, -1, 1)
			if !slices.Equal(got, want) || len(got) != bins {
				t.Errorf("layer %d: counts %v, want %v", i, got, want)
			}
		}
	}
	if n := testing.AllocsPerRun(3, func() { trace.Histograms(3, -1, 1) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
	mustPanic(t, "mlp: Histograms of 0 bins", func() { trace.Histograms(0, 0, 1) })
	mustPanic(t, "mlp: Histogram of 3 bins from 1 to 0", func() { trace.Histograms(3, 1, 0) })
	mustPanic(t, "mlp: Histogram of 0 bins", func() { mlp.Histogram(nil, nil, 0, 1) })
	mustPanic(t, "mlp: Histogram of 3 bins from 1 to 1", func() { mlp.Histogram(counts, nil, 1, 1) })
	mustPanic(t, "mlp: Entropy of a total of 0 in 3 bins", func() { mlp.Entropy(make([]int, 3)) })
	if !math.IsNaN(mlp.RMS(nil)) || mlp.RMS([]float64{3, -4, 0, 0}) != 2.5 {
		t.Error("RMS")
	}
}

func uniformNumbers(rng *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = rng.Float64()
	}
	return x
}

// The measures hold for numbers of any size: those of a net whose numbers are
// all multiplied by a power of two are multiplied by it.
func TestMeasuresOfAnySize(t *testing.T) {
	measure := func(size float64) (m mlp.Measures, rms float64) {
		net := mlp.New(mlp.Config{Sizes: []int{2, 3}, Act: mlp.ReLU, Init: weightinit.NewConstant(size), Headless: true})
		copy(net.Biases(0), []float64{0, size, -size})
		trace := net.Observe([]float64{1, 2, 3, 4, -1, -2, 0.5, 0.25})
		trace.Back([]float64{size, -size, 2 * size, 0, size, 0, 0, size, 0, 3 * size, 0, size})
		return trace.Measures()[0], mlp.RMS(trace.Layers[0].Z)
	}
	want, wantRMS := measure(1)
	for _, exp := range []int{-1070, -1000, -700, -500, 10, 500, 700, 1018} {
		size := math.Ldexp(1, exp)
		tolerance := 1e-12
		if exp < -1020 {
			tolerance = 0.2 // a few bits are all that such numbers have
		}
		got, rms := measure(size)
		for _, c := range []struct {
			name      string
			got, want float64
		}{
			{"Mean", got.Mean, want.Mean}, {"Std", got.Std, want.Std}, {"UnitStd", got.UnitStd, want.UnitStd},
			{"Delta", got.Delta, want.Delta}, {"Gradient", got.Gradient, want.Gradient}, {"RMS", rms, wantRMS},
		} {
			if !(math.Abs(c.got/size-c.want) <= tolerance*c.want) {
				t.Errorf("numbers of 2^%d: %s is %v·2^%d, want %v", exp, c.name, c.got/size, exp, c.want)
			}
		}
	}
}

// ‖ΔW‖/‖W‖ holds for steps of any size.
func TestUpdateOfAnySize(t *testing.T) {
	set := digits.Set{Dim: 1, X: []float64{1, -1}, Labels: []int{0, 1}}
	for _, size := range []float64{1, 1e-180, 1e-300} {
		net := mlp.New(mlp.Config{Sizes: []int{1, 2}})
		copy(net.Weights(0), []float64{size, size})
		run := mlp.Train(net, optim.NewSGD(size), set, mlp.TrainConfig{Steps: 1, Probe: set})
		// the gradient is about (−½, ½), so the step is 0.7 times size
		if got := run.Layers[1][0].Update; !(math.Abs(got-0.5) < 0.2) {
			t.Errorf("weights and step of %v: Update %v, want about 0.5", size, got)
		}
	}
}

// Histogram places numbers in ranges whose width, or its inverse, is too large
// for a float64.
func TestHistogramOfAnyWidth(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		x      []float64
		want   []int
	}{
		{0, 4e-320, []float64{0, 5e-321, 1.1e-320, 2.1e-320, 3.5e-320, 4e-320, 5e-320, -5e-324}, []int{2, 1, 1, 2}},
		{0, 1e-307, []float64{0.1e-307, 0.3e-307, 0.6e-307, 0.9e-307, 1e-307}, []int{1, 1, 1, 2}},
		{-1e-310, 1e-310, []float64{-9e-311, 0, 1e-311, 9e-311}, []int{1, 0, 2, 1}},
		{-1.7e308, 1.7e308, []float64{-1.7e308, -1e308, -1e307, 1, 1.7e308, math.Inf(1), math.NaN()}, []int{2, 1, 1, 1}},
		{0, 1.7e308, []float64{0, 0.5e308, 1e308, 1.7e308}, []int{1, 1, 1, 1}},
	} {
		counts := make([]int, len(c.want))
		if mlp.Histogram(counts, c.x, c.lo, c.hi); !slices.Equal(counts, c.want) {
			t.Errorf("from %v to %v: %v, want %v", c.lo, c.hi, counts, c.want)
		}
	}
}
