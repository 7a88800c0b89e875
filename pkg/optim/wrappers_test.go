package optim_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"descent/pkg/optim"
	"descent/pkg/optim/schedule"
	"descent/pkg/surface"
)

// What the optimizer inside sees, and what is left, on paper.
func TestWrappersByHand(t *testing.T) {
	sgd := func() *optim.SGD { return optim.NewSGD(0.5) }
	half := sgd()
	for name, c := range map[string]struct {
		opt     optim.Optimizer
		w, grad []float64
		want    []float64
	}{
		// 2 − 0.5·(3 + 0.1·2) = 0.4
		"L2": {optim.NewL2(sgd(), 0.1), []float64{2}, []float64{3}, []float64{0.4}},
		// (1 − 0.5·0.1)·2 − 0.5·3 = 0.4
		"Decoupled": {optim.NewDecoupled(half, &half.LR, 0.1), []float64{2}, []float64{3}, []float64{0.4}},
		// −4 → −1.5, 1 stays
		"ClipValue": {optim.NewClipValue(sgd(), 1.5), []float64{0, 0}, []float64{-4, 1}, []float64{0.75, -0.5}},
		// ‖(3, 4)‖ = 5 → 2.5
		"ClipNorm":       {optim.NewClipNorm(sgd(), 2.5), []float64{0, 0}, []float64{3, 4}, []float64{-0.75, -1}},
		"ClipNorm short": {optim.NewClipNorm(sgd(), 5), []float64{0, 0}, []float64{3, 4}, []float64{-1.5, -2}},
		// 3 → 1, ‖(6, 8)‖ = 10 → 1
		"ClipNorm of tensors": {optim.NewClipNorm(sgd(), 1, optim.Shape{Rows: 1, Cols: 1}, optim.Shape{Rows: 2, Cols: 1}),
			[]float64{0, 0, 0}, []float64{3, 6, 8}, []float64{-0.5, -0.3, -0.4}},
		// |−4| + 1 = 5 → 2.5, max 4 → 2
		"ClipNorm 1": {&optim.ClipNorm{Inner: sgd(), Max: 2.5, Order: 1}, []float64{0, 0}, []float64{-4, 1}, []float64{1, -0.25}},
		"ClipNorm ∞": {&optim.ClipNorm{Inner: sgd(), Max: 2, Order: math.Inf(1)}, []float64{0, 0}, []float64{-4, 1}, []float64{1, -0.25}},
		// 5 + 5 below the line
		"ClipNorm ε": {&optim.ClipNorm{Inner: sgd(), Max: 5, Order: 2, Eps: 5}, []float64{0, 0}, []float64{3, 4}, []float64{-0.75, -1}},
		// the squares would overflow and underflow
		"ClipNorm of large and small": {optim.NewClipNorm(sgd(), 2.5), []float64{0, 0, 0}, []float64{3e200, 4e200, 1e-200}, []float64{-0.75, -1, 0}},
		"ClipNorm of small":           {optim.NewClipNorm(optim.NewSGD(1e200), 2.5e-200), []float64{0, 0}, []float64{3e-200, 4e-200}, []float64{-1.5, -2}},
		// Inf is let through as it is, and the 2 beside it
		"ClipNorm 1 of Inf": {&optim.ClipNorm{Inner: &optim.SGD{LR: 0.5, NonFinite: true}, Max: 1, Order: 1}, []float64{0, 0}, []float64{math.Inf(1), 2}, []float64{math.Inf(-1), -1}},
		"ClipNorm ∞ of Inf": {&optim.ClipNorm{Inner: &optim.SGD{LR: 0.5, NonFinite: true}, Max: 1, Order: math.Inf(1)}, []float64{0, 0}, []float64{math.Inf(1), 2}, []float64{math.Inf(-1), -1}},
		"EMA of Inf":        {optim.NewEMA(&optim.SGD{LR: 0.5, NonFinite: true}, 0.9), []float64{0, 0}, []float64{math.Inf(1), 2}, []float64{math.Inf(-1), -1}},
		"SWA of Inf":        {optim.NewSWA(&optim.SGD{LR: 0.5, NonFinite: true}, 1, 1), []float64{0, 0}, []float64{math.Inf(1), 2}, []float64{math.Inf(-1), -1}},
		"Lookahead of Inf":  {optim.NewLookahead(&optim.SGD{LR: 0.5, NonFinite: true}), []float64{0, 0}, []float64{math.Inf(1), 2}, []float64{math.Inf(-1), -1}},
		"Lookahead 1/4":     {&optim.Lookahead{Inner: sgd(), K: 1, Alpha: 0.25}, []float64{2}, []float64{4}, []float64{1.5}},
		"Groups": {optim.NewGroups(optim.Part{Len: 1, Optimizer: sgd()}, optim.Part{Len: 2, Optimizer: optim.NewSGD(1)}),
			[]float64{1, 1, 1}, []float64{1, 2, 3}, []float64{0.5, -1, -2}},
	} {
		if err := c.opt.Step(c.w, c.grad); err != nil {
			t.Fatal(err)
		}
		if distance(c.w, c.want) > 1e-15 {
			t.Errorf("%s: w is %v, on paper %v", name, c.w, c.want)
		}
	}
}

