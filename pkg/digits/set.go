package digits

import (
	"fmt"

	"descent/pkg/internal/count"
)

// Set is labeled data, one flat slice for all rows.
type Set struct {
	X      []float64 // features row by row, Len()·Dim numbers
	Labels []int     // class of each row, from 0
	Dim    int       // features a row
}

// Len returns the number of rows.
func (s Set) Len() int { return len(s.Labels) }

// Row returns the features of row i. It is a view, not a copy.
func (s Set) Row(i int) []float64 { return s.X[i*s.Dim : (i+1)*s.Dim : (i+1)*s.Dim] }

// Subset returns a copy of the rows in idx, in that order; a row may come
// more than once.
func (s Set) Subset(idx []int) Set {
	sub := Set{X: make([]float64, len(idx)*s.Dim), Labels: make([]int, len(idx)), Dim: s.Dim}
	s.Gather(sub.X, sub.Labels, idx)
	return sub
}

// Gather copies the features of the rows in idx to x and their labels to
// labels, without allocating. It panics if x holds fewer than len(idx)·Dim
// numbers, labels fewer than len(idx), or an index is out of range.
func (s Set) Gather(x []float64, labels []int, idx []int) {
	if len(x) < len(idx)*s.Dim || len(labels) < len(idx) {
		panic(fmt.Sprintf("digits: len(x) = %d and len(labels) = %d do not fit %s of %s", len(x), len(labels), count.Of(len(idx), "row"), count.Of(s.Dim, "feature")))
	}
	for k, i := range idx {
		if i < 0 || i >= s.Len() {
			panic(fmt.Sprintf("digits: idx[%d] is %d, allowed is 0 to %d", k, i, s.Len()-1))
		}
		copy(x[k*s.Dim:(k+1)*s.Dim], s.Row(i))
		labels[k] = s.Labels[i]
	}
}

// Validate reports lengths that do not agree: Dim < 1, no row, or
// len(X) ≠ len(Labels)·Dim.
func (s Set) Validate() error {
	switch {
	case s.Dim < 1:
		return fmt.Errorf("digits: Set.Dim is %d, allowed is 1 or more", s.Dim)
	case s.Len() == 0:
		return fmt.Errorf("digits: Set.Labels is empty, at least one row is needed")
	case len(s.X) != s.Len()*s.Dim:
		return fmt.Errorf("digits: len(Set.X) is %d, allowed is %d (%s, %s each)", len(s.X), s.Len()*s.Dim, count.Of(s.Len(), "label"), count.Of(s.Dim, "feature"))
	}
	return nil
}

func (s Set) where(keep func(i int) bool) Set {
	var idx []int
	for i := range s.Labels {
		if keep(i) {
			idx = append(idx, i)
		}
	}
	return s.Subset(idx)
}
