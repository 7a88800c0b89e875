package optim

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"descent/pkg/internal/check"
	"descent/pkg/internal/count"
)

// Groups gives consecutive parts of the parameters optimizers of their own,
// such as weight decay for weights and none for biases, or Muon for matrices
// and AdamW for the rest. What PyTorch calls parameter groups.
//
// Each part needs an optimizer of its own: one that stands in two parts, or in a
// wrapper of another part, is refused with an error.
type Groups struct {
	Parts []Part

	t     int
	apart bool // no optimizer stands twice in Parts
}

// Part is one of Groups.
type Part struct {
	Len       int // number of parameters, ≥ 0
	Optimizer Optimizer
}

var _ Stateful = (*Groups)(nil)
var _ LookAhead = (*Groups)(nil)
var _ Adaptive = (*Groups)(nil)
var _ Collector = (*Groups)(nil)

// NewGroups returns the optimizer that gives each part to its own.
func NewGroups(parts ...Part) *Groups { return &Groups{Parts: parts} }

// Validate reports the first hyperparameter that is out of range, and an
// optimizer that stands twice.
func (o *Groups) Validate() error { return check.First(o.validateParts(), validateApart(o)) }

func (o *Groups) validateParts() error {
	for i, p := range o.Parts {
		if p.Len < 0 {
			return fields.Error("Groups", fmt.Sprintf("Parts[%d].Len", i), float64(p.Len), "a whole number ≥ 0")
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
	if err := o.validateParts(); err != nil {
		return err
	}
	if !o.apart {
		if err := validateApart(o); err != nil {
			return err
		}
		o.apart = true
	}
	o.mustFit(len(w))
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

// mustFit panics unless the parts have n parameters in all.
func (o *Groups) mustFit(n int) {
	sum := 0
	for _, p := range o.Parts {
		sum += p.Len
	}
	if sum != n {
		panic(fmt.Sprintf("optim: the parts of Groups have %s, but len(w) is %d", count.Of(sum, "parameter"), n))
	}
}

// Ahead implements LookAhead, each part by its own.
func (o *Groups) Ahead(dst, w []float64) []float64 {
	if o.validateParts() != nil {
		return w // Step says why
	}
	o.mustFit(len(w))
	at, lo := w, 0
	for _, p := range o.Parts {
		hi := lo + p.Len
		part := GradientPoint(p.Optimizer, dst[lo:hi], w[lo:hi])
		if p.Len > 0 && &part[0] != &w[lo] {
			at = dst
		}
		copy(dst[lo:hi], part)
		lo = hi
	}
	return at
}

// EffectiveRate implements Adaptive, each part by its own; it is NaN in parts
// that are not Adaptive.
func (o *Groups) EffectiveRate(dst []float64) {
	o.mustFit(len(dst))
	lo := 0
	for _, p := range o.Parts {
		hi := lo + p.Len
		if a, ok := adaptive(p.Optimizer); ok {
			a.EffectiveRate(dst[lo:hi])
		} else {
			fill(dst[lo:hi], math.NaN())
		}
		lo = hi
	}
}

// adaptive returns the optimizer inside the wrappers of opt that is Adaptive.
// Groups is if one of its parts is.
func adaptive(opt Optimizer) (Adaptive, bool) {
	o, ok := inside[Adaptive](opt)
	if groups, is := o.(*Groups); is {
		ok = slices.ContainsFunc(groups.Parts, func(p Part) bool {
			_, ok := adaptive(p.Optimizer)
			return ok
		})
	}
	return o, ok
}

// Collected implements Collector: all parts only collected.
func (o *Groups) Collected() bool {
	return len(o.Parts) > 0 && !slices.ContainsFunc(o.Parts, func(p Part) bool {
		return p.Len > 0 && !collected(p.Optimizer)
	})
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
