package surface

// Rosenbrock is a valley bent along y = x², steep across and almost flat along:
//
//	f(x, y) = (1 − x)² + 100(y − x²)²
//
// Its minimum is 0 at (1, 1), with curvatures 0.399 and 1001.6.
var Rosenbrock = &Surface{
	Name:    "Rosenbrock",
	Formula: "(1 − x)² + 100(y − x²)²",
	F:       func(x, y float64) float64 { return sq(1-x) + float64(100*sq(y-sq(x))) },
	Gradient: func(x, y float64) (dx, dy float64) {
		u := y - sq(x)
		return float64(-2*(1-x)) - float64(400*x*u), 200 * u
	},
	Hessian: func(x, y float64) (xx, xy, yy float64) {
		return 2 + float64(1200*x*x) - float64(400*y), -400 * x, 200
	},
	Minima:    []Point{{1, 1}},
	Min:       Point{-2, -1},
	Max:       Point{2, 3},
	Start:     Point{-1.2, 1},
	Reference: "Rosenbrock 1960, doi:10.1093/comjnl/3.3.175",
}

// Beale is a plain between steep walls. With a = 1.5, 2.25 and 2.625:
//
//	f(x, y) = Σ uₖ²    uₖ = aₖ − x(1 − yᵏ)    k = 1, 2, 3
//
// Its minimum is 0 at (3, 0.5). The literature's domain, [−4.5, 4.5]², shows
// nothing but the walls.
var Beale = &Surface{
	Name:    "Beale",
	Formula: "(1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²",
	F: func(x, y float64) float64 {
		sum, power := 0.0, 1.0
		for _, a := range beale {
			power = float64(power * y)
			sum += sq(a - float64(x*(1-power)))
		}
		return sum
	},
	Gradient: func(x, y float64) (dx, dy float64) {
		power := 1.0 // yᵏ⁻¹, then yᵏ
		for i, a := range beale {
			slope := float64(float64(i+1) * power) // k yᵏ⁻¹
			power = float64(power * y)
			u := a - float64(x*(1-power))
			dx += float64(-2 * u * (1 - power))
			dy += float64(2 * u * x * slope)
		}
		return dx, dy
	},
	Hessian: func(x, y float64) (xx, xy, yy float64) {
		bend, slope, power := 0.0, 1.0, y // k(k−1)yᵏ⁻², k yᵏ⁻¹, yᵏ
		for i, a := range beale {
			u := a - float64(x*(1-power))
			xx += float64(2 * sq(1-power))
			xy += float64(2 * slope * (u - float64(x*(1-power))))
			yy += float64(2 * x * (float64(x*sq(slope)) + float64(u*bend)))
			k := float64(i + 2)
			bend, slope, power = float64(k*slope), float64(k*power), float64(power*y)
		}
		return xx, xy, yy
	},
	Minima:    []Point{{3, 0.5}},
	Min:       Point{-0.5, -1.2},
	Max:       Point{4, 1.4},
	Start:     Point{1, 1},
	Reference: "Beale 1958, Technical Report 25, Statistical Techniques Research Group, Princeton University; Moré, Garbow and Hillstrom 1981, problem 5, doi:10.1145/355934.355936",
}

var beale = [...]float64{1.5, 2.25, 2.625}

// Himmelblau has four minima of equal depth around a hill of height 181.6:
//
//	f(x, y) = (x² + y − 11)² + (x + y² − 7)²
//
// They are 0, one at (3, 2). A start decides which one is found.
var Himmelblau = &Surface{
	Name:    "Himmelblau",
	Formula: "(x² + y − 11)² + (x + y² − 7)²",
	F:       func(x, y float64) float64 { return sq(sq(x)+y-11) + sq(x+sq(y)-7) },
	Gradient: func(x, y float64) (dx, dy float64) {
		u, v := sq(x)+y-11, x+sq(y)-7
		return float64(4*x*u) + 2*v, 2*u + float64(4*y*v)
	},
	Hessian: func(x, y float64) (xx, xy, yy float64) {
		return float64(12*x*x) + 4*y - 42, 4 * (x + y), float64(12*y*y) + 4*x - 26
	},
	Minima: []Point{
		{3, 2},
		{-2.805118086952745, 3.131312518250573},
		{-3.779310253377747, -3.2831859912861696},
		{3.5844283403304917, -1.8481265269644036},
	},
	Min:       Point{-5, -5},
	Max:       Point{5, 5},
	Start:     Point{0, 0},
	Reference: "Himmelblau, Applied Nonlinear Programming, 1972, ISBN 0-07-028921-2",
}

// ThreeHumpCamel has a local minimum of 0.2986 at ±(1.7476, −0.8738) on either
// side of the global one:
//
//	f(x, y) = 2x² − 1.05x⁴ + x⁶/6 + xy + y²
//
// Its minimum is 0 at (0, 0). The literature's domain, [−5, 5]², shows nothing
// but x⁶.
var ThreeHumpCamel = &Surface{
	Name:    "three-hump camel",
	Formula: "2x² − 1.05x⁴ + x⁶/6 + xy + y²",
	F: func(x, y float64) float64 {
		s := sq(x)
		return float64(s*(2+float64(s*(s/6-1.05)))) + float64(y*(x+y))
	},
	Gradient: func(x, y float64) (dx, dy float64) {
		s := sq(x)
		return float64(x*(4+float64(s*(s-4.2)))) + y, x + 2*y
	},
	Hessian: func(x, _ float64) (xx, xy, yy float64) {
		s := sq(x)
		return 4 + float64(s*(float64(5*s)-12.6)), 1, 2
	},
	Minima:    []Point{{0, 0}},
	Min:       Point{-2.2, -2},
	Max:       Point{2.2, 2},
	Start:     Point{-2, 1.8},
	Reference: "Branin 1972, doi:10.1147/rd.165.0504; Jamil and Yang 2013, function 29, doi:10.1504/IJMMNO.2013.055204",
}

// StyblinskiTang is a sum of one quartic in each coordinate, with a deeper and
// a shallower valley in each:
//
//	f(x, y) = (x⁴ − 16x² + 5x + y⁴ − 16y² + 5y)/2
//
// Its minimum is −78.332 at (−2.9035, −2.9035); three local minima lie at
// −64.196 (twice) and −50.059.
var StyblinskiTang = &Surface{
	Name:    "Styblinski–Tang",
	Formula: "(x⁴ − 16x² + 5x + y⁴ − 16y² + 5y)/2",
	F:       func(x, y float64) float64 { return (quartic(x) + quartic(y)) / 2 },
	Gradient: func(x, y float64) (dx, dy float64) {
		return float64(x*(2*sq(x)-16)) + 2.5, float64(y*(2*sq(y)-16)) + 2.5
	},
	Hessian: func(x, y float64) (xx, xy, yy float64) {
		return float64(6*sq(x)) - 16, 0, float64(6*sq(y)) - 16
	},
	Minima:    []Point{{-2.903534027771177, -2.903534027771177}},
	Lowest:    -78.33233140754282,
	Min:       Point{-5, -5},
	Max:       Point{5, 5},
	Start:     Point{1, -0.5},
	Reference: "Styblinski and Tang 1990, doi:10.1016/0893-6080(90)90029-K",
}

// quartic returns v⁴ − 16v² + 5v.
func quartic(v float64) float64 { return float64(v * (float64(v*(sq(v)-16)) + 5)) }
