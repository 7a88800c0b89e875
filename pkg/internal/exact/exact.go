// Package exact holds the logarithms and the random numbers that have the same
// bits on every machine: those of packages math and math/rand/v2 are rounded
// otherwise where the processor has other instructions.
//
// Only +, −, ·, / and square roots, which every processor rounds alike, and
// comparisons of them make a number here. The conversion in float64(a*b) + c
// keeps compilers from fusing the two operations, which would round once.
package exact

import (
	"math"
	"math/rand/v2"
)

// Log returns ln x for 0 < x < ∞ to a few units in the last place, also where
// x is subnormal. It returns NaN for NaN.
//
//	ln x = k·ln 2 + ln m, x = 2ᵏ·m, √½ ≤ m < √2
func Log(x float64) float64 {
	m, k := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, k = 2*m, k-1
	}
	return float64(float64(k)*math.Ln2) + series((m-1)/(m+1))
}

// Log1p returns ln(1+x) for 0 ≤ x < ∞ to a few units in the last place, also
// where x is far below 1. It returns NaN for NaN.
func Log1p(x float64) float64 {
	switch {
	case x < 0x1p-53:
		return x
	case x < 0.25:
		return series(x / (2 + x))
	}
	return Log(1 + x)
}

// series returns ln((1+s)/(1−s)) for |s| < 0.172, where what follows s²⁰/21 is
// below 1e-18.
//
//	2s·(1 + s²/3 + s⁴/5 + …)
func series(s float64) float64 {
	s2 := s * s
	sum := 0.0
	for _, c := range [...]float64{1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1} {
		sum = c + float64(s2*sum)
	}
	return float64(2 * s * sum)
}

// Uniform draws from U[0, 1) in steps of 2⁻⁵³.
func Uniform(src rand.Source) float64 { return float64(src.Uint64()>>11) / (1 << 53) }

// Normal draws from N(0, 1) by the ratio of two uniform numbers.
//
//	u ~ U(0, 1], v ~ U[−√(2/e), √(2/e)); z = v/u, taken if z² ≤ −4 ln u
//
// Source: Kinderman and Monahan 1977, doi:10.1145/355744.355750.
func Normal(src rand.Source) float64 {
	const bound = 0.857763884960706796480 // √(2/e)
	for {
		u := 1 - Uniform(src)
		v := bound * (2*Uniform(src) - 1)
		// 4 − 4u ≤ −4 ln u spares most logarithms
		if z := v / u; z*z <= 4-4*u || z*z <= -4*Log(u) {
			return z
		}
	}
}

// Power returns xⁿ for x ≥ 0 and n ≥ 0 by squaring, with the same digits
// everywhere, and 0 where it is below 1e-150.
func Power(x float64, n int) float64 {
	p := 1.0
	for ; n > 0; n >>= 1 {
		if x < 1e-150 {
			return 0
		}
		p *= [2]float64{1, x}[n&1] // a branch would be mispredicted half of the time
		x *= x
	}
	return p
}
