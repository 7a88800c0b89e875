package optim

import (
	"fmt"
	"math"

	"descent/pkg/internal/check"
)

// Yogi is Adam whose v moves by a step that does not depend on how far it is
// from the squared gradient, so that the effective rate can't rise quickly.
//
//	m ← β1·m + (1−β1) ∂L/∂W
//	v ← v − (1−β2) sign(v − g²) g²    g = ∂L/∂W
//	W ← W − η m̂ / (√v̂ + ε)    m̂ = m/(1−β1^t), v̂ = v/(1−β2^t)
//
// Differs from the paper, which starts v at the squared gradient of a first
// mini-batch; as here in optax.yogi, which corrects the bias and starts m and v
// at 1e-6 (Initial). PyTorch and Keras have none.
//
// Source: Zaheer, Reddi, Sachan, Kale and Kumar 2018, Advances in Neural
// Information Processing Systems 31.
type Yogi struct {
	LR         float64    // η, learning rate, finite and ≥ 0
	Beta1      float64    // β1, decay rate of the mean, 0 ≤ β1 < 1
	Beta2      float64    // β2, pace of v, 0 ≤ β2 < 1
	Eps        float64    // ε outside the root, finite and ≥ 0
	Initial    float64    // m and v before the first step, finite and ≥ 0
	Correction Correction // Corrected, EtaT or Uncorrected
	NonFinite  bool       // let NaN and Inf in the gradient through

	t    int
	m, v []float64
}

var _ Stateful = (*Yogi)(nil)

// NewYogi returns Yogi with learning rate lr, β1 = 0.9, β2 = 0.999, ε = 1e-3
// and m and v from 1e-6.
func NewYogi(lr float64) *Yogi {
	return &Yogi{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-3, Initial: 1e-6}
}

// Validate reports the first hyperparameter that is out of range.
func (o *Yogi) Validate() error {
	return check.First(
		validateAdam("Yogi", o.LR, o.Beta1, o.Beta2, o.Eps, o.Correction),
		fields.NonNegative("Yogi", "Initial", o.Initial),
	)
}

// Step implements Optimizer.
func (o *Yogi) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	fresh := o.v == nil
	if err := beginSquared(o.t+1, w, grad, o.NonFinite, &o.m, &o.v); err != nil {
		return err
	}
	if fresh {
		fill(o.m, o.Initial)
		fill(o.v, o.Initial)
	}
	o.t++
	eta, c1, c2 := o.Correction.at(o.t, o.LR, o.Beta1, o.Beta2)
	for i, g := range grad {
		// m ← β1·m + (1−β1) ∂L/∂W
		o.m[i] = float64(o.Beta1*o.m[i]) + float64((1-o.Beta1)*g)
		// v ← v − (1−β2) sign(v − g²) g²
		square := float64(g * g)
		o.v[i] -= float64((1 - o.Beta2) * sign(o.v[i]-square) * square)
		// W ← W − η m̂ / (√v̂ + ε)
		w[i] -= eta * (o.m[i] / c1) / (math.Sqrt(o.v[i]/c2) + o.Eps)
	}
	return nil
}

// sign returns -1, 0 or 1, and NaN of NaN.
func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return x // 0 or NaN
}

// EffectiveRate implements Adaptive: η/(√v̂ + ε), which multiplies m̂. With
// another Correction it is what multiplies m̂ in that update.
func (o *Yogi) EffectiveRate(dst []float64) {
	rate, c2 := o.Correction.rate(o.t, o.LR, o.Beta1, o.Beta2)
	effectiveRate(dst, o.v, rate, 1/c2, 0, o.Eps)
}

// State implements Stateful: the number of steps t, the average m and v.
func (o *Yogi) State() State { return adamState("Yogi", &o.t, &o.m, &o.v) }

func (o *Yogi) String() string {
	return fmt.Sprintf("Yogi(η=%v, β1=%v, β2=%v, ε=%v, m and v from %v%s)", o.LR, o.Beta1, o.Beta2, o.Eps, o.Initial, o.Correction.extra())
}
