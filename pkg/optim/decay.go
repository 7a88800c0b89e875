package optim

import (
	"fmt"

	"descent/pkg/internal/check"
)

// L2 adds to the gradient that of the penalty λ/2·‖W‖² around any optimizer:
//
//	∂L/∂W ← ∂L/∂W + λW
//
// W is where the gradient was taken: around an optimizer that looks ahead
// (LookAhead) the look-ahead point, as with the penalty in the function. It is what weight_decay means in PyTorch's optimizers other than AdamW,
// Adafactor and Muon, and weight decay in the book, which spares the biases (see
// Groups). An adaptive method rescales the penalty as it does the gradient;
// with Decoupled it does not.
//
// Source: 밑바닥부터 시작하는 딥러닝, section 6.4.2.
type L2 struct {
	Inner  Optimizer
	Lambda float64 // λ, weight decay, finite and ≥ 0

	sum   []float64 // not kept from step to step
	asked bool      // the point for the next step was asked for
}

var _ Stateful = (*L2)(nil)
var _ LookAhead = (*L2)(nil)

// NewL2 returns opt with the penalty λ/2·‖W‖².
func NewL2(opt Optimizer, lambda float64) *L2 { return &L2{Inner: opt, Lambda: lambda} }

// Validate reports the first hyperparameter that is out of range.
func (o *L2) Validate() error {
	return check.First(fields.NonNegative("L2", "Lambda", o.Lambda), validateInner(o.Inner))
}

// Ahead implements LookAhead: the point of the optimizer inside.
func (o *L2) Ahead(dst, w []float64) []float64 {
	o.asked = true
	return GradientPoint(o.Inner, dst, w)
}

// Step implements Optimizer.
func (o *L2) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if err := begin(0, w, grad, true, &o.sum); err != nil {
		return err
	}
	at := w
	if o.asked {
		at = GradientPoint(o.Inner, o.sum, w)
	}
	for i, g := range grad {
		// ∂L/∂W ← ∂L/∂W + λW
		o.sum[i] = g + float64(o.Lambda*at[i])
	}
	if err := o.Inner.Step(w, o.sum); err != nil {
		return err
	}
	o.asked = false
	return nil
}

// State implements Stateful: the state of the optimizer inside.
func (o *L2) State() State { return around("L2", o.Inner) }

// Unwrap returns the optimizer inside.
func (o *L2) Unwrap() Optimizer { return o.Inner }

func (o *L2) String() string { return fmt.Sprintf("%v + L2(λ=%v)", o.Inner, o.Lambda) }

// Decoupled shrinks the weights before each step of any optimizer:
//
//	W ← (1 − ηλ)W
//
// η is the optimizer's own learning rate; write a Follow that changes it
// outside, so that it comes first. Around Adam it gives AdamW. It is what
// weight_decay means in Keras. Steps of Accumulate inside that only collect
// leave the weights as they are.
//
// Source: Loshchilov and Hutter 2019, arXiv:1711.05101, whose λ is this one
// times η.
type Decoupled struct {
	Inner  Optimizer
	LR     *float64 // where the learning rate of Inner is; the number finite and ≥ 0
	Lambda float64  // λ, weight decay, finite and ≥ 0

	before []float64 // not kept from step to step
}

var _ Stateful = (*Decoupled)(nil)

// NewDecoupled returns opt with decoupled weight decay, as in
// NewDecoupled(sgd, &sgd.LR, 0.01). Step panics if lr is nil.
func NewDecoupled(opt Optimizer, lr *float64, lambda float64) *Decoupled {
	return &Decoupled{Inner: opt, LR: lr, Lambda: lambda}
}

// Validate reports the first hyperparameter that is out of range.
func (o *Decoupled) Validate() error {
	if o.LR == nil {
		panic("optim: Decoupled needs the address of the learning rate, it is nil")
	}
	return check.First(
		fields.NonNegative("Decoupled", "LR", *o.LR),
		fields.NonNegative("Decoupled", "Lambda", o.Lambda),
		validateInner(o.Inner),
	)
}

// Step implements Optimizer.
func (o *Decoupled) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if err := begin(0, w, grad, true, &o.before); err != nil {
		return err
	}
	copy(o.before, w)
	keep := 1 - float64(*o.LR*o.Lambda)
	for i := range w {
		// W ← (1 − ηλ)W
		w[i] *= keep
	}
	if err := o.Inner.Step(w, grad); err != nil {
		copy(w, o.before)
		return err
	}
	undoCollected(o.Inner, w, o.before)
	return nil
}

// undoCollected puts back in w what stood before where the last step of opt only
// collected.
func undoCollected(opt Optimizer, w, before []float64) {
	if collected(opt) {
		copy(w, before)
	} else if groups, ok := inside[*Groups](opt); ok {
		lo := 0
		for _, p := range groups.Parts {
			hi := lo + p.Len
			undoCollected(p.Optimizer, w[lo:hi], before[lo:hi])
			lo = hi
		}
	}
}

// State implements Stateful: the state of the optimizer inside.
func (o *Decoupled) State() State { return around("Decoupled", o.Inner) }

// Unwrap returns the optimizer inside.
func (o *Decoupled) Unwrap() Optimizer { return o.Inner }

func (o *Decoupled) String() string {
	return fmt.Sprintf("%v + decoupled decay(λ=%v)", o.Inner, o.Lambda)
}
