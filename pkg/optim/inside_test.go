package optim_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"descent/pkg/optim"
	"descent/pkg/optim/schedule"
	"descent/pkg/surface"
)

// fieldsOf returns the addresses of the hyperparameters of opt.
func fieldsOf(opt optim.Optimizer) map[string]*float64 {
	all := map[string]*float64{}
	v := reflect.ValueOf(opt).Elem()
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() && f.Type.Kind() == reflect.Float64 {
			all[f.Name] = v.Field(i).Addr().Interface().(*float64)
		}
	}
	return all
}

// What Follow says is what the optimizer inside says with the value in the
// field, for every field of every method, alone and in every wrapper.
func TestFollowAsksACopy(t *testing.T) {
	const mark = 0.0625123
	rate := schedule.Func{Name: "schedule", F: func(int) float64 { return mark }}
	check := func(name string, opt, around optim.Optimizer, field *float64) {
		t.Helper()
		f := optim.NewFollow(around, field, rate)
		got, gotErr := f.String(), f.Validate()
		for _, part := range []float64{0.3, 7} { // the number that stood there shows nowhere
			*field = part
			if again := f.String(); again != got {
				t.Errorf("%s: %s, with %v in the field %s", name, got, part, again)
			}
		}
		*field = mark
		want := strings.Replace(around.String(), fmt.Sprint(mark), "schedule", 1)
		if want == around.String() {
			want += " with schedule"
		}
		var wantErr error
		if v, ok := around.(interface{ Validate() error }); ok {
			wantErr = v.Validate()
		}
		if got != want || fmt.Sprint(gotErr) != fmt.Sprint(wantErr) {
			t.Errorf("%s: got  %s, %v\nwant %s, %v", name, got, gotErr, want, wantErr)
		}
	}
	for name, build := range optimizers {
		for field := range fieldsOf(build(0.1)) {
			opt := build(0.1)
			check(name+"."+field, opt, opt, fieldsOf(opt)[field])
			for outer, wrap := range neutral {
				opt := build(0.1)
				check(outer+" around "+name+"."+field, opt, wrap(opt, new(float64)), fieldsOf(opt)[field])
			}
		}
	}
	for name, wrap := range wrappers {
		if name == "Follow" {
			continue
		}
		for field := range fieldsOf(wrap(optim.NewAdam(0.1))) {
			opt := wrap(optim.NewAdam(0.1))
			check(name+"."+field, opt, opt, fieldsOf(opt)[field])
		}
	}
	muon := optim.NewMuon(0.1, optim.Shape{Rows: 2, Cols: 3})
	if err := optim.NewFollow(muon, &muon.Coefficients[1], schedule.Func{Name: "NaN", F: func(int) float64 { return math.NaN() }}).Validate(); fmt.Sprint(err) != "optim: Muon.Coefficients[1] is NaN, allowed is a finite number" {
		t.Error(err)
	}
	sgd := optim.NewSGD(0.1)
	decay := optim.NewFollow(optim.NewDecoupled(sgd, &sgd.LR, 0.1), &sgd.LR, schedule.Func{Name: "-1", F: func(int) float64 { return -1 }})
	if err := decay.Validate(); fmt.Sprint(err) != "optim: Decoupled.LR is -1, allowed is a finite number ≥ 0" {
		t.Error(err)
	}
	if err := (&optim.Follow{Inner: sgd, Schedule: rate}).Step([]float64{1}, []float64{1}); fmt.Sprint(err) != "optim: Follow.Field is nil, allowed is the address of a hyperparameter" {
		t.Error(err)
	}
}

// spy calls look whenever it is asked something.
type spy struct {
	LR   float64
	look func()
}

func (o *spy) Step(w, grad []float64) error { return nil }
func (o *spy) String() string               { o.look(); return fmt.Sprintf("spy(η=%v)", o.LR) }
func (o *spy) Validate() error {
	o.look()
	if o.LR == 2 {
		return errors.New("refused")
	}
	return nil
}

