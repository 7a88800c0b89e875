package exercise

import (
	"math"
	"slices"
)

var adaGradNormForms = []normStep{
	func(w, grad []float64, h, lr float64) float64 {
		square := 0.0
		for i := range grad {
			square += math.Pow(grad[i], 2)
		}
		h += square
		scale := lr / (1e-7 + math.Pow(h, 0.5))
		for i, g := range grad {
			w[i] = w[i] - scale*g
		}
		return h
	},
	func(w, grad []float64, h, lr float64) float64 { // grad is free to be overwritten
		for _, g := range grad {
			h = h + g*g
		}
		for i := len(w) - 1; i >= 0; i-- {
			grad[i] *= -lr / (math.Sqrt(h) + 1e-7)
			w[i] += grad[i]
		}
		return h
	},
}

var adaGradNormWrong = []normStep{
	func(w, grad []float64, h, lr float64) float64 { // Σ|g|
		for _, g := range grad {
			h += math.Abs(g)
		}
		axpy(w, -lr/(math.Sqrt(h)+1e-7), grad)
		return h
	},
	func(w, grad []float64, h, lr float64) float64 { // the largest g²
		m := 0.0
		for _, g := range grad {
			m = max(m, g*g)
		}
		h += m
		axpy(w, -lr/(math.Sqrt(h)+1e-7), grad)
		return h
	},
	func(w, grad []float64, h, lr float64) float64 { // (Σg)²
		m := 0.0
		for _, g := range grad {
			m += g
		}
		h += m * m
		axpy(w, -lr/(math.Sqrt(h)+1e-7), grad)
		return h
	},
	func(w, grad []float64, h, lr float64) float64 { // 0.9h + …
		return normWith(func(h, s float64) float64 { return 0.9*h + 0.1*s }, rootPlus(1e-7), -1)(w, grad, h, lr)
	},
	func(w, grad []float64, h, lr float64) float64 { // h − …
		return normWith(func(h, s float64) float64 { return math.Abs(h - s) }, rootPlus(1e-7), -1)(w, grad, h, lr)
	},
	func(w, grad []float64, h, lr float64) float64 { // sign of g
		h = adaGradNormRight(slices.Clone(w), grad, h, lr)
		for i, g := range grad {
			w[i] -= lr * math.Copysign(1, g) / (math.Sqrt(h) + 1e-7)
		}
		return h
	},
	func(w, grad []float64, h, lr float64) float64 { // √ε too
		return normWith(plus, func(h float64) float64 { return math.Sqrt(h) - 1e-7 }, -1)(w, grad, h, lr)
	},
	func(w, grad []float64, h, lr float64) float64 { // times √h
		return normWith(plus, func(h float64) float64 { return 1 / (math.Sqrt(h) + 1e-7) }, -1)(w, grad, h, lr)
	},
	func(w, _ []float64, _, _ float64) float64 { clear(w); return 0 },
	func(w, grad []float64, _, _ float64) float64 { copy(w, grad); return float64(len(w)) },
	func(w, grad []float64, h, lr float64) float64 {
		w = append(w, 0)
		return adaGradNormRight(w[1:], grad, h, lr)
	},
}
