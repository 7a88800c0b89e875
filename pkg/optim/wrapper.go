package optim

import (
	"fmt"
	"reflect"
)

// Wrapper is an optimizer around another one. Minimize, mlp.Train, GradientPoint
// and the other wrappers look through it for what the optimizer inside can do
// (LookAhead, Adaptive, Collector).
//
// A wrapper of your own needs no more than Step, String and Unwrap. Write State
// as well (Stateful) if it is to be saved, and Ahead (LookAhead) if Step gives
// the optimizer inside another hyperparameter than it has, or uses the point at
// which the gradient was taken.
type Wrapper interface {
	Optimizer
	// Unwrap returns the optimizer inside.
	Unwrap() Optimizer
}

// LookAhead is an optimizer that may want the gradient at another point than w,
// such as Nesterov with Paper and what is around it.
type LookAhead interface {
	Optimizer
	// Ahead returns the point at which the next Step wants the gradient: w
	// itself, or dst after storing the point there. It changes neither w nor
	// the state, and panics if the lengths of dst and w differ.
	Ahead(dst, w []float64) []float64
}

// Collector is an optimizer some of whose steps only collect the gradient and
// leave w as it is, such as Accumulate.
type Collector interface {
	Optimizer
	// Collected reports whether the last Step only collected.
	Collected() bool
}

// GradientPoint returns the point at which the next Step of opt wants the
// gradient: w itself, or dst after storing the point there, if opt or an
// optimizer inside its wrappers is a LookAhead. A loop that serves any optimizer
// is
//
//	for range steps {
//		gradient(grad, optim.GradientPoint(opt, room, w)) // your function
//		if err := opt.Step(w, grad); err != nil {
//			return err
//		}
//	}
func GradientPoint(opt Optimizer, dst, w []float64) []float64 {
	if o, ok := inside[LookAhead](opt); ok {
		return o.Ahead(dst, w)
	}
	return w
}

// inside returns the outermost of opt and the optimizers in its wrappers that
// is a T.
func inside[T any](opt Optimizer) (T, bool) {
	for {
		if o, ok := opt.(T); ok {
			return o, true
		}
		wrapper, ok := opt.(Wrapper)
		if !ok {
			var none T
			return none, false
		}
		opt = wrapper.Unwrap()
	}
}

// collected reports whether the last step of opt only collected.
func collected(opt Optimizer) bool {
	o, ok := inside[Collector](opt)
	return ok && o.Collected()
}

// walk calls visit with opt and every optimizer inside it, the outer ones first.
func walk(opt Optimizer, visit func(Optimizer)) {
	visit(opt)
	switch o := opt.(type) {
	case *Groups:
		for _, p := range o.Parts {
			walk(p.Optimizer, visit)
		}
	case Wrapper:
		walk(o.Unwrap(), visit)
	}
}

// validateApart refuses an optimizer that is met twice in opt: its state would
// be that of two vectors.
func validateApart(opt Optimizer) error {
	met := map[uintptr]bool{}
	var err error
	walk(opt, func(o Optimizer) {
		v := reflect.ValueOf(o)
		if v.Kind() != reflect.Pointer || v.Type().Elem().Size() == 0 {
			return // it keeps nothing
		}
		if met[v.Pointer()] && err == nil {
			err = fmt.Errorf("optim: %v stands twice in %v; an optimizer belongs to one part, give each its own", o, opt)
		}
		met[v.Pointer()] = true
	})
	return err
}
