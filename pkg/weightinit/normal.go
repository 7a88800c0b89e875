package weightinit

import (
	"fmt"
	"math/rand/v2"

	"descent/pkg/internal/check"
	"descent/pkg/internal/exact"
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
	Std  float64 // standard deviation, finite and ≥ 0; Mean ± 13·Std must be finite
}

var _ Initializer = Normal{}

// NewNormal returns Normal with the given mean and standard deviation.
func NewNormal(mean, std float64) Normal { return Normal{Mean: mean, Std: std} }

// Fill implements Initializer.
func (n Normal) Fill(w []float64, fanIn, fanOut int, src rand.Source) {
	mustFill(n, fanIn, fanOut)
	mustDraw(n, src)
	for i := range w {
		// w = mean + std·z
		w[i] = n.Mean + float64(n.Std*exact.Normal(src))
	}
}

// Validate implements Initializer.
func (n Normal) Validate() error {
	return check.First(
		fields.Finite("Normal", "Mean", n.Mean),
		fields.NonNegative("Normal", "Std", n.Std),
		checkSpread("Normal", n.Mean, n.Std),
	)
}

func (n Normal) String() string { return fmt.Sprintf("Normal(mean=%v, std=%v)", n.Mean, n.Std) }
