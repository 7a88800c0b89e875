package weightinit

import (
	"fmt"
	"math/rand/v2"
)

// Identity hands the inputs on, times a gain:
//
//	w[i, j] = gain if i = j, else 0
//
// Where fanIn and fanOut differ, the inputs or units beyond the shorter side
// get nothing. The length of w must be fanIn·fanOut: it is a matrix; its
// transpose has the same form, so the layout does not matter.
//
// The same as torch.nn.init.eye_, which has no gain, and
// keras.initializers.Identity. JAX has none; dirac_ of PyTorch and
// delta_orthogonal of JAX, for kernels, are not here.
//
// Source: Le, Jaitly and Hinton 2015, arXiv:1504.00941, for recurrent nets of
// ReLU.
type Identity struct {
	Gain float64 // from 1e-100 to 1e100
}

var _ Initializer = Identity{}

// NewIdentity returns Identity with the given gain.
func NewIdentity(gain float64) Identity { return Identity{Gain: gain} }

// Fill implements Initializer. It draws nothing from src, and panics also if
// len(w) is not fanIn·fanOut.
func (d Identity) Fill(w []float64, fanIn, fanOut int, _ rand.Source) {
	mustMatrix(d, w, fanIn, fanOut)
	clear(w)
	for i := range min(fanIn, fanOut) {
		w[i*fanOut+i] = d.Gain
	}
}

// Validate implements Initializer.
func (d Identity) Validate() error { return checkGain("Identity", d.Gain) }

func (d Identity) String() string { return fmt.Sprintf("Identity(gain=%v)", d.Gain) }
