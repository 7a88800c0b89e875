package optim_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"descent/pkg/optim"
	"descent/pkg/optim/schedule"
	"descent/pkg/surface"
)

// timer is a wrapper as another package would write it.
type timer struct {
	inner optim.Optimizer
	steps int
}

var _ optim.Wrapper = (*timer)(nil)

func (o *timer) Step(w, grad []float64) error {
	o.steps++
	return o.inner.Step(w, grad)
}
func (o *timer) String() string          { return fmt.Sprint(o.inner) }
func (o *timer) Unwrap() optim.Optimizer { return o.inner }

// hidden is one that does not show what is inside.
type hidden struct{ optim.Optimizer }

// warming is one that gives the optimizer inside another hyperparameter, and so
// is a LookAhead.
type warming struct {
	*timer
	field *float64
	t     int
}

var _ optim.LookAhead = (*warming)(nil)

func (o *warming) set() { *o.field = 0.5 + float64(0.04*float64(o.t)) }

func (o *warming) Ahead(dst, w []float64) []float64 {
	o.set()
	return optim.GradientPoint(o.inner, dst, w)
}

func (o *warming) Step(w, grad []float64) error {
	o.set()
	o.t++
	return o.timer.Step(w, grad)
}

func paper() *optim.Nesterov { return &optim.Nesterov{LR: 0.1, Alpha: 0.9, Paper: true} }

// twoParts gives each coordinate an optimizer of its own.
func twoParts(a, b optim.Optimizer) optim.Optimizer {
	return optim.NewGroups(optim.Part{Len: 1, Optimizer: a}, optim.Part{Len: 1, Optimizer: b})
}

// Wrappers that change nothing, around an optimizer whose learning rate is at lr.
var neutral = map[string]func(opt optim.Optimizer, lr *float64) optim.Optimizer{
	"alone":      func(o optim.Optimizer, _ *float64) optim.Optimizer { return o },
	"L2":         func(o optim.Optimizer, _ *float64) optim.Optimizer { return optim.NewL2(o, 0) },
	"Decoupled":  func(o optim.Optimizer, lr *float64) optim.Optimizer { return optim.NewDecoupled(o, lr, 0) },
	"ClipValue":  func(o optim.Optimizer, _ *float64) optim.Optimizer { return optim.NewClipValue(o, 1e9) },
	"ClipNorm":   func(o optim.Optimizer, _ *float64) optim.Optimizer { return optim.NewClipNorm(o, 1e9) },
	"Accumulate": func(o optim.Optimizer, _ *float64) optim.Optimizer { return optim.NewAccumulate(o, 1) },
	"EMA":        func(o optim.Optimizer, _ *float64) optim.Optimizer { return optim.NewEMA(o, 0.9) },
	"SWA":        func(o optim.Optimizer, _ *float64) optim.Optimizer { return optim.NewSWA(o, 1, 1) },
	"Lookahead":  func(o optim.Optimizer, _ *float64) optim.Optimizer { return &optim.Lookahead{Inner: o, K: 3, Alpha: 1} },
	"Groups": func(o optim.Optimizer, _ *float64) optim.Optimizer {
		return optim.NewGroups(optim.Part{Len: 2, Optimizer: o}, optim.Part{Optimizer: paper()})
	},
	"Follow": func(o optim.Optimizer, lr *float64) optim.Optimizer {
		return optim.NewFollow(o, lr, schedule.Constant{Value: 0.1})
	},
	"a stranger": func(o optim.Optimizer, _ *float64) optim.Optimizer { return &timer{inner: o} },
}

// In whatever stands around it, the form of the paper takes the gradient at its
// look-ahead point.
func TestLookAheadInside(t *testing.T) {
	check := func(name string, opt optim.Optimizer) {
		t.Helper()
		p := optim.Minimize(opt, surface.Ravine, []float64{-7, 2}, 30)
		if p.Err != nil || distance(p.Last(), []float64{0.6130736453068868, 0.005898947835791975}) > 1e-12 {
			t.Errorf("%s: W is %v after 30 steps, %v", name, p.Last(), p.Err)
		}
	}
	for a, outer := range neutral {
		for b, inner := range neutral {
			o := paper()
			check(a+" around "+b, outer(inner(o, &o.LR), &o.LR))
		}
	}
	check("a Groups of two", twoParts(paper(), paper()))
	check("parts in wrappers", optim.NewEMA(twoParts(optim.NewL2(paper(), 0), &timer{inner: optim.NewAccumulate(paper(), 1)}), 0.9))
}

