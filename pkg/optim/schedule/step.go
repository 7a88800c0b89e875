package schedule

import (
	"fmt"

	"descent/pkg/internal/check"
	"descent/pkg/internal/exact"
)

// Steps multiplies by γ every T updates.
//
//	At(i) = From γ^⌊i/T⌋
//
// It is torch's StepLR (γ 0.1), and the staircase of optax's exponential_decay
// and of Keras' ExponentialDecay.
type Steps struct {
	From  float64 // first value, finite
	Gamma float64 // γ, finite and ≥ 0
	T     int     // updates between two steps, ≥ 1
}

// At implements Schedule.
func (s Steps) At(i int) float64 {
	// From γ^⌊i/T⌋
	return s.From * exact.Power(s.Gamma, i/s.T)
}

// Validate implements Schedule.
func (s Steps) Validate() error {
	return check.First(
		fields.Finite("Steps", "From", s.From),
		fields.NonNegative("Steps", "Gamma", s.Gamma),
		fields.AtLeast("Steps", "T", s.T, 1),
	)
}

func (s Steps) String() string {
	return fmt.Sprintf("Steps(%v, γ=%v, T=%d)", s.From, s.Gamma, s.T)
}

// MultiStep multiplies by γ at each milestone.
//
//	At(i) = From γ^#{m ≤ i}
//
// A milestone m that stands twice counts twice. The new value holds for update
// m itself, as in torch's MultiStepLR (γ 0.1) and optax's
// piecewise_constant_schedule. Keras' PiecewiseConstantDecay changes one update
// later: its boundary b is the milestone b+1. For values that do not come from
// one γ, Join Constants.
type MultiStep struct {
	From       float64 // first value, finite
	Gamma      float64 // γ, finite and ≥ 0
	Milestones []int   // m, each ≥ 0 and none below the one before it
}

// At implements Schedule.
func (s MultiStep) At(i int) float64 {
	n := 0
	for _, m := range s.Milestones {
		if m <= i {
			n++
		}
	}
	// From γ^#{m ≤ i}
	return s.From * exact.Power(s.Gamma, n)
}

// Validate implements Schedule.
func (s MultiStep) Validate() error {
	if err := check.First(
		fields.Finite("MultiStep", "From", s.From),
		fields.NonNegative("MultiStep", "Gamma", s.Gamma),
	); err != nil {
		return err
	}
	return rising("MultiStep", "Milestones", s.Milestones, 0, 0)
}

func (s MultiStep) String() string {
	return fmt.Sprintf("MultiStep(%v, γ=%v, at %v)", s.From, s.Gamma, s.Milestones)
}

// rising allows numbers from least on, each at least step above the one before
// it.
func rising(method, field string, numbers []int, least, step int) error {
	for k, n := range numbers {
		if n < least {
			return fields.AtLeast(method, fmt.Sprintf("%s[%d]", field, k), n, least)
		}
		least = n + step
	}
	return nil
}
