package optim

import (
	"fmt"
	"math"

	"descent/pkg/internal/check"
	"descent/pkg/internal/exact"
	"descent/pkg/internal/label"
)

// NAdam is Adam with Nesterov's look-ahead and a momentum that warms up.
//
//	μ_t = β1(1 − ½·0.96^(ψt))    P_t = μ_1·…·μ_t
//	m ← β1·m + (1−β1) ∂L/∂W
//	v ← β2·v + (1−β2) ∂L/∂W ⊙ ∂L/∂W
//	m̂ = μ_{t+1}·m/(1 − P_{t+1}) + (1−μ_t)·∂L/∂W/(1 − P_t)
//	W ← W − η m̂ / (√v̂ + ε)    v̂ = v/(1−β2^t)
//
// Differs from PyTorch (torch.optim.NAdam) only in that PyTorch holds P_t in
// single precision; from Keras, whose ψ is 1; from optax, whose μ_t is β1 at every t
// (Constant). The paper multiplies v̂ by another β2, which all of them drop.
//
// Source: Dozat 2016, ICLR workshop, openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ.
type NAdam struct {
	LR        float64 // η, learning rate, finite and ≥ 0
	Beta1     float64 // β1, decay rate of the mean, 0 ≤ β1 < 1
	Beta2     float64 // β2, decay rate of the mean square, 0 ≤ β2 < 1
	Eps       float64 // ε outside the root, finite and ≥ 0
	Psi       float64 // ψ, pace of the warm-up of μ_t, finite and ≥ 0; momentum_decay in PyTorch
	Constant  bool    // μ_t = β1
	NonFinite bool    // let NaN and Inf in the gradient through

	t    int
	m, v []float64
	p    float64 // P_t
}

var _ Stateful = (*NAdam)(nil)

// NewNAdam returns NAdam with learning rate lr, β1 = 0.9, β2 = 0.999,
// ε = 1e-8, ψ = 0.004.
func NewNAdam(lr float64) *NAdam {
	return &NAdam{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Psi: 0.004}
}

// Validate reports the first hyperparameter that is out of range.
func (o *NAdam) Validate() error {
	return check.First(
		validateAdam("NAdam", o.LR, o.Beta1, o.Beta2, o.Eps, Corrected),
		fields.NonNegative("NAdam", "Psi", o.Psi),
	)
}

// Step implements Optimizer.
func (o *NAdam) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if err := beginSquared(o.t+1, w, grad, o.NonFinite, &o.m, &o.v); err != nil {
		return err
	}
	o.t++
	if o.t == 1 {
		o.p = 1
	}
	mu, next := o.mu(o.t), o.mu(o.t+1)
	o.p = float64(o.p * mu)
	gradShare := (1 - mu) / (1 - float64(o.p))
	meanShare := next / (1 - float64(o.p*next))
	c2 := 1 - exact.Power(o.Beta2, o.t)
	for i, g := range grad {
		// m ← β1·m + (1−β1) ∂L/∂W
		o.m[i] = float64(o.Beta1*o.m[i]) + float64((1-o.Beta1)*g)
		// v ← β2·v + (1−β2) ∂L/∂W ⊙ ∂L/∂W
		o.v[i] = float64(o.Beta2*o.v[i]) + float64((1-o.Beta2)*float64(g*g))
		// m̂ = μ_{t+1}·m/(1 − P_{t+1}) + (1−μ_t)·∂L/∂W/(1 − P_t)
		m := float64(meanShare*o.m[i]) + float64(gradShare*g)
		// W ← W − η m̂ / (√v̂ + ε)
		w[i] -= o.LR * m / (math.Sqrt(o.v[i]/c2) + o.Eps)
	}
	return nil
}

// mu returns μ_t.
func (o *NAdam) mu(t int) float64 {
	if o.Constant {
		return o.Beta1
	}
	return o.Beta1 * (1 - math.Pow(0.96, o.Psi*float64(t))/2)
}

// EffectiveRate implements Adaptive: η/(√v̂ + ε), which multiplies m̂.
func (o *NAdam) EffectiveRate(dst []float64) {
	effectiveRate(dst, o.v, o.LR, 1/(1-exact.Power(o.Beta2, o.t)), 0, o.Eps)
}

// State implements Stateful: the number of steps t, the averages m and v, and
// the product P of the μ_t.
func (o *NAdam) State() State { return adamState("NAdam", &o.t, &o.m, &o.v, Variable{"P", &o.p}) }

func (o *NAdam) String() string {
	return fmt.Sprintf("NAdam(η=%v, β1=%v, β2=%v, ε=%v%s)", o.LR, o.Beta1, o.Beta2, o.Eps, label.Join(
		label.If(!o.Constant, fmt.Sprintf("ψ=%v", o.Psi)),
		label.If(o.Constant, "μ=β1"),
	))
}