// Beside a part that looks ahead, one that does not has its gradient at its
// parameters.
func TestLookAheadByParts(t *testing.T) {
	mixed := optim.Minimize(twoParts(paper(), optim.NewMomentum(0.1)), surface.Ravine, []float64{-7, 2}, 30)
	ahead := optim.Minimize(paper(), surface.Ravine, []float64{-7, 2}, 30)
	plain := optim.Minimize(optim.NewMomentum(0.1), surface.Ravine, []float64{-7, 2}, 30)
	if got, want := mixed.Last(), []float64{ahead.Last()[0], plain.Last()[1]}; !slices.Equal(got, want) { // the ravine has no xy
		t.Errorf("W is %v, each by itself %v", got, want)
	}
	w, room := []float64{1, 2}, []float64{3, 4}
	for _, opt := range []optim.Optimizer{twoParts(optim.NewAdam(1), optim.NewNesterov(1)), optim.NewL2(optim.NewSGD(1), 1), hidden{paper()}} {
		if at := optim.GradientPoint(opt, room, w); &at[0] != &w[0] {
			t.Errorf("%v wants the gradient at %v, that is not its w", opt, at)
		}
	}
	mustPanic(t, "optim: the parts of Groups have 2 parameters, but len(w) is 3", func() {
		optim.GradientPoint(twoParts(paper(), paper()), make([]float64, 3), make([]float64, 3))
	})
}

// Where nobody can ask for the look-ahead point, the second step is refused: it
// would be one of Momentum. The first is right, v is 0.
func TestHiddenLookAhead(t *testing.T) {
	const want = "optim: nobody asked for the point at which Nesterov(η=0.1, α=0.9, look-ahead gradient) wants the gradient"
	for name, wrap := range neutral {
		for where, build := range map[string]func() optim.Optimizer{
			"outside": func() optim.Optimizer { o := paper(); return hidden{wrap(o, &o.LR)} },
			"inside":  func() optim.Optimizer { o := paper(); return wrap(hidden{o}, &o.LR) },
		} {
			p := optim.Minimize(build(), surface.Ravine, []float64{-7, 2}, 30)
			if p.Err == nil || !strings.HasPrefix(p.Err.Error(), "step 2: "+want) || p.Steps() != 1 {
				t.Errorf("hidden %s of %s: error %v after %d steps", where, name, p.Err, p.Steps())
			}
		}
	}
	// a loop that calls Step alone, even after one that asked, and a restored run
	for name, wrap := range neutral {
		o := paper()
		opt := wrap(o, &o.LR)
		w, grad := []float64{-7, 2}, make([]float64, 2)
		for range 3 {
			surface.Ravine.Grad(grad, optim.GradientPoint(opt, make([]float64, 2), w))
			if err := opt.Step(w, grad); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		before := slices.Clone(w)
		if err := opt.Step(w, grad); err == nil || !strings.HasPrefix(err.Error(), want) || !slices.Equal(w, before) {
			t.Errorf("%s: error %v without asking, w went from %v to %v", name, err, before, w)
		}
		optim.GradientPoint(opt, make([]float64, 2), w)
		if err := opt.Step(w, grad); err != nil {
			t.Errorf("%s: after asking again %v", name, err)
		}
	}
	first, second := paper(), paper()
	half := optim.Minimize(first, surface.Ravine, []float64{-7, 2}, 11)
	data, err := optim.Save(first)
	if err := errors.Join(err, optim.Restore(second, data)); err != nil {
		t.Fatal(err)
	}
	if err := second.Step([]float64{1, 2}, []float64{1, 2}); err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("restored: error %v without asking", err)
	}
	whole := optim.Minimize(paper(), surface.Ravine, []float64{-7, 2}, 30)
	if rest := optim.Minimize(second, surface.Ravine, half.Last(), 19); !slices.Equal(rest.Last(), whole.Last()) {
		t.Errorf("restored it ends at %v, uninterrupted at %v", rest.Last(), whole.Last())
	}
}

