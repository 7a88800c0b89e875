// Package optim holds the optimizers of gradient-based learning, each in the
// form of its paper, one method a file.
//
// An optimizer updates one flat vector of parameters in place:
//
//	opt := optim.NewSGD(0.1)
//	for range 100 {
//		gradient(grad, w)                       // your function
//		if err := opt.Step(w, grad); err != nil {
//			return err
//		}
//	}
//
// Everything is float64; convert float32 data once with
// for i, x := range data32 { w[i] = float64(x) }. Several tensors are slices
// of one flat vector (see the example of Optimizer). An optimizer belongs to
// one vector: make a new one for the next, and do not call Step from two
// goroutines at once.
//
// In the code float64(a * b) + c rounds twice on every processor; without the
// conversion some would round once, and runs would differ in their last digits.
package optim

import (
	"fmt"
	"math"
)

// Optimizer updates parameters from their gradient.
type Optimizer interface {
	// Step updates w in place from grad = ∂L/∂w at w.
	//
	// It returns a *FieldError when a hyperparameter is out of range and a
	// *GradientError when grad holds NaN or Inf; w is untouched in both cases.
	// It panics if len(w) != len(grad), or if the length differs from that of
	// an earlier call where the method keeps state.
	Step(w, grad []float64) error
	// String names the method with its hyperparameters, as in "SGD(η=0.1)".
	String() string
}

// FieldError reports a hyperparameter that is out of range.
type FieldError struct {
	Method  string  // such as "SGD"
	Field   string  // name of the struct field, such as "LR"
	Value   float64 // what it held
	Allowed string  // what it may hold, such as "a finite number ≥ 0"
}

func (e *FieldError) Error() string {
	return fmt.Sprintf("optim: %s.%s is %v, allowed is %s", e.Method, e.Field, e.Value, e.Allowed)
}

// GradientError reports a gradient that is not finite.
type GradientError struct {
	Index int     // first index that is not finite
	Value float64 // NaN, +Inf or -Inf
}

func (e *GradientError) Error() string {
	return fmt.Sprintf("optim: grad[%d] is %v, allowed is a finite number", e.Index, e.Value)
}

// checkStep holds what every Step checks before it touches w.
func checkStep(w, grad []float64) error {
	if len(w) != len(grad) {
		panic(fmt.Sprintf("optim: len(w) is %d, but len(grad) is %d", len(w), len(grad)))
	}
	for i, g := range grad {
		if math.IsNaN(g) || math.IsInf(g, 0) {
			return &GradientError{Index: i, Value: g}
		}
	}
	return nil
}

// checkRate reports a learning rate that is negative, NaN or infinite.
func checkRate(method string, lr float64) error {
	if !(lr >= 0) || math.IsInf(lr, 1) {
		return &FieldError{Method: method, Field: "LR", Value: lr, Allowed: "a finite number ≥ 0"}
	}
	return nil
}
