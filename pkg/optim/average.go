package optim

import (
	"fmt"

	"descent/pkg/internal/check"
)

// EMA keeps an exponential moving average of the parameters that any optimizer
// visits. Step moves W, Average gives the average:
//
//	W̄ ← βW̄ + (1−β)W, W̄ = W after the first step
//
// As torch.optim.swa_utils.AveragedModel with get_ema_multi_avg_fn, and use_ema
// in Keras. Steps of Accumulate inside that only collect do not count.
type EMA struct {
	Inner Optimizer
	Beta  float64 // β, decay rate, 0 ≤ β < 1

	t   int
	avg []float64
}

var _ Stateful = (*EMA)(nil)

// NewEMA returns opt with an average of decay rate beta.
func NewEMA(opt Optimizer, beta float64) *EMA { return &EMA{Inner: opt, Beta: beta} }

// Validate reports the first hyperparameter that is out of range.
func (o *EMA) Validate() error {
	return check.First(fields.Fraction("EMA", "Beta", o.Beta), validateInner(o.Inner))
}

// Step implements Optimizer.
func (o *EMA) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if err := begin(o.t+1, w, grad, true, &o.avg); err != nil {
		return err
	}
	if err := o.Inner.Step(w, grad); err != nil {
		return err
	}
	if collected(o.Inner) {
		return nil
	}
	o.t++
	if o.t == 1 {
		copy(o.avg, w)
		return nil
	}
	for i, w := range w {
		// W̄ ← βW̄ + (1−β)W
		o.avg[i] = float64(o.Beta*o.avg[i]) + float64((1-o.Beta)*w)
	}
	return nil
}

// Average returns W̄, not copied, and nil before the first step.
func (o *EMA) Average() []float64 {
	if o.t == 0 {
		return nil
	}
	return o.avg
}

// State implements Stateful: the number of steps, the average, and the state of
// the optimizer inside.
func (o *EMA) State() State {
	return around("EMA", o.Inner, Variable{"steps", &o.t}, Variable{"average", &o.avg})
}

// Unwrap returns the optimizer inside.
func (o *EMA) Unwrap() Optimizer { return o.Inner }

func (o *EMA) String() string { return fmt.Sprintf("EMA(%v, β=%v)", o.Inner, o.Beta) }

// SWA keeps the mean of the parameters that any optimizer visits from some
// step on. Step moves W, Average gives the mean:
//
//	W̄ ← W̄ + (W − W̄)/(n+1)    n = points averaged so far
//
// at the steps From, From + Every, …; those of Accumulate inside that only
// collect do not count. As torch.optim.swa_utils.AveragedModel. The paper lets a
// constant or cyclic learning rate run meanwhile: see Follow.
//
// Source: Izmailov, Podoprikhin, Garipov, Vetrov and Wilson 2018,
// arXiv:1803.05407.
type SWA struct {
	Inner Optimizer
	From  int // first step that counts, ≥ 1
	Every int // steps between two that count, ≥ 1

	t, n int
	avg  []float64
}

var _ Stateful = (*SWA)(nil)

// NewSWA returns opt with the mean of the parameters after step from and after
// each every-th step from then on.
func NewSWA(opt Optimizer, from, every int) *SWA { return &SWA{Inner: opt, From: from, Every: every} }

// Validate reports the first hyperparameter that is out of range.
func (o *SWA) Validate() error {
	return check.First(
		fields.AtLeast("SWA", "From", o.From, 1),
		fields.AtLeast("SWA", "Every", o.Every, 1),
		validateInner(o.Inner),
	)
}

// Step implements Optimizer.
func (o *SWA) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if err := begin(o.t+1, w, grad, true, &o.avg); err != nil {
		return err
	}
	if err := o.Inner.Step(w, grad); err != nil {
		return err
	}
	if collected(o.Inner) {
		return nil
	}
	o.t++
	if o.t < o.From || (o.t-o.From)%o.Every != 0 {
		return nil
	}
	for i, w := range w {
		// W̄ ← W̄ + (W − W̄)/(n+1)
		o.avg[i] += (w - o.avg[i]) / float64(o.n+1)
	}
	o.n++
	return nil
}

// Average returns W̄, not copied, and nil before step From.
func (o *SWA) Average() []float64 {
	if o.n == 0 {
		return nil
	}
	return o.avg
}

// State implements Stateful: the number of steps and of those that count, the
// mean, and the state of the optimizer inside.
func (o *SWA) State() State {
	return around("SWA", o.Inner, Variable{"steps", &o.t}, Variable{"n", &o.n}, Variable{"average", &o.avg})
}

// Unwrap returns the optimizer inside.
func (o *SWA) Unwrap() Optimizer { return o.Inner }

func (o *SWA) String() string {
	return fmt.Sprintf("SWA(%v, from step %d, every %d)", o.Inner, o.From, o.Every)
}
