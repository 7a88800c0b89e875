package weightinit

import "math"

// The gain of an activation is the factor by which weights of variance 1/n
// must grow so that the signal keeps its size, as torch.nn.init.calculate_gain
// gives it. The numbers for ReLU are exact (He et al. 2015, arXiv:1502.01852);
// 5/3 for tanh and 3/4 for SELU are conventions of PyTorch. For sigmoid none
// exists, PyTorch says 1.
const (
	GainLinear  = 1.0
	GainSigmoid = 1.0
	GainTanh    = 5.0 / 3
	GainReLU    = math.Sqrt2
	GainSELU    = 3.0 / 4
)

// GainLeakyReLU returns the gain of leaky ReLU with the given slope below 0:
//
//	gain = √(2/(1 + slope²))
//
// calculate_gain of PyTorch takes 0.01 for a slope that is not given.
func GainLeakyReLU(slope float64) float64 {
	// gain = √(2/(1 + slope²))
	return math.Sqrt(2 / (1 + float64(slope*slope)))
}

func checkGain(initializer string, gain float64) error {
	if !(gain >= 1e-100 && gain <= 1e100) {
		return fields.Error(initializer, "Gain", gain, "a number from 1e-100 to 1e100")
	}
	return nil
}
