package surface

import "math"

// sincos returns sin 2πt and cos 2πt to two units in the last place, exact at
// quarter turns, with the same bits on every processor.
func sincos(t float64) (sin, cos float64) {
	t -= math.RoundToEven(t)
	quarter := math.RoundToEven(4 * t)
	a := float64(2 * math.Pi * (t - quarter/4)) // |a| ≤ π/4
	s := sq(a)
	// sin a = a − a³/3! + …, the rest is below 2e-19; cos a = 1 − a²/2! + …
	var p, q float64
	for n := 18.0; n > 0; n -= 2 {
		p = float64(-s / (n * (n + 1)) * (1 + p))
		q = float64(-s / (n * (n - 1)) * (1 + q))
	}
	sin, cos = a+float64(a*p), 1+q
	switch int(quarter) & 3 {
	case 1:
		return cos, -sin
	case 2:
		return -sin, -cos
	case 3:
		return -cos, sin
	}
	return sin, cos
}

// exp returns eˣ and eˣ − 1 for x ≤ 0, both to two units in the last place,
// with the same bits on every processor.
func exp(x float64) (e, minus1 float64) {
	const (
		ln2Hi = 6.93147180369123816490e-01 // ln 2 = ln2Hi + ln2Lo, and k·ln2Hi is exact
		ln2Lo = 1.90821492927058770002e-10
	)
	if x < -745.2 {
		return 0, -1
	}
	// eˣ = 2ᵏ eʳ with |r| ≤ ln 2 / 2
	k := math.RoundToEven(x * math.Log2E)
	r := (x - float64(k*ln2Hi)) - float64(k*ln2Lo)
	// eʳ − 1 = r + r²/2! + …, the rest is below 2e-19
	var p float64
	for n := 14.0; n > 0; n-- {
		p = float64(r / n * (1 + p))
	}
	return math.Ldexp(1+p, int(k)), math.Ldexp(p, int(k)) + (math.Ldexp(1, int(k)) - 1)
}
