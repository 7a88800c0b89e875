package surface_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"descent/pkg/surface"
)

// same reports how a and b differ in F, Gradient and Hessian, relative to the
// sizes of them at random points of a's domain.
func same(t *testing.T, what string, a, b *surface.Surface, tolerance float64) {
	t.Helper()
	rng := rand.New(rand.NewPCG(3, 3))
	values := func(s *surface.Surface, x, y float64) [6]float64 {
		dx, dy := s.Gradient(x, y)
		xx, xy, yy := s.Hessian(x, y)
		return [6]float64{s.F(x, y), dx, dy, xx, xy, yy}
	}
	for range 100 {
		x, y := random(a, rng)
		v, w := values(a, x, y), values(b, x, y)
		size := 1.0
		for _, v := range v {
			size = max(size, math.Abs(v))
		}
		for i := range v {
			if !(math.Abs(v[i]-w[i]) <= tolerance*size) {
				t.Fatalf("%s: number %d at (%v, %v) is %v and %v", what, i, x, y, v[i], w[i])
			}
		}
	}
}

func TestTransformIdentities(t *testing.T) {
	for _, s := range surface.All() {
		same(t, s.Name+" four quarter turns", s, s.Rotate(90).Rotate(90).Rotate(-270).Rotate(90), 0)
		same(t, s.Name+" half turn", s.Rotate(180), s.Rotate(-180), 0)
		same(t, s.Name+" there and back", s, s.Rotate(33).Rotate(-33), 1e-12)
		same(t, s.Name+" twice", s.Rotate(50), s.Rotate(20).Rotate(30), 1e-12)
		same(t, s.Name+" shifted there and back", s, s.Shift(0.5, -2).Shift(-0.5, 2), 1e-12)
		same(t, s.Name+" shift of the turned", s.Rotate(90).Shift(-2, 1), s.Shift(1, 2).Rotate(90), 1e-12)
	}
	same(t, "ravine", surface.Ravine, surface.Bowl(0.1, 2), 1e-15)
	same(t, "Booth", surface.Booth, surface.Bowl(18, 2).Rotate(45).Shift(1, 3), 1e-14)
	upsideDown := *surface.Saddle
	upsideDown.F = func(x, y float64) float64 { return -surface.Saddle.F(x, y) }
	upsideDown.Gradient = func(x, y float64) (dx, dy float64) { dx, dy = surface.Saddle.Gradient(x, y); return -dx, -dy }
	upsideDown.Hessian = func(_, _ float64) (xx, xy, yy float64) { return -2, 0, 2 }
	same(t, "saddle", surface.Saddle.Rotate(90), &upsideDown, 0)
	for _, s := range []*surface.Surface{surface.Rastrigin, surface.Ackley} {
		same(t, s.Name, s, s.Rotate(90), 0)
	}
	same(t, "camel", surface.ThreeHumpCamel, surface.ThreeHumpCamel.Rotate(180), 0)
}

// The start, the minima and the domain go with the surface.
func TestTransformPoints(t *testing.T) {
	near := func(p, q surface.Point) bool { return math.Hypot(p[0]-q[0], p[1]-q[1]) < 1e-14 }
	s := surface.Ravine.Shift(3, 1)
	if s.Start != (surface.Point{-4, 3}) || s.Minima[0] != (surface.Point{3, 1}) || s.Min != (surface.Point{-7, -4}) || s.Max != (surface.Point{13, 6}) {
		t.Errorf("shifted: %v", *s)
	}
	r := surface.Booth.Rotate(90)
	if r.Start != (surface.Point{-4, -8}) || r.Minima[0] != (surface.Point{-3, 1}) {
		t.Errorf("turned: start %v, minima %v", r.Start, r.Minima)
	}
	r = surface.Ravine.Rotate(30)
	c, d := math.Sqrt(3)/2, 0.5
	if !near(r.Start, surface.Point{-7*c - 2*d, -7*d + 2*c}) {
		t.Errorf("turned by 30°: start %v", r.Start)
	}
	if !near(r.Max, surface.Point{10*c + 5*d, 10*d + 5*c}) || !near(r.Min, surface.Point{-10*c - 5*d, -10*d - 5*c}) {
		t.Errorf("turned by 30°: domain from %v to %v", r.Min, r.Max)
	}
	if surface.Ravine.Minima[0] != (surface.Point{0, 0}) || surface.Ravine.Start != (surface.Point{-7, 2}) {
		t.Error("Shift or Rotate changes the surface that it is called on")
	}
}

