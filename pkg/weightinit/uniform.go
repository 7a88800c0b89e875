package weightinit

import (
	"fmt"
	"math"
	"math/rand/v2"

	"descent/pkg/internal/exact"
)

// Uniform draws every weight from an interval, each part of it alike:
//
//	w ~ U[low, high), mean (low + high)/2, std (high − low)/√12
//
// The fans have no influence. Where low and high differ in size, rounding can
// give high itself.
//
// Differs from torch.nn.init.uniform_ ([0, 1)) and
// keras.initializers.RandomUniform ([−0.05, 0.05)) only in their defaults, and
// from jax.nn.initializers.uniform(scale) in that JAX draws from [0, scale).
type Uniform struct {
	Low  float64 // finite
	High float64 // finite and ≥ Low
}

var _ Initializer = Uniform{}

// NewUniform returns Uniform on [low, high).
func NewUniform(low, high float64) Uniform { return Uniform{Low: low, High: high} }

// Fill implements Initializer.
func (u Uniform) Fill(w []float64, fanIn, fanOut int, src rand.Source) {
	mustFill(u, fanIn, fanOut)
	mustDraw(u, src)
	width := u.High - u.Low
	for i := range w {
		// w = low + (high − low)·u
		w[i] = u.Low + float64(width*exact.Uniform(src))
	}
}

// Validate implements Initializer.
func (u Uniform) Validate() error {
	if err := fields.Finite("Uniform", "Low", u.Low); err != nil {
		return err
	}
	if !(u.High >= u.Low) || math.IsInf(u.High-u.Low, 1) {
		return fields.Error("Uniform", "High", u.High, fmt.Sprintf("a finite number ≥ Low = %v with a finite difference", u.Low))
	}
	return nil
}

func (u Uniform) String() string { return fmt.Sprintf("Uniform(low=%v, high=%v)", u.Low, u.High) }
