package mlp

import "math"

const (
	log2e = 1.44269504088896338700e+00
	ln2Hi = 6.93147180369123816490e-01 // ln 2 = ln2Hi + ln2Lo, and k·ln2Hi is exact
	ln2Lo = 1.90821492927058770002e-10
	small = 0.25 // below, tanh is its series
)

// exp returns eˣ to about one unit in the last place, with the same bits on
// every machine: math.Exp uses fused multiply-add where the processor has it.
// The conversions below forbid the compiler to fuse.
func exp(x float64) float64 {
	switch {
	case math.IsNaN(x):
		return x
	case x > 709.8:
		return math.Inf(1)
	case x < -745.2:
		return 0
	}
	// eˣ = 2ᵏ·eʳ with |r| ≤ ln 2 / 2
	k := math.Floor(float64(x*log2e) + 0.5)
	r := (x - float64(k*ln2Hi)) - float64(k*ln2Lo)
	// eʳ = 1 + r + r²/2! + … + r¹³/13!, the rest is below 5e-18
	r2 := r * r
	r4 := r2 * r2
	p01 := 1.0/2 + float64(r*(1.0/6))
	p23 := 1.0/24 + float64(r*(1.0/120))
	p45 := 1.0/720 + float64(r*(1.0/5040))
	p67 := 1.0/40320 + float64(r*(1.0/362880))
	p89 := 1.0/3628800 + float64(r*(1.0/39916800))
	pab := 1.0/479001600 + float64(r*(1.0/6227020800))
	low := p01 + float64(r2*p23)
	mid := p45 + float64(r2*p67)
	top := p89 + float64(r2*pab)
	q := low + float64(r4*(mid+float64(r4*top)))
	e := 1 + (r + float64(r2*q))
	// in two factors, so that the smallest results underflow gradually
	h := math.Floor(k / 2)
	return e * pow2(int(h)) * pow2(int(k-h))
}

// pow2 returns 2ᵏ for |k| ≤ 1022.
func pow2(k int) float64 { return math.Float64frombits(uint64(k+1023) << 52) }

// tanh returns the hyperbolic tangent with the same bits on every machine and
// full relative accuracy near 0.
func tanh(x float64) float64 {
	if x > -small && x < small {
		// tanh x = x·(1 + x²·(…)), the Taylor series; the rest is below 2e-17
		s := x * x
		p := 0.0
		for _, c := range tanhSeries {
			p = c + float64(s*p)
		}
		return x + float64(x*float64(s*p))
	}
	// tanh x = 1 − 2/(e²ˣ + 1)
	t := 1 - 2/(exp(2*math.Abs(x))+1)
	return math.Copysign(t, x)
}

// tanhSeries holds the coefficients of x²¹ down to x³ in the series of tanh.
var tanhSeries = [...]float64{
	18888466084.0 / 194896477400625,
	-443861162.0 / 1856156927625,
	6404582.0 / 10854718875,
	-929569.0 / 638512875,
	21844.0 / 6081075,
	-1382.0 / 155925,
	62.0 / 2835,
	-17.0 / 315,
	2.0 / 15,
	-1.0 / 3,
}
