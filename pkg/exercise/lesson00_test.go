package exercise

import "slices"

var meanForms = []func([]float64) float64{
	func(v []float64) float64 {
		m := 0.0
		for i := 0; i < len(v); i++ {
			m = m + v[i]/float64(len(v))
		}
		return m
	},
	func(v []float64) float64 { // running
		m := 0.0
		for i, x := range v {
			m += (x - m) / float64(i+1)
		}
		return m
	},
	func(v []float64) float64 {
		if len(v) == 0 {
			return 0
		}
		slices.Sort(v)
		total, n := v[0], 1.0
		for _, x := range v[1:] {
			total += x
			n++
		}
		return total / n
	},
}

var gradientForms = []func(x, y float64) (float64, float64){
	func(x, y float64) (dx, dy float64) {
		dx = x + x + y
		dy = x + 3*2*y
		return
	},
	func(x, y float64) (float64, float64) { // by central differences
		f := func(x, y float64) float64 { return x*x + 3*y*y + x*y }
		const h = 1e-4
		return (f(x+h, y) - f(x-h, y)) / (2 * h), (f(x, y+h) - f(x, y-h)) / (2 * h)
	},
}
