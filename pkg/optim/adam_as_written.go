package optim

import (
	"fmt"
	"math"

	"descent/pkg/internal/exact"
	"descent/pkg/internal/label"
)

// AdamAsWritten is Adam as the document's lines read: it rescales the learning
// rate, which corrects the bias of m and v, and then corrects them once more.
//
//	η_t ← η √(1−β2^t) / (1−β1^t)
//	m̂ ← m/(1−β1^t)    v̂ ← v/(1−β2^t)
//	W ← W − η_t m̂ / (√v̂ + ε)
//
// The second correction acts as a warm-up by accident: the step is 0.32 η at
// first, 0.15 η at t = 12, and back at η after some thousand steps. It is here
// for the lesson on Adam; use Adam.
//
// Source: the document, notebooks/claims.json, formulas F08 to F14.
type AdamAsWritten struct {
	LR    float64 // η, learning rate, finite and ≥ 0
	Beta1 float64 // β1, decay rate of the mean, 0 ≤ β1 < 1
	Beta2 float64 // β2, decay rate of the mean square, 0 ≤ β2 < 1
	Eps   float64 // ε outside the root, finite and ≥ 0
	// η ← η_t is kept for the next step, as when the line is a statement of a
	// program: η vanishes
	Overwrite bool
	Raw       bool // W ← W − η_t m / (√v + ε): without Overwrite this is Adam with EtaT
	NonFinite bool // let NaN and Inf in the gradient through

	t    int
	m, v []float64
	eta  float64 // η_t/LR of the last step
}

var _ Stateful = (*AdamAsWritten)(nil)

// NewAdamAsWritten returns AdamAsWritten with the defaults of NewAdam.
func NewAdamAsWritten(lr float64) *AdamAsWritten {
	return &AdamAsWritten{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8}
}

// Validate reports the first hyperparameter that is out of range.
func (o *AdamAsWritten) Validate() error {
	return validateAdam("AdamAsWritten", o.LR, o.Beta1, o.Beta2, o.Eps, Corrected)
}

// Step implements Optimizer.
func (o *AdamAsWritten) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if err := beginSquared(o.t+1, w, grad, o.NonFinite, &o.m, &o.v); err != nil {
		return err
	}
	o.t++
	if o.t == 1 || !o.Overwrite {
		o.eta = 1
	}
	c1, c2 := 1-exact.Power(o.Beta1, o.t), 1-exact.Power(o.Beta2, o.t)
	// η ← η √(1−β2^t) / (1−β1^t)
	o.eta *= math.Sqrt(c2) / c1
	if o.Raw {
		c1, c2 = 1, 1
	}
	adam(w, grad, o.m, o.v, o.Beta1, o.Beta2, update{rate: o.LR * o.eta / c1, c: 1 / c2, eps: o.Eps, keep: 1})
	return nil
}

// State implements Stateful: the number of steps t, the averages m and v, and
// η_t relative to LR.
func (o *AdamAsWritten) State() State {
	return adamState("AdamAsWritten", &o.t, &o.m, &o.v, Variable{"eta", &o.eta})
}

func (o *AdamAsWritten) String() string {
	return fmt.Sprintf("AdamAsWritten(η=%v, β1=%v, β2=%v, ε=%v%s)", o.LR, o.Beta1, o.Beta2, o.Eps, label.Join(
		label.If(o.Overwrite, "η overwritten"),
		label.If(o.Raw, "m and v uncorrected"),
	))
}
