package mlp

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The functions that this processor uses equal their plain twins bit for bit,
// over the whole range of numbers and for every length.
func TestVectors(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	src := []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), math.Copysign(math.NaN(), -1),
		709.78, 709.79, 709.8, 709.81, 1e300, -745.13, -745.2, -745.21, -1e300, 5e-324, -5e-324, 0.25, -0.25, math.Nextafter(0.25, 0)}
	for range 400_000 {
		src = append(src, rng.NormFloat64(), 1500*rng.Float64()-750, math.Pow(10, 30*rng.Float64()-25))
	}
	for name, f := range map[string][2]func(dst, src []float64){
		"exp":      {vector.exp, plainVectors.exp},
		"sigmoid":  {vector.sigmoid, plainVectors.sigmoid},
		"tanh":     {vector.tanh, plainVectors.tanh},
		"ReLU":     {vector.relu, plainVectors.relu},
		"ReLUBack": {vector.reluBack, plainVectors.reluBack},
	} {
		check := func(src []float64) {
			t.Helper()
			got, want := normal(rng, len(src)), make([]float64, len(src))
			copy(want, got)
			f[0](got, src)
			f[1](want, src)
			for i := range want {
				if math.Float64bits(got[i]) != math.Float64bits(want[i]) && !(math.IsNaN(got[i]) && math.IsNaN(want[i])) {
					t.Fatalf("%s(%v) is %v, plain %v", name, src[i], got[i], want[i])
				}
			}
		}
		check(src)
		for n := range 20 {
			check(src[n : 2*n])
		}
	}
}

func BenchmarkVectors(b *testing.B) {
	src := normal(rand.New(rand.NewPCG(1, 2)), 10000)
	dst := make([]float64, len(src))
	for name, f := range map[string]func(dst, src []float64){
		"exp": vector.exp, "sigmoid": vector.sigmoid, "tanh": vector.tanh, "ReLU": vector.relu, "ReLUBack": vector.reluBack, "sigmoid plain": plainVectors.sigmoid,
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f(dst, src)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(src)), "ns/number")
		})
	}
}
