package exercise

import "testing"

func TestProblemsOfLesson06(t *testing.T) {
	number, letter := func() float64 { panic(NotYet) }, func() string { panic(NotYet) }
	t.Run("AdaGradNorm", hold("AdaGradNorm", adaGradNorm, func(_, _ []float64, _, _ float64) float64 { panic(NotYet) }))
	t.Run("SamePathWhenScaled", hold("SamePathWhenScaled", samePathWhenScaled, letter))
	t.Run("AlongTheRavine", hold("AlongTheRavine", alongTheRavine, number))
	t.Run("SameBudget", hold("SameBudget", sameBudget, number))
	t.Run("PairedLosses", hold("PairedLosses", pairedLosses, letter))
}
