package exercise_test

import (
	"descent/pkg/exercise"
	"descent/pkg/lang"
)

func ExampleSGD() {
	lang.Lang = "en"
	exercise.SGD(func(w, grad []float64, lr float64) { panic(exercise.NotYet) })
	exercise.SGD(func(w, grad []float64, lr float64) {
		for i := range w {
			w[i] += lr * grad[i]
		}
	})
	exercise.SGD(func(w, grad []float64, lr float64) {
		for i := range w {
			w[i] -= lr * grad[i]
		}
	})
	// Output:
	// … Not solved yet. If you have written your answer, run its cell first.
	//   If that cell shows a red box, fix that error first.
	// ✘ The gradient is added. It points to where the loss grows: subtract it to go down.
	// ✔ Right.
}
