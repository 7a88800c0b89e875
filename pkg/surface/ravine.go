package surface

// Ravine is the book's surface, a long valley twenty times steeper across
// than along:
//
//	f(x, y) = x²/20 + y²    ∇f = (x/10, 2y)    curvatures 0.1 and 2
//
// Its minimum is 0 at (0, 0).
var Ravine = &Surface{
	Name:      "ravine",
	Formula:   "x²/20 + y²",
	F:         func(x, y float64) float64 { return x*x/20 + y*y },
	Gradient:  func(x, y float64) (dx, dy float64) { return x / 10, 2 * y },
	Hessian:   func(_, _ float64) (xx, xy, yy float64) { return 0.1, 0, 2 },
	Minima:    []Point{{0, 0}},
	Min:       Point{-10, -5},
	Max:       Point{10, 5},
	Start:     Point{-7, 2},
	Reference: "밑바닥부터 시작하는 딥러닝, section 6.1.3, equation (6.2)",
}
