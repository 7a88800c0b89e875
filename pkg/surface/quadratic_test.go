package surface_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"descent/pkg/surface"
)

var spectra = map[string][]float64{
	"one":        {3},
	"ravine":     {0.1, 2},
	"saddle":     {5, -1, 0.25},
	"degenerate": {4, 4, 4, 0, 1},
	"wide":       {1e-3, 1e-2, 0.1, 1, 10, 100, 1000},
}

// f is half of wᵀ times its gradient, the gradient the Hessian times w and the
// slope of f: all exact for a quadratic, but for rounding.
func TestQuadraticDerivatives(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	for name, eigenvalues := range spectra {
		size := 0.0
		for _, v := range eigenvalues {
			size = max(size, math.Abs(v))
		}
		q := surface.NewQuadratic(eigenvalues...)
		for seed, q := range []*surface.Quadratic{q, q.Rotate(1), q.Rotate(2)} {
			n := q.Len()
			w, grad, hess := make([]float64, n), make([]float64, n), make([]float64, n*n)
			for range 20 {
				for i := range w {
					w[i] = 4*rng.Float64() - 2
				}
				q.Grad(grad, w)
				q.Hess(hess, w)
				for i := range w {
					product := 0.0
					for j := range w {
						product += hess[i*n+j] * w[j]
						if hess[i*n+j] != hess[j*n+i] {
							t.Fatalf("%s %d: the Hessian is not symmetric", name, seed)
						}
					}
					x := w[i]
					w[i] = x + 0.5
					up := q.Func(w)
					w[i] = x - 0.5
					down := q.Func(w)
					w[i] = x
					if math.Abs(grad[i]-product) > 1e-13*size || math.Abs(grad[i]-(up-down)) > 1e-13*size*float64(n) {
						t.Fatalf("%s %d: ∂f/∂w[%d] is %v, by the Hessian %v, by differences %v", name, seed, i, grad[i], product, up-down)
					}
				}
			}
		}
	}
}

// The traces of the powers of the Hessian are those of the eigenvalues, which
// determines them all.
func TestQuadraticSpectrum(t *testing.T) {
	for name, eigenvalues := range spectra {
		for seed := range uint64(5) {
			q := surface.NewQuadratic(eigenvalues...).Rotate(seed)
			n := q.Len()
			hess := make([]float64, n*n)
			q.Hess(hess, make([]float64, n))
			power := append([]float64(nil), hess...)
			for k := 1; k <= n; k++ {
				trace, want, size := 0.0, 0.0, 0.0
				for i, v := range eigenvalues {
					trace += power[i*n+i]
					want += math.Pow(v, float64(k))
					size += math.Pow(math.Abs(v), float64(k))
				}
				if math.Abs(trace-want) > 1e-13*size {
					t.Errorf("%s, seed %d: trace of power %d is %v, want %v", name, seed, k, trace, want)
				}
				next := make([]float64, n*n)
				for i := range n {
					for j := range n {
						for l := range n {
							next[i*n+j] += power[i*n+l] * hess[l*n+j]
						}
					}
				}
				power = next
			}
		}
	}
}

// The seed decides the axes. All directions are equally likely: the mean of the
// Hessian is the mean eigenvalue times the identity.
func TestQuadraticRotation(t *testing.T) {
	q := surface.NewQuadratic(1, 2, 9)
	at := make([]float64, 3)
	hess, again, mean := make([]float64, 9), make([]float64, 9), make([]float64, 9)
	const seeds = 4000
	for seed := range uint64(seeds) {
		q.Rotate(seed).Hess(hess, at)
		for i, v := range hess {
			mean[i] += v / seeds
		}
	}
	q.Rotate(seeds-1).Rotate(seeds-1).Hess(again, at)
	for i, v := range again {
		if v != hess[i] {
			t.Fatal("the same seed gives other axes")
		}
	}
	for i, v := range mean {
		want := 0.0
		if i%4 == 0 {
			want = 4
		}
		if math.Abs(v-want) > 0.15 { // the standard error is at most 0.05
			t.Errorf("element %d of the mean Hessian is %v, want %v", i, v, want)
		}
	}
	q.Hess(hess, at)
	if hess[0] != 1 || hess[4] != 2 || hess[8] != 9 || hess[1] != 0 {
		t.Error("Rotate changes the quadratic that it is called on")
	}
}

func TestQuadraticIsTheRavine(t *testing.T) {
	q := surface.NewQuadratic(0.1, 2)
	w, grad, want := []float64{-7, 2}, make([]float64, 2), make([]float64, 2)
	q.Grad(grad, w)
	surface.Ravine.Grad(want, w)
	if math.Abs(q.Func(w)-6.45) > 1e-14 || math.Abs(grad[0]-want[0]) > 1e-15 || grad[1] != want[1] {
		t.Errorf("f = %v, ∇f = %v, want 6.45 and %v", q.Func(w), grad, want)
	}
}

func TestQuadraticCopies(t *testing.T) {
	eigenvalues := []float64{1, 2}
	q := surface.NewQuadratic(eigenvalues...)
	eigenvalues[0] = 7
	if q.Func([]float64{2, 0}) != 2 {
		t.Error("the quadratic changes with the slice that it was made of")
	}
}

func TestQuadraticDoesNotAllocate(t *testing.T) {
	q := surface.NewQuadratic(1, 2, 3).Rotate(1)
	w, grad := []float64{1, 2, 3}, make([]float64, 3)
	if n := testing.AllocsPerRun(10, func() { q.Func(w); q.Grad(grad, w) }); n != 0 {
		t.Errorf("Func and Grad allocate %v times", n)
	}
}
