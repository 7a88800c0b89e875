package weightinit

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// VarianceScaling gives the weights a variance that depends on the number of
// inputs or outputs of the layer. He, Xavier and LeCun are cases of it.
//
//	V = scale/n, n being fanIn, fanOut, (fanIn + fanOut)/2 or √(fanIn·fanOut)
//	NormalDist     w ~ N(0, V)
//	UniformDist    w ~ U[−√(3V), √(3V))
//	TruncatedDist  w ~ N(0, σ²) cut at ±2σ, σ = √V/0.8796…
//
// All three have the standard deviation √V (see Std).
//
// The same as variance_scaling in JAX and VarianceScaling in Keras, but mind
// the names: "normal" in Keras is TruncatedDist, NormalDist is
// "untruncated_normal" there. Keras has no FanGeoAvg. PyTorch has no such
// function; its gain is √scale.
//
// Source: He, Zhang, Ren and Sun 2015, arXiv:1502.01852, section 2.2, for the
// role of V.
type VarianceScaling struct {
	Scale float64 // V·n; from 1e-300 to 1e300
	Mode  Mode    // which n
	Dist  Dist
}

// Mode says by which fan the variance is divided.
type Mode int

const (
	FanIn     Mode = iota // keeps the size of the activations
	FanOut                // keeps the size of the gradients on their way back
	FanAvg                // (fanIn + fanOut)/2, between the two
	FanGeoAvg             // √(fanIn·fanOut)
)

func (m Mode) String() string {
	return name([]string{"fan in", "fan out", "fan avg", "fan geo avg"}, int(m))
}

// Dist says from which distribution of a given variance the weights come.
type Dist int

const (
	NormalDist    Dist = iota // not cut
	UniformDist               // between ±√(3V)
	TruncatedDist             // normal, cut at two of its standard deviations
)

func (d Dist) String() string { return name([]string{"normal", "uniform", "truncated"}, int(d)) }

func name(names []string, i int) string {
	if i < 0 || i >= len(names) {
		return fmt.Sprint(i)
	}
	return names[i]
}

var _ Initializer = VarianceScaling{}

// NewVarianceScaling returns VarianceScaling with the given fields.
func NewVarianceScaling(scale float64, mode Mode, dist Dist) VarianceScaling {
	return VarianceScaling{Scale: scale, Mode: mode, Dist: dist}
}

// Std returns the standard deviation √V of the weights, whatever Dist. It
// panics where Fill does.
func (v VarianceScaling) Std(fanIn, fanOut int) float64 {
	mustFill(v, fanIn, fanOut)
	n := float64(fanIn)
	switch v.Mode {
	case FanOut:
		n = float64(fanOut)
	case FanAvg:
		n = (float64(fanIn) + float64(fanOut)) / 2
	case FanGeoAvg:
		n = math.Sqrt(float64(fanIn) * float64(fanOut))
	}
	// std = √(scale/n)
	return math.Sqrt(v.Scale / n)
}

// Fill implements Initializer.
func (v VarianceScaling) Fill(w []float64, fanIn, fanOut int, src rand.Source) {
	std := v.Std(fanIn, fanOut)
	var dist Initializer = NewNormal(0, std)
	switch v.Dist {
	case UniformDist:
		// limit = √(3V)
		limit := float64(math.Sqrt(3) * std)
		dist = NewUniform(-limit, limit)
	case TruncatedDist:
		dist = NewTwoSigmaCorrected(0, std)
	}
	dist.Fill(w, fanIn, fanOut, src)
}

// Validate implements Initializer.
func (v VarianceScaling) Validate() error {
	if !(v.Scale >= 1e-300 && v.Scale <= 1e300) {
		return fields.Error("VarianceScaling", "Scale", v.Scale, "a number from 1e-300 to 1e300")
	}
	return choices("VarianceScaling", v.Mode, v.Dist)
}

// choices reports a Mode or Dist that does not exist.
func choices(initializer string, m Mode, d Dist) error {
	if m < FanIn || m > FanGeoAvg {
		return fields.Error(initializer, "Mode", float64(m), "FanIn, FanOut, FanAvg or FanGeoAvg")
	}
	if d < NormalDist || d > TruncatedDist {
		return fields.Error(initializer, "Dist", float64(d), "NormalDist, UniformDist or TruncatedDist")
	}
	return nil
}

func (v VarianceScaling) String() string {
	return fmt.Sprintf("VarianceScaling(scale=%v, %v, %v)", v.Scale, v.Mode, v.Dist)
}
