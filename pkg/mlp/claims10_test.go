package mlp_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

// The verdicts of lesson 10 rest on five or ten seeds. They hold at five
// others, each for itself.

// S05 and S06: He for ReLU, against LeCun (the book's Xavier) and std 0.01; with
// tanh He is ahead of LeCun, too, and sigmoid moves with neither.
func TestInitialWeightsDecideTheStart(t *testing.T) {
	end := func(act mlp.Activation, init weightinit.Initializer, seed uint64) float64 {
		net := mlp.New(mlp.Config{Sizes: []int{64, 100, 100, 100, 100, 10}, Act: act, Init: init, Seed: seed})
		return mlp.Train(net, optim.NewSGD(0.01), digits.Train(), mlp.TrainConfig{Batch: 128, Steps: 600, Every: 600, Seed: seed}).Final()
	}
	small, lecun, he := weightinit.NewNormal(0, 0.01), weightinit.NewLeCun(), weightinit.NewHe()
	for _, loss := range fresh(func(seed uint64) []float64 {
		return []float64{end(mlp.ReLU, he, seed), end(mlp.ReLU, lecun, seed), end(mlp.ReLU, small, seed),
			end(mlp.Tanh, he, seed), end(mlp.Tanh, lecun, seed), end(mlp.Sigmoid, he, seed), end(mlp.Sigmoid, lecun, seed)}
	}) {
		if !(loss[0] < loss[1]/2 && loss[1] < loss[2]/1.5 && loss[2] > 2.29) {
			t.Errorf("ReLU, He, LeCun, 0.01: %.3f, want He far below LeCun, LeCun far below 0.01", loss[:3])
		}
		if loss[3] > 0.75*loss[4] {
			t.Errorf("tanh, He and LeCun: %.3f, want He below three quarters of LeCun", loss[3:5])
		}
		if min(loss[5], loss[6]) < 2.28 {
			t.Errorf("sigmoid, He and LeCun: %.3f, want both near ln 10", loss[5:])
		}
	}
}

// S07: large steps kill ReLUs. Before training the size of the weights makes no
// difference; after it, a large learning rate and large weights do.
func TestLargeStepsKillReLUs(t *testing.T) {
	dead := func(init weightinit.Initializer, lr float64, epochs int, seed uint64) (share float64) {
		net := mlp.New(mlp.Config{Sizes: []int{64, 100, 100, 100, 10}, Act: mlp.ReLU, Init: init, Seed: seed})
		mlp.Train(net, optim.NewSGD(lr), digits.Train(), mlp.TrainConfig{Batch: 100, Epochs: epochs, Seed: seed})
		for _, layer := range net.Observe(digits.Train().X).Measures()[:3] {
			share += layer.Dead / 3
		}
		return share
	}
	he, wide := weightinit.NewHe(), weightinit.NewNormal(0, 1)
	for _, share := range fresh(func(seed uint64) []float64 {
		return []float64{dead(weightinit.NewNormal(0, 0.01), 0, 0, seed), dead(wide, 0, 0, seed),
			dead(he, 0.1, 20, seed), dead(he, 1, 20, seed), dead(wide, 0.05, 20, seed)}
	}) {
		if share[0] != share[1] || share[0] > 0.1 {
			t.Errorf("before training %.2f are dead with std 0.01 and %.2f with std 1, want the same, and few", share[0], share[1])
		}
		if share[2] > 0.15 || share[3] < 0.5 || share[4] < 0.7 {
			t.Errorf("after training %.2f are dead with He, η = 0.1, %.2f with η = 1, %.2f with std 1, η = 0.05; want few, most, most", share[2], share[3], share[4])
		}
	}
}

// Over a pair of tanh layers n → n′ → n with small signals Xavier multiplies the
// mean square of signal and gradient by 4nn′/(n+n′)², LeCun by 1.
func TestUnevenLayers(t *testing.T) {
	x, up := make([]float64, 500*400), make([]float64, 500*400)
	weightinit.NewNormal(0, 0.05).Fill(x, 400, 500, rand.NewPCG(7, 0))
	weightinit.NewNormal(0, 1).Fill(up, 400, 500, rand.NewPCG(8, 0))
	for _, c := range []struct {
		init weightinit.Initializer
		want float64
	}{{weightinit.NewXavier(), math.Pow(0.8, 3)}, {weightinit.NewLeCun(), 1}} {
		for _, f := range fresh(func(seed uint64) []float64 {
			trace := mlp.New(mlp.Config{Sizes: slices.Concat(slices.Repeat([]int{400, 100}, 4), []int{400}),
				Act: mlp.Tanh, Init: c.init, Headless: true, Seed: seed}).Observe(x)
			trace.Back(up)
			low, high := trace.Layers[1], trace.Layers[7]
			return []float64{mlp.RMS(high.A) / mlp.RMS(low.A), mlp.RMS(low.Delta) / mlp.RMS(high.Delta)}
		}) {
			for _, got := range f {
				if math.Abs(got/c.want-1) > 0.12 {
					t.Errorf("%s: factor %.3f, want %.3f within 12 %%", c.init, got, c.want)
				}
			}
		}
	}
}
