package exercise

import "testing"

func TestLesson05(t *testing.T) {
	number := func() float64 { panic(NotYet) }
	t.Run("Adam", hold("Adam", adam, func(_, _, _, _ []float64, _ float64, _ int) { panic(NotYet) }))
	t.Run("BiasedMean", hold("BiasedMean", biasedMean, number))
	t.Run("FirstStepUncorrected", hold("FirstStepUncorrected", firstStepUncorrected, number))
	t.Run("HealedStep", hold("HealedStep", healedStep, number))
	t.Run("BoundOfAdam", hold("BoundOfAdam", boundOfAdam, number))
}
