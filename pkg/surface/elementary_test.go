package surface

import (
	"hash/fnv"
	"math"
	"testing"
)

func TestSincos(t *testing.T) {
	for quarter, want := range map[float64][2]float64{
		0: {0, 1}, 1: {1, 0}, 2: {0, -1}, 3: {-1, 0}, -1: {-1, 0}, -2: {0, -1}, 1e9: {0, 1}, 1e300: {0, 1},
	} {
		if sin, cos := sincos(quarter / 4); sin != want[0] || cos != want[1] {
			t.Errorf("%v quarter turns: sine %v, cosine %v", quarter, sin, cos)
		}
	}
	for i := -4000; i <= 4000; i++ {
		x := float64(i) / 1999
		sin, cos := sincos(x)
		// the argument of math.Sincos is rounded to 2e-15
		s, c := math.Sincos(2 * math.Pi * x)
		if math.Abs(sin-s) > 3e-15 || math.Abs(cos-c) > 3e-15 || math.Abs(sin*sin+cos*cos-1) > 5e-16 {
			t.Fatalf("%v turns: sine %v, cosine %v, want %v and %v", x, sin, cos, s, c)
		}
		if small := x * 1e-6; small != 0 {
			if sin, _ := sincos(small); math.Abs(sin/math.Sin(2*math.Pi*small)-1) > 6e-16 {
				t.Fatalf("%v turns: sine %v", small, sin)
			}
		}
	}
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if sin, cos := sincos(x); !math.IsNaN(sin) || !math.IsNaN(cos) {
			t.Errorf("%v turns: sine %v, cosine %v", x, sin, cos)
		}
	}
}

func TestExp(t *testing.T) {
	for i := range 8000 {
		for _, x := range []float64{-float64(i) / 11, -float64(i) / 1000, -float64(i) * 1e-12} {
			e, minus1 := exp(x)
			if want := math.Exp(x); math.Abs(e-want) > 5e-16*want+5e-324 {
				t.Fatalf("exp(%v) is %v, want %v", x, e, want)
			}
			if want := math.Expm1(x); math.Abs(minus1-want) > 5e-16*math.Abs(want) {
				t.Fatalf("exp(%v) − 1 is %v, want %v", x, minus1, want)
			}
		}
	}
	if e, minus1 := exp(math.Inf(-1)); e != 0 || minus1 != -1 {
		t.Errorf("exp(−∞) is %v, minus one %v", e, minus1)
	}
	if e, minus1 := exp(math.NaN()); !math.IsNaN(e) || !math.IsNaN(minus1) {
		t.Errorf("exp(NaN) is %v, minus one %v", e, minus1)
	}
}

// The values of all surfaces have the same bits on every processor.
func TestBits(t *testing.T) {
	h := fnv.New64a()
	write := func(values ...float64) {
		for _, v := range values {
			bits := math.Float64bits(v)
			for s := 0; s < 64; s += 8 {
				h.Write([]byte{byte(bits >> s)})
			}
		}
	}
	for _, s := range append(All(), Bowl(0.3, 7.1), Ravine.Rotate(30), Beale.Rotate(-77).Shift(1.1, 0.7)) {
		for i := range 50 {
			for j := range 50 {
				x := s.Min[0] + float64((float64(i)+0.3)/50*(s.Max[0]-s.Min[0]))
				y := s.Min[1] + float64((float64(j)+0.7)/50*(s.Max[1]-s.Min[1]))
				dx, dy := s.Gradient(x, y)
				xx, xy, yy := s.Hessian(x, y)
				write(s.F(x, y), dx, dy, xx, xy, yy)
			}
		}
	}
	q := NewQuadratic(0.1, 0.2, 3, 7, 50, 1000).Rotate(5)
	w := []float64{1.1, -2.3, 0.7, 5.9, -0.01, 33}
	write(q.Func(w))
	write(q.hess...)
	problem := Online{Period: 7, First: 10.1, Rest: -0.3, Min: -1.1, Max: 0.9}
	write(problem.Mean(), problem.Regret(w))
	if got, want := h.Sum64(), uint64(0x618a16dce9970956); got != want {
		t.Errorf("the values have hash %#x, on other machines %#x", got, want)
	}
}
