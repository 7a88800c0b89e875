package exercise

import "math"

var heForms = []fillStep{
	func(w, z []float64, fanIn, fanOut int) {
		for i := range fanIn {
			for j := range fanOut {
				w[i*fanOut+j] = z[i*fanOut+j] * math.Sqrt(2/float64(fanIn))
			}
		}
	},
	func(w, z []float64, fanIn, fanOut int) {
		for k := range fanIn * fanOut {
			w[k] = math.Sqrt2 / math.Sqrt(float64(fanIn)) * z[k]
		}
	},
	func(w, z []float64, fanIn, _ int) { // z is free to be overwritten
		for i := range z {
			z[i] /= math.Sqrt(float64(fanIn) / 2)
		}
		copy(w, z)
	},
	func(w, z []float64, fanIn, fanOut int) { // column after column
		for i := range fanOut {
			for j := range fanIn {
				w[i*fanIn+j] = math.Pow(2/float64(fanIn), 0.5) * z[i*fanIn+j]
			}
		}
	},
}

var heWrong = []fillStep{
	fromNormal(func(n int, in, out float64) float64 { return math.Sqrt(2 / (in * out)) }),
	fromNormal(func(n int, in, out float64) float64 { return math.Sqrt(2 / (in - out)) }),
	fromNormal(func(n int, in, out float64) float64 { return math.Sqrt(4 / (in + out)) }),
	fromNormal(func(n int, in, out float64) float64 { return math.Sqrt(3 / in) }),
	fromNormal(func(n int, in, out float64) float64 { return math.Sqrt(2 * in) }),
	fromNormal(func(n int, in, out float64) float64 { return math.Sqrt(2 + in) }),
	fromNormal(func(n int, in, out float64) float64 { return math.Sqrt(2 - in) }),
	fromNormal(func(n int, in, out float64) float64 { return -math.Sqrt(2 / in) }),
	fromNormal(func(n int, in, out float64) float64 { return 1 / in }),
	fromNormal(func(n int, in, out float64) float64 { return in }),
	fromNormal(func(n int, in, out float64) float64 { return out }),
	fromNormal(func(n int, in, out float64) float64 { return math.Sqrt(2 / math.Sqrt(in)) }),
	fromNormal(func(n int, in, out float64) float64 { return math.Sqrt(2/in) * math.Sqrt(1/out) }),
	fromNormal(func(n int, in, out float64) float64 { return math.Sqrt(2 / 4.0) }),
	fromNormal(func(n int, in, out float64) float64 { return math.Sqrt(2 / 64.0) }),
	func(w, z []float64, fanIn, fanOut int) { fromNormal(heStd)(w[:len(w)-1], z, fanIn, fanOut) },
	func(w, z []float64, fanIn, fanOut int) { fromNormal(heStd)(w[1:], z, fanIn, fanOut) },
	func(w, z []float64, fanIn, fanOut int) {
		for i := range w {
			w[i] = math.Sqrt(2/float64(fanIn)) * z[len(z)-1-i]
		}
	},
	func(w, z []float64, fanIn, fanOut int) {
		for i := range w {
			w[i] = math.Sqrt(2/float64(fanIn)) * math.Abs(z[i])
		}
	},
	func(w, z []float64, fanIn, fanOut int) {
		for i := range w {
			w[i] = math.Sqrt(2/float64(fanIn)) * float64(i)
		}
	},
}
