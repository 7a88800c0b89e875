package mlp_test

import (
	"math"
	"testing"

	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

// The verdicts of lesson 09 at five other seeds, each for itself.

// C27: with std 1 and 2 most activations of layer 5 lie at the ends, with 0.01
// and 0.1 none does.
func TestWhichNormalSpreads(t *testing.T) {
	for _, share := range fresh(func(seed uint64) (y []float64) {
		for _, std := range []float64{0.01, 0.1, 1, 2} {
			y = append(y, observed(weightinit.NewNormal(0, std), mlp.Sigmoid, 100, seed).Measures()[4].Saturated)
		}
		return y
	}) {
		if share[0] != 0 || share[1] > 0.001 || share[2] < 0.5 || share[3] < share[2] {
			t.Errorf("saturated shares with std 0.01, 0.1, 1, 2: %.3f", share)
		}
	}
}

// C28: with std 1 half of the neurons are frozen and the mean of σ′ is 0.05,
// but a layer leaves more than 0.88 of the gradient, as the law says; with 0.01,
// where σ′ is at its largest, it leaves a fortieth.
func TestSaturationDoesNotVanish(t *testing.T) {
	for _, f := range fresh(func(seed uint64) (y []float64) {
		for _, std := range []float64{1, 0.01, 2} {
			trace := observed(weightinit.NewNormal(0, std), mlp.Sigmoid, 100, seed)
			m := trace.Measures()
			law, mean, frozen := 1.0, 0.0, 0.0
			for _, l := range trace.Layers[:4] {
				slope := make([]float64, len(l.A))
				for i, a := range l.A {
					slope[i] = a * (1 - a)
					mean += slope[i] / float64(4*len(l.A))
					if slope[i] < 0.01 {
						frozen += 1 / float64(4*len(l.A))
					}
				}
				law *= std * 10 * mlp.RMS(slope)
			}
			y = append(y, math.Pow(m[0].Delta/m[4].Delta, 0.25), math.Pow(law, 0.25), mean, frozen)
		}
		return y
	}) {
		for i := 0; i < len(f); i += 4 {
			if math.Abs(f[i]/f[i+1]-1) > 0.03 {
				t.Errorf("factor %.4f, by the law %.4f", f[i], f[i+1])
			}
		}
		if math.Abs(f[0]-0.93) > 0.05 || f[2] > 0.06 || f[3] < 0.5 || math.Abs(f[4]-0.025) > 0.001 || f[6] < 0.249 || f[8] < 1.2 {
			t.Errorf("std 1: factor %.3f, mean σ′ %.3f, frozen %.2f; std 0.01: %.4f, %.4f; std 2: %.3f", f[0], f[2], f[3], f[4], f[6], f[8])
		}
	}
}

// C28: five layers of sigmoids learn the digits from std 1, not from Xavier or
// 0.01; with tanh it is the other way round.
func TestWhichNormalLearns(t *testing.T) {
	learned := func(init weightinit.Initializer, act mlp.Activation, seed uint64) float64 {
		return end(mlp.Config{Sizes: []int{64, 100, 100, 100, 100, 100, 10}, Act: act, Init: init, Seed: seed}, optim.NewSGD(0.1), 20)
	}
	for _, loss := range fresh(func(seed uint64) []float64 {
		return []float64{learned(weightinit.NewNormal(0, 1), mlp.Sigmoid, seed), learned(weightinit.NewXavier(), mlp.Sigmoid, seed),
			learned(weightinit.NewNormal(0, 1), mlp.Tanh, seed), learned(weightinit.NewXavier(), mlp.Tanh, seed)}
	}) {
		if loss[0] > 0.5 || loss[1] < 2.25 || loss[2] < 0.5 || loss[3] > 0.15 {
			t.Errorf("losses: sigmoid with std 1 %.3f, with Xavier %.3f; tanh %.3f, %.3f", loss[0], loss[1], loss[2], loss[3])
		}
	}
}
