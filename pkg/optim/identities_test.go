package optim_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"descent/pkg/optim"
	"descent/pkg/optim/schedule"
)

// trail returns the parameters after each of the gradients, which are those at
// the points that opt wants.
func trail(t *testing.T, opt optim.Optimizer, start []float64, grads [][]float64) [][]float64 {
	t.Helper()
	var all [][]float64
	w := slices.Clone(start)
	for _, g := range grads {
		optim.GradientPoint(opt, make([]float64, len(w)), w)
		if err := opt.Step(w, g); err != nil {
			t.Fatalf("%v: %v", opt, err)
		}
		all = append(all, slices.Clone(w))
	}
	return all
}

// Methods that are the same where a hyperparameter takes one value. bits says
// that even the last bit agrees.
func TestIdentities(t *testing.T) {
	type maker = func() optim.Optimizer
	sgd := func() optim.Optimizer { return optim.NewSGD(0.1) }
	adam := func() optim.Optimizer { return optim.NewAdam(0.1) }
	etaT := func() optim.Optimizer {
		return &optim.Adam{LR: 0.1, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Correction: optim.EtaT}
	}
	decoupled := func(lambda float64) maker {
		return func() optim.Optimizer { o := optim.NewAdam(0.1); return optim.NewDecoupled(o, &o.LR, lambda) }
	}
	for name, c := range map[string]struct {
		a, b maker
		bits bool
	}{
		"Momentum with α = 0 is SGD": {func() optim.Optimizer { return &optim.Momentum{LR: 0.1} }, sgd, true},
		"Nesterov with α = 0 is SGD": {func() optim.Optimizer { return &optim.Nesterov{LR: 0.1} }, sgd, true},
		"a constant η may stand outside the velocity": {
			func() optim.Optimizer { return optim.NewMomentum(0.1) },
			func() optim.Optimizer { return &optim.Momentum{LR: 0.1, Alpha: 0.9, RateOutside: true} }, false},
		"the same for Nesterov": {
			func() optim.Optimizer { return optim.NewNesterov(0.1) },
			func() optim.Optimizer { return &optim.Nesterov{LR: 0.1, Alpha: 0.9, RateOutside: true} }, false},
		"the same for the paper's form": {
			func() optim.Optimizer { return &optim.Nesterov{LR: 0.1, Alpha: 0.9, Paper: true} },
			func() optim.Optimizer { return &optim.Nesterov{LR: 0.1, Alpha: 0.9, Paper: true, RateOutside: true} }, false},
		"the same for the book's order": {
			func() optim.Optimizer { return &optim.Nesterov{LR: 0.1, Alpha: 0.9, MistakeBookOrder: true} },
			func() optim.Optimizer {
				return &optim.Nesterov{LR: 0.1, Alpha: 0.9, MistakeBookOrder: true, RateOutside: true}
			}, false},
		"Muon corrects nothing but an average": {
			func() optim.Optimizer { return optim.NewMuon(0.1, optim.Shape{Rows: 3, Cols: 2}) },
			func() optim.Optimizer {
				o := optim.NewMuon(0.1, optim.Shape{Rows: 3, Cols: 2})
				o.Correct = true
				return o
			}, true},
		"the same for RMSProp with momentum": {
			func() optim.Optimizer { return &optim.RMSProp{LR: 0.1, Rho: 0.9, Alpha: 0.9, Eps: 1e-7} },
			func() optim.Optimizer {
				return &optim.RMSProp{LR: 0.1, Rho: 0.9, Alpha: 0.9, Eps: 1e-7, RateOutside: true}
			}, false},
		"Adam with β1 = 0 is RMSProp with a corrected h": {
			func() optim.Optimizer { return &optim.Adam{LR: 0.1, Beta2: 0.99, Eps: 1e-8} },
			func() optim.Optimizer { return &optim.RMSProp{LR: 0.1, Rho: 0.99, Eps: 1e-8, Correct: true} }, true},
		"Adam as written with raw m and v is Adam with η_t": {
			func() optim.Optimizer {
				return &optim.AdamAsWritten{LR: 0.1, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Raw: true}
			}, etaT, false},
		"with ε = 0 Adam's two forms are one": {
			func() optim.Optimizer { return &optim.Adam{LR: 0.1, Beta1: 0.9, Beta2: 0.999} },
			func() optim.Optimizer {
				return &optim.Adam{LR: 0.1, Beta1: 0.9, Beta2: 0.999, Correction: optim.EtaT}
			}, false},
		"AdamW with λ = 0 is Adam": {
			func() optim.Optimizer { return &optim.AdamW{LR: 0.1, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8} }, adam, true},
		"Adam with decoupled decay is AdamW": {decoupled(0.01), func() optim.Optimizer { return optim.NewAdamW(0.1) }, false},
		"for SGD, L2 and decoupled decay are one": {
			func() optim.Optimizer { return optim.NewL2(optim.NewSGD(0.1), 0.01) },
			func() optim.Optimizer { o := optim.NewSGD(0.1); return optim.NewDecoupled(o, &o.LR, 0.01) }, false},
		"Lion with β1 = 0 is RMSProp without average": {
			func() optim.Optimizer { return &optim.Lion{LR: 0.1, Beta2: 0.99} },
			func() optim.Optimizer { return &optim.RMSProp{LR: 0.1, Eps: 1e-300} }, false},
		"AdaGrad with a huge h₀ is SGD": {
			func() optim.Optimizer { return &optim.AdaGrad{LR: 1e13, Initial: 1e28} }, sgd, false},
		"AMSGrad on gradients of one size is Adam": {
			func() optim.Optimizer { return optim.NewClipValue(&optim.AMSGrad{LR: 0.1, Beta1: 0.9}, 1e-9) },
			func() optim.Optimizer { return optim.NewClipValue(&optim.Adam{LR: 0.1, Beta1: 0.9}, 1e-9) }, false},
		"Lookahead with k = 1 and α = 1 is its optimizer": {
			func() optim.Optimizer { return &optim.Lookahead{Inner: adam(), K: 1, Alpha: 1} }, adam, true},
		"L2 with λ = 0 is its optimizer": {func() optim.Optimizer { return optim.NewL2(adam(), 0) }, adam, true},
		"decoupled decay with λ = 0 too": {decoupled(0), adam, true},
		"bounds that are never reached do nothing": {
			func() optim.Optimizer { return optim.NewClipNorm(optim.NewClipValue(adam(), 1e9), 1e9) }, adam, true},
		"one gradient a step is its optimizer": {func() optim.Optimizer { return optim.NewAccumulate(adam(), 1) }, adam, true},
		"averages do not touch the run": {
			func() optim.Optimizer { return optim.NewEMA(optim.NewSWA(adam(), 2, 3), 0.5) }, adam, true},
		"a constant schedule is its optimizer": {
			func() optim.Optimizer {
				o := optim.NewAdam(7)
				return optim.NewFollow(o, &o.LR, schedule.Constant{Value: 0.1})
			}, adam, true},
		"two groups are one optimizer": {
			func() optim.Optimizer {
				return optim.NewGroups(optim.Part{Len: 2, Optimizer: adam()}, optim.Part{Len: 4, Optimizer: adam()})
			}, adam, true},
		"Adafactor without shapes sees one vector": {
			func() optim.Optimizer { return optim.NewAdafactor(0.1) },
			func() optim.Optimizer { return optim.NewAdafactor(0.1, optim.Shape{Rows: 6, Cols: 1}) }, true},
		"Adafactor of a row is that of a vector": {
			func() optim.Optimizer { return optim.NewAdafactor(0.1) },
			func() optim.Optimizer { return optim.NewAdafactor(0.1, optim.Shape{Rows: 1, Cols: 6}) }, true},
		"LAMB without shapes sees one tensor": {
			func() optim.Optimizer { return optim.NewLAMB(0.1) },
			func() optim.Optimizer { return optim.NewLAMB(0.1, optim.Shape{Rows: 2, Cols: 3}) }, true},
		"LARS without shapes sees one tensor": {
			func() optim.Optimizer { return optim.NewLARS(0.1) },
			func() optim.Optimizer { return optim.NewLARS(0.1, optim.Shape{Rows: 2, Cols: 3}) }, true},
		"SparseAdam where no gradient is 0 is Adam with η_t": {
			func() optim.Optimizer { return optim.NewSparseAdam(0.1) }, etaT, false},
	} {
		rng := rand.New(rand.NewPCG(11, 12))
		for range 20 {
			points := make([][]float64, 26)
			for k := range points {
				points[k] = make([]float64, 6)
				for i := range points[k] {
					points[k][i] = rng.NormFloat64()
				}
			}
			a, b := trail(t, c.a(), points[0], points[1:]), trail(t, c.b(), points[0], points[1:])
			for k := range a {
				for i, x := range b[k] {
					if d := math.Abs(a[k][i] - x); c.bits && d != 0 || !(d <= 1e-11*(1+math.Abs(x))) {
						t.Fatalf("%s: step %d, parameter %d: %v and %v", name, k+1, i, a[k][i], x)
					}
				}
			}
		}
	}
}

