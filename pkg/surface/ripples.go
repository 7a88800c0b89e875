package surface

import "math"

// Rastrigin is a bowl with ripples, a local minimum near every point of integer
// coordinates:
//
//	f(x, y) = 20 + x² − 10 cos 2πx + y² − 10 cos 2πy
//
// Its minimum is 0 at (0, 0). The code sums 20 sin² πx in place of
// 10 − 10 cos 2πx, which is the same and loses no digits near the minimum.
var Rastrigin = &Surface{
	Name:    "Rastrigin",
	Formula: "20 + x² − 10 cos 2πx + y² − 10 cos 2πy",
	F: func(x, y float64) float64 {
		sx, _ := sincos(x / 2)
		sy, _ := sincos(y / 2)
		return sq(x) + sq(y) + float64(20*(sq(sx)+sq(sy)))
	},
	Gradient: func(x, y float64) (dx, dy float64) {
		sx, _ := sincos(x)
		sy, _ := sincos(y)
		return 2*x + float64(20*math.Pi*sx), 2*y + float64(20*math.Pi*sy)
	},
	Hessian: func(x, y float64) (xx, xy, yy float64) {
		_, cx := sincos(x)
		_, cy := sincos(y)
		return 2 + float64(40*math.Pi*math.Pi*cx), 0, 2 + float64(40*math.Pi*math.Pi*cy)
	},
	Minima:    []Point{{0, 0}},
	Min:       Point{-5.12, -5.12},
	Max:       Point{5.12, 5.12},
	Start:     Point{-3.4, 2.3},
	Reference: "Rastrigin, Systems of Extremal Control, 1974 (in Russian); any dimension: Mühlenbein, Schomisch and Born 1991, doi:10.1016/S0167-8191(05)80052-3",
}

// Ackley is a funnel with ripples. With s = √((x² + y²)/2):
//
//	f(x, y) = 20(1 − exp(−s/5)) + e − exp((cos 2πx + cos 2πy)/2)
//
// Its minimum is 0 at (0, 0). There the funnel ends in a tip: f rises by 2√2
// in every direction and has no gradient. Gradient is (0, 0) at the tip, so
// that a method which hits it stays, and Hessian is NaN. Nearby the gradient
// has length 2√2 however close, and the curvature grows without bound; closer
// than 1e-162 the squares are 0, which makes it the tip.
var Ackley = &Surface{
	Name:    "Ackley",
	Formula: "20(1 − exp(−√(x²/2 + y²/2)/5)) + e − exp((cos 2πx + cos 2πy)/2)",
	F: func(x, y float64) float64 {
		_, funnel := exp(-math.Sqrt((sq(x)+sq(y))/2) / 5)
		_, ripples := exp(ackleyRipples(x, y))
		return float64(-20*funnel) - float64(math.E*ripples)
	},
	Gradient: func(x, y float64) (dx, dy float64) {
		s := math.Sqrt((sq(x) + sq(y)) / 2)
		if s == 0 {
			return 0, 0
		}
		funnel, _ := exp(-s / 5)
		ripples, _ := exp(ackleyRipples(x, y))
		sx, _ := sincos(x)
		sy, _ := sincos(y)
		a, b := 2*funnel/s, math.E*math.Pi*ripples
		return float64(a*x) + float64(b*sx), float64(a*y) + float64(b*sy)
	},
	Hessian: func(x, y float64) (xx, xy, yy float64) {
		s := math.Sqrt((sq(x) + sq(y)) / 2)
		funnel, _ := exp(-s / 5)
		ripples, _ := exp(ackleyRipples(x, y))
		sx, cx := sincos(x)
		sy, cy := sincos(y)
		a, b := 2*funnel/s, math.E*math.Pi*math.Pi*ripples
		x, y = x/s, y/s // NaN at the tip
		bend := (s/5 + 1) / 2
		xx = float64(a*(1-float64(bend*sq(x)))) + float64(b*(2*cx-sq(sx)))
		xy = -float64(a*bend*(x*y)) - float64(b*(sx*sy))
		yy = float64(a*(1-float64(bend*sq(y)))) + float64(b*(2*cy-sq(sy)))
		return xx, xy, yy
	},
	Minima:    []Point{{0, 0}},
	Kinks:     []Point{{0, 0}},
	Min:       Point{-5, -5},
	Max:       Point{5, 5},
	Start:     Point{-3.4, 2.3},
	Reference: "Ackley, A Connectionist Machine for Genetic Hillclimbing, 1987, doi:10.1007/978-1-4613-1997-9",
}

// ackleyRipples returns (cos 2πx + cos 2πy)/2 − 1 = −sin² πx − sin² πy.
func ackleyRipples(x, y float64) float64 {
	sx, _ := sincos(x / 2)
	sy, _ := sincos(y / 2)
	return -sq(sx) - sq(sy)
}
