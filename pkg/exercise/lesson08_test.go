package exercise

import (
	"math"
	"testing"
)

func TestLesson08(t *testing.T) {
	t.Run("UniformFill", trial[fill]{UniformFill, uniformFilled, uniformForms, fillWrong}.code)
	t.Run("MeanOfPreactivation", byNumber(MeanOfPreactivation, meanOfPreactivation, 50*0.03*0.4, 50*0.4*(0+0.06)/2))
	t.Run("XavierBound", byNumber(XavierBound, xavierBound, math.Sqrt(6)/math.Sqrt(96), math.Sqrt(3)*math.Sqrt(2.0/96), 1.732*0.1443))
	t.Run("BoundOfGradient", byNumber(BoundOfGradient, boundOfGradient, 0.0924*17.32/4, 0.09238*17.32/4, 0.16/1.7320508*17.3205/4))
	t.Run("MostEvenWidth", byNumber(MostEvenWidth, mostEvenWidth, math.Pi/4, 0.785, 0.7854, 3.14159*0.25, 3.14/4))
}

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
