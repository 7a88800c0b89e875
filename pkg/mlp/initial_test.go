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

// What zeros, uniform and normal initial weights do to a net. The bands are
// those of NumPy runs with other random numbers.

// uniform draws weights from U[lo, hi).
type uniform struct{ lo, hi float64 }

func (u uniform) Fill(w []float64, _, _ int, src rand.Source) {
	rng := rand.New(src)
	for i := range w {
		w[i] = u.lo + float64((u.hi-u.lo)*rng.Float64())
	}
}

func (u uniform) Validate() error { return nil }

func (u uniform) String() string { return fmt.Sprintf("U(%v, %v)", u.lo, u.hi) }

// firstGradients trains a net for steps and returns the step, counted from 1,
// at which the weights and the biases of each layer first have a gradient that
// is not exactly 0; 0 means never. After every step the hidden layers must have
// as many distinct units as distinct says.
func firstGradients(t *testing.T, net *mlp.Net, batch, steps, distinct int) (weights, biases []int) {
	t.Helper()
	set := digits.Train()
	weights, biases = make([]int, net.Layers()), make([]int, net.Layers())
	grad := make([]float64, len(net.Params()))
	opt := optim.NewSGD(0.5)
	sampler := digits.NewSampler(set.Len(), batch, 1)
	nonzero := func(x []float64) bool { return slices.ContainsFunc(x, func(x float64) bool { return x != 0 }) }
	trace := net.Observe(set.X[:64])
	for step := 1; step <= steps; step++ {
		net.Gradient(grad, set, sampler.Next())
		at := 0
		for l := range net.Layers() {
			w := at + len(net.Weights(l))
			b := w + len(net.Biases(l))
			if weights[l] == 0 && nonzero(grad[at:w]) {
				weights[l] = step
			}
			if biases[l] == 0 && nonzero(grad[w:b]) {
				biases[l] = step
			}
			at = b
		}
		if err := opt.Step(net.Params(), grad); err != nil {
			t.Fatal(err)
		}
		for l, m := range trace.Measures()[:net.Layers()-1] {
			if m.Distinct != distinct {
				t.Fatalf("%v, step %d: %d distinct neurons in layer %d, want %d", net, step, m.Distinct, l, distinct)
			}
		}
	}
	return weights, biases
}

// Zeros: with sigmoid the gradient reaches one layer more each step, with tanh
// and ReLU no weight ever has one. A bias of 0.1 makes those like sigmoid.
// Hidden neurons stay one and the same, bit for bit.
func TestZerosStartLayerByLayer(t *testing.T) {
	for _, c := range []struct {
		hidden          int
		act             mlp.Activation
		init            weightinit.Initializer
		bias            float64
		weights, biases []int
	}{
		{1, mlp.Sigmoid, weightinit.NewZeros(), 0, []int{2, 1}, []int{2, 1}},
		{2, mlp.Sigmoid, weightinit.NewZeros(), 0, []int{3, 2, 1}, []int{3, 2, 1}},
		{3, mlp.Sigmoid, weightinit.NewZeros(), 0, []int{4, 3, 2, 1}, []int{4, 3, 2, 1}},
		{2, mlp.Tanh, weightinit.NewZeros(), 0, []int{0, 0, 0}, []int{0, 0, 1}},
		{2, mlp.ReLU, weightinit.NewZeros(), 0, []int{0, 0, 0}, []int{0, 0, 1}},
		{2, mlp.GELU, weightinit.NewZeros(), 0, []int{0, 0, 0}, []int{0, 0, 1}},
		{2, mlp.Tanh, weightinit.NewZeros(), 0.1, []int{3, 2, 1}, []int{3, 2, 1}},
		{2, mlp.ReLU, weightinit.NewZeros(), 0.1, []int{3, 2, 1}, []int{3, 2, 1}},
		{2, mlp.ReLU, weightinit.NewNormal(0.1, 0), 0, []int{1, 1, 1}, []int{1, 1, 1}},
	} {
		sizes := []int{64, 50, 50, 50}[:1+c.hidden]
		for _, batch := range []int{100, 1438} {
			net := mlp.New(mlp.Config{Sizes: append(slices.Clone(sizes), 10), Act: c.act, Init: c.init})
			for l := range net.Layers() - 1 {
				for i := range net.Biases(l) {
					net.Biases(l)[i] = c.bias
				}
			}
			weights, biases := firstGradients(t, net, batch, 12, 1)
			if !slices.Equal(weights, c.weights) || !slices.Equal(biases, c.biases) {
				t.Errorf("%v, bias %v, batch %d: weights start at steps %v, biases at %v; want %v and %v", net, c.bias, batch, weights, biases, c.weights, c.biases)
			}
		}
	}
	net := mlp.New(mlp.Config{Sizes: []int{64, 50, 50, 10}, Act: mlp.Sigmoid, Init: weightinit.NewHe(), Seed: 1})
	if weights, _ := firstGradients(t, net, 100, 3, 50); !slices.Equal(weights, []int{1, 1, 1}) {
		t.Errorf("%v: weights start at steps %v", net, weights)
	}
}

