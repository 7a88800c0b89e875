package optim_test

import (
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

// A matrix of gonum lends its numbers: an initializer fills them, and an
// optimizer steps them in place. The loss is ‖XW − Y‖²/2.
func Example_gonum() {
	const in, out, rows = 3, 2, 4
	w := mat.NewDense(in, out, nil)
	weightinit.NewHe().Fill(w.RawMatrix().Data, in, out, rand.NewPCG(1, 0))

	x := mat.NewDense(rows, in, []float64{1, 0, 2, 0, 1, -1, 3, 1, 0, 1, -2, 1})
	want := mat.NewDense(in, out, []float64{1, -1, 0.5, 2, -2, 3})
	var y, off, grad mat.Dense
	y.Mul(x, want)
	opt := optim.NewMomentum(0.02)
	for range 500 {
		off.Mul(x, w)
		off.Sub(&off, &y)
		grad.Mul(x.T(), &off) // ∂L/∂W = Xᵀ(XW − Y)
		if err := opt.Step(w.RawMatrix().Data, grad.RawMatrix().Data); err != nil {
			fmt.Println(err)
			return
		}
	}
	fmt.Printf("%.4f\n", mat.Formatted(w))
	// Output:
	// ⎡ 1.0000  -1.0000⎤
	// ⎢ 0.5000   2.0000⎥
	// ⎣-2.0000   3.0000⎦
}
