package optim_test

import (
	"hash/fnv"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"descent/pkg/optim"
)

// 200 steps of every method leave the same bits on every machine. Those that
// take a power with a fraction from package math are held to 1e-12 by the
// golden traces alone.
func TestBits(t *testing.T) {
	h := fnv.New64a()
	add := func(w []float64) {
		for _, x := range w {
			bits := math.Float64bits(x)
			for s := 0; s < 64; s += 8 {
				h.Write([]byte{byte(bits >> s)})
			}
		}
	}
	all := everything()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		switch name {
		case "NAdam", "ASGD", "Adafactor", "Follow": // math.Pow, math.Cos
			continue
		}
		rng := rand.New(rand.NewPCG(51, 52))
		opt := all[name](0.01)
		w := []float64{1, -2, 3, 4, -5, 6}
		for range 200 {
			grad := make([]float64, 6)
			for i := range grad {
				grad[i] = rng.Float64() - 0.5 + w[i]/8
			}
			if err := opt.Step(w, grad); err != nil {
				t.Fatal(err)
			}
		}
		add(w)
	}
	path := optim.Minimize(&optim.RMSProp{LR: 0.1, Rho: 0.9, Centered: true, Alpha: 0.5, Eps: 1e-7}, quadratic{0.1, 2}, []float64{-7, 2}, 200)
	add(path.Last())
	if got, want := h.Sum64(), uint64(0xc35d24b06609d222); got != want {
		t.Errorf("the parameters have hash %#x, on other machines %#x", got, want)
	}
}
