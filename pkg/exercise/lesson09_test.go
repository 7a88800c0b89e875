package exercise

import (
	"math"
	"testing"
)

func TestLesson09(t *testing.T) {
	t.Run("NormalFill", trial[fill]{NormalFill, normalFilled, normalForms, fillWrong}.code)
	t.Run("FactorOfFrozen", byNumber(FactorOfFrozen, factorOfFrozen, 0.5*20*0.05, 0.5*math.Sqrt(400)*math.Sqrt(0.0025)))
	t.Run("LayersToVanish", byNumber(LayersToVanish, layersToVanish, math.Ceil(math.Log(0.001)/math.Log(0.25)), math.Ceil(4.98)))
	t.Run("StdForOne", byNumber(StdForOne, stdForOne, 4/math.Sqrt(64), math.Sqrt(16.0/64)))
	t.Run("Normalization", byLetter(Normalization, normalization, "abc"))
}

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