func TestTransformFormulas(t *testing.T) {
	for _, c := range []struct {
		got           *surface.Surface
		name, formula string
	}{
		{surface.Ravine.Shift(3, 1), "ravine shifted by (3, 1)", "(x − 3)²/20 + (y − 1)²"},
		{surface.Ravine.Shift(-0.5, 0), "ravine shifted by (−0.5, 0)", "(x + 0.5)²/20 + y²"},
		{surface.Saddle.Rotate(30), "saddle rotated by 30°", "(x cos 30° + y sin 30°)² − (y cos 30° − x sin 30°)²"},
		{surface.Saddle.Rotate(-22.5), "saddle rotated by −22.5°", "(x cos 22.5° − y sin 22.5°)² − (y cos 22.5° + x sin 22.5°)²"},
		{surface.Ackley.Shift(0, 2), "Ackley shifted by (0, 2)", "20(1 − exp(−√(x²/2 + (y − 2)²/2)/5)) + e − exp((cos 2πx + cos 2π(y − 2))/2)"},
		{surface.Saddle.Shift(1, 2).Rotate(45), "saddle shifted by (1, 2) rotated by 45°", "((x cos 45° + y sin 45°) − 1)² − ((y cos 45° − x sin 45°) − 2)²"},
		{surface.Bowl(0.5, 8), "bowl with curvatures 0.5 and 8", "(0.5x² + 8y²)/2"},
	} {
		if c.got.Name != c.name || c.got.Formula != c.formula {
			t.Errorf("%q, %q; want %q, %q", c.got.Name, c.got.Formula, c.name, c.formula)
		}
	}
}

// loss runs n steps of AdaGrad with ε = 1e-7 from the start. Literal takes the
// weight decay of 1 that W ← −η… amounts to. The values of the tests below are
// those of an independent NumPy run.
func loss(s *surface.Surface, eta float64, n int, literal bool) (f float64, w surface.Point) {
	w = s.Start
	var h surface.Point
	for range n {
		var g surface.Point
		g[0], g[1] = s.Gradient(w[0], w[1])
		for i := range w {
			h[i] += g[i] * g[i]
			step := eta * g[i] / (math.Sqrt(h[i]) + 1e-7)
			if literal {
				w[i] = 0
			}
			w[i] -= step
		}
	}
	return s.F(w[0], w[1]), w
}

// On the shifted ravine the form W ← −η… does not find the minimum, which it
// finds by accident on the ravine itself.
func TestShiftedRavine(t *testing.T) {
	s := surface.Ravine.Shift(3, 1)
	if f := s.F(s.Start[0], s.Start[1]); f != 6.45 {
		t.Errorf("the start is at %v", f)
	}
	if f := s.F(0, 0); math.Abs(f-1.45) > 1e-15 {
		t.Errorf("the origin is at %v", f)
	}
	if f, w := loss(s, 1.5, 30, true); math.Abs(f-0.9699) > 5e-5 || math.Abs(w[0]-0.260) > 5e-4 || math.Abs(w[1]-0.229) > 5e-4 {
		t.Errorf("the literal form ends at %v, f = %v", w, f)
	}
	if f, _ := loss(s, 1.5, 30, false); math.Abs(f-0.00072195) > 5e-9 {
		t.Errorf("AdaGrad ends at f = %v", f)
	}
	if f, _ := loss(surface.Ravine, 1.5, 30, true); f > 1e-14 {
		t.Errorf("on the ravine the literal form ends at f = %v", f)
	}
}

// SGD does not notice a rotation, AdaGrad does.
func TestRotatedRavine(t *testing.T) {
	for degrees, want := range map[float64]float64{0: 0.00072, 15: 0.0331, 30: 0.110, 45: 0.141} {
		s := surface.Ravine.Rotate(degrees)
		w := s.Start
		for range 30 {
			dx, dy := s.Gradient(w[0], w[1])
			w = surface.Point{w[0] - 0.95*dx, w[1] - 0.95*dy}
		}
		if f := s.F(w[0], w[1]); math.Abs(f-0.0133268) > 5e-8 {
			t.Errorf("%v°: SGD ends at %v", degrees, f)
		}
		if f, _ := loss(s, 1.5, 30, false); math.Abs(f/want-1) > 5e-3 {
			t.Errorf("%v°: AdaGrad ends at %v, want %v", degrees, f, want)
		}
	}
}
