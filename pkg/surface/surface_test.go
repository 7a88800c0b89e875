package surface_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"descent/pkg/surface"
)

var all = []*surface.Surface{surface.Ravine}

func TestSurfacesAreWhole(t *testing.T) {
	for _, s := range all {
		if s.Name == "" || s.Formula == "" || s.Reference == "" || len(s.Minima) == 0 {
			t.Errorf("%q lacks a name, a formula, a minimum or a reference", s.Name)
		}
		for _, p := range append([]surface.Point{s.Start}, s.Minima...) {
			if p[0] < s.Min[0] || p[0] > s.Max[0] || p[1] < s.Min[1] || p[1] > s.Max[1] {
				t.Errorf("%s: %v lies outside of the domain", s.Name, p)
			}
		}
	}
}

// Gradient and Hessian agree with central differences at random points.
func TestDerivatives(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	const h = 1e-4
	for _, s := range all {
		for range 100 {
			x := s.Min[0] + rng.Float64()*(s.Max[0]-s.Min[0])
			y := s.Min[1] + rng.Float64()*(s.Max[1]-s.Min[1])
			dx, dy := s.Gradient(x, y)
			check(t, s, "∂f/∂x", dx, (s.F(x+h, y)-s.F(x-h, y))/(2*h))
			check(t, s, "∂f/∂y", dy, (s.F(x, y+h)-s.F(x, y-h))/(2*h))
			xx, xy, yy := s.Hessian(x, y)
			rightX, rightY := s.Gradient(x+h, y)
			leftX, leftY := s.Gradient(x-h, y)
			_, upY := s.Gradient(x, y+h)
			_, downY := s.Gradient(x, y-h)
			check(t, s, "∂²f/∂x²", xx, (rightX-leftX)/(2*h))
			check(t, s, "∂²f/∂x∂y", xy, (rightY-leftY)/(2*h))
			check(t, s, "∂²f/∂y²", yy, (upY-downY)/(2*h))
		}
	}
}

func check(t *testing.T, s *surface.Surface, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-6*math.Max(1, math.Abs(want)) {
		t.Errorf("%s: %s is %v, by differences %v", s.Name, what, got, want)
	}
}

// At a minimum the gradient is 0, the Hessian is positive definite, and no
// random point is lower.
func TestMinima(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	for _, s := range all {
		for _, m := range s.Minima {
			dx, dy := s.Gradient(m[0], m[1])
			xx, xy, yy := s.Hessian(m[0], m[1])
			if math.Hypot(dx, dy) > 1e-9 || xx <= 0 || xx*yy-xy*xy <= 0 {
				t.Errorf("%s: %v is not a minimum", s.Name, m)
			}
			for range 1000 {
				x := s.Min[0] + rng.Float64()*(s.Max[0]-s.Min[0])
				y := s.Min[1] + rng.Float64()*(s.Max[1]-s.Min[1])
				if s.F(x, y) < s.F(m[0], m[1]) {
					t.Fatalf("%s: f(%v, %v) is below the minimum at %v", s.Name, x, y, m)
				}
			}
		}
	}
}

func TestLengths(t *testing.T) {
	for name, call := range map[string]func(){
		"Func": func() { surface.Ravine.Func([]float64{1}) },
		"Grad": func() { surface.Ravine.Grad(make([]float64, 3), []float64{1, 2}) },
		"Hess": func() { surface.Ravine.Hess(make([]float64, 3), []float64{1, 2}) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s takes a vector of the wrong length", name)
				}
			}()
			call()
		}()
	}
}

func ExampleSurface() {
	grad := make([]float64, 2)
	w := []float64{-7, 2}
	surface.Ravine.Grad(grad, w)
	fmt.Printf("f = %.2f, ∇f = (%.1f, %.1f)\n", surface.Ravine.Func(w), grad[0], grad[1])
	hess := make([]float64, 4)
	surface.Ravine.Hess(hess, w)
	fmt.Println(hess)
	// Output:
	// f = 6.45, ∇f = (-0.7, 4.0)
	// [0.1 0 0 2]
}
