package weightinit_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"descent/pkg/weightinit"
)

// distributions are what the tests below hold for every random initializer,
// with the mean and the standard deviation that the fans of 50 and 30 give.
var distributions = []struct {
	init      weightinit.Initializer
	mean, std float64
	cdf       func(z float64) float64 // of (w − mean)/std
}{
	{weightinit.NewNormal(0, 1), 0, 1, normalCDF},
	{weightinit.NewNormal(-2, 0.3), -2, 0.3, normalCDF},
	{weightinit.NewHe(), 0, 0.2, normalCDF},
}

func normalCDF(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// Mean and variance lie within 4 standard errors, and the largest distance of
// the empirical distribution function from the exact one is below the
// Kolmogorov–Smirnov bound for p = 0.001.
func TestDistributions(t *testing.T) {
	const n = 200_000
	for _, d := range distributions {
		for seed := range uint64(3) {
			w := make([]float64, n)
			d.init.Fill(w, 50, 30, rand.NewPCG(seed, 0))
			mean, sq := 0.0, 0.0
			for i := range w {
				w[i] = (w[i] - d.mean) / d.std
				mean += w[i] / n
				sq += w[i] * w[i] / n
			}
			if math.Abs(mean) > 4/math.Sqrt(n) {
				t.Errorf("%v, seed %d: the mean is %v standard deviations off", d.init, seed, mean)
			}
			if math.Abs(sq-1) > 4*math.Sqrt(2.0/n) {
				t.Errorf("%v, seed %d: the variance is %v times what it must be", d.init, seed, sq)
			}
			slices.Sort(w)
			distance := 0.0
			for i, z := range w {
				p := d.cdf(z)
				distance = max(distance, p-float64(i)/n, float64(i+1)/n-p)
			}
			if bound := 1.949 / math.Sqrt(n); distance > bound {
				t.Errorf("%v, seed %d: Kolmogorov–Smirnov distance %v, allowed %v", d.init, seed, distance, bound)
			}
		}
	}
}

// The weights that testdata/golden.py computes from the definitions, bit for
// bit.
func TestGolden(t *testing.T) {
	for _, c := range []struct {
		init   weightinit.Initializer
		s1, s2 uint64
		want   []float64
	}{
		{weightinit.NewNormal(0, 1), 1, 2, []float64{0x1.bb73992a899c6p-1, 0x1.2e1f151c129b9p+1, -0x1.072366d9109f7p+0, -0x1.639b50609ff76p-3}},
		{weightinit.NewNormal(-2, 0.3), 1, 2, []float64{-0x1.bd7b75d338289p+0, -0x1.4aba2688c1a2ap+0, -0x1.277882a08f4b2p+1, -0x1.06aae981cfccap+1}},
		{weightinit.NewHe(), 3, 4, []float64{0x1.242501f5fea7dp-4, 0x1.165d412516d5fp-2, 0x1.c690b5b7de1a5p-5, 0x1.20fe22213719bp-7}},
	} {
		w := make([]float64, 4)
		c.init.Fill(w, 50, 30, rand.NewPCG(c.s1, c.s2))
		if !slices.Equal(w, c.want) {
			t.Errorf("%v: %x, want %x", c.init, w, c.want)
		}
	}
}

func TestZeros(t *testing.T) {
	w := []float64{1, -2, 3}
	src := rand.NewPCG(1, 1)
	weightinit.NewZeros().Fill(w, 3, 1, src)
	if !slices.Equal(w, []float64{0, 0, 0}) {
		t.Errorf("weights %v", w)
	}
	if src.Uint64() != rand.NewPCG(1, 1).Uint64() {
		t.Error("Zeros draws from the source")
	}
}

// Two calls draw together what one call draws.
func TestFillGoesOn(t *testing.T) {
	for _, d := range distributions {
		whole, parts := make([]float64, 100), make([]float64, 100)
		d.init.Fill(whole, 50, 30, rand.NewPCG(7, 7))
		src := rand.New(rand.NewPCG(7, 7)) // a *rand.Rand is a source, too
		d.init.Fill(parts[:33], 50, 30, src)
		d.init.Fill(parts[33:], 50, 30, src)
		if !slices.Equal(whole, parts) {
			t.Errorf("%v: two calls differ from one", d.init)
		}
	}
}

func TestFields(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		init  weightinit.Initializer
		field string
	}{
		{weightinit.NewNormal(nan, 1), "Mean"},
		{weightinit.NewNormal(-inf, 1), "Mean"},
		{weightinit.NewNormal(0, -0.1), "Std"},
		{weightinit.NewNormal(0, inf), "Std"},
		{weightinit.NewNormal(0, nan), "Std"},
	} {
		err := c.init.Validate()
		var field *weightinit.FieldError
		if !errors.As(err, &field) || field.Field != c.field || !strings.Contains(err.Error(), "Normal."+c.field+" is") {
			t.Errorf("%v: error %v, want a FieldError on %s", c.init, err, c.field)
			continue
		}
		mustPanic(t, err.Error(), func() { c.init.Fill([]float64{1}, 1, 1, rand.NewPCG(1, 1)) })
	}
}

func TestFans(t *testing.T) {
	for _, init := range []weightinit.Initializer{weightinit.NewZeros(), weightinit.NewNormal(0, 1), weightinit.NewHe()} {
		if err := init.Validate(); err != nil {
			t.Errorf("%v: %v", init, err)
		}
		mustPanic(t, "weightinit: fanIn is 0 and fanOut 3", func() { init.Fill(nil, 0, 3, rand.NewPCG(1, 1)) })
		mustPanic(t, "weightinit: fanIn is 3 and fanOut -1", func() { init.Fill(nil, 3, -1, rand.NewPCG(1, 1)) })
	}
}

func TestStrings(t *testing.T) {
	for want, init := range map[string]weightinit.Initializer{
		"Zeros":                    weightinit.NewZeros(),
		"Normal(mean=0, std=0.01)": weightinit.NewNormal(0, 0.01),
		"He":                       weightinit.NewHe(),
	} {
		if init.String() != want {
			t.Errorf("%q, want %q", init.String(), want)
		}
	}
}

func mustPanic(t *testing.T, want string, call func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if r, _ := recover().(string); !strings.HasPrefix(r, want) {
			t.Errorf("panic %q, want %q", r, want)
		}
	}()
	call()
}
