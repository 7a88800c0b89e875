package optim_test

import (
	"errors"
	"math"
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
		if math.Abs(p.Final()/c.loss-1) > 2e-3 {
			t.Errorf("η=%v: loss %v, want %v", c.lr, p.Final(), c.loss)
		}
		if !math.IsNaN(c.turn) && math.Abs(p.Turn()-c.turn) > 0.5 {
			t.Errorf("η=%v: turn %v°, want %v°", c.lr, p.Turn(), c.turn)
		}
		if p.Flips(1) != c.flips {
			t.Errorf("η=%v: %d flips of Δy, want %d", c.lr, p.Flips(1), c.flips)
		}
	}
	if l := optim.Minimize(optim.NewSGD(0.95), surface.Ravine, []float64{-7, 2}, 30).Length(); math.Abs(l-36.99) > 5e-3 {
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
}

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
	} {
		// acos loses half the digits near 0° and 180°
		if got := (&optim.Path{W: c.w}).Turn(); math.Abs(got-c.want) > 1e-5 {
			t.Errorf("%s: turn %v, want %v", name, got, c.want)
		}
	}
}
