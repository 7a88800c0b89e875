package optim

import (
	"fmt"
	"math"

	"descent/pkg/internal/label"
)

// AMSGrad is Adam whose effective rate never rises: it divides by the largest
// v so far.
//
//	m ← β1·m + (1−β1) ∂L/∂W
//	v ← β2·v + (1−β2) ∂L/∂W ⊙ ∂L/∂W
//	V ← max(V, v)
//	W ← W − η m̂ / (√V̂ + ε)    m̂ = m/(1−β1^t), V̂ = V/(1−β2^t)
//
// It converges on the paper's counter-example, where Adam ends on the wrong
// side.
//
// Differs from the paper, which corrects no bias and has no ε (Correction:
// Uncorrected); as here in PyTorch (torch.optim.Adam with amsgrad=True). Keras
// rescales η (EtaT), optax.amsgrad takes the maximum of the corrected v
// (MaxOfCorrected).
//
// Source: Reddi, Kale and Kumar 2018, arXiv:1904.09237.
type AMSGrad struct {
	LR         float64    // η, learning rate, finite and ≥ 0
	Beta1      float64    // β1, decay rate of the mean, 0 ≤ β1 < 1
	Beta2      float64    // β2, decay rate of the mean square, 0 ≤ β2 < 1
	Eps        float64    // ε outside the root, finite and ≥ 0
	Correction Correction // Corrected, EtaT or Uncorrected
	// V ← max(V, v/(1−β2^t)), V̂ = V; without effect unless Correction is Corrected
	MaxOfCorrected bool
	NonFinite      bool // let NaN and Inf in the gradient through

	t       int
	m, v, V []float64
}

var _ Stateful = (*AMSGrad)(nil)

// NewAMSGrad returns AMSGrad with learning rate lr, β1 = 0.9, β2 = 0.999,
// ε = 1e-8.
func NewAMSGrad(lr float64) *AMSGrad { return &AMSGrad{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8} }

// Validate reports the first hyperparameter that is out of range.
func (o *AMSGrad) Validate() error {
	return validateAdam("AMSGrad", o.LR, o.Beta1, o.Beta2, o.Eps, o.Correction)
}

// Step implements Optimizer.
func (o *AMSGrad) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if err := beginSquared(o.t+1, w, grad, o.NonFinite, &o.m, &o.v, &o.V); err != nil {
		return err
	}
	o.t++
	eta, c1, c2 := o.Correction.at(o.t, o.LR, o.Beta1, o.Beta2)
	before := 1.0 // what v is divided by before the maximum
	if o.MaxOfCorrected {
		before, c2 = c2, 1
	}
	for i, g := range grad {
		// m ← β1·m + (1−β1) ∂L/∂W
		o.m[i] = float64(o.Beta1*o.m[i]) + float64((1-o.Beta1)*g)
		// v ← β2·v + (1−β2) ∂L/∂W ⊙ ∂L/∂W
		o.v[i] = float64(o.Beta2*o.v[i]) + float64((1-o.Beta2)*float64(g*g))
		// V ← max(V, v)
		o.V[i] = max(o.V[i], o.v[i]/before)
		// W ← W − η m̂ / (√V̂ + ε)
		w[i] -= eta * (o.m[i] / c1) / (math.Sqrt(o.V[i]/c2) + o.Eps)
	}
	return nil
}

// EffectiveRate implements Adaptive: η/(√V̂ + ε), which multiplies m̂. With
// another Correction it is what multiplies m̂ in that update.
func (o *AMSGrad) EffectiveRate(dst []float64) {
	rate, c2 := o.Correction.rate(o.t, o.LR, o.Beta1, o.Beta2)
	if o.MaxOfCorrected {
		c2 = 1
	}
	effectiveRate(dst, o.V, rate, 1/c2, 0, o.Eps)
}

// State implements Stateful: the number of steps t, the averages m and v, and
// the maximum V.
func (o *AMSGrad) State() State {
	return adamState("AMSGrad", &o.t, &o.m, &o.v, Variable{"V", &o.V})
}

func (o *AMSGrad) String() string {
	return fmt.Sprintf("AMSGrad(η=%v, β1=%v, β2=%v, ε=%v%s)", o.LR, o.Beta1, o.Beta2, o.Eps,
		o.Correction.extra()+label.Join(label.If(o.MaxOfCorrected, "maximum of v̂")))
}