// String and Validate leave the field as it is, at every moment: another
// goroutine may be looking.
func TestFollowOnlyReads(t *testing.T) {
	opt := &spy{LR: 0.5}
	looks := 0
	opt.look = func() {
		if looks++; opt.LR != 0.5 {
			t.Errorf("the field holds %v meanwhile", opt.LR)
		}
	}
	rate := schedule.Func{Name: "rate", F: func(int) float64 { opt.look(); return 2 }}
	for name, f := range map[string]interface {
		optim.Optimizer
		Validate() error
	}{
		"alone":      optim.NewFollow(opt, &opt.LR, rate),
		"in Follow":  optim.NewFollow(optim.NewFollow(opt, &opt.LR, rate), new(float64), rate),
		"in EMA":     optim.NewEMA(optim.NewFollow(opt, &opt.LR, rate), 0.5),
		"around EMA": optim.NewFollow(optim.NewEMA(opt, 0.5), &opt.LR, rate),
		"stranger":   optim.NewFollow(hidden{&timer{inner: opt}}, &opt.LR, rate),
	} {
		looks = 0
		if s := f.String(); !strings.Contains(s, "spy(η=rate)") || looks == 0 {
			t.Errorf("%s: String is %s after %d looks", name, s, looks)
		}
		looks = 0
		if err := f.Validate(); name != "stranger" && (err == nil || looks < 2) { // a stranger has no Validate
			t.Errorf("%s: Validate gives %v after %d looks", name, err, looks)
		}
	}
}

// A run is printed from another goroutine: go test -race sees what is shared.
func TestFollowIsPrintedWhileItSteps(t *testing.T) {
	adam := optim.NewAdam(0.1)
	opt := optim.NewEMA(optim.NewFollow(optim.NewFollow(adam, &adam.LR, schedule.Cosine{From: 0.1, T: 100}), &adam.Beta1, schedule.Constant{Value: 0.5}), 0.9)
	var wait sync.WaitGroup
	wait.Add(1)
	go func() {
		defer wait.Done()
		for range 50 {
			if s, want := opt.String(), "EMA(Adam(η=Cosine(0.1 → 0, T=100), β1=Constant(0.5), β2=0.999, ε=1e-08), β=0.9)"; s != want {
				t.Errorf("got %s, want %s", s, want)
			}
		}
	}()
	w := []float64{1, 2}
	for range 50 {
		if err := opt.Step(w, []float64{1, -1}); err != nil {
			t.Error(err)
		}
	}
	wait.Wait()
}

// After Restore a followed field shows what it held when the state was saved.
func TestRestoreShowsFollowedFields(t *testing.T) {
	build := func() (*optim.Adam, optim.Optimizer) {
		a, b := optim.NewAdam(7), optim.NewAdam(8)
		rate := schedule.Linear{From: 1, To: 0, T: 10}
		return a, optim.NewEMA(twoParts(
			optim.NewFollow(optim.NewClipNorm(optim.NewFollow(a, &a.LR, rate), 1), &a.Beta1, schedule.Linear{From: 0.5, To: 0.25, T: 5}), b), 0.5)
	}
	for _, steps := range []int{0, 1, 4} {
		a, first := build()
		b, second := build()
		for range steps {
			if err := first.Step([]float64{1, 2}, []float64{1, 1}); err != nil {
				t.Fatal(err)
			}
		}
		data, err := optim.Save(first)
		if err := errors.Join(err, optim.Restore(second, data)); err != nil {
			t.Fatal(err)
		}
		if a.LR != b.LR || a.Beta1 != b.Beta1 || steps == 4 && (b.LR != 0.7 || b.Beta1 != 0.35) {
			t.Errorf("after %d steps η = %v, β1 = %v, restored %v, %v", steps, a.LR, a.Beta1, b.LR, b.Beta1)
		}
	}
}

