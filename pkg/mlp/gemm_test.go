package mlp

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// products returns those that this machine has.
func products() map[string]gemmFunc {
	return map[string]gemmFunc{"used": product, "plain": gemmGo}
}

// The product that this processor uses and the plain one equal the sum written
// out, bit for bit, for every shape up to a few tiles, A plain and transposed.
func TestGemm(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, m := range []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 23} {
		for n := 1; n <= 34; n++ {
			for _, k := range []int{1, 2, 3, 7, 64, 300} {
				for _, transposed := range []bool{false, true} {
					row, col := k, 1
					if transposed {
						row, col = 1, m
					}
					a, b, c := normal(rng, m*k), normal(rng, k*n), normal(rng, m*n)
					want := append([]float64(nil), c...)
					for i := range m {
						for j := range n {
							for l := range k {
								want[i*n+j] += float64(a[i*row+l*col] * b[l*n+j])
							}
						}
					}
					for name, f := range products() {
						got := append([]float64(nil), c...)
						f(got, a, row, col, b, m, n, k)
						for i := range want {
							if math.Float64bits(got[i]) != math.Float64bits(want[i]) {
								t.Fatalf("%s product, %d×%d·%d×%d, transposed %v: element %d is %v, want %v",
									name, m, k, k, n, transposed, i, got[i], want[i])
							}
						}
					}
				}
			}
		}
	}
}

// The products read and write nothing beyond their matrices.
func TestGemmKeepsWhatLiesBehind(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for name, f := range products() {
		for n := 1; n <= 33; n++ {
			const m, k = 3, 5
			c, b := make([]float64, m*n), normal(rng, k*n)
			for i := range 16 {
				c, b = append(c, float64(i)), append(b, math.NaN())
			}
			f(c, normal(rng, m*k), k, 1, b, m, n, k)
			for i, x := range c[:m*n] {
				if math.IsNaN(x) {
					t.Errorf("%s product, n = %d: element %d of C comes from behind B", name, n, i)
				}
			}
			if got := fmt.Sprint(c[m*n:]); got != "[0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15]" {
				t.Errorf("%s product, n = %d: what lies behind C is now %s", name, n, got)
			}
		}
	}
}

func TestGemmBounds(t *testing.T) {
	for name, call := range map[string]func(){
		"A": func() { gemm(make([]float64, 6), make([]float64, 7), 4, 1, make([]float64, 12), 2, 3, 4) },
		"B": func() { gemm(make([]float64, 6), make([]float64, 8), 4, 1, make([]float64, 11), 2, 3, 4) },
		"C": func() { gemm(make([]float64, 5), make([]float64, 8), 4, 1, make([]float64, 12), 2, 3, 4) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s may be too short", name)
				}
			}()
			call()
		}()
	}
}

func normal(rng *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	return x
}

func BenchmarkGemm(b *testing.B) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, s := range []struct{ m, n, k int }{{10, 10, 64}, {100, 50, 64}, {128, 100, 784}} {
		x, y, c := normal(rng, s.m*s.k), normal(rng, s.k*s.n), make([]float64, s.m*s.n)
		for name, f := range products() {
			b.Run(fmt.Sprintf("%dx%dx%d/%s", s.m, s.n, s.k, name), func(b *testing.B) {
				for b.Loop() {
					f(c, x, s.k, 1, y, s.m, s.n, s.k)
				}
				b.ReportMetric(2*float64(s.m*s.n*s.k)*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GFLOPS")
			})
		}
	}
}
