package optim

import (
	"fmt"
	"math"

	"descent/pkg/internal/check"
)

// AdaDelta measures its step in the units of the parameters: it multiplies the
// gradient by the root mean square of its own past steps over that of the
// gradients, and so needs no learning rate.
//
//	h ← ρh + (1−ρ) ∂L/∂W ⊙ ∂L/∂W
//	d = √(x + ε)/√(h + ε) · ∂L/∂W
//	x ← ρx + (1−ρ) d ⊙ d
//	W ← W − ηd
//
// h and x start at 0, so the first step is at most √(ε/(1−ρ)).
//
// The paper has no η: with η = 1 this is its method. PyTorch
// (torch.optim.Adadelta: ρ 0.9), optax (0.9) and Keras (η 0.001, ε 1e-7)
// compute the same with other defaults.
//
// Source: Zeiler 2012, arXiv:1212.5701.
type AdaDelta struct {
	LR        float64 // η, learning rate, finite and ≥ 0
	Rho       float64 // ρ, decay rate of both averages, 0 ≤ ρ < 1
	Eps       float64 // ε inside the roots, finite and > 0
	NonFinite bool    // let NaN and Inf in the gradient through

	t    int
	h, x []float64
}

var _ Stateful = (*AdaDelta)(nil)

// NewAdaDelta returns AdaDelta with learning rate lr, 1 in the paper,
// ρ = 0.95 and ε = 1e-6.
func NewAdaDelta(lr float64) *AdaDelta { return &AdaDelta{LR: lr, Rho: 0.95, Eps: 1e-6} }

// Validate reports the first hyperparameter that is out of range.
func (o *AdaDelta) Validate() error {
	return check.First(
		fields.NonNegative("AdaDelta", "LR", o.LR),
		fields.Fraction("AdaDelta", "Rho", o.Rho),
		fields.Positive("AdaDelta", "Eps", o.Eps),
	)
}

// Step implements Optimizer.
func (o *AdaDelta) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if err := beginSquared(o.t+1, w, grad, o.NonFinite, &o.h, &o.x); err != nil {
		return err
	}
	o.t++
	for i, g := range grad {
		// h ← ρh + (1−ρ) ∂L/∂W ⊙ ∂L/∂W
		o.h[i] = float64(o.Rho*o.h[i]) + float64((1-o.Rho)*float64(g*g))
		// d = √(x + ε)/√(h + ε) · ∂L/∂W
		d := math.Sqrt(o.x[i]+o.Eps) / math.Sqrt(o.h[i]+o.Eps) * g
		// x ← ρx + (1−ρ) d ⊙ d
		o.x[i] = float64(o.Rho*o.x[i]) + float64((1-o.Rho)*float64(d*d))
		// W ← W − ηd
		w[i] -= float64(o.LR * d)
	}
	return nil
}

// State implements Stateful: the number of steps t, the averages h of the
// squared gradient and x of the squared step.
func (o *AdaDelta) State() State {
	return State{"AdaDelta", []Variable{{"t", &o.t}, {"h", &o.h}, {"x", &o.x}}}
}

func (o *AdaDelta) String() string {
	return fmt.Sprintf("AdaDelta(η=%v, ρ=%v, ε=%v)", o.LR, o.Rho, o.Eps)
}