// K counts from the last update, and the mean is over what was collected.
func TestAccumulateWithAnotherK(t *testing.T) {
	for name, c := range map[string]struct {
		k    []int // before each gradient of 1, 2, 3, …
		want []float64
	}{
		"larger in between":        {[]int{2, 2, 3, 3, 3}, []float64{0, -1.5, -1.5, -1.5, -5.5}},
		"larger while it collects": {[]int{3, 3, 4, 4}, []float64{0, 0, 0, -2.5}},
		"smaller":                  {[]int{4, 2, 2, 2}, []float64{0, -1.5, -1.5, -5}},
		"below what is collected":  {[]int{9, 9, 9, 2, 2, 2}, []float64{0, 0, 0, -2.5, -2.5, -8}},
		"one":                      {[]int{3, 3, 1, 1, 2, 2}, []float64{0, 0, -2, -6, -6, -11.5}},
	} {
		opt := optim.NewAccumulate(optim.NewSGD(1), 1)
		sum := &optim.Accumulate{Inner: optim.NewSGD(1), Sum: true}
		w, v, total := []float64{0}, []float64{0}, 0.0
		for i, k := range c.k {
			opt.K, sum.K = k, k
			total += float64(i + 1)
			if err := errors.Join(opt.Step(w, []float64{float64(i + 1)}), sum.Step(v, []float64{float64(i + 1)})); err != nil {
				t.Fatal(err)
			}
			if !near(w[0], c.want[i], 1e-15) || opt.Collected() != sum.Collected() || !sum.Collected() && v[0] != -total {
				t.Errorf("%s, gradient %d: w is %v, want %v; along the sum %v, want %v", name, i+1, w[0], c.want[i], v[0], -total)
			}
		}
	}
	opt := optim.NewAccumulate(optim.NewSGD(1), 2) // a gradient of 1 each time
	w := []float64{0}
	for i, want := range []float64{0, -1, -1, -1, -2} {
		if i == 2 {
			opt.K = 3
		}
		if err := opt.Step(w, []float64{1}); err != nil || w[0] != want {
			t.Errorf("gradient %d: w is %v, want %v, %v", i+1, w[0], want, err)
		}
	}
}

// States saved before the first gradient of the sum was kept go on bit for bit.
func TestAccumulateFromOldStates(t *testing.T) {
	grads := [][]float64{{1, 0.1}, {0.3, -0.7}, {2, 1}, {-1, 0.9}, {0.2, 0.4}, {1.0 / 3, 1}, {3, -2}, {0.1, 0.7}, {0.6, -0.3}}
	const head = "On8DAQEKc2F2ZWRTdGF0ZQH/gAABAwEERm9ybQEEAAEGTWV0aG9kAQwAAQlWYXJpYWJsZXMB/4YAAAAk/4UCAQEVW11vcHRpbS5zYXZlZFZhcmlhYmxlAf+GAAH/ggAATP+BAwEBDXNhdmVkVmFyaWFibGUB/4IAAQUBBE5hbWUBDAABBEtpbmQBDAABA0ludAEEAAEGTnVtYmVyAQgAAQZWZWN0b3IB/4QAAAAX/4MCAQEJW11mbG9hdDY0Af+EAAEIAA"
	for _, c := range []struct {
		after int // gradients
		data  string
		w     []float64
	}{
		{5, head + "D/h/+AAQIBFEFjY3VtdWxhdGUoTW9tZW50dW0pAQQBCWdyYWRpZW50cwEEKmludAEKAAEDc3VtAQoqW11mbG9hdDY0AwL4mpmZmZmZ6b/4zczMzMzM9D8AAQF0AQQqaW50AQIAAQF2AQoqW11mbG9hdDY0AwL4mZmZmZmZ4b/4ERERERERsb8AAA==", []float64{0.45000000000000007, -2.066666666666667}},
		{7, head + "B6/4ABAgEUQWNjdW11bGF0ZShNb21lbnR1bSkBBAEJZ3JhZGllbnRzAQQqaW50AQ4AAQNzdW0BCipbXWZsb2F0NjQDAv4IQP/AAAEBdAEEKmludAEEAAEBdgEKKltdZmxvYXQ2NAMC+Aj45tXEs9q/+F8s+cWSX9y/AAA=", []float64{0.032777777777777906, -2.5100000000000002}},
	} {
		data, err := base64.StdEncoding.DecodeString(c.data)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // as it is, and saved once more
			opt := optim.NewAccumulate(optim.NewMomentum(0.5), 3)
			if err := optim.Restore(opt, data); err != nil {
				t.Fatal(err)
			}
			if data, err = optim.Save(opt); err != nil {
				t.Fatal(err)
			}
			w := slices.Clone(c.w)
			for _, g := range grads[c.after:] {
				if err := opt.Step(w, g); err != nil {
					t.Fatal(err)
				}
			}
			if want := []float64{-0.9593888888888887, -2.6423333333333336}; !slices.Equal(w, want) {
				t.Errorf("after %d gradients it goes on to %v, want %v", c.after, w, want)
			}
		}
		if err := optim.Restore(optim.NewGroups(optim.Part{Len: 2, Optimizer: optim.NewAccumulate(optim.NewMomentum(0.5), 3)}), data); err == nil {
			t.Error("the state fits into Groups")
		}
	}
}

