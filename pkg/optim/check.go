package optim

import (
	"math"

	"descent/pkg/internal/check"
)

// fields checks the fields of this package.
const fields = check.In("optim")

func isFinite(x float64) bool { return math.Abs(x) <= math.MaxFloat64 }

// power returns xⁿ for x ≥ 0 and n ≥ 0 by squaring, with the same digits
// everywhere, and 0 where it is below 1e-150.
func power(x float64, n int) float64 {
	p := 1.0
	for ; n > 0; n >>= 1 {
		if x < 1e-150 {
			return 0
		}
		p *= [2]float64{1, x}[n&1] // a branch would be mispredicted half of the time
		x *= x
	}
	return p
}

// validateInner checks the optimizer inside a wrapper where it can say what is
// wrong before a step.
func validateInner(opt Optimizer) error {
	if opt == nil {
		panic("optim: the optimizer inside a wrapper is nil")
	}
	if v, ok := opt.(interface{ Validate() error }); ok {
		return v.Validate()
	}
	return nil
}
