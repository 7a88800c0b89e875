package weightinit

import (
	"fmt"
	"math"
	"math/rand/v2"

	"descent/pkg/internal/exact"
)

// Orthogonal draws a matrix that keeps lengths and angles, times a gain:
//
//	w = gain·Q, QᵀQ = 1 if fanIn ≥ fanOut (columns), QQᵀ = 1 if fanIn ≤ fanOut (rows)
//
// Every such Q is equally likely (Haar measure): it is the Q of the QR
// decomposition of a matrix of standard normal numbers, with signs such that
// the diagonal of R is positive. The length of w must be fanIn·fanOut: it is a
// matrix of fanIn rows (see the package for other layouts).
//
// Through layers without activation, no other random initializer keeps the signal
// exactly; ReLU needs the gain GainReLU. The time is about
// 2·fanIn·fanOut·min(fanIn, fanOut) operations.
//
// The same distribution as orthogonal_ of torch.nn.init, Orthogonal of Keras
// and orthogonal of JAX, which flatten kernels first.
//
// Sources: Saxe, McClelland and Ganguli 2013, arXiv:1312.6120; Mezzadri 2006,
// arXiv:math-ph/0609050, for the signs; Daniel, Gragg, Kaufman and Stewart
// 1976, doi:10.1090/S0025-5718-1976-0431641-8, for the second pass.
type Orthogonal struct {
	Gain float64 // such as GainReLU; from 1e-100 to 1e100
}

var _ Initializer = Orthogonal{}

// NewOrthogonal returns Orthogonal with the given gain.
func NewOrthogonal(gain float64) Orthogonal { return Orthogonal{Gain: gain} }

// Fill implements Initializer. It panics also if len(w) is not fanIn·fanOut.
func (o Orthogonal) Fill(w []float64, fanIn, fanOut int, src rand.Source) {
	mustMatrix(o, w, fanIn, fanOut)
	mustDraw(o, src)
	// q holds the vectors of the shorter side, one after the other
	n, length := min(fanIn, fanOut), max(fanIn, fanOut)
	q := make([]float64, n*length)
	for k := range n {
		draw(q[k*length:(k+1)*length], q[:k*length], src)
	}
	for i := range fanIn {
		for j := range fanOut {
			k := i*length + j
			if fanIn > fanOut {
				k = j*length + i
			}
			w[i*fanOut+j] = o.Gain * q[k]
		}
	}
}

// draw sets v to a random unit vector orthogonal to the unit vectors in q, by
// the method of Gram and Schmidt. That leaves R with a positive diagonal.
func draw(v, q []float64, src rand.Source) {
	for {
		for i := range v {
			v[i] = exact.Normal(src)
		}
		// a pass that takes most of v away leaves it inexact: another follows
		for before := length(v); before > 0; {
			for k := 0; k < len(q); k += len(v) {
				// v ← v − (u·v)·u
				u := q[k : k+len(v)]
				s := dot(u, v)
				for i, x := range u {
					v[i] -= float64(s * x)
				}
			}
			after := length(v)
			if after > before/2 {
				for i := range v {
					v[i] /= after
				}
				return
			}
			before = after
		}
	}
}

func length(v []float64) float64 { return math.Sqrt(dot(v, v)) }

// dot sums in four parts, which do not wait for one another.
func dot(a, b []float64) float64 {
	var s0, s1, s2, s3 float64
	for len(a) >= 4 && len(b) >= 4 {
		s0 += float64(a[0] * b[0])
		s1 += float64(a[1] * b[1])
		s2 += float64(a[2] * b[2])
		s3 += float64(a[3] * b[3])
		a, b = a[4:], b[4:]
	}
	for i := range a {
		s0 += float64(a[i] * b[i])
	}
	return (s0 + s1) + (s2 + s3)
}

// Validate implements Initializer.
func (o Orthogonal) Validate() error { return checkGain("Orthogonal", o.Gain) }

func (o Orthogonal) String() string { return fmt.Sprintf("Orthogonal(gain=%v)", o.Gain) }
