package surface

import (
	"fmt"
	"math"
)

// Ravine is the book's surface, a long valley twenty times steeper across
// than along:
//
//	f(x, y) = x²/20 + y²    ∇f = (x/10, 2y)    curvatures 0.1 and 2
//
// Its minimum is 0 at (0, 0).
var Ravine = &Surface{
	Name:      "ravine",
	Formula:   "x²/20 + y²",
	F:         func(x, y float64) float64 { return x*x/20 + sq(y) },
	Gradient:  func(x, y float64) (dx, dy float64) { return x / 10, 2 * y },
	Hessian:   func(_, _ float64) (xx, xy, yy float64) { return 0.1, 0, 2 },
	Minima:    []Point{{0, 0}},
	Min:       Point{-10, -5},
	Max:       Point{10, 5},
	Start:     Point{-7, 2},
	Reference: "밑바닥부터 시작하는 딥러닝, section 6.1.3, equation (6.2)",
}

// Bowl returns the quadratic with curvature a along x and b along y, the ravine
// of other proportions:
//
//	f(x, y) = (a x² + b y²)/2    ∇f = (ax, by)    curvatures a and b
//
// Its minimum is 0 at (0, 0); domain and start are those of Ravine, which is
// Bowl(0.1, 2). Bowl panics unless a and b are finite and > 0. Quadratic takes
// any curvatures.
func Bowl(a, b float64) *Surface {
	if !(a > 0 && b > 0) || math.IsInf(a+b, 1) {
		panic(fmt.Sprintf("surface: Bowl has the curvatures %v and %v, allowed are finite numbers > 0", a, b))
	}
	s := *Ravine
	s.Name = fmt.Sprintf("bowl with curvatures %v and %v", a, b)
	s.Formula = fmt.Sprintf("(%vx² + %vy²)/2", a, b)
	s.F = func(x, y float64) float64 { return (float64(a*x*x) + float64(b*y*y)) / 2 }
	s.Gradient = func(x, y float64) (dx, dy float64) { return a * x, b * y }
	s.Hessian = func(_, _ float64) (xx, xy, yy float64) { return a, 0, b }
	s.Reference = "Nocedal and Wright, Numerical Optimization, 2006, section 3.3, doi:10.1007/978-0-387-40065-5"
	return &s
}

// Booth is a quadratic whose valley lies across the axes, with curvatures 18
// along (1, 1) and 2 along (1, −1):
//
//	f(x, y) = (x + 2y − 7)² + (2x + y − 5)²
//
// Its minimum is 0 at (1, 3). The collection names no earlier source.
var Booth = &Surface{
	Name:      "Booth",
	Formula:   "(x + 2y − 7)² + (2x + y − 5)²",
	F:         func(x, y float64) float64 { return sq(x+2*y-7) + sq(2*x+y-5) },
	Gradient:  func(x, y float64) (dx, dy float64) { return float64(10*x) + 8*y - 34, 8*x + float64(10*y) - 38 },
	Hessian:   func(_, _ float64) (xx, xy, yy float64) { return 10, 8, 10 },
	Minima:    []Point{{1, 3}},
	Min:       Point{-10, -10},
	Max:       Point{10, 10},
	Start:     Point{-8, 4},
	Reference: "Jamil and Yang 2013, function 20, doi:10.1504/IJMMNO.2013.055204, arXiv:1308.4008",
}

// Saddle falls along y and rises along x. At (0, 0) the gradient is 0, but f
// has no minimum:
//
//	f(x, y) = x² − y²    ∇f = (2x, −2y)    curvatures 2 and −2
//
// Its start lies near the ridge y = 0, where a method first goes to (0, 0).
var Saddle = &Surface{
	Name:      "saddle",
	Formula:   "x² − y²",
	F:         func(x, y float64) float64 { return sq(x) - sq(y) },
	Gradient:  func(x, y float64) (dx, dy float64) { return 2 * x, -2 * y },
	Hessian:   func(_, _ float64) (xx, xy, yy float64) { return 2, 0, -2 },
	Lowest:    math.Inf(-1),
	Min:       Point{-2, -2},
	Max:       Point{2, 2},
	Start:     Point{-1.5, 0.01},
	Reference: "Zhang, Lipton, Li and Smola, Dive into Deep Learning, chapter Optimization Algorithms, arXiv:2106.11342; on saddles in learning Dauphin et al. 2014, arXiv:1406.2572",
}
