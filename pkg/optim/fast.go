package optim

import "math"

// fastFrom is the number of parameters from which a step runs in blocks.
const fastFrom = 1024

// descent holds the numbers of W ← keep·W − rate·m / (√(c·v + epsRoot) + eps).
type descent struct{ rate, c, epsRoot, eps, keep float64 }

// firstNonFinite returns the first index of x that is NaN or ±Inf, or -1.
func firstNonFinite(x []float64) int {
	for i, x := range x {
		if !isFinite(x) {
			return i
		}
	}
	return -1
}

// W ← W − η ∂L/∂W
func sgdFast(w, grad []float64, rate float64) {
	for i, g := range grad {
		w[i] -= float64(rate * g)
	}
}

// v ← αv − rate·∂L/∂W, W ← W + outside·v
func momentumFast(w, grad, v []float64, alpha, rate, outside float64) {
	for i, g := range grad {
		v[i] = float64(alpha*v[i]) - float64(rate*g)
		w[i] += float64(outside * v[i])
	}
}

// h ← a·h + b·∂L/∂W ⊙ ∂L/∂W, W ← W − rate·∂L/∂W / (√(c·h + epsRoot) + eps)
func adaptiveFast(w, grad, h []float64, a, b float64, k descent) {
	for i, g := range grad {
		h[i] = float64(a*h[i]) + float64(b*float64(g*g))
		w[i] -= k.rate * g / (math.Sqrt(float64(k.c*h[i])+k.epsRoot) + k.eps)
	}
}

// m ← β1·m + (1−β1) ∂L/∂W, v ← β2·v + (1−β2) ∂L/∂W ⊙ ∂L/∂W,
// W ← keep·W − rate·m / (√(c·v + epsRoot) + eps)
func adamFast(w, grad, m, v []float64, beta1, beta2 float64, k descent) {
	for i, g := range grad {
		m[i] = float64(beta1*m[i]) + float64((1-beta1)*g)
		v[i] = float64(beta2*v[i]) + float64((1-beta2)*float64(g*g))
		w[i] = float64(k.keep*w[i]) - k.rate*m[i]/(math.Sqrt(float64(k.c*v[i])+k.epsRoot)+k.eps)
	}
}
