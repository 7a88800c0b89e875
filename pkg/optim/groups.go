package optim

import (
	"fmt"
	"strings"

	"descent/pkg/internal/count"
)

// Groups gives consecutive parts of the parameters optimizers of their own,
// such as weight decay for weights and none for biases, or Muon for matrices
// and AdamW for the rest. What PyTorch calls parameter groups.
type Groups struct {
	Parts []Part

	t int
}

// Part is one of Groups.
type Part struct {
	Len       int // number of parameters, ≥ 0
	Optimizer Optimizer
}

var _ Stateful = (*Groups)(nil)

// NewGroups returns the optimizer that gives each part to its own.
func NewGroups(parts ...Part) *Groups { return &Groups{Parts: parts} }

// Validate reports the first hyperparameter that is out of range.
func (o *Groups) Validate() error {
	for i, p := range o.Parts {
		if p.Len < 0 {
			return &FieldError{"Groups", fmt.Sprintf("Parts[%d].Len", i), float64(p.Len), "a whole number ≥ 0"}
		}
		if err := validateInner(p.Optimizer); err != nil {
			return err
		}
	}
	return nil
}

// Step implements Optimizer. It panics if the parts do not make up w. A gradient
// with NaN or Inf is refused as a whole. Should a part that is not of this
// package refuse its step, those before it have taken theirs.
func (o *Groups) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	sum := 0
	for _, p := range o.Parts {
		sum += p.Len
	}
	if sum != len(w) {
		panic(fmt.Sprintf("optim: the parts of Groups have %s, but len(w) is %d", count.Of(sum, "parameter"), len(w)))
	}
	if err := beginSquared(o.t+1, w, grad, false); err != nil {
		return err
	}
	lo := 0
	for _, p := range o.Parts {
		hi := lo + p.Len
		if err := p.Optimizer.Step(w[lo:hi], grad[lo:hi]); err != nil {
			return err
		}
		lo = hi
	}
	o.t++
	return nil
}

// State implements Stateful: the number of steps and the states of the parts, their names preceded by
// the number of the part, as in "0.m".
func (o *Groups) State() State {
	var names []string
	all := []Variable{{"steps", &o.t}}
	for i, p := range o.Parts {
		s := around("", p.Optimizer)
		names = append(names, s.Method[1:len(s.Method)-1])
		for _, v := range s.Variables {
			all = append(all, Variable{fmt.Sprintf("%d.%s", i, v.Name), v.Value})
		}
	}
	return State{"Groups(" + strings.Join(names, ", ") + ")", all}
}

func (o *Groups) String() string {
	var parts []string
	for _, p := range o.Parts {
		parts = append(parts, fmt.Sprintf("%d: %v", p.Len, p.Optimizer))
	}
	return "Groups(" + strings.Join(parts, "; ") + ")"
}
