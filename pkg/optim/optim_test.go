package optim_test

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"descent/pkg/optim"
	"descent/pkg/optim/schedule"
)

// optimizers are all methods, for 6 parameters: what the tests below hold
// for every one of them.
var optimizers = map[string]func(lr float64) optim.Stateful{
	"SGD":           func(lr float64) optim.Stateful { return optim.NewSGD(lr) },
	"Momentum":      func(lr float64) optim.Stateful { return optim.NewMomentum(lr) },
	"Nesterov":      func(lr float64) optim.Stateful { return optim.NewNesterov(lr) },
	"AdaGrad":       func(lr float64) optim.Stateful { return optim.NewAdaGrad(lr) },
	"RMSProp":       func(lr float64) optim.Stateful { return optim.NewRMSProp(lr) },
	"Adam":          func(lr float64) optim.Stateful { return optim.NewAdam(lr) },
	"AdamAsWritten": func(lr float64) optim.Stateful { return optim.NewAdamAsWritten(lr) },
	"AdamW":         func(lr float64) optim.Stateful { return optim.NewAdamW(lr) },
	"AMSGrad":       func(lr float64) optim.Stateful { return optim.NewAMSGrad(lr) },
	"Adamax":        func(lr float64) optim.Stateful { return optim.NewAdamax(lr) },
	"AdaDelta":      func(lr float64) optim.Stateful { return optim.NewAdaDelta(lr) },
	"NAdam":         func(lr float64) optim.Stateful { return optim.NewNAdam(lr) },
	"RAdam":         func(lr float64) optim.Stateful { return optim.NewRAdam(lr) },
	"AdaBelief":     func(lr float64) optim.Stateful { return optim.NewAdaBelief(lr) },
	"Yogi":          func(lr float64) optim.Stateful { return optim.NewYogi(lr) },
	"Lion":          func(lr float64) optim.Stateful { return optim.NewLion(lr) },
	"Rprop":         func(lr float64) optim.Stateful { return optim.NewRprop(lr) },
	"ASGD":          func(lr float64) optim.Stateful { return optim.NewASGD(lr) },
	"SparseAdam":    func(lr float64) optim.Stateful { return optim.NewSparseAdam(lr) },
	"LARS": func(lr float64) optim.Stateful {
		return optim.NewLARS(lr, optim.Shape{Rows: 4, Cols: 1}, optim.Shape{Rows: 2, Cols: 1})
	},
	"LAMB": func(lr float64) optim.Stateful {
		return optim.NewLAMB(lr, optim.Shape{Rows: 4, Cols: 1}, optim.Shape{Rows: 2, Cols: 1})
	},
	"Adafactor": func(lr float64) optim.Stateful {
		return optim.NewAdafactor(lr, optim.Shape{Rows: 2, Cols: 2}, optim.Shape{Rows: 2, Cols: 1})
	},
	"Muon": func(lr float64) optim.Stateful { return optim.NewMuon(lr, optim.Shape{Rows: 2, Cols: 3}) },
}

// wrappers are all optimizers around another, SGD here.
var wrappers = map[string]func(opt *optim.Adam) optim.Stateful{
	"L2":         func(o *optim.Adam) optim.Stateful { return optim.NewL2(o, 0.1) },
	"Decoupled":  func(o *optim.Adam) optim.Stateful { return optim.NewDecoupled(o, &o.LR, 0.1) },
	"ClipValue":  func(o *optim.Adam) optim.Stateful { return optim.NewClipValue(o, 1.5) },
	"ClipNorm":   func(o *optim.Adam) optim.Stateful { return optim.NewClipNorm(o, 1.5) },
	"Accumulate": func(o *optim.Adam) optim.Stateful { return optim.NewAccumulate(o, 3) },
	"EMA":        func(o *optim.Adam) optim.Stateful { return optim.NewEMA(o, 0.9) },
	"SWA":        func(o *optim.Adam) optim.Stateful { return optim.NewSWA(o, 3, 2) },
	"Lookahead":  func(o *optim.Adam) optim.Stateful { return optim.NewLookahead(o) },
	"Follow": func(o *optim.Adam) optim.Stateful {
		return optim.NewFollow(o, &o.LR, schedule.Cosine{From: o.LR, T: 50})
	},
	"Groups": func(o *optim.Adam) optim.Stateful {
		return optim.NewGroups(optim.Part{Len: 4, Optimizer: o}, optim.Part{Len: 2, Optimizer: optim.NewMomentum(o.LR)})
	},
}

// everything is every method, and every wrapper around Adam.
func everything() map[string]func(lr float64) optim.Stateful {
	all := maps.Clone(optimizers)
	for name, wrap := range wrappers {
		all[name] = func(lr float64) optim.Stateful { return wrap(optim.NewAdam(lr)) }
	}
	return all
}

func near(a, b, tol float64) bool { return math.Abs(a-b) <= tol*math.Max(1, math.Abs(b)) }

// One step at asymmetric values, computed by hand.
func TestSGDStep(t *testing.T) {
	w := []float64{1, -2, 0.5, 1000, -0.003}
	grad := []float64{0.25, 0, -4, 1e-3, 70}
	if err := optim.NewSGD(0.3).Step(w, grad); err != nil {
		t.Fatal(err)
	}
	want := []float64{0.925, -2, 1.7, 999.9997, -21.003}
	for i := range want {
		if !near(w[i], want[i], 1e-15) {
			t.Errorf("w[%d] = %v, want %v", i, w[i], want[i])
		}
	}
}

// quadratic is Σ λᵢ wᵢ²/2.
type quadratic []float64

func randomQuadratic(rng *rand.Rand, n int) quadratic {
	q := make(quadratic, n)
	for i := range q {
		q[i] = 0.1 + 10*rng.Float64()
	}
	return q
}

func (q quadratic) max() float64 { return slices.Max(q) }

func (q quadratic) Func(w []float64) float64 {
	f := 0.0
	for i, l := range q {
		f += l * w[i] * w[i] / 2
	}
	return f
}

func (q quadratic) Grad(grad, w []float64) {
	for i, l := range q {
		grad[i] = l * w[i]
	}
}

func mustPanic(t *testing.T, want string, call func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if r, _ := recover().(string); !strings.HasPrefix(r, want) {
			t.Errorf("panic %q, want %q", r, want)
		}
	}()
	call()
}
