package check

import (
	"errors"
	"math"
	"testing"
)

func TestChecks(t *testing.T) {
	in := In("optim")
	inf, nan := math.Inf(1), math.NaN()
	for name, c := range map[string]struct {
		check      func(x float64) error
		right, bad []float64
		allowed    string
	}{
		"NonNegative": {func(x float64) error { return in.NonNegative("SGD", "LR", x) }, []float64{0, 5e-324, math.MaxFloat64}, []float64{-5e-324, inf, -inf, nan}, "a finite number ≥ 0"},
		"Positive":    {func(x float64) error { return in.Positive("SGD", "LR", x) }, []float64{5e-324, math.MaxFloat64}, []float64{0, -1, inf, nan}, "a finite number > 0"},
		"Fraction":    {func(x float64) error { return in.Fraction("SGD", "LR", x) }, []float64{0, math.Nextafter(1, 0)}, []float64{-5e-324, 1, inf, nan}, "0 ≤ LR < 1"},
		"Share":       {func(x float64) error { return in.Share("SGD", "LR", x) }, []float64{0, 1}, []float64{-5e-324, math.Nextafter(1, 2), nan}, "0 ≤ LR ≤ 1"},
		"Finite":      {func(x float64) error { return in.Finite("SGD", "LR", x) }, []float64{-math.MaxFloat64, 0}, []float64{inf, -inf, nan}, "a finite number"},
		"AtLeast":     {func(x float64) error { return in.AtLeast("SGD", "LR", int(x), 2) }, []float64{2, 100}, []float64{1, -3}, "a whole number ≥ 2"},
		"OneOf":       {func(x float64) error { return in.OneOf("SGD", "LR", int(x), 2, "A or B") }, []float64{0, 1}, []float64{-1, 2}, "A or B"},
	} {
		for _, x := range c.right {
			if err := c.check(x); err != nil {
				t.Errorf("%s(%v): %v", name, x, err)
			}
		}
		for _, x := range c.bad {
			var e *Error
			if !errors.As(c.check(x), &e) {
				t.Errorf("%s(%v): no error", name, x)
			} else if x == x && *e != (Error{"optim", "SGD", "LR", x, c.allowed}) {
				t.Errorf("%s(%v): %+v, allowed should be %q", name, x, *e, c.allowed)
			}
		}
	}
	first, second := in.Error("A", "B", 1, "2"), in.Error("C", "D", 1, "2")
	if err := First(nil, first, nil, second); err != first || err.Error() != "optim: A.B is 1, allowed is 2" {
		t.Errorf("the first error is %v", err)
	}
	if err := First(nil, nil); err != nil {
		t.Errorf("got %v without an error", err)
	}
}
