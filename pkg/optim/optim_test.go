package optim_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"descent/pkg/optim"
	"descent/pkg/surface"
)

// optimizers are what the tests below hold for every method.
var optimizers = map[string]func(lr float64) optim.Optimizer{
	"SGD": func(lr float64) optim.Optimizer { return optim.NewSGD(lr) },
}

func near(a, b, tol float64) bool { return math.Abs(a-b) <= tol*math.Max(1, math.Abs(b)) }

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

func TestOptimizersRefuseBadInput(t *testing.T) {
	for name, make := range optimizers {
		for _, lr := range []float64{-0.1, math.NaN(), math.Inf(1)} {
			w := []float64{1, 2}
			err := make(lr).Step(w, []float64{1, 1})
			var field *optim.FieldError
			if !errors.As(err, &field) || field.Field != "LR" || !strings.Contains(err.Error(), name+".LR is") {
				t.Errorf("%s with η=%v: error %v, want a FieldError on LR", name, lr, err)
			}
			if w[0] != 1 || w[1] != 2 {
				t.Errorf("%s with η=%v moved w to %v", name, lr, w)
			}
		}
		for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
			w := []float64{1, 2, 3}
			err := make(0.1).Step(w, []float64{1, bad, bad})
			var grad *optim.GradientError
			if !errors.As(err, &grad) || grad.Index != 1 {
				t.Errorf("%s with gradient %v: error %v, want a GradientError at 1", name, bad, err)
			}
			if !slices.Equal(w, []float64{1, 2, 3}) {
				t.Errorf("%s with gradient %v moved w to %v", name, bad, w)
			}
		}
		mustPanic(t, "optim: len(w) is 2", func() { _ = make(0.1).Step([]float64{1, 2}, []float64{1}) })
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

func TestOptimizersDoNotAllocate(t *testing.T) {
	w, grad := make([]float64, 1000), make([]float64, 1000)
	for name, make := range optimizers {
		opt := make(0.1)
		if n := testing.AllocsPerRun(10, func() { _ = opt.Step(w, grad) }); n != 0 {
			t.Errorf("%s allocates %v times a step", name, n)
		}
	}
}

// A permutation of the coordinates permutes the path and changes nothing else.
func TestOptimizersPermute(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for name, make := range optimizers {
		q := randomQuadratic(rng, 7)
		start := []float64{1, -2, 3, 0.5, -0.1, 7, 0}
		perm := rng.Perm(7)
		q2, start2 := slices.Clone(q), slices.Clone(start)
		for i, j := range perm {
			q2[i], start2[i] = q[j], start[j]
		}
		a := optim.Minimize(make(0.05), q, start, 20).Last()
		b := optim.Minimize(make(0.05), q2, start2, 20).Last()
		for i, j := range perm {
			if a[j] != b[i] {
				t.Errorf("%s: coordinate %d is %v, permuted %v", name, j, a[j], b[i])
			}
		}
	}
}