// A schedule's value is that of this step in the look-ahead, too.
func TestLookAheadFollows(t *testing.T) {
	alpha := schedule.Func{Name: "α", F: func(i int) float64 { return 0.5 + float64(0.04*float64(i)) }}
	rate := schedule.Constant{Value: 0.1}
	for name, build := range map[string]func() optim.Optimizer{
		"Follow": func() optim.Optimizer { o := paper(); return optim.NewFollow(o, &o.Alpha, alpha) },
		"two": func() optim.Optimizer {
			o := paper()
			o.LR = 9
			return optim.NewFollow(optim.NewFollow(o, &o.LR, rate), &o.Alpha, alpha)
		},
		"two turned around": func() optim.Optimizer {
			o := paper()
			o.LR = 9
			return optim.NewFollow(optim.NewFollow(o, &o.Alpha, alpha), &o.LR, rate)
		},
		"around a wrapper": func() optim.Optimizer {
			o := paper()
			return optim.NewFollow(optim.NewEMA(&timer{inner: o}, 0.5), &o.Alpha, alpha)
		},
		"in a wrapper": func() optim.Optimizer {
			o := paper()
			return optim.NewClipNorm(optim.NewFollow(o, &o.Alpha, alpha), 1e9)
		},
		"around L2": func() optim.Optimizer { o := paper(); return optim.NewFollow(optim.NewL2(o, 0), &o.Alpha, alpha) },
		"in L2":     func() optim.Optimizer { o := paper(); return optim.NewL2(optim.NewFollow(o, &o.Alpha, alpha), 0) },
		"in Groups": func() optim.Optimizer {
			a, b := paper(), paper()
			return twoParts(optim.NewFollow(a, &a.Alpha, alpha), optim.NewFollow(b, &b.Alpha, alpha))
		},
		"a stranger": func() optim.Optimizer { o := paper(); return &warming{timer: &timer{inner: o}, field: &o.Alpha} },
	} {
		p := optim.Minimize(build(), surface.Ravine, []float64{-7, 2}, 10)
		if p.Err != nil || distance(p.Last(), []float64{-5.337187609490008, -0.09824486991139333}) > 1e-12 {
			t.Errorf("%s: W is %v after 10 steps, %v", name, p.Last(), p.Err)
		}
	}
	// asking does not leave the value of the step to come, nor hide what is wrong
	o := paper()
	opt := optim.NewFollow(o, &o.Alpha, alpha)
	if optim.GradientPoint(opt, make([]float64, 2), []float64{1, 2}); o.Alpha != 0.9 {
		t.Errorf("α is %v after asking", o.Alpha)
	}
	opt.Schedule = schedule.Linear{}
	if p := optim.Minimize(opt, surface.Ravine, []float64{-7, 2}, 3); fmt.Sprint(p.Err) != "step 1: schedule: Linear.T is 0, allowed is a whole number ≥ 1" {
		t.Error(p.Err)
	}
	bad := optim.NewGroups(optim.Part{Len: -1, Optimizer: paper()}, optim.Part{Len: 3, Optimizer: paper()})
	if p := optim.Minimize(bad, surface.Ravine, []float64{-7, 2}, 3); fmt.Sprint(p.Err) != "step 1: optim: Groups.Parts[0].Len is -1, allowed is a whole number ≥ 0" {
		t.Error(p.Err)
	}
}

// penalized is f + λ/2·‖W‖².
type penalized struct {
	f      optim.Function
	lambda float64
}

func (p penalized) Func(w []float64) float64 {
	sum := 0.0
	for _, w := range w {
		sum += w * w
	}
	return p.f.Func(w) + p.lambda/2*sum
}

func (p penalized) Grad(grad, w []float64) {
	p.f.Grad(grad, w)
	for i, w := range w {
		grad[i] += float64(p.lambda * w)
	}
}

