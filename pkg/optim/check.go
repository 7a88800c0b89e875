package optim

import (
	"cmp"
	"fmt"
	"math"
)

// validate returns the first error; each argument is the check of one field.
func validate(errs ...error) error { return cmp.Or(errs...) }

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

// oneOf allows the n constants from 0 on.
func oneOf(method, field string, x, n int) error {
	if 0 <= x && x < n {
		return nil
	}
	return &FieldError{method, field, float64(x), "one of the constants of its type"}
}

// validateAdam checks what the methods of Adam's family have in common.
func validateAdam(method string, lr, beta1, beta2, eps float64) error {
	return validate(
		nonNegative(method, "LR", lr),
		fraction(method, "Beta1", beta1),
		fraction(method, "Beta2", beta2),
		nonNegative(method, "Eps", eps),
	)
}

func isFinite(x float64) bool { return math.Abs(x) <= math.MaxFloat64 }

// power returns xⁿ for n ≥ 0 by squaring, with the same digits everywhere.
func power(x float64, n int) float64 {
	p := 1.0
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			p *= x
		}
		x *= x
	}
	return p
}
