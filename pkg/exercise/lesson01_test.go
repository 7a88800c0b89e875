package exercise

import "slices"

var sgdForms = []sgdStep{
	func(w, grad []float64, lr float64) {
		for i := 0; i < len(w); i++ {
			w[i] = w[i] - grad[i]*lr
		}
	},
	func(w, grad []float64, lr float64) { // grad is free to be overwritten
		for i := range grad {
			grad[i] *= -lr
		}
		for i, step := range grad {
			w[i] += step
		}
	},
	func(w, grad []float64, lr float64) {
		next := make([]float64, len(w))
		for i, x := range w {
			next[i] = x - lr*grad[i]
		}
		copy(w, next)
	},
}

var meanGradientForms = []func([][]float64) []float64{
	func(grads [][]float64) []float64 {
		var g []float64
		for i := range grads[0] {
			total := 0.0
			for k := range grads {
				total += grads[k][i]
			}
			g = append(g, total/float64(len(grads)))
		}
		return g
	},
	func(grads [][]float64) []float64 {
		g := slices.Clone(grads[0])
		for _, sample := range grads[1:] {
			for i := range sample {
				g[i] = g[i] + sample[i]
			}
		}
		for i := range g {
			g[i] /= float64(len(grads))
		}
		return g
	},
}
