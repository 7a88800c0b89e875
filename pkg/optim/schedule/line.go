package schedule

import (
	"fmt"
	"math"

	"descent/pkg/internal/check"
	"descent/pkg/internal/label"
)

// Linear goes from one value to another on a straight line and stays there.
//
//	x = min(i, T)/T
//	At(i) = (1 − x) From + x To
//
// It is optax's linear_schedule, and torch's LinearLR with From and To in place
// of its factors (From may be 0 here).
type Linear struct {
	From float64 // value at i = 0, finite
	To   float64 // value from i = T on, finite
	T    int     // updates from one to the other, ≥ 1
}

// At implements Schedule.
func (s Linear) At(i int) float64 {
	// (1 − x) From + x To
	return blend(s.From, s.To, part(i, s.T))
}

// Validate implements Schedule.
func (s Linear) Validate() error { return validateEnds("Linear", s.From, s.To, s.T) }

func (s Linear) String() string { return fmt.Sprintf("Linear(%v → %v, T=%d)", s.From, s.To, s.T) }

// Polynomial goes from one value to another with a power of the way that is
// left, and stays there. Power 1 is Linear; above 1 it falls fast at first,
// below 1 fast at the end.
//
//	x = min(i, T)/T
//	At(i) = To + (From − To)(1 − x)^Power
//
// It is torch's PolynomialLR (To 0, T 5, power 1), optax's polynomial_schedule
// and Keras' PolynomialDecay, whose end_learning_rate is 1e-4 unless given.
type Polynomial struct {
	From  float64 // value at i = 0, finite
	To    float64 // value from i = T on, finite
	T     int     // updates from one to the other, ≥ 1
	Power float64 // finite and > 0
	// beyond T divide by the next multiple of T instead: the value jumps up after
	// each, Keras' cycle
	Cycle bool
}

// At implements Schedule.
func (s Polynomial) At(i int) float64 {
	n := s.T
	if s.Cycle {
		n *= max(1, (i+s.T-1)/s.T)
	}
	// To + (From − To)(1 − x)^Power
	return blend(s.To, s.From, math.Pow(1-part(i, n), s.Power))
}

// Validate implements Schedule.
func (s Polynomial) Validate() error {
	return check.First(
		validateEnds("Polynomial", s.From, s.To, s.T),
		fields.Positive("Polynomial", "Power", s.Power),
	)
}

func (s Polynomial) String() string {
	return fmt.Sprintf("Polynomial(%v → %v, T=%d, power=%v%s)", s.From, s.To, s.T, s.Power, label.Join(
		label.If(s.Cycle, "cycle"),
	))
}

// validateEnds checks what schedules between two values have in common.
func validateEnds(method string, from, to float64, t int) error {
	return check.First(
		fields.Finite(method, "From", from),
		fields.Finite(method, "To", to),
		fields.AtLeast(method, "T", t, 1),
	)
}
