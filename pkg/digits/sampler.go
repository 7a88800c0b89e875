package digits

import (
	"fmt"
	"math/rand/v2"
)

// Sampler draws batches of row indices. The same seed draws the same batches
// on every 64-bit machine. It is not safe for concurrent use.
type Sampler struct {
	rng     *rand.Rand
	n, size int
	order   []int // shuffled rows of this epoch; nil with replacement
	next    int   // where in order the next batch starts
	batch   []int // the batch with replacement
}

// NewSampler draws batches of the given size from n rows without replacement:
// each epoch shuffles the rows anew and uses each at most once; a tail shorter
// than a batch is dropped. It panics unless 1 ≤ batch ≤ n.
func NewSampler(n, batch int, seed uint64) *Sampler {
	s := newSampler(n, batch, seed)
	s.order = make([]int, n)
	for i := range s.order {
		s.order[i] = i
	}
	s.next = n
	return s
}

// NewReplacementSampler draws each row of each batch from all n rows, so that
// a row may come twice. It panics unless 1 ≤ batch ≤ n.
func NewReplacementSampler(n, batch int, seed uint64) *Sampler {
	s := newSampler(n, batch, seed)
	s.batch = make([]int, batch)
	return s
}

// batchStream makes the batches of a seed other numbers than its weights.
const batchStream = 0xba7c

func newSampler(n, batch int, seed uint64) *Sampler {
	if n < 1 {
		panic(fmt.Sprintf("digits: the number of rows is %d, allowed is 1 or more", n))
	}
	if batch < 1 || batch > n {
		panic(fmt.Sprintf("digits: batch is %d, allowed is 1 to %d, the number of rows", batch, n))
	}
	return &Sampler{rng: rand.New(rand.NewPCG(seed, batchStream)), n: n, size: batch}
}

// Next returns the rows of the next batch. The slice is valid until the next
// call; nothing is allocated.
func (s *Sampler) Next() []int {
	if s.order == nil {
		for i := range s.batch {
			s.batch[i] = s.rng.IntN(s.n)
		}
		return s.batch
	}
	if s.next+s.size > s.n {
		s.rng.Shuffle(s.n, func(i, j int) { s.order[i], s.order[j] = s.order[j], s.order[i] })
		s.next = 0
	}
	b := s.order[s.next : s.next+s.size : s.next+s.size]
	s.next += s.size
	return b
}

// PerEpoch returns the number of batches in an epoch: n/batch, the tail
// dropped.
func (s *Sampler) PerEpoch() int { return s.n / s.size }
