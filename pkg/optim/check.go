package optim

import (
	"fmt"
	"math"
)

// validate returns the first error; each argument is the check of one field.
func validate(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// nonNegative allows 0 ≤ x < ∞.
func nonNegative(method, field string, x float64) error {
	if x >= 0 && x <= math.MaxFloat64 {
		return nil
	}
	return &FieldError{method, field, x, "a finite number ≥ 0"}
}

// positive allows 0 < x < ∞.
func positive(method, field string, x float64) error {
	if x > 0 && x <= math.MaxFloat64 {
		return nil
	}
	return &FieldError{method, field, x, "a finite number > 0"}
}

// fraction allows 0 ≤ x < 1.
func fraction(method, field string, x float64) error {
	if x >= 0 && x < 1 {
		return nil
	}
	return &FieldError{method, field, x, "0 ≤ " + field + " < 1"}
}

// share allows 0 ≤ x ≤ 1.
func share(method, field string, x float64) error {
	if x >= 0 && x <= 1 {
		return nil
	}
	return &FieldError{method, field, x, "0 ≤ " + field + " ≤ 1"}
}

// finite allows every number but NaN and ±Inf.
func finite(method, field string, x float64) error {
	if isFinite(x) {
		return nil
	}
	return &FieldError{method, field, x, "a finite number"}
}

// atLeast allows n ≥ least.
func atLeast(method, field string, n, least int) error {
	if n >= least {
		return nil
	}
	return &FieldError{method, field, float64(n), fmt.Sprintf("a whole number ≥ %d", least)}
}

// oneOf allows the n constants of a type, counted from 0.
func oneOf(method, field string, x, n int, names string) error {
	if 0 <= x && x < n {
		return nil
	}
	return &FieldError{method, field, float64(x), names}
}

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