func TestAverages(t *testing.T) {
	ema, swa, asgd := optim.NewEMA(optim.NewSGD(1), 0.75), optim.NewSWA(optim.NewSGD(1), 2, 2), &optim.ASGD{LR: 1, T0: 1}
	if ema.Average() != nil || swa.Average() != nil || asgd.Average() != nil {
		t.Error("before the first step there is no average")
	}
	// from 0 along −1: w is 1, 2, 3, 4
	for step, want := range [][3]float64{
		{1, 0, 1},          // 1; –; W, as max(1, t−2) is 1
		{1.25, 2, 2},       // 0.75·1 + 0.25·2; 2; W
		{1.6875, 2, 3},     // 0.75·1.25 + 0.25·3; –; W
		{2.265625, 3, 3.5}, // 0.75·1.6875 + 0.25·4; (2 + 4)/2; 3 + (4 − 3)/2
	} {
		for i, opt := range []interface {
			optim.Optimizer
			Average() []float64
		}{ema, swa, asgd} {
			w := []float64{float64(step)}
			if err := opt.Step(w, []float64{-1}); err != nil {
				t.Fatal(err)
			}
			if avg := opt.Average(); want[i] != 0 && (len(avg) != 1 || !(math.Abs(avg[0]-want[i]) <= 1e-15)) {
				t.Errorf("%v, step %d: average %v, want %v", opt, step+1, avg, want[i])
			}
		}
	}
}

// The steps that count start at From and are Every apart; before T0 the average
// of ASGD is W to the last bit.
func TestAveragesOfSomeSteps(t *testing.T) {
	swa := optim.NewSWA(optim.NewSGD(1), 2, 3)
	for step, want := range []float64{math.NaN(), 2, 2, 2, 3.5, 3.5} { // W is 1 … 6: 2, then (2 + 5)/2
		if err := swa.Step([]float64{float64(step)}, []float64{-1}); err != nil {
			t.Fatal(err)
		}
		if avg := swa.Average(); math.IsNaN(want) && avg != nil || !math.IsNaN(want) && (len(avg) != 1 || avg[0] != want) {
			t.Errorf("step %d: average %v, want %v", step+1, avg, want)
		}
	}
	asgd := &optim.ASGD{T0: 9}
	for _, w := range []float64{1e17, 0.25} {
		if err := asgd.Step([]float64{w}, []float64{1}); err != nil || asgd.Average()[0] != w {
			t.Errorf("before T0 the average is %v, want %v, %v", asgd.Average(), w, err)
		}
	}
}

