package exercise

import "math"

var adaGradForms = []adaGradStep{
	func(w, h, grad []float64, lr, eps float64) {
		for i, g := range grad {
			h[i] = h[i] + math.Pow(g, 2)
		}
		for i, g := range grad {
			rate := lr / (eps + math.Pow(h[i], 0.5))
			w[i] = w[i] - rate*g
		}
	},
	func(w, h, grad []float64, lr, eps float64) { // grad is free to be overwritten
		for i := range w {
			h[i] += grad[i] * grad[i]
			grad[i] /= math.Sqrt(h[i]) + eps
			w[i] += -lr * grad[i]
		}
	},
}
