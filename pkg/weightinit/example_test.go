package weightinit_test

import (
	"fmt"
	"math/rand/v2"

	"descent/pkg/weightinit"
)

// A layer with 50 inputs and 3 units.
func ExampleHe() {
	w := make([]float64, 50*3)
	init := weightinit.NewHe()
	init.Fill(w, 50, 3, rand.NewPCG(3, 4))
	fmt.Printf("%v: %.4f\n", init, w[:4])
	// Output: He: [0.0713 0.2718 0.0555 0.0088]
}

func ExampleNormal() {
	w := make([]float64, 4)
	init := weightinit.NewNormal(0, 0.01)
	init.Fill(w, 4, 1, rand.NewPCG(1, 2))
	fmt.Printf("%v: %.4f\n", init, w)
	// Output: Normal(mean=0, std=0.01): [0.0087 0.0236 -0.0103 -0.0017]
}

func ExampleZeros() {
	w := []float64{1, 2}
	weightinit.NewZeros().Fill(w, 2, 1, nil)
	fmt.Println(w)
	// Output: [0 0]
}

func ExampleFieldError() {
	fmt.Println(weightinit.NewNormal(0, -1).Validate())
	// Output: weightinit: Normal.Std is -1, allowed is a finite number ≥ 0
}
