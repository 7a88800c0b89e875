package optim

import "math"

// ordinary reports whether x has all its digits: it is not 0, so small that
// digits are lost, or too large for a float64.
func ordinary(x float64) bool { return x >= 0x1p-1022 && isFinite(x) }

// norm returns ‖x‖, without overflow where the norm itself is finite.
func norm(x []float64) float64 { return combinedNorm(x, 0, nil) }

// maxNorm returns the size of the largest component.
func maxNorm(x []float64) float64 {
	largest := 0.0
	for _, x := range x {
		largest = max(largest, math.Abs(x))
	}
	return largest
}

// rms returns the root mean square of x, which is finite even where ‖x‖ is not.
func rms(x []float64) float64 {
	root := math.Sqrt(float64(len(x)))
	scale, length := scaledNorm(x, 0, nil)
	if norm := scale * length; isFinite(norm) {
		return norm / root
	}
	return float64(scale * (length / root))
}

// combinedNorm returns ‖x + λy‖; y may be nil.
func combinedNorm(x []float64, lambda float64, y []float64) float64 {
	scale, length := scaledNorm(x, lambda, y)
	return float64(scale * length)
}

// scaledNorm returns ‖x + λy‖ as scale·length, scale being the size of the
// largest component; y may be nil.
func scaledNorm(x []float64, lambda float64, y []float64) (scale, length float64) {
	scale, sum := 0.0, 1.0
	for i, x := range x {
		if y != nil {
			x += float64(lambda * y[i])
		}
		switch a := math.Abs(x); {
		case a == 0:
		case a > scale:
			sum = 1 + float64(sum*float64(scale/a)*float64(scale/a))
			scale = a
		default:
			sum += float64((a / scale) * (a / scale))
		}
	}
	return scale, math.Sqrt(sum)
}
