package weightinit

import (
	"math"
	"math/rand/v2"
)

// Only +, −, ·, / and square roots, which every processor rounds alike, and
// comparisons of them make a weight. The conversion in float64(a*b) + c keeps
// compilers from fusing the two operations, which would round once.

// uniform draws from U[0, 1) in steps of 2⁻⁵³.
func uniform(src rand.Source) float64 { return float64(src.Uint64()>>11) / (1 << 53) }

// gauss draws from N(0, 1) by the ratio of two uniform numbers.
//
//	u ~ U(0, 1], v ~ U[−√(2/e), √(2/e)); z = v/u, taken if z² ≤ −4 ln u
//
// Source: Kinderman and Monahan 1977, doi:10.1145/355744.355750.
func gauss(src rand.Source) float64 {
	const bound = 0.857763884960706796480 // √(2/e)
	for {
		u := 1 - uniform(src)
		v := bound * (2*uniform(src) - 1)
		// 4 − 4u ≤ −4 ln u spares most logarithms
		if z := v / u; z*z <= 4-4*u || z*z <= -4*log(u) {
			return z
		}
	}
}

// log returns ln x for 0 < x ≤ 1 to a few units in the last place, with the
// same bits on every machine: math.Log differs between processors.
//
//	ln x = k·ln 2 + 2s·(1 + s²/3 + s⁴/5 + …), x = 2ᵏ·m, s = (m − 1)/(m + 1)
func log(x float64) float64 {
	m, k := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, k = 2*m, k-1
	}
	// √½ ≤ m < √2, so |s| < 0.172, and what follows s²⁰/21 is below 1e-18
	s := (m - 1) / (m + 1)
	s2 := s * s
	sum := 0.0
	for _, c := range [...]float64{1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1} {
		sum = c + float64(s2*sum)
	}
	return float64(float64(k)*math.Ln2) + float64(2*s*sum)
}
