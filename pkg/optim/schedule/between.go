package schedule

import (
	"fmt"
	"math"

	"descent/pkg/optim"
)

// Between cuts the values of a schedule at a lower and an upper bound.
//
//	At(i) = min(max(Of.At(i), Min), Max)
//
// It is the end_value of optax's exponential_decay, and a smallest rate for any
// schedule.
type Between struct {
	Of  optim.Schedule
	Min float64 // lower bound, −Inf for none
	Max float64 // upper bound ≥ Min, +Inf for none
}

// At implements Schedule.
func (s Between) At(i int) float64 {
	// min(max(Of.At(i), Min), Max)
	return min(max(s.Of.At(i), s.Min), s.Max)
}

// Validate implements Schedule.
func (s Between) Validate() error {
	if math.IsNaN(s.Min) {
		return fields.Error("Between", "Min", s.Min, "a number")
	}
	if !(s.Max >= s.Min) {
		return fields.Error("Between", "Max", s.Max, fmt.Sprintf("a number ≥ Min, which is %v", s.Min))
	}
	return within("Between.Of", s.Of)
}

// State returns what Of keeps between updates.
func (s Between) State() optim.State { return optim.State{Method: "Between", Variables: kept(s.Of)} }

func (s Between) String() string { return fmt.Sprintf("Between(%v, %v, %v)", s.Min, s.Of, s.Max) }
