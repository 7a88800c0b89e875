package weightinit

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The columns of a tall matrix and the rows of a wide one are orthonormal to
// 1e-12, times the gain.
func TestOrthogonality(t *testing.T) {
	worst := 0.0
	for _, size := range [][2]int{{1, 1}, {1, 7}, {7, 1}, {2, 3}, {3, 2}, {64, 64}, {200, 31}, {31, 200}, {784, 100}, {100, 101}, {300, 300}} {
		for seed, gain := range []float64{1, GainReLU, GainTanh, 0.05} {
			in, out := size[0], size[1]
			w := make([]float64, in*out)
			NewOrthogonal(gain).Fill(w, in, out, rand.NewPCG(uint64(seed), 9))
			n, length, step, next := in, out, out, 1 // vectors, their length, from one to the next, within one
			if in > out {
				n, length, step, next = out, in, 1, out
			}
			for a := range n {
				for b := range a + 1 {
					sum := 0.0
					for i := range length {
						sum += w[a*step+i*next] * w[b*step+i*next]
					}
					want := 0.0
					if a == b {
						want = gain * gain
					}
					worst = max(worst, math.Abs(sum-want)/(gain*gain))
				}
			}
		}
	}
	if worst > 1e-12 {
		t.Errorf("WᵀW/gain² is off by %v, allowed is 1e-12", worst)
	}
	t.Logf("WᵀW/gain² is off by %.1e at most", worst)
}

// What testdata/golden.py computes by the QR decomposition of NumPy.
func TestOrthogonalGolden(t *testing.T) {
	for _, c := range []struct {
		in, out int
		want    []float64
	}{
		{3, 2, []float64{0.47830305375164717, -0.04859930957187787, 1.3034622960946283, -0.5835601407836375, -0.5676374119379087, -1.3809763463570686}},
		{2, 3, []float64{0.47830305375164717, 1.3034622960946283, -0.5676374119379087, -0.04859930957187787, -0.5835601407836375, -1.3809763463570686}},
		{3, 3, []float64{0.47830305375164717, -0.04859930957187787, 1.4208674448663339, 1.3034622960946283, -0.5835601407836375, -0.4587413266191529, -0.5676374119379087, -1.3809763463570686, 0.14384748649425438}},
	} {
		w := make([]float64, c.in*c.out)
		NewOrthogonal(1.5).Fill(w, c.in, c.out, rand.NewPCG(1, 2))
		if c.in == c.out {
			// NumPy has the vectors as columns, Fill as rows; with as many of
			// both, either is orthogonal
			w = []float64{w[0], w[3], w[6], w[1], w[4], w[7], w[2], w[5], w[8]}
		}
		for i := range w {
			if math.Abs(w[i]-c.want[i]) > 1e-14 {
				t.Errorf("%d by %d: %v, want %v", c.in, c.out, w, c.want)
				break
			}
		}
	}
}

// In three dimensions the coordinates of a random unit vector are uniform on
// [−1, 1] (Archimedes), those of the matrix turned by 45° as well; the trace of
// a random orthogonal matrix has the moments 0, 1, 0, 3; half of the
// determinants are −1. Without the right signs each of this fails.
func TestOrthogonalIsHaar(t *testing.T) {
	const n = 20_000
	names := []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "turned left", "turned right"}
	values := make([][]float64, len(names))
	var moments [4]float64
	negative := 0
	w, src := make([]float64, 9), rand.NewPCG(3, 1)
	for range n {
		NewOrthogonal(1).Fill(w, 3, 3, src)
		for i, x := range append(w[:9:9], (w[0]+w[3])/math.Sqrt2, (w[0]-w[1])/math.Sqrt2) {
			values[i] = append(values[i], x)
		}
		trace, power := w[0]+w[4]+w[8], 1.0
		for k := range moments {
			power *= trace
			moments[k] += power / n
		}
		if w[0]*(w[4]*w[8]-w[5]*w[7])-w[1]*(w[3]*w[8]-w[5]*w[6])+w[2]*(w[3]*w[7]-w[4]*w[6]) < 0 {
			negative++
		}
	}
	for i, v := range values {
		slices.Sort(v)
		distance := 0.0
		for k, x := range v {
			p := (x + 1) / 2
			distance = max(distance, p-float64(k)/n, float64(k+1)/n-p)
		}
		if bound := 2.47 / math.Sqrt(n); distance > bound {
			t.Errorf("element %s: Kolmogorov–Smirnov distance %v from uniform, allowed %v", names[i], distance, bound)
		}
	}
	// the variances of the powers are 1, 3 − 1, 15 − 0 and 105 − 9 at most
	for k, variance := range []float64{1, 2, 15, 96} {
		if want := []float64{0, 1, 0, 3}[k]; math.Abs(moments[k]-want) > 4.5*math.Sqrt(variance/n) {
			t.Errorf("moment %d of the trace is %v, want %v", k+1, moments[k], want)
		}
	}
	if off := float64(negative) - n/2; math.Abs(off) > 4.5*math.Sqrt(n)/2 {
		t.Errorf("%d of %d determinants are negative", negative, n)
	}
}

