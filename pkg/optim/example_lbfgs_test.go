package optim_test

import (
	"fmt"

	"gonum.org/v1/gonum/optimize"

	"descent/pkg/optim"
	"descent/pkg/surface"
)

// L-BFGS is not a step that a gradient is handed to: its line search asks for
// the loss and the gradient at points of its own. gonum has it, and a surface
// fits in.
func Example_lbfgs() {
	f := surface.Rosenbrock
	result, err := optimize.Minimize(optimize.Problem{Func: f.Func, Grad: f.Grad}, f.Start[:],
		&optimize.Settings{GradientThreshold: 1e-6}, &optimize.LBFGS{})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Printf("L-BFGS at %.4f: in 100 gradients: %v\n", result.X, result.GradEvaluations <= 100)

	p := optim.MinimizeWith(optim.NewMomentum(0.0005), f, f.Start[:], optim.MinimizeConfig{
		Steps: 100_000,
		Stop:  []optim.Rule{optim.GradientBelow(1e-6)},
	})
	fmt.Printf("Momentum at %.4f: in 100 gradients: %v\n", p.Last(), p.Steps()+1 <= 100)
	// Output:
	// L-BFGS at [1.0000 1.0000]: in 100 gradients: true
	// Momentum at [1.0000 1.0000]: in 100 gradients: false
}
