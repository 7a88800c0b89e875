package mlp_test

import (
	"math"
	"testing"

	"descent/pkg/digits"
	"descent/pkg/mlp"
)

// The loss of a confident net keeps its digits, whatever the size of the
// logits: these are the biases b of a net with an input of 0.
func TestLossOfConfidentNet(t *testing.T) {
	for _, c := range []struct {
		b     []float64
		label int
		want  float64
	}{
		{[]float64{1e4, 9990}, 0, 4.5398899216864647e-05}, // ln(1 + e^−10)
		{[]float64{1e4, 9990}, 1, 10 + 4.5398899216864647e-05},
		{[]float64{9990, 1e4, 9990}, 1, 9.0795737467244446e-05}, // ln(1 + 2e^−10)
		{[]float64{-1e300, -1e300}, 0, math.Ln2},
		{[]float64{1e8, 1e8 - 40}, 0, 4.24835425529158899e-18}, // e^−40
		{[]float64{700, 0}, 0, 9.85967654375977e-305},          // e^−700
		{[]float64{0, 0, 0, 0}, 3, 2 * math.Ln2},
	} {
		net := mlp.New(mlp.Config{Sizes: []int{1, len(c.b)}})
		copy(net.Biases(0), c.b)
		set := digits.Set{Dim: 1, X: []float64{0}, Labels: []int{c.label}}
		grad := make([]float64, len(net.Params()))
		for name, got := range map[string]float64{
			"Loss":     net.Loss(set),
			"Gradient": net.Gradient(grad, set, nil),
			"Trace":    net.Observe(set.X).Gradient(set.Labels),
		} {
			if math.Abs(got-c.want) > 1e-13*c.want {
				t.Errorf("%s of logits %v, label %d: %v, want %v", name, c.b, c.label, got, c.want)
			}
		}
	}
}
