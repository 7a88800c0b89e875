package optim

import (
	"fmt"

	"descent/pkg/internal/check"
)

// Lookahead lets an optimizer run ahead and follows it slowly: after every K
// of its steps
//
//	φ ← φ + α(W − φ)
//	W ← φ
//
// φ starts at the first W. With K = 1 and α = 1 it is the optimizer itself.
// Steps of Accumulate inside that only collect do not count.
//
// Differs from the paper in nothing, nor from optax.lookahead. PyTorch and
// Keras have none.
//
// Source: Zhang, Lucas, Hinton and Ba 2019, arXiv:1907.08610.
type Lookahead struct {
	Inner Optimizer // the fast one
	K     int       // steps of it between two of φ, ≥ 1
	Alpha float64   // α, slow step size, 0 ≤ α ≤ 1

	t    int
	slow []float64
}

var _ Stateful = (*Lookahead)(nil)

// NewLookahead returns Lookahead around opt with K = 5 and α = 0.5.
func NewLookahead(opt Optimizer) *Lookahead { return &Lookahead{Inner: opt, K: 5, Alpha: 0.5} }

// Validate reports the first hyperparameter that is out of range.
func (o *Lookahead) Validate() error {
	return check.First(
		fields.AtLeast("Lookahead", "K", o.K, 1),
		fields.Share("Lookahead", "Alpha", o.Alpha),
		validateInner(o.Inner),
	)
}

// Step implements Optimizer.
func (o *Lookahead) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	fresh := o.slow == nil
	if err := begin(o.t+1, w, grad, true, &o.slow); err != nil {
		return err
	}
	if fresh {
		copy(o.slow, w)
	}
	if err := o.Inner.Step(w, grad); err != nil {
		if fresh {
			o.slow = nil
		}
		return err
	}
	if collected(o.Inner) {
		return nil
	}
	o.t++
	if o.t%o.K != 0 {
		return nil
	}
	for i := range w {
		// φ ← φ + α(W − φ)
		o.slow[i] = float64((1-o.Alpha)*o.slow[i]) + float64(o.Alpha*w[i])
		// W ← φ
		w[i] = o.slow[i]
	}
	return nil
}

// State implements Stateful: the number of steps t, the slow weights φ, and
// the state of the fast optimizer.
func (o *Lookahead) State() State {
	return around("Lookahead", o.Inner, Variable{"steps", &o.t}, Variable{"φ", &o.slow})
}

// Unwrap returns the optimizer inside.
func (o *Lookahead) Unwrap() Optimizer { return o.Inner }

func (o *Lookahead) String() string {
	return fmt.Sprintf("Lookahead(%v, k=%v, α=%v)", o.Inner, o.K, o.Alpha)
}
