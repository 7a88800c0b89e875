package optim_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"descent/pkg/optim"
	"descent/pkg/optim/schedule"
	"descent/pkg/surface"
)

// Follow is the loop that sets the fields by hand before each step.
func TestFollowByHand(t *testing.T) {
	rate := schedule.Warmup{N: 4, Then: schedule.Cosine{From: 0.3, To: 0.01, T: 15}}
	beta := schedule.Linear{From: 0.95, To: 0.8, T: 12}
	adam := optim.NewAdam(7)
	opt := optim.NewFollow(optim.NewFollow(adam, &adam.LR, rate), &adam.Beta1, beta)
	path := optim.Minimize(opt, surface.Ravine, []float64{-7, 2}, 30)
	if path.Err != nil {
		t.Fatal(path.Err)
	}
	hand := optim.NewAdam(7)
	w, grad := []float64{-7, 2}, make([]float64, 2)
	for i := range 30 {
		hand.LR, hand.Beta1 = rate.At(i), beta.At(i)
		surface.Ravine.Grad(grad, w)
		if err := hand.Step(w, grad); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(w, path.W[i+1]) {
			t.Fatalf("step %d: %v, by hand %v", i+1, path.W[i+1], w)
		}
	}
	if adam.LR != rate.At(29) || adam.Beta1 != beta.At(29) {
		t.Errorf("after 30 updates η = %v, β1 = %v", adam.LR, adam.Beta1)
	}
}

// A step that fails does not count, and leaves w, the fields and the state.
func TestFollowErrors(t *testing.T) {
	bad := map[int]bool{}
	var asked []int
	rate := schedule.Func{Name: "rate", F: func(i int) float64 {
		asked = append(asked, i)
		if bad[i] {
			return -1
		}
		return 0.5
	}}
	m := optim.NewMomentum(3)
	opt := optim.NewFollow(m, &m.LR, rate)
	w := []float64{1}
	if err := opt.Step(w, []float64{math.NaN()}); !errors.As(err, new(*optim.GradientError)) || m.LR != 3 || w[0] != 1 {
		t.Errorf("NaN: %v, η = %v, w = %v", err, m.LR, w)
	}
	step := func() error { return opt.Step(w, []float64{1}) }
	if err := step(); err != nil || m.LR != 0.5 || w[0] != 0.5 {
		t.Errorf("first step: %v, η = %v, w = %v", err, m.LR, w)
	}
	bad[1] = true
	before, err := optim.Save(opt)
	if err != nil {
		t.Fatal(err)
	}
	var field *optim.FieldError
	if err := step(); !errors.As(err, &field) || field.Type != "Momentum" || field.Field != "LR" || field.Value != -1 || m.LR != 0.5 || w[0] != 0.5 {
		t.Errorf("rate out of range: %v, η = %v, w = %v", err, m.LR, w)
	}
	if after, err := optim.Save(opt); err != nil || string(after) != string(before) {
		t.Errorf("the failed step changed the state: %v", err)
	}
	bad[1] = false
	if err := step(); err != nil || !slices.Equal(asked, []int{0, 0, 1, 1}) {
		t.Errorf("%v, asked for %v, want 0 0 1 1", err, asked)
	}
	mustPanic(t, "optim: len(w) is 2, but the state is for 1", func() { opt.Step(make([]float64, 2), make([]float64, 2)) })
}

// A wrapper outside asks Follow for errors before it touches anything: those of
// the schedule, and those that the next value will cause.
func TestFollowValidate(t *testing.T) {
	m := optim.NewMomentum(-5)
	opt := optim.NewFollow(m, &m.LR, schedule.Linear{From: 0.5, To: -0.5, T: 2})
	outer := optim.NewFollow(opt, &m.Alpha, schedule.Linear{From: 0.75, To: 0.25, T: 2})
	for i, want := range []string{"<nil>", "<nil>", "optim: Momentum.LR is -0.5, allowed is a finite number ≥ 0"} {
		if err := outer.Validate(); fmt.Sprint(err) != want {
			t.Errorf("before update %d: %v, want %s", i, err, want)
		}
		outer.Step([]float64{1}, []float64{1})
	}
	if m.LR != 0 || m.Alpha != 0.5 {
		t.Errorf("after Validate η = %v, α = %v", m.LR, m.Alpha)
	}
	opt.Schedule = schedule.Linear{}
	if err := outer.Validate(); fmt.Sprint(err) != "schedule: Linear.T is 0, allowed is a whole number ≥ 1" {
		t.Error(err)
	}
	opt.Schedule = nil
	if err := opt.Step([]float64{1}, []float64{1}); fmt.Sprint(err) != "optim: Follow.Schedule is nil, allowed is a Schedule" {
		t.Error(err)
	}
}

