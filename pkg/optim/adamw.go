package optim

import (
	"fmt"

	"descent/pkg/internal/check"
)

// AdamW is Adam with decoupled weight decay: the weights shrink by themselves,
// not through a gradient that m and v would rescale.
//
//	W ← W − ηλW
//	W ← W − η m̂ / (√v̂ + ε)    (Adam)
//
// With λ = 0 it is Adam.
//
// Differs from the paper, whose λ is not multiplied by η but only by the
// schedule: its λ is this one times η. PyTorch (torch.optim.AdamW) and optax
// multiply by η as here; optax and Keras have other defaults of λ (1e-4,
// 0.004), and Keras rescales η (EtaT) with ε 1e-7.
//
// Source: Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2.
type AdamW struct {
	LR         float64    // η, learning rate, finite and ≥ 0
	Beta1      float64    // β1, decay rate of the mean, 0 ≤ β1 < 1
	Beta2      float64    // β2, decay rate of the mean square, 0 ≤ β2 < 1
	Eps        float64    // ε outside the root, finite and ≥ 0
	Decay      float64    // λ, weight decay, finite and ≥ 0
	Correction Correction // Corrected, EtaT or Uncorrected
	NonFinite  bool       // let NaN and Inf in the gradient through

	t    int
	m, v []float64
}

var _ Stateful = (*AdamW)(nil)

// NewAdamW returns AdamW with learning rate lr, β1 = 0.9, β2 = 0.999,
// ε = 1e-8, λ = 0.01.
func NewAdamW(lr float64) *AdamW {
	return &AdamW{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Decay: 0.01}
}

// Validate reports the first hyperparameter that is out of range.
func (o *AdamW) Validate() error {
	return check.First(
		validateAdam("AdamW", o.LR, o.Beta1, o.Beta2, o.Eps, o.Correction),
		fields.NonNegative("AdamW", "Decay", o.Decay),
	)
}

// Step implements Optimizer.
func (o *AdamW) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if err := beginSquared(o.t+1, w, grad, o.NonFinite, &o.m, &o.v); err != nil {
		return err
	}
	o.t++
	eta, c1, c2 := o.Correction.at(o.t, o.LR, o.Beta1, o.Beta2)
	// W ← (1 − ηλ)W, then as in Adam
	adam(w, grad, o.m, o.v, o.Beta1, o.Beta2, update{rate: eta / c1, c: 1 / c2, eps: o.Eps, keep: 1 - float64(o.LR*o.Decay)})
	return nil
}

// EffectiveRate implements Adaptive: η/(√v̂ + ε), which multiplies m̂. With
// another Correction it is what multiplies m̂ in that update.
func (o *AdamW) EffectiveRate(dst []float64) {
	rate, c2 := o.Correction.rate(o.t, o.LR, o.Beta1, o.Beta2)
	effectiveRate(dst, o.v, rate, 1/c2, 0, o.Eps)
}

// State implements Stateful: the number of steps t and the averages m and v.
func (o *AdamW) State() State { return adamState("AdamW", &o.t, &o.m, &o.v) }

func (o *AdamW) String() string {
	return fmt.Sprintf("AdamW(η=%v, β1=%v, β2=%v, ε=%v, λ=%v%s)", o.LR, o.Beta1, o.Beta2, o.Eps, o.Decay, o.Correction.extra())
}
