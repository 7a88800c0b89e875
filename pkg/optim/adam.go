package optim

import (
	"fmt"
	"math"

	"descent/pkg/internal/check"
	"descent/pkg/internal/label"
)

// Adam divides the average of the gradient by the root of the average of its
// square, both corrected for their start at 0.
//
//	t ← t + 1
//	m ← β1·m + (1−β1) ∂L/∂W
//	v ← β2·v + (1−β2) ∂L/∂W ⊙ ∂L/∂W
//	m̂ ← m/(1−β1^t)    v̂ ← v/(1−β2^t)
//	W ← W − η m̂ / (√v̂ + ε)
//
// m and v start at 0. The first step is ±η in every coordinate; no step is
// longer than η(1−β1)/√(1−β2)/√(1−β1²/β2), 7.27 η with the defaults, as long as
// β1² < β2. With β1 = 0 it is RMSProp with a corrected h.
//
// The document rescales η and corrects m and v as well, AdamAsWritten.
//
// Differs from PyTorch (torch.optim.Adam) in nothing; from Keras and the
// book's code (EtaT with ε 1e-7), which leaves m and v as they are and rescales
// η, in the size of ε: theirs acts like ε/√(1−β2^t), 31.6 ε at the first step.
// optax has both places of ε, as here.
//
// Sources: Kingma and Ba 2015, arXiv:1412.6980, algorithm 1; 밑바닥부터
// 시작하는 딥러닝, section 6.1.6.
type Adam struct {
	LR         float64    // η, learning rate, finite and ≥ 0
	Beta1      float64    // β1, decay rate of the mean, 0 ≤ β1 < 1
	Beta2      float64    // β2, decay rate of the mean square, 0 ≤ β2 < 1
	Eps        float64    // ε outside the root, finite and ≥ 0
	EpsRoot    float64    // ε inside the root: √(v̂ + EpsRoot) + Eps, finite and ≥ 0
	Correction Correction // how the bias of m and v is corrected
	NonFinite  bool       // let NaN and Inf in the gradient through

	t    int
	m, v []float64
}

var _ Stateful = (*Adam)(nil)

// NewAdam returns Adam with learning rate lr, β1 = 0.9, β2 = 0.999, ε = 1e-8.
func NewAdam(lr float64) *Adam { return &Adam{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8} }

// Validate reports the first hyperparameter that is out of range.
func (o *Adam) Validate() error {
	return check.First(
		fields.NonNegative("Adam", "LR", o.LR),
		fields.Fraction("Adam", "Beta1", o.Beta1),
		fields.Fraction("Adam", "Beta2", o.Beta2),
		fields.NonNegative("Adam", "Eps", o.Eps),
		fields.NonNegative("Adam", "EpsRoot", o.EpsRoot),
		o.Correction.validate("Adam"),
	)
}

// Step implements Optimizer.
func (o *Adam) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if err := beginSquared(o.t+1, w, grad, o.NonFinite, &o.m, &o.v); err != nil {
		return err
	}
	// t ← t + 1
	o.t++
	eta, c1, c2 := o.Correction.at(o.t, o.LR, o.Beta1, o.Beta2)
	adam(w, grad, o.m, o.v, o.Beta1, o.Beta2, update{rate: eta / c1, c: 1 / c2, epsRoot: o.EpsRoot, eps: o.Eps, keep: 1})
	return nil
}

// adam is the step of Adam, AdamW and AdamAsWritten with the averages of β1 and
// β2. The corrections are the same for all parameters and stand in u:
//
//	m̂ ← m/(1−β1^t)    v̂ ← v/(1−β2^t)    rate·m = η m̂    c·v = v̂
func adam(w, grad, m, v []float64, beta1, beta2 float64, u update) {
	u.a1, u.b1 = beta1, 1-beta1
	u.a2, u.b2 = beta2, 1-beta2
	u.run(chosen.adam, w, grad, m, v)
}

func adamLoop(w, grad, m, v []float64, u update) {
	for i, g := range grad {
		// m ← β1·m + (1−β1) ∂L/∂W
		m[i] = float64(u.a1*m[i]) + float64(u.b1*g)
		// v ← β2·v + (1−β2) ∂L/∂W ⊙ ∂L/∂W
		v[i] = float64(u.a2*v[i]) + float64(u.b2*float64(g*g))
		// W ← W − η m̂ / (√v̂ + ε)
		w[i] = float64(u.keep*w[i]) - u.rate*m[i]/(math.Sqrt(float64(u.c*v[i])+u.epsRoot)+u.eps)
	}
}

// EffectiveRate implements Adaptive: η/(√v̂ + ε), which multiplies m̂. With
// another Correction it is what multiplies m̂ in that update.
func (o *Adam) EffectiveRate(dst []float64) {
	rate, c2 := o.Correction.rate(o.t, o.LR, o.Beta1, o.Beta2)
	effectiveRate(dst, o.v, rate, 1/c2, o.EpsRoot, o.Eps)
}

// State implements Stateful: the number of steps t and the averages m and v.
func (o *Adam) State() State { return adamState("Adam", &o.t, &o.m, &o.v) }

func (o *Adam) String() string {
	return fmt.Sprintf("Adam(η=%v, β1=%v, β2=%v, ε=%v%s)", o.LR, o.Beta1, o.Beta2, o.Eps, label.Join(
		label.If(o.EpsRoot != 0, fmt.Sprintf("ε in the root=%v", o.EpsRoot)),
	)+o.Correction.extra())
}
