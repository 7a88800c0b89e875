package optim

import (
	"math"

	"descent/pkg/internal/check"
)

// fields checks the fields of this package.
const fields = check.In("optim")

func isFinite(x float64) bool { return math.Abs(x) <= math.MaxFloat64 }

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
