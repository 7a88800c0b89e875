package optim

import (
	"fmt"
	"math"

	"descent/pkg/internal/check"
	"descent/pkg/internal/exact"
	"descent/pkg/internal/label"
)

// Adamax is Adam with the maximum norm: it divides by the largest gradient
// seen, which fades.
//
//	m ← β1·m + (1−β1) ∂L/∂W
//	u ← max(β2·u, |∂L/∂W| + ε)
//	W ← W − η/(1−β1^t) · m/u
//
// u starts at 0 and needs no correction.
//
// Differs from the paper, which has no ε (a gradient that is 0 from the start
// then gives 0/0 = NaN). As here in PyTorch (torch.optim.Adamax) and optax.
// Keras adds ε below the line, m/(u + ε): EpsOutside.
//
// Source: Kingma and Ba 2015, arXiv:1412.6980, algorithm 2.
type Adamax struct {
	LR         float64 // η, learning rate, finite and ≥ 0
	Beta1      float64 // β1, decay rate of the mean, 0 ≤ β1 < 1
	Beta2      float64 // β2, decay rate of the maximum, 0 ≤ β2 < 1
	Eps        float64 // ε inside the maximum, finite and ≥ 0
	EpsOutside float64 // ε below the line, finite and ≥ 0
	NonFinite  bool    // let NaN and Inf in the gradient through

	t    int
	m, u []float64
}

var _ Stateful = (*Adamax)(nil)

// NewAdamax returns Adamax with learning rate lr, β1 = 0.9, β2 = 0.999,
// ε = 1e-8.
func NewAdamax(lr float64) *Adamax { return &Adamax{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8} }

// Validate reports the first hyperparameter that is out of range.
func (o *Adamax) Validate() error {
	return check.First(
		validateAdam("Adamax", o.LR, o.Beta1, o.Beta2, o.Eps, Corrected),
		fields.NonNegative("Adamax", "EpsOutside", o.EpsOutside),
	)
}

// Step implements Optimizer.
func (o *Adamax) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if err := begin(o.t+1, w, grad, o.NonFinite, &o.m, &o.u); err != nil {
		return err
	}
	o.t++
	rate := o.rate()
	for i, g := range grad {
		// m ← β1·m + (1−β1) ∂L/∂W
		o.m[i] = float64(o.Beta1*o.m[i]) + float64((1-o.Beta1)*g)
		// u ← max(β2·u, |∂L/∂W| + ε)
		o.u[i] = max(o.Beta2*o.u[i], math.Abs(g)+o.Eps)
		// W ← W − η/(1−β1^t) · m/u
		w[i] -= rate * o.m[i] / (o.u[i] + o.EpsOutside)
	}
	return nil
}

// rate returns η/(1−β1^t).
func (o *Adamax) rate() float64 { return o.LR / (1 - exact.Power(o.Beta1, o.t)) }

// EffectiveRate implements Adaptive: η/u, which multiplies m/(1−β1^t).
func (o *Adamax) EffectiveRate(dst []float64) {
	effectiveRateOf(dst, o.u, func(u float64) float64 { return o.LR / (u + o.EpsOutside) })
}

// State implements Stateful: the number of steps t, the average m and the
// maximum u.
func (o *Adamax) State() State {
	return State{"Adamax", []Variable{{"t", &o.t}, {"m", &o.m}, {"u", &o.u}}}
}

func (o *Adamax) String() string {
	return fmt.Sprintf("Adamax(η=%v, β1=%v, β2=%v, ε=%v%s)", o.LR, o.Beta1, o.Beta2, o.Eps,
		label.Join(label.If(o.EpsOutside != 0, fmt.Sprintf("ε below the line=%v", o.EpsOutside))))
}