func TestNewFollowPanics(t *testing.T) {
	sgd, rate := optim.NewSGD(1), schedule.Constant{Value: 1}
	for _, call := range []func(){
		func() { optim.NewFollow(nil, &sgd.LR, rate) },
		func() { optim.NewFollow(sgd, nil, rate) },
		func() { optim.NewFollow(sgd, &sgd.LR, nil) },
	} {
		mustPanic(t, "optim: NewFollow needs an optimizer, a field and a schedule, one is nil", call)
	}
}

func TestFollowString(t *testing.T) {
	cos := schedule.Cosine{From: 0.1, T: 50}
	sgd, adam, rms := optim.NewSGD(0.5), optim.NewAdam(0.9), optim.NewRMSProp(0.1)
	m := optim.NewMomentum(0.9)
	inner := optim.NewFollow(m, &m.Alpha, schedule.Constant{Value: 0.9})
	var own float64
	for _, c := range []struct {
		opt  optim.Optimizer
		want string
	}{
		{optim.NewFollow(sgd, &sgd.LR, cos), "SGD(η=Cosine(0.1 → 0, T=50))"},
		{optim.NewFollow(adam, &adam.Beta1, cos), "Adam(η=0.9, β1=Cosine(0.1 → 0, T=50), β2=0.999, ε=1e-08)"},
		{optim.NewFollow(rms, &rms.Initial, cos), "RMSProp(η=0.1, ρ=0.99, ε=1e-07, h from Cosine(0.1 → 0, T=50))"},
		{optim.NewFollow(inner, &m.LR, cos), "Momentum(η=Cosine(0.1 → 0, T=50), α=Constant(0.9))"},
		{optim.NewFollow(optim.NewFollow(m, &m.LR, cos), &m.Alpha, schedule.Constant{Value: 1e-300}), "Momentum(η=Cosine(0.1 → 0, T=50), α=Constant(1e-300))"},
		{optim.NewFollow(sgd, &own, cos), "SGD(η=0.5) with Cosine(0.1 → 0, T=50)"},
	} {
		if got := c.opt.String(); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
	if sgd.LR != 0.5 || adam.Beta1 != 0.9 || m.LR != 0.9 || m.Alpha != 0.9 || rms.Initial != 0 {
		t.Error("String changed a field")
	}
}

// run is an optimizer in a Follow or two, with the Plateaus that are told a
// metric after every update.
type run struct {
	opt      optim.Optimizer
	plateaus []*schedule.Plateau
}

var runs = map[string]func() run{
	"schedule": func() run {
		adam := optim.NewAdam(1)
		cycle := schedule.NewOneCycle(0.4, 40)
		return run{opt: optim.NewFollow(optim.NewFollow(adam, &adam.LR, cycle), &adam.Beta1, cycle.Opposite(0.95, 0.85))}
	},
	"plateau": func() run {
		m := optim.NewMomentum(1)
		p := &schedule.Plateau{From: 0.9, Factor: 0.5, Patience: 1, Cooldown: 2, RelTol: 0.01}
		return run{optim.NewFollow(m, &m.LR, p), []*schedule.Plateau{p}}
	},
	"plateaus inside": func() run {
		m := optim.NewMomentum(1)
		p := &schedule.Plateau{From: 0.9, Factor: 0.5, Patience: 1, RelTol: 0.01, ShortCooldown: true, Cooldown: 1}
		q := &schedule.Plateau{From: 1, Factor: 0.8, Patience: 2, Maximize: true, AtPatience: true}
		rate := schedule.Product{
			schedule.Warmup{N: 5, Then: schedule.Between{Of: p, Min: 0.05, Max: 0.7}},
			schedule.Join{Schedules: []optim.Schedule{schedule.Constant{Value: 1}, q}, Boundaries: []int{7}},
		}
		return run{optim.NewFollow(m, &m.LR, rate), []*schedule.Plateau{p, q}}
	},
}

// update makes update i on the ravine, with noise in the metric.
func (r run) update(t *testing.T, w []float64, i int) {
	t.Helper()
	grad := make([]float64, len(w))
	surface.Ravine.Grad(grad, w)
	if err := r.opt.Step(w, grad); err != nil {
		t.Fatal(err)
	}
	metric := surface.Ravine.Func(w) + rand.New(rand.NewPCG(5, uint64(i))).Float64()
	for _, p := range r.plateaus {
		if err := p.Tell(metric); err != nil {
			t.Fatal(err)
		}
	}
}

// A run cut after any update, saved and restored into new optimizers, equals
// the uninterrupted one bit for bit.
func TestFollowResumes(t *testing.T) {
	const updates = 30
	for name, build := range runs {
		whole, w := build(), []float64{-7, 2}
		for i := range updates {
			whole.update(t, w, i)
		}
		fell := false
		for _, p := range whole.plateaus {
			fell = fell || p.At(0) < p.From
		}
		if !fell && len(whole.plateaus) > 0 {
			t.Errorf("%s: no plateau was reduced, the test shows nothing", name)
		}
		for cut := range updates + 1 {
			first, v := build(), []float64{-7, 2}
			for i := range cut {
				first.update(t, v, i)
			}
			data, err := optim.Save(first.opt)
			if err != nil {
				t.Fatal(err)
			}
			second := build()
			if err := optim.Restore(second.opt, data); err != nil {
				t.Fatal(err)
			}
			for i := cut; i < updates; i++ {
				second.update(t, v, i)
			}
			if !slices.Equal(v, w) {
				t.Errorf("%s, cut after %d: %v, uninterrupted %v", name, cut, v, w)
			}
			a, _ := optim.Save(whole.opt)
			if b, _ := optim.Save(second.opt); string(a) != string(b) {
				t.Errorf("%s, cut after %d: another state", name, cut)
			}
		}
	}
}

// A state fits only an optimizer built in the same way.
func TestFollowState(t *testing.T) {
	states := map[string][]byte{}
	for name, build := range runs {
		data, err := optim.Save(build().opt)
		if err != nil {
			t.Fatal(err)
		}
		states[name] = data
	}
	for from, data := range states {
		for to, build := range runs {
			if err := optim.Restore(build().opt, data); (err == nil) != (from == to) {
				t.Errorf("state of %q into %q: %v", from, to, err)
			}
		}
	}
	state := runs["plateau"]().opt.(optim.Stateful).State()
	var names []string
	for _, v := range state.Variables {
		names = append(names, v.Name)
	}
	if got := fmt.Sprint(state.Method, names); got != "Follow(Momentum)[i told bad cooldown reductions best t v]" {
		t.Error(got)
	}
	sgd := optim.NewSGD(1)
	if _, err := optim.Save(optim.NewFollow(stateless{sgd}, &sgd.LR, schedule.Constant{Value: 1})); err == nil || !strings.Contains(err.Error(), "stateless") {
		t.Errorf("an optimizer without state inside: %v", err)
	}
}

type stateless struct{ optim.Optimizer }

func TestFollowDoesNotAllocate(t *testing.T) {
	cos := schedule.Cosine{From: 0.1, T: 50}
	for _, s := range []optim.Schedule{
		cos, schedule.NewOneCycle(0.1, 50), schedule.NewWarmRestarts(0.1, 0, 7), schedule.NewCyclic(0.1, 0.2, 5), schedule.NewPlateau(0.1),
		schedule.MultiStep{From: 1, Gamma: 0.5, Milestones: []int{2, 5}}, schedule.Warmup{N: 5, Then: cos}, schedule.Between{Of: cos, Max: 1},
		schedule.Join{Schedules: []optim.Schedule{cos, cos}, Boundaries: []int{5}}, schedule.Product{cos, cos},
	} {
		sgd := optim.NewSGD(0)
		opt := optim.NewFollow(sgd, &sgd.LR, s)
		w, grad := []float64{1, 2}, []float64{0.1, -0.3}
		if n := testing.AllocsPerRun(100, func() { opt.Step(w, grad) }); n != 0 {
			t.Errorf("%v: %v allocations a step", s, n)
		}
	}
}
