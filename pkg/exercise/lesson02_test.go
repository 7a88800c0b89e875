package exercise

var momentumForms = []momentumStep{
	func(w, v, grad []float64, lr, alpha float64) {
		for i := range v {
			v[i] *= alpha
			v[i] -= lr * grad[i]
		}
		for i := range w {
			w[i] = w[i] + v[i]
		}
	},
	func(w, v, grad []float64, lr, alpha float64) {
		for i, g := range grad {
			velocity := alpha*v[i] + -lr*g
			w[i], v[i] = w[i]+velocity, velocity
		}
	},
}
