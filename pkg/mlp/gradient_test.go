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

var activations = []mlp.Activation{mlp.Sigmoid, mlp.Tanh, mlp.ReLU, mlp.LeakyReLU(0.1), mlp.GELU, mlp.SiLU}

// distance returns ‖a − b‖/‖b‖.
func distance(a, b []float64) float64 {
	var d, n float64
	for i := range a {
		d += (a[i] - b[i]) * (a[i] - b[i])
		n += b[i] * b[i]
	}
	return math.Sqrt(d / n)
}

// randomSet holds rows of normal features with random labels.
func randomSet(rng *rand.Rand, rows, dim, classes int) digits.Set {
	s := digits.Set{Dim: dim}
	for range rows {
		s.Labels = append(s.Labels, rng.IntN(classes))
		for range dim {
			s.X = append(s.X, rng.NormFloat64())
		}
	}
	return s
}

// The gradient of random nets agrees with central differences of the loss.
func TestGradientByDifferences(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	worst := 0.0
	for range 120 {
		sizes := []int{1 + rng.IntN(9)}
		for range rng.IntN(4) {
			sizes = append(sizes, 1+rng.IntN(11))
		}
		sizes = append(sizes, 2+rng.IntN(9))
		cfg := mlp.Config{Sizes: sizes, Act: activations[rng.IntN(len(activations))], Init: weightinit.NewNormal(0, 0.7), Seed: rng.Uint64(), L2: float64(rng.IntN(2)) * 0.3}
		net := mlp.New(cfg)
		p := net.Params()
		for i := range p {
			p[i] += 0.1 * rng.NormFloat64() // biases, too
		}
		set := randomSet(rng, 1+rng.IntN(300), sizes[0], sizes[len(sizes)-1])
		var idx []int
		if rng.IntN(3) > 0 {
			for range 1 + rng.IntN(300) {
				idx = append(idx, rng.IntN(set.Len()))
			}
		}
		batch := set
		if idx != nil {
			batch = set.Subset(idx)
		}
		grad, diff := make([]float64, len(p)), make([]float64, len(p))
		loss := net.Gradient(grad, set, idx)
		if want := net.Loss(batch); loss != want {
			t.Errorf("%v: Gradient returns the loss %v, Loss %v", net, loss, want)
		}
		const h = 1e-5
		for i, x := range p {
			p[i] = x + h
			above := net.Loss(batch)
			p[i] = x - h
			below := net.Loss(batch)
			p[i] = x
			diff[i] = (above - below) / (2 * h)
		}
		if d := distance(grad, diff); d > 1e-7 {
			t.Errorf("%v, λ = %v, %d rows: the gradient is %.2g off", net, cfg.L2, batch.Len(), d)
		} else {
			worst = max(worst, d)
		}
	}
	t.Logf("largest relative difference %.2g", worst)
}

// The gradient of softmax regression, written out for each element:
//
//	∂L/∂W[i][j] = mean of x[i]·(p[j] − 1{j = label}) + λ·W[i][j]
func TestSoftmaxRegressionByHand(t *testing.T) {
	const dim, classes, lambda = 3, 4, 0.2
	set := digits.Set{X: []float64{1, -2, 0.5, 0.25, 3, -1, 0, 0.125, 2}, Labels: []int{3, 0, 2}, Dim: dim}
	net := mlp.New(mlp.Config{Sizes: []int{dim, classes}, L2: lambda})
	p := net.Params()
	for i := range p {
		p[i] = float64((7*i)%5)/4 - 0.3
	}
	want := make([]float64, len(p))
	loss := 0.0
	for i := range p {
		want[i] = lambda * p[i]
		loss += lambda / 2 * p[i] * p[i]
	}
	for r, label := range set.Labels {
		var e [classes]float64
		sum := 0.0
		for j := range e {
			z := p[dim*classes+j]
			for i, x := range set.Row(r) {
				z += x * p[i*classes+j]
			}
			e[j] = math.Exp(z)
			sum += e[j]
		}
		loss -= math.Log(e[label]/sum) / 3
		for j := range e {
			delta := e[j] / sum
			if j == label {
				delta--
			}
			for i, x := range set.Row(r) {
				want[i*classes+j] += x * delta / 3
			}
			want[dim*classes+j] += delta / 3
		}
	}
	grad := make([]float64, len(p))
	if got := net.Gradient(grad, set, nil); math.Abs(got-loss) > 1e-14 {
		t.Errorf("loss %v, want %v", got, loss)
	}
	for i := range want {
		if math.Abs(grad[i]-want[i]) > 1e-15 {
			t.Errorf("gradient[%d] is %v, want %v", i, grad[i], want[i])
		}
	}
}

