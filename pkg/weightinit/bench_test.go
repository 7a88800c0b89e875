package weightinit

import (
	"math/rand/v2"
	"testing"
)

// The weights of a layer of 784 inputs and 100 units.
func BenchmarkFill(b *testing.B) {
	w := make([]float64, 784*100)
	for _, init := range []Initializer{NewHe(), NewHeUniform(), He{Dist: TruncatedDist}, NewSparse(0.9, 0.01), NewOrthogonal(1)} {
		b.Run(init.String(), func(b *testing.B) {
			src := rand.NewPCG(1, 1)
			for b.Loop() {
				init.Fill(w, 784, 100, src)
			}
		})
	}
}
