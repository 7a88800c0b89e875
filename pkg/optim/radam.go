package optim

import (
	"fmt"
	"math"

	"descent/pkg/internal/exact"
)

// RAdam is Adam that trusts v only once it has seen enough: before that it
// steps along m̂ without dividing, then it grows into Adam by a factor r.
//
//	ρ∞ = 2/(1−β2) − 1    ρ_t = ρ∞ − 2tβ2^t/(1−β2^t)
//	W ← W − η r m̂ / (√v̂ + ε)    if ρ_t > 5, with
//	    r² = (ρ_t−4)(ρ_t−2)ρ∞ / ((ρ∞−4)(ρ∞−2)ρ_t)
//	W ← W − η m̂                 otherwise
//
// m̂ and v̂ are Adam's. With β2 ≤ 2/3 no ρ_t exceeds 5 and the method never divides.
//
// Differs from the paper, whose bound is 4 and which has no ε; from PyTorch
// (torch.optim.RAdam), which leaves v as it is and rescales η (EtaT); from
// optax (ρ_t ≥ 5) in nothing that can be seen. Keras has none.
//
// Source: Liu, Jiang, He, Chen, Liu, Gao and Han 2020, arXiv:1908.03265.
type RAdam struct {
	LR         float64    // η, learning rate, finite and ≥ 0
	Beta1      float64    // β1, decay rate of the mean, 0 ≤ β1 < 1
	Beta2      float64    // β2, decay rate of the mean square, 0 ≤ β2 < 1
	Eps        float64    // ε outside the root, finite and ≥ 0
	Threshold  float64    // what ρ_t must exceed, finite and ≥ 4
	Correction Correction // Corrected or EtaT
	NonFinite  bool       // let NaN and Inf in the gradient through

	t    int
	m, v []float64
}

var _ Stateful = (*RAdam)(nil)

// NewRAdam returns RAdam with learning rate lr, β1 = 0.9, β2 = 0.999,
// ε = 1e-8 and threshold 5.
func NewRAdam(lr float64) *RAdam {
	return &RAdam{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Threshold: 5}
}

// Validate reports the first hyperparameter that is out of range.
func (o *RAdam) Validate() error {
	if err := validateAdam("RAdam", o.LR, o.Beta1, o.Beta2, o.Eps, o.Correction); err != nil {
		return err
	}
	if o.Correction == Uncorrected {
		return fields.Error("RAdam", "Correction", float64(o.Correction), "Corrected or EtaT")
	}
	if !(o.Threshold >= 4 && isFinite(o.Threshold)) {
		return fields.Error("RAdam", "Threshold", o.Threshold, "a finite number ≥ 4")
	}
	return nil
}

// Step implements Optimizer.
func (o *RAdam) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if err := beginSquared(o.t+1, w, grad, o.NonFinite, &o.m, &o.v); err != nil {
		return err
	}
	o.t++
	eta, c1, c2 := o.Correction.at(o.t, o.LR, o.Beta1, o.Beta2)
	mean := 1 - exact.Power(o.Beta1, o.t)
	r, divide := o.rectify()
	for i, g := range grad {
		// m ← β1·m + (1−β1) ∂L/∂W
		o.m[i] = float64(o.Beta1*o.m[i]) + float64((1-o.Beta1)*g)
		// v ← β2·v + (1−β2) ∂L/∂W ⊙ ∂L/∂W
		o.v[i] = float64(o.Beta2*o.v[i]) + float64((1-o.Beta2)*float64(g*g))
		if divide {
			// W ← W − η r m̂ / (√v̂ + ε)
			w[i] -= eta * r * (o.m[i] / c1) / (math.Sqrt(o.v[i]/c2) + o.Eps)
		} else {
			// W ← W − η m̂
			w[i] -= float64(o.LR * (o.m[i] / mean))
		}
	}
	return nil
}

// rectify returns r at step t, and whether ρ_t exceeds the threshold.
func (o *RAdam) rectify() (r float64, divide bool) {
	limit := 2/(1-o.Beta2) - 1
	p := exact.Power(o.Beta2, o.t)
	rho := limit - 2*float64(o.t)*p/(1-p)
	if rho <= o.Threshold {
		return 0, false
	}
	return math.Sqrt((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho)), true
}

// State implements Stateful: the number of steps t and the averages m and v.
func (o *RAdam) State() State { return adamState("RAdam", &o.t, &o.m, &o.v) }

func (o *RAdam) String() string {
	return fmt.Sprintf("RAdam(η=%v, β1=%v, β2=%v, ε=%v, ρ>%v%s)", o.LR, o.Beta1, o.Beta2, o.Eps, o.Threshold, o.Correction.extra())
}
