package weightinit

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// He draws weights whose variance keeps the size of the signal through layers
// of ReLU, or of leaky ReLU with the given slope:
//
//	V = 2/((1 + slope²)·n), n being fanIn unless Mode says otherwise
//	w ~ N(0, V), or from the uniform or truncated distribution of the same V
//
// The 2 makes up for the half of the signal that ReLU sets to 0. Among the
// fields, the zero value is He for ReLU: He{Mode: FanOut} is enough.
//
// With NormalDist and UniformDist the same as kaiming_normal_ and
// kaiming_uniform_ of torch.nn.init, slope being their a and Mode their mode
// (they know fan_in and fan_out only); another nonlinearity there is
// VarianceScaling with the square of its gain as the scale. HeNormal of Keras
// and he_normal of JAX are He{Dist: TruncatedDist}, and have no slope.
//
// Sources: He, Zhang, Ren and Sun 2015, arXiv:1502.01852; 밑바닥부터 시작하는
// 딥러닝, section 6.2.3.
type He struct {
	Slope float64 // of leaky ReLU below 0; from −1e100 to 1e100, 0 for ReLU
	Mode  Mode    // which n
	Dist  Dist
}

var _ Initializer = He{}

// NewHe returns He for ReLU, normally distributed.
func NewHe() He { return He{} }

// NewHeUniform returns He for ReLU, w ~ U[−√(6/fanIn), √(6/fanIn)).
func NewHeUniform() He { return He{Dist: UniformDist} }

func (h He) scaling() VarianceScaling {
	// V·n = 2/(1 + slope²)
	return NewVarianceScaling(2/(1+float64(h.Slope*h.Slope)), h.Mode, h.Dist)
}

// Std returns the standard deviation √V of the weights, whatever Dist. It
// panics where Fill does.
func (h He) Std(fanIn, fanOut int) float64 {
	mustFill(h, fanIn, fanOut)
	return h.scaling().Std(fanIn, fanOut)
}

// Fill implements Initializer.
func (h He) Fill(w []float64, fanIn, fanOut int, src rand.Source) {
	mustFill(h, fanIn, fanOut)
	h.scaling().Fill(w, fanIn, fanOut, src)
}

// Validate implements Initializer.
func (h He) Validate() error {
	if !(h.Slope >= -1e100 && h.Slope <= 1e100) {
		return fields.Error("He", "Slope", h.Slope, "a number from -1e100 to 1e100")
	}
	return choices("He", h.Mode, h.Dist)
}

func (h He) String() string {
	var fields []string
	if h.Slope != 0 {
		fields = append(fields, fmt.Sprintf("slope=%v", h.Slope))
	}
	if h.Mode != FanIn {
		fields = append(fields, h.Mode.String())
	}
	if h.Dist != NormalDist {
		fields = append(fields, h.Dist.String())
	}
	return called("He", fields)
}

// called names an initializer with those fields that are not what its plain
// constructor gives.
func called(name string, fields []string) string {
	if len(fields) == 0 {
		return name
	}
	return name + "(" + strings.Join(fields, ", ") + ")"
}
