package optim

import (
	"fmt"
	"math"

	"descent/pkg/internal/check"
	"descent/pkg/internal/exact"
)

// AdaBelief is Adam that divides by how far the gradient strays from its
// average, not by how large it is.
//
//	m ← β1·m + (1−β1) ∂L/∂W
//	s ← β2·s + (1−β2)(∂L/∂W − m) ⊙ (∂L/∂W − m) + ε
//	W ← W − η m̂ / (√ŝ + ε)    m̂ = m/(1−β1^t), ŝ = s/(1−β2^t)
//
// The ε inside the recursion adds up: after the correction it contributes
// ε/(1−β2) at every t.
//
// Differs from the paper in nothing; from optax.adabelief, whose two ε are
// 1e-16, in the default. PyTorch and Keras have none.
//
// Source: Zhuang, Tang, Ding, Tatikonda, Dvornek, Papademetris and Duncan 2020,
// arXiv:2010.07468.
type AdaBelief struct {
	LR        float64 // η, learning rate, finite and ≥ 0
	Beta1     float64 // β1, decay rate of the mean, 0 ≤ β1 < 1
	Beta2     float64 // β2, decay rate of the mean square, 0 ≤ β2 < 1
	Eps       float64 // ε outside the root, finite and ≥ 0
	EpsInside float64 // ε added to s in every step, finite and ≥ 0
	NonFinite bool    // let NaN and Inf in the gradient through

	t    int
	m, s []float64
}

var _ Stateful = (*AdaBelief)(nil)

// NewAdaBelief returns AdaBelief with learning rate lr, β1 = 0.9, β2 = 0.999
// and both ε = 1e-8.
func NewAdaBelief(lr float64) *AdaBelief {
	return &AdaBelief{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, EpsInside: 1e-8}
}

// Validate reports the first hyperparameter that is out of range.
func (o *AdaBelief) Validate() error {
	return check.First(
		validateAdam("AdaBelief", o.LR, o.Beta1, o.Beta2, o.Eps, Corrected),
		fields.NonNegative("AdaBelief", "EpsInside", o.EpsInside),
	)
}

// Step implements Optimizer.
func (o *AdaBelief) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if err := beginSquared(o.t+1, w, grad, o.NonFinite, &o.m, &o.s); err != nil {
		return err
	}
	o.t++
	eta, c1, c2 := Corrected.at(o.t, o.LR, o.Beta1, o.Beta2)
	for i, g := range grad {
		// m ← β1·m + (1−β1) ∂L/∂W
		o.m[i] = float64(o.Beta1*o.m[i]) + float64((1-o.Beta1)*g)
		// s ← β2·s + (1−β2)(∂L/∂W − m) ⊙ (∂L/∂W − m) + ε
		d := g - o.m[i]
		o.s[i] = float64(o.Beta2*o.s[i]) + float64((1-o.Beta2)*float64(d*d)) + o.EpsInside
		// W ← W − η m̂ / (√ŝ + ε)
		w[i] -= eta * (o.m[i] / c1) / (math.Sqrt(o.s[i]/c2) + o.Eps)
	}
	return nil
}

// EffectiveRate implements Adaptive: η/(√ŝ + ε), which multiplies m̂.
func (o *AdaBelief) EffectiveRate(dst []float64) {
	effectiveRate(dst, o.s, o.LR, 1/(1-exact.Power(o.Beta2, o.t)), 0, o.Eps)
}

// State implements Stateful: the number of steps t and the averages m and s.
func (o *AdaBelief) State() State {
	return State{"AdaBelief", []Variable{{"t", &o.t}, {"m", &o.m}, {"s", &o.s}}}
}

func (o *AdaBelief) String() string {
	return fmt.Sprintf("AdaBelief(η=%v, β1=%v, β2=%v, ε=%v, ε in s=%v)", o.LR, o.Beta1, o.Beta2, o.Eps, o.EpsInside)
}