// stutter gives everything twice: the first k numbers, again, then the rest.
type stutter struct {
	rand.Source
	first []uint64
	calls int
}

func (s *stutter) Uint64() uint64 {
	s.calls++
	if k := len(s.first); s.calls > k && s.calls <= 2*k {
		return s.first[s.calls-k-1]
	} else if s.calls <= k {
		return s.first[s.calls-1]
	}
	return s.Source.Uint64()
}

// Where a vector is drawn that lies in the space of those before it, what is
// left of it is rounding, and still it becomes orthogonal to them.
func TestOrthogonalOfEqualVectors(t *testing.T) {
	for seed := range uint64(20) {
		for _, n := range []int{2, 3, 10} {
			// as many numbers as the first vector takes
			count := &stutter{Source: rand.NewPCG(seed, 4)}
			NewNormal(0, 1).Fill(make([]float64, n), n, n, count)
			src := &stutter{Source: rand.NewPCG(seed, 5)}
			for numbers := rand.NewPCG(seed, 4); len(src.first) < count.calls; {
				src.first = append(src.first, numbers.Uint64())
			}
			w := make([]float64, n*n)
			NewOrthogonal(1).Fill(w, n, n, src)
			for a := range n {
				for b := range a + 1 {
					sum := 0.0
					for i := range n {
						sum += w[a*n+i] * w[b*n+i]
					}
					if a == b {
						sum--
					}
					if math.Abs(sum) > 1e-12 {
						t.Errorf("seed %d, n = %d: rows %d and %d have the product %v", seed, n, a, b, sum)
					}
				}
			}
		}
	}
}

// Each unit has the number of zeros that torch counts, at rows that are drawn
// alike, and the other weights are normal.
func TestSparse(t *testing.T) {
	for _, c := range []struct {
		fanIn    int
		sparsity float64
		zeros    int
	}{{10, 0, 0}, {10, 1, 10}, {10, 0.05, 1}, {50, 0.9, 45}, {7, 0.5, 4}, {100, 0.07, 8}, {1, 0.5, 1}, {30, 0.1, 3}} {
		const units = 2000
		w := make([]float64, c.fanIn*units)
		NewSparse(c.sparsity, 0.3).Fill(w, c.fanIn, units, rand.NewPCG(1, 1))
		rows, rest := make([]float64, c.fanIn), []float64(nil)
		for j := range units {
			zeros := 0
			for i := range c.fanIn {
				if x := w[i*units+j]; x == 0 {
					zeros++
					rows[i]++
				} else {
					rest = append(rest, x/0.3)
				}
			}
			if zeros != c.zeros {
				t.Fatalf("fanIn %d, sparsity %v: unit %d has %d zeros, want %d", c.fanIn, c.sparsity, j, zeros, c.zeros)
			}
		}
		share := float64(c.zeros) / float64(c.fanIn)
		for i, n := range rows {
			if math.Abs(n-units*share) > 4.5*math.Sqrt(units*share*(1-share)) {
				t.Errorf("fanIn %d, sparsity %v: row %d is 0 in %v of %d units", c.fanIn, c.sparsity, i, n, units)
			}
		}
		slices.Sort(rest)
		n := float64(len(rest))
		for k, z := range rest {
			if p := normalCDF(z); max(p-float64(k)/n, float64(k+1)/n-p) > 2.47/math.Sqrt(n) {
				t.Errorf("fanIn %d, sparsity %v: the other weights are not normal at %v", c.fanIn, c.sparsity, z)
				break
			}
		}
	}
	w := make([]float64, 6)
	NewSparse(0.4, 0.1).Fill(w, 3, 2, rand.NewPCG(1, 2))
	if want := []float64{0x1.048868070af09p-3, 0, 0, 0, 0, -0x1.00449faaa111bp-4}; !slices.Equal(w, want) {
		t.Errorf("%x, testdata/golden.py has %x", w, want)
	}
}

func TestIdentity(t *testing.T) {
	for _, c := range []struct {
		in, out int
		want    []float64
	}{
		{2, 2, []float64{3, 0, 0, 3}},
		{2, 3, []float64{3, 0, 0, 0, 3, 0}},
		{3, 2, []float64{3, 0, 0, 3, 0, 0}},
		{1, 1, []float64{3}},
	} {
		w := []float64{9, 9, 9, 9, 9, 9}[:c.in*c.out]
		NewIdentity(3).Fill(w, c.in, c.out, nil)
		if !slices.Equal(w, c.want) {
			t.Errorf("%d by %d: %v, want %v", c.in, c.out, w, c.want)
		}
	}
}

func TestMatrixNeedsItsSize(t *testing.T) {
	for _, init := range []Initializer{NewOrthogonal(1), NewSparse(0.5, 1), NewIdentity(1)} {
		for _, n := range []int{0, 11, 13} {
			mustPanic(t, "weightinit: len(w) is ", func() { init.Fill(make([]float64, n), 3, 4, rand.NewPCG(1, 1)) })
		}
	}
	mustPanic(t, "weightinit: len(w) is 5, allowed for Identity(gain=1) is 6: fanIn = 3 rows of fanOut = 2",
		func() { NewIdentity(1).Fill(make([]float64, 5), 3, 2, nil) })
}
