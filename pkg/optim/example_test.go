package optim_test

import (
	"fmt"

	"descent/pkg/optim"
	"descent/pkg/surface"
)

func ExampleMinimize() {
	path := optim.Minimize(optim.NewSGD(0.95), surface.Ravine, []float64{-7, 2}, 30)
	fmt.Printf("%s: %.4f after %d steps, %d reversals along y\n",
		path.Method, path.Final(), path.Steps(), path.Flips(1))
	// Output: SGD(η=0.95): 0.0133 after 30 steps, 29 reversals along y
}

func ExampleSGD() {
	w := []float64{-7, 2}
	grad := []float64{-0.7, 4}
	opt := optim.NewSGD(0.1)
	if err := opt.Step(w, grad); err != nil {
		fmt.Println(err)
	}
	fmt.Println(opt, w)
	// Output: SGD(η=0.1) [-6.93 1.6]
}

func ExampleSGD_outOfRange() {
	err := optim.NewSGD(-0.1).Step([]float64{1}, []float64{1})
	fmt.Println(err)
	// Output: optim: SGD.LR is -0.1, allowed is a finite number ≥ 0
}

// Several tensors are slices of one flat vector.
func ExampleOptimizer() {
	params := make([]float64, 6)
	weights, bias := params[:4], params[4:]
	weights[0], bias[1] = 1, -1

	grad := []float64{10, 0, 0, 0, 0, 10}
	if err := optim.NewSGD(0.01).Step(params, grad); err != nil {
		fmt.Println(err)
	}
	fmt.Println(weights, bias)
	// Output: [0.9 0 0 0] [0 -1.1]
}
