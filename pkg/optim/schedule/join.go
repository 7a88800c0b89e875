package schedule

import (
	"fmt"
	"strings"

	"descent/pkg/internal/check"
	"descent/pkg/optim"
)

// Join puts schedules one after another. Each starts at 0 again when its turn
// comes.
//
//	At(i) = Schedules[k].At(i − b)
//
// where b is the last boundary ≤ i, the k-th of them, and 0 before the first.
//
// It is torch's SequentialLR and optax's join_schedules. Constants joined are
// Keras' PiecewiseConstantDecay with boundaries b+1; Cosines or Linears joined
// are optax's piecewise_interpolate_schedule.
type Join struct {
	Schedules []optim.Schedule // at least one
	// where the next one starts, one fewer than Schedules, each ≥ 1 and above the
	// one before it
	Boundaries []int
}

// At implements Schedule.
func (s Join) At(i int) float64 {
	k, b := 0, 0
	for k < len(s.Boundaries) && s.Boundaries[k] <= i {
		b = s.Boundaries[k]
		k++
	}
	return s.Schedules[k].At(i - b)
}

// Validate implements Schedule.
func (s Join) Validate() error {
	if err := check.First(
		fields.AtLeast("Join", "len(Schedules)", len(s.Schedules), 1),
		allWithin("Join.Schedules", s.Schedules),
	); err != nil {
		return err
	}
	if n := len(s.Schedules) - 1; len(s.Boundaries) != n {
		return fields.Error("Join", "len(Boundaries)", float64(len(s.Boundaries)), fmt.Sprintf("len(Schedules) − 1, which is %d", n))
	}
	return rising("Join", "Boundaries", s.Boundaries, 1, 1)
}

// State returns what the schedules keep between updates.
func (s Join) State() optim.State {
	return optim.State{Method: "Join", Variables: kept(s.Schedules...)}
}

func (s Join) String() string {
	var b strings.Builder
	for k, inner := range s.Schedules {
		if k > 0 && k <= len(s.Boundaries) {
			fmt.Fprintf(&b, ", from %d ", s.Boundaries[k-1])
		}
		fmt.Fprint(&b, inner)
	}
	return "Join(" + b.String() + ")"
}

// Product multiplies schedules: all but one are factors. It is torch's
// ChainedScheduler, where warm-up and decay run at the same time.
//
//	At(i) = Π Product[k].At(i)
type Product []optim.Schedule

// At implements Schedule.
func (s Product) At(i int) float64 {
	p := 1.0
	for _, inner := range s {
		p *= inner.At(i)
	}
	return p
}

// Validate implements Schedule.
func (s Product) Validate() error {
	return check.First(
		fields.AtLeast("Product", "len", len(s), 1),
		allWithin("Product", s),
	)
}

// State returns what the schedules keep between updates.
func (s Product) State() optim.State { return optim.State{Method: "Product", Variables: kept(s...)} }

func (s Product) String() string {
	names := make([]string, len(s))
	for k, inner := range s {
		names[k] = fmt.Sprint(inner)
	}
	return "Product(" + strings.Join(names, ", ") + ")"
}

// allWithin returns the first error of the schedules inside another one.
func allWithin(name string, schedules []optim.Schedule) error {
	for k, s := range schedules {
		if s == nil {
			return within(fmt.Sprintf("%s[%d]", name, k), s)
		}
		if err := s.Validate(); err != nil {
			return err
		}
	}
	return nil
}