// The loss of a net of zeros after 30 epochs: at ln 10 with tanh and ReLU, or
// where η is small; a large η leaves it, with one neuron still.
func TestZerosAfterTraining(t *testing.T) {
	for _, c := range []struct {
		act         mlp.Activation
		lr          float64
		loss, band  float64
		moreThanOne bool
	}{
		{mlp.Sigmoid, 0.1, 2.3006, 0.002, false},
		{mlp.Sigmoid, 1, 1.611, 0.05, false},
		{mlp.Tanh, 1, 2.3001, 0.003, false},
		{mlp.ReLU, 0.1, 2.3001, 0.002, false},
	} {
		net := mlp.New(mlp.Config{Sizes: []int{64, 50, 10}, Act: c.act, Init: weightinit.NewZeros()})
		run := mlp.Train(net, optim.NewSGD(c.lr), digits.Train(), mlp.TrainConfig{Batch: 100, Epochs: 30, Seed: 1, Test: digits.Test(), Probe: digits.Test()})
		if math.Abs(run.Final()-c.loss) > c.band {
			t.Errorf("%v, η = %v: loss %v, NumPy %v", net, c.lr, run.Final(), c.loss)
		}
		for i, m := range run.Layers {
			if m[0].Distinct != 1 || m[1].Distinct > 10 {
				t.Errorf("%v, evaluation %d: %d and %d distinct neurons", net, i, m[0].Distinct, m[1].Distinct)
			}
		}
		if last := run.Accuracy[30]; last > 0.4 || c.lr == 0.1 && last > 0.12 {
			t.Errorf("%v, η = %v: accuracy %v", net, c.lr, last)
		}
	}
}

// observed is 1,000 rows of N(0, 1) sent through five layers of n units, with
// N(0, 1) sent back from the top.
func observed(init weightinit.Initializer, act mlp.Activation, n int, seed uint64) *mlp.Trace {
	net := mlp.New(mlp.Config{Sizes: []int{n, n, n, n, n, n}, Act: act, Init: init, Seed: seed, Headless: true})
	rng := rand.New(rand.NewPCG(seed, 7))
	trace := net.Observe(randomSet(rng, 1000, n, 2).X)
	trace.Back(randomSet(rng, 1000, n, 2).X)
	return trace
}

