package weightinit

import (
	"math"
	"math/rand/v2"
)

// He draws every weight from a normal distribution whose variance keeps the
// size of the signal through layers of ReLU:
//
//	w ~ N(0, 2/fanIn)
//
// The same as torch.nn.init.kaiming_normal_ with nonlinearity='relu' and as
// variance scaling with scale 2 and "untruncated_normal" in Keras; HeNormal of
// Keras and he_normal of JAX cut the distribution at two standard deviations.
//
// Sources: He, Zhang, Ren and Sun 2015, arXiv:1502.01852; 밑바닥부터 시작하는
// 딥러닝, section 6.2.3.
type He struct{}

var _ Initializer = He{}

// NewHe returns He.
func NewHe() He { return He{} }

// Fill implements Initializer.
func (h He) Fill(w []float64, fanIn, fanOut int, src rand.Source) {
	mustFill(h, fanIn, fanOut)
	// std = √(2/fanIn)
	Normal{Std: math.Sqrt(2 / float64(fanIn))}.Fill(w, fanIn, fanOut, src)
}

// Validate implements Initializer; it returns nil.
func (He) Validate() error { return nil }

func (He) String() string { return "He" }
