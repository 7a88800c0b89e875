package optim

import (
	"fmt"
	"math"

	"descent/pkg/internal/check"
)

// ASGD is SGD with a falling learning rate that also averages the parameters
// it visits; the average is the result.
//
//	η_t = η/(1 + λη(t−1))^α, η at the first step
//	W ← (1 − λη_t)W − η_t ∂L/∂W
//	W̄ ← W̄ + μ_t(W − W̄)    μ_t = 1/max(1, t − 1 − T0)
//
// Step moves W; Average gives W̄, which equals W until step T0 + 2.
//
// Differs from PyTorch (torch.optim.ASGD) only in that PyTorch holds η_t in
// single precision. optax and Keras have none.
//
// Source: Polyak and Juditsky 1992, doi:10.1137/0330046.
type ASGD struct {
	LR        float64 // η, learning rate, finite and ≥ 0
	Lambda    float64 // λ, decay of the parameters and of the rate, finite and ≥ 0
	Alpha     float64 // α, power of the rate, finite and ≥ 0
	T0        int     // step after which the averaging starts, ≥ 0
	NonFinite bool    // let NaN and Inf in the gradient through

	t   int
	avg []float64
}

var _ Stateful = (*ASGD)(nil)

// NewASGD returns ASGD with learning rate lr, λ = 1e-4, α = 0.75 and
// T0 = 1,000,000.
func NewASGD(lr float64) *ASGD { return &ASGD{LR: lr, Lambda: 1e-4, Alpha: 0.75, T0: 1_000_000} }

// Validate reports the first hyperparameter that is out of range.
func (o *ASGD) Validate() error {
	return check.First(
		fields.NonNegative("ASGD", "LR", o.LR),
		fields.NonNegative("ASGD", "Lambda", o.Lambda),
		fields.NonNegative("ASGD", "Alpha", o.Alpha),
		fields.AtLeast("ASGD", "T0", o.T0, 0),
	)
}

// Step implements Optimizer.
func (o *ASGD) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if err := begin(o.t+1, w, grad, o.NonFinite, &o.avg); err != nil {
		return err
	}
	// η_t = η/(1 + λη(t−1))^α
	rate := o.LR / math.Pow(1+float64(o.Lambda*o.LR*float64(o.t)), o.Alpha)
	// μ_t = 1/max(1, t − 1 − T0)
	mu := 1 / float64(max(1, o.t-o.T0))
	o.t++
	for i, g := range grad {
		// W ← (1 − λη_t)W − η_t ∂L/∂W
		w[i] = float64((1-float64(o.Lambda*rate))*w[i]) - float64(rate*g)
		// W̄ ← W̄ + μ_t(W − W̄)
		if mu == 1 {
			o.avg[i] = w[i]
		} else {
			o.avg[i] += float64(mu * (w[i] - o.avg[i]))
		}
	}
	return nil
}

// Average returns W̄, not copied, and nil before the first step.
func (o *ASGD) Average() []float64 { return o.avg }

// State implements Stateful: the number of steps t and the average W̄.
func (o *ASGD) State() State {
	return State{"ASGD", []Variable{{"t", &o.t}, {"average", &o.avg}}}
}

func (o *ASGD) String() string {
	return fmt.Sprintf("ASGD(η=%v, λ=%v, α=%v, T0=%v)", o.LR, o.Lambda, o.Alpha, o.T0)
}
