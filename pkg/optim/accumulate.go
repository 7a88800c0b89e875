package optim

import (
	"fmt"

	"descent/pkg/internal/check"
	"descent/pkg/internal/count"
)

// Accumulate steps once for K gradients, along their mean, so that K small
// batches do the work of a large one:
//
//	G ← G + ∂L/∂W, K times
//	W ← inner.Step(W, G/K)
//
// A call of Step that only collects leaves w as it is. The K gradients are
// counted from the last update: a K that changes meanwhile holds for the
// gradients that are already collected, too, and the mean is over all of them,
// should they be more. As optax.MultiSteps and
// gradient_accumulation_steps in Keras. PyTorch adds the gradients of several
// backward passes, which is Sum.
type Accumulate struct {
	Inner Optimizer
	K     int  // gradients for one step, ≥ 1
	Sum   bool // step along G, not G/K

	t int // calls of Step
	// number of the first gradient in sum, from 1; 0 before the first step and in
	// states saved without it
	first int
	sum   []float64
	mean  []float64 // not kept from step to step
}

var _ Stateful = (*Accumulate)(nil)
var _ Collector = (*Accumulate)(nil)

// NewAccumulate returns opt stepping along the mean of k gradients.
func NewAccumulate(opt Optimizer, k int) *Accumulate { return &Accumulate{Inner: opt, K: k} }

// Validate reports the first hyperparameter that is out of range.
func (o *Accumulate) Validate() error {
	return check.First(fields.AtLeast("Accumulate", "K", o.K, 1), validateInner(o.Inner))
}

// Step implements Optimizer. A gradient with NaN or Inf is always refused, it
// would spoil the sum.
func (o *Accumulate) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if err := begin(o.t+1, w, grad, false, &o.sum, &o.mean); err != nil {
		return err
	}
	first := o.first
	if first == 0 {
		first = o.t - o.t%o.K + 1
	}
	if n := o.t + 2 - first; n >= o.K {
		divide := 1.0
		if !o.Sum {
			divide = float64(n)
		}
		for i, g := range grad {
			o.mean[i] = (o.sum[i] + g) / divide
		}
		// W ← inner.Step(W, G/K)
		if err := o.Inner.Step(w, o.mean); err != nil {
			return err
		}
		clear(o.sum)
		first = o.t + 2
	} else {
		for i, g := range grad {
			// G ← G + ∂L/∂W
			o.sum[i] += g
		}
	}
	o.first = first
	o.t++
	return nil
}

// Collected implements Collector.
func (o *Accumulate) Collected() bool {
	return 0 < o.first && o.first <= o.t || collected(o.Inner)
}

// State implements Stateful: the number of gradients seen, of the first since
// the last update, the sum of those since, and the state of the optimizer
// inside.
func (o *Accumulate) State() State {
	return around("Accumulate", o.Inner, Variable{"gradients", &o.t}, Variable{firstGradient, &o.first}, Variable{"sum", &o.sum})
}

// Unwrap returns the optimizer inside.
func (o *Accumulate) Unwrap() Optimizer { return o.Inner }

func (o *Accumulate) String() string {
	return fmt.Sprintf("%v, %s a step", o.Inner, count.Of(o.K, "gradient"))
}
