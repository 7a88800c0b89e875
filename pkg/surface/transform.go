package surface

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Shift returns the surface moved by dx along x and by dy along y, with its
// minima, domain and start:
//
//	g(x, y) = f(x − dx, y − dy)
//
// It panics if dx or dy is not finite.
func (s *Surface) Shift(dx, dy float64) *Surface {
	mustBeFinite("Shift", dx, dy)
	move := func(p Point) Point { return Point{p[0] + dx, p[1] + dy} }
	g := s.moved(move)
	g.Name = fmt.Sprintf("%s shifted by (%s, %s)", s.Name, signed(dx), signed(dy))
	g.Formula = substitute(s.Formula, less("x", dx), less("y", dy))
	g.Min, g.Max = move(s.Min), move(s.Max)
	g.F = func(x, y float64) float64 { return s.F(x-dx, y-dy) }
	g.Gradient = func(x, y float64) (float64, float64) { return s.Gradient(x-dx, y-dy) }
	g.Hessian = func(x, y float64) (xx, xy, yy float64) { return s.Hessian(x-dx, y-dy) }
	return g
}

// Rotate returns the surface turned counterclockwise around (0, 0), with its
// minima and start. The domain is the smallest that holds the turned one.
//
//	g(x, y) = f(u, v)    u = x cos θ + y sin θ    v = y cos θ − x sin θ
//
// From the turned start, SGD and Momentum take the turned path; methods with a
// rate of its own for each coordinate do not. Rotate panics if degrees is not
// finite.
func (s *Surface) Rotate(degrees float64) *Surface {
	mustBeFinite("Rotate", degrees)
	sin, cos := sincos(degrees / 360)
	turn := func(p Point) Point {
		return Point{float64(cos*p[0]) - float64(sin*p[1]), float64(sin*p[0]) + float64(cos*p[1])}
	}
	back := func(x, y float64) (u, v float64) {
		return float64(cos*x) + float64(sin*y), float64(cos*y) - float64(sin*x)
	}
	g := s.moved(turn)
	g.Name = fmt.Sprintf("%s rotated by %s°", s.Name, signed(degrees))
	angle, plus, minus := signed(math.Abs(degrees)), "+", "−"
	if degrees < 0 {
		plus, minus = minus, plus
	}
	g.Formula = substitute(s.Formula,
		fmt.Sprintf("(x cos %s° %s y sin %[1]s°)", angle, plus),
		fmt.Sprintf("(y cos %s° %s x sin %[1]s°)", angle, minus))
	g.Min = turn(s.Min)
	g.Max = g.Min
	for _, corner := range []Point{{s.Min[0], s.Max[1]}, {s.Max[0], s.Min[1]}, s.Max} {
		p := turn(corner)
		g.Min = Point{min(g.Min[0], p[0]), min(g.Min[1], p[1])}
		g.Max = Point{max(g.Max[0], p[0]), max(g.Max[1], p[1])}
	}
	g.F = func(x, y float64) float64 { return s.F(back(x, y)) }
	g.Gradient = func(x, y float64) (dx, dy float64) {
		du, dv := s.Gradient(back(x, y))
		p := turn(Point{du, dv}) // ∇g = R ∇f, with R the rotation
		return p[0], p[1]
	}
	g.Hessian = func(x, y float64) (xx, xy, yy float64) {
		uu, uv, vv := s.Hessian(back(x, y))                       // ∇²g = R ∇²f Rᵀ
		first, second := turn(Point{uu, uv}), turn(Point{uv, vv}) // columns of R ∇²f
		xx = float64(cos*first[0]) - float64(sin*second[0])
		xy = float64(sin*first[0]) + float64(cos*second[0])
		yy = float64(sin*first[1]) + float64(cos*second[1])
		return xx, xy, yy
	}
	return g
}

// moved returns a copy of s whose points are moved.
func (s *Surface) moved(move func(Point) Point) *Surface {
	g := *s
	g.Start = move(s.Start)
	g.Minima, g.Kinks = nil, nil
	for _, p := range s.Minima {
		g.Minima = append(g.Minima, move(p))
	}
	for _, p := range s.Kinks {
		g.Kinks = append(g.Kinks, move(p))
	}
	return &g
}

func mustBeFinite(method string, values ...float64) {
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			panic(fmt.Sprintf("surface: %s by %v, allowed is a finite number", method, v))
		}
	}
}

// substitute puts expressions in place of the letters x and y of a formula.
func substitute(formula, x, y string) string {
	return strings.NewReplacer("exp", "exp", "x", x, "y", y).Replace(formula)
}

// less writes v − d.
func less(v string, d float64) string {
	switch {
	case d > 0:
		return "(" + v + " − " + signed(d) + ")"
	case d < 0:
		return "(" + v + " + " + signed(-d) + ")"
	}
	return v
}

// signed writes v with a minus sign.
func signed(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'g', -1, 64), "-", "−", 1)
}
