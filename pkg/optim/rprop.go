package optim

import (
	"fmt"

	"descent/pkg/internal/check"
)

// Rprop steps by the sign of the gradient, with a step length for each
// parameter that grows while the sign stays and shrinks when it turns. It is
// meant for the full batch: noise turns signs.
//
//	s = sign(g · g_previous)    g = ∂L/∂W
//	Δ ← Δ·η⁺ if s > 0, Δ·η⁻ if s < 0, within Min and Max
//	g ← 0 if s < 0
//	W ← W − sign(g) Δ
//
// Δ starts at LR. The step after a turn does not count as one (iRprop−).
//
// Differs from the paper, which also takes back the step that went too far. As
// here in PyTorch (torch.optim.Rprop). optax.rprop applies each update one step
// late. Keras has none.
//
// Sources: Riedmiller and Braun 1993, doi:10.1109/ICNN.1993.298623; iRprop−:
// Igel and Hüsken 2003, doi:10.1016/S0925-2312(01)00700-7.
type Rprop struct {
	LR        float64 // Δ before the first step, finite and ≥ 0; later changes have no effect
	EtaMinus  float64 // η⁻, 0 < η⁻ < 1
	EtaPlus   float64 // η⁺, finite and > 1
	Min, Max  float64 // bounds of Δ, 0 ≤ Min ≤ Max
	NonFinite bool    // let NaN and Inf in the gradient through

	t           int
	delta, last []float64
}

var _ Stateful = (*Rprop)(nil)

// NewRprop returns Rprop with Δ from lr, η⁻ = 0.5, η⁺ = 1.2 and Δ within 1e-6
// and 50.
func NewRprop(lr float64) *Rprop {
	return &Rprop{LR: lr, EtaMinus: 0.5, EtaPlus: 1.2, Min: 1e-6, Max: 50}
}

// Validate reports the first hyperparameter that is out of range.
func (o *Rprop) Validate() error {
	if err := check.First(
		fields.NonNegative("Rprop", "LR", o.LR),
		fields.NonNegative("Rprop", "Min", o.Min),
	); err != nil {
		return err
	}
	switch {
	case !(o.EtaMinus > 0 && o.EtaMinus < 1):
		return fields.Error("Rprop", "EtaMinus", o.EtaMinus, "0 < EtaMinus < 1")
	case !(o.EtaPlus > 1 && isFinite(o.EtaPlus)):
		return fields.Error("Rprop", "EtaPlus", o.EtaPlus, "a finite number > 1")
	case !(o.Max >= o.Min):
		return fields.Error("Rprop", "Max", o.Max, fmt.Sprintf("Min = %v or more", o.Min))
	}
	return nil
}

// Step implements Optimizer.
func (o *Rprop) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	fresh := o.delta == nil
	if err := begin(o.t+1, w, grad, o.NonFinite, &o.delta, &o.last); err != nil {
		return err
	}
	if fresh {
		fill(o.delta, o.LR)
	}
	o.t++
	for i, g := range grad {
		// Δ ← Δ·η⁺ if s > 0, Δ·η⁻ if s < 0, within Min and Max
		switch s := sign(g) * sign(o.last[i]); {
		case s > 0:
			o.delta[i] *= o.EtaPlus
		case s < 0:
			o.delta[i] *= o.EtaMinus
			g = 0
		}
		o.delta[i] = max(o.Min, min(o.Max, o.delta[i]))
		// W ← W − sign(g) Δ
		w[i] -= float64(sign(g) * o.delta[i])
		o.last[i] = g
	}
	return nil
}

// State implements Stateful: the number of steps t, the step lengths Δ and the
// gradient of the step before.
func (o *Rprop) State() State {
	return State{"Rprop", []Variable{{"t", &o.t}, {"Δ", &o.delta}, {"g", &o.last}}}
}

func (o *Rprop) String() string {
	return fmt.Sprintf("Rprop(Δ from %v, η⁻=%v, η⁺=%v, Δ within %v…%v)", o.LR, o.EtaMinus, o.EtaPlus, o.Min, o.Max)
}
