package optim

import (
	"fmt"
	"math"
)

// SparseAdam is Adam for gradients that are 0 in most places, such as those of
// an embedding: parameters without a gradient keep their m, v and W.
//
//	η_t = η √(1−β2^t) / (1−β1^t), t counts the steps of all parameters
//	where there is a gradient:
//	m ← β1·m + (1−β1) ∂L/∂W
//	v ← β2·v + (1−β2) ∂L/∂W ⊙ ∂L/∂W
//	W ← W − η_t m / (√v + ε)
//
// Differs from Adam, which moves a parameter by its m also where the gradient
// is 0; from torch.optim.SparseAdam in nothing. optax and Keras have none.
//
// Source: Kingma and Ba 2015, arXiv:1412.6980, end of section 2.
type SparseAdam struct {
	LR        float64 // η, learning rate, finite and ≥ 0
	Beta1     float64 // β1, decay rate of the mean, 0 ≤ β1 < 1
	Beta2     float64 // β2, decay rate of the mean square, 0 ≤ β2 < 1
	Eps       float64 // ε outside the root, finite and ≥ 0
	NonFinite bool    // let NaN and Inf in the gradient through

	t    int
	m, v []float64
}

var _ Stateful = (*SparseAdam)(nil)

// NewSparseAdam returns SparseAdam with learning rate lr, β1 = 0.9, β2 = 0.999,
// ε = 1e-8.
func NewSparseAdam(lr float64) *SparseAdam {
	return &SparseAdam{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8}
}

// Validate reports the first hyperparameter that is out of range.
func (o *SparseAdam) Validate() error {
	return validateAdam("SparseAdam", o.LR, o.Beta1, o.Beta2, o.Eps, Corrected)
}

// Step implements Optimizer: a gradient that is exactly 0 is none.
func (o *SparseAdam) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if err := beginSquared(o.t+1, w, grad, o.NonFinite, &o.m, &o.v); err != nil {
		return err
	}
	o.t++
	eta, _, _ := EtaT.at(o.t, o.LR, o.Beta1, o.Beta2)
	for i, g := range grad {
		if g != 0 {
			o.update(w, i, g, eta)
		}
	}
	return nil
}

// StepAt is Step for a gradient in coordinate form: grad[k] = ∂L/∂w[index[k]],
// a gradient of 0 included. An index must not stand there twice, which is not
// checked. The Index of a GradientError counts in grad. StepAt costs time in
// proportion to len(index), not to len(w).
//
// It panics if len(index) != len(grad) or an index is not one of w.
func (o *SparseAdam) StepAt(w []float64, index []int, grad []float64) error {
	if len(index) != len(grad) {
		panic(fmt.Sprintf("optim: len(index) is %d, but len(grad) is %d", len(index), len(grad)))
	}
	for k, i := range index {
		if i < 0 || i >= len(w) {
			panic(fmt.Sprintf("optim: index[%d] is %d, but len(w) is %d", k, i, len(w)))
		}
	}
	if err := o.Validate(); err != nil {
		return err
	}
	if err := beginSquared(o.t+1, grad, grad, o.NonFinite); err != nil {
		return err
	}
	if err := begin(o.t+1, w, w, true, &o.m, &o.v); err != nil {
		return err
	}
	o.t++
	eta, _, _ := EtaT.at(o.t, o.LR, o.Beta1, o.Beta2)
	for k, i := range index {
		o.update(w, i, grad[k], eta)
	}
	return nil
}

// update is the step of parameter i.
func (o *SparseAdam) update(w []float64, i int, g, eta float64) {
	// m ← β1·m + (1−β1) ∂L/∂W
	o.m[i] = float64(o.Beta1*o.m[i]) + float64((1-o.Beta1)*g)
	// v ← β2·v + (1−β2) ∂L/∂W ⊙ ∂L/∂W
	o.v[i] = float64(o.Beta2*o.v[i]) + float64((1-o.Beta2)*float64(g*g))
	// W ← W − η_t m / (√v + ε)
	w[i] -= eta * o.m[i] / (math.Sqrt(o.v[i]) + o.Eps)
}

// State implements Stateful: the number of steps t and the averages m and v.
func (o *SparseAdam) State() State { return adamState("SparseAdam", &o.t, &o.m, &o.v) }

func (o *SparseAdam) String() string {
	return fmt.Sprintf("SparseAdam(η=%v, β1=%v, β2=%v, ε=%v)", o.LR, o.Beta1, o.Beta2, o.Eps)
}
