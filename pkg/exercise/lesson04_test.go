package exercise

import "math"

var rmspropForms = []rmspropStep{
	func(w, h, grad []float64, lr, rho, eps float64) { // as an approach to grad²
		for i, g := range grad {
			h[i] += (1 - rho) * (g*g - h[i])
			w[i] -= lr / (math.Sqrt(h[i]) + eps) * g
		}
	},
	func(w, h, grad []float64, lr, rho, eps float64) {
		for i := range h {
			h[i] *= rho
			h[i] += (1 - rho) * math.Pow(grad[i], 2)
		}
		for i := range w {
			w[i] = w[i] - lr*grad[i]/(eps+math.Pow(h[i], 0.5))
		}
	},
}