// Steps that only collect do not count in what stands around Accumulate: three
// collected copies of a gradient leave what one step with it leaves.
func TestCollectingDoesNotCount(t *testing.T) {
	adam := func() *optim.Adam { return optim.NewAdam(0.1) }
	acc := func(o optim.Optimizer) optim.Optimizer { return optim.NewAccumulate(o, 3) }
	same := func(o optim.Optimizer) optim.Optimizer { return o }
	type average interface{ Average() []float64 }
	for name, wrap := range map[string]func(collect func(optim.Optimizer) optim.Optimizer) optim.Optimizer{
		"EMA":       func(c func(optim.Optimizer) optim.Optimizer) optim.Optimizer { return optim.NewEMA(c(adam()), 0.5) },
		"SWA":       func(c func(optim.Optimizer) optim.Optimizer) optim.Optimizer { return optim.NewSWA(c(adam()), 2, 3) },
		"Lookahead": func(c func(optim.Optimizer) optim.Optimizer) optim.Optimizer { return optim.NewLookahead(c(adam())) },
		"Decoupled": func(c func(optim.Optimizer) optim.Optimizer) optim.Optimizer {
			o := adam()
			return optim.NewDecoupled(c(o), &o.LR, 0.5)
		},
		"through wrappers": func(c func(optim.Optimizer) optim.Optimizer) optim.Optimizer {
			o := adam()
			return optim.NewEMA(optim.NewDecoupled(optim.NewLookahead(optim.NewClipNorm(&timer{inner: c(o)}, 1e9)), &o.LR, 0.5), 0.5)
		},
		"around Groups": func(c func(optim.Optimizer) optim.Optimizer) optim.Optimizer {
			o := adam()
			return optim.NewEMA(optim.NewDecoupled(twoParts(c(o), c(adam())), &o.LR, 0.5), 0.5)
		},
		"Groups inside": func(c func(optim.Optimizer) optim.Optimizer) optim.Optimizer {
			o := adam()
			return optim.NewSWA(optim.NewDecoupled(c(twoParts(o, adam())), &o.LR, 0.5), 1, 2)
		},
	} {
		often, once := wrap(acc), wrap(same)
		w, v := []float64{-7, 2}, []float64{-7, 2}
		grad := make([]float64, 2)
		for k := range 12 {
			before := slices.Clone(w)
			surface.Ravine.Grad(grad, w)
			for range 3 {
				if !slices.Equal(w, before) {
					t.Fatalf("%s: a collected gradient moves w from %v to %v", name, before, w)
				}
				if err := often.Step(w, grad); err != nil {
					t.Fatal(err)
				}
			}
			surface.Ravine.Grad(grad, v)
			if err := once.Step(v, grad); err != nil {
				t.Fatal(err)
			}
			if distance(w, v) > 1e-12 {
				t.Fatalf("%s, update %d: %v, without Accumulate %v", name, k+1, w, v)
			}
			if a, ok := often.(average); ok && distance(a.Average(), once.(average).Average()) > 1e-12 {
				t.Fatalf("%s, update %d: average %v, without Accumulate %v", name, k+1, a.Average(), once.(average).Average())
			}
		}
	}
	// only the part that was updated decays
	a, b := optim.NewSGD(0.5), optim.NewSGD(0.5)
	opt := optim.NewDecoupled(twoParts(a, optim.NewAccumulate(b, 2)), &a.LR, 0.5)
	w := []float64{16, 16}
	for _, want := range [][]float64{{12, 16}, {9, 12}, {6.75, 12}} {
		if err := opt.Step(w, []float64{0, 0}); err != nil || !slices.Equal(w, want) {
			t.Errorf("w is %v, want %v, %v", w, want, err)
		}
	}
	if ema := optim.NewEMA(optim.NewAccumulate(optim.NewSGD(1), 2), 0.5); ema.Step([]float64{1}, []float64{1}) != nil || ema.Average() != nil {
		t.Errorf("the average is %v before the first update", ema.Average())
	}
}

