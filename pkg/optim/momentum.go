package optim

import (
	"fmt"

	"descent/pkg/internal/check"
	"descent/pkg/internal/label"
)

// Momentum is gradient descent that keeps a part of its velocity.
//
//	v ← αv − η ∂L/∂W
//	W ← W + v
//
// v starts at 0. Under a constant gradient the velocity tends to
// −η ∂L/∂W / (1−α). On a quadratic with largest curvature λmax the method
// converges for 0 < η < 2(1+α)/λmax. With α = 0 it is SGD.
//
// Differs from PyTorch (torch.optim.SGD with momentum) and optax in where η
// stands: there a change of η also rescales the velocity that is already
// there. RateOutside is their form; at a constant η both give the same W.
// Keras has the form of the document.
//
// Sources: Polyak 1964, doi:10.1016/0041-5553(64)90137-5; 밑바닥부터 시작하는
// 딥러닝, section 6.1.4.
type Momentum struct {
	LR          float64 // η, learning rate, finite and ≥ 0
	Alpha       float64 // α, momentum coefficient, finite and ≥ 0; it converges only below 1
	RateOutside bool    // v ← αv − ∂L/∂W, W ← W + ηv
	// τ of PyTorch, finite: from the second step on the gradient enters v with the
	// factor 1−τ
	Dampening float64
	NonFinite bool // let NaN and Inf in the gradient through

	t int
	v []float64
}

var _ Stateful = (*Momentum)(nil)

// NewMomentum returns Momentum with learning rate lr and α = 0.9.
func NewMomentum(lr float64) *Momentum { return &Momentum{LR: lr, Alpha: 0.9} }

// Validate reports the first hyperparameter that is out of range.
func (o *Momentum) Validate() error {
	return check.First(
		fields.NonNegative("Momentum", "LR", o.LR),
		fields.NonNegative("Momentum", "Alpha", o.Alpha),
		fields.Finite("Momentum", "Dampening", o.Dampening),
	)
}

// Step implements Optimizer.
func (o *Momentum) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if err := begin(o.t+1, w, grad, o.NonFinite, &o.v); err != nil {
		return err
	}
	o.t++
	rate, outside := rates(o.LR, o.RateOutside)
	if o.t > 1 {
		rate *= 1 - o.Dampening
	}
	update{rate: rate, a1: o.Alpha, b1: outside}.run(chosen.momentum, w, grad, o.v, nil)
	return nil
}

// momentumLoop has α in a1, and in b1 the η of RateOutside.
func momentumLoop(w, grad, v, _ []float64, u update) {
	for i, g := range grad {
		// v ← αv − η ∂L/∂W
		v[i] = float64(u.a1*v[i]) - float64(u.rate*g)
		// W ← W + v
		w[i] += float64(u.b1 * v[i])
	}
}

// rates returns η where it stands, inside of the velocity or outside, and 1 for
// the other place.
func rates(lr float64, rateOutside bool) (inside, outside float64) {
	if rateOutside {
		return 1, lr
	}
	return lr, 1
}

// State implements Stateful: the number of steps t and the velocity v.
func (o *Momentum) State() State {
	return State{"Momentum", []Variable{{"t", &o.t}, {"v", &o.v}}}
}

func (o *Momentum) String() string {
	return fmt.Sprintf("Momentum(η=%v, α=%v%s)", o.LR, o.Alpha, label.Join(
		label.If(o.RateOutside, "η outside v"),
		label.If(o.Dampening != 0, fmt.Sprintf("τ=%v", o.Dampening)),
	))
}