// refusing steps along −grad and fails at one step.
type refusing struct{ t, at int }

func (o *refusing) String() string { return "refusing" }

func (o *refusing) Step(w, grad []float64) error {
	if o.t++; o.t == o.at {
		return errors.New("refused")
	}
	for i, g := range grad {
		w[i] -= g
	}
	return nil
}

// What the optimizer inside refuses, the wrapper refuses, and it goes on as if
// nothing had been asked. An optimizer without Validate may stand inside.
func TestRefusedInside(t *testing.T) {
	lr := 0.5
	for name, c := range map[string]struct {
		wrap func(opt optim.Optimizer) optim.Optimizer
		want float64 // from 10 after two steps with gradient 1
	}{
		"L2":         {func(o optim.Optimizer) optim.Optimizer { return optim.NewL2(o, 0.5) }, 1},
		"Decoupled":  {func(o optim.Optimizer) optim.Optimizer { return optim.NewDecoupled(o, &lr, 0.4) }, 4.6},
		"ClipValue":  {func(o optim.Optimizer) optim.Optimizer { return optim.NewClipValue(o, 0.5) }, 9},
		"ClipNorm":   {func(o optim.Optimizer) optim.Optimizer { return optim.NewClipNorm(o, 0.5) }, 9},
		"Accumulate": {func(o optim.Optimizer) optim.Optimizer { return optim.NewAccumulate(o, 1) }, 8},
		"EMA":        {func(o optim.Optimizer) optim.Optimizer { return optim.NewEMA(o, 0.5) }, 8},
		"SWA":        {func(o optim.Optimizer) optim.Optimizer { return optim.NewSWA(o, 1, 1) }, 8},
		"Lookahead":  {func(o optim.Optimizer) optim.Optimizer { return &optim.Lookahead{Inner: o, K: 2, Alpha: 0.25} }, 9.5},
		"Groups":     {func(o optim.Optimizer) optim.Optimizer { return optim.NewGroups(optim.Part{Len: 1, Optimizer: o}) }, 8},
	} {
		opt := c.wrap(&refusing{at: 1})
		if err := opt.Step([]float64{7}, []float64{1}); err == nil {
			t.Errorf("%s: the error is lost", name)
		}
		w := []float64{10}
		if err := errors.Join(opt.Step(w, []float64{1}), opt.Step(w, []float64{1})); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !near(w[0], c.want, 1e-15) {
			t.Errorf("%s: w is %v, want %v", name, w[0], c.want)
		}
	}
}

// A part of Groups that would fail fails before any part has moved.
func TestGroupsMoveTogether(t *testing.T) {
	opt := optim.NewGroups(optim.Part{Len: 1, Optimizer: optim.NewSGD(1)}, optim.Part{Len: 2, Optimizer: optim.NewSGD(1)})
	w := []float64{1, 2, 3}
	var e *optim.GradientError
	if err := opt.Step(w, []float64{1, 1, math.NaN()}); !errors.As(err, &e) || e.Index != 2 {
		t.Errorf("error %v, want a GradientError at index 2 of the whole", err)
	}
	opt.Parts[1].Optimizer.(*optim.SGD).LR = -1
	if err := opt.Step(w, []float64{1, 1, 1}); err == nil {
		t.Error("a negative learning rate in part 1 is accepted")
	}
	if !slices.Equal(w, []float64{1, 2, 3}) {
		t.Errorf("w is %v", w)
	}
	opt.Parts[1].Optimizer.(*optim.SGD).LR = 1
	mustPanic(t, "optim: the parts of Groups have 3 parameters, but len(w) is 4", func() { _ = opt.Step(make([]float64, 4), make([]float64, 4)) })
	mustPanic(t, "optim: the parts of Groups have 3 parameters, but len(w) is 2", func() { _ = opt.Step(make([]float64, 2), make([]float64, 2)) })
	opt.Parts[1].Optimizer = optim.NewEMA(optim.NewMomentum(1), 0.5)
	if got, want := opt.State().Method, "Groups(SGD, EMA(Momentum))"; got != want {
		t.Errorf("the state is of %s, want %s", got, want)
	}
	mustPanic(t, "optim: Decoupled needs the address of the learning rate", func() { _ = optim.NewDecoupled(opt, nil, 1).Step(w, w) })
}

