package exercise

import "testing"

func TestLesson02(t *testing.T) {
	number := func() float64 { panic(NotYet) }
	t.Run("Momentum", hold("Momentum", momentum, func(_, _, _ []float64, _, _ float64) { panic(NotYet) }))
	t.Run("TerminalVelocity", hold("TerminalVelocity", terminalVelocity, number))
	t.Run("StepsToRest", hold("StepsToRest", stepsToRest, number))
	t.Run("RateOfEMA", hold("RateOfEMA", rateOfEMA, number))
	t.Run("BoundOfMomentum", hold("BoundOfMomentum", boundOfMomentum, number))
}
