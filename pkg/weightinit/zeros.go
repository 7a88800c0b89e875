package weightinit

import "math/rand/v2"

// Zeros sets every weight to 0:
//
//	w = 0
//
// The right start for biases and for a net without hidden layers. The hidden
// neurons of a net stay equal to one another for ever.
//
// Source: 밑바닥부터 시작하는 딥러닝, section 6.2.1.
type Zeros struct{}

var _ Initializer = Zeros{}

// NewZeros returns Zeros.
func NewZeros() Zeros { return Zeros{} }

// Fill implements Initializer. It draws nothing from src.
func (z Zeros) Fill(w []float64, fanIn, fanOut int, _ rand.Source) {
	mustFill(z, fanIn, fanOut)
	clear(w)
}

// Validate implements Initializer; it returns nil.
func (Zeros) Validate() error { return nil }

func (Zeros) String() string { return "Zeros" }