// With all parameters 0 every class has probability 1/10.
func TestAtZero(t *testing.T) {
	for _, set := range []digits.Set{digits.All(), digits.Train(), digits.Test()} {
		net := mlp.New(mlp.Config{Sizes: []int{64, 10}})
		if got := net.Loss(set); math.Abs(got-math.Ln10) > 1e-13 {
			t.Errorf("loss %v, want ln 10", got)
		}
	}
}

// A batch's gradient is the mean of those of its rows, in whatever order the
// rows come.
func TestBatchIsTheMeanOfItsRows(t *testing.T) {
	set := digits.Train()
	for _, cfg := range []mlp.Config{
		{Sizes: []int{64, 10}, Init: weightinit.NewNormal(0, 0.1), L2: 0.01},
		{Sizes: []int{64, 50, 10}, Act: mlp.ReLU, Init: weightinit.NewHe(), L2: 0.01},
		{Sizes: []int{64, 7, 9, 10}, Act: mlp.Sigmoid, Init: weightinit.NewHe()},
	} {
		net := mlp.New(cfg)
		full, one, mean := make([]float64, len(net.Params())), make([]float64, len(net.Params())), make([]float64, len(net.Params()))
		loss, sum := net.Gradient(full, set, nil), 0.0
		for i := range set.Len() {
			sum += net.Gradient(one, set, []int{i})
			for k, g := range one {
				mean[k] += g / float64(set.Len())
			}
		}
		if d := distance(mean, full); d > 1e-12 || math.Abs(sum/float64(set.Len())-loss) > 1e-12 {
			t.Errorf("%v: the mean of the rows is %v off, their loss %v", net, d, sum/float64(set.Len())-loss)
		}
		if got := net.Gradient(one, set, rand.New(rand.NewPCG(1, 1)).Perm(set.Len())); distance(one, full) > 1e-12 || math.Abs(got-loss) > 1e-12 {
			t.Errorf("%v: permuted rows give another gradient", net)
		}
		order := make([]int, set.Len())
		for i := range order {
			order[i] = i
		}
		if got := net.Gradient(one, set, order); got != loss || !slices.Equal(one, full) {
			t.Errorf("%v: all rows by index differ from nil", net)
		}
	}
}

// The penalty adds λ/2·‖p‖² to the loss and λp to the gradient, biases
// included.
func TestL2(t *testing.T) {
	set := digits.Test()
	cfg := mlp.Config{Sizes: []int{64, 6, 10}, Act: mlp.Tanh, Init: weightinit.NewNormal(0, 0.5), Seed: 1}
	plain := mlp.New(cfg)
	cfg.L2 = 0.3
	with := mlp.New(cfg)
	copy(plain.Biases(0), []float64{1, -2, 3, 0.5, 0, 1})
	copy(with.Params(), plain.Params())
	a, b := make([]float64, len(plain.Params())), make([]float64, len(plain.Params()))
	sq := 0.0
	for _, p := range plain.Params() {
		sq += p * p
	}
	loss, lossL2 := plain.Gradient(a, set, nil), with.Gradient(b, set, nil)
	if math.Abs(lossL2-loss-0.15*sq) > 1e-12 {
		t.Errorf("the penalty is %v, want %v", lossL2-loss, 0.15*sq)
	}
	for i, p := range plain.Params() {
		if math.Abs(b[i]-a[i]-0.3*p) > 1e-14 {
			t.Errorf("parameter %d: the penalty adds %v, want %v", i, b[i]-a[i], 0.3*p)
		}
	}
}

// Hidden neurons that start equal stay equal, bit for bit, at every width.
func TestEqualNeuronsStayEqual(t *testing.T) {
	set := digits.Train()
	for _, width := range []int{2, 3, 5, 8, 9, 13, 50} {
		for _, act := range []mlp.Activation{mlp.Sigmoid, mlp.Tanh, mlp.ReLU} {
			for _, init := range []weightinit.Initializer{weightinit.NewZeros(), weightinit.NewNormal(0.1, 0)} {
				net := mlp.New(mlp.Config{Sizes: []int{64, width, width, 10}, Act: act, Init: init})
				mlp.Train(net, optim.NewSGD(0.5), set, mlp.TrainConfig{Batch: 33, Steps: 40, Every: 40})
				for l := range net.Layers() {
					in := len(net.Weights(l)) / len(net.Biases(l))
					out := len(net.Biases(l))
					for i := range in {
						for j := range out {
							w := net.Weights(l)[i*out+j]
							if l < 2 && w != net.Weights(l)[i*out] || l > 0 && w != net.Weights(l)[j] {
								t.Fatalf("%v: weight (%d, %d) of layer %d is %v", net, i, j, l, w)
							}
						}
					}
				}
				if moved := net.Biases(2)[0] != 0; !moved {
					t.Errorf("%v did not train", net)
				}
			}
		}
	}
}

