package optim_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"descent/pkg/optim"
	"descent/pkg/surface"
)

// elementwise are the methods that treat each parameter by itself.
func elementwise() map[string]func(lr float64) optim.Stateful {
	all := map[string]func(lr float64) optim.Stateful{}
	for name, build := range optimizers {
		switch name {
		case "LARS", "LAMB", "Adafactor", "Muon":
		default:
			all[name] = build
		}
	}
	return all
}

// A permutation of the coordinates permutes the path and changes nothing else.
func TestPermutation(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for name, build := range elementwise() {
		for range 10 {
			perm := rng.Perm(6)
			grads := gradients(rng, 20)
			start := []float64{1, -2, 3, 0.5, -0.1, 7}
			permuted := func(x []float64) []float64 {
				y := make([]float64, len(x))
				for i, j := range perm {
					y[i] = x[j]
				}
				return y
			}
			var grads2 [][]float64
			for _, g := range grads {
				grads2 = append(grads2, permuted(g))
			}
			a := trail(t, build(0.05), start, grads)
			b := trail(t, build(0.05), permuted(start), grads2)
			if last := len(a) - 1; !slices.Equal(permuted(a[last]), b[last]) {
				t.Errorf("%s: %v, permuted %v", name, permuted(a[last]), b[last])
			}
		}
	}
}

// With ε = 0 these methods do not see the scale of the gradient. Factors of 2
// make no rounding errors.
func TestScaleInvariance(t *testing.T) {
	for name, build := range map[string]func() optim.Optimizer{
		"Adam":    func() optim.Optimizer { return &optim.Adam{LR: 0.1, Beta1: 0.9, Beta2: 0.999} },
		"AMSGrad": func() optim.Optimizer { return &optim.AMSGrad{LR: 0.1, Beta1: 0.9, Beta2: 0.999} },
		"Adamax":  func() optim.Optimizer { return &optim.Adamax{LR: 0.1, Beta1: 0.9, Beta2: 0.999} },
		"NAdam":   func() optim.Optimizer { return &optim.NAdam{LR: 0.1, Beta1: 0.9, Beta2: 0.999, Psi: 0.004} },
		"AdaGrad": func() optim.Optimizer { return &optim.AdaGrad{LR: 0.1} },
		"RMSProp": func() optim.Optimizer { return &optim.RMSProp{LR: 0.1, Rho: 0.99} },
		"Lion":    func() optim.Optimizer { return optim.NewLion(0.1) },
		"Rprop":   func() optim.Optimizer { return optim.NewRprop(0.1) },
		"LAMB":    func() optim.Optimizer { return &optim.LAMB{LR: 0.1, Beta1: 0.9, Beta2: 0.999} },
		"LARS":    func() optim.Optimizer { return optim.NewLARS(0.1) },
	} {
		rng := rand.New(rand.NewPCG(21, 22))
		for range 20 {
			grads := make([][]float64, 30)
			scaled := make([][]float64, 30)
			factor := math.Ldexp(1, 2*(rng.IntN(20)-10))
			for k := range grads {
				for range 6 {
					g := rng.NormFloat64()
					grads[k] = append(grads[k], g)
					scaled[k] = append(scaled[k], g*factor)
				}
			}
			start := []float64{1, -2, 3, 0.5, -0.1, 7}
			a, b := trail(t, build(), start, grads), trail(t, build(), start, scaled)
			if last := len(a) - 1; !slices.Equal(a[last], b[last]) {
				t.Errorf("%s: gradients times %v lead to %v, without to %v", name, factor, b[last], a[last])
			}
		}
	}
}

// Ten steps of SGD on x²/20 + y² have a closed form: x shrinks by 1 − η/10 a
// step, y by 1 − 2η.
func TestSGDClosedForm(t *testing.T) {
	for _, lr := range []float64{0, 1e-3, 0.1, 0.5, 0.7, 0.95, 1, 1.05} {
		p := optim.Minimize(optim.NewSGD(lr), surface.Ravine, []float64{-7, 2}, 10)
		for k, w := range p.W {
			x := -7 * math.Pow(1-lr/10, float64(k))
			y := 2 * math.Pow(1-2*lr, float64(k))
			if !near(w[0], x, 1e-12) || !near(w[1], y, 1e-12) {
				t.Errorf("η=%v step %d: got %v, want (%v, %v)", lr, k, w, x, y)
			}
		}
	}
}

// On a convex quadratic with curvatures up to λmax the loss falls at every
// step for η < 2/λmax and rises for η > 2/λmax once the steepest direction is
// left.
func TestSGDBound(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		q := randomQuadratic(rng, 5)
		start := make([]float64, 5)
		for i := range start {
			start[i] = rng.NormFloat64()
		}
		below := optim.Minimize(optim.NewSGD(1.999/q.max()), q, start, 50)
		for k := 1; k < len(below.Loss); k++ {
			if below.Loss[k] >= below.Loss[k-1] {
				t.Fatalf("η just below 2/λmax: loss rises at step %d: %v", k, below.Loss[k-1:k+1])
			}
		}
		above := optim.Minimize(optim.NewSGD(2.01/q.max()), q, start, 4000)
		if above.Final() <= above.Loss[0] {
			t.Fatalf("η above 2/λmax: loss %v did not rise from %v", above.Final(), above.Loss[0])
		}
	}
}

