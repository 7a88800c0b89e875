// Package surface holds functions on which optimizers are watched, each with
// gradient, Hessian and source. Most are a Surface, a function of two variables
// with its minima, the part of the plane that shows it and a start:
//
//	variable        f(x, y)                                                          lowest at     known for
//	Ravine          x²/20 + y²                                                       (0, 0)        the book's long valley
//	Booth           (x + 2y − 7)² + (2x + y − 5)²                                    (1, 3)        a valley across the axes
//	Saddle          x² − y²                                                          nowhere       a slope of 0 at no minimum
//	Rosenbrock      (1 − x)² + 100(y − x²)²                                          (1, 1)        a bent valley, flat along
//	Beale           (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²         (3, 0.5)      a plain between walls
//	Himmelblau      (x² + y − 11)² + (x + y² − 7)²                                   (3, 2), …     four minima of equal depth
//	ThreeHumpCamel  2x² − 1.05x⁴ + x⁶/6 + xy + y²                                    (0, 0)        two local minima beside it
//	StyblinskiTang  (x⁴ − 16x² + 5x + y⁴ − 16y² + 5y)/2                              (−2.9, −2.9)  four basins, one deepest
//	Rastrigin       20 + x² − 10 cos 2πx + y² − 10 cos 2πy                           (0, 0)        ripples on a bowl
//	Ackley          20(1 − exp(−√(x²/2 + y²/2)/5)) + e − exp((cos 2πx + cos 2πy)/2)  (0, 0)        ripples on a funnel, a tip
//
// Shift and Rotate make others of them: the rotated ravine is
// Ravine.Rotate(30). Bowl is the ravine with other curvatures, Quadratic a
// quadratic of any spectrum over any number of coordinates, and Online the
// problem on which Adam fails.
//
// Everything here gives the same bits on every processor. In the code
// float64(a * b) + c rounds twice everywhere; math.Exp, math.Sin and math.Cos
// do not, so the package has its own, and its normal numbers are those of
// package weightinit. math.Sqrt is exact everywhere.
package surface

import "fmt"

// Point is a place (x, y) in the plane.
type Point [2]float64

// Surface is a function f(x, y) with what is known of it. Func and Grad make
// it a function that optim.Minimize takes.
type Surface struct {
	Name     string // name in the lessons' figures, such as "ravine"
	Formula  string // such as "x²/20 + y²"
	F        func(x, y float64) float64
	Gradient func(x, y float64) (dx, dy float64)
	Hessian  func(x, y float64) (xx, xy, yy float64)
	Minima   []Point // all global minima, none if f is unbounded below
	Lowest   float64 // f at the minima, −Inf if f is unbounded below
	// where f has no gradient: Gradient is (0, 0) there, Hessian NaN, unless Rotate
	// has rounded the place
	Kinks    []Point
	Min, Max Point // corners of the domain that figures show
	// the start of the literature where there is one, else one that shows what the
	// surface is known for
	Start     Point
	Reference string // where the function comes from
}

// All returns the surfaces of this package, in the order of the table above.
func All() []*Surface {
	return []*Surface{Ravine, Booth, Saddle, Rosenbrock, Beale, Himmelblau, ThreeHumpCamel, StyblinskiTang, Rastrigin, Ackley}
}

// Func returns f(w[0], w[1]). It panics if len(w) != 2.
func (s *Surface) Func(w []float64) float64 {
	mustHave(2, w)
	return s.F(w[0], w[1])
}

// Grad stores (∂f/∂x, ∂f/∂y) at w in grad. It panics unless both have length 2.
func (s *Surface) Grad(grad, w []float64) {
	mustHave(2, grad)
	mustHave(2, w)
	grad[0], grad[1] = s.Gradient(w[0], w[1])
}

// Hess stores the Hessian at w row by row in hess: ∂²f/∂x², ∂²f/∂x∂y,
// ∂²f/∂y∂x, ∂²f/∂y². It panics if len(hess) != 4 or len(w) != 2.
func (s *Surface) Hess(hess, w []float64) {
	mustHave(4, hess)
	mustHave(2, w)
	xx, xy, yy := s.Hessian(w[0], w[1])
	hess[0], hess[1], hess[2], hess[3] = xx, xy, xy, yy
}

func mustHave(n int, v []float64) {
	if len(v) != n {
		panic(fmt.Sprintf("surface: a vector has length %d, allowed is %d", len(v), n))
	}
}

// sq returns v².
func sq(v float64) float64 { return float64(v * v) }