func TestPredict(t *testing.T) {
	net := mlp.New(mlp.Config{Sizes: []int{2, 3}})
	copy(net.Weights(0), []float64{1, 0, -1, 0, 1, -1})
	set := digits.Set{X: []float64{3, 1, 1, 3, -1, -1, 0, 0}, Labels: []int{0, 1, 1, 0}, Dim: 2}
	if got := net.Predict(set); !slices.Equal(got, []int{0, 1, 2, 0}) {
		t.Errorf("classes %v", got)
	}
	if got := net.Accuracy(set); got != 0.75 {
		t.Errorf("accuracy %v, want 0.75", got)
	}
}

// Large numbers overflow neither the softmax nor the loss.
func TestLargeNumbers(t *testing.T) {
	net := mlp.New(mlp.Config{Sizes: []int{1, 2}})
	copy(net.Weights(0), []float64{1e5, -1e5})
	set := digits.Set{X: []float64{1}, Labels: []int{1}, Dim: 1}
	grad := make([]float64, 4)
	if loss := net.Gradient(grad, set, nil); loss != 2e5 || !slices.Equal(grad, []float64{1, -1, 1, -1}) {
		t.Errorf("loss %v, gradient %v", loss, grad)
	}
}

func TestNothingIsAllocated(t *testing.T) {
	set := digits.Train()
	for _, cfg := range []mlp.Config{
		{Sizes: []int{64, 10}, L2: 0.1},
		{Sizes: []int{64, 50, 10}, Act: mlp.Sigmoid, Init: weightinit.NewHe()},
	} {
		net := mlp.New(cfg)
		grad := make([]float64, len(net.Params()))
		for _, idx := range [][]int{nil, {3}, rand.New(rand.NewPCG(1, 1)).Perm(300)} {
			if n := testing.AllocsPerRun(5, func() { net.Gradient(grad, set, idx) }); n != 0 {
				t.Errorf("%v, %d rows: %v allocations a gradient", net, len(idx), n)
			}
		}
		if n := testing.AllocsPerRun(5, func() { net.Loss(set) }); n != 0 {
			t.Errorf("%v: %v allocations a loss", net, n)
		}
	}
}

// The derivative of each activation function agrees with central differences,
// and Back multiplies.
func TestActivations(t *testing.T) {
	z := []float64{-700, -30, -7, -3, -1, -1e-3, 0.2, 1, 2.5, 40}
	for i, f := range []func(z float64) float64{
		func(z float64) float64 { return 1 / (1 + math.Exp(-z)) },
		math.Tanh,
		func(z float64) float64 { return math.Max(0, z) },
		func(z float64) float64 { return math.Max(0.1*z, z) },
		func(z float64) float64 { return z / 2 * math.Erfc(-z/math.Sqrt2) },
		func(z float64) float64 { return z / (1 + math.Exp(-z)) },
	} {
		act := activations[i]
		a, delta := make([]float64, len(z)), make([]float64, len(z))
		for i := range delta {
			delta[i] = 3
		}
		act.Func(a, z)
		act.Back(delta, z, a)
		for i, z := range z {
			if math.Abs(a[i]-f(z)) > 4e-16*math.Max(1, math.Abs(z)) {
				t.Errorf("%v(%v) is %v, want %v", act, z, a[i], f(z))
			}
			const h = 1e-5
			if want := 3 * (f(z+h) - f(z-h)) / (2 * h); math.Abs(delta[i]-want) > 1e-9 {
				t.Errorf("%v′(%v)·3 is %v, want %v", act, z, delta[i], want)
			}
		}
	}
	for act, want := range map[mlp.Activation]float64{mlp.ReLU: 0, mlp.LeakyReLU(0.1): 0.1, mlp.GELU: 0.5, mlp.SiLU: 0.5, mlp.Sigmoid: 0.25, mlp.Tanh: 1} {
		delta, a := []float64{1}, []float64{9}
		act.Func(a, []float64{0})
		act.Back(delta, []float64{0}, a)
		if delta[0] != want {
			t.Errorf("%v′(0) is %v, want %v", act, delta[0], want)
		}
	}
	if got := fmt.Sprint(activations); got != "[sigmoid tanh ReLU leaky ReLU(0.1) GELU SiLU]" {
		t.Errorf("names %q", got)
	}
	mustPanic(t, "mlp: LeakyReLU with slope NaN", func() { mlp.LeakyReLU(math.NaN()) })
}

// GELU lies within 0.0005 of its approximation by tanh, and no closer than
// 0.0004 everywhere.
func TestGELUAndItsApproximation(t *testing.T) {
	worst := 0.0
	for i := range 100_000 {
		z := []float64{float64(i-50_000) / 5000}
		a := make([]float64, 1)
		mlp.GELU.Func(a, z)
		approx := z[0] / 2 * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(z[0]+0.044715*z[0]*z[0]*z[0])))
		worst = max(worst, math.Abs(a[0]-approx))
	}
	if worst < 0.0004 || worst > 0.0005 {
		t.Errorf("the two differ by up to %v", worst)
	}
}