// An optimizer keeps the state of one vector.
func TestOptimizerStandsTwice(t *testing.T) {
	shared := optim.NewAdam(0.1)
	sgd := optim.NewSGD(0.1)
	for name, opt := range map[string]optim.Optimizer{
		"two parts":    twoParts(shared, shared),
		"in wrappers":  twoParts(optim.NewEMA(shared, 0.5), optim.NewClipNorm(optim.NewL2(shared, 0), 1)),
		"a stranger":   twoParts(&timer{inner: shared}, shared),
		"Groups in it": optim.NewGroups(optim.Part{Len: 1, Optimizer: optim.NewGroups(optim.Part{Len: 1, Optimizer: shared})}, optim.Part{Len: 1, Optimizer: shared}),
		"deep":         optim.NewEMA(optim.NewAccumulate(twoParts(shared, optim.NewLookahead(shared)), 1), 0.5),
		"followed":     optim.NewFollow(twoParts(shared, shared), &shared.LR, schedule.Constant{Value: 0.1}),
		"a shared Follow": func() optim.Optimizer {
			f := optim.NewFollow(sgd, &sgd.LR, schedule.Constant{Value: 1})
			return twoParts(f, f)
		}(),
	} {
		w := []float64{1, 2}
		err := opt.Step(w, []float64{1, 1})
		if err == nil || !strings.Contains(err.Error(), " stands twice in ") || !slices.Equal(w, []float64{1, 2}) {
			t.Errorf("%s: error %v, w is %v", name, err, w)
		}
		if v := opt.(interface{ Validate() error }).Validate(); v == nil || !strings.Contains(v.Error(), " stands twice in ") {
			t.Errorf("%s: Validate gives %v", name, v)
		}
		if _, err := optim.Save(opt); err == nil {
			t.Errorf("%s: it is saved", name)
		}
	}
	if err := twoParts(stranger{}, stranger{}).Step([]float64{1, 2}, []float64{1, 1}); err != nil {
		t.Errorf("values that keep nothing: %v", err)
	}
}

