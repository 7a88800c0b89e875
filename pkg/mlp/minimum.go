package mlp

import (
	"fmt"
	"math"

	"descent/pkg/digits"
	"descent/pkg/internal/count"
)

// Minimum moves net to the minimum of its loss on set and returns the loss
// there. The net must be softmax regression with a penalty, no hidden layers
// and Config.L2 > 0: only then is the loss strictly convex, with one minimum.
//
// It takes full-batch steps of Nesterov's method for a function with curvatures
// between λ and M, until ‖∇L‖ ≤ 1e-9:
//
//	v ← p − ∇L(p)/M    p ← v + (√M − √λ)/(√M + √λ)·(v − v of the step before)
//
// where λ is Config.L2 and M = λ + ½·mean(‖x‖² + 1) bounds the curvature of
// cross-entropy.
//
// It returns an error for any other net, and after 100,000 steps without
// success. It panics if set does not fit the net.
//
// Sources: Nesterov 2004, Introductory Lectures on Convex Optimization, section
// 2.2.1; Böhning 1992, doi:10.1007/BF00048682, for M.
func Minimum(net *Net, set digits.Set) (loss float64, err error) {
	net.mustFit(set)
	lambda := net.config.L2
	if len(net.layers) > 1 || lambda == 0 {
		return 0, fmt.Errorf("mlp: Minimum of a net with %s and L2 = %v, allowed is one layer and L2 > 0", count.Of(len(net.layers), "layer"), lambda)
	}
	bound := 0.0
	for _, x := range set.X {
		bound += float64(x * x)
	}
	bound = lambda + (bound/float64(set.Len())+1)/2
	ratio := math.Sqrt(lambda / bound)
	momentum := (1 - ratio) / (1 + ratio)

	p, grad := net.params, make([]float64, len(net.params))
	before := append([]float64(nil), p...)
	const tolerance, limit = 1e-9, 100_000
	for range limit {
		loss = net.Gradient(grad, set, nil)
		sq := 0.0
		for _, g := range grad {
			sq += float64(g * g)
		}
		if sq <= tolerance*tolerance {
			return loss, nil
		}
		for i, g := range grad {
			v := p[i] - g/bound
			p[i] = v + float64(momentum*(v-before[i]))
			before[i] = v
		}
	}
	return loss, fmt.Errorf("mlp: no minimum found in %d steps: ‖∇L‖ is still above %v", limit, tolerance)
}
