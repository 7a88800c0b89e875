package optim

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"
)

// sizes lie around the borders of the fast path, of blocks and of registers.
var sizes = []int{blocksFrom, blocksFrom + 1, blocksFrom + 6, blockSize - 1, blockSize, blockSize + 3, 2*blockSize + 1, 5*blockSize - 2}

// fastOptimizers have a fast path.
var fastOptimizers = []func() Stateful{
	func() Stateful { return NewSGD(0.1) },
	func() Stateful { return NewMomentum(0.1) },
	func() Stateful { return &Momentum{LR: 0.1, Alpha: 0.7, RateOutside: true, Dampening: 0.2} },
	func() Stateful { return NewAdaGrad(0.1) },
	func() Stateful { return &AdaGrad{LR: 0.1, Eps: 1e-3, EpsRoot: 1e-4, Initial: 0.1, RateDecay: 0.3} },
	func() Stateful { return &AdaGrad{LR: 0.1, Eps: 1e-7, MistakeDropsW: true} },
	func() Stateful { return NewRMSProp(0.1) },
	func() Stateful {
		return &RMSProp{LR: 0.1, Rho: 0.6, Eps: 1e-3, EpsRoot: 1e-4, Initial: 0.1, Correct: true}
	},
	func() Stateful { return NewAdam(0.1) },
	func() Stateful {
		return &Adam{LR: 0.1, Beta1: 0.8, Beta2: 0.7, Eps: 1e-3, EpsRoot: 1e-4, Correction: EtaT}
	},
	func() Stateful { return NewAdamW(0.1) },
}

// eachKernels runs the test with the kernels of this processor and the plain
// ones.
func eachKernels(t *testing.T, test func(t *testing.T)) {
	defer func(k kernels) { chosen = k }(chosen)
	t.Run("chosen", test)
	chosen = plainKernels
	t.Run("plain", test)
}

// same reports whether a and b have the same bits; one NaN is as good as
// another.
func same(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(a, b float64) bool {
		return math.Float64bits(a) == math.Float64bits(b) || a != a && b != b
	})
}

// vectors returns the vectors in the state of opt.
func vectors(opt Stateful) [][]float64 {
	var all [][]float64
	for _, v := range opt.State().Variables {
		if x, ok := v.Value.(*[]float64); ok {
			all = append(all, *x)
		}
	}
	return all
}

// A step over many parameters equals steps over pieces of them that are too
// short for the fast path, bit for bit, wherever the vectors begin in memory
// and on however many cores.
func TestFastEqualsPlain(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	rng := rand.New(rand.NewPCG(1, 2))
	eachKernels(t, func(t *testing.T) {
		for _, build := range fastOptimizers {
			for i, n := range sizes {
				runtime.GOMAXPROCS(1 + i%4)
				whole := build()
				w, grad := normals(rng, n+3)[rng.IntN(4):][:n], normals(rng, n+3)[rng.IntN(4):][:n]
				pieces := slices.Clone(w)
				var opts []Stateful
				for step := range 3 {
					if step > 0 {
						copy(grad, normals(rng, n))
					}
					if err := whole.Step(w, grad); err != nil {
						t.Fatal(err)
					}
					states := slices.Repeat([][]float64{nil}, len(vectors(whole)))
					for lo := 0; lo < n; lo += blocksFrom - 1 {
						k, hi := lo/(blocksFrom-1), min(n, lo+blocksFrom-1)
						if step == 0 {
							opts = append(opts, build())
						}
						if err := opts[k].Step(pieces[lo:hi], grad[lo:hi]); err != nil {
							t.Fatal(err)
						}
						for j, x := range vectors(opts[k]) {
							states[j] = append(states[j], x...)
						}
					}
					if !same(w, pieces) || !slices.EqualFunc(vectors(whole), states, same) {
						t.Fatalf("%s, %d parameters, step %d: fast and plain differ", whole, n, step+1)
					}
				}
			}
		}
	})
}

// The kernels of this processor equal the plain ones for every length and
// alignment, on numbers of every kind, and touch nothing beyond their vectors.
func TestKernels(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	special := []float64{0, math.Copysign(0, -1), 5e-324, -1e-310, 1e-160, 1e160, -math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN()}
	random := func(n int) []float64 {
		x := normals(rng, n)
		for i := range x {
			if rng.IntN(4) == 0 {
				x[i] = special[rng.IntN(len(special))]
			}
		}
		return x
	}
	for name, f := range map[string]struct{ chosen, plain kernel }{
		"sgd":      {chosen.sgd, plainKernels.sgd},
		"momentum": {chosen.momentum, plainKernels.momentum},
		"adagrad":  {chosen.adagrad, plainKernels.adagrad},
		"rmsprop":  {chosen.rmsprop, plainKernels.rmsprop},
		"adam":     {chosen.adam, plainKernels.adam},
	} {
		for n := range 40 {
			for range 100 {
				c := random(9)
				u := update{c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8]}
				if name == "adagrad" {
					u.c, u.a1, u.b1 = 1, 1, 1
				}
				var all, want, part, wantPart [4][]float64
				for j := range all {
					lo := 5 + rng.IntN(4)
					all[j] = random(n + 14)
					want[j] = slices.Clone(all[j])
					part[j], wantPart[j] = all[j][lo:lo+n], want[j][lo:lo+n]
				}
				f.chosen(part[0], part[1], part[2], part[3], u)
				f.plain(wantPart[0], wantPart[1], wantPart[2], wantPart[3], u)
				for j := range all {
					if !same(all[j], want[j]) {
						t.Fatalf("%s, %d numbers, %+v: vector %d is\n%v, want\n%v", name, n, u, j, all[j], want[j])
					}
				}
			}
		}
	}
}

