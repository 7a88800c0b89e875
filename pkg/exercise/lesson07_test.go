package exercise

import (
	"fmt"
	"math"
	"slices"
)

var distinctForms = []countColumns{
	func(w []float64, in, out int) int {
		seen := map[string]bool{}
		for j := range out {
			var c []float64
			for i := range in {
				c = append(c, w[i*out+j])
			}
			seen[fmt.Sprint(c)] = true
		}
		return len(seen)
	},
	func(w []float64, in, out int) int { // each column that has no equal after it
		n := out
		for j := 0; j < out; j++ {
		search:
			for k := j + 1; k < out; k++ {
				for i := 0; i < in; i++ {
					if w[i*out+j] != w[i*out+k] {
						continue search
					}
				}
				n--
				break
			}
		}
		return n
	},
}

// byKey counts the columns by a number made of each.
func byKey(key func(column []float64) float64) countColumns {
	return func(w []float64, in, out int) int {
		seen := map[float64]bool{}
		for _, c := range column(w, in, out) {
			seen[key(c)] = true
		}
		return len(seen)
	}
}

// folded makes a key of a column, value by value.
func folded(step func(sum, x float64, i int) float64) func([]float64) float64 {
	return func(c []float64) (sum float64) {
		for i, x := range c {
			sum = step(sum, x, i)
		}
		return sum
	}
}

var distinctWrong = []countColumns{
	byKey(folded(func(s, x float64, i int) float64 { return s + float64(i)*x })),
	byKey(folded(func(s, x float64, i int) float64 { return s + float64(i+1)*x })),
	byKey(folded(func(s, x float64, i int) float64 { return s + math.Pow(2, float64(i))*x })),
	byKey(folded(func(s, x float64, i int) float64 { return s + x*x })),
	byKey(folded(func(s, x float64, i int) float64 { return s + math.Abs(x) })),
	byKey(folded(func(s, x float64, i int) float64 { return s - x })),
	byKey(folded(func(s, x float64, i int) float64 { return 2*s + x })),
	byKey(slices.Max[[]float64]), byKey(slices.Min[[]float64]),
	byKey(func(c []float64) float64 {
		p := 1.0
		for _, x := range c {
			p *= x
		}
		return p
	}),
	func(w []float64, in, out int) int { // sorted columns
		cs := column(w, in, out)
		for _, c := range cs {
			slices.Sort(c)
		}
		return kinds(cs)
	},
	func(w []float64, in, out int) int { // joined without a gap
		seen := map[string]bool{}
		for _, c := range column(w, in, out) {
			key := ""
			for _, x := range c {
				key += fmt.Sprint(x)
			}
			seen[key] = true
		}
		return len(seen)
	},
	func(w []float64, in, out int) int { return in },
	func(w []float64, in, out int) int { return len(w) },
	func(w []float64, in, out int) int { return out - 1 },
	func(w []float64, in, out int) int { return out / 2 },
	func(w []float64, in, out int) int { return min(in, out) },
	func([]float64, int, int) int { return 2 }, func([]float64, int, int) int { return 3 }, func([]float64, int, int) int { return 4 },
}
