package digits_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"descent/pkg/digits"
)

func TestSets(t *testing.T) {
	all, train, test := digits.All(), digits.Train(), digits.Test()
	for _, c := range []struct {
		name string
		set  digits.Set
		rows int
	}{{"All", all, 1797}, {"Train", train, 1438}, {"Test", test, 359}} {
		if err := c.set.Validate(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if c.set.Len() != c.rows || c.set.Dim != 64 {
			t.Errorf("%s has %d rows of %d features, want %d of 64", c.name, c.set.Len(), c.set.Dim, c.rows)
		}
	}
	for i := range all.Len() {
		part, row := train, i-(i+1)/5
		if i%5 == 4 {
			part, row = test, i/5
		}
		if !slices.Equal(part.Row(row), all.Row(i)) || part.Labels[row] != all.Labels[i] {
			t.Fatalf("row %d of All is not row %d of its part", i, row)
		}
	}
}

// Counts and sums that NumPy 2.4.6 gives for the file.
func TestContents(t *testing.T) {
	all := digits.All()
	count := make([]int, digits.Classes)
	for _, l := range all.Labels {
		count[l]++
	}
	if want := []int{178, 182, 177, 183, 181, 182, 181, 179, 174, 180}; !slices.Equal(count, want) {
		t.Errorf("images of each class: %v, want %v", count, want)
	}
	sum, weighted := 0.0, 0.0
	for i, x := range all.X {
		if x < 0 || x > 1 || x*16 != math.Trunc(x*16) {
			t.Fatalf("pixel %d is %v, want a multiple of 1/16 from 0 to 1", i, x)
		}
		sum += x * 16
		weighted += x * 16 * float64(i%1009)
	}
	if sum != 561718 || weighted != 283139404 {
		t.Errorf("sums of the pixels are %v and %v, want 561718 and 283139404", sum, weighted)
	}
}

func TestSubset(t *testing.T) {
	all := digits.All()
	idx := []int{1796, 3, 3, 0}
	sub := all.Subset(idx)
	for k, i := range idx {
		if !slices.Equal(sub.Row(k), all.Row(i)) || sub.Labels[k] != all.Labels[i] {
			t.Errorf("row %d of the subset is not row %d", k, i)
		}
	}
	sub.X[0] = -1
	if all.Row(1796)[0] == -1 {
		t.Error("a subset shares its rows with the set")
	}
	if row := all.Row(5); len(row) != 64 || cap(row) != 64 {
		t.Errorf("a row has length %d and capacity %d, want 64", len(row), cap(row))
	}
}

func TestValidate(t *testing.T) {
	for want, set := range map[string]digits.Set{
		"digits: Set.Dim is 0":         {Labels: []int{1}},
		"digits: Set.Labels is empty":  {Dim: 2},
		"digits: len(Set.X) is 3, all": {X: make([]float64, 3), Labels: []int{1, 2}, Dim: 2},
	} {
		if err := set.Validate(); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

func TestPanics(t *testing.T) {
	set := digits.Set{X: []float64{1, 2, 3, 4}, Labels: []int{0, 1}, Dim: 2}
	for want, call := range map[string]func(){
		"digits: batch is 0, allowed is 1 to 7":                                  func() { digits.NewSampler(7, 0, 1) },
		"digits: batch is 8, allowed is 1 to 7":                                  func() { digits.NewReplacementSampler(7, 8, 1) },
		"digits: the number of rows is 0, allow":                                 func() { digits.NewSampler(0, 1, 1) },
		"digits: idx[1] is 2, allowed is 0 to 1":                                 func() { set.Subset([]int{0, 2}) },
		"digits: idx[0] is -1, allowed is 0 to 1":                                func() { set.Subset([]int{-1}) },
		"digits: len(x) = 3 and len(labels) = 2 do not fit 2 rows of 2 features": func() { set.Gather(make([]float64, 3), make([]int, 2), []int{0, 1}) },
	} {
		func() {
			defer func() {
				if r, _ := recover().(string); !strings.HasPrefix(r, want) {
					t.Errorf("panic %q, want %q", r, want)
				}
			}()
			call()
		}()
	}
}
