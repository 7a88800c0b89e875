package mlp_test

import (
	"math"
	"slices"
	"testing"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

// The measured noise agrees with the law, for softmax regression and for a net
// with a hidden layer, and measuring it moves no parameter.
func TestGradientNoise(t *testing.T) {
	set := digits.All()
	for _, cfg := range []mlp.Config{
		{Sizes: []int{64, 10}},
		{Sizes: []int{64, 20, 10}, Act: mlp.ReLU, Init: weightinit.NewHe(), Seed: 1},
	} {
		for _, replace := range []bool{false, true} {
			net := mlp.New(cfg)
			before := slices.Clone(net.Params())
			noise := mlp.GradientNoise(net, set, mlp.NoiseConfig{Batches: []int{1, 10, 256, 1024, 1797}, Draws: 300, Replace: replace, Seed: 1})
			for i, b := range noise.Batch {
				law := noise.Law(b)
				if b == set.Len() && !replace {
					if law != 0 || noise.MeanSq[i] != 0 {
						t.Errorf("%v: all rows have noise %v, law %v", net, noise.MeanSq[i], law)
					}
					continue
				}
				if math.Abs(noise.MeanSq[i]-law) > 4*noise.StdErr[i] || noise.StdErr[i] > 0.1*law {
					t.Errorf("%v, replacement %v, batch %d: %v ± %v, law %v", net, replace, b, noise.MeanSq[i], noise.StdErr[i], law)
				}
			}
			if !slices.Equal(net.Params(), before) {
				t.Errorf("%v: the parameters changed", net)
			}
		}
	}
}

func TestNoiseLaw(t *testing.T) {
	n := mlp.Noise{Trace: 12, Rows: 5}
	if n.Law(1) != 12 || n.Law(3) != 2 || n.Law(5) != 0 {
		t.Errorf("without replacement: %v, %v, %v", n.Law(1), n.Law(3), n.Law(5))
	}
	n.Replace = true
	if n.Law(1) != 12 || n.Law(3) != 4 {
		t.Errorf("with replacement: %v, %v", n.Law(1), n.Law(3))
	}
}

func TestNoiseErrors(t *testing.T) {
	set := digits.Test()
	mustPanic(t, "mlp: NoiseConfig.Draws is 1", func() {
		mlp.GradientNoise(softmax(), set, mlp.NoiseConfig{Draws: 1})
	})
	mustPanic(t, "mlp: NoiseConfig.Batches[1] is 360, allowed is 1 to 359", func() {
		mlp.GradientNoise(softmax(), set, mlp.NoiseConfig{Batches: []int{1, 360}, Draws: 2})
	})
}

// SGD that starts at the minimum settles at a height proportional to η: the
// band of a NumPy run.
func TestNoiseFloor(t *testing.T) {
	set := digits.Train()
	start := mlp.New(mlp.Config{Sizes: []int{64, 10}, L2: 0.01})
	best, err := mlp.Minimum(start, set)
	if err != nil {
		t.Fatal(err)
	}
	for lr, want := range map[float64]float64{0.05: 0.0665, 0.2: 0.0732} {
		excess := 0.0
		for _, row := range mlp.Seeds(4, func(seed uint64) []float64 {
			run := mlp.Train(start.Clone(), optim.NewSGD(lr), set, mlp.TrainConfig{Batch: 10, Replace: true, Steps: 9000, Every: 50, Seed: seed})
			return []float64{run.Mean(6000) - best}
		}) {
			excess += row[0] / 4
		}
		if got := excess / lr; math.Abs(got/want-1) > 0.08 {
			t.Errorf("η = %v: excess/η is %.4f, NumPy %.4f", lr, got, want)
		}
	}
}

func TestMinimumErrors(t *testing.T) {
	for _, net := range []*mlp.Net{softmax(), mlp.New(mlp.Config{Sizes: []int{64, 5, 10}, Act: mlp.ReLU, Init: weightinit.NewHe(), L2: 1})} {
		if _, err := mlp.Minimum(net, digits.Test()); err == nil {
			t.Errorf("%v with L2 = %v has a minimum", net, net.Config().L2)
		}
	}
}

// The minimum is the same from wherever the search starts, and the gradient
// there is 0.
func TestMinimum(t *testing.T) {
	set := digits.Test()
	cfg := mlp.Config{Sizes: []int{64, 10}, L2: 0.05}
	a := mlp.New(cfg)
	cfg.Init, cfg.Seed = weightinit.NewNormal(0, 3), 1
	b := mlp.New(cfg)
	lossA, errA := mlp.Minimum(a, set)
	lossB, errB := mlp.Minimum(b, set)
	if errA != nil || errB != nil || math.Abs(lossA-lossB) > 1e-13 || distance(a.Params(), b.Params()) > 1e-6 {
		t.Errorf("minima %v and %v (errors %v, %v), %v apart", lossA, lossB, errA, errB, distance(a.Params(), b.Params()))
	}
	grad := make([]float64, len(a.Params()))
	a.Gradient(grad, set, nil)
	for i, g := range grad {
		if math.Abs(g) > 1e-9 {
			t.Errorf("gradient[%d] is %v", i, g)
		}
	}
}

func TestStepCost(t *testing.T) {
	net := smallNet(1)
	before := slices.Clone(net.Params())
	if one, many := mlp.StepCost(net, digits.Train(), 1), mlp.StepCost(net, digits.Train(), 0); !(one > 0) || !(many > one) {
		t.Errorf("a step of 1 row takes %v s, one of 1,438 rows %v s", one, many)
	}
	if !slices.Equal(net.Params(), before) {
		t.Error("the parameters changed")
	}
	mustPanic(t, "mlp: TrainConfig.Batch is 1439", func() { mlp.StepCost(net, digits.Train(), 1439) })
}

// The standard error holds where the squared distances have no squares.
func TestNoiseOfAConfidentNet(t *testing.T) {
	set := digits.Set{Dim: 1, X: []float64{1, 2, 3, 5}, Labels: make([]int, 4)}
	relative := func(bias float64) float64 {
		net := mlp.New(mlp.Config{Sizes: []int{1, 2}})
		net.Biases(0)[0] = bias
		noise := mlp.GradientNoise(net, set, mlp.NoiseConfig{Batches: []int{1}, Draws: 50, Seed: 1})
		return noise.StdErr[0] / noise.MeanSq[0]
	}
	if got, want := relative(200), relative(10); !(math.Abs(got-want) < 1e-3*want) {
		t.Errorf("the standard error is %v of the mean, want %v as with larger gradients", got, want)
	}
}
