package exercise

import "testing"

func TestLesson08(t *testing.T) {
	number := func() float64 { panic(NotYet) }
	t.Run("UniformFill", hold("UniformFill", uniformFilled, func([]float64, float64, float64, func() float64) { panic(NotYet) }))
	t.Run("MeanOfPreactivation", hold("MeanOfPreactivation", meanOfPreactivation, number))
	t.Run("XavierBound", hold("XavierBound", xavierBound, number))
	t.Run("BoundOfGradient", hold("BoundOfGradient", boundOfGradient, number))
	t.Run("MostEvenWidth", hold("MostEvenWidth", mostEvenWidth, number))
}
