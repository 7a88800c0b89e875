package optim

import (
	"fmt"
	"math"

	"descent/pkg/internal/check"
	"descent/pkg/internal/exact"
	"descent/pkg/internal/label"
)

// Correction says how a method of Adam's family corrects the bias of m and v,
// which start at 0. With
//
//	m̂ = m/(1−β1^t)    v̂ = v/(1−β2^t)    η_t = η √(1−β2^t) / (1−β1^t)
//
// the update of Adam is
type Correction int

const (
	Corrected   Correction = iota // η m̂ / (√v̂ + ε), the paper's algorithm
	EtaT                          // η_t m / (√v + ε), the paper's other form, equal but for the size of ε
	Uncorrected                   // η m / (√v + ε): the first step of Adam is 3.16 η
)

var corrections = []string{"corrected", "η_t", "uncorrected"}

func (c Correction) String() string {
	if c < 0 || int(c) >= len(corrections) {
		return fmt.Sprintf("Correction(%d)", int(c))
	}
	return corrections[c]
}

// extra is the part of an optimizer's String that names the correction.
func (c Correction) extra() string { return label.Join(label.If(c != Corrected, c.String())) }

// at returns η at step t and what m and v are divided by.
func (c Correction) at(t int, lr, beta1, beta2 float64) (eta, c1, c2 float64) {
	c1, c2 = 1-exact.Power(beta1, t), 1-exact.Power(beta2, t)
	switch c {
	case Corrected:
		return lr, c1, c2
	case EtaT:
		return lr * math.Sqrt(c2) / c1, 1, 1
	}
	return lr, 1, 1
}

// rate returns what √v/c2 + ε divides to give the factor of m̂ in the update,
// whatever the update itself is written with:
//
//	η m/c1 = η (1−β1^t)/c1 · m̂
func (c Correction) rate(t int, lr, beta1, beta2 float64) (rate, c2 float64) {
	eta, c1, c2 := c.at(t, lr, beta1, beta2)
	return eta * ((1 - exact.Power(beta1, t)) / c1), c2
}

func (c Correction) validate(method string) error {
	return fields.OneOf(method, "Correction", int(c), len(corrections), "Corrected, EtaT or Uncorrected")
}

// validateAdam checks what the methods of Adam's family have in common.
func validateAdam(method string, lr, beta1, beta2, eps float64, c Correction) error {
	return check.First(
		c.validate(method),
		fields.NonNegative(method, "LR", lr),
		fields.Fraction(method, "Beta1", beta1),
		fields.Fraction(method, "Beta2", beta2),
		fields.NonNegative(method, "Eps", eps),
	)
}

// adamState is the state of the methods of Adam's family.
func adamState(method string, t *int, m, v *[]float64, more ...Variable) State {
	return State{method, append([]Variable{{"t", t}, {"m", m}, {"v", v}}, more...)}
}