// k mini-batches collected are the batch of their mean.
func TestAccumulateIsTheMean(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	small := gradients(rng, 12)
	var large [][]float64
	for k := 0; k < len(small); k += 4 {
		mean := make([]float64, 6)
		for _, g := range small[k : k+4] {
			for i := range mean {
				mean[i] += g[i] / 4
			}
		}
		large = append(large, mean)
	}
	start := []float64{1, -2, 3, 4, -5, 6}
	a := trail(t, optim.NewAccumulate(optim.NewAdam(0.1), 4), start, small)
	b := trail(t, optim.NewAdam(0.1), start, large)
	for k, w := range a {
		want := start
		if k >= 3 {
			want = b[(k+1)/4-1]
		}
		if distance(w, want) > 1e-12 {
			t.Errorf("after %d gradients w is %v, want %v", k+1, w, want)
		}
	}
}

// The two forms of Nesterov's method are one path seen from two points: the
// look-ahead point of the paper's form is the parameter of the other.
func TestNesterovForms(t *testing.T) {
	q := quadratic{0.1, 2, 0.7}
	start := []float64{-7, 2, 1}
	paper := &optim.Nesterov{LR: 0.1, Alpha: 0.9, Paper: true}
	outside := &optim.Nesterov{LR: 0.1, Alpha: 0.9, Paper: true, RateOutside: true}
	theta := optim.Minimize(optim.NewNesterov(0.1), q, start, 30)
	w, at, grad := slices.Clone(start), make([]float64, 3), make([]float64, 3)
	w2, at2 := slices.Clone(start), make([]float64, 3)
	for k := range 31 {
		paper.Ahead(at, w)
		if distance(at, theta.W[k]) > 1e-11 {
			t.Fatalf("step %d: look-ahead point %v, Θ = %v", k, at, theta.W[k])
		}
		if outside.Ahead(at2, w2); distance(at2, at) > 1e-11 {
			t.Fatalf("step %d: look-ahead point %v, with η outside v %v", k, at, at2)
		}
		q.Grad(grad, at)
		if err := errors.Join(paper.Step(w, grad), outside.Step(w2, grad)); err != nil {
			t.Fatal(err)
		}
	}
	mustPanic(t, "optim: len(dst) is 2, but len(w) is 3", func() { paper.Ahead(at[:2], w) })
	mustPanic(t, "optim: len(dst) is 3, but len(w) is 2", func() { paper.Ahead(at, w[:2]) })
	mustPanic(t, "optim: len(dst) is 4, but len(w) is 3", func() { paper.Ahead(make([]float64, 4), w) })
	mustPanic(t, "optim: len(dst) is 2, but len(w) is 2", func() { paper.Ahead(at[:2], w[:2]) })
	mustPanic(t, "optim: len(dst) is 4, but len(w) is 4", func() { paper.Ahead(make([]float64, 4), make([]float64, 4)) })
	path := optim.Minimize(&optim.Nesterov{LR: 0.1, Alpha: 0.9, Paper: true}, q, start, 31)
	if !slices.Equal(path.Last(), w) {
		t.Errorf("Minimize ends at %v, by hand at %v: it must take the gradient at the look-ahead point", path.Last(), w)
	}
}

// Muon treats each of its matrices by itself.
func TestMuonMatrixByMatrix(t *testing.T) {
	small, large := optim.Shape{Rows: 3, Cols: 4}, optim.Shape{Rows: 5, Cols: 4}
	rng := rand.New(rand.NewPCG(15, 16))
	points := make([][]float64, 11)
	for k := range points {
		for range 32 {
			points[k] = append(points[k], rng.NormFloat64())
		}
	}
	a := trail(t, optim.NewMuon(0.1, small, large), points[0], points[1:])
	b := trail(t, optim.NewGroups(optim.Part{Len: 12, Optimizer: optim.NewMuon(0.1, small)}, optim.Part{Len: 20, Optimizer: optim.NewMuon(0.1, large)}), points[0], points[1:])
	for k := range a {
		if !slices.Equal(a[k], b[k]) {
			t.Fatalf("step %d: %v, each by itself %v", k+1, a[k], b[k])
		}
	}
}
