package weightinit

import "math/rand/v2"

// LeCun draws weights whose variance keeps the size of the signal through
// layers without activation, and through SELU:
//
//	V = 1/fanIn
//	w ~ N(0, V), or U[−√(3/fanIn), √(3/fanIn)), or truncated
//
// LecunUniform of Keras and lecun_uniform of JAX are NewLeCunUniform;
// LecunNormal and lecun_normal cut the distribution: LeCun{Dist:
// TruncatedDist}. PyTorch has it as kaiming_normal_(nonlinearity='linear').
// The book calls it Xavier.
//
// Sources: LeCun, Bottou, Orr and Müller 1998, Efficient BackProp, section
// 4.6, doi:10.1007/3-540-49430-8_2; for SELU Klambauer, Unterthiner, Mayr and
// Hochreiter 2017, arXiv:1706.02515; 밑바닥부터 시작하는 딥러닝, section 6.2.2.
type LeCun struct {
	Dist Dist
}

var _ Initializer = LeCun{}

// NewLeCun returns LeCun, normally distributed.
func NewLeCun() LeCun { return LeCun{} }

// NewLeCunUniform returns LeCun, uniformly distributed.
func NewLeCunUniform() LeCun { return LeCun{Dist: UniformDist} }

func (l LeCun) scaling() VarianceScaling { return NewVarianceScaling(1, FanIn, l.Dist) }

// Std returns the standard deviation √V of the weights, whatever Dist. It
// panics where Fill does.
func (l LeCun) Std(fanIn, fanOut int) float64 {
	mustFill(l, fanIn, fanOut)
	return l.scaling().Std(fanIn, fanOut)
}

// Fill implements Initializer.
func (l LeCun) Fill(w []float64, fanIn, fanOut int, src rand.Source) {
	mustFill(l, fanIn, fanOut)
	l.scaling().Fill(w, fanIn, fanOut, src)
}

// Validate implements Initializer.
func (l LeCun) Validate() error { return choices("LeCun", FanIn, l.Dist) }

func (l LeCun) String() string {
	if l.Dist != NormalDist {
		return called("LeCun", []string{l.Dist.String()})
	}
	return "LeCun"
}