// Whatever brings it there, a value that is out of range is refused before
// anything moves: by a schedule for every field of every method, and through the
// address that Decoupled has.
func TestFollowedValuesAreChecked(t *testing.T) {
	refused := func(name string, opt optim.Optimizer) {
		t.Helper()
		w := []float64{1, 2, 3, 4, 5, 6}
		var e *optim.FieldError
		if err := opt.Step(w, []float64{1, 1, 1, 1, 1, 1}); !errors.As(err, &e) || !slices.Equal(w, []float64{1, 2, 3, 4, 5, 6}) {
			t.Errorf("%s: error %v, want a FieldError, w is %v", name, err, w)
		}
	}
	for name, build := range everything() {
		for field := range fieldsOf(build(0.1)) {
			for _, x := range []float64{math.NaN(), math.Inf(-1)} {
				opt := build(0.1)
				refused(fmt.Sprintf("%s.%s = %v", name, field, x), optim.NewFollow(opt, fieldsOf(opt)[field], schedule.Func{F: func(int) float64 { return x }}))
			}
		}
	}
	for _, x := range []float64{math.NaN(), -0.1, math.Inf(1), math.Inf(-1)} {
		rate := schedule.Func{Name: "rate", F: func(int) float64 { return x }}
		own := 0.1
		for _, lr := range []*float64{&own, nil} { // a number of its own, or that of the optimizer inside
			sgd := optim.NewSGD(0.1)
			if lr == nil {
				lr = &sgd.LR
			}
			refused(fmt.Sprintf("Decoupled in Follow, η = %v", x), optim.NewFollow(optim.NewDecoupled(sgd, lr, 0.1), lr, rate))
			*lr = x
			refused(fmt.Sprintf("Decoupled, η = %v", x), optim.NewDecoupled(sgd, lr, 0.1))
			refused(fmt.Sprintf("Decoupled around Follow, η = %v", x), optim.NewDecoupled(optim.NewFollow(sgd, &sgd.LR, schedule.Constant{Value: 0.1}), lr, 0.1))
		}
	}
}

