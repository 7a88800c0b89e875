// Package weightinit holds the initial weights of neural networks, one family
// of initializers a file.
//
//	weightinit.NewHe().Fill(w, fanIn, fanOut, rand.NewPCG(1, 0))
//
// Any source of math/rand/v2 serves. The same seed gives the same weights,
// bit for bit, on every machine.
//
// An initializer knows the fans of a layer, not its shape: fanIn is the number
// of inputs that a unit sums, fanOut the number of units that use an input.
//
//	layer                                    fanIn         fanOut
//	dense, [in, out] (Keras, JAX, pkg/mlp)   in            out
//	dense, [out, in] (PyTorch)               in            out
//	kernel, [k…, in, out] (Keras, JAX)       in·∏k         out·∏k
//	kernel, [out, in/groups, k…] (PyTorch)   in/groups·∏k  out·∏k
//
// Where each weight is drawn for itself, the layout makes no difference.
// Orthogonal, Sparse and Identity make a matrix: w is fanIn rows of fanOut
// numbers, w[i*fanOut+j] leads from input i to unit j. For [out, in] swap the
// two: Fill(w, out, in, src) makes a matrix of out rows. For a kernel give the
// rows and columns to which it is flattened: in·∏k and out, or swapped.
package weightinit

import (
	"fmt"
	"math"
	"math/rand/v2"

	"descent/pkg/internal/check"
	"descent/pkg/internal/count"
)

// Initializer fills the weights of a layer.
type Initializer interface {
	// Fill overwrites w. It panics with the error of Validate if a field is
	// out of range, and if fanIn or fanOut is less than 1, or src is nil where
	// the initializer draws from it.
	Fill(w []float64, fanIn, fanOut int, src rand.Source)
	// Validate returns a *FieldError when a field is out of range.
	Validate() error
	// String names the initializer with its fields, as in "Normal(mean=0, std=0.01)".
	String() string
}

// FieldError reports a field that is out of range: the type of the initializer
// and the name of its field, what it held, and what it may hold.
type FieldError = check.Error

// fields checks the fields of this package.
const fields = check.In("weightinit")

// mustFill panics where Fill promises to.
func mustFill(i Initializer, fanIn, fanOut int) {
	if err := i.Validate(); err != nil {
		panic(err)
	}
	if fanIn < 1 || fanOut < 1 {
		panic(fmt.Sprintf("weightinit: fanIn is %d and fanOut %d, allowed is 1 or more", fanIn, fanOut))
	}
}

// mustDraw panics where Fill of weights that are drawn promises to.
func mustDraw(i Initializer, src rand.Source) {
	if src == nil {
		panic(fmt.Sprintf("weightinit: the source of %v is nil, allowed is one of math/rand/v2 such as rand.NewPCG(1, 0)", i))
	}
}

// checkSpread reports a standard deviation with which a weight may overflow.
// No normal number is drawn beyond ±√(−4 ln 2⁻⁵³) = ±12.1.
func checkSpread(initializer string, mean, std float64) error {
	if !finite(math.Abs(mean) + float64(13*std)) {
		return fields.Error(initializer, "Std", std, fmt.Sprintf("a number with which %v ± 13·Std is finite", mean))
	}
	return nil
}

// mustMatrix panics where Fill of a matrix promises to.
func mustMatrix(i Initializer, w []float64, fanIn, fanOut int) {
	mustFill(i, fanIn, fanOut)
	if len(w) != fanIn*fanOut {
		panic(fmt.Sprintf("weightinit: len(w) is %d, allowed for %v is %d: fanIn = %s of fanOut = %d", len(w), i, fanIn*fanOut, count.Of(fanIn, "row"), fanOut))
	}
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
