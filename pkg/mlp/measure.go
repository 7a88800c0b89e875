package mlp

import (
	"encoding/binary"
	"fmt"
	"math"

	"descent/pkg/internal/count"
	"descent/pkg/internal/exact"
)

// Measures tell how a layer fares.
type Measures struct {
	Mean, Std float64 // of the activations, over all rows and units; Std divides by their number
	// root mean square, over the units, of the standard deviation of a unit over
	// the rows
	UnitStd float64
	// share of activations in the outer 5 % at either end of the range: below 0.05
	// or above 0.95 for sigmoid, beyond ±0.9 for tanh; NaN for functions without
	// two bounds
	Saturated float64
	Zero      float64 // share of activations that are 0
	// share of units that let no gradient pass in any row, f′(z) = 0: for ReLU z ≤
	// 0; NaN for softmax
	Dead     float64
	Distinct int     // number of units that differ from one another in weights or bias, bit by bit
	Delta    float64 // root mean square of ∂L/∂z; NaN before Gradient or Back
	Gradient float64 // ‖∂L/∂W‖; NaN before Gradient or Back
	// ‖ΔW‖/‖W‖ of the step before, as Train records it: 0 before the first; NaN
	// from Trace.Measures; not finite where W was 0
	Update float64
}

// Measures measures each layer.
func (t *Trace) Measures() []Measures {
	m := make([]Measures, len(t.Layers))
	for i := range t.Layers {
		m[i] = t.Layers[i].measures()
	}
	return m
}

func (l *Layer) measures() Measures {
	m := Measures{
		Saturated: l.saturated(), Dead: l.dead(), Distinct: l.distinct(),
		Delta: math.NaN(), Gradient: math.NaN(), Update: math.NaN(),
	}
	zeros := 0
	for _, a := range l.A {
		if a == 0 {
			zeros++
		}
	}
	m.Zero = float64(zeros) / float64(len(l.A))
	m.Mean, m.Std, m.UnitStd = l.spread(1)
	if !ordinary(m.Std) || !ordinary(m.UnitStd) {
		m.Mean, m.Std, m.UnitStd = l.spread(unitOf(l.A))
	}
	if l.Delta != nil {
		m.Delta, m.Gradient = RMS(l.Delta), norm(l.DW)
	}
	return m
}

// spread returns Mean, Std and UnitStd, computed in the given unit, a power of
// two.
func (l *Layer) spread(unit float64) (mean, std, unitStd float64) {
	n := float64(len(l.A))
	for _, a := range l.A {
		mean += a / unit
	}
	mean /= n
	for _, a := range l.A {
		std += sq(a/unit - mean)
	}
	rows := float64(len(l.A) / l.Out)
	for j := range l.Out {
		mean := 0.0
		for i := j; i < len(l.A); i += l.Out {
			mean += l.A[i] / unit / rows
		}
		for i := j; i < len(l.A); i += l.Out {
			unitStd += sq(l.A[i]/unit - mean)
		}
	}
	return mean * unit, math.Sqrt(std/n) * unit, math.Sqrt(unitStd/n) * unit
}

func sq(x float64) float64 { return float64(x * x) }

// ordinary reports whether a root of a sum of squares, computed as it is, has
// its digits: no square that matters was too small or too large for a float64.
func ordinary(root float64) bool { return root > 1e-140 && root <= math.MaxFloat64 }

// unitOf returns the power of two below the largest number of x in size, and 1 if
// that is 0 or not finite.
func unitOf(x []float64) float64 {
	largest := 0.0
	for _, x := range x {
		largest = max(largest, math.Abs(x))
	}
	if largest == 0 || !(largest <= math.MaxFloat64) {
		return 1
	}
	_, exp := math.Frexp(largest)
	return math.Ldexp(1, exp-1)
}

func (l *Layer) saturated() float64 {
	act, ok := l.act.(interface{ bounds() (lo, hi float64) })
	if !ok {
		return math.NaN()
	}
	lo, hi := act.bounds()
	edge := 0.05 * (hi - lo)
	n := 0
	for _, a := range l.A {
		if a < lo+edge || a > hi-edge {
			n++
		}
	}
	return float64(n) / float64(len(l.A))
}

func (l *Layer) dead() float64 {
	if l.act == nil {
		return math.NaN()
	}
	alive := make([]bool, l.Out)
	slope := make([]float64, l.Out)
	for r := 0; r < len(l.Z); r += l.Out {
		for j := range slope {
			slope[j] = 1
		}
		l.act.Back(slope, l.Z[r:r+l.Out], l.A[r:r+l.Out])
		for j, s := range slope {
			alive[j] = alive[j] || s != 0
		}
	}
	n := 0
	for _, a := range alive {
		if !a {
			n++
		}
	}
	return float64(n) / float64(l.Out)
}

