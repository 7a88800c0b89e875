package optim

import (
	"fmt"
	"math"
)

// Adaptive is an optimizer with a learning rate for each parameter.
type Adaptive interface {
	Optimizer
	// EffectiveRate stores in dst the learning rate of each parameter in the
	// last step, such as η/(√h + ε), for figures. Before the first step it
	// is NaN. It panics if len(dst) is not the number of parameters.
	EffectiveRate(dst []float64)
}

// effectiveRate stores rate/(√(c·h + epsRoot) + eps) in dst.
func effectiveRate(dst, h []float64, rate, c, epsRoot, eps float64) {
	effectiveRateOf(dst, h, func(h float64) float64 { return rate / (math.Sqrt(float64(c*h)+epsRoot) + eps) })
}

// effectiveRateOf stores rate(h) in dst.
func effectiveRateOf(dst, h []float64, rate func(h float64) float64) {
	if h == nil {
		fill(dst, math.NaN())
		return
	}
	if len(dst) != len(h) {
		panic(fmt.Sprintf("optim: len(dst) is %d, allowed is %d, the number of parameters", len(dst), len(h)))
	}
	for i, h := range h {
		dst[i] = rate(h)
	}
}

func fill(x []float64, value float64) {
	for i := range x {
		x[i] = value
	}
}
