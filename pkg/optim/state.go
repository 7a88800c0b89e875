package optim

import "fmt"

// Stateful is an optimizer whose state can be seen, saved and restored. All
// optimizers of this package are.
type Stateful interface {
	Optimizer
	// State returns what the optimizer keeps between steps, not copied.
	State() State
}

// State is what an optimizer keeps between steps.
type State struct {
	Method    string // type of the optimizer, such as "Adam"; with wrappers "Lookahead(Adam)"
	Variables []Variable
}

// Variable is one part of a State.
type Variable struct {
	Name string // as in the formula: "t", "m", "v", "h"
	// *int, *float64, *[]float64 with one number for each parameter (nil before the
	// first step), or *Factors
	Value any
}

// Factors is a variable whose length differs from the number of parameters.
type Factors []float64

// Vector returns the vector with the given name, not copied, and nil if there
// is none or no step was taken yet.
func (s State) Vector(name string) []float64 {
	for _, v := range s.Variables {
		if x, ok := v.Value.(*[]float64); ok && v.Name == name {
			return *x
		}
	}
	return nil
}

// stateOf returns the state of opt, and an error if it has none to save.
func stateOf(opt Optimizer) (State, error) {
	s, ok := opt.(Stateful)
	if !ok {
		return State{}, fmt.Errorf("optim: %T is not Stateful, its state can't be saved", opt)
	}
	if err := validateApart(opt); err != nil {
		return State{}, err
	}
	state := s.State()
	for _, v := range state.Variables {
		switch v.Value.(type) {
		case *int, *float64, *[]float64, *Factors:
		default:
			return State{}, fmt.Errorf("optim: variable %s of %s is a %T, allowed are *int, *float64, *[]float64 and *Factors", v.Name, state.Method, v.Value)
		}
	}
	return state, nil
}

// around returns the state of a wrapper: its own variables, then those of the
// optimizer inside.
func around(method string, inner Optimizer, own ...Variable) State {
	s := State{Method: fmt.Sprintf("%T", inner), Variables: []Variable{{"inner", inner}}} // refused by stateOf
	if in, ok := inner.(Stateful); ok {
		s = in.State()
	}
	return State{Method: method + "(" + s.Method + ")", Variables: append(own, s.Variables...)}
}
