package optim

import "math"

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

// combinedNorm returns ‖x + λy‖; y may be nil.
func combinedNorm(x []float64, lambda float64, y []float64) float64 {
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
	return scale * math.Sqrt(sum)
}
