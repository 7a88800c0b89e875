package optim_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"descent/pkg/optim"
)

// gradients returns n gradients of 6 numbers, some of them 0.
func gradients(rng *rand.Rand, n int) [][]float64 {
	all := make([][]float64, n)
	for t := range all {
		all[t] = make([]float64, 6)
		for i := range all[t] {
			if rng.IntN(5) > 0 {
				all[t][i] = rng.NormFloat64() * math.Pow(10, float64(i-3))
			}
		}
	}
	return all
}

// A method that a file of the package defines stands in the tables above.
func TestEveryMethodIsTested(t *testing.T) {
	all := everything()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Name.Name != "Step" || f.Recv == nil {
				continue
			}
			name := f.Recv.List[0].Type.(*ast.StarExpr).X.(*ast.Ident).Name
			if all[name] == nil {
				t.Errorf("%s has a Step, but no test in optimizers or wrappers", name)
			}
		}
	}
}

// Every number among the fields is checked: NaN is never allowed, and the error
// names the field. w, the state and the gradient stay as they were.
func TestFieldsAreChecked(t *testing.T) {
	for name, build := range everything() {
		fields := reflect.TypeOf(build(0.1)).Elem()
		for i := range fields.NumField() {
			field := fields.Field(i)
			bad := map[string]reflect.Value{}
			switch {
			case !field.IsExported():
			case field.Type.Kind() == reflect.Float64:
				bad["NaN"] = reflect.ValueOf(math.NaN())
				bad["-Inf"] = reflect.ValueOf(math.Inf(-1))
				if field.Name != "Dampening" {
					bad["-0.5"] = reflect.ValueOf(-0.5)
				}
				if field.Name != "Clip" && field.Name != "Order" {
					bad["+Inf"] = reflect.ValueOf(math.Inf(1))
				}
			case field.Type == reflect.TypeFor[*float64]() && name != "Follow": // which writes it
				for _, x := range []float64{math.NaN(), -0.5, math.Inf(1), math.Inf(-1)} {
					bad[fmt.Sprint(x)] = reflect.ValueOf(&x)
				}
			case field.Type.Kind() == reflect.Int:
				bad["-1"] = reflect.ValueOf(-1).Convert(field.Type)
			case field.Type == reflect.TypeOf([]optim.Shape{}):
				bad["0 rows"] = reflect.ValueOf([]optim.Shape{{Rows: 0, Cols: 3}})
				bad["-1 columns"] = reflect.ValueOf([]optim.Shape{{Rows: 3, Cols: -1}})
			case field.Type == reflect.TypeOf([3]float64{}):
				bad["NaN"] = reflect.ValueOf([3]float64{1, math.NaN(), 1})
			case field.Type == reflect.TypeOf([]optim.Part{}):
				bad["-1"] = reflect.ValueOf([]optim.Part{{Len: -1, Optimizer: optim.NewSGD(1)}})
				bad["inner"] = reflect.ValueOf([]optim.Part{{Len: 6, Optimizer: optim.NewSGD(-1)}})
			}
			for what, value := range bad {
				if name == "Rprop" && field.Name == "Max" && what == "+Inf" {
					continue // no limit
				}
				opt := build(0.1)
				reflect.ValueOf(opt).Elem().Field(i).Set(value)
				w := []float64{1, 2, 3, 4, 5, 6}
				err := opt.Step(w, []float64{1, 1, 1, 1, 1, 1})
				var e *optim.FieldError
				if !errors.As(err, &e) || what != "inner" && (e.Type != name || !strings.HasPrefix(e.Field, field.Name) && e.Field != "len(Shapes)") {
					t.Errorf("%s.%s = %s: error %v, want a FieldError on it", name, field.Name, what, err)
				}
				if !slices.Equal(w, []float64{1, 2, 3, 4, 5, 6}) {
					t.Errorf("%s.%s = %s: w is now %v", name, field.Name, what, w)
				}
				if s := opt.String(); s == "" {
					t.Errorf("%s.%s = %s: String is empty", name, field.Name, what)
				}
			}
		}
	}
}

