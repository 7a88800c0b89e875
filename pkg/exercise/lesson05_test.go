package exercise

import "math"

var adamForms = []adamStep{
	func(w, m, v, grad []float64, lr float64, t int) {
		const b1, b2 = 0.9, 0.999
		for i := range w {
			m[i] += (1 - b1) * (grad[i] - m[i])
			v[i] += (1 - b2) * (math.Pow(grad[i], 2) - v[i])
			mHat, vHat := m[i]/(1-math.Pow(b1, float64(t))), v[i]/(1-math.Pow(b2, float64(t)))
			w[i] = w[i] - lr/(1e-8+math.Sqrt(vHat))*mHat
		}
	},
	func(w, m, v, grad []float64, lr float64, t int) { // powers by multiplication
		p1, p2 := 1.0, 1.0
		for range t {
			p1 *= 0.9
			p2 *= 0.999
		}
		for i, g := range grad {
			m[i] = 0.9*m[i] + (1-0.9)*g
			v[i] = 0.999*v[i] + (1-0.999)*g*g
		}
		for i := range w {
			w[i] -= lr * m[i] / (1 - p1) / (math.Sqrt(v[i]/(1-p2)) + math.Pow(10, -8))
		}
	},
}
