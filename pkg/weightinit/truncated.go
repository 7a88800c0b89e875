package weightinit

import (
	"fmt"
	"math"
	"math/rand/v2"

	"descent/pkg/internal/exact"
)

// TruncatedNormal draws every weight from a normal distribution of which only
// what lies between two bounds is kept:
//
//	w ~ N(mean, std²) given that low ≤ w ≤ high
//
// The fans have no influence. The weights vary less than std says: cut at two
// standard deviations, their own is 0.8796·std (see NewTwoSigmaCorrected).
//
// The bounds are values of the weights, as in torch.nn.init.trunc_normal_,
// whose −2 and 2 cut next to nothing when std is 0.02. The bounds of
// jax.nn.initializers.truncated_normal are multiples of std, and those of
// keras.initializers.TruncatedNormal are always two of them: NewTwoSigma. PyTorch
// warns where the mean lies more than two std outside the bounds; here that
// is an error.
//
// Source: Robert 1995, doi:10.1007/BF00143942, on drawing from it.
type TruncatedNormal struct {
	// of the normal distribution before the cut; finite and at most 2·Std outside
	// the bounds
	Mean float64
	// of the normal distribution before the cut; finite and > 0, where a bound is
	// infinite so that Mean ± 13·Std is finite
	Std  float64
	Low  float64 // a weight, not a multiple of Std; may be −Inf
	High float64 // a weight, above Low; may be +Inf
}

var _ Initializer = TruncatedNormal{}

// NewTruncatedNormal returns TruncatedNormal as PyTorch has it, low and high
// being weights. As JAX has it: NewTruncatedNormal(0, std, lower*std, upper*std).
func NewTruncatedNormal(mean, std, low, high float64) TruncatedNormal {
	return TruncatedNormal{Mean: mean, Std: std, Low: low, High: high}
}

// NewTwoSigma returns TruncatedNormal as Keras has it, and JAX by default: cut
// at mean ± 2·std. The weights have the standard deviation 0.8796·std.
func NewTwoSigma(mean, std float64) TruncatedNormal {
	return NewTruncatedNormal(mean, std, mean-2*std, mean+2*std)
}

// NewTwoSigmaCorrected returns the two-sigma cut of a wider normal
// distribution, such that the weights have the standard deviation std:
//
//	σ = std/0.8796…, cut at mean ± 2σ
//
// Variance scaling in Keras and JAX draws from it.
func NewTwoSigmaCorrected(mean, std float64) TruncatedNormal {
	return NewTwoSigma(mean, std/twoSigmaStd)
}

// twoSigmaStd is the standard deviation of N(0, 1) cut at ±2:
// √(1 − 4φ(2)/(2Φ(2) − 1)) with density φ and distribution function Φ.
const twoSigmaStd = 0.87962566103423978

// Fill implements Initializer.
func (t TruncatedNormal) Fill(w []float64, fanIn, fanOut int, src rand.Source) {
	mustFill(t, fanIn, fanOut)
	mustDraw(t, src)
	draw := t.fromNormal
	if t.High-t.Low < 2.5*t.Std {
		draw = t.fromUniform
	}
	for i := range w {
		w[i] = draw(src)
	}
}

// fromNormal draws until w lies within the bounds: on average at most 44
// times, where they are 2.5 standard deviations apart.
func (t TruncatedNormal) fromNormal(src rand.Source) float64 {
	for {
		// w = mean + std·z, taken if low ≤ w ≤ high
		if w := t.Mean + float64(t.Std*exact.Normal(src)); t.Low <= w && w <= t.High {
			return w
		}
	}
}

// fromUniform draws from narrow bounds.
func (t TruncatedNormal) fromUniform(src rand.Source) float64 {
	// peak is where the density is highest, in standard deviations
	peak := (min(max(t.Mean, t.Low), t.High) - t.Mean) / t.Std
	for {
		// w ~ U[low, high), z = (w − mean)/std, taken with probability exp(−(z² − peak²)/2)
		w := t.Low + float64((t.High-t.Low)*exact.Uniform(src))
		z := (w - t.Mean) / t.Std
		if float64(z*z)-float64(peak*peak) <= -2*exact.Log(1-exact.Uniform(src)) {
			return w
		}
	}
}

// Validate implements Initializer.
func (t TruncatedNormal) Validate() error {
	switch {
	case !(t.Std > 0) || math.IsInf(t.Std, 1):
		return fields.Error("TruncatedNormal", "Std", t.Std, "a finite number > 0")
	case math.IsNaN(t.Low):
		return fields.Error("TruncatedNormal", "Low", t.Low, "a number")
	case !(t.High > t.Low):
		return fields.Error("TruncatedNormal", "High", t.High, fmt.Sprintf("a number > Low = %v", t.Low))
	case !finite(t.Mean) || t.Mean < t.Low-2*t.Std || t.Mean > t.High+2*t.Std:
		return fields.Error("TruncatedNormal", "Mean", t.Mean,
			fmt.Sprintf("a finite number at most 2·Std = %v outside of [%v, %v]", 2*t.Std, t.Low, t.High))
	case math.IsInf(t.Low, 0) || math.IsInf(t.High, 0):
		return checkSpread("TruncatedNormal", t.Mean, t.Std)
	}
	return nil
}

func (t TruncatedNormal) String() string {
	return fmt.Sprintf("TruncatedNormal(mean=%v, std=%v, low=%v, high=%v)", t.Mean, t.Std, t.Low, t.High)
}