// The first gradient that is not finite is found wherever it stands, and
// neither parameters nor state are touched.
func TestFastFindsNonFinite(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	rng := rand.New(rand.NewPCG(5, 6))
	eachKernels(t, func(t *testing.T) {
		for _, n := range []int{blocksFrom + 3, 3*blockSize + 2} {
			w, grad := normals(rng, n), normals(rng, n)
			opt := NewAdam(0.1)
			if err := opt.Step(w, grad); err != nil {
				t.Fatal(err)
			}
			before := [][]float64{slices.Clone(w), slices.Clone(opt.m), slices.Clone(opt.v)}
			grad[7], grad[n-1] = math.MaxFloat64, -math.MaxFloat64
			if i := firstNonFinite(grad); i >= 0 {
				t.Errorf("%d numbers: %v at %d is taken as not finite", n, grad[i], i)
			}
			grad[7], grad[n-1] = 1e150, -1e150
			if i := firstBeyond(1e150, grad); i >= 0 {
				t.Errorf("%d numbers: %v at %d is taken as beyond 1e150", n, grad[i], i)
			}
			tooLarge := math.Nextafter(1e150, math.Inf(1))
			stride := 1 + n/2000
			for i := 0; i < n; i += stride {
				later := i + rng.IntN(n-i)
				old, oldLater := grad[i], grad[later]
				grad[later] = math.NaN()
				grad[i] = []float64{math.NaN(), math.Inf(1), math.Inf(-1), tooLarge, -tooLarge}[i/stride%5]
				err, ok := opt.Step(w, grad).(*GradientError)
				if !ok || err.Index != i || err.Step != 2 {
					t.Fatalf("%d numbers, the one at %d is not finite: got %v", n, i, err)
				}
				grad[later], grad[i] = oldLater, old
			}
			if !slices.EqualFunc(before, [][]float64{w, opt.m, opt.v}, same) {
				t.Errorf("%d numbers: a refused gradient changes parameters or state", n)
			}
		}
	})
}

// With NonFinite the fast path lets NaN and Inf through as the plain loop does.
func TestFastNonFinite(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	n := blockSize + 5
	grad := normals(rng, n)
	for range 100 {
		grad[rng.IntN(n)] = []float64{math.NaN(), math.Inf(1), math.Inf(-1)}[rng.IntN(3)]
	}
	fast, plain := &Adam{LR: 0.1, NonFinite: true}, &Adam{LR: 0.1, NonFinite: true}
	w := normals(rng, n)
	want := slices.Clone(w)
	for range 2 {
		if err := fast.Step(w, grad); err != nil {
			t.Fatal(err)
		}
	}
	for i := range n {
		plain.t, plain.m, plain.v = 0, nil, nil
		for range 2 {
			if err := plain.Step(want[i:i+1], grad[i:i+1]); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !same(w, want) {
		t.Error("fast and plain differ")
	}
}

// The parameters after some steps have the same bits on every machine.
func TestFastBits(t *testing.T) {
	eachKernels(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(10, 11))
		h := fnv.New64a()
		for _, build := range fastOptimizers {
			w, grad := make([]float64, 1030), make([]float64, 1030)
			opt := build()
			for range 20 {
				for i := range grad {
					grad[i] = rng.Float64() - 0.3
				}
				if err := opt.Step(w, grad); err != nil {
					t.Fatal(err)
				}
			}
			if err := binary.Write(h, binary.LittleEndian, w); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := h.Sum64(), uint64(0x62617798fdbfc3a4); got != want {
			t.Errorf("the parameters have hash %#x, on other machines %#x", got, want)
		}
	})
}

// Optimizers that step at once do not disturb each other.
func TestFastAtOnce(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	const n, steps = 3*blockSize + 5, 20
	result := func(seed uint64) []float64 {
		rng := rand.New(rand.NewPCG(seed, 9))
		opt := fastOptimizers[int(seed)%len(fastOptimizers)]()
		w, grad := normals(rng, n), normals(rng, n)
		for range steps {
			if err := opt.Step(w, grad); err != nil {
				t.Error(err)
			}
		}
		return w
	}
	const runs = 12
	var got [runs][]float64
	var wg sync.WaitGroup
	for i := range got {
		wg.Go(func() { got[i] = result(uint64(i)) })
	}
	wg.Wait()
	for i := range got {
		if !same(got[i], result(uint64(i))) {
			t.Errorf("%s: alone it gives something else", fastOptimizers[i%len(fastOptimizers)]())
		}
	}
}

// A step does not allocate, nor do its helpers on other cores.
func TestFastDoesNotAllocate(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	const n, steps = 4 * blockSize, 200
	w, grad := make([]float64, n), make([]float64, n)
	for _, build := range fastOptimizers {
		opt := build()
		mallocs := func() uint64 {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			for range steps {
				if err := opt.Step(w, grad); err != nil {
					t.Fatal(err)
				}
			}
			runtime.ReadMemStats(&after)
			return after.Mallocs - before.Mallocs
		}
		// Go makes new goroutines now and then on a busy machine, but not in every run
		least := mallocs()
		for range 5 {
			least = min(least, mallocs())
		}
		if least > steps/10 {
			t.Errorf("%s: %d allocations in %d steps", opt, least, steps)
		}
	}
}
