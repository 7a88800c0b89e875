package optim_test

import (
	"bytes"
	"encoding/gob"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"descent/pkg/optim"
)

// saved returns the state of opt after two steps, and what it then holds.
func saved(t testing.TB, opt optim.Stateful) []byte {
	t.Helper()
	w := []float64{1, 2, 3, 4, 5, 6}
	for range 2 {
		if err := opt.Step(w, []float64{1, -1, 0.5, 0.1, 2, -3}); err != nil {
			t.Fatal(err)
		}
	}
	data, err := optim.Save(opt)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestRestoreRefuses(t *testing.T) {
	adam := saved(t, optim.NewAdam(0.1))
	// the saved form, spelled out once more: a change of it needs a new number
	type variable struct {
		Name, Kind string
		Int        int
		Number     float64
		Vector     []float64
	}
	type state struct {
		Form      int
		Method    string
		Variables []variable
	}
	encode := func(edit func(s *state)) []byte {
		var s state
		if err := gob.NewDecoder(bytes.NewReader(adam)).Decode(&s); err != nil {
			t.Fatal(err)
		}
		edit(&s)
		var b bytes.Buffer
		if err := gob.NewEncoder(&b).Encode(s); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for want, data := range map[string][]byte{
		"not a whole saved state":                                         nil,
		"not a whole saved state: ":                                       []byte("PK\x03\x04 something else"),
		"1 byte after the saved state, allowed is 0":                      append(slices.Clone(adam), 0),
		"saved in form 0, allowed is 1":                                   encode(func(s *state) { s.Form = 0 }),
		"saved in form 2, allowed is 1":                                   encode(func(s *state) { s.Form = 2 }),
		`the saved state is of "RMSProp", not of Adam`:                    saved(t, optim.NewRMSProp(0.1)),
		`the saved state is of "Lookahead(Adam)", not of Adam`:            saved(t, optim.NewLookahead(optim.NewAdam(0.1))),
		"the saved state has 2 variables, Adam has 3":                     encode(func(s *state) { s.Variables = s.Variables[:2] }),
		`variable 1 of the saved state is "h", a "*[]float64", that of A`: encode(func(s *state) { s.Variables[1].Name = "h" }),
		`variable 2 of the saved state is "v", a "*int", that of Adam is`: encode(func(s *state) { s.Variables[2].Kind = "*int" }),
		"t of the saved state is -1, allowed is 0 to 4611686018427387903": encode(func(s *state) { s.Variables[0].Int = -1 }),
		"t of the saved state is 9223372036854775807, allowed is 0 to":    encode(func(s *state) { s.Variables[0].Int = math.MaxInt64 }),
		"t of the saved state is 4611686018427387904, allowed is 0 to 46": encode(func(s *state) { s.Variables[0].Int = math.MaxInt64/2 + 1 }),
		"the saved state has 4 variables, Adam has 3":                     encode(func(s *state) { s.Variables = append(s.Variables, s.Variables[2]) }),
		"vector v of the saved state has 5 numbers, others have 6":        encode(func(s *state) { s.Variables[2].Vector = s.Variables[2].Vector[1:] }),
		"vector v of the saved state has 1 number, others have 6":         encode(func(s *state) { s.Variables[2].Vector = s.Variables[2].Vector[:1] }),
		"vector v of the saved state has 7 numbers, others have 6":        encode(func(s *state) { s.Variables[2].Vector = append(s.Variables[2].Vector, 1) }),
	} {
		opt := optim.NewAdam(0.1)
		before := saved(t, opt)
		if err := optim.Restore(opt, data); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
		if after, err := optim.Save(opt); err != nil || !bytes.Equal(before, after) {
			t.Errorf("%s: the optimizer has changed, %v", want, err)
		}
	}
	for name, c := range map[string]struct {
		opt  optim.Stateful
		data []byte
	}{
		"the most steps":            {optim.NewAdam(0.1), encode(func(s *state) { s.Variables[0].Int = math.MaxInt64 / 2 })},
		"factors beside the vector": {factored(), saved(t, factored())},
	} {
		if err := optim.Restore(c.opt, c.data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for n := range adam {
		if err := optim.Restore(optim.NewAdam(0.1), adam[:n]); err == nil {
			t.Errorf("cut to %d of %d bytes it is accepted", n, len(adam))
		}
	}
}

// factored keeps 5 factors and an average of 6 numbers.
func factored() optim.Stateful {
	return optim.NewEMA(optim.NewAdafactor(0.1, optim.Shape{Rows: 2, Cols: 3}), 0.5)
}

// The state survives bit for bit, NaN, -0 and the smallest numbers included.
func TestSaveKeepsBits(t *testing.T) {
	opt := &optim.Momentum{LR: 1, Alpha: 1, NonFinite: true}
	grad := []float64{math.NaN(), math.Inf(1), math.Copysign(0, -1), 5e-324, -math.MaxFloat64, 1.0 / 3}
	if err := opt.Step(make([]float64, 6), grad); err != nil {
		t.Fatal(err)
	}
	data, err := optim.Save(opt)
	twin := &optim.Momentum{LR: 1, Alpha: 1}
	if err := errors.Join(err, optim.Restore(twin, data)); err != nil {
		t.Fatal(err)
	}
	a, b := opt.State().Vector("v"), twin.State().Vector("v")
	for i := range a {
		if math.Float64bits(a[i]) != math.Float64bits(b[i]) && !math.IsNaN(a[i]) {
			t.Errorf("v[%d] was %v, is %v", i, a[i], b[i])
		}
	}
	if opt.State().Vector("m") != nil || opt.State().Vector("t") != nil {
		t.Error("Momentum has no vector m or t")
	}
}

// An optimizer of somebody else can't be saved, inside a wrapper neither.
func TestSaveNeedsState(t *testing.T) {
	for _, opt := range []optim.Optimizer{
		stranger{}, optim.NewL2(stranger{}, 1), optim.NewGroups(optim.Part{Len: 1, Optimizer: stranger{}}), strange{},
	} {
		_, refused := optim.Save(opt)
		if refused == nil {
			t.Fatalf("%v was saved", opt)
		}
		if err := optim.Restore(opt, nil); err == nil || err.Error() != refused.Error() || !strings.HasPrefix(err.Error(), "optim: ") {
			t.Errorf("%v: error %v, of Save %v", opt, err, refused)
		}
	}
}

// stranger is not Stateful.
type stranger struct{}

func (stranger) Step(w, grad []float64) error { return nil }
func (stranger) String() string               { return "stranger" }

// strange has a variable of a kind that can't be saved.
type strange struct{ stranger }

func (strange) State() optim.State {
	return optim.State{Method: "strange", Variables: []optim.Variable{{Name: "s", Value: "text"}}}
}

// Whatever the bytes, Restore answers with an error or with a state that works.
func FuzzRestore(f *testing.F) {
	build := func() optim.Stateful {
		return optim.NewGroups(
			optim.Part{Len: 4, Optimizer: optim.NewLookahead(optim.NewAdam(0.1))},
			optim.Part{Len: 2, Optimizer: optim.NewAdafactor(0.1)},
		)
	}
	f.Add(saved(f, build()))
	f.Add(saved(f, optim.NewAdam(0.1)))
	f.Add([]byte("descent"))
	f.Fuzz(func(t *testing.T, data []byte) {
		opt := build()
		if err := optim.Restore(opt, data); err != nil {
			if !strings.HasPrefix(err.Error(), "optim: ") {
				t.Errorf("error %v", err)
			}
			return
		}
		defer func() {
			if r := recover(); r != nil {
				if s, ok := r.(string); !ok || !strings.HasPrefix(s, "optim: ") {
					t.Errorf("panic %v", r)
				}
			}
		}()
		_ = opt.Step(make([]float64, 6), make([]float64, 6))
	})
}
