package optim

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"math"
	"strings"

	"descent/pkg/internal/count"
)

// savedForm is the version of the form that Save writes.
const savedForm = 1

// mostSteps is more steps than a run can take.
const mostSteps = math.MaxInt / 2

type savedState struct {
	Form      int
	Method    string
	Variables []savedVariable
}

type savedVariable struct {
	Name, Kind string
	Int        int
	Number     float64
	Vector     []float64
}

// Save returns the state of opt in a form that Restore reads: what opt keeps
// between steps, bit for bit, not its hyperparameters. It returns an error if
// opt or an optimizer inside it is not Stateful.
func Save(opt Optimizer) ([]byte, error) {
	state, err := stateOf(opt)
	if err != nil {
		return nil, err
	}
	saved := savedState{Form: savedForm, Method: state.Method}
	for _, v := range state.Variables {
		s := savedVariable{Name: v.Name, Kind: fmt.Sprintf("%T", v.Value)}
		switch x := v.Value.(type) {
		case *int:
			s.Int = *x
		case *float64:
			s.Number = *x
		case *[]float64:
			s.Vector = *x
		case *Factors:
			s.Vector = *x
		}
		saved.Variables = append(saved.Variables, s)
	}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(saved); err != nil {
		return nil, fmt.Errorf("optim: saving the state of %s: %w", state.Method, err)
	}
	return b.Bytes(), nil
}

// Restore puts the state that Save returned into opt, which must be built as
// the saved one was; its hyperparameters are its own. A run that goes on from
// there equals the uninterrupted one bit for bit.
//
// Data that are truncated, of another version of the form or of another
// optimizer give an error, and leave opt as it was.
func Restore(opt Optimizer, data []byte) error {
	state, err := stateOf(opt)
	if err != nil {
		return err
	}
	in := bytes.NewReader(data)
	var saved savedState
	if err := gob.NewDecoder(in).Decode(&saved); err != nil {
		return fmt.Errorf("optim: the data are not a whole saved state: %w", err)
	}
	if in.Len() > 0 {
		return fmt.Errorf("optim: %s after the saved state, allowed is 0", count.Of(in.Len(), "byte"))
	}
	if err := saved.fits(state); err != nil {
		return err
	}
	for i, s := range saved.Variables {
		switch x := state.Variables[i].Value.(type) {
		case *int:
			*x = s.Int
		case *float64:
			*x = s.Number
		case *[]float64:
			*x = s.Vector
		case *Factors:
			*x = s.Vector
		}
	}
	return nil
}

// fits says why s can't be the state of the optimizer that now has state.
func (s savedState) fits(state State) error {
	if s.Form != savedForm {
		return fmt.Errorf("optim: the state was saved in form %d, allowed is %d", s.Form, savedForm)
	}
	if s.Method != state.Method {
		return fmt.Errorf("optim: the saved state is of %q, not of %s", s.Method, state.Method)
	}
	if len(s.Variables) != len(state.Variables) {
		return fmt.Errorf("optim: the saved state has %s, %s has %d", count.Of(len(s.Variables), "variable"), state.Method, len(state.Variables))
	}
	lengths := map[string]int{} // of the vectors, for each part of Groups
	for i, v := range state.Variables {
		saved := s.Variables[i]
		if kind := fmt.Sprintf("%T", v.Value); saved.Name != v.Name || saved.Kind != kind {
			return fmt.Errorf("optim: variable %d of the saved state is %q, a %q, that of %s is %s, a %s", i, saved.Name, saved.Kind, state.Method, v.Name, kind)
		}
		if saved.Int < 0 || saved.Int > mostSteps {
			return fmt.Errorf("optim: %s of the saved state is %d, allowed is 0 to %d", v.Name, saved.Int, mostSteps)
		}
		if _, vector := v.Value.(*[]float64); vector && len(saved.Vector) > 0 {
			part := v.Name[:strings.LastIndex(v.Name, ".")+1]
			if n, ok := lengths[part]; ok && n != len(saved.Vector) {
				return fmt.Errorf("optim: vector %s of the saved state has %s, others have %d", v.Name, count.Of(len(saved.Vector), "number"), n)
			}
			lengths[part] = len(saved.Vector)
		}
	}
	return nil
}
