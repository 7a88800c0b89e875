// Package schedule holds schedules: hyperparameters that change from update to
// update. An optimizer follows one by optim.NewFollow:
//
//	adam := optim.NewAdam(0.001)
//	opt := optim.NewFollow(adam, &adam.LR, schedule.Cosine{From: 0.001, T: 1000})
//
// What the values mean, and how they are counted, is written at optim.Schedule;
// the table of schedules, with those of PyTorch, Keras and optax that they
// stand for, is in the README of package optim.
//
// Where a formula has a cosine or a fractional power, processors may differ in
// the last digit of its values.
package schedule

import (
	"fmt"
	"math"

	"descent/pkg/internal/check"
	"descent/pkg/optim"
)

// fields checks the fields of this package.
const fields = check.In("schedule")

// Constant never changes.
//
//	At(i) = Value
//
// torch's ConstantLR is something else, a factor for the first updates: Join
// of two Constants.
type Constant struct {
	Value float64 // finite
}

// At implements Schedule.
func (s Constant) At(int) float64 { return s.Value }

// Validate implements Schedule.
func (s Constant) Validate() error { return fields.Finite("Constant", "Value", s.Value) }

func (s Constant) String() string { return fmt.Sprintf("Constant(%v)", s.Value) }

// Func is a function of your own as a Schedule, torch's LambdaLR but for its
// values, which are absolute.
//
//	At(i) = F(i)
type Func struct {
	Name string              // what String returns
	F    func(i int) float64 // value for update i, which must depend on i alone
}

// At implements Schedule.
func (s Func) At(i int) float64 { return s.F(i) }

// Validate implements Schedule.
func (s Func) Validate() error {
	if s.F == nil {
		return fmt.Errorf("schedule: Func.F is nil, allowed is a function")
	}
	return nil
}

func (s Func) String() string { return s.Name }

// kept returns what those of the schedules keep that have a State.
func kept(schedules ...optim.Schedule) []optim.Variable {
	var all []optim.Variable
	for _, s := range schedules {
		if k, ok := s.(optim.StatefulSchedule); ok {
			all = append(all, k.State().Variables...)
		}
	}
	return all
}

// within returns the error of the schedule inside another one.
func within(name string, s optim.Schedule) error {
	if s == nil {
		return fmt.Errorf("schedule: %s is nil, allowed is a Schedule", name)
	}
	return s.Validate()
}

// blend returns (1−x)·from + x·to, exact at both ends.
func blend(from, to, x float64) float64 {
	x = float64(x) // else 1−x could be fused with a product that x is
	return float64((1-x)*from) + float64(x*to)
}

// halfCosine returns (1 − cos πx)/2, which rises from 0 to 1 with x.
func halfCosine(x float64) float64 { return (1 - math.Cos(math.Pi*x)) / 2 }

// part returns min(i, n)/n.
func part(i, n int) float64 { return float64(min(i, n)) / float64(n) }
