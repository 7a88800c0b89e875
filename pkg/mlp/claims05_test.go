package mlp_test

import (
	"math"
	"testing"

	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

// The erratum of lesson 05: after 5 epochs Adam with two corrections is far
// behind Adam at a small η, far ahead at a large one, and close to Adam with a
// fifth of η.
func TestTwoCorrectionsAreASmallerRate(t *testing.T) {
	for _, loss := range fresh(func(seed uint64) (y []float64) {
		net := deep(weightinit.NewHe(), seed)
		for _, lr := range []float64{0.001, 0.01, 0.2} {
			y = append(y, end(net, optim.NewAdam(lr), 5), end(net, optim.NewAdamAsWritten(lr), 5), end(net, optim.NewAdam(lr/5), 5))
		}
		return y
	}) {
		if loss[1] < 1.5*loss[0] || loss[4] < 2*loss[3] {
			t.Errorf("one and two corrections end at %v with η = 0.001, at %v with 0.01; want the second far above", loss[:2], loss[3:5])
		}
		if loss[7] > loss[6]/2 {
			t.Errorf("one and two corrections end at %v with η = 0.2, want the second below half", loss[6:8])
		}
		if math.Abs(loss[1]/loss[2]-1) > 0.02 || math.Abs(loss[4]/loss[5]-1) > 0.25 {
			t.Errorf("two corrections end at %.4f and %.4f, a fifth of η at %.4f and %.4f", loss[1], loss[4], loss[2], loss[5])
		}
	}
}