// On a quadratic the methods with velocity converge below their bound and not
// above it: Momentum 2(1+α)/λmax, Nesterov 2(1+α)/((1+2α)λmax), the book's
// order 0.86/λmax at α = 0.9.
func TestMomentumBounds(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 50 {
		alpha := 0.1 + 0.8*rng.Float64()
		q := randomQuadratic(rng, 3)
		for name, c := range map[string]struct {
			bound float64
			build func(lr float64) optim.Optimizer
		}{
			"Momentum": {2 * (1 + alpha), func(lr float64) optim.Optimizer { return &optim.Momentum{LR: lr, Alpha: alpha} }},
			"Nesterov": {2 * (1 + alpha) / (1 + 2*alpha), func(lr float64) optim.Optimizer { return &optim.Nesterov{LR: lr, Alpha: alpha} }},
		} {
			start := []float64{1, -2, 0.5}
			if p := optim.Minimize(c.build(0.99*c.bound/q.max()), q, start, 8000); p.Err != nil || p.Final() > 1e-6*p.Loss[0] {
				t.Errorf("%s, α=%v, 1%% below the bound: loss %v from %v, %v", name, alpha, p.Final(), p.Loss[0], p.Err)
			}
			if p := optim.Minimize(c.build(1.01*c.bound/q.max()), q, start, 8000); p.Err == nil && p.Final() < p.Loss[0] {
				t.Errorf("%s, α=%v, 1%% above the bound: loss %v from %v", name, alpha, p.Final(), p.Loss[0])
			}
		}
	}
	unit := quadratic{1}
	book := func(lr float64) *optim.Path {
		return optim.Minimize(&optim.Nesterov{LR: lr, Alpha: 0.9, MistakeBookOrder: true}, unit, []float64{1}, 4000)
	}
	if below, above := book(0.85), book(0.87); below.Final() > 1e-6 || above.Err == nil && above.Final() < 1 {
		t.Errorf("the book's order at ηλ = 0.85 ends at %v, at 0.87 at %v", below.Final(), above.Final())
	}
}

// The settings of a lesson, against an independent NumPy run.
func TestRavine(t *testing.T) {
	start := []float64{-7, 2}
	for name, c := range map[string]struct {
		opt  optim.Optimizer
		want float64
		tol  float64
	}{
		"Momentum":                 {optim.NewMomentum(0.1), 0.0479370, 1e-7},
		"Nesterov":                 {optim.NewNesterov(0.1), 0.0237789, 1e-7},
		"Nesterov, book's order":   {&optim.Nesterov{LR: 0.1, Alpha: 0.9, MistakeBookOrder: true}, 0.0138544, 1e-7},
		"AdaGrad":                  {optim.NewAdaGrad(1.5), 0.0007219492, 1e-10},
		"RMSProp":                  {optim.NewRMSProp(0.1), 0.0243198, 1e-7},
		"Adam":                     {optim.NewAdam(0.3), 0.1022051264, 1e-10},
		"Adam, η_t":                {&optim.Adam{LR: 0.3, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Correction: optim.EtaT}, 0.1022051165, 1e-10},
		"Adam, uncorrected":        {&optim.Adam{LR: 0.3, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Correction: optim.Uncorrected}, 0.1089, 5e-5},
		"Adam as written":          {optim.NewAdamAsWritten(0.3), 1.857740414, 1e-9},
		"Adam, η overwritten":      {&optim.AdamAsWritten{LR: 0.3, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Overwrite: true}, 5.889300757, 1e-9},
		"Adam, η overwritten, raw": {&optim.AdamAsWritten{LR: 0.3, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Overwrite: true, Raw: true}, 4.654392731, 1e-9},
	} {
		if got := optim.Minimize(c.opt, surface.Ravine, start, 30).Final(); !(math.Abs(got-c.want) <= c.tol) {
			t.Errorf("%s ends at %v, want %v", name, got, c.want)
		}
	}
}

// The document's AdaGrad drops W: it converges to 0, which is the minimum of
// the book's surface and of no other.
func TestAdaGradAsWritten(t *testing.T) {
	shifted := shiftedRavine{3, 1}
	literal := func() *optim.AdaGrad { return &optim.AdaGrad{LR: 1.5, Eps: 1e-7, MistakeDropsW: true} }
	if p := optim.Minimize(literal(), surface.Ravine, []float64{-7, 2}, 30); !(p.Final() <= 1e-13) {
		t.Errorf("on the book's surface it ends at %v, want below 1e-13", p.Final())
	}
	if p := optim.Minimize(literal(), shifted, []float64{-4, 3}, 30); !(math.Abs(p.Final()-0.9699) <= 5e-5) {
		t.Errorf("with the minimum at (3, 1) it ends at %v, want 0.9699", p.Final())
	}
	if p := optim.Minimize(optim.NewAdaGrad(1.5), shifted, []float64{-4, 3}, 30); !(math.Abs(p.Final()-0.0007219492) <= 1e-9) {
		t.Errorf("AdaGrad ends at %v, want 0.00072195 as without the shift", p.Final())
	}
	// a gradient that is 0 from the start is 0/0 without ε
	w := []float64{-7, 0}
	if err := (&optim.AdaGrad{LR: 1.5}).Step(w, []float64{-0.7, 0}); err != nil || w[0] != -5.5 || !math.IsNaN(w[1]) {
		t.Errorf("without ε: %v, w = %v, want (-5.5, NaN)", err, w)
	}
}

