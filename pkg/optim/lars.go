package optim

import (
	"fmt"

	"descent/pkg/internal/check"
	"descent/pkg/internal/label"
)

// LARS is Momentum with a learning rate for each tensor, in proportion to the
// norm of its weights over that of its gradient. It is meant for large batches.
//
//	g = ∂L/∂W + λW
//	r = γ‖W‖/(‖g‖ + ε), 1 if a norm is 0
//	v ← αv + η r g
//	W ← W − v
//
// Differs from the paper, which divides by ‖∂L/∂W‖ + λ‖W‖; as here in
// optax.lars. PyTorch and Keras have none.
//
// Source: You, Gitman and Ginsburg 2017, arXiv:1708.03888.
type LARS struct {
	LR        float64 // η, learning rate, finite and ≥ 0
	Alpha     float64 // α, momentum coefficient, finite and ≥ 0; it converges only below 1
	Trust     float64 // γ, trust coefficient, finite and ≥ 0
	Decay     float64 // λ, weight decay, finite and ≥ 0
	Eps       float64 // ε, finite and ≥ 0
	Nesterov  bool    // W ← W − αv − η r g
	PaperNorm bool    // r = γ‖W‖/(‖∂L/∂W‖ + λ‖W‖ + ε)
	Shapes    []Shape // the tensors; none means that w is one tensor
	NonFinite bool    // let NaN and Inf in the gradient through

	t int
	v []float64
}

var _ Stateful = (*LARS)(nil)

// NewLARS returns LARS with learning rate lr, α = 0.9, γ = 0.001, λ = 0, ε = 0.
func NewLARS(lr float64, shapes ...Shape) *LARS {
	return &LARS{LR: lr, Alpha: 0.9, Trust: 0.001, Shapes: shapes}
}

// Validate reports the first hyperparameter that is out of range.
func (o *LARS) Validate() error {
	return check.First(
		fields.NonNegative("LARS", "LR", o.LR),
		fields.NonNegative("LARS", "Alpha", o.Alpha),
		fields.NonNegative("LARS", "Trust", o.Trust),
		fields.NonNegative("LARS", "Decay", o.Decay),
		fields.NonNegative("LARS", "Eps", o.Eps),
		validateShapes("LARS", o.Shapes),
	)
}

// Step implements Optimizer.
func (o *LARS) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	mustFit(o.Shapes, len(w))
	if err := begin(o.t+1, w, grad, o.NonFinite, &o.v); err != nil {
		return err
	}
	o.t++
	if len(o.Shapes) == 0 {
		o.tensor(w, grad, o.v)
	}
	lo := 0
	for _, s := range o.Shapes {
		hi := lo + s.size()
		o.tensor(w[lo:hi], grad[lo:hi], o.v[lo:hi])
		lo = hi
	}
	return nil
}

// tensor is the step of one tensor.
func (o *LARS) tensor(w, grad, v []float64) {
	rate, unit := float64(o.LR*o.trust(w, grad)), 1.0
	if !ordinary(rate) {
		rate, unit = o.scaledRate(w, grad)
	}
	for i, g := range grad {
		// g = ∂L/∂W + λW
		g += float64(o.Decay * w[i])
		if unit != 1 {
			g /= unit
		}
		step := float64(rate * g)
		// v ← αv + η r g
		v[i] = float64(o.Alpha*v[i]) + step
		// W ← W − v
		if o.Nesterov {
			w[i] -= float64(o.Alpha*v[i]) + step
		} else {
			w[i] -= v[i]
		}
	}
}

// trust returns r.
func (o *LARS) trust(w, grad []float64) float64 {
	below := combinedNorm(grad, o.Decay, w)
	if o.PaperNorm {
		below = norm(grad) + float64(o.Decay*norm(w))
	}
	if above := norm(w); above != 0 && below != 0 {
		return o.Trust * above / (below + o.Eps)
	}
	return 1
}

// scaledRate returns η r·unit, unit being about the size of g. Where η r is no
// ordinary number, its product with g/unit may be one.
func (o *LARS) scaledRate(w, grad []float64) (rate, unit float64) {
	scale, length := scaledNorm(w, 0, nil)
	unit, below := scaledNorm(grad, o.Decay, w)
	if o.PaperNorm {
		scaleG, lengthG := scaledNorm(grad, 0, nil)
		unit = max(scaleG, o.Decay*scale)
		below = float64(lengthG*(scaleG/unit)) + float64(length*(o.Decay*scale/unit))
	}
	return o.LR * o.Trust * (length / (below + o.Eps/unit)) * scale, unit
}

// State implements Stateful: the number of steps t and the velocity v.
func (o *LARS) State() State { return State{"LARS", []Variable{{"t", &o.t}, {"v", &o.v}}} }

func (o *LARS) String() string {
	return fmt.Sprintf("LARS(η=%v, α=%v, γ=%v%s)", o.LR, o.Alpha, o.Trust, label.Join(
		label.If(o.Decay != 0, fmt.Sprintf("λ=%v", o.Decay)),
		label.If(o.Eps != 0, fmt.Sprintf("ε=%v", o.Eps)),
		label.If(o.Nesterov, "Nesterov"),
		label.If(o.PaperNorm, "the paper's norm"),
	))
}
