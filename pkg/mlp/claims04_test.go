package mlp_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/optim/schedule"
	"descent/pkg/surface"
	"descent/pkg/weightinit"
)

// C17: from large weights, and with an equal first step, RMSProp ends lower
// than AdaGrad for every seed where its window is short or its rate small.
func TestRMSPropForgetsLargeGradients(t *testing.T) {
	for _, c := range []struct{ lr, rho float64 }{{0.01, 0.9}, {0.003, 0.99}} {
		for _, loss := range fresh(func(seed uint64) []float64 {
			net := deep(weightinit.NewNormal(0, 1), seed)
			return []float64{end(net, &optim.RMSProp{LR: c.lr, Rho: c.rho, Eps: 1e-7}, 20), end(net, optim.NewAdaGrad(c.lr/math.Sqrt(1-c.rho)), 20)}
		}) {
			if loss[0] > 0.8*loss[1] {
				t.Errorf("η = %v, ρ = %v: RMSProp ends at %.4f, AdaGrad at %.4f", c.lr, c.rho, loss[0], loss[1])
			}
		}
	}
}

// C19, first half: noise lowers the effective rate to η/√(g² + σ²), and the
// distance by about as much.
func TestNoiseSlowsRMSProp(t *testing.T) {
	for _, moved := range fresh(func(seed uint64) []float64 {
		var distance []float64
		for _, sigma := range []float64{0, 1} {
			opt, rng, w := optim.NewRMSProp(0.01), rand.New(rand.NewPCG(seed, 0)), []float64{0}
			for range 5000 {
				if err := opt.Step(w, []float64{0.1 + sigma*rng.NormFloat64()}); err != nil {
					t.Error(err)
				}
			}
			distance = append(distance, -w[0])
		}
		return distance
	}) {
		if share, want := moved[1]/moved[0], 0.1/math.Hypot(0.1, 1); share < want/2 || share > 2*want {
			t.Errorf("with noise it moves %.3f of the distance, want about %.3f", share, want)
		}
	}
}

// C19, second half: on a quadratic RMSProp ends at the bound 2/λ, at a loss of
// λη²/8, from every start and with every η and ρ.
func TestRMSPropEndsAtTheEdge(t *testing.T) {
	rng := rand.New(rand.NewPCG(101, 0))
	for range 100 {
		lambda, lr := math.Pow(10, 3*rng.Float64()-1), math.Pow(10, 2*rng.Float64()-2)
		opt := &optim.RMSProp{LR: lr, Rho: []float64{0.5, 0.9, 0.95, 0.99}[rng.IntN(4)], Eps: 1e-12}
		path := optim.Minimize(opt, surface.NewQuadratic(lambda), []float64{20*rng.Float64() - 10}, 10000)
		if off := path.Final()/(lambda*lr*lr/8) - 1; !(math.Abs(off) < 1e-6) {
			t.Errorf("λ = %.3g, %v: the loss is off λη²/8 by %.2g", lambda, opt, off)
		}
		if off := path.Rate[10000][0]*lambda/2 - 1; !(math.Abs(off) < 1e-6) {
			t.Errorf("λ = %.3g, %v: the rate is off 2/λ by %.2g", lambda, opt, off)
		}
	}
}

// C19 rests on more than quadratics: trained on all rows, without noise, a net
// jumps to many times its lowest loss unless the rate falls to 0.
func TestRMSPropRelapses(t *testing.T) {
	relapse := func(opt optim.Optimizer, seed uint64) float64 {
		run := mlp.Train(smallNet(seed), opt, digits.Train(), mlp.TrainConfig{Steps: 400, Every: 1})
		lowest, largest := run.Loss[0], 1.0
		for _, loss := range run.Loss {
			largest = max(largest, loss/lowest)
			lowest = min(lowest, loss)
		}
		return largest
	}
	for _, up := range fresh(func(seed uint64) []float64 {
		falling := &optim.RMSProp{LR: 0.01, Rho: 0.9, Eps: 1e-7}
		return []float64{relapse(&optim.RMSProp{LR: 0.01, Rho: 0.9, Eps: 1e-7}, seed),
			relapse(optim.NewFollow(falling, &falling.LR, schedule.Cosine{From: 0.01, To: 0, T: 400}), seed)}
	}) {
		if up[0] < 50 || up[1] > 5 {
			t.Errorf("largest relapse %.3g with a constant rate, %.3g with a cosine", up[0], up[1])
		}
	}
}
