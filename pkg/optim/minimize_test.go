package optim_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"descent/pkg/optim"
	"descent/pkg/surface"
)

// The values are those of an independent NumPy run.
func TestRavinePaths(t *testing.T) {
	for _, c := range []struct {
		lr, loss, turn float64
		flips          int
	}{
		{0.1, 1.3405, 79, 0},
		{0.5, 0.1129, 80, 0},
		{0.7, 0.0315, 397, 29},
		{0.9, 0.00855, 2469, 29},
		{0.95, 0.0133268, 4596.588, 29},
		{1, 4.0044, math.NaN(), 29},
	} {
		p := optim.Minimize(optim.NewSGD(c.lr), surface.Ravine, []float64{-7, 2}, 30)
		if !(math.Abs(p.Final()/c.loss-1) <= 2e-3) {
			t.Errorf("η=%v: loss %v, want %v", c.lr, p.Final(), c.loss)
		}
		if !math.IsNaN(c.turn) && !(math.Abs(p.Turn()-c.turn) <= 0.5) {
			t.Errorf("η=%v: turn %v°, want %v°", c.lr, p.Turn(), c.turn)
		}
		if p.Flips(1) != c.flips {
			t.Errorf("η=%v: %d flips of Δy, want %d", c.lr, p.Flips(1), c.flips)
		}
	}
	if l := optim.Minimize(optim.NewSGD(0.95), surface.Ravine, []float64{-7, 2}, 30).Length(); !(math.Abs(l-36.99) <= 5e-3) {
		t.Errorf("length of the path with η=0.95 is %v, want 36.99", l)
	}
}

func TestMinimizeKeepsTheStart(t *testing.T) {
	start := []float64{-7, 2}
	p := optim.Minimize(optim.NewSGD(0.1), surface.Ravine, start, 3)
	if start[0] != -7 || start[1] != 2 {
		t.Errorf("start is now %v", start)
	}
	if p.Steps() != 3 || len(p.Grad) != 4 || len(p.Loss) != 4 {
		t.Errorf("3 steps left %d points, %d gradients, %d losses", len(p.W), len(p.Grad), len(p.Loss))
	}
	if p.W[0][0] != -7 || &p.W[0][0] == &start[0] {
		t.Error("the first point must be a copy of start")
	}
}

func TestMinimizeDivergence(t *testing.T) {
	p := optim.Minimize(optim.NewSGD(1e200), surface.Ravine, []float64{-7, 2}, 30)
	if p.Err == nil || !strings.Contains(p.Err.Error(), "left the finite numbers at step 1") {
		t.Errorf("error %v", p.Err)
	}
	if p.Steps() != 0 {
		t.Errorf("%d steps are kept, want 0: the loss overflows at the first", p.Steps())
	}
	for _, l := range p.Loss {
		if math.IsInf(l, 0) || math.IsNaN(l) {
			t.Errorf("path holds loss %v", l)
		}
	}
}

func TestMinimizeReportsTheStepThatFails(t *testing.T) {
	p := optim.Minimize(optim.NewSGD(-1), surface.Ravine, []float64{-7, 2}, 30)
	var field *optim.FieldError
	if !errors.As(p.Err, &field) || !strings.HasPrefix(p.Err.Error(), "step 1: ") || p.Steps() != 0 {
		t.Errorf("error %v after %d steps", p.Err, p.Steps())
	}
	p = optim.Minimize(&refusing{at: 3}, surface.Ravine, []float64{-7, 2}, 30)
	if p.Err == nil || !strings.HasPrefix(p.Err.Error(), "step 3: ") || p.Steps() != 2 {
		t.Errorf("error %v after %d steps, want one at step 3", p.Err, p.Steps())
	}
	p = optim.Minimize(optim.NewSGD(math.MaxFloat64), flat{}, []float64{0, 0}, 30)
	if p.Err == nil || !strings.Contains(p.Err.Error(), "left the finite numbers at step 1") {
		t.Errorf("error %v: w is -Inf while the loss is finite", p.Err)
	}
	if p := optim.Minimize(optim.NewSGD(1), surface.Ravine, []float64{-7, 2}, 0); p.Err != nil || len(p.W) != 1 {
		t.Errorf("0 steps: %v, %d points", p.Err, len(p.W))
	}
}

// flat has the loss 1 everywhere and a gradient nevertheless.
type flat struct{}

func (flat) Func([]float64) float64 { return 1 }
func (flat) Grad(grad, _ []float64) { grad[0], grad[1] = 2, 0 }

