package optim

import (
	"math"
	"runtime"
	"sync"
	"sync/atomic"
)

// A step over many parameters runs here: in blocks that the cores take as they
// become free, and in vector registers where the processor has them. Each
// kernel computes what the loop of its method computes, bit for bit.
const (
	fastFrom  = 256     // number of parameters from which a step runs in blocks
	blockSize = 1 << 15 // parameters that a core takes at a time
)

// descent holds the numbers of W ← keep·W − rate·m / (√(c·v + epsRoot) + eps).
type descent struct{ rate, c, epsRoot, eps, keep float64 }

// numbers are what a kernel needs besides vectors.
type numbers struct {
	descent         // first, as the assembly expects
	a1, b1  float64 // factors in the first state vector's update
	a2, b2  float64 // and in the second's
}

// kernel updates w and the state vectors s1 and s2, those that the method has.
type kernel func(w, grad, s1, s2 []float64, k *numbers)

type kernels struct {
	sgd, momentum, adaptive, adam kernel
	within                        func(x []float64, largest float64) bool
}

var plainKernels = kernels{sgdGo, momentumGo, adaptiveGo, adamGo, withinGo}

// fastKernels are the fastest that this processor has.
var fastKernels = chooseKernels()

// W ← W − rate·∂L/∂W
func sgdFast(w, grad []float64, rate float64) {
	sweepOver(fastKernels.sgd, w, grad, nil, nil, numbers{descent: descent{rate: rate}})
}

func sgdGo(w, grad, _, _ []float64, k *numbers) {
	for i, g := range grad {
		w[i] -= float64(k.rate * g)
	}
}

// v ← αv − rate·∂L/∂W, W ← W + outside·v
func momentumFast(w, grad, v []float64, alpha, rate, outside float64) {
	sweepOver(fastKernels.momentum, w, grad, v, nil, numbers{descent: descent{rate: rate}, a1: alpha, b1: outside})
}

func momentumGo(w, grad, v, _ []float64, k *numbers) {
	for i, g := range grad {
		v[i] = float64(k.a1*v[i]) - float64(k.rate*g)
		w[i] += float64(k.b1 * v[i])
	}
}

// h ← a·h + b·∂L/∂W ⊙ ∂L/∂W, W ← W − rate·∂L/∂W / (√(c·h + epsRoot) + eps)
func adaptiveFast(w, grad, h []float64, a, b float64, k descent) {
	sweepOver(fastKernels.adaptive, w, grad, h, nil, numbers{descent: k, a1: a, b1: b})
}

func adaptiveGo(w, grad, h, _ []float64, k *numbers) {
	for i, g := range grad {
		h[i] = float64(k.a1*h[i]) + float64(k.b1*float64(g*g))
		w[i] -= k.rate * g / (math.Sqrt(float64(k.c*h[i])+k.epsRoot) + k.eps)
	}
}

// m ← β1·m + (1−β1) ∂L/∂W, v ← β2·v + (1−β2) ∂L/∂W ⊙ ∂L/∂W,
// W ← keep·W − rate·m / (√(c·v + epsRoot) + eps)
func adamFast(w, grad, m, v []float64, beta1, beta2 float64, k descent) {
	sweepOver(fastKernels.adam, w, grad, m, v, numbers{k, beta1, 1 - beta1, beta2, 1 - beta2})
}

func adamGo(w, grad, m, v []float64, k *numbers) {
	for i, g := range grad {
		m[i] = float64(k.a1*m[i]) + float64(k.b1*g)
		v[i] = float64(k.a2*v[i]) + float64(k.b2*float64(g*g))
		w[i] = float64(k.keep*w[i]) - k.rate*m[i]/(math.Sqrt(float64(k.c*v[i])+k.epsRoot)+k.eps)
	}
}

// firstNonFinite returns the first index of x that is NaN or ±Inf, or -1.
func firstNonFinite(x []float64) int { return firstBeyond(math.MaxFloat64, x) }

// firstBeyond returns the first index of x that is not from −largest to
// largest, or -1.
func firstBeyond(largest float64, x []float64) int {
	if len(x) >= fastFrom && sweepOver(nil, nil, x, nil, nil, numbers{descent: descent{rate: largest}}) {
		return -1
	}
	for i, x := range x {
		if !(math.Abs(x) <= largest) {
			return i
		}
	}
	return -1
}

func withinGo(x []float64, largest float64) bool {
	for _, x := range x {
		if !(math.Abs(x) <= largest) {
			return false
		}
	}
	return true
}

// sweep is one pass over all parameters.
type sweep struct {
	kernel          kernel // nil: look whether grad is within ±k.rate
	w, grad, s1, s2 []float64
	k               numbers
	blocks          int
	left            atomic.Int64 // blocks that no core has taken
	bad             atomic.Bool  // grad is not within
	helpers         sync.WaitGroup
	help            func() // work on another core; kept, as making it allocates
}

// sweeps keeps those that are done, so that a step allocates nothing.
var sweeps = make(chan *sweep, 64)

func newSweep() *sweep {
	s := new(sweep)
	s.help = func() {
		s.work()
		s.helpers.Done()
	}
	return s
}

// sweepOver runs the kernel over all parameters on the cores that Go may use.
// Without a kernel it returns whether grad lies from −k.rate to k.rate.
func sweepOver(f kernel, w, grad, s1, s2 []float64, k numbers) bool {
	var s *sweep
	select {
	case s = <-sweeps:
	default:
		s = newSweep()
	}
	s.kernel, s.w, s.grad, s.s1, s.s2, s.k = f, w, grad, s1, s2, k
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
	select {
	case sweeps <- s:
	default:
	}
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
			s.kernel(s.w[lo:hi], s.grad[lo:hi], cut(s.s1, lo, hi), cut(s.s2, lo, hi), &s.k)
		} else if !fastKernels.within(s.grad[lo:hi], s.k.rate) {
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