// Standard deviation, mean, saturation and evenness of the activations and the
// gradient, layer by layer, for the initial weights of the document with
// sigmoid. The gradient shrinks or grows from layer to layer by
//
//	σ_w·√(n·E[σ′²])
func TestSigmoidLayers(t *testing.T) {
	root := math.Sqrt(6.0 / 200)
	half := [5]float64{.5, .5, .5, .5, .5}
	for _, c := range []struct {
		init                             weightinit.Initializer
		weights                          float64    // σ_w
		std, mean, saturated, even, norm [5]float64 // norm: √100·RMS(∂L/∂z)
		ratio                            float64    // of a layer's norm to the next, mean over the layers
	}{
		{uniform{0, 1}, 0, [5]float64{.429, .121, 0, 0, 0}, [5]float64{.5, .95, 1, 1, 1}, [5]float64{.61, .85, 1, 1, 1}, [5]float64{.73, .25, 0, 0, 0}, [5]float64{}, 0},
		{uniform{-1, 1}, 1 / math.Sqrt(3), [5]float64{.429, .392, .387, .390, .388}, half, [5]float64{.61, .44, .42, .44, .43}, [5]float64{.73, .86, .88, .86, .87}, [5]float64{.334, .552, .744, .983, 1.32}, .709},
		{uniform{-.05, .05}, .05 / math.Sqrt(3), [5]float64{.0705, .0361, .0353, .0374, .0354}, half, [5]float64{}, [5]float64{.64, .45, .43, .46, .45}, [5]float64{6.4e-5, 9e-4, .0126, .177, 2.48}, .0716},
		{uniform{-root, root}, .1, [5]float64{.208, .126, .120, .125, .120}, half, [5]float64{.003}, [5]float64{.94, .81, .78, .78, .76}, [5]float64{.0064, .030, .129, .55, 2.35}, .235},
		{weightinit.NewNormal(0, 1), 1, [5]float64{.459, .439, .436, .438, .440}, half, [5]float64{.768, .663, .653, .667, .673}, [5]float64{}, [5]float64{.705, .886, .910, .919, .955}, .925},
		{weightinit.NewNormal(0, .01), .01, [5]float64{.0249, .0123, .0123, .0123, .0123}, half, [5]float64{}, [5]float64{}, [5]float64{9.6e-7, 3.9e-5, 1.55e-3, .062, 2.49}, .0250},
	} {
		const seeds = 5
		var std, mean, saturated, even, norm [5]float64
		measured, law := 0.0, 0.0 // logarithms, mean over layers and seeds
		for seed := range uint64(seeds) {
			trace := observed(c.init, mlp.Sigmoid, 100, seed+1)
			counts := trace.Histograms(30, 0, 1)
			m := trace.Measures()
			for i, l := range trace.Layers {
				std[i] += m[i].Std / seeds
				mean[i] += m[i].Mean / seeds
				saturated[i] += m[i].Saturated / seeds
				even[i] += mlp.Entropy(counts[i]) / seeds
				norm[i] += 10 * m[i].Delta / seeds
				if i < 4 {
					slope := make([]float64, len(l.A))
					for i, a := range l.A {
						slope[i] = a * (1 - a)
					}
					measured += math.Log(m[i].Delta/m[i+1].Delta) / (4 * seeds)
					law += math.Log(c.weights*10*mlp.RMS(slope)) / (4 * seeds)
				}
			}
		}
		for i := range 5 {
			if math.Abs(std[i]-c.std[i]) > 0.004+0.05*c.std[i] || math.Abs(mean[i]-c.mean[i]) > 0.04 || math.Abs(saturated[i]-c.saturated[i]) > 0.04 ||
				c.even != [5]float64{} && math.Abs(even[i]-c.even[i]) > 0.04 {
				t.Errorf("%v, layer %d: activations %.3f ± %.4f, saturated %.3f, evenness %.3f; NumPy %.3f ± %.4f, %.3f, %.3f",
					c.init, i, mean[i], std[i], saturated[i], even[i], c.mean[i], c.std[i], c.saturated[i], c.even[i])
			}
			if math.Abs(norm[i]-c.norm[i]) > 0.12*c.norm[i] {
				t.Errorf("%v, layer %d: ‖∂L/∂z‖ of a row is %.3g, NumPy %.3g", c.init, i, norm[i], c.norm[i])
			}
		}
		if c.ratio == 0 { // no ratio: σ′ is exactly 0 at the top
			continue
		}
		got, want := math.Exp(measured), math.Exp(law)
		if math.Abs(got/want-1) > 0.02 || math.Abs(got/c.ratio-1) > 0.03 {
			t.Errorf("%v: ∂L/∂z changes by %.4f a layer, by the law %.4f, NumPy %.4f", c.init, got, want, c.ratio)
		}
	}
}

// The law holds for other widths and deviations, also where the gradient grows.
func TestSigmoidLaw(t *testing.T) {
	for _, c := range []struct {
		n          int
		std, ratio float64
	}{{100, .1, .2272}, {100, .5, .650}, {100, 2, 1.303}, {100, 4, 1.839}, {50, 1, .780}, {200, 1, 1.092}, {400, 1, 1.298}} {
		const seeds = 2
		got := 0.0
		for seed := range uint64(seeds) {
			m := observed(weightinit.NewNormal(0, c.std), mlp.Sigmoid, c.n, seed+1).Measures()
			got += math.Log(m[0].Delta/m[4].Delta) / (4 * seeds)
		}
		if got := math.Exp(got); math.Abs(got/c.ratio-1) > 0.04 {
			t.Errorf("n = %d, std %v: ∂L/∂z changes by %.4f a layer, NumPy %.4f", c.n, c.std, got, c.ratio)
		}
	}
}

