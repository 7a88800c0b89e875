package optim_test

import (
	"math"
	"testing"
	"time"

	"descent/pkg/optim"
)

// A step turns whatever its size: 0.95 on y² multiplies y by −0.9 at each step.
func TestFlipsOfSmallSteps(t *testing.T) {
	p := optim.Minimize(optim.NewSGD(0.95), quadratic{2}, []float64{1}, 4000)
	if got := p.Flips(0); got != 3999 {
		t.Errorf("%d flips in 4000 steps, want 3999", got)
	}
	if got := p.Turn(); !near(got, 3999*180, 1e-9) {
		t.Errorf("the path turns by %v°, want 3999·180°", got)
	}
}

// Turn and Length hold for steps of any size.
func TestPathOfAnySize(t *testing.T) {
	for _, size := range []float64{5e-324, 1e-310, 1e-200, 1, 1e200, 0x1p1022} {
		p := &optim.Path{W: [][]float64{{0, 0}, {3 * size, 0}, {3 * size, 3 * size}, {3 * size, 3 * size}, {0, 0}}}
		if got := p.Turn(); !near(got, 90, 1e-12) {
			t.Errorf("steps of %v: turn %v, want 90", size, got)
		}
		back := math.Sqrt(18)
		if size == 5e-324 {
			back = 4 // of the smallest numbers
		}
		if got, want := p.Length()/size, 6+back; !near(got, want, 1e-12) && size < 1e300 {
			t.Errorf("steps of %v: length %v, want %v times that", size, got, want)
		}
	}
	// the step itself is too long for a float64
	p := &optim.Path{W: [][]float64{{-1.7e308}, {1.7e308}, {-1.7e308}}}
	if got := p.Turn(); got != 180 || p.Flips(0) != 1 {
		t.Errorf("from end to end and back: turn %v and %d flips, want 180 and 1", got, p.Flips(0))
	}
	nan := &optim.Path{W: [][]float64{{0}, {math.NaN()}, {1}, {math.Inf(1)}, {2}}}
	if got := nan.Turn(); got != 0 {
		t.Errorf("steps that are not finite turn by %v, want 0", got)
	}
}

// Stalled says the same as its definition, also for one Rule on two paths at a
// time and a path that is cut.
func TestStalledByDefinition(t *testing.T) {
	definition := func(loss []float64, n int, tol float64) bool {
		split := len(loss) - n
		if split < 1 {
			return false
		}
		before, after := math.Inf(1), math.Inf(1)
		for _, l := range loss[:split] {
			before = min(before, l)
		}
		for _, l := range loss[split:] {
			after = min(after, l)
		}
		return !(after < before-tol)
	}
	wave := func(i int, shift float64) float64 {
		return math.Sin(float64(i)+shift) + 3/float64(i+1)
	}
	for _, n := range []int{1, 3, 7} {
		for _, tol := range []float64{0, 0.1, -0.1} {
			rule := optim.Stalled(n, tol)
			a, b := &optim.Path{}, &optim.Path{}
			for i := range 40 {
				a.Loss, b.Loss = append(a.Loss, wave(i, 0)), append(b.Loss, wave(i, 2))
				if i == 25 {
					a.Loss = a.Loss[:5]
				}
				if i == 30 {
					b.Loss[i] = math.NaN()
				}
				for _, p := range []*optim.Path{a, b} {
					if got, want := rule(p) != "", definition(p.Loss, n, tol); got != want {
						t.Errorf("Stalled(%d, %v) after %v: %v, want %v", n, tol, p.Loss, got, want)
					}
				}
			}
		}
	}
}

// The time of Stalled grows with the number of steps, not with its square.
func TestStalledIsLinear(t *testing.T) {
	rule := optim.Stalled(30_000, 0)
	p := &optim.Path{}
	start := time.Now()
	for i := range 60_000 {
		p.Loss = append(p.Loss, 1/float64(i+1))
		if reason := rule(p); reason != "" {
			t.Fatalf("stopped after %d: %s", i, reason)
		}
	}
	// 1.8 billion comparisons otherwise, some seconds
	if took := time.Since(start); took > 500*time.Millisecond {
		t.Errorf("60,000 points took %v, want a few milliseconds", took)
	}
}