func TestMinimizePanics(t *testing.T) {
	for want, call := range map[string]func(){
		"optim: steps is -1":    func() { optim.Minimize(optim.NewSGD(1), surface.Ravine, []float64{1, 1}, -1) },
		"optim: start is empty": func() { optim.Minimize(optim.NewSGD(1), surface.Ravine, nil, 1) },
	} {
		mustPanic(t, want, call)
	}
}

func TestTurn(t *testing.T) {
	for name, c := range map[string]struct {
		w    [][]float64
		want float64
	}{
		"straight":     {[][]float64{{0, 0}, {1, 1}, {3, 3}}, 0},
		"right angle":  {[][]float64{{0, 0}, {1, 0}, {1, 5}}, 90},
		"reversal":     {[][]float64{{0, 0}, {1, 2}, {0, 0}}, 180},
		"standstill":   {[][]float64{{0, 0}, {1, 0}, {1, 0}, {1, 1}}, 0},
		"no two steps": {[][]float64{{0, 0}, {1, 0}}, 0},
		// |cos| is rounded to more than 1
		"straight in space": {[][]float64{{0, 0, 0}, {1, 1, 1}, {2, 2, 2}}, 0},
		"reversal in space": {[][]float64{{0, 0, 0}, {1, 1, 1}, {0, 0, 0}}, 180},
	} {
		// acos loses half the digits near 0° and 180°
		if got := (&optim.Path{W: c.w}).Turn(); !(math.Abs(got-c.want) <= 1e-5) {
			t.Errorf("%s: turn %v, want %v", name, got, c.want)
		}
	}
}

func TestMinimizeWith(t *testing.T) {
	start := []float64{-7, 2}
	with := func(cfg optim.MinimizeConfig) *optim.Path {
		return optim.MinimizeWith(optim.NewSGD(0.5), surface.Ravine, start, cfg)
	}
	for name, c := range map[string]struct {
		rule   optim.Rule
		reason string
		holds  func(p *optim.Path) bool // at the last point, and at none before
	}{
		"gradient": {optim.GradientBelow(0.1), "the gradient is at most 0.1", func(p *optim.Path) bool {
			g := p.Grad[len(p.Grad)-1]
			return math.Abs(g[0]) <= 0.1 && math.Abs(g[1]) <= 0.1
		}},
		"loss": {optim.LossBelow(0.01), "the loss is at most 0.01", func(p *optim.Path) bool { return p.Final() <= 0.01 }},
		"stalled": {optim.Stalled(5, 0.05), "the loss has not fallen by more than 0.05 in 5 steps", func(p *optim.Path) bool {
			n := len(p.Loss)
			return n > 5 && p.Loss[n-6]-p.Loss[n-1] <= 0.05
		}},
	} {
		p := with(optim.MinimizeConfig{Steps: 500, Stop: []optim.Rule{func(*optim.Path) string { return "" }, c.rule}})
		if p.Err != nil || p.Stopped != c.reason || !c.holds(p) || p.Steps() == 500 {
			t.Errorf("%s: %q after %d steps, %v", name, p.Stopped, p.Steps(), p.Err)
		}
		for n := 1; n < len(p.Loss); n++ {
			if c.holds(&optim.Path{W: p.W[:n], Grad: p.Grad[:n], Loss: p.Loss[:n]}) {
				t.Errorf("%s: it held at step %d already, the run stopped at %d", name, n-1, p.Steps())
			}
		}
	}
	if p := with(optim.MinimizeConfig{Steps: 3, Stop: []optim.Rule{optim.Stalled(5, 0)}}); p.Stopped != "" || p.Steps() != 3 {
		t.Errorf("%q after %d steps: a run shorter than n has not stalled", p.Stopped, p.Steps())
	}
	mustPanic(t, "optim: n of Stalled is 0", func() { optim.Stalled(0, 1) })
	inf := math.Inf(1)
	for _, c := range []struct {
		name string
		rule optim.Rule
		path optim.Path
		want bool
	}{
		{"a gradient of just tol", optim.GradientBelow(0.5), optim.Path{Grad: [][]float64{{0.25, -0.5}}}, true},
		{"a loss of just tol", optim.LossBelow(0.5), optim.Path{Loss: []float64{0.5}}, true},
		{"a fall of just tol", optim.Stalled(1, 1), optim.Path{Loss: []float64{3, 2}}, true},
		{"a fall of more", optim.Stalled(1, 1), optim.Path{Loss: []float64{3, 1.5}}, false},
		{"below the last, not the smallest before", optim.Stalled(1, 0), optim.Path{Loss: []float64{1, 3, 2}}, true},
		{"the smallest after is not the last", optim.Stalled(2, 0), optim.Path{Loss: []float64{5, 1, 6}}, false},
		{"fewer than n steps without a finite loss", optim.Stalled(2, 0), optim.Path{Loss: []float64{inf, inf}}, false},
	} {
		if got := c.rule(&c.path); (got != "") != c.want {
			t.Errorf("%s: %q, want an end: %v", c.name, got, c.want)
		}
	}

	var seen []int
	ctx, cancel := context.WithCancel(context.Background())
	p := with(optim.MinimizeConfig{Steps: 100, Context: ctx, Each: func(p *optim.Path) {
		if seen = append(seen, p.Steps()); p.Steps() == 4 {
			cancel()
		}
	}})
	if !errors.Is(p.Err, context.Canceled) || p.Steps() != 4 || !slices.Equal(seen, []int{0, 1, 2, 3, 4}) {
		t.Errorf("canceled at step 4: %v after %d steps, called at %v", p.Err, p.Steps(), seen)
	}
}