func TestSparseAdam(t *testing.T) {
	a, b := optim.NewSparseAdam(0.1), optim.NewSparseAdam(0.1)
	w, v := []float64{1, 2, 3}, []float64{1, 2, 3}
	for _, g := range [][]float64{{0.5, 0, -1}, {0, 0, 2}, {1, 0, 0}} {
		var index []int
		var at []float64
		for i, g := range g {
			if g != 0 {
				index, at = append(index, i), append(at, g)
			}
		}
		if err := errors.Join(a.Step(w, g), b.StepAt(v, index, at)); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(w, v) {
			t.Errorf("Step leads to %v, StepAt to %v", w, v)
		}
	}
	if w[1] != 2 {
		t.Errorf("a parameter without gradient moved to %v", w[1])
	}
	mustPanic(t, "optim: len(index) is 1, but len(grad) is 2", func() { _ = b.StepAt(v, []int{0}, []float64{1, 2}) })
	mustPanic(t, "optim: len(index) is 2, but len(grad) is 1", func() { _ = b.StepAt(v, []int{0, 1}, []float64{1}) })
	mustPanic(t, "optim: index[1] is 3, but len(w) is 3", func() { _ = b.StepAt(v, []int{0, 3}, []float64{1, 2}) })
	mustPanic(t, "optim: index[0] is -1, but len(w) is 3", func() { _ = b.StepAt(v, []int{-1, 0}, []float64{1, 2}) })
	if err := optim.NewSparseAdam(-1).StepAt(v, []int{0}, []float64{1}); err == nil {
		t.Error("StepAt accepts a negative learning rate")
	}
	if err := optim.NewSparseAdam(1).StepAt([]float64{1, math.NaN()}, []int{0}, []float64{1}); err != nil {
		t.Errorf("StepAt looks at a parameter that it does not move: %v", err)
	}
	var e *optim.GradientError
	if err := b.StepAt(v, []int{2, 0}, []float64{1, math.NaN()}); !errors.As(err, &e) || e.Index != 1 || e.Step != 4 {
		t.Errorf("error %v, want a GradientError at index 1 of the gradients, step 4", err)
	}
}

func TestShapesMustFit(t *testing.T) {
	six := optim.Shape{Rows: 2, Cols: 3}
	for _, opt := range []optim.Optimizer{optim.NewLAMB(1, six), optim.NewLARS(1, six), optim.NewAdafactor(1, six), optim.NewMuon(1, six), optim.NewClipNorm(optim.NewSGD(1), 1, six)} {
		mustPanic(t, "optim: the shapes hold 6 numbers, but len(w) is 5", func() { _ = opt.Step(make([]float64, 5), make([]float64, 5)) })
		mustPanic(t, "optim: the shapes hold 6 numbers, but len(w) is 7", func() { _ = opt.Step(make([]float64, 7), make([]float64, 7)) })
	}
	opt := optim.NewAdafactor(1, six)
	if err := opt.Step(make([]float64, 6), make([]float64, 6)); err != nil {
		t.Fatal(err)
	}
	opt.Shapes = []optim.Shape{{Rows: 6, Cols: 1}}
	mustPanic(t, "optim: Shapes of Adafactor call for 6 numbers of state, not 5", func() { _ = opt.Step(make([]float64, 6), make([]float64, 6)) })
	row := optim.NewAdafactor(1, optim.Shape{Rows: 1, Cols: 6}) // a vector: 6 numbers, not 1 + 6
	if err := row.Step(make([]float64, 6), make([]float64, 6)); err != nil {
		t.Fatal(err)
	}
	row.Shapes = []optim.Shape{six}
	mustPanic(t, "optim: Shapes of Adafactor call for 5 numbers of state, not 6", func() { _ = row.Step(make([]float64, 6), make([]float64, 6)) })
}

