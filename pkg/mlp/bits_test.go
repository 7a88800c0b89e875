package mlp

import (
	"hash/fnv"
	"math"
	"testing"

	"descent/pkg/digits"
	"descent/pkg/weightinit"
)

// hash returns the FNV-1a hash of the bits of x.
func hash(x []float64) uint64 {
	h := fnv.New64a()
	for _, x := range x {
		bits := math.Float64bits(x)
		for s := 0; s < 64; s += 8 {
			h.Write([]byte{byte(bits >> s)})
		}
	}
	return h.Sum64()
}

// 20,000 values of exp and tanh have the same bits on every machine.
func TestExpBits(t *testing.T) {
	var y []float64
	for i := range 10000 {
		x := float64(i-5000) / 256
		y = append(y, exp(x), tanh(x/8))
	}
	if got, want := hash(y), uint64(0x85b9569a1f7b53f); got != want {
		t.Errorf("the values have hash %#x, on other machines %#x", got, want)
	}
}

// So have the activation functions that exp and tanh do not cover, and their
// derivatives.
func TestActivationBits(t *testing.T) {
	z := make([]float64, 10000)
	for i := range z {
		z[i] = float64(i-5000) / 512
	}
	var y []float64
	for _, act := range []Activation{Sigmoid, Tanh, LeakyReLU(0.01), GELU, SiLU} {
		a, delta := make([]float64, len(z)), make([]float64, len(z))
		for i := range delta {
			delta[i] = float64(i%7) + 0.1
		}
		act.Func(a, z)
		act.Back(delta, z, a)
		y = append(append(y, a...), delta...)
	}
	if got, want := hash(y), uint64(0x8e0d514cc55be0bb); got != want {
		t.Errorf("the values have hash %#x, on other machines %#x", got, want)
	}
}

// The parameters after 200 steps have the same bits on every machine, with
// every product that this processor has and with the plain one.
func TestTrainBits(t *testing.T) {
	defer func(f gemmFunc, v vectors) { product, vector = f, v }(product, vector)
	set := digits.Train()
	fast := vector
	for name, f := range products() {
		product, vector = f, fast
		if name == "plain" {
			vector = plainVectors
		}
		var params []float64
		for _, act := range []Activation{Sigmoid, Tanh, ReLU} {
			net := New(Config{Sizes: []int{64, 21, 13, 10}, Act: act, Init: weightinit.NewHe(), Seed: 2, L2: 1e-3})
			grad := make([]float64, len(net.params))
			batches := digits.NewSampler(set.Len(), 30, 3)
			for range 200 {
				net.Gradient(grad, set, batches.Next())
				for i, g := range grad {
					net.params[i] -= float64(0.1 * g)
				}
			}
			params = append(params, net.params...)
		}
		if got, want := hash(params), uint64(0xf31e05a56c900637); got != want {
			t.Errorf("%s product: the parameters have hash %#x, on other machines %#x", name, got, want)
		}
	}
}
