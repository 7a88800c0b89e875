package exercise

import "math"

var uniformForms = []fill{
	eachDrawn(func(low, high, u float64) float64 { return low*(1-u) + high*u }),
	eachDrawn(func(low, high, u float64) float64 { return high - (high-low)*u }),
	eachDrawn(func(low, high, u float64) float64 { return (low+high)/2 + (high-low)*(u-0.5) }),
	func(w []float64, low, high float64, draw func() float64) { // from the last one on
		for i := len(w) - 1; i >= 0; i-- {
			w[i] = draw()
			w[i] *= high - low
			w[i] += low
		}
	},
	func(w []float64, low, high float64, draw func() float64) { // a number drawn in vain
		draw()
		eachDrawn(func(low, high, u float64) float64 { return low + u*(high-low) })(w, low, high, draw)
	},
}

// fillWrong are wrong of both, with a and b for the two parameters.
var fillWrong = []fill{
	eachDrawn(func(a, _, _ float64) float64 { return a }),
	eachDrawn(func(_, b, _ float64) float64 { return b }),
	eachDrawn(func(a, b, _ float64) float64 { return (a + b) / 2 }),
	eachDrawn(func(_, _, _ float64) float64 { return 0 }),
	eachDrawn(func(_, _, _ float64) float64 { return math.NaN() }),
	eachDrawn(func(a, b, u float64) float64 { return a + b + u }),
	eachDrawn(func(a, b, u float64) float64 { return b - a + u }),
	eachDrawn(func(a, b, u float64) float64 { return a * u }),
	eachDrawn(func(a, b, u float64) float64 { return a + (b-a)*u*u }),
	eachDrawn(func(a, b, u float64) float64 { return a + (b-a)/u }),
	eachDrawn(func(a, b, u float64) float64 { return b + (b-a)*u }),
	eachDrawn(func(a, b, u float64) float64 { return b + a*u }),
	eachDrawn(func(a, b, u float64) float64 { return a*b + u }),
	eachDrawn(func(a, b, u float64) float64 { return a + b*math.Abs(u)*1.01 }),
	eachDrawn(func(a, b, u float64) float64 { return (a + b*u) / 2 }),
	eachDrawn(func(a, b, u float64) float64 { return u*(b-a) - a }),
	func(w []float64, _, _ float64, _ func() float64) {
		for i := range w {
			w[i] = float64(i)
		}
	},
	func(w []float64, _, _ float64, _ func() float64) { clear(w) },
	func(w []float64, a, b float64, draw func() float64) { // all but the last
		eachDrawn(func(a, b, u float64) float64 { return a + (b-a)*u })(w[:len(w)-1], a, b, draw)
	},
	func(w []float64, a, b float64, draw func() float64) {
		eachDrawn(func(a, b, u float64) float64 { return a + b*u })(w[1:], a, b, draw)
	},
	func(w []float64, a, b float64, draw func() float64) { // two draws for one weight
		for i := range w {
			w[i] = a + (b-a)*(draw()+draw())/2
		}
	},
}