func (l *Layer) distinct() int {
	seen := make(map[string]bool)
	key := make([]byte, 0, 8*(l.In+1))
	for j := range l.Out {
		key = key[:0]
		for i := j; i < len(l.W); i += l.Out {
			key = binary.LittleEndian.AppendUint64(key, math.Float64bits(l.W[i]))
		}
		key = binary.LittleEndian.AppendUint64(key, math.Float64bits(l.B[j]))
		seen[string(key)] = true
	}
	return len(seen)
}

// RMS returns the root mean square of x, √(Σx²/n), and NaN if x is empty. The
// ratio RMS(Delta) of a layer to that of the next is what a gradient loses on
// its way back through one layer.
func RMS(x []float64) float64 {
	length, unit := length(x)
	return length / math.Sqrt(float64(len(x))) * unit
}

// norm returns ‖x‖.
func norm(x []float64) float64 {
	length, unit := length(x)
	return length * unit
}

// length returns ‖x‖ as length·unit.
func length(x []float64) (length, unit float64) {
	if length = math.Sqrt(sumSq(x, 1)); ordinary(length) {
		return length, 1
	}
	unit = unitOf(x)
	return math.Sqrt(sumSq(x, unit)), unit
}

// distance returns ‖a − b‖.
func distance(a, b []float64) float64 {
	d := make([]float64, len(a))
	for i := range d {
		d[i] = a[i] - b[i]
	}
	return norm(d)
}

// sumSq returns ‖x/unit‖².
func sumSq(x []float64, unit float64) float64 {
	sum := 0.0
	for _, x := range x {
		sum += sq(x / unit)
	}
	return sum
}

// Histogram counts how many of x fall into each of len(counts) bins of equal
// width from lo to hi; the last bin includes hi, what lies outside is not
// counted. It panics if counts is empty or not lo < hi.
//
// The same as numpy.histogram with range=(lo, hi), except that a number within
// one rounding of the edge of a bin may fall on its other side.
func Histogram(counts []int, x []float64, lo, hi float64) {
	if len(counts) == 0 || !(lo < hi) || math.IsInf(lo, 0) || math.IsInf(hi, 0) {
		panic(fmt.Sprintf("mlp: Histogram of %s from %v to %v, allowed are 1 bin or more and finite lo < hi", count.Of(len(counts), "bin"), lo, hi))
	}
	clear(counts)
	bins := float64(len(counts))
	scale := bins / (hi - lo)
	extreme := scale < 0x1p-1022 || math.IsInf(scale, 0)
	for _, x := range x {
		b := float64((x - lo) * scale)
		if extreme { // the range or its inverse is too large for a float64, half the range is not
			b = float64((x/2-lo/2)/(hi/2-lo/2)) * bins
			if hi-lo < 1 {
				b = float64((x-lo)/(hi-lo)) * bins
			}
		}
		if b >= 0 && b < bins {
			counts[int(b)]++
		} else if x == hi {
			counts[len(counts)-1]++
		}
	}
}

// Histograms counts the activations of each layer as Histogram does, in the
// given number of bins; layers are counted side by side. The result is
// overwritten by the next call.
func (t *Trace) Histograms(bins int, lo, hi float64) [][]int {
	if bins < 1 {
		panic(fmt.Sprintf("mlp: Histograms of %s, allowed is 1 or more", count.Of(bins, "bin")))
	}
	c := &t.count
	c.lo, c.hi = lo, hi
	if len(c.counts) != len(t.Layers) || len(c.counts[0]) != bins {
		c.counts = make([][]int, len(t.Layers))
		for i := range c.counts {
			c.counts[i] = make([]int, bins)
		}
	}
	c.run(len(t.Layers))
	return c.counts
}

// tally is the job of Histograms.
type tally struct {
	job
	counts [][]int
	lo, hi float64
}

// Entropy returns how evenly a histogram is spread: the entropy of its shares
// p over that of an even one,
//
//	−Σ p·ln p / ln n
//
// 1 where all n bins hold the same, 0 where one holds all. It panics if there
// are fewer than 2 bins or nothing is counted.
func Entropy(counts []int) float64 {
	sum := 0
	for _, c := range counts {
		sum += c
	}
	if len(counts) < 2 || sum == 0 {
		panic(fmt.Sprintf("mlp: Entropy of a total of %d in %s, allowed is 1 or more in 2 bins or more", sum, count.Of(len(counts), "bin")))
	}
	h := 0.0
	for _, c := range counts {
		if c > 0 {
			p := float64(c) / float64(sum)
			h -= float64(p * exact.Log(p))
		}
	}
	return h / exact.Log(float64(len(counts)))
}