func TestNilInside(t *testing.T) {
	for name, opt := range map[string]optim.Optimizer{
		"L2": optim.NewL2(nil, 1), "ClipValue": optim.NewClipValue(nil, 1), "ClipNorm": optim.NewClipNorm(nil, 1), "Accumulate": optim.NewAccumulate(nil, 1),
		"EMA": optim.NewEMA(nil, 0), "SWA": optim.NewSWA(nil, 1, 1), "Lookahead": optim.NewLookahead(nil), "Groups": optim.NewGroups(optim.Part{Len: 1}),
	} {
		t.Run(name, func(t *testing.T) {
			mustPanic(t, "optim: the optimizer inside a wrapper is nil", func() { _ = opt.Step([]float64{1}, []float64{1}) })
		})
	}
}

// What Minimize asks of a method it finds inside its wrappers.
func TestMinimizeLooksInside(t *testing.T) {
	start := []float64{-7, 2}
	wrapped := func(opt optim.Optimizer, lr *float64) optim.Optimizer {
		return optim.NewFollow(optim.NewEMA(optim.NewClipNorm(optim.NewLookahead(optim.NewL2(optim.NewDecoupled(opt, lr, 0), 0)), 1e9), 0.5), lr, schedule.Constant{Value: *lr})
	}
	bare, inner := optim.NewNesterov(0.1), optim.NewNesterov(0.1)
	bare.Paper, inner.Paper = true, true
	plain := optim.Minimize(optim.NewLookahead(bare), surface.Ravine, start, 20)
	within := optim.Minimize(wrapped(inner, &inner.LR), surface.Ravine, start, 20)
	if distance(within.Last(), plain.Last()) > 1e-15 {
		t.Errorf("inside wrappers Nesterov ends at %v, in one at %v: the gradient must be that at its look-ahead point", within.Last(), plain.Last())
	}
	adam := optim.NewAdam(0.3)
	p := optim.Minimize(wrapped(adam, &adam.LR), surface.Ravine, start, 3)
	if len(p.Rate) != 4 || len(p.Rate[3]) != 2 || len(p.Vars["m"]) != 4 {
		t.Errorf("of Adam inside wrappers the path holds Rate %v, Vars %v", p.Rate, p.Vars)
	}
	twice := optim.NewEMA(optim.NewEMA(optim.NewSGD(0.1), 0.5), 0.9)
	p = optim.Minimize(twice, surface.Ravine, start, 3)
	if avg := p.Vars["average"]; len(avg) != 4 || !slices.Equal(avg[3], twice.Average()) {
		t.Errorf("of two averages the path holds %v, want the outer one, %v", avg, twice.Average())
	}
}

func TestEMAAfterARefusedStep(t *testing.T) {
	ema := optim.NewEMA(optim.NewSGD(1), 0.9)
	if err := ema.Step([]float64{1}, []float64{math.NaN()}); err == nil || ema.Average() != nil {
		t.Errorf("error %v, average %v, want an error and no average", err, ema.Average())
	}
}

func TestAccumulateNamesTheStep(t *testing.T) {
	opt := optim.NewAccumulate(optim.NewSGD(1), 4)
	w := []float64{1}
	for range 5 {
		if err := opt.Step(w, []float64{0.5}); err != nil {
			t.Fatal(err)
		}
	}
	var e *optim.GradientError
	if err := opt.Step(w, []float64{math.Inf(1)}); !errors.As(err, &e) || e.Step != 6 {
		t.Errorf("error %v, want a GradientError at step 6", err)
	}
}
