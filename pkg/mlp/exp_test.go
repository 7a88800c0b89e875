package mlp

import (
	"math"
	"math/rand/v2"
	"testing"
)

// ulps returns how many floats lie between a and b.
func ulps(a, b float64) float64 {
	if a == b {
		return 0
	}
	return math.Abs(a-b) / (math.Nextafter(math.Abs(b), math.Inf(1)) - math.Abs(b))
}

func TestExp(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 1_000_000 {
		x := 1400*rng.Float64() - 700
		if rng.IntN(2) == 0 {
			x /= 100
		}
		if u := ulps(exp(x), math.Exp(x)); u > 2 {
			t.Fatalf("exp(%v) is %v, %v units in the last place off", x, exp(x), u)
		}
	}
	for x, want := range map[float64]float64{
		0: 1, math.Copysign(0, -1): 1, math.Inf(1): math.Inf(1), math.Inf(-1): 0, 1e300: math.Inf(1), -1e300: 0,
		710: math.Inf(1), -746: 0, 5e-324: 1, -745.13: 5e-324,
	} {
		if exp(x) != want {
			t.Errorf("exp(%v) is %v, want %v", x, exp(x), want)
		}
	}
	if u := ulps(exp(709.7), math.Exp(709.7)); u > 2 {
		t.Errorf("exp(709.7) is %v, want %v", exp(709.7), math.Exp(709.7))
	}
	if !math.IsNaN(exp(math.NaN())) {
		t.Error("exp(NaN) is a number")
	}
}

func TestTanh(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 1_000_000 {
		x := math.Pow(10, 22*rng.Float64()-20)
		if u := ulps(tanh(x), math.Tanh(x)); u > 8 {
			t.Fatalf("tanh(%v) is %v, want %v: %v units in the last place off", x, tanh(x), math.Tanh(x), u)
		}
		if tanh(-x) != -tanh(x) {
			t.Fatalf("tanh(%v) is not −tanh(%v)", -x, x)
		}
	}
	for x, want := range map[float64]float64{0: 0, math.Inf(1): 1, math.Inf(-1): -1, 1e-300: 1e-300} {
		if tanh(x) != want {
			t.Errorf("tanh(%v) is %v, want %v", x, tanh(x), want)
		}
	}
	if !math.IsNaN(tanh(math.NaN())) {
		t.Error("tanh(NaN) is a number")
	}
}

func TestErfc(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 1_000_000 {
		x := 60*rng.Float64() - 30
		if rng.IntN(2) == 0 {
			x /= 10
		}
		if x < 26 { // beyond, the last digits are lost
			if u := ulps(erfc(x), math.Erfc(x)); u > 4 {
				t.Fatalf("erfc(%v) is %v, want %v: %v units in the last place off", x, erfc(x), math.Erfc(x), u)
			}
		} else if math.Abs(erfc(x)-math.Erfc(x)) > 1e-300 {
			t.Fatalf("erfc(%v) is %v, want %v", x, erfc(x), math.Erfc(x))
		}
	}
	for x, want := range map[float64]float64{0: 1, math.Inf(1): 0, math.Inf(-1): 2, 28: 0, -7: 2, 1e-20: 1} {
		if erfc(x) != want {
			t.Errorf("erfc(%v) is %v, want %v", x, erfc(x), want)
		}
	}
	if !math.IsNaN(erfc(math.NaN())) {
		t.Error("erfc(NaN) is a number")
	}
}
