package optim

import (
	"fmt"

	"descent/pkg/internal/check"
	"descent/pkg/internal/label"
)

// Nesterov is Momentum that takes the gradient where the velocity leads, at
// the look-ahead point W + αv:
//
//	v ← αv − η ∂L/∂W(W + αv)
//	W ← W + v
//
// This is the form of the paper (Paper: true). Step is then to be given the
// gradient at the point that Ahead returns; Minimize and mlp.Train do so, a loop
// of your own asks GradientPoint. From the second step on Step returns an error
// if nobody asked for the point, since the method would be Momentum. By default
// the same method is written in the look-ahead point itself, Θ = W + αv, and so
// takes the gradient at the parameters, as PyTorch, Keras and optax do:
//
//	v ← αv − η ∂L/∂Θ
//	Θ ← Θ + αv − η ∂L/∂Θ
//
// v starts at 0. On a quadratic it converges for
// 0 < η < 2(1+α)/((1+2α)λmax). With α = 0 it is SGD.
//
// Differs from PyTorch (torch.optim.SGD with nesterov=True) and optax only in
// where η stands, see RateOutside. The code of the book (밑바닥부터 시작하는 딥러닝,
// common/optimizer.py) updates v before it computes
// Θ ← Θ + α²v − (1+α)η ∂L/∂Θ, which calls for the old v: MistakeBookOrder is
// that form. It diverges for η ≥ 0.86/λmax at α = 0.9, where Nesterov's method
// converges up to 1.35/λmax.
//
// Sources: Nesterov 1983, Soviet Math. Doklady 27:372–376; Sutskever, Martens,
// Dahl and Hinton 2013, PMLR 28(3):1139–1147; Bengio, Boulanger-Lewandowski and
// Pascanu 2012, arXiv:1212.0901.
type Nesterov struct {
	LR               float64 // η, learning rate, finite and ≥ 0
	Alpha            float64 // α, momentum coefficient, finite and ≥ 0; it converges only below 1
	RateOutside      bool    // v ← αv − ∂L/∂Θ, Θ ← Θ + η(αv − ∂L/∂Θ)
	Paper            bool    // grad is the gradient at the point that Ahead returns
	MistakeBookOrder bool    // the order of updates in the book's code
	NonFinite        bool    // let NaN and Inf in the gradient through

	t     int
	v     []float64
	asked bool // the point for the next step was asked for
}

var _ Stateful = (*Nesterov)(nil)
var _ LookAhead = (*Nesterov)(nil)

// NewNesterov returns Nesterov with learning rate lr and α = 0.9.
func NewNesterov(lr float64) *Nesterov { return &Nesterov{LR: lr, Alpha: 0.9} }

// Ahead implements LookAhead. With Paper it stores W + αv in dst and returns it,
// otherwise it returns w.
func (o *Nesterov) Ahead(dst, w []float64) []float64 {
	if len(dst) != len(w) || o.v != nil && len(o.v) != len(w) {
		panic(fmt.Sprintf("optim: len(dst) is %d, but len(w) is %d", len(dst), len(w)))
	}
	if !o.Paper {
		return w
	}
	o.asked = true
	copy(dst, w)
	_, outside := rates(o.LR, o.RateOutside)
	for i, v := range o.v {
		// W + αv
		dst[i] += float64(o.Alpha * v * outside)
	}
	return dst
}

// Validate reports the first hyperparameter that is out of range.
func (o *Nesterov) Validate() error {
	if o.Paper && o.MistakeBookOrder {
		return fields.Error("Nesterov", "MistakeBookOrder", 1, "false where Paper is true")
	}
	return check.First(
		fields.NonNegative("Nesterov", "LR", o.LR),
		fields.NonNegative("Nesterov", "Alpha", o.Alpha),
	)
}

// Step implements Optimizer.
func (o *Nesterov) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if o.Paper && o.t > 0 && !o.asked {
		return fmt.Errorf("optim: nobody asked for the point at which %v wants the gradient, W + αv; take the gradient at GradientPoint, and give each wrapper of your own the method Unwrap", o)
	}
	if err := begin(o.t+1, w, grad, o.NonFinite, &o.v); err != nil {
		return err
	}
	o.asked = false
	o.t++
	rate, outside := rates(o.LR, o.RateOutside)
	for i, g := range grad {
		// v ← αv − η ∂L/∂W
		v := float64(o.Alpha*o.v[i]) - float64(rate*g)
		o.v[i] = v
		switch {
		case o.Paper: // W ← W + v
			w[i] += float64(outside * v)
		case o.MistakeBookOrder: // Θ ← Θ + α²v − (1+α)η ∂L/∂Θ with the new v
			w[i] += float64(outside * (float64(o.Alpha*o.Alpha*v) - float64((1+o.Alpha)*rate*g)))
		default: // Θ ← Θ + αv − η ∂L/∂Θ
			w[i] += float64(outside * (float64(o.Alpha*v) - float64(rate*g)))
		}
	}
	return nil
}

// State implements Stateful: the number of steps t and the velocity v.
func (o *Nesterov) State() State {
	return State{"Nesterov", []Variable{{"t", &o.t}, {"v", &o.v}}}
}

func (o *Nesterov) String() string {
	return fmt.Sprintf("Nesterov(η=%v, α=%v%s)", o.LR, o.Alpha, label.Join(
		label.If(o.RateOutside, "η outside v"),
		label.If(o.Paper, "look-ahead gradient"),
		label.If(o.MistakeBookOrder, "the book's order"),
	))
}
