package optim

import "fmt"

// Function is what Minimize needs to know of a function; the values of
// package surface have it.
type Function interface {
	// Func returns f(w).
	Func(w []float64) float64
	// Grad stores the gradient of f at w in grad, which has the length of w.
	Grad(grad, w []float64)
}

// Minimize runs opt on f for the given number of steps from start, which it
// does not change, and returns the path.
//
// A run that leaves the finite numbers, or whose Step fails, ends early: the
// path holds the points up to there, and Path.Err says where and why.
// Minimize panics if steps < 0 or start is empty.
func Minimize(opt Optimizer, f Function, start []float64, steps int) *Path {
	if steps < 0 {
		panic(fmt.Sprintf("optim: steps is %d, allowed is 0 or more", steps))
	}
	if len(start) == 0 {
		panic("optim: start is empty, at least one coordinate is needed")
	}
	p := &Path{Method: opt.String()}
	w := append([]float64(nil), start...)
	grad := make([]float64, len(w))
	for t := 0; ; t++ {
		loss := f.Func(w)
		f.Grad(grad, w)
		if !allFinite(loss, w) {
			p.Err = fmt.Errorf("optim: %s left the finite numbers at step %d: w = %v, loss = %v", p.Method, t, w, loss)
			return p
		}
		p.W = append(p.W, append([]float64(nil), w...))
		p.Grad = append(p.Grad, append([]float64(nil), grad...))
		p.Loss = append(p.Loss, loss)
		if t == steps {
			return p
		}
		if err := opt.Step(w, grad); err != nil {
			p.Err = fmt.Errorf("step %d: %w", t+1, err)
			return p
		}
	}
}

func allFinite(loss float64, w []float64) bool { return isFinite(loss) && firstNonFinite(w) < 0 }
