package digits

import "math/rand/v2"

// RareWords returns data like those of texts, in which most features are rare:
// 3,000 rows to train on and 3,000 to test, of 300 features that are 0 or 1.
//
//   - Features 0 to 9 are the common words: each is in half of the rows and
//     says nothing about the label.
//   - Each row has exactly one of the features 10 to 299, the k-th of these
//     290 rare words with a probability proportional to 1/k. It belongs to one
//     of the two classes, by a coin, and 95% of its rows have that label.
//
// So no classifier can be expected to be right in more than 95% of the rows.
// The same seed gives the same data on every machine.
//
// After the sparse problems of Duchi, Hazan and Singer 2011, JMLR 12:2121–2159,
// section 1.3, where informative features are rare.
func RareWords(seed uint64) (train, test Set) {
	const common, rare, rows = 10, 290, 3000
	const wordStream = 0x3a3e // other numbers than those of batches and weights
	rng := rand.New(rand.NewPCG(seed, wordStream))
	class := make([]int, rare)
	upTo := make([]float64, rare) // Σ 1/k
	sum := 0.0
	for k := range rare {
		class[k] = rng.IntN(2)
		sum += 1 / float64(k+1)
		upTo[k] = sum
	}
	draw := func() Set {
		s := Set{Dim: common + rare, X: make([]float64, rows*(common+rare)), Labels: make([]int, rows)}
		for i := range s.Labels {
			row := s.Row(i)
			for j := range common {
				row[j] = float64(rng.IntN(2))
			}
			k := 0
			for u := rng.Float64() * sum; upTo[k] <= u; k++ {
			}
			row[common+k] = 1
			s.Labels[i] = class[k]
			if rng.Float64() >= 0.95 {
				s.Labels[i] = 1 - class[k]
			}
		}
		return s
	}
	return draw(), draw()
}