// L2 is the penalty in the function, wherever the gradient is taken.
func TestL2IsThePenalty(t *testing.T) {
	const lambda = 0.5
	l2 := func(opt optim.Optimizer) optim.Optimizer { return optim.NewL2(opt, lambda) }
	alpha := schedule.Linear{From: 0.3, To: 0.9, T: 10}
	bare := func() optim.Optimizer { return paper() }
	follow := func(wrap func(optim.Optimizer) optim.Optimizer) optim.Optimizer {
		o := paper()
		return optim.NewFollow(wrap(o), &o.Alpha, alpha)
	}
	same := func(o optim.Optimizer) optim.Optimizer { return o }
	for name, c := range map[string]struct{ with, without func() optim.Optimizer }{
		"SGD":              {func() optim.Optimizer { return l2(optim.NewSGD(0.1)) }, func() optim.Optimizer { return optim.NewSGD(0.1) }},
		"Nesterov":         {func() optim.Optimizer { return l2(optim.NewNesterov(0.1)) }, func() optim.Optimizer { return optim.NewNesterov(0.1) }},
		"Paper":            {func() optim.Optimizer { return l2(paper()) }, bare},
		"in a stranger":    {func() optim.Optimizer { return &timer{inner: l2(paper())} }, bare},
		"around one":       {func() optim.Optimizer { return l2(&timer{inner: paper()}) }, bare},
		"half and half":    {func() optim.Optimizer { return optim.NewL2(optim.NewL2(paper(), lambda/2), lambda/2) }, bare},
		"around EMA":       {func() optim.Optimizer { return l2(optim.NewEMA(paper(), 0.9)) }, bare},
		"in EMA":           {func() optim.Optimizer { return optim.NewEMA(l2(paper()), 0.9) }, bare},
		"around Groups":    {func() optim.Optimizer { return l2(twoParts(paper(), paper())) }, bare},
		"around a mixture": {func() optim.Optimizer { return l2(twoParts(paper(), optim.NewMomentum(0.1))) }, func() optim.Optimizer { return twoParts(paper(), optim.NewMomentum(0.1)) }},
		"in Groups":        {func() optim.Optimizer { return twoParts(l2(paper()), l2(paper())) }, bare},
		"in Follow":        {func() optim.Optimizer { return follow(l2) }, func() optim.Optimizer { return follow(same) }},
		"around Follow":    {func() optim.Optimizer { return l2(follow(same)) }, func() optim.Optimizer { return follow(same) }},
		"around Accumulate": {func() optim.Optimizer { return l2(optim.NewAccumulate(paper(), 3)) },
			func() optim.Optimizer { return optim.NewAccumulate(paper(), 3) }},
		"in Accumulate": {func() optim.Optimizer { return optim.NewAccumulate(l2(paper()), 3) },
			func() optim.Optimizer { return optim.NewAccumulate(paper(), 3) }},
		"in ClipNorm": {func() optim.Optimizer { return l2(optim.NewClipNorm(paper(), 1)) },
			func() optim.Optimizer { return optim.NewClipNorm(paper(), 1) }},
		"around Lookahead": {func() optim.Optimizer { return l2(optim.NewLookahead(paper())) },
			func() optim.Optimizer { return optim.NewLookahead(paper()) }},
	} {
		a := optim.Minimize(c.with(), surface.Ravine, []float64{-7, 2}, 30)
		b := optim.Minimize(c.without(), penalized{surface.Ravine, lambda}, []float64{-7, 2}, 30)
		if a.Err != nil || b.Err != nil || distance(a.Last(), b.Last()) > 1e-12 {
			t.Errorf("%s: %v, with the penalty in the function %v, %v, %v", name, a.Last(), b.Last(), a.Err, b.Err)
		}
	}
	// what was asked for before does not count where the run goes on elsewhere
	opt := optim.NewL2(optim.NewSGD(0.5), 0.5)
	optim.Minimize(opt, surface.Ravine, []float64{-7, 2}, 5)
	w := []float64{2, 4}
	if err := opt.Step(w, []float64{1, 1}); err != nil || !slices.Equal(w, []float64{1, 2.5}) { // 2 − 0.5·(1 + 1), 4 − 0.5·(1 + 2)
		t.Errorf("w is %v, want [1 2.5], %v", w, err)
	}
}