// NonFinite keeps the path of a run that leaves the finite numbers.
func TestMinimizeNonFinite(t *testing.T) {
	opt := &optim.AdaGrad{LR: 1.5, NonFinite: true}
	p := optim.MinimizeWith(opt, surface.Ravine, []float64{-7, 0}, optim.MinimizeConfig{Steps: 3, NonFinite: true})
	if p.Err != nil || p.Steps() != 3 || !math.IsNaN(p.W[1][1]) || p.W[1][0] != -5.5 {
		t.Errorf("%v after %d steps, w = %v", p.Err, p.Steps(), p.W)
	}
}

// The path holds what the method keeps and its effective rates.
func TestPathVars(t *testing.T) {
	p := optim.Minimize(optim.NewAdaGrad(1.5), surface.Ravine, []float64{-7, 2}, 5)
	if p.Vars["h"][0] != nil || p.Rate[0] != nil || len(p.Vars["h"]) != 6 || len(p.Rate) != 6 {
		t.Fatalf("Vars %v, Rate %v", p.Vars, p.Rate)
	}
	h := []float64{0, 0}
	for k := 1; k <= 5; k++ {
		for i := range h {
			h[i] += float64(p.Grad[k-1][i] * p.Grad[k-1][i])
			if p.Vars["h"][k][i] != h[i] {
				t.Errorf("h[%d] after step %d is %v, want %v", i, k, p.Vars["h"][k][i], h[i])
			}
		}
	}
	if p := optim.Minimize(stranger{}, surface.Ravine, []float64{-7, 2}, 1); p.Vars != nil || p.Rate != nil || p.Err != nil {
		t.Errorf("an optimizer that tells nothing leaves Vars %v, Rate %v, %v", p.Vars, p.Rate, p.Err)
	}
}