type shiftedRavine struct{ x, y float64 }

func (s shiftedRavine) Func(w []float64) float64 {
	return (w[0]-s.x)*(w[0]-s.x)/20 + (w[1]-s.y)*(w[1]-s.y)
}

func (s shiftedRavine) Grad(grad, w []float64) {
	grad[0], grad[1] = (w[0]-s.x)/10, 2*(w[1]-s.y)
}

// No step of Adam is longer than η(1−β1)/√(1−β2)/√(1−β1²/β2), and gradients
// that grow by β2/β1 come near it.
func TestAdamStepBound(t *testing.T) {
	for _, beta := range [][2]float64{{0.9, 0.999}, {0.9, 0.99}, {0.5, 0.9}} {
		b1, b2 := beta[0], beta[1]
		bound := (1 - b1) / math.Sqrt(1-b2) / math.Sqrt(1-b1*b1/b2)
		largest := 0.0
		rng := rand.New(rand.NewPCG(31, 32))
		for range 200 {
			opt := &optim.Adam{LR: 1, Beta1: b1, Beta2: b2}
			w, spread := []float64{0}, 1+5*rng.Float64()
			for range 300 {
				before := w[0]
				g := rng.NormFloat64() * math.Exp(spread*rng.NormFloat64())
				if err := opt.Step(w, []float64{g}); err != nil {
					t.Fatal(err)
				}
				largest = max(largest, math.Abs(w[0]-before))
			}
		}
		opt := &optim.Adam{LR: 1, Beta1: b1, Beta2: b2, Eps: 1e-300}
		w, g, reached := []float64{0}, 1e-100, 0.0
		for range 20000 {
			if err := opt.Step(w, []float64{0}); err != nil {
				t.Fatal(err)
			}
		}
		for range 400 {
			before := w[0]
			if err := opt.Step(w, []float64{g}); err != nil {
				t.Fatal(err)
			}
			reached = max(reached, math.Abs(w[0]-before))
			g *= b2 / b1
		}
		if !(largest <= bound && reached <= bound*(1+1e-9) && reached >= 0.99*bound) {
			t.Errorf("β = %v: bound %v, random gradients reach %v, growing ones %v", beta, bound, largest, reached)
		}
	}
}

// The counter-example of Reddi, Kale and Kumar: Adam ends at the wrong side,
// AMSGrad at the right one.
func TestAMSGradCounterExample(t *testing.T) {
	end := func(opt optim.Optimizer, lr *float64) float64 {
		x := []float64{0}
		for k := 1; k <= 3000; k++ {
			g := -1.0
			if k%3 == 1 {
				g = 3
			}
			*lr = 0.1 / math.Sqrt(float64(k))
			if err := opt.Step(x, []float64{g}); err != nil {
				t.Fatal(err)
			}
			x[0] = max(-1, min(1, x[0]))
		}
		return x[0]
	}
	adam := &optim.Adam{Beta2: 0.1}
	ams := &optim.AMSGrad{Beta2: 0.1, Correction: optim.Uncorrected}
	if a, b := end(adam, &adam.LR), end(ams, &ams.LR); !(a >= 0.999 && b <= -0.998) {
		t.Errorf("Adam ends at %v, AMSGrad at %v, want 1 and −0.9987", a, b)
	}
}

// The singular values of Muon's step lie near 1, whatever the gradient.
func TestMuonIsNearlyOrthogonal(t *testing.T) {
	rng := rand.New(rand.NewPCG(41, 42))
	for range 100 {
		shape := optim.Shape{Rows: 2 + rng.IntN(3), Cols: 2}
		n := shape.Rows * 2
		w, grad := make([]float64, n), make([]float64, n)
		scale := math.Exp(10 * rng.NormFloat64())
		for i := range grad {
			grad[i] = scale * rng.NormFloat64()
		}
		opt := optim.NewMuon(1, shape)
		opt.Scale, opt.Eps = optim.ScaleNone, 1e-300
		if err := opt.Step(w, grad); err != nil {
			t.Fatal(err)
		}
		// eigenvalues of the 2×2 matrix WᵀW
		var a, b, c float64
		for i := 0; i < n; i += 2 {
			a += w[i] * w[i]
			b += w[i] * w[i+1]
			c += w[i+1] * w[i+1]
		}
		mean, d := (a+c)/2, math.Hypot((a-c)/2, b)
		low, high := math.Sqrt(max(0, mean-d)), math.Sqrt(mean+d)
		if !(high <= 1.3 && low >= 0.3) {
			t.Errorf("%v, gradient %v: singular values %v and %v", shape, grad, low, high)
		}
	}
}
