// Package check holds the checks of fields that the packages of this course
// share.
package check

import (
	"fmt"
	"math"
)

// Error reports a field that is out of range.
type Error struct {
	Package string  // such as "optim"
	Type    string  // such as "SGD"
	Field   string  // name of the struct field, such as "LR"
	Value   float64 // what it held
	Allowed string  // what it may hold, such as "a finite number ≥ 0"
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s: %s.%s is %v, allowed is %s", e.Package, e.Type, e.Field, e.Value, e.Allowed)
}

// In is the name of the package whose fields are checked.
type In string

// Error returns the error of a field that none of the checks below is for.
func (p In) Error(typ, field string, x float64, allowed string) error {
	return &Error{string(p), typ, field, x, allowed}
}

// NonNegative allows 0 ≤ x < ∞.
func (p In) NonNegative(typ, field string, x float64) error {
	return p.unless(x >= 0 && x <= math.MaxFloat64, typ, field, x, "a finite number ≥ 0")
}

// Positive allows 0 < x < ∞.
func (p In) Positive(typ, field string, x float64) error {
	return p.unless(x > 0 && x <= math.MaxFloat64, typ, field, x, "a finite number > 0")
}

// Fraction allows 0 ≤ x < 1.
func (p In) Fraction(typ, field string, x float64) error {
	if x >= 0 && x < 1 {
		return nil
	}
	return p.Error(typ, field, x, "0 ≤ "+field+" < 1")
}

// Share allows 0 ≤ x ≤ 1.
func (p In) Share(typ, field string, x float64) error {
	if x >= 0 && x <= 1 {
		return nil
	}
	return p.Error(typ, field, x, "0 ≤ "+field+" ≤ 1")
}

// Finite allows every number but NaN and ±Inf.
func (p In) Finite(typ, field string, x float64) error {
	return p.unless(math.Abs(x) <= math.MaxFloat64, typ, field, x, "a finite number")
}

// AtLeast allows n ≥ least.
func (p In) AtLeast(typ, field string, n, least int) error {
	if n >= least {
		return nil
	}
	return p.Error(typ, field, float64(n), fmt.Sprintf("a whole number ≥ %d", least))
}

// OneOf allows the n constants of a type, counted from 0.
func (p In) OneOf(typ, field string, x, n int, names string) error {
	return p.unless(0 <= x && x < n, typ, field, float64(x), names)
}

func (p In) unless(ok bool, typ, field string, x float64, allowed string) error {
	if ok {
		return nil
	}
	return p.Error(typ, field, x, allowed)
}

// First returns the first error; each argument is the check of one field.
func First(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
