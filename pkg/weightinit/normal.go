package weightinit

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Normal draws every weight from a normal distribution:
//
//	w ~ N(mean, std²)
//
// The fans have no influence.
//
// Differs from torch.nn.init.normal_ and keras.initializers.RandomNormal only
// in their defaults of std (1 and 0.05); here both numbers are always given.
//
// Source: 밑바닥부터 시작하는 딥러닝, section 6.2.2.
type Normal struct {
	Mean float64 // finite
	Std  float64 // standard deviation, finite and ≥ 0
}

var _ Initializer = Normal{}

// NewNormal returns Normal with the given mean and standard deviation.
func NewNormal(mean, std float64) Normal { return Normal{Mean: mean, Std: std} }

// Fill implements Initializer.
func (n Normal) Fill(w []float64, fanIn, fanOut int, src rand.Source) {
	mustFill(n, fanIn, fanOut)
	for i := range w {
		// w = mean + std·z; the conversion keeps compilers from fusing the two
		// operations, which would round otherwise on other processors
		w[i] = n.Mean + float64(n.Std*gauss(src))
	}
}

// Validate implements Initializer.
func (n Normal) Validate() error {
	if !finite(n.Mean) {
		return &FieldError{"Normal", "Mean", n.Mean, "a finite number"}
	}
	if !finite(n.Std) || n.Std < 0 {
		return &FieldError{"Normal", "Std", n.Std, "a finite number ≥ 0"}
	}
	return nil
}

func (n Normal) String() string { return fmt.Sprintf("Normal(mean=%v, std=%v)", n.Mean, n.Std) }

// gauss draws from N(0, 1) by the ratio of two uniform numbers.
//
//	u ~ U(0, 1], v ~ U[−√(2/e), √(2/e)); z = v/u, taken if z² ≤ −4 ln u
//
// The value is one division, so it is the same on every machine; the logarithm,
// whose last digit is not, only decides whether to take it.
//
// Source: Kinderman and Monahan 1977, doi:10.1145/355744.355750.
func gauss(src rand.Source) float64 {
	const bound = 0.857763884960706796480 // √(2/e)
	for {
		u := 1 - uniform(src)
		v := bound * (2*uniform(src) - 1)
		if z := v / u; z*z <= -4*math.Log(u) {
			return z
		}
	}
}

// uniform draws from U[0, 1) in steps of 2⁻⁵³.
func uniform(src rand.Source) float64 { return float64(src.Uint64()>>11) / (1 << 53) }
