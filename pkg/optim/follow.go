package optim

import (
	"errors"
	"fmt"
	"strings"

	"descent/pkg/internal/check"
)

// Schedule is a hyperparameter that changes from update to update. Its values
// are absolute, not factors: Cosine{From: 0.1, To: 0, T: 1000} starts at 0.1.
//
// At(i) is the value for the update that i updates went before: the first one
// uses At(0), as with torch's last_epoch (scheduler.step() after
// optimizer.step()), optax's count and Keras' iterations. The t of Adam's
// formulas is 1 at the same update. A torch scheduler that is stepped once an
// epoch of n updates has the value At(i/n), rounded down.
//
// NewFollow lets an optimizer follow a schedule. By hand it is
//
//	opt.LR = schedule.At(i) // before update i = 0, 1, 2, …
//
// Package schedule has the usual ones.
type Schedule interface {
	// At returns the value for update i ≥ 0. It means nothing, and may
	// panic, where Validate returns an error.
	At(i int) float64
	// Validate returns a *FieldError if a field is out of range, and another
	// error if a schedule or function inside is missing.
	Validate() error
	// String names the schedule with its fields, as in "Cosine(0.1 → 0, T=1000)".
	String() string
}

// StatefulSchedule is a Schedule that keeps something between updates, as
// schedule.Plateau does: Follow shows it as a part of its own state.
type StatefulSchedule interface {
	Schedule
	// State returns pointers to what the schedule keeps.
	State() State
}

// Follow is an optimizer one hyperparameter of which follows a schedule.
//
//	field ← schedule.At(i)
//	W ← inner.Step(W, ∂L/∂W)
//	i ← i + 1
//
// Several of them around each other set several hyperparameters:
//
//	adam := optim.NewAdam(0.001)
//	cycle := schedule.NewOneCycle(0.01, 1000)
//	opt := optim.NewFollow(adam, &adam.LR, cycle)
//	opt = optim.NewFollow(opt, &adam.Beta1, cycle.Opposite(0.95, 0.85))
//
// i counts the calls of Step that returned no error, from 0: around an
// optimizer that accumulates gradients it counts mini-batches, inside of it
// updates. When a step fails, the field gets back the value that it had.
//
// The state is i, what the schedule keeps, and the state of the optimizer
// inside. What a schedule keeps is that of a StatefulSchedule.
type Follow struct {
	Inner    Optimizer
	Field    *float64 // a hyperparameter of Inner
	Schedule Schedule // its values

	i int
}

var _ Stateful = (*Follow)(nil)
var _ LookAhead = (*Follow)(nil)

// NewFollow returns opt with *field, one of its hyperparameters, following
// schedule. It panics if one of them is nil.
func NewFollow(opt Optimizer, field *float64, schedule Schedule) *Follow {
	if opt == nil || field == nil || schedule == nil {
		panic("optim: NewFollow needs an optimizer, a field and a schedule, one is nil")
	}
	return &Follow{Inner: opt, Field: field, Schedule: schedule}
}

// Validate reports the first field of the schedule that is out of range, or the
// first hyperparameter that will be at the next step.
func (o *Follow) Validate() error {
	var err error
	next := copyWith(o, func(f *Follow) float64 {
		if err = check.First(err, f.validateOwn()); err != nil {
			return 0
		}
		return f.Schedule.At(f.i)
	})
	if err != nil {
		return err
	}
	return validateInner(next)
}

func (o *Follow) validateOwn() error {
	if o.Field == nil {
		return errors.New("optim: Follow.Field is nil, allowed is the address of a hyperparameter")
	}
	if o.Schedule == nil {
		return errors.New("optim: Follow.Schedule is nil, allowed is a Schedule")
	}
	return o.Schedule.Validate()
}

// Ahead implements LookAhead: the point of the optimizer inside with the value
// of the next step.
func (o *Follow) Ahead(dst, w []float64) []float64 {
	if o.validateOwn() != nil {
		return w // Step says why
	}
	before := *o.Field
	*o.Field = o.Schedule.At(o.i)
	at := GradientPoint(o.Inner, dst, w)
	*o.Field = before
	return at
}

// Step implements Optimizer.
func (o *Follow) Step(w, grad []float64) error {
	if err := o.validateOwn(); err != nil {
		return err
	}
	before := *o.Field
	// field ← schedule.At(i)
	*o.Field = o.Schedule.At(o.i)
	// W ← inner.Step(W, ∂L/∂W)
	if err := o.Inner.Step(w, grad); err != nil {
		*o.Field = before
		return err
	}
	// i ← i + 1
	o.i++
	return nil
}

// restored shows in the field the value that the last step had.
func (o *Follow) restored() {
	if o.i > 0 && o.validateOwn() == nil {
		*o.Field = o.Schedule.At(o.i - 1)
	}
}

// State implements Stateful: the number of updates i, what the schedule keeps,
// and the state of the optimizer inside.
func (o *Follow) State() State {
	kept := []Variable{{"i", &o.i}}
	if s, ok := o.Schedule.(StatefulSchedule); ok {
		kept = append(kept, s.State().Variables...)
	}
	return around("Follow", o.Inner, kept...)
}

// Unwrap returns the optimizer inside.
func (o *Follow) Unwrap() Optimizer { return o.Inner }

// String is that of the optimizer inside with the schedule in place of the
// number, as in "SGD(η=Cosine(0.1 → 0, T=100))".
func (o *Follow) String() string {
	// The number is found by putting one there that is nowhere else.
	var marks, names []string
	text := copyWith(o, func(f *Follow) float64 {
		mark := 1.2345678901234567e-300 * float64(len(marks)+1)
		marks, names = append(marks, fmt.Sprint(mark)), append(names, fmt.Sprint(f.Schedule))
		return mark
	}).String()
	var replace []string
	with := ""
	for k, mark := range marks {
		if strings.Contains(text, mark) {
			replace = append(replace, mark, names[k])
		} else {
			with = " with " + names[k] + with
		}
	}
	return strings.NewReplacer(replace...).Replace(text) + with
}
