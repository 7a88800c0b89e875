package weightinit

import (
	"fmt"
	"math"
	"math/rand/v2"

	"descent/pkg/internal/check"
	"descent/pkg/internal/exact"
)

// Sparse gives every unit only some inputs:
//
//	of the fanIn weights of a unit, ⌈sparsity·fanIn⌉ are 0, the others ~ N(0, std²)
//
// The length of w must be fanIn·fanOut: it is a matrix of fanIn rows, a unit
// being a column (see the package for other layouts).
//
// The same as torch.nn.init.sparse_ on a matrix of the same rows and columns.
// But PyTorch stores the weights of a layer as [out, in], so that sparse_ sets
// weights that leave an input to 0 and a unit may be left without any:
// swap fanIn and fanOut to have the same. In the paper it is the units whose
// inputs are counted. The product is rounded before ⌈⌉, so that 0.07 of 100 are
// 8. Keras and JAX have no such initializer.
//
// Source: Martens 2010, Deep learning via Hessian-free optimization, ICML,
// section 5.
type Sparse struct {
	Sparsity float64 // share of the weights that are 0; from 0 to 1
	Std      float64 // standard deviation of the others; finite and ≥ 0
}

var _ Initializer = Sparse{}

// NewSparse returns Sparse with the given fields.
func NewSparse(sparsity, std float64) Sparse { return Sparse{Sparsity: sparsity, Std: std} }

// Fill implements Initializer. It panics also if len(w) is not fanIn·fanOut.
func (s Sparse) Fill(w []float64, fanIn, fanOut int, src rand.Source) {
	mustMatrix(s, w, fanIn, fanOut)
	mustDraw(s, src)
	for j := range fanOut {
		zeros := math.Ceil(s.Sparsity * float64(fanIn))
		for i := range fanIn {
			// of the fanIn − i rows to come, zeros are 0, each alike
			if float64(exact.Uniform(src)*float64(fanIn-i)) < zeros {
				w[i*fanOut+j] = 0
				zeros--
			} else {
				w[i*fanOut+j] = s.Std * exact.Normal(src)
			}
		}
	}
}

// Validate implements Initializer.
func (s Sparse) Validate() error {
	if !(s.Sparsity >= 0 && s.Sparsity <= 1) {
		return fields.Error("Sparse", "Sparsity", s.Sparsity, "a number from 0 to 1")
	}
	return check.First(
		fields.NonNegative("Sparse", "Std", s.Std),
		checkSpread("Sparse", 0, s.Std),
	)
}

func (s Sparse) String() string { return fmt.Sprintf("Sparse(sparsity=%v, std=%v)", s.Sparsity, s.Std) }
