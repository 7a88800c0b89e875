// Package surface holds functions of two variables on which optimizers are
// watched: each with gradient, Hessian, minima, the part of the plane that
// shows it, a usual start and its source.
package surface

// Point is a place (x, y) in the plane.
type Point [2]float64

// Surface is a function f(x, y) with what is known of it. Func and Grad make
// it a function that optim.Minimize takes.
type Surface struct {
	Name      string // name in the lessons' figures, such as "ravine"
	Formula   string // such as "x²/20 + y²"
	F         func(x, y float64) float64
	Gradient  func(x, y float64) (dx, dy float64)
	Hessian   func(x, y float64) (xx, xy, yy float64)
	Minima    []Point // all global minima
	Min, Max  Point   // corners of the domain that figures show
	Start     Point   // usual start
	Reference string  // where the function comes from
}

// Func returns f(w[0], w[1]). It panics if len(w) != 2.
func (s *Surface) Func(w []float64) float64 {
	mustBe2(w)
	return s.F(w[0], w[1])
}

// Grad stores (∂f/∂x, ∂f/∂y) at w in grad. It panics unless both have length 2.
func (s *Surface) Grad(grad, w []float64) {
	mustBe2(grad)
	mustBe2(w)
	grad[0], grad[1] = s.Gradient(w[0], w[1])
}

// Hess stores the Hessian at w row by row in hess: ∂²f/∂x², ∂²f/∂x∂y,
// ∂²f/∂y∂x, ∂²f/∂y². It panics if len(hess) != 4 or len(w) != 2.
func (s *Surface) Hess(hess, w []float64) {
	if len(hess) != 4 {
		panic("surface: len(hess) must be 4")
	}
	mustBe2(w)
	xx, xy, yy := s.Hessian(w[0], w[1])
	hess[0], hess[1], hess[2], hess[3] = xx, xy, xy, yy
}

func mustBe2(v []float64) {
	if len(v) != 2 {
		panic("surface: a surface has two coordinates, x and y")
	}
}
