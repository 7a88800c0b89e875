package weightinit

import (
	"fmt"
	"math/rand/v2"
)

// Xavier, or Glorot, draws weights whose variance lies between the one that
// keeps the activations and the one that keeps the gradients, for activations
// that are near the identity at 0, such as tanh:
//
//	V = gain²·2/(fanIn + fanOut)
//	w ~ N(0, V), or U[−√(3V), √(3V)) = ±gain·√(6/(fanIn + fanOut)), or truncated
//
// With NormalDist and UniformDist the same as xavier_normal_ and
// xavier_uniform_ of torch.nn.init. GlorotUniform of Keras and glorot_uniform
// of JAX are NewXavierUniform; GlorotNormal and glorot_normal cut the
// distribution: Xavier{Gain: 1, Dist: TruncatedDist}. What the book calls
// Xavier divides by fanIn alone: LeCun.
//
// Sources: Glorot and Bengio 2010, AISTATS, PMLR 9:249–256 (uniform);
// 밑바닥부터 시작하는 딥러닝, section 6.2.2.
type Xavier struct {
	Gain float64 // such as GainTanh; from 1e-100 to 1e100
	Dist Dist
}

var _ Initializer = Xavier{}

// NewXavier returns Xavier with gain 1, normally distributed.
func NewXavier() Xavier { return Xavier{Gain: 1} }

// NewXavierUniform returns Xavier with gain 1, uniformly distributed.
func NewXavierUniform() Xavier { return Xavier{Gain: 1, Dist: UniformDist} }

func (x Xavier) scaling() VarianceScaling { return NewVarianceScaling(x.Gain*x.Gain, FanAvg, x.Dist) }

// Std returns the standard deviation √V of the weights, whatever Dist. It
// panics where Fill does.
func (x Xavier) Std(fanIn, fanOut int) float64 {
	mustFill(x, fanIn, fanOut)
	return x.scaling().Std(fanIn, fanOut)
}

// Fill implements Initializer.
func (x Xavier) Fill(w []float64, fanIn, fanOut int, src rand.Source) {
	mustFill(x, fanIn, fanOut)
	x.scaling().Fill(w, fanIn, fanOut, src)
}

// Validate implements Initializer.
func (x Xavier) Validate() error {
	if err := checkGain("Xavier", x.Gain); err != nil {
		return err
	}
	return choices("Xavier", FanAvg, x.Dist)
}

func (x Xavier) String() string {
	var fields []string
	if x.Gain != 1 {
		fields = append(fields, fmt.Sprintf("gain=%v", x.Gain))
	}
	if x.Dist != NormalDist {
		fields = append(fields, x.Dist.String())
	}
	return called("Xavier", fields)
}
