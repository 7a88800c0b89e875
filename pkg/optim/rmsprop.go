package optim

import (
	"fmt"
	"math"

	"descent/pkg/internal/check"
	"descent/pkg/internal/exact"
	"descent/pkg/internal/label"
)

// RMSProp is AdaGrad with an exponential moving average in place of the sum.
//
//	h ← ρh + (1−ρ) ∂L/∂W ⊙ ∂L/∂W
//	W ← W − η ∂L/∂W / (√h + ε)
//
// h starts at 0, so the first step is η/√(1−ρ) in every coordinate, 10 η at
// ρ = 0.99. The average looks back over a window of about 1/(1−ρ) steps. On a
// quadratic with a constant η the method does not settle: it ends in a limit
// cycle around the minimum.
//
// Centered subtracts the squared mean of the gradient, u = √(h − ḡ²) instead
// of √h, and Alpha adds momentum:
//
//	ḡ ← ρḡ + (1−ρ) ∂L/∂W
//	v ← αv − η ∂L/∂W / (u + ε)
//	W ← W + v
//
// Differs from PyTorch (torch.optim.RMSprop: ε 1e-8, η outside v) and from
// Keras and optax (ε inside the root, ρ 0.9) in the fields below.
//
// Sources: Tieleman and Hinton 2012, Coursera, Neural Networks for Machine
// Learning, lecture 6.5; centered: Graves 2013, arXiv:1308.0850.
type RMSProp struct {
	LR          float64 // η, learning rate, finite and ≥ 0
	Rho         float64 // ρ, decay rate of the average, 0 ≤ ρ < 1
	Eps         float64 // ε outside the root, finite and ≥ 0
	EpsRoot     float64 // ε inside the root: √(h + EpsRoot) + Eps, finite and ≥ 0
	Initial     float64 // h before the first step, finite and ≥ 0
	Centered    bool    // divide by √(h − ḡ²)
	Alpha       float64 // α, momentum coefficient, finite and ≥ 0
	RateOutside bool    // v ← αv − ∂L/∂W / (u + ε), W ← W + ηv
	Nesterov    bool    // W ← W + αv − η ∂L/∂W / (u + ε)
	Correct     bool    // divide h and ḡ by 1−ρ^t
	NonFinite   bool    // let NaN and Inf in the gradient through

	t       int
	h, g, v []float64
}

var _ Stateful = (*RMSProp)(nil)

// NewRMSProp returns RMSProp with learning rate lr, ρ = 0.99 and ε = 1e-7
// outside the root.
func NewRMSProp(lr float64) *RMSProp { return &RMSProp{LR: lr, Rho: 0.99, Eps: 1e-7} }

// Validate reports the first hyperparameter that is out of range.
func (o *RMSProp) Validate() error {
	return check.First(
		fields.NonNegative("RMSProp", "LR", o.LR),
		fields.Fraction("RMSProp", "Rho", o.Rho),
		fields.NonNegative("RMSProp", "Eps", o.Eps),
		fields.NonNegative("RMSProp", "EpsRoot", o.EpsRoot),
		fields.NonNegative("RMSProp", "Initial", o.Initial),
		fields.NonNegative("RMSProp", "Alpha", o.Alpha),
	)
}

// Step implements Optimizer.
func (o *RMSProp) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	fresh := o.h == nil
	state := []*[]float64{&o.h, &o.g, &o.v}
	if !o.extended() {
		state = state[:1]
	}
	if err := beginSquared(o.t+1, w, grad, o.NonFinite, state...); err != nil {
		return err
	}
	if fresh {
		fill(o.h, o.Initial)
	}
	o.t++
	if o.extended() {
		o.centeredOrMomentum(w, grad)
		return nil
	}
	u := update{rate: o.LR, c: o.correction(), epsRoot: o.EpsRoot, eps: o.Eps, a1: o.Rho, b1: 1 - o.Rho}
	u.run(chosen.rmsprop, w, grad, o.h, nil)
	return nil
}

// rmspropLoop has ρ in a1, 1−ρ in b1, and in c the factor of h with Correct.
func rmspropLoop(w, grad, h, _ []float64, u update) {
	for i, g := range grad {
		// h ← ρh + (1−ρ) ∂L/∂W ⊙ ∂L/∂W
		h[i] = float64(u.a1*h[i]) + float64(u.b1*float64(g*g))
		// W ← W − η ∂L/∂W / (√h + ε)
		w[i] -= u.rate * g / (math.Sqrt(float64(u.c*h[i])+u.epsRoot) + u.eps)
	}
}

// extended reports whether the method is more than the document's.
func (o *RMSProp) extended() bool { return o.Centered || o.Alpha != 0 }

// centeredOrMomentum is the step with Centered or Alpha.
func (o *RMSProp) centeredOrMomentum(w, grad []float64) {
	c := o.correction()
	rate, outside := rates(o.LR, o.RateOutside)
	for i, g := range grad {
		// h ← ρh + (1−ρ) ∂L/∂W ⊙ ∂L/∂W
		o.h[i] = float64(o.Rho*o.h[i]) + float64((1-o.Rho)*float64(g*g))
		square := float64(c * o.h[i])
		if o.Centered {
			// ḡ ← ρḡ + (1−ρ) ∂L/∂W;  h − ḡ² is ≥ 0 but for rounding
			o.g[i] = float64(o.Rho*o.g[i]) + float64((1-o.Rho)*g)
			mean := float64(c * o.g[i])
			square = max(0, square-float64(mean*mean))
		}
		// v ← αv − η ∂L/∂W / (u + ε)
		step := rate * g / (math.Sqrt(square+o.EpsRoot) + o.Eps)
		o.v[i] = float64(o.Alpha*o.v[i]) - step
		// W ← W + v
		move := o.v[i]
		if o.Nesterov {
			move = float64(o.Alpha*o.v[i]) - step
		}
		w[i] += float64(outside * move)
	}
}

// correction returns what Correct multiplies h and ḡ by.
func (o *RMSProp) correction() float64 {
	if o.Correct {
		return 1 / (1 - exact.Power(o.Rho, o.t))
	}
	return 1
}

// EffectiveRate implements Adaptive: η/(√h + ε), also where Centered divides
// by something else.
func (o *RMSProp) EffectiveRate(dst []float64) {
	effectiveRate(dst, o.h, o.LR, o.correction(), o.EpsRoot, o.Eps)
}

// State implements Stateful: the number of steps t, the averages h and ḡ of
// the squared gradient and of the gradient, the velocity v.
func (o *RMSProp) State() State {
	return State{"RMSProp", []Variable{{"t", &o.t}, {"h", &o.h}, {"g", &o.g}, {"v", &o.v}}}
}

func (o *RMSProp) String() string {
	return fmt.Sprintf("RMSProp(η=%v, ρ=%v, ε=%v%s)", o.LR, o.Rho, o.Eps, label.Join(
		label.If(o.EpsRoot != 0, fmt.Sprintf("ε in the root=%v", o.EpsRoot)),
		label.If(o.Initial != 0, fmt.Sprintf("h from %v", o.Initial)),
		label.If(o.Centered, "centered"),
		label.If(o.Alpha != 0, fmt.Sprintf("α=%v", o.Alpha)),
		label.If(o.RateOutside, "η outside v"),
		label.If(o.Nesterov, "Nesterov"),
		label.If(o.Correct, "corrected"),
	))
}
