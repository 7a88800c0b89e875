package optim

import (
	"math"
	"slices"
)

// Path is what Minimize recorded: n steps leave n+1 points, the first is the
// start.
type Path struct {
	Method string      // the optimizer with its hyperparameters, as its String gives it
	W      [][]float64 // parameters
	// gradient at W, or where the method wants it (Nesterov with Paper)
	Grad [][]float64
	Loss []float64 // f at W
	// what the method keeps, such as "m" and "v", after each step: Vars["m"][t][i];
	// nil before the first step; of wrappers with equal names the outermost
	Vars map[string][][]float64
	// effective learning rates of an Adaptive method in the step that led to each
	// point; nil at the start
	Rate    [][]float64
	Stopped string // what a Rule said that ended the run
	Err     error  // why the run failed, or nil

	low []float64 // what lowest has found so far
}

// add records a point and what opt keeps there.
func (p *Path) add(opt Optimizer, w, grad []float64, loss float64) {
	p.W = append(p.W, slices.Clone(w))
	p.Grad = append(p.Grad, slices.Clone(grad))
	p.Loss = append(p.Loss, loss)
	start := len(p.W) == 1
	if o, ok := opt.(Stateful); ok {
		if start {
			p.Vars = map[string][][]float64{}
		}
		for _, v := range o.State().Variables {
			if x, ok := v.Value.(*[]float64); ok && len(p.Vars[v.Name]) < len(p.W) {
				p.Vars[v.Name] = append(p.Vars[v.Name], slices.Clone(*x))
			}
		}
	}
	if o, ok := adaptive(opt); ok {
		var rate []float64
		if !start {
			rate = make([]float64, len(w))
			o.EffectiveRate(rate)
		}
		p.Rate = append(p.Rate, rate)
	}
}

// Steps returns the number of steps taken.
func (p *Path) Steps() int { return max(0, len(p.W)-1) }

// Last returns the parameters after the last step, not copied, and nil if even
// the start was not finite.
func (p *Path) Last() []float64 {
	if len(p.W) == 0 {
		return nil
	}
	return p.W[len(p.W)-1]
}

// Final returns the loss after the last step, and NaN if even that of the start
// was not finite.
func (p *Path) Final() float64 {
	if len(p.Loss) == 0 {
		return math.NaN()
	}
	return p.Loss[len(p.Loss)-1]
}

// Turn returns the sum of the angles, in degrees, between each step and the
// next: 0 for a straight path, 180 for each reversal. A step of length 0 turns
// nothing, nor does one that is not finite.
func (p *Path) Turn() float64 {
	sum := 0.0
	var d, e []float64
	for t := 1; t < len(p.W); t++ {
		d = e
		e, _ = step(p.W[t-1], p.W[t])
		if a, b := dot(d, d), dot(e, e); a > 0 && b > 0 && isFinite(a) && isFinite(b) {
			cos := dot(d, e) / (math.Sqrt(a) * math.Sqrt(b))
			sum += math.Acos(math.Max(-1, math.Min(1, cos)))
		}
	}
	return sum * 180 / math.Pi
}

// Flips counts how often the step reverses its sign along coordinate i: the
// sign changes between successive differences w[t+1][i] − w[t][i].
func (p *Path) Flips(i int) int {
	n := 0
	for t := 2; t < len(p.W); t++ {
		// not by the product of the differences, which may be too small for a float64
		a, b, c := p.W[t-2][i], p.W[t-1][i], p.W[t][i]
		if a < b && b > c || a > b && b < c {
			n++
		}
	}
	return n
}

// Length returns the length of the path, the sum of the lengths of its steps.
func (p *Path) Length() float64 {
	sum := 0.0
	for t := 1; t < len(p.W); t++ {
		d, exp := step(p.W[t-1], p.W[t])
		sum += math.Ldexp(math.Sqrt(dot(d, d)), exp)
	}
	return sum
}

// step returns d with b − a = d·2^exp. The largest component of d lies between
// 1/2 and 1 in size, so that no square is too small or too large, unless the
// step is 0 or not finite; then exp is 0.
func step(a, b []float64) (d []float64, exp int) {
	d = make([]float64, len(a))
	for i := range d {
		d[i] = b[i] - a[i]
	}
	largest := maxNorm(d)
	half := 0
	if math.IsInf(largest, 1) { // half of each may be finite
		half = 1
		for i := range d {
			d[i] = b[i]/2 - a[i]/2
		}
		largest = maxNorm(d)
	}
	if largest == 0 || !isFinite(largest) {
		return d, 0
	}
	_, exp = math.Frexp(largest)
	for i := range d {
		d[i] = math.Ldexp(d[i], -exp)
	}
	return d, exp + half
}

// lowest returns the smallest loss up to each point.
func (p *Path) lowest() []float64 {
	if len(p.low) > len(p.Loss) {
		p.low = nil
	}
	for i := len(p.low); i < len(p.Loss); i++ {
		low := p.Loss[i]
		if i > 0 {
			low = min(low, p.low[i-1])
		}
		p.low = append(p.low, low)
	}
	return p.low
}
