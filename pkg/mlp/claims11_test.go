package mlp_test

import (
	"testing"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

// S09 and S10: the remedies of lesson 11 at five fresh seeds, each for itself.
func TestRemedies(t *testing.T) {
	d3, d5 := []int{64, 50, 50, 10}, []int{64, 50, 50, 50, 50, 50, 10}
	accuracy := func(sizes []int, act mlp.Activation, init weightinit.Initializer, lr float64, seed uint64) float64 {
		net := mlp.New(mlp.Config{Sizes: sizes, Act: act, Init: init, Seed: seed})
		if mlp.Train(net, optim.NewSGD(lr), digits.Train(), mlp.TrainConfig{Batch: 100, Epochs: 20, Seed: seed}).Err != nil {
			return 0
		}
		return net.Accuracy(digits.Test())
	}
	wide := weightinit.NewNormal(0, 1)
	for _, a := range fresh(func(seed uint64) []float64 {
		return []float64{
			accuracy(d5, mlp.ReLU, weightinit.NewHe(), 0.1, seed), accuracy(d5, mlp.ReLU, wide, 0.1, seed),
			accuracy(d5, mlp.ReLU, wide, 0.001, seed), accuracy(d5, mlp.ReLU, wide, 0.0001, seed), accuracy(d5, mlp.ReLU, wide, 0.00001, seed),
			accuracy(d3, mlp.Sigmoid, wide, 0.1, seed), accuracy(d3, mlp.Sigmoid, weightinit.NewXavier(), 0.1, seed),
		}
	}) {
		if best := max(a[2], a[3], a[4]); a[1] > 0.2 || best < 0.5 || best > a[0]-0.05 {
			t.Errorf("std 1: %.3f with η = 0.1, 0.001, 0.0001, 0.00001, He: %.3f; want lowering η to help, and He to be better", a[1:5], a[0])
		}
		if a[6] > a[5]-0.2 {
			t.Errorf("sigmoid: std 1 %.3f, Xavier %.3f, want Xavier far below", a[5], a[6])
		}
	}
}

// S08: the update ratio shows steps that are too large or too small, and not the
// fault of AdaGrad, whose steps shrink later.
func TestUpdateRatioAsGauge(t *testing.T) {
	ratio := func(opt optim.Optimizer, seed uint64) float64 {
		net := mlp.New(deep(weightinit.NewHe(), seed))
		run := mlp.Train(net, opt, digits.Train(), mlp.TrainConfig{Batch: 100, Epochs: 1, Seed: seed, Probe: digits.Test()})
		return run.Layers[1][0].Update
	}
	for _, r := range fresh(func(seed uint64) []float64 {
		large := optim.NewAdam(0.001)
		large.Eps = 1
		return []float64{ratio(optim.NewSGD(0.1), seed), ratio(optim.NewAdam(0.001), seed), ratio(optim.NewAdaGrad(0.001), seed),
			ratio(optim.NewMomentum(1), seed), ratio(large, seed)}
	}) {
		for i, healthy := range r[:3] {
			if healthy < 5e-4 || healthy > 2e-2 {
				t.Errorf("SGD, Adam, AdaGrad: ratio %d is %.1e, want it near 10⁻³", i, healthy)
			}
		}
		if r[3] < 2e-2 || r[4] > 2e-4 {
			t.Errorf("Momentum(1) %.1e, Adam(ε=1) %.1e, want far above and far below", r[3], r[4])
		}
	}
}
