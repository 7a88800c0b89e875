package optim

import (
	"math"
	"runtime"
	"sync"
	"sync/atomic"
)

// The steps of SGD, Momentum, AdaGrad, RMSProp and Adam run here: in blocks that
// the cores take as they become free, and in vector registers where the
// processor has them. Each loop stands in the file of its method; its version in
// vector registers gives the same bits.
const (
	blocksFrom = 256     // number of parameters from which the gradient is checked in blocks
	blockSize  = 1 << 15 // parameters that a core takes at a time
)

// update holds the numbers of W ← keep·W − rate·m / (√(c·v + epsRoot) + eps),
// those that a method has.
type update struct {
	rate, c, epsRoot, eps, keep float64
	a1, b1                      float64 // factors in the update of the first state vector
	a2, b2                      float64 // and of the second
}

// kernel updates w and the state vectors s1 and s2, those that the method has.
type kernel func(w, grad, s1, s2 []float64, u update)

type kernels struct {
	sgd, momentum, adagrad, rmsprop, adam kernel
	within                                func(x []float64, largest float64) bool
}

var plainKernels = kernels{sgdLoop, momentumLoop, adagradLoop, rmspropLoop, adamLoop, withinLoop}

// chosen are the fastest kernels that this processor has.
var chosen = chooseKernels()

// run updates w and the state vectors with the kernel.
func (u update) run(f kernel, w, grad, s1, s2 []float64) {
	if len(w) <= blockSize {
		f(w, grad, s1, s2, u)
		return
	}
	sweepOver(f, w, grad, s1, s2, u)
}

// firstNonFinite returns the first index of x that is NaN or ±Inf, or -1.
func firstNonFinite(x []float64) int { return firstBeyond(math.MaxFloat64, x) }

// firstBeyond returns the first index of x that is not from −largest to
// largest, or -1.
func firstBeyond(largest float64, x []float64) int {
	if len(x) >= blocksFrom && sweepOver(nil, nil, x, nil, nil, update{rate: largest}) {
		return -1
	}
	for i, x := range x {
		if !(math.Abs(x) <= largest) {
			return i
		}
	}
	return -1
}

func withinLoop(x []float64, largest float64) bool {
	for _, x := range x {
		if !(math.Abs(x) <= largest) {
			return false
		}
	}
	return true
}

// sweep is one pass over all parameters.
type sweep struct {
	kernel          kernel // nil: look whether grad is within ±u.rate
	w, grad, s1, s2 []float64
	u               update
	blocks          int
	left            atomic.Int64 // blocks that no core has taken
	bad             atomic.Bool  // grad is not within
	helpers         sync.WaitGroup
	help            func() // work on another core; kept, as making it allocates
}

// sweeps keeps those that are done, so that a step allocates nothing.
var sweeps = sync.Pool{New: func() any {
	s := new(sweep)
	s.help = func() {
		s.work()
		s.helpers.Done()
	}
	return s
}}

// sweepOver runs the kernel over all parameters on the cores that Go may use.
// Without a kernel it returns whether grad lies from −u.rate to u.rate.
func sweepOver(f kernel, w, grad, s1, s2 []float64, u update) bool {
	s := sweeps.Get().(*sweep)
	s.kernel, s.w, s.grad, s.s1, s.s2, s.u = f, w, grad, s1, s2, u
	s.blocks = (len(grad) + blockSize - 1) / blockSize
	s.left.Store(int64(s.blocks))
	s.bad.Store(false)
	helpers := min(runtime.GOMAXPROCS(0), s.blocks) - 1
	s.helpers.Add(helpers)
	for range helpers {
		go s.help()
	}
	s.work()
	s.helpers.Wait()
	s.w, s.grad, s.s1, s.s2 = nil, nil, nil, nil
	within := !s.bad.Load()
	sweeps.Put(s)
	return within
}

// work takes blocks until none is left. The gradient is looked at from the
// first block on and used from the last, which then is still in the cache.
func (s *sweep) work() {
	for {
		i := int(s.left.Add(-1))
		if i < 0 {
			return
		}
		if s.kernel == nil {
			i = s.blocks - 1 - i
		}
		lo := i * blockSize
		hi := min(lo+blockSize, len(s.grad))
		if s.kernel != nil {
			s.kernel(s.w[lo:hi], s.grad[lo:hi], cut(s.s1, lo, hi), cut(s.s2, lo, hi), s.u)
		} else if !chosen.within(s.grad[lo:hi], s.u.rate) {
			s.bad.Store(true)
		}
	}
}

// cut returns x[lo:hi], and nil for a vector that the method lacks.
func cut(x []float64, lo, hi int) []float64 {
	if x == nil {
		return nil
	}
	return x[lo:hi]
}
