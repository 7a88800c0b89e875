package digits_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"descent/pkg/digits"
)

// Each row has one rare word, which decides the label in 95% of the rows; the
// k-th rare word is in 1/k of those that the first is in; common words are in
// half of the rows and do not tell the label. Bands are 4 standard deviations.
func TestRareWords(t *testing.T) {
	train, test := digits.RareWords(3)
	seen, ones := make([]int, 300), make([][2]int, 300)
	for _, s := range []digits.Set{train, test} {
		if err := s.Validate(); err != nil || s.Dim != 300 || s.Len() != 3000 {
			t.Fatalf("%d rows of %d features: %v", s.Len(), s.Dim, err)
		}
		for i := range s.Len() {
			rare := 0
			for j, x := range s.Row(i) {
				switch {
				case x == 1:
					seen[j]++
					ones[j][s.Labels[i]]++
					if j >= 10 {
						rare++
					}
				case x != 0:
					t.Fatalf("row %d, feature %d is %v", i, j, x)
				}
			}
			if rare != 1 {
				t.Fatalf("row %d has %d rare words", i, rare)
			}
		}
	}
	near := func(what string, got, n int, p float64) {
		t.Helper()
		if math.Abs(float64(got)-float64(n)*p) > 4*math.Sqrt(float64(n)*p*(1-p)) {
			t.Errorf("%s: %d of %d, want about %v", what, got, n, p)
		}
	}
	sum := 0.0
	for k := 1; k <= 290; k++ {
		sum += 1 / float64(k)
	}
	right, classes := 0, [2]int{}
	for j := range 300 {
		if j < 10 {
			near(fmt.Sprintf("rows with common word %d", j), seen[j], 6000, 0.5)
			near(fmt.Sprintf("label 1 with common word %d", j), ones[j][1], seen[j], float64(countOnes(train, test))/6000)
			continue
		}
		near(fmt.Sprintf("rows with rare word %d", j), seen[j], 6000, 1/float64(j-9)/sum)
		right += slices.Max(ones[j][:])
		if seen[j] > 0 && ones[j][1] > ones[j][0] {
			classes[1]++
		} else if seen[j] > 0 {
			classes[0]++
		}
	}
	// the majority of a word seen a few times is right a little too often
	near("rows with the label of their rare word", right, 6000, 0.957)
	near("rare words of class 1", classes[1], classes[0]+classes[1], 0.5)
}

func countOnes(sets ...digits.Set) (ones int) {
	for _, s := range sets {
		for _, l := range s.Labels {
			ones += l
		}
	}
	return ones
}

func TestRareWordsFollowTheSeed(t *testing.T) {
	a, _ := digits.RareWords(1)
	b, _ := digits.RareWords(1)
	c, d := digits.RareWords(2)
	if !slices.Equal(a.X, b.X) || !slices.Equal(a.Labels, b.Labels) {
		t.Error("the same seed gives other data")
	}
	if slices.Equal(a.X, c.X) || slices.Equal(c.X, d.X) {
		t.Error("another seed, or the test data, are the same data")
	}
}