// With uniform weights from 0 to 1 the derivative of sigmoid is exactly 0 for a
// third of the second layer and for all of the fourth.
func TestUniformFreezes(t *testing.T) {
	frozen := make([]float64, 5)
	for seed := range uint64(3) {
		for i, l := range observed(uniform{0, 1}, mlp.Sigmoid, 100, seed+1).Layers {
			for _, a := range l.A {
				if a*(1-a) == 0 {
					frozen[i] += 1.0 / (3 * float64(len(l.A)))
				}
			}
			if i < 4 && mlp.RMS(l.Delta) != 0 {
				t.Errorf("∂L/∂z of layer %d is not 0", i)
			}
		}
	}
	if frozen[0] > 0.001 || math.Abs(frozen[1]-0.33) > 0.1 || frozen[3] < 1-1e-9 || frozen[4] < 1-1e-9 {
		t.Errorf("shares that are frozen: %v", frozen)
	}
}

// Std of the activations with ReLU and tanh. With ReLU the gradients of the
// weights are alike in all layers however small the weights are: what forward
// loses on the way up, backward loses on the way down.
func TestReLUAndTanhLayers(t *testing.T) {
	for _, c := range []struct {
		init weightinit.Initializer
		act  mlp.Activation
		std  [5]float64
	}{
		{weightinit.NewHe(), mlp.ReLU, [5]float64{.827, .809, .813, .807, .842}},
		{weightinit.NewNormal(0, .1), mlp.ReLU, [5]float64{.584, .405, .288, .202, .149}},
		{weightinit.NewNormal(0, .01), mlp.ReLU, [5]float64{.058, .0041, 2.9e-4, 2.05e-5, 1.5e-6}},
		{weightinit.NewNormal(0, 1), mlp.ReLU, [5]float64{5.84, 41.3, 292, 2065, 1.5e4}},
		{weightinit.NewNormal(0, .1), mlp.Tanh, [5]float64{.627, .485, .405, .355, .321}},
	} {
		const seeds = 5
		var std, grad [5]float64
		for seed := range uint64(seeds) {
			for i, m := range observed(c.init, c.act, 100, seed+1).Measures() {
				std[i] += m.Std / seeds
				grad[i] += m.Gradient / seeds
				if c.act == mlp.ReLU && (math.Abs(m.Zero-0.5) > 0.08 || !math.IsNaN(m.Saturated)) {
					t.Errorf("%v, layer %d: %v of the activations are 0, %v saturated", c.init, i, m.Zero, m.Saturated)
				}
			}
		}
		for i := range std {
			if math.Abs(std[i]/c.std[i]-1) > 0.15 {
				t.Errorf("%v, %v, layer %d: std %.3g, NumPy %.3g", c.init, c.act, i, std[i], c.std[i])
			}
		}
		if c.act == mlp.ReLU && slices.Max(grad[:]) > 1.6*slices.Min(grad[:]) {
			t.Errorf("%v: the gradients of the weights differ: %.3g", c.init, grad)
		}
	}
}

// Through 50 layers of ReLU with He the mean square stays, but one net may lie
// far from it; with half the variance it falls to 2⁻⁵⁰.
func TestFiftyLayers(t *testing.T) {
	sizes := slices.Repeat([]int{100}, 51)
	level := func(init weightinit.Initializer, seed uint64) float64 {
		net := mlp.New(mlp.Config{Sizes: sizes, Act: mlp.ReLU, Init: init, Seed: seed, Headless: true})
		trace := net.Observe(randomSet(rand.New(rand.NewPCG(seed, 8)), 200, 100, 2).X)
		return 2 * math.Log10(mlp.RMS(trace.Layers[49].A))
	}
	he, xavier := 0.0, 0.0
	for seed := range uint64(10) {
		one := level(weightinit.NewHe(), seed+1)
		if math.Abs(one) > 2.5 { // 0.69 is the standard deviation
			t.Errorf("seed %d: E a² is 10^%.1f with He", seed, one)
		}
		he += one / 10
		xavier += level(weightinit.NewNormal(0, 0.1), seed+1) / 10
	}
	if math.Abs(he) > 1 || math.Abs(xavier+50*math.Log10(2)) > 1 {
		t.Errorf("log₁₀ E a² after 50 layers is %.2f with He, %.2f with Xavier", he, xavier)
	}
}
