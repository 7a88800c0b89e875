package surface

import (
	"fmt"
	"math"
	"math/rand/v2"

	"descent/pkg/internal/exact"
)

// Quadratic is a quadratic function of any number of coordinates, given by its
// curvatures λ. Along the coordinate axes, or along the orthonormal axes q of a
// random rotation:
//
//	f(w) = ½ Σ λₖ wₖ²    or    f(w) = ½ Σ λₖ (qₖ·w)²
//
// It is 0 at w = 0, which is its minimum where no λ is negative. SGD converges
// on it for rates below 2/λmax; the ratio λmax/λmin says how slowly. Func and
// Grad make it a function that optim.Minimize takes.
//
// Source: Nocedal and Wright, Numerical Optimization, 2006, section 3.3,
// doi:10.1007/978-0-387-40065-5.
type Quadratic struct {
	eigenvalues []float64
	hess        []float64 // row by row, nil where the axes are the coordinates
}

// NewQuadratic returns the quadratic with these curvatures along the coordinate
// axes. It panics if there are none, or if one is not finite.
func NewQuadratic(eigenvalues ...float64) *Quadratic {
	if len(eigenvalues) == 0 {
		panic("surface: NewQuadratic needs at least one eigenvalue")
	}
	for i, v := range eigenvalues {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			panic(fmt.Sprintf("surface: eigenvalue %d is %v, allowed is a finite number", i, v))
		}
	}
	return &Quadratic{eigenvalues: append([]float64(nil), eigenvalues...)}
}

// Rotate returns a quadratic of the same curvatures along random axes, all
// directions equally likely. The same seed gives the same axes, bit for bit,
// on every machine. It takes n³ operations and holds n² numbers.
//
// The axes are normal random vectors made orthonormal one after the other.
// Source: Stewart 1980, doi:10.1137/0717034.
func (q *Quadratic) Rotate(seed uint64) *Quadratic {
	n := len(q.eigenvalues)
	axes := randomAxes(n, rand.NewPCG(seed, 0))
	hess := make([]float64, n*n)
	for i := range n {
		for j := range i + 1 {
			sum := 0.0
			for k, axis := range axes {
				sum += float64(q.eigenvalues[k] * axis[i] * axis[j])
			}
			hess[i*n+j], hess[j*n+i] = sum, sum
		}
	}
	return &Quadratic{eigenvalues: q.eigenvalues, hess: hess}
}

// Len returns the number of coordinates.
func (q *Quadratic) Len() int { return len(q.eigenvalues) }

// Func returns f(w). It panics if len(w) != Len().
func (q *Quadratic) Func(w []float64) float64 {
	mustHave(q.Len(), w)
	sum := 0.0
	for i, x := range w {
		sum += float64(x * q.slope(i, w))
	}
	return sum / 2
}

// Grad stores ∇f at w in grad. It panics unless both have length Len().
func (q *Quadratic) Grad(grad, w []float64) {
	mustHave(q.Len(), grad)
	mustHave(q.Len(), w)
	for i := range grad {
		grad[i] = q.slope(i, w)
	}
}

// slope returns ∂f/∂wᵢ.
func (q *Quadratic) slope(i int, w []float64) float64 {
	if q.hess == nil {
		return q.eigenvalues[i] * w[i]
	}
	return dot(q.hess[i*len(w):(i+1)*len(w)], w)
}

// Hess stores the Hessian, which is the same at every w, row by row in hess. It
// panics if len(hess) != Len()² or len(w) != Len().
func (q *Quadratic) Hess(hess, w []float64) {
	n := q.Len()
	mustHave(n*n, hess)
	mustHave(n, w)
	if q.hess != nil {
		copy(hess, q.hess)
		return
	}
	clear(hess)
	for i, v := range q.eigenvalues {
		hess[i*n+i] = v
	}
}

// randomAxes returns n orthonormal vectors of length n.
func randomAxes(n int, src rand.Source) [][]float64 {
	axes := make([][]float64, n)
	for k := range axes {
		axis := make([]float64, n)
		for i := range axis {
			axis[i] = exact.Normal(src)
		}
		for range 2 { // once leaves rounding errors where axis is nearly dependent
			for _, other := range axes[:k] {
				d := dot(axis, other)
				for i := range axis {
					axis[i] -= float64(d * other[i])
				}
			}
			length := math.Sqrt(dot(axis, axis))
			for i := range axis {
				axis[i] /= length
			}
		}
		axes[k] = axis
	}
	return axes
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i] * b[i])
	}
	return sum
}
