package exercise

var normalForms = []fill{
	eachDrawn(func(mean, std, u float64) float64 { return u*std + mean }),
	eachDrawn(func(mean, std, u float64) float64 { return mean - std*u }),
	func(w []float64, mean, std float64, draw func() float64) {
		for i := len(w) - 1; i >= 0; i-- {
			w[i] = draw()
			w[i] *= std
			w[i] += mean
		}
	},
}
