package weightinit

import "math"

// NewTorchLinear returns what torch.nn.Linear does if nobody says otherwise,
// to its weights and to its biases (fill both with the fans of the layer):
//
//	w, b ~ U[−1/√fanIn, 1/√fanIn)
//
// PyTorch writes it as kaiming_uniform_(w, a=√5), as if the net had leaky
// ReLUs of slope √5. Nobody has. Lua Torch drew from ±1/√fanIn; when PyTorch
// moved to torch.nn.init in 2018 the old range was to stay, and √5 is the
// slope for which He gives it:
//
//	√3·√(2/((1 + 5)·fanIn)) = 1/√fanIn
//
// The variance is 1/(3·fanIn), a third of LeCun and a sixth of He: through
// layers of ReLU the mean square that a layer gets from its inputs is a sixth
// of theirs.
//
// Sources: the discussion at https://github.com/pytorch/pytorch/issues/15314;
// LeCun et al. 1998 for the range without its √3.
func NewTorchLinear() He { return He{Slope: math.Sqrt(5), Dist: UniformDist} }

// NewKerasDense returns what keras.layers.Dense does if nobody says otherwise:
// Glorot, uniformly distributed. Its biases are 0.
func NewKerasDense() Xavier { return NewXavierUniform() }

// NewFlaxDense returns what flax.linen.Dense and flax.nnx.Linear do if nobody
// says otherwise: LeCun, truncated. Their biases are 0.
func NewFlaxDense() LeCun { return LeCun{Dist: TruncatedDist} }
