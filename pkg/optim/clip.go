package optim

import (
	"fmt"
	"math"

	"descent/pkg/internal/check"
)

// ClipValue bounds each component of the gradient before any optimizer sees it:
//
//	∂L/∂W ← min(max(∂L/∂W, −c), c)
//
// As torch.nn.utils.clip_grad_value_, clipvalue in Keras, optax.clip.
type ClipValue struct {
	Inner Optimizer
	Max   float64 // c, > 0

	clipped []float64 // not kept from step to step
}

var _ Stateful = (*ClipValue)(nil)

// NewClipValue returns opt with the gradient bounded by max in each component.
func NewClipValue(opt Optimizer, max float64) *ClipValue { return &ClipValue{Inner: opt, Max: max} }

// Validate reports the first hyperparameter that is out of range.
func (o *ClipValue) Validate() error {
	return check.First(fields.Positive("ClipValue", "Max", o.Max), validateInner(o.Inner))
}

// Step implements Optimizer. NaN and Inf go through to the optimizer inside.
func (o *ClipValue) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if err := begin(0, w, grad, true, &o.clipped); err != nil {
		return err
	}
	for i, g := range grad {
		// ∂L/∂W ← min(max(∂L/∂W, −c), c)
		if isFinite(g) {
			g = min(max(g, -o.Max), o.Max)
		}
		o.clipped[i] = g
	}
	return o.Inner.Step(w, o.clipped)
}

// State implements Stateful: the state of the optimizer inside.
func (o *ClipValue) State() State { return around("ClipValue", o.Inner) }

// Unwrap returns the optimizer inside.
func (o *ClipValue) Unwrap() Optimizer { return o.Inner }

func (o *ClipValue) String() string { return fmt.Sprintf("%v, |g| ≤ %v", o.Inner, o.Max) }

// ClipNorm shortens a gradient that is too long before any optimizer sees it:
//
//	∂L/∂W ← ∂L/∂W · min(1, c/(‖∂L/∂W‖ + ε))
//
// With Shapes each tensor has a norm of its own, as with clipnorm in Keras;
// without them there is one norm of all, as in torch.nn.utils.clip_grad_norm_
// (ε 1e-6), global_clipnorm in Keras and optax.clip_by_global_norm (ε 0).
//
// Source: Pascanu, Mikolov and Bengio 2013, arXiv:1211.5063.
type ClipNorm struct {
	Inner  Optimizer
	Max    float64 // c, > 0
	Order  float64 // of the norm: 1, 2 or +Inf
	Eps    float64 // ε, finite and ≥ 0
	Shapes []Shape // the tensors; none means one norm of all

	clipped []float64 // not kept from step to step
}

var _ Stateful = (*ClipNorm)(nil)

// NewClipNorm returns opt with the gradient's Euclidean norm bounded by max,
// that of each tensor if there are shapes, else that of the whole.
func NewClipNorm(opt Optimizer, max float64, shapes ...Shape) *ClipNorm {
	return &ClipNorm{Inner: opt, Max: max, Order: 2, Shapes: shapes}
}

// Validate reports the first hyperparameter that is out of range.
func (o *ClipNorm) Validate() error {
	if o.Order != 1 && o.Order != 2 && !math.IsInf(o.Order, 1) {
		return fields.Error("ClipNorm", "Order", o.Order, "1, 2 or +Inf")
	}
	return check.First(
		fields.Positive("ClipNorm", "Max", o.Max),
		fields.NonNegative("ClipNorm", "Eps", o.Eps),
		validateShapes("ClipNorm", o.Shapes),
		validateInner(o.Inner),
	)
}

// Step implements Optimizer. A gradient with NaN or Inf goes through as it is.
func (o *ClipNorm) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	mustFit(o.Shapes, len(w))
	if err := begin(0, w, grad, true, &o.clipped); err != nil {
		return err
	}
	copy(o.clipped, grad)
	if firstNonFinite(grad) < 0 {
		if len(o.Shapes) == 0 {
			o.clip(o.clipped)
		}
		lo := 0
		for _, s := range o.Shapes {
			hi := lo + s.size()
			o.clip(o.clipped[lo:hi])
			lo = hi
		}
	}
	return o.Inner.Step(w, o.clipped)
}

// clip shortens g.
func (o *ClipNorm) clip(g []float64) {
	// ∂L/∂W ← ∂L/∂W · min(1, c/(‖∂L/∂W‖ + ε))
	factor := o.Max / (o.length(g) + o.Eps)
	switch {
	case factor >= 1:
	case ordinary(factor):
		for i := range g {
			g[i] *= factor
		}
	default: // the norm is too large for a float64, or the factor too small
		const shrink = 0x1p-64
		for i := range g {
			g[i] *= shrink
		}
		length := o.length(g) + float64(o.Eps*shrink)
		for i := range g {
			g[i] = g[i] / length * o.Max
		}
	}
}

// length returns ‖g‖.
func (o *ClipNorm) length(g []float64) float64 {
	switch o.Order {
	case 1:
		sum := 0.0
		for _, g := range g {
			sum += math.Abs(g)
		}
		return sum
	case 2:
		return norm(g)
	}
	return maxNorm(g)
}

// State implements Stateful: the state of the optimizer inside.
func (o *ClipNorm) State() State { return around("ClipNorm", o.Inner) }

// Unwrap returns the optimizer inside.
func (o *ClipNorm) Unwrap() Optimizer { return o.Inner }

func (o *ClipNorm) String() string {
	name := "‖g‖"
	if len(o.Shapes) > 0 {
		name = "‖g‖ of each tensor"
	}
	return fmt.Sprintf("%v, %s ≤ %v", o.Inner, name, o.Max)
}