// The wrappers around the paper's form, each beside the loop that does the same
// by hand.
func TestWrappersOfLookAheadByHand(t *testing.T) {
	const eta, alpha, steps = 0.1, 0.9, 30
	type hand struct{ w, v, at, grad, kept []float64 }
	look := func(h *hand) { // the gradient at W + αv
		for i := range h.w {
			h.at[i] = h.w[i] + float64(alpha*h.v[i])
		}
		surface.Ravine.Grad(h.grad, h.at)
	}
	move := func(h *hand) {
		for i, g := range h.grad {
			h.v[i] = float64(alpha*h.v[i]) - float64(eta*g)
			h.w[i] += h.v[i]
		}
	}
	clipped := func(h *hand) {
		length := math.Hypot(h.grad[0], h.grad[1])
		for i := range h.grad {
			h.grad[i] *= min(1, 0.5/length)
		}
	}
	for name, c := range map[string]struct {
		opt  func(o *optim.Nesterov) optim.Optimizer
		step func(h *hand, t int)
	}{
		"ClipNorm": {func(o *optim.Nesterov) optim.Optimizer { return optim.NewClipNorm(o, 0.5) },
			func(h *hand, _ int) { look(h); clipped(h); move(h) }},
		"ClipValue": {func(o *optim.Nesterov) optim.Optimizer { return optim.NewClipValue(o, 0.5) },
			func(h *hand, _ int) {
				look(h)
				for i, g := range h.grad {
					h.grad[i] = min(max(g, -0.5), 0.5)
				}
				move(h)
			}},
		"Decoupled": {func(o *optim.Nesterov) optim.Optimizer { return optim.NewDecoupled(o, &o.LR, 0.3) },
			func(h *hand, _ int) {
				look(h)
				for i := range h.w {
					h.w[i] *= 1 - eta*0.3
				}
				move(h)
			}},
		"Lookahead": {func(o *optim.Nesterov) optim.Optimizer { return &optim.Lookahead{Inner: o, K: 4, Alpha: 0.25} },
			func(h *hand, t int) {
				look(h)
				move(h)
				for i := range h.w {
					if t%4 == 0 {
						h.kept[i] = float64(0.75*h.kept[i]) + float64(0.25*h.w[i])
						h.w[i] = h.kept[i]
					}
				}
			}},
		"Accumulate": {func(o *optim.Nesterov) optim.Optimizer { return optim.NewAccumulate(o, 3) },
			func(h *hand, t int) {
				if t%3 == 0 { // the same gradient three times
					look(h)
					move(h)
				}
			}},
		"all": {func(o *optim.Nesterov) optim.Optimizer {
			return optim.NewSWA(optim.NewDecoupled(optim.NewEMA(optim.NewAccumulate(&timer{inner: optim.NewClipNorm(o, 0.5)}, 2), 0.9), &o.LR, 0.3), 1, 1)
		}, func(h *hand, t int) {
			if t%2 == 0 {
				look(h)
				for i := range h.w {
					h.w[i] *= 1 - eta*0.3
				}
				clipped(h)
				move(h)
			}
		}},
	} {
		h := &hand{w: []float64{-7, 2}, v: make([]float64, 2), at: make([]float64, 2), grad: make([]float64, 2), kept: []float64{-7, 2}}
		p := optim.Minimize(c.opt(paper()), surface.Ravine, []float64{-7, 2}, steps)
		for k := range steps {
			c.step(h, k+1)
			if p.Err != nil || distance(p.W[k+1], h.w) > 1e-12 {
				t.Errorf("%s, step %d: %v, by hand %v, %v", name, k+1, p.W[k+1], h.w, p.Err)
				break
			}
		}
	}
}

// The path of Groups holds what its parts keep and their learning rates.
func TestPathOfGroups(t *testing.T) {
	a, b := optim.NewAdam(0.3), optim.NewAdam(0.3)
	p := optim.Minimize(optim.NewEMA(twoParts(a, optim.NewClipNorm(b, 1e9)), 0.5), surface.Ravine, []float64{-7, 2}, 3)
	alone := optim.Minimize(optim.NewAdam(0.3), surface.Ravine, []float64{-7, 2}, 3)
	for k := 1; k <= 3; k++ {
		if !slices.Equal(p.Rate[k], alone.Rate[k]) || !slices.Equal(slices.Concat(p.Vars["0.m"][k], p.Vars["1.m"][k]), alone.Vars["m"][k]) {
			t.Errorf("step %d: rates %v, m %v and %v, of one Adam %v, %v", k, p.Rate[k], p.Vars["0.m"][k], p.Vars["1.m"][k], alone.Rate[k], alone.Vars["m"][k])
		}
	}
	mixed := optim.Minimize(twoParts(optim.NewSGD(0.1), optim.NewAdam(0.3)), surface.Ravine, []float64{-7, 2}, 3)
	if r := mixed.Rate[3]; !math.IsNaN(r[0]) || r[1] != alone.Rate[3][1] {
		t.Errorf("beside SGD the rates are %v, want NaN and %v", r, alone.Rate[3][1])
	}
	if p := optim.Minimize(twoParts(optim.NewSGD(0.1), optim.NewMomentum(0.1)), surface.Ravine, []float64{-7, 2}, 3); p.Rate != nil {
		t.Errorf("without an Adaptive part the rates are %v", p.Rate)
	}
	mustPanic(t, "optim: the parts of Groups have 2 parameters, but len(w) is 3", func() {
		twoParts(optim.NewAdam(1), optim.NewAdam(1)).(optim.Adaptive).EffectiveRate(make([]float64, 3))
	})
}
