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
		if z := v / u; z*z <= -4*log(u) {
			return z
		}
	}
}

// log returns ln x for 0 < x ≤ 1 to about one unit in the last place, with
// the same bits on every machine: math.Log differs between processors.
//
// Source: FreeBSD, lib/msun/src/e_log.c.
func log(x float64) float64 {
	const (
		ln2Hi = 6.93147180369123816490e-01 // ln 2 = ln2Hi + ln2Lo, and k·ln2Hi is exact
		ln2Lo = 1.90821492927058770002e-10
	)
	// x = 2ᵏ·(1 + f) with √½ ≤ 1 + f < √2
	m, exponent := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m *= 2
		exponent--
	}
	f, k := m-1, float64(exponent)
	// ln(1 + f) = f − f²/2 + s·(f²/2 + r) with s = f/(2 + f)
	s := f / (2 + f)
	s2 := s * s
	r := 0.0
	for _, c := range [...]float64{
		1.479819860511658591e-01, 1.531383769920937332e-01, 1.818357216161805012e-01,
		2.222219843214978396e-01, 2.857142874366239149e-01, 3.999999999940941908e-01, 6.666666666666735130e-01,
	} {
		r = float64(s2 * (c + r))
	}
	half := float64(0.5 * f * f)
	return float64(k*ln2Hi) - ((half - (float64(s*(half+r)) + float64(k*ln2Lo))) - f)
}
