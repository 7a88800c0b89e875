package mlp

// vectors holds functions of many numbers at once. They give the same bits as
// their plain twins.
type vectors struct {
	exp, sigmoid, tanh, relu func(dst, src []float64)
	reluBack                 func(delta, z []float64) // delta = 0 where z ≤ 0
}

// vector is the fastest that this processor has.
var vector = fastVectors()

var plainVectors = vectors{
	exp: func(dst, src []float64) {
		for i, x := range src {
			dst[i] = exp(x)
		}
	},
	sigmoid: func(dst, src []float64) {
		for i, x := range src {
			dst[i] = 1 / (1 + exp(-x))
		}
	},
	tanh: func(dst, src []float64) {
		for i, x := range src {
			dst[i] = tanh(x)
		}
	},
	relu: func(dst, src []float64) {
		for i, x := range src {
			dst[i] = max(0, x)
		}
	},
	reluBack: func(delta, z []float64) {
		for i, z := range z {
			if z <= 0 {
				delta[i] = 0
			}
		}
	},
}
