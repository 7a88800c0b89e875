package mlp_test

import (
	"math"
	"testing"

	"descent/pkg/mlp"
	"descent/pkg/weightinit"
)

// The verdicts of lesson 08 at five other seeds, each for itself.

// C25: in layer 5 U(0, 1) leaves one value, U(−0.05, 0.05) a heap; U(−1, 1) is
// more even than Xavier.
func TestWhichUniformIsEven(t *testing.T) {
	for _, even := range fresh(func(seed uint64) (y []float64) {
		for _, init := range []weightinit.Initializer{weightinit.NewUniform(0, 1), weightinit.NewUniform(-0.05, 0.05),
			weightinit.NewXavierUniform(), weightinit.NewUniform(-1, 1), weightinit.NewUniform(-0.544, 0.544)} {
			y = append(y, mlp.Entropy(observed(init, mlp.Sigmoid, 100, seed).Histograms(30, 0, 1)[4]))
		}
		return y
	}) {
		if even[0] > 0.001 || even[1] > 0.55 || even[3] < even[2]+0.03 || even[3] < 0.8 {
			t.Errorf("evenness with U(0, 1), U(±0.05), Xavier, U(−1, 1): %.3f", even[:4])
		}
		// the width that the law calls the most even: π√(3/n)
		if even[4] < 0.95 || even[4] < even[3] {
			t.Errorf("evenness with U(±0.544) is %.3f, with U(−1, 1) %.3f", even[4], even[3])
		}
	}
}

// C26: the gradient of layer 1 is exactly 0 with U(0, 1) and loses 93 % a layer
// with U(−0.05, 0.05); U(−1, 1) keeps more of it than Xavier.
func TestWhichUniformKeepsTheGradient(t *testing.T) {
	factor := func(low, high float64, seed uint64) float64 {
		m := observed(weightinit.NewUniform(low, high), mlp.Sigmoid, 100, seed).Measures()
		return math.Pow(m[0].Delta/m[4].Delta, 0.25)
	}
	for _, f := range fresh(func(seed uint64) []float64 {
		xavier := math.Sqrt(6.0 / 200)
		first := observed(weightinit.NewUniform(0, 1), mlp.Sigmoid, 100, seed).Measures()[0].Delta
		return []float64{first, factor(-0.05, 0.05, seed), factor(-xavier, xavier, seed), factor(-1, 1, seed)}
	}) {
		if f[0] != 0 || math.Abs(f[1]-0.0716) > 0.003 || math.Abs(f[2]-0.23) > 0.015 || math.Abs(f[3]-0.72) > 0.04 {
			t.Errorf("gradient of layer 1 with U(0, 1) %v; factors with U(±0.05), Xavier, U(−1, 1): %.4f", f[0], f[1:])
		}
	}
}
