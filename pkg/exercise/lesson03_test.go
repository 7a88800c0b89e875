package exercise

import "testing"

func TestLesson03(t *testing.T) {
	number := func() float64 { panic(NotYet) }
	t.Run("AdaGrad", hold("AdaGrad", adaGrad, func(_, _, _ []float64, _, _ float64) { panic(NotYet) }))
	t.Run("DistanceOfAdaGrad", hold("DistanceOfAdaGrad", distanceOfAdaGrad, number))
	t.Run("ScaledLoss", hold("ScaledLoss", scaledLoss, func() string { panic(NotYet) }))
	t.Run("FirstStepFrom", hold("FirstStepFrom", firstStepFrom, number))
	t.Run("StepWithoutW", hold("StepWithoutW", stepWithoutW, number))
}