// The effective rate times what it multiplies is the step.
func TestEffectiveRate(t *testing.T) {
	corrected := func(p *optim.Path, k, i int, beta float64) float64 {
		return p.Vars["m"][k][i] / (1 - math.Pow(beta, float64(k)))
	}
	gradient := func(p *optim.Path, k, i int) float64 { return p.Grad[k-1][i] }
	mean := func(p *optim.Path, k, i int) float64 { return corrected(p, k, i, 0.9) }
	raw := func(p *optim.Path, k, i int) float64 { return p.Vars["m"][k][i] }
	for _, c := range []struct {
		opt   optim.Optimizer
		times func(p *optim.Path, k, i int) float64
	}{
		{optim.NewAdaGrad(0.3), gradient},
		{&optim.AdaGrad{LR: 0.3, EpsRoot: 0.01, RateDecay: 0.2, Initial: 0.1}, gradient},
		{optim.NewRMSProp(0.3), gradient},
		{&optim.RMSProp{LR: 0.3, Rho: 0.9, EpsRoot: 0.01, Correct: true}, gradient},
		{optim.NewAdam(0.3), mean},
		{&optim.Adam{LR: 0.3, Beta1: 0.9, Beta2: 0.99, EpsRoot: 0.01}, mean},
		{&optim.Adam{LR: 0.3, Beta1: 0.9, Beta2: 0.99, Eps: 0.01, Correction: optim.EtaT}, mean},
		{&optim.Adam{LR: 0.3, Beta1: 0.9, Beta2: 0.99, Eps: 0.01, Correction: optim.Uncorrected}, mean},
		{&optim.AdamW{LR: 0.3, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8}, mean},
		{&optim.AdamW{LR: 0.3, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Correction: optim.EtaT}, mean},
		{&optim.AMSGrad{LR: 0.3, Beta1: 0.9, Beta2: 0.9, Eps: 1e-8, Correction: optim.EtaT}, mean},
		{&optim.AMSGrad{LR: 0.3, Beta1: 0.9, Beta2: 0.9, Correction: optim.Uncorrected, MaxOfCorrected: true}, mean},
		{&optim.Yogi{LR: 0.3, Beta1: 0.9, Beta2: 0.99, Eps: 1e-3, Correction: optim.Uncorrected}, mean},
		{optim.NewAMSGrad(0.3), mean},
		{&optim.AMSGrad{LR: 0.3, Beta1: 0.9, Beta2: 0.9, MaxOfCorrected: true}, mean},
		{optim.NewAdamax(0.3), mean},
		{&optim.Adamax{LR: 0.3, Beta1: 0.9, Beta2: 0.9, EpsOutside: 0.1}, mean},
		{optim.NewAdaBelief(0.3), mean},
		{&optim.Yogi{LR: 0.3, Beta1: 0.9, Beta2: 0.99, Eps: 1e-3}, mean},
		{&optim.NAdam{LR: 0.3, Beta1: 0.9, Beta2: 0.99, Eps: 0.01, Constant: true}, func(p *optim.Path, k, i int) float64 {
			t := float64(k)
			return 0.9*raw(p, k, i)/(1-math.Pow(0.9, t+1)) + 0.1*gradient(p, k, i)/(1-math.Pow(0.9, t))
		}},
	} {
		p := optim.Minimize(c.opt, surface.Ravine, []float64{-7, 2}, 6)
		for k := 1; k <= 6; k++ {
			for i := range 2 {
				if got, want := p.W[k-1][i]-p.Rate[k][i]*c.times(p, k, i), p.W[k][i]; !near(got, want, 1e-13) {
					t.Errorf("%v, step %d: rate %v leads to %v, the step to %v", c.opt, k, p.Rate[k][i], got, want)
				}
			}
		}
	}
	for correction, want := range map[optim.Correction]float64{optim.Corrected: 0.1, optim.EtaT: 0.1, optim.Uncorrected: 0.1 * 0.1 / math.Sqrt(0.001)} {
		for _, opt := range []optim.Adaptive{
			&optim.Adam{LR: 0.1, Beta1: 0.9, Beta2: 0.999, Correction: correction},
			&optim.AdamW{LR: 0.1, Beta1: 0.9, Beta2: 0.999, Correction: correction},
			&optim.AMSGrad{LR: 0.1, Beta1: 0.9, Beta2: 0.999, Correction: correction},
			&optim.Yogi{LR: 0.1, Beta1: 0.9, Beta2: 0.999, Correction: correction},
		} {
			rate := make([]float64, 1)
			if err := opt.Step([]float64{0}, []float64{1}); err != nil {
				t.Fatal(err)
			}
			if opt.EffectiveRate(rate); !near(rate[0], want, 1e-13) {
				t.Errorf("%v, first step with g = 1: rate %v, want %v", opt, rate[0], want)
			}
		}
	}
	rate := []float64{1, 1}
	if optim.NewAdam(1).EffectiveRate(rate); !math.IsNaN(rate[0]) || !math.IsNaN(rate[1]) {
		t.Errorf("before the first step the rate is %v, want NaN", rate)
	}
	opt := optim.NewAdam(1)
	if err := opt.Step([]float64{1}, []float64{1}); err != nil {
		t.Fatal(err)
	}
	mustPanic(t, "optim: len(dst) is 2, allowed is 1, the number of parameters", func() { opt.EffectiveRate(rate) })
	mustPanic(t, "optim: len(dst) is 0, allowed is 1, the number of parameters", func() { opt.EffectiveRate(nil) })
}

// A start where the function is not finite leaves a path that can be asked.
func TestEmptyPath(t *testing.T) {
	p := optim.Minimize(optim.NewSGD(1), surface.Ravine, []float64{1e200, 0}, 5)
	if p.Err == nil || p.Steps() != 0 || p.Last() != nil || !math.IsNaN(p.Final()) || p.Turn() != 0 || p.Length() != 0 || p.Flips(0) != 0 {
		t.Errorf("%v, %d steps to %v with loss %v", p.Err, p.Steps(), p.Last(), p.Final())
	}
}
