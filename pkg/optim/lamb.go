package optim

import (
	"fmt"
	"math"

	"descent/pkg/internal/check"
	"descent/pkg/internal/label"
)

// LAMB is Adam with a learning rate for each tensor, in proportion to the norm
// of its weights over that of its step. It is meant for large batches.
//
//	r = m̂ / (√v̂ + ε) + λW    m̂, v̂ as in Adam
//	W ← W − η ‖W‖/‖r‖ · r    (η r if a norm is 0)
//
// Differs from the paper in nothing with φ(x) = x; as here in optax.lamb. Keras
// decays apart from the ratio, Decay 0 inside Decoupled, and takes ε = 1e-7. PyTorch has none.
//
// Source: You, Li, Reddi, Hseu, Kumar, Bhojanapalli, Song, Demmel, Keutzer and
// Hsieh 2020, arXiv:1904.00962.
type LAMB struct {
	LR        float64 // η, learning rate, finite and ≥ 0
	Beta1     float64 // β1, decay rate of the mean, 0 ≤ β1 < 1
	Beta2     float64 // β2, decay rate of the mean square, 0 ≤ β2 < 1
	Eps       float64 // ε outside the root, finite and ≥ 0
	EpsRoot   float64 // ε inside the root: √(v̂ + EpsRoot) + Eps, finite and ≥ 0
	Decay     float64 // λ, weight decay, finite and ≥ 0
	Shapes    []Shape // the tensors; none means that w is one tensor
	NonFinite bool    // let NaN and Inf in the gradient through

	t    int
	m, v []float64
	r    []float64 // not kept from step to step
}

var _ Stateful = (*LAMB)(nil)

// NewLAMB returns LAMB with learning rate lr, β1 = 0.9, β2 = 0.999, ε = 1e-6
// and λ = 0.
func NewLAMB(lr float64, shapes ...Shape) *LAMB {
	return &LAMB{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-6, Shapes: shapes}
}

// Validate reports the first hyperparameter that is out of range.
func (o *LAMB) Validate() error {
	return check.First(
		validateAdam("LAMB", o.LR, o.Beta1, o.Beta2, o.Eps, Corrected),
		fields.NonNegative("LAMB", "EpsRoot", o.EpsRoot),
		fields.NonNegative("LAMB", "Decay", o.Decay),
		validateShapes("LAMB", o.Shapes),
	)
}

// Step implements Optimizer.
func (o *LAMB) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	mustFit(o.Shapes, len(w))
	if err := beginSquared(o.t+1, w, grad, o.NonFinite, &o.m, &o.v, &o.r); err != nil {
		return err
	}
	o.t++
	_, c1, c2 := Corrected.at(o.t, o.LR, o.Beta1, o.Beta2)
	for i, g := range grad {
		// m ← β1·m + (1−β1) ∂L/∂W
		o.m[i] = float64(o.Beta1*o.m[i]) + float64((1-o.Beta1)*g)
		// v ← β2·v + (1−β2) ∂L/∂W ⊙ ∂L/∂W
		o.v[i] = float64(o.Beta2*o.v[i]) + float64((1-o.Beta2)*float64(g*g))
		// r = m̂ / (√v̂ + ε) + λW
		o.r[i] = o.m[i]/c1/(math.Sqrt(o.v[i]/c2+o.EpsRoot)+o.Eps) + float64(o.Decay*w[i])
	}
	if len(o.Shapes) == 0 {
		o.tensor(w, o.r)
	}
	lo := 0
	for _, s := range o.Shapes {
		hi := lo + s.size()
		o.tensor(w[lo:hi], o.r[lo:hi])
		lo = hi
	}
	return nil
}

// tensor is the step of one tensor along r.
func (o *LAMB) tensor(w, r []float64) {
	rate := o.LR
	if above, below := norm(w), norm(r); above != 0 && below != 0 {
		rate *= above / below
		if !ordinary(rate) {
			scale, length := scaledNorm(w, 0, nil)
			unit, lengthR := scaledNorm(r, 0, nil)
			for i := range r {
				r[i] /= unit
			}
			rate = o.LR * (length / lengthR) * scale
		}
	}
	for i, r := range r {
		// W ← W − η ‖W‖/‖r‖ · r
		w[i] -= float64(rate * r)
	}
}

// State implements Stateful: the number of steps t and the averages m and v.
func (o *LAMB) State() State { return adamState("LAMB", &o.t, &o.m, &o.v) }

func (o *LAMB) String() string {
	return fmt.Sprintf("LAMB(η=%v, β1=%v, β2=%v, ε=%v%s)", o.LR, o.Beta1, o.Beta2, o.Eps, label.Join(
		label.If(o.EpsRoot != 0, fmt.Sprintf("ε in the root=%v", o.EpsRoot)),
		label.If(o.Decay != 0, fmt.Sprintf("λ=%v", o.Decay)),
	))
}
