package optim

import (
	"fmt"
	"math"

	"descent/pkg/internal/check"
	"descent/pkg/internal/label"
)

// AdaGrad gives each parameter a learning rate of its own, which falls with
// the sum of its squared gradients.
//
//	h ← h + ∂L/∂W ⊙ ∂L/∂W
//	W ← W − η ∂L/∂W / (√h + ε)
//
// h starts at 0, so the first step is ±η in every coordinate whatever the
// slope. The effective rate η/(√h + ε) never rises.
//
// The document has no ε (set Eps to 0: a gradient that is 0 from the start
// then gives 0/0 = NaN), and its formula as written, W ← −η ∂L/∂W / √h, lacks
// W on the right; MistakeDropsW is that reading.
//
// Differs from PyTorch (torch.optim.Adagrad: ε 1e-10), Keras and optax
// (both √(h + ε) with h from 0.1) in the fields below.
//
// Sources: Duchi, Hazan and Singer 2011, JMLR 12:2121–2159; 밑바닥부터 시작하는
// 딥러닝, section 6.1.5.
type AdaGrad struct {
	LR            float64 // η, learning rate, finite and ≥ 0
	Eps           float64 // ε outside the root, finite and ≥ 0
	EpsRoot       float64 // ε inside the root: √(h + EpsRoot) + Eps, finite and ≥ 0
	Initial       float64 // h before the first step, finite and ≥ 0
	RateDecay     float64 // lr_decay of PyTorch, finite and ≥ 0: η/(1 + (t−1)·RateDecay) at step t
	MistakeDropsW bool    // W ← −η ∂L/∂W / (√h + ε), the document's line as written
	NonFinite     bool    // let NaN and Inf in the gradient through

	t int
	h []float64
}

var _ Stateful = (*AdaGrad)(nil)

// NewAdaGrad returns AdaGrad with learning rate lr and ε = 1e-7 outside the
// root.
func NewAdaGrad(lr float64) *AdaGrad { return &AdaGrad{LR: lr, Eps: 1e-7} }

// Validate reports the first hyperparameter that is out of range.
func (o *AdaGrad) Validate() error {
	return check.First(
		fields.NonNegative("AdaGrad", "LR", o.LR),
		fields.NonNegative("AdaGrad", "Eps", o.Eps),
		fields.NonNegative("AdaGrad", "EpsRoot", o.EpsRoot),
		fields.NonNegative("AdaGrad", "Initial", o.Initial),
		fields.NonNegative("AdaGrad", "RateDecay", o.RateDecay),
	)
}

// Step implements Optimizer.
func (o *AdaGrad) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	fresh := o.h == nil
	if err := beginSquared(o.t+1, w, grad, o.NonFinite, &o.h); err != nil {
		return err
	}
	if fresh {
		fill(o.h, o.Initial)
	}
	o.t++
	if o.MistakeDropsW {
		clear(w)
	}
	u := update{rate: o.rate(), c: 1, epsRoot: o.EpsRoot, eps: o.Eps, a1: 1, b1: 1}
	u.run(chosen.adagrad, w, grad, o.h, nil)
	return nil
}

func adagradLoop(w, grad, h, _ []float64, u update) {
	for i, g := range grad {
		// h ← h + ∂L/∂W ⊙ ∂L/∂W
		h[i] += float64(g * g)
		// W ← W − η ∂L/∂W / (√h + ε)
		w[i] -= u.rate * g / (math.Sqrt(h[i]+u.epsRoot) + u.eps)
	}
}

// rate returns η at step t.
func (o *AdaGrad) rate() float64 { return o.LR / (1 + float64(o.RateDecay*float64(max(0, o.t-1)))) }

// EffectiveRate implements Adaptive: η/(√h + ε).
func (o *AdaGrad) EffectiveRate(dst []float64) {
	effectiveRate(dst, o.h, o.rate(), 1, o.EpsRoot, o.Eps)
}

// State implements Stateful: the number of steps t and the sum of squares h.
func (o *AdaGrad) State() State {
	return State{"AdaGrad", []Variable{{"t", &o.t}, {"h", &o.h}}}
}

func (o *AdaGrad) String() string {
	return fmt.Sprintf("AdaGrad(η=%v, ε=%v%s)", o.LR, o.Eps, label.Join(
		label.If(o.EpsRoot != 0, fmt.Sprintf("ε in the root=%v", o.EpsRoot)),
		label.If(o.Initial != 0, fmt.Sprintf("h from %v", o.Initial)),
		label.If(o.RateDecay != 0, fmt.Sprintf("rate decay=%v", o.RateDecay)),
		label.If(o.MistakeDropsW, "W ← −η…"),
	))
}
