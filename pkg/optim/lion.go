package optim

import (
	"fmt"

	"descent/pkg/internal/check"
	"descent/pkg/internal/label"
)

// Lion steps by the sign of an average, ±η in every coordinate.
//
//	W ← W − η(sign(β1·m + (1−β1) ∂L/∂W) + λW)
//	m ← β2·m + (1−β2) ∂L/∂W
//
// m starts at 0; sign(0) is 0. The step uses another average than the one
// that is kept.
//
// Differs from optax.lion (λ 1e-3) in the default of λ; from Keras, which
// decays before it steps, in nothing that is not a rounding error. PyTorch has
// none.
//
// Source: Chen, Liang, Huang, Real, Wang, Liu, Pham, Dong, Luong, Hsieh, Lu and
// Le 2023, arXiv:2302.06675.
type Lion struct {
	LR        float64 // η, learning rate, finite and ≥ 0
	Beta1     float64 // β1, share of m in the step, 0 ≤ β1 < 1
	Beta2     float64 // β2, decay rate of m, 0 ≤ β2 < 1
	Decay     float64 // λ, decoupled weight decay, finite and ≥ 0
	NonFinite bool    // let NaN and Inf in the gradient through

	t int
	m []float64
}

var _ Stateful = (*Lion)(nil)

// NewLion returns Lion with learning rate lr, β1 = 0.9, β2 = 0.99, λ = 0.
func NewLion(lr float64) *Lion { return &Lion{LR: lr, Beta1: 0.9, Beta2: 0.99} }

// Validate reports the first hyperparameter that is out of range.
func (o *Lion) Validate() error {
	return check.First(
		fields.NonNegative("Lion", "LR", o.LR),
		fields.Fraction("Lion", "Beta1", o.Beta1),
		fields.Fraction("Lion", "Beta2", o.Beta2),
		fields.NonNegative("Lion", "Decay", o.Decay),
	)
}

// Step implements Optimizer.
func (o *Lion) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if err := begin(o.t+1, w, grad, o.NonFinite, &o.m); err != nil {
		return err
	}
	o.t++
	for i, g := range grad {
		// W ← W − η(sign(β1·m + (1−β1) ∂L/∂W) + λW)
		direction := sign(float64(o.Beta1*o.m[i]) + float64((1-o.Beta1)*g))
		w[i] -= float64(o.LR * (direction + float64(o.Decay*w[i])))
		// m ← β2·m + (1−β2) ∂L/∂W
		o.m[i] = float64(o.Beta2*o.m[i]) + float64((1-o.Beta2)*g)
	}
	return nil
}

// State implements Stateful: the number of steps t and the average m.
func (o *Lion) State() State { return State{"Lion", []Variable{{"t", &o.t}, {"m", &o.m}}} }

func (o *Lion) String() string {
	return fmt.Sprintf("Lion(η=%v, β1=%v, β2=%v%s)", o.LR, o.Beta1, o.Beta2,
		label.Join(label.If(o.Decay != 0, fmt.Sprintf("λ=%v", o.Decay))))
}
