package optim

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"math"
	"slices"
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
// Data that are truncated, of another version of the form, of another optimizer,
// or of other shapes or lengths than opt has give an error, and leave opt as it
// was. Two tensors of equally many numbers Restore can't tell apart.
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
	saved.complete(state)
	if err := saved.fits(state, roomOf(opt)); err != nil {
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
	walk(opt, func(o Optimizer) {
		if f, ok := o.(*Follow); ok {
			f.restored()
		}
	})
	return nil
}

// firstGradient is the variable of Accumulate that states did not have at first.
const firstGradient = "first gradient"

// complete adds to s the variable that it lacks if it is older than it.
func (s *savedState) complete(state State) {
	for i, v := range state.Variables {
		_, name := cutPart(v.Name)
		if name == firstGradient && i <= len(s.Variables) && (i == len(s.Variables) || s.Variables[i].Name != v.Name) {
			s.Variables = slices.Insert(s.Variables, i, savedVariable{Name: v.Name, Kind: "*int"})
		}
	}
}

// cutPart cuts the name of a variable into the numbers of its parts of Groups,
// as in "0.1.", and its name there.
func cutPart(name string) (part, rest string) {
	i := strings.LastIndex(name, ".") + 1
	return name[:i], name[i:]
}

// fits says why s can't be the state of the optimizer that now has state and
// room.
func (s savedState) fits(state State, rooms map[string]room) error {
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
		if len(saved.Vector) == 0 {
			continue // before the first step
		}
		part, _ := cutPart(v.Name)
		r, ok := rooms[part]
		if !ok {
			r = room{-1, -1}
		}
		switch x := v.Value.(type) {
		case *[]float64:
			if n, ok := lengths[part]; ok && n != len(saved.Vector) {
				return fmt.Errorf("optim: vector %s of the saved state has %s, others have %d", v.Name, count.Of(len(saved.Vector), "number"), n)
			}
			lengths[part] = len(saved.Vector)
			if len(*x) > 0 && len(*x) != len(saved.Vector) {
				return fmt.Errorf("optim: vector %s of the saved state has %s, that of %s has %d; make a new optimizer", v.Name, count.Of(len(saved.Vector), "number"), state.Method, len(*x))
			}
			if n := r.params; n >= 0 && n != len(saved.Vector) {
				return fmt.Errorf("optim: vector %s of the saved state has %s, the shapes and parts of %s call for %d", v.Name, count.Of(len(saved.Vector), "number"), state.Method, n)
			}
		case *Factors:
			if n := r.factors; n >= 0 && n != len(saved.Vector) {
				return fmt.Errorf("optim: %s of the saved state has %s, the shapes of %s call for %d", v.Name, count.Of(len(saved.Vector), "number"), state.Method, n)
			}
		}
	}
	return nil
}

// A room is how many numbers an optimizer is for, -1 where nothing says it.
type room struct{ params, factors int }

// roomOf returns the room of opt, and of the parts of Groups by the numbers that
// precede their names in State.
func roomOf(opt Optimizer) map[string]room {
	rooms := map[string]room{}
	var add func(opt Optimizer, part string, r room)
	add = func(opt Optimizer, part string, r room) {
		for {
			if o, ok := opt.(interface{ shapes() []Shape }); ok && len(o.shapes()) > 0 {
				r.params = 0
				for _, s := range o.shapes() {
					r.params += s.size()
				}
			}
			if o, ok := opt.(*Adafactor); ok {
				r.factors = o.need(r.params)
			}
			if o, ok := opt.(*Groups); ok {
				r.params = 0
				for i, p := range o.Parts {
					r.params += p.Len
					add(p.Optimizer, fmt.Sprintf("%s%d.", part, i), room{p.Len, -1})
				}
			}
			rooms[part] = r
			wrapper, ok := opt.(Wrapper)
			if !ok {
				return
			}
			opt = wrapper.Unwrap()
		}
	}
	add(opt, "", room{-1, -1})
	return rooms
}
