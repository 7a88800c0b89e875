package mlp

import (
	"fmt"
	"math"
)

// Activation is the activation function of the hidden layers. Both methods
// work on many units and rows at once. They must not depend on how the rows
// are cut, and may be called from several goroutines at the same time.
type Activation interface {
	// Func stores f(z) in a.
	Func(a, z []float64)
	// Back multiplies delta by f′(z); a holds f(z). So ∂L/∂a becomes ∂L/∂z.
	Back(delta, z, a []float64)
	// String names the function, as in "ReLU".
	String() string
}

// The activation functions; LeakyReLU is another.
var (
	// Sigmoid is σ(z) = 1/(1 + e⁻ᶻ), σ′ = σ(1 − σ).
	Sigmoid Activation = sigmoid{}
	// Tanh is tanh z, tanh′ = 1 − tanh².
	Tanh Activation = tanhAct{}
	// ReLU is max(0, z); its derivative is 1 for z > 0 and 0 elsewhere, also
	// at 0.
	ReLU Activation = relu{}
	// GELU is z·Φ(z) with the distribution function of the normal
	// distribution, Φ(z) = (1 + erf(z/√2))/2. Its derivative is
	// Φ(z) + z·φ(z), φ(z) = e^(−z²/2)/√(2π).
	//
	// The same as torch.nn.GELU and keras.activations.gelu by default. Differs
	// from jax.nn.gelu, whose default is the approximation
	// z/2·(1 + tanh(√(2/π)·(z + 0.044715·z³))): the two differ by up to 0.0005.
	//
	// Source: Hendrycks and Gimpel 2016, arXiv:1606.08415.
	GELU Activation = gelu{}
	// SiLU is z·σ(z), called Swish as well; its derivative is
	// σ(z)·(1 + z·(1 − σ(z))).
	//
	// Sources: Elfwing, Uchibe and Doya 2017, arXiv:1702.03118; Ramachandran,
	// Zoph and Le 2017, arXiv:1710.05941.
	SiLU Activation = silu{}
)

// LeakyReLU is z for z > 0 and slope·z elsewhere, with the derivative slope
// also at 0. It panics if slope is not finite.
//
// PyTorch has a default slope of 0.01 (negative_slope), JAX, too; Keras of 0.3.
//
// Source: Maas, Hannun and Ng 2013, Rectifier nonlinearities improve neural
// network acoustic models.
func LeakyReLU(slope float64) Activation {
	if math.IsNaN(slope) || math.IsInf(slope, 0) {
		panic(fmt.Sprintf("mlp: LeakyReLU with slope %v, allowed is a finite number", slope))
	}
	return leaky(slope)
}

type sigmoid struct{}

func (sigmoid) Func(a, z []float64) { vector.sigmoid(a, z) }

func (sigmoid) Back(delta, _, a []float64) {
	for i, a := range a {
		delta[i] *= a * (1 - a)
	}
}

func (sigmoid) String() string { return "sigmoid" }

func (sigmoid) bounds() (lo, hi float64) { return 0, 1 }

type tanhAct struct{}

func (tanhAct) Func(a, z []float64) { vector.tanh(a, z) }

func (tanhAct) Back(delta, _, a []float64) {
	for i, a := range a {
		delta[i] *= 1 - float64(a*a)
	}
}

func (tanhAct) String() string { return "tanh" }

func (tanhAct) bounds() (lo, hi float64) { return -1, 1 }

type relu struct{}

func (relu) Func(a, z []float64) { vector.relu(a, z) }

func (relu) Back(delta, z, _ []float64) { vector.reluBack(delta, z) }

func (relu) String() string { return "ReLU" }

type leaky float64

func (l leaky) Func(a, z []float64) {
	for i, z := range z {
		a[i] = float64(l.slope(z) * z)
	}
}

func (l leaky) Back(delta, z, _ []float64) {
	for i, z := range z {
		delta[i] *= l.slope(z)
	}
}

func (l leaky) slope(z float64) float64 {
	if z > 0 {
		return 1
	}
	return float64(l)
}

func (l leaky) String() string { return fmt.Sprintf("leaky ReLU(%v)", float64(l)) }

type gelu struct{}

func (gelu) Func(a, z []float64) {
	for i, z := range z {
		a[i] = z * normalCDF(z)
	}
}

func (gelu) Back(delta, z, _ []float64) {
	const norm = 0.398942280401432677940 // 1/√(2π)
	for i, z := range z {
		delta[i] *= normalCDF(z) + float64(z*float64(norm*exp(-float64(z*z)/2)))
	}
}

func (gelu) String() string { return "GELU" }

// normalCDF returns Φ(z) = erfc(−z/√2)/2.
func normalCDF(z float64) float64 { return erfc(-z/math.Sqrt2) / 2 }

type silu struct{}

func (silu) Func(a, z []float64) {
	vector.sigmoid(a, z)
	for i, z := range z {
		a[i] *= z
	}
}

func (silu) Back(delta, z, _ []float64) {
	for i, z := range z {
		s := 1 / (1 + exp(-z))
		delta[i] *= float64(s * (1 + float64(z*(1-s))))
	}
}

func (silu) String() string { return "SiLU" }
