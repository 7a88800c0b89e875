package optim_test

import (
	"math"
	"testing"

	"descent/pkg/optim"
)

// Two steps of the document's five from w = 2 with the gradients 3 and −1,
// on paper.
func TestByHand(t *testing.T) {
	for name, c := range map[string]struct {
		opt  optim.Optimizer
		want [2]float64
	}{
		// 2 − 0.1·3 = 1.7;  1.7 + 0.1·1 = 1.8
		"SGD": {optim.NewSGD(0.1), [2]float64{1.7, 1.8}},

		// v = −0.1·3 = −0.3, w = 1.7;  v = 0.9·(−0.3) + 0.1·1 = −0.17, w = 1.53
		"Momentum": {optim.NewMomentum(0.1), [2]float64{1.7, 1.53}},

		// h = 9, w = 2 − 0.1·3/(3 + 1e-7);  h = 10, w = that + 0.1/(√10 + 1e-7)
		"AdaGrad": {optim.NewAdaGrad(0.1), [2]float64{1.900000003333333, 1.931622778935017}},

		// h = 0.01·9 = 0.09, √h = 0.3, w = 2 − 0.1·3/0.3 = 1;
		// h = 0.99·0.09 + 0.01·1 = 0.0991, w = 1 + 0.1/√0.0991
		"RMSProp, ε = 0": {&optim.RMSProp{LR: 0.1, Rho: 0.99}, [2]float64{1, 1.317660468994898}},

		// m = 0.3, m̂ = 3, v = 0.009, v̂ = 9, w = 2 − 0.1·3/3 = 1.9;
		// m = 0.27 − 0.1 = 0.17, m̂ = 0.17/0.19, v = 0.008991 + 0.001 = 0.009991,
		// v̂ = 0.009991/0.001999, w = 1.9 − 0.1·(17/19)/√(9991/1999)
		"Adam, ε = 0": {&optim.Adam{LR: 0.1, Beta1: 0.9, Beta2: 0.999}, [2]float64{1.9, 1.859978142804557}},

		// η_1 = 0.1·√0.001/0.1 = √0.001, w = 2 − √0.001·m̂/√v̂ = 2 − √0.001;
		// η_2 = 0.1·√0.001999/0.19, w = that − η_2·(17/19)/√(9991/1999)
		"Adam as written, ε = 0": {&optim.AdamAsWritten{LR: 0.1, Beta1: 0.9, Beta2: 0.999}, [2]float64{1.968377223398316, 1.958959411021562}},
	} {
		w := []float64{2}
		for i, g := range []float64{3, -1} {
			if err := c.opt.Step(w, []float64{g}); err != nil {
				t.Fatal(err)
			}
			if math.Abs(w[0]-c.want[i]) > 1e-14 {
				t.Errorf("%s, step %d: w is %.15f, on paper %.15f", name, i+1, w[0], c.want[i])
			}
		}
	}
}
