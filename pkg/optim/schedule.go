package optim

import (
	"fmt"
	"math"
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
// Where a formula has a cosine or a fractional power, processors may differ in the
// last digit of its values.
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
		return fmt.Errorf("optim: Func.F is nil, allowed is a function")
	}
	return nil
}

func (s Func) String() string { return s.Name }

// within returns the error of the schedule inside another one.
func within(name string, s Schedule) error {
	if s == nil {
		return fmt.Errorf("optim: %s is nil, allowed is a Schedule", name)
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