// Bounds that are not those of all numbers.
func TestBounds(t *testing.T) {
	for want, opt := range map[string]optim.Optimizer{
		"optim: SGD.LR is -0.1, allowed is a finite number ≥ 0":                                              optim.NewSGD(-0.1),
		"optim: Adam.Beta1 is 1, allowed is 0 ≤ Beta1 < 1":                                                   &optim.Adam{Beta1: 1},
		"optim: Adam.Correction is 3, allowed is Corrected, EtaT or Uncorrected":                             &optim.Adam{Correction: 3},
		"optim: RAdam.Correction is 2, allowed is Corrected or EtaT":                                         &optim.RAdam{Correction: optim.Uncorrected, Threshold: 5},
		"optim: RAdam.Threshold is 3.9, allowed is a finite number ≥ 4":                                      &optim.RAdam{Threshold: 3.9},
		"optim: AdaDelta.Eps is 0, allowed is a finite number > 0":                                           &optim.AdaDelta{},
		"optim: Rprop.EtaMinus is 1, allowed is 0 < EtaMinus < 1":                                            &optim.Rprop{EtaMinus: 1, EtaPlus: 1.2},
		"optim: Rprop.EtaPlus is 1, allowed is a finite number > 1":                                          &optim.Rprop{EtaMinus: 0.5, EtaPlus: 1},
		"optim: Rprop.EtaMinus is 0, allowed is 0 < EtaMinus < 1":                                            &optim.Rprop{EtaPlus: 1.2},
		"optim: Muon.Coefficients[0] is NaN, allowed is a finite number":                                     muonWith(math.NaN(), 0, 0),
		"optim: Muon.Coefficients[2] is NaN, allowed is a finite number":                                     muonWith(0, 0, math.NaN()),
		"optim: Muon.Shapes[0] is 1, allowed is 2 or more for the smaller side of a matrix; this one is 1×6": optim.NewMuon(1, optim.Shape{Rows: 1, Cols: 6}),
		"optim: Accumulate.K is 0, allowed is a whole number ≥ 1":                                            optim.NewAccumulate(optim.NewSGD(1), 0),
		"optim: SWA.From is 0, allowed is a whole number ≥ 1":                                                optim.NewSWA(optim.NewSGD(1), 0, 1),
		"optim: Rprop.Max is 1, allowed is Min = 2 or more":                                                  &optim.Rprop{EtaMinus: 0.5, EtaPlus: 1.2, Min: 2, Max: 1},
		"optim: Adafactor.Clip is 0, allowed is a number > 0, +Inf for no limit":                             &optim.Adafactor{},
		"optim: Muon.len(Shapes) is 0, allowed is a whole number ≥ 1":                                        &optim.Muon{Eps: 1e-7},
		"optim: Muon.Shapes[0] is 1, allowed is 2 or more for the smaller side of a matrix; this one is 6×1": optim.NewMuon(1, optim.Shape{Rows: 6, Cols: 1}),
		"optim: LAMB.Shapes[1].Cols is 0, allowed is 1 or more":                                              optim.NewLAMB(1, optim.Shape{Rows: 3, Cols: 1}, optim.Shape{Rows: 3, Cols: 0}),
		"optim: Lookahead.K is 0, allowed is a whole number ≥ 1":                                             &optim.Lookahead{Inner: optim.NewSGD(1)},
		"optim: Lookahead.Alpha is 1.5, allowed is 0 ≤ Alpha ≤ 1":                                            &optim.Lookahead{Inner: optim.NewSGD(1), K: 1, Alpha: 1.5},
		"optim: ClipNorm.Order is 3, allowed is 1, 2 or +Inf":                                                &optim.ClipNorm{Inner: optim.NewSGD(1), Max: 1, Order: 3},
		"optim: ClipValue.Max is 0, allowed is a finite number > 0":                                          optim.NewClipValue(optim.NewSGD(1), 0),
		"optim: SWA.Every is 0, allowed is a whole number ≥ 1":                                               optim.NewSWA(optim.NewSGD(1), 1, 0),
		"optim: Muon.Scale is -1, allowed is ScaleOriginal, ScaleRMS, ScaleSpectral or ScaleNone":            &optim.Muon{Eps: 1e-7, Scale: -1},
		"optim: Nesterov.MistakeBookOrder is 1, allowed is false where Paper is true":                        &optim.Nesterov{Paper: true, MistakeBookOrder: true},
		"optim: Groups.Parts[1].Len is -1, allowed is a whole number ≥ 0":                                    optim.NewGroups(optim.Part{Len: 6, Optimizer: optim.NewSGD(1)}, optim.Part{Len: -1, Optimizer: optim.NewSGD(1)}),
		"optim: Momentum.Alpha is -0.1, allowed is a finite number ≥ 0":                                      optim.NewL2(optim.NewClipValue(&optim.Momentum{Alpha: -0.1}, 1), 1),
	} {
		err := opt.Step(make([]float64, 6), make([]float64, 6))
		if err == nil || err.Error() != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	// what lies just within
	none := optim.NewMuon(1, optim.Shape{Rows: 2, Cols: 3})
	none.Iterations = 0
	for _, opt := range []optim.Optimizer{
		optim.NewSGD(math.MaxFloat64), &optim.AdaDelta{Eps: math.MaxFloat64}, &optim.Momentum{Dampening: -math.MaxFloat64}, none,
		&optim.ASGD{T0: 0}, &optim.Rprop{EtaMinus: 0.5, EtaPlus: 1.2, Min: 2, Max: 2}, &optim.RAdam{Threshold: 4},
		&optim.Lookahead{Inner: optim.NewSGD(1), K: 1, Alpha: 0}, &optim.Lookahead{Inner: optim.NewSGD(1), K: 1, Alpha: 1},
		optim.NewGroups(optim.Part{Len: 0, Optimizer: optim.NewSGD(1)}, optim.Part{Len: 6, Optimizer: optim.NewSGD(1)}),
	} {
		if err := opt.Step(make([]float64, 6), make([]float64, 6)); err != nil {
			t.Errorf("%v: %v", opt, err)
		}
	}
}

func muonWith(a, b, c float64) *optim.Muon {
	o := optim.NewMuon(1, optim.Shape{Rows: 2, Cols: 3})
	o.Coefficients = [3]float64{a, b, c}
	return o
}

// A gradient that is not finite is refused with its index and step, and nothing
// has changed; with NonFinite it goes through.
func TestNonFiniteGradients(t *testing.T) {
	for name, build := range everything() {
		for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
			opt, twin := build(0.1), build(0.1)
			w, v := []float64{1, 2, 3, 4, 5, 6}, []float64{1, 2, 3, 4, 5, 6}
			good := []float64{0.5, -1, 2, 0.1, -0.3, 1}
			for _, o := range []struct {
				opt optim.Optimizer
				w   []float64
			}{{opt, w}, {twin, v}} {
				if err := o.opt.Step(o.w, good); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
			err := opt.Step(w, []float64{1, 1, bad, 1, bad, 1})
			var e *optim.GradientError
			if !errors.As(err, &e) || e.Index != 2 || e.Step != 2 || math.IsNaN(bad) != math.IsNaN(e.Value) {
				t.Errorf("%s with gradient %v: error %v, want a GradientError at index 2, step 2", name, bad, err)
			}
			for range 5 {
				if err := errors.Join(opt.Step(w, good), twin.Step(v, good)); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
			if !slices.Equal(w, v) {
				t.Errorf("%s with gradient %v: the refused step left its trace: %v, want %v", name, bad, w, v)
			}
		}
		if _, wrapper := wrappers[name]; wrapper {
			continue
		}
		opt := build(0.1)
		reflect.ValueOf(opt).Elem().FieldByName("NonFinite").SetBool(true)
		w := []float64{1, 2, 3, 4, 5, 6}
		if err := opt.Step(w, []float64{1, 1, math.NaN(), 1, 1, 1}); err != nil {
			t.Errorf("%s with NonFinite: %v", name, err)
		}
		if !math.IsNaN(w[2]) && name != "Rprop" {
			t.Errorf("%s with NonFinite: w is %v, want NaN at 2", name, w)
		}
	}
}

func TestLengthMismatchPanics(t *testing.T) {
	for name, build := range everything() {
		mustPanic(t, "optim: ", func() { _ = build(0.1).Step(make([]float64, 6), make([]float64, 5)) })
		mustPanic(t, "optim: ", func() { _ = build(0.1).Step(make([]float64, 6), make([]float64, 7)) })
		if name == "SGD" {
			continue // it keeps nothing
		}
		opt := build(0.1)
		if err := opt.Step(make([]float64, 6), []float64{1, 1, 1, 1, 1, 1}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		mustPanic(t, "optim: ", func() { _ = opt.Step(make([]float64, 7), make([]float64, 7)) })
		mustPanic(t, "optim: ", func() { _ = opt.Step(make([]float64, 5), make([]float64, 5)) })
	}
}

func TestStepsDoNotAllocate(t *testing.T) {
	w, grad := []float64{1, 2, 3, 4, 5, 6}, []float64{0.5, -1, 2, 0, -0.3, 1}
	for name, build := range everything() {
		opt := build(0.1)
		if n := testing.AllocsPerRun(10, func() { _ = opt.Step(w, grad) }); n != 0 {
			t.Errorf("%s allocates %v times a step", name, n)
		}
	}
}

// Step reads the gradient and does not keep it.
func TestStepsLeaveTheGradient(t *testing.T) {
	for name, build := range everything() {
		opt, twin := build(0.1), build(0.1)
		w, v := []float64{1, 2, 3, 4, 5, 6}, []float64{1, 2, 3, 4, 5, 6}
		shared := make([]float64, 6)
		for _, g := range gradients(rand.New(rand.NewPCG(5, 6)), 12) {
			copy(shared, g)
			if err := errors.Join(opt.Step(w, shared), twin.Step(v, slices.Clone(g))); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if !slices.Equal(shared, g) {
				t.Errorf("%s changed the gradient to %v", name, shared)
			}
			for i := range shared {
				shared[i] = 1e9 // what was kept of it would show
			}
		}
		if !slices.Equal(w, v) {
			t.Errorf("%s keeps a gradient that was not its own", name)
		}
	}
}

// A run cut after any number of steps and resumed in a new optimizer equals
// the uninterrupted one bit for bit.
func TestCutAndResume(t *testing.T) {
	grads := gradients(rand.New(rand.NewPCG(7, 8)), 17)
	for name, build := range everything() {
		for cut := range len(grads) + 1 {
			whole, first, second := build(0.1), build(0.1), build(0.1)
			w, v := []float64{1, -2, 3, 4, -5, 6}, []float64{1, -2, 3, 4, -5, 6}
			for t2, g := range grads {
				if t2 == cut {
					data, err := optim.Save(first)
					if err == nil {
						err = optim.Restore(second, data)
					}
					if err != nil {
						t.Fatalf("%s cut after %d: %v", name, cut, err)
					}
				}
				opt := first
				if t2 >= cut {
					opt = second
				}
				if err := errors.Join(whole.Step(w, g), opt.Step(v, g)); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if !slices.Equal(w, v) {
					t.Fatalf("%s cut after %d differs at step %d: %v, want %v", name, cut, t2+1, v, w)
				}
			}
		}
	}
}

// String names the type; a hyperparameter that is set shows in it.
func TestStrings(t *testing.T) {
	for name, build := range optimizers {
		if s := build(0.125).String(); !strings.HasPrefix(s, name+"(") || !strings.Contains(s, "0.125") {
			t.Errorf("%s is %s", name, s)
		}
		fields := reflect.TypeOf(build(0.1)).Elem()
		for i := range fields.NumField() {
			field := fields.Field(i)
			opt := build(0.1)
			at := reflect.ValueOf(opt).Elem().Field(i)
			switch {
			case !field.IsExported() || field.Name == "NonFinite" || field.Name == "InOut" || field.Name == "Correct" && name == "Muon":
				continue
			case field.Type.Kind() == reflect.Float64:
				at.SetFloat(at.Float()*0.5 + 0.0078125)
			case field.Type.Kind() == reflect.Bool:
				at.SetBool(!at.Bool())
			case field.Name == "Correction" || field.Name == "Scale":
				at.SetInt(1)
			default:
				continue
			}
			if name == "Muon" && field.Name == "Eps" {
				continue
			}
			if a, b := build(0.1).String(), opt.String(); a == b {
				t.Errorf("%s.%s = %v does not show in %s", name, field.Name, at, b)
			}
		}
	}
	for want, opt := range map[string]fmt.Stringer{
		"Adam(η=0.3, β1=0.9, β2=0.999, ε=1e-08)":             optim.NewAdam(0.3),
		"Adam(η=0.3, β1=0.9, β2=0.999, ε=1e-08) + L2(λ=0.1)": optim.NewL2(optim.NewAdam(0.3), 0.1),
		"SGD(η=0.1), ‖g‖ ≤ 2":                                optim.NewClipNorm(optim.NewSGD(0.1), 2),
		"SGD(η=0.1), ‖g‖ of each tensor ≤ 2":                 optim.NewClipNorm(optim.NewSGD(0.1), 2, optim.Shape{Rows: 1, Cols: 1}),
		"Groups(1: SGD(η=0.1); 2: Momentum(η=0.2, α=0.9))":   optim.NewGroups(optim.Part{Len: 1, Optimizer: optim.NewSGD(0.1)}, optim.Part{Len: 2, Optimizer: optim.NewMomentum(0.2)}),
		"Correction(7)":  optim.Correction(7),
		"Correction(3)":  optim.Correction(3),
		"Correction(-1)": optim.Correction(-1),
		// what is 0 is left out, what is set is not
		"Adam(η=1, β1=0, β2=0, ε=0, Correction(-1))":           &optim.Adam{LR: 1, Correction: -1},
		"Momentum(η=1, α=0.9, τ=-0.5)":                         &optim.Momentum{LR: 1, Alpha: 0.9, Dampening: -0.5},
		"Adamax(η=1, β1=0.9, β2=0.999, ε=1e-08)":               optim.NewAdamax(1),
		"Adamax(η=1, β1=0, β2=0, ε=0, ε below the line=1)":     &optim.Adamax{LR: 1, EpsOutside: 1},
		"LARS(η=1, α=0.9, γ=0.001)":                            optim.NewLARS(1),
		"LARS(η=1, α=0, γ=0, λ=1, ε=1)":                        &optim.LARS{LR: 1, Decay: 1, Eps: 1},
		"LAMB(η=1, β1=0.9, β2=0.999, ε=1e-06)":                 optim.NewLAMB(1),
		"LAMB(η=1, β1=0, β2=0, ε=0, ε in the root=1, λ=1)":     &optim.LAMB{LR: 1, EpsRoot: 1, Decay: 1},
		"Lion(η=1, β1=0.9, β2=0.99)":                           optim.NewLion(1),
		"Lion(η=1, β1=0, β2=0, λ=1)":                           &optim.Lion{LR: 1, Decay: 1},
		"Adafactor(η=1, c=0.8, ε1=1e-30, ε2=0.001, d=1)":       optim.NewAdafactor(1),
		"Adafactor(η=1, c=0, ε1=0, ε2=0, d=0, floor=1, λ=1)":   &optim.Adafactor{LR: 1, Floor: 1, Decay: 1},
		"Muon(η=1, α=0.95)":                                    optim.NewMuon(1),
		"Muon(η=1, α=0, λ=1, average, corrected, s=√(out/in))": &optim.Muon{LR: 1, Decay: 1, Average: true, Correct: true, Scale: optim.ScaleSpectral},
		"Muon(η=1, α=0, average, s=0.2√max(out, in))":          &optim.Muon{LR: 1, Average: true, Scale: optim.ScaleRMS},
		"Muon(η=1, α=0, norm ≥ 1e-07)":                         &optim.Muon{LR: 1, Eps: 1e-7, Floor: true},
		"Muon(η=1, α=0, s=1)":                                  &optim.Muon{LR: 1, Correct: true, Scale: optim.ScaleNone},
		"Muon(η=2, α=0, s=1)":                                  &optim.Muon{LR: 2, Scale: 4}, // out of range
		"Muon(η=1, α=0, s=√max(1, out/in))":                    &optim.Muon{LR: 1, Scale: -1},
	} {
		if got := opt.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
