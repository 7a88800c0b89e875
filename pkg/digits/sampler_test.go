package digits_test

import (
	"math"
	"slices"
	"testing"

	"descent/pkg/digits"
)

func TestSamplerUsesEachRowOnceAnEpoch(t *testing.T) {
	for _, c := range []struct{ n, batch int }{{1, 1}, {7, 7}, {7, 3}, {12, 4}, {1438, 100}} {
		s := digits.NewSampler(c.n, c.batch, 5)
		if s.PerEpoch() != c.n/c.batch {
			t.Errorf("%d rows in batches of %d: %d batches an epoch", c.n, c.batch, s.PerEpoch())
		}
		dropped := make([]int, c.n)
		for range 50 {
			used := make([]int, c.n)
			for range s.PerEpoch() {
				b := s.Next()
				if len(b) != c.batch {
					t.Fatalf("a batch has %d rows, want %d", len(b), c.batch)
				}
				for _, i := range b {
					used[i]++
				}
			}
			for i, u := range used {
				if u > 1 {
					t.Fatalf("%d rows in batches of %d: row %d is used %d times in one epoch", c.n, c.batch, i, u)
				}
				dropped[i] += 1 - u
			}
		}
		if c.n == 7 && c.batch == 3 && slices.Max(dropped) == 50 {
			t.Error("the same row is dropped in every epoch")
		}
	}
}

// χ² of the counts of single rows, of the place a row takes in the epoch, and
// of pairs of successive draws, against equal shares: within 4 standard
// deviations of its mean.
func TestSamplersAreUniform(t *testing.T) {
	const n, draws = 20, 40000
	chi2 := func(name string, count []int) {
		total := 0
		for _, c := range count {
			total += c
		}
		want, sum := float64(total)/float64(len(count)), 0.0
		for _, c := range count {
			sum += (float64(c) - want) * (float64(c) - want) / want
		}
		df := float64(len(count) - 1)
		if math.Abs(sum-df) > 4*math.Sqrt(2*df) {
			t.Errorf("%s: χ² is %.1f with %v degrees of freedom", name, sum, df)
		}
	}
	single, pairs := make([]int, n), make([]int, n*n)
	with := digits.NewReplacementSampler(n, 2, 9)
	for range draws {
		b := with.Next()
		single[b[0]]++
		single[b[1]]++
		pairs[b[0]*n+b[1]]++
	}
	chi2("rows with replacement", single)
	chi2("pairs with replacement", pairs)

	place := make([]int, n*n)
	without := digits.NewSampler(n, n, 9)
	for range 2000 {
		for at, i := range without.Next() {
			place[at*n+i]++
		}
	}
	chi2("rows at each place of an epoch", place)
}

func TestSamplersRepeat(t *testing.T) {
	for name, make := range map[string]func(n, batch int, seed uint64) *digits.Sampler{
		"without replacement": digits.NewSampler,
		"with replacement":    digits.NewReplacementSampler,
	} {
		a, b, other := make(1438, 10, 3), make(1438, 10, 3), make(1438, 10, 4)
		same := true
		for range 300 {
			x := a.Next()
			if !slices.Equal(x, b.Next()) {
				t.Fatalf("%s: two samplers of one seed differ", name)
			}
			same = same && slices.Equal(x, other.Next())
		}
		if same {
			t.Errorf("%s: two seeds draw the same batches", name)
		}
		if n := testing.AllocsPerRun(1000, func() { a.Next() }); n != 0 {
			t.Errorf("%s: %v allocations a batch", name, n)
		}
	}
}
