package exercise

import "testing"

func TestLesson04(t *testing.T) {
	number := func() float64 { panic(NotYet) }
	t.Run("RMSProp", hold("RMSProp", rmsprop, func(_, _, _ []float64, _, _, _ float64) { panic(NotYet) }))
	t.Run("FirstStepOfRMSProp", hold("FirstStepOfRMSProp", firstStepOfRMSProp, number))
	t.Run("StepsToDouble", hold("StepsToDouble", stepsToDouble, number))
	t.Run("LossOfCycle", hold("LossOfCycle", lossOfCycle, number))
	t.Run("EpsilonToRest", hold("EpsilonToRest", epsilonToRest, number))
}
