package exercise

import "testing"

func TestLesson10(t *testing.T) {
	number := func() float64 { panic(NotYet) }
	t.Run("HeWeights", hold("HeWeights", heWeights, func(_, _ []float64, _, _ int) { panic(NotYet) }))
	t.Run("LayersToThousandth", hold("LayersToThousandth", layersToThousandth, number))
	t.Run("LeakyFactor", hold("LeakyFactor", leakyFactor, number))
	t.Run("HeBound", hold("HeBound", heBound, number))
}
