// Package optim holds the optimizers of gradient-based learning, each in the
// form of its paper, one method a file; README.md has them all in one table.
//
//   - Methods: SGD, Momentum, Nesterov, AdaGrad, RMSProp, Adam, AdamW and more.
//     Preset returns a framework's variant of a method.
//   - Methods that look at tensors (Shape): LARS, LAMB, Adafactor, Muon,
//     SparseAdam.
//   - Wrappers, optimizers around an optimizer: L2, Decoupled, ClipNorm,
//     ClipValue, Follow, Accumulate, Lookahead, EMA, SWA, Groups. Those of your
//     own implement Wrapper, LookAhead and Stateful.
//   - Schedules: package optim/schedule.
//   - Runs: Minimize, MinimizeWith, Path, the stopping Rules; Save and Restore.
//
// An optimizer updates one flat vector of parameters in place:
//
//	opt := optim.NewAdam(0.001)
//	for range 100 {
//		gradient(grad, w)                       // your function
//		if err := opt.Step(w, grad); err != nil {
//			return err
//		}
//	}
//
// The fields of a method are its hyperparameters and are taken literally: 0
// means 0. NewAdam and its like set the defaults; the learning rate is always
// given. Fields may change between steps, as a Schedule changes them.
//
// Everything is float64; convert float32 data once with
// for i, x := range data32 { w[i] = float64(x) }. Several tensors are slices
// of one flat vector (see the example of Optimizer); methods that look at
// tensors are told their shapes (mlp.Net.Shapes). An optimizer belongs to one
// vector: make a new one for the next, and do not call Step from two goroutines
// at once.
//
// Of several wrappers the one that is written outside sees the gradient first:
//
//	adam := optim.NewAdam(0.001)
//	opt := optim.NewClipNorm(optim.NewFollow(adam, &adam.LR, schedule.Cosine{From: 0.001, T: 1000}), 1)
//
// The document that some methods quote is the lecture note that the lessons of
// this course put to the test; its formulas and claims are in
// notebooks/claims.json.
//
// In the code float64(a * b) + c rounds twice on every processor; without the
// conversion some would round once, and runs would differ in their last digits.
package optim

import (
	"fmt"

	"descent/pkg/internal/check"
)

// Optimizer updates parameters from their gradient.
type Optimizer interface {
	// Step updates w in place from grad = ∂L/∂w at w, or at the point that
	// GradientPoint returns (see LookAhead). It does not change grad.
	//
	// It returns a *FieldError when a hyperparameter is out of range and a
	// *GradientError when grad holds NaN or Inf, or a number that is too large:
	// above 1e150 in size for a method that squares it, above 1e300 for others.
	// The method's field NonFinite lets all through. w and the state are
	// untouched in both cases.
	// It panics if len(w) != len(grad), or if the length differs from that of
	// an earlier call.
	Step(w, grad []float64) error
	// String names the method with its hyperparameters, as in "SGD(η=0.1)".
	String() string
}

// FieldError reports a hyperparameter that is out of range: the type of the
// method and the name of its field, what it held, and what it may hold.
type FieldError = check.Error

// GradientError reports a gradient that is not finite, or too large.
type GradientError struct {
	Index   int     // first index of such a number
	Step    int     // number of the step that was refused, counted from 1
	Value   float64 // NaN, +Inf, -Inf or a number beyond ±Largest
	Largest float64 // largest size of a number that the method takes
}

func (e *GradientError) Error() string {
	allowed := "a finite number"
	if isFinite(e.Value) {
		allowed = fmt.Sprintf("a number from %v to %v, with which the method does not overflow", -e.Largest, e.Largest)
	}
	return fmt.Sprintf("optim: grad[%d] is %v at step %d, allowed is %s", e.Index, e.Value, e.Step, allowed)
}

// begin holds what every Step does before it touches w: it checks lengths and
// gradient, and makes the state vectors, all 0, at the first step t = 1. The
// method adds numbers of the gradient's size.
func begin(t int, w, grad []float64, nonFinite bool, state ...*[]float64) error {
	return beginWithin(1e300, t, w, grad, nonFinite, state...)
}

// beginSquared is begin for a method that adds squares of the gradient. One
// that overflows would make the step 0 from then on, or NaN.
func beginSquared(t int, w, grad []float64, nonFinite bool, state ...*[]float64) error {
	return beginWithin(1e150, t, w, grad, nonFinite, state...)
}

func beginWithin(largest float64, t int, w, grad []float64, nonFinite bool, state ...*[]float64) error {
	if len(w) != len(grad) {
		panic(fmt.Sprintf("optim: len(w) is %d, but len(grad) is %d", len(w), len(grad)))
	}
	for _, s := range state {
		if *s != nil && len(*s) != len(w) {
			panic(fmt.Sprintf("optim: len(w) is %d, but the state is for %d", len(w), len(*s)))
		}
	}
	if !nonFinite {
		if i := firstBeyond(largest, grad); i >= 0 {
			return &GradientError{Index: i, Step: t, Value: grad[i], Largest: largest}
		}
	}
	for _, s := range state {
		if *s == nil {
			*s = make([]float64, len(w))
		}
	}
	return nil
}