// A state of tensors of other sizes is refused, not left to panic in Step.
func TestRestoreKnowsShapes(t *testing.T) {
	wide := optim.Shape{Rows: 3, Cols: 4}
	tall, small, vector := optim.Shape{Rows: 2, Cols: 6}, optim.Shape{Rows: 2, Cols: 3}, optim.Shape{Rows: 12, Cols: 1}
	build := map[string]func(shapes ...optim.Shape) optim.Optimizer{
		"Adafactor": func(s ...optim.Shape) optim.Optimizer { return optim.NewAdafactor(0.1, s...) },
		"Muon":      func(s ...optim.Shape) optim.Optimizer { return optim.NewMuon(0.1, s...) },
		"LARS":      func(s ...optim.Shape) optim.Optimizer { return optim.NewLARS(0.1, s...) },
		"LAMB":      func(s ...optim.Shape) optim.Optimizer { return optim.NewLAMB(0.1, s...) },
		"ClipNorm":  func(s ...optim.Shape) optim.Optimizer { return optim.NewClipNorm(optim.NewAdam(0.1), 1, s...) },
		"EMA":       func(s ...optim.Shape) optim.Optimizer { return optim.NewEMA(optim.NewAdafactor(0.1, s...), 0.5) },
		"Groups": func(s ...optim.Shape) optim.Optimizer {
			n := 0
			for _, s := range s {
				n += s.Rows * s.Cols
			}
			return optim.NewGroups(optim.Part{Len: 0, Optimizer: optim.NewAdam(1)}, optim.Part{Len: n, Optimizer: optim.NewAdam(1)})
		},
		"Adafactor of a part": func(s ...optim.Shape) optim.Optimizer {
			n := 0
			for _, s := range s {
				n += s.Rows * s.Cols
			}
			return optim.NewL2(optim.NewGroups(optim.Part{Len: n, Optimizer: &timer2{timer{inner: optim.NewAdafactor(0.1)}}}), 0)
		},
		"Groups in Groups": func(s ...optim.Shape) optim.Optimizer {
			n := 0
			for _, s := range s {
				n += s.Rows * s.Cols
			}
			return optim.NewSWA(optim.NewGroups(optim.Part{Len: n, Optimizer: optim.NewGroups(optim.Part{Len: n - 1, Optimizer: optim.NewAdam(1)}, optim.Part{Len: 1, Optimizer: optim.NewSGD(1)})}), 1, 1)
		},
	}
	size := func(shapes []optim.Shape) (n int) {
		for _, s := range shapes {
			n += s.Rows * s.Cols
		}
		return n
	}
	all := [][]optim.Shape{{wide}, {tall}, {small}, {small, small}, {small, tall}, {vector}}
	for name, build := range build {
		refused := 0
		for _, from := range all {
			for _, to := range all {
				if name == "Muon" && (slices.Contains(from, vector) || slices.Contains(to, vector)) {
					continue
				}
				first, second := build(from...), build(to...)
				step := func(opt optim.Optimizer, n int) error {
					w, grad := make([]float64, n), make([]float64, n)
					for i := range w {
						w[i], grad[i] = float64(i+1), 1/float64(i+1)
					}
					return opt.Step(w, grad)
				}
				if err := step(first, size(from)); err != nil {
					t.Fatal(err)
				}
				data, err := optim.Save(first)
				if err != nil {
					t.Fatal(err)
				}
				fresh, _ := optim.Save(second)
				err = optim.Restore(second, data)
				if err != nil {
					refused++
					if after, _ := optim.Save(second); !slices.Equal(after, fresh) || !strings.Contains(err.Error(), " call for ") {
						t.Errorf("%s from %v to %v: error %v, or the optimizer has changed", name, from, to, err)
					}
				}
				if slices.Equal(from, to) != (err == nil) && (slices.Equal(from, to) || size(from) != size(to)) {
					t.Errorf("%s from %v to %v: error %v", name, from, to, err)
				}
				if err == nil {
					if err := step(second, size(to)); err != nil { // and no panic
						t.Errorf("%s from %v to %v: %v", name, from, to, err)
					}
				}
			}
		}
		if refused == 0 {
			t.Errorf("%s: nothing was refused", name)
		}
	}
	// 7 factors of 3×4 are not the 8 of 2×6
	first, second := optim.NewAdafactor(0.1, wide), optim.NewAdafactor(0.1, tall)
	if err := first.Step(make([]float64, 12), make([]float64, 12)); err != nil {
		t.Fatal(err)
	}
	data, _ := optim.Save(first)
	if err := optim.Restore(second, data); fmt.Sprint(err) != "optim: factors of the saved state has 7 numbers, the shapes of Adafactor call for 8" {
		t.Error(err)
	}
	// of what can't be seen Restore says nothing
	closed := func() optim.Optimizer {
		return remembering{twoParts(optim.NewAdam(1), &timer2{timer{inner: optim.NewMomentum(1)}})}
	}
	a, b := closed(), closed()
	if err := a.Step([]float64{1, 2}, []float64{1, 1}); err != nil {
		t.Fatal(err)
	}
	seen, err := optim.Save(a)
	if err := errors.Join(err, optim.Restore(b, seen)); err != nil {
		t.Error(err)
	}
	used, other := optim.NewClipNorm(optim.NewMomentum(1), 1), optim.NewClipNorm(optim.NewMomentum(1), 1)
	if err := errors.Join(used.Step(make([]float64, 5), make([]float64, 5)), other.Step(make([]float64, 6), make([]float64, 6))); err != nil {
		t.Fatal(err)
	}
	data, _ = optim.Save(other)
	if err := optim.Restore(used, data); fmt.Sprint(err) != "optim: vector v of the saved state has 6 numbers, that of ClipNorm(Momentum) has 5; make a new optimizer" {
		t.Error(err)
	}
}

// remembering hides what is inside but for its state.
type remembering struct{ optim.Optimizer }

func (o remembering) State() optim.State { return o.Optimizer.(optim.Stateful).State() }

// timer2 is a timer that can be saved.
type timer2 struct{ timer }

func (o *timer2) State() optim.State { return o.inner.(optim.Stateful).State() }
