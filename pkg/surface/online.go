package surface

import (
	"fmt"
	"math"
)

// Online is a problem whose function changes with the step t = 1, 2, …: one
// steep slope in the first step of each period, then shallow ones the other
// way.
//
//	fₜ(x) = First·x if t mod Period = 1, Rest·x otherwise    x ∈ [Min, Max]
//
// The sum over a period is what counts, and its best x is Optimum. Adam, whose
// average of g² forgets the steep slope, goes the wrong way; AMSGrad does not.
// It takes a loop of its own, since the function of optim.Minimize stays:
//
//	w, grad := []float64{0}, []float64{0}
//	for t := 1; t <= 3000; t++ {
//		grad[0] = problem.Slope(t)
//		if err := opt.Step(w, grad); err != nil { … }
//		problem.Project(w)
//	}
//
// Source: Reddi, Kale and Kumar 2018, arXiv:1904.09237.
type Online struct {
	Period      int     // number of steps after which the functions repeat, 2 or more
	First, Rest float64 // slopes
	Min, Max    float64 // ends of the domain
}

// ReddiTheorem1 is the problem of the paper's theorem 1: Cx if t mod 3 = 1, −x
// otherwise, on [−1, 1]. Adam with β1 = 0, β2 = 1/(1 + C²) and rates α/√t ends
// at x = 1, the worst place. ReddiTheorem1 panics unless C is finite and > 2.
func ReddiTheorem1(c float64) Online {
	if !(c > 2) || math.IsInf(c, 1) {
		panic(fmt.Sprintf("surface: ReddiTheorem1: C is %v, allowed is a finite number > 2", c))
	}
	return Online{Period: 3, First: c, Rest: -1, Min: -1, Max: 1}
}

// ReddiExperiment is the problem of the paper's first experiment: 1010x if
// t mod 101 = 1, −10x otherwise, on [−1, 1]. The paper runs it with β1 = 0.9 and
// β2 = 0.99.
func ReddiExperiment() Online { return Online{Period: 101, First: 1010, Rest: -10, Min: -1, Max: 1} }

// Slope returns the gradient fₜ′, which is the same at every x. It panics if
// t < 1 or Period < 2.
func (o Online) Slope(t int) float64 {
	if t < 1 || o.Period < 2 {
		panic(fmt.Sprintf("surface: Online: t is %d and Period %d, allowed is t ≥ 1 and Period ≥ 2", t, o.Period))
	}
	if t%o.Period == 1 {
		return o.First
	}
	return o.Rest
}

// Func returns fₜ(x). It panics as Slope does.
func (o Online) Func(t int, x float64) float64 { return float64(o.Slope(t) * x) }

// Mean returns the slope of the average of the functions over a period.
func (o Online) Mean() float64 {
	return (o.First + float64(float64(o.Period-1)*o.Rest)) / float64(o.Period)
}

// Optimum returns the x with the lowest sum over a period: Max where Mean is
// negative, else Min.
func (o Online) Optimum() float64 {
	if o.Mean() < 0 {
		return o.Max
	}
	return o.Min
}

// Project sets every w outside of [Min, Max] to the nearer end.
func (o Online) Project(w []float64) {
	for i, x := range w {
		w[i] = max(o.Min, min(o.Max, x))
	}
}

// String writes the problem, as in "1010x if t mod 101 = 1, else −10x".
func (o Online) String() string {
	return fmt.Sprintf("%sx if t mod %d = 1, else %sx", signed(o.First), o.Period, signed(o.Rest))
}

// Regret returns by how much the x of steps 1, 2, … cost more than the best
// constant x would have cost:
//
//	R = Σ fₜ(xₜ) − min over x of Σ fₜ(x)
//
// A method converges where R/T falls to 0.
func (o Online) Regret(xs []float64) float64 {
	var cost, slope float64
	for i, x := range xs {
		cost += o.Func(i+1, x)
		slope += o.Slope(i + 1)
	}
	return cost - min(float64(slope*o.Min), float64(slope*o.Max)) // the best constant is an end
}
