package optim

import (
	"context"
	"fmt"
)

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
	return MinimizeWith(opt, f, start, MinimizeConfig{Steps: steps})
}

// MinimizeConfig says how long MinimizeWith runs.
type MinimizeConfig struct {
	Steps   int             // at most, ≥ 0
	Stop    []Rule          // end the run when one of them holds
	Each    func(p *Path)   // called after each point, the start included; may be nil
	Context context.Context // ends the run when done; nil means never
	// go on where w, the loss or, if opt allows it, the gradient is NaN or Inf
	NonFinite bool
}

// MinimizeWith is Minimize with stopping rules, a callback and cancellation.
// A run that one of them ends is no error: Path.Stopped says what ended it, and
// is empty after cfg.Steps steps. One that the context ends has its error in
// Path.Err.
//
// The path also holds what opt keeps between steps (Path.Vars), if it is
// Stateful, and its learning rates (Path.Rate), if it, the optimizer inside its
// wrappers or a part of Groups is Adaptive.
// MinimizeWith panics if cfg.Steps < 0 or start is empty.
func MinimizeWith(opt Optimizer, f Function, start []float64, cfg MinimizeConfig) *Path {
	if cfg.Steps < 0 {
		panic(fmt.Sprintf("optim: steps is %d, allowed is 0 or more", cfg.Steps))
	}
	if len(start) == 0 {
		panic("optim: start is empty, at least one coordinate is needed")
	}
	p := &Path{Method: opt.String()}
	w := append([]float64(nil), start...)
	grad, room := make([]float64, len(w)), make([]float64, len(w))
	for t := 0; ; t++ {
		loss := f.Func(w)
		if !cfg.NonFinite && !(isFinite(loss) && firstNonFinite(w) < 0) {
			p.Err = fmt.Errorf("optim: %s left the finite numbers at step %d: w = %v, loss = %v", p.Method, t, w, loss)
			return p
		}
		f.Grad(grad, GradientPoint(opt, room, w))
		p.add(opt, w, grad, loss)
		if cfg.Each != nil {
			cfg.Each(p)
		}
		if t == cfg.Steps {
			return p
		}
		for _, rule := range cfg.Stop {
			if p.Stopped = rule(p); p.Stopped != "" {
				return p
			}
		}
		if cfg.Context != nil && cfg.Context.Err() != nil {
			p.Err = fmt.Errorf("optim: stopped after step %d: %w", t, cfg.Context.Err())
			return p
		}
		if err := opt.Step(w, grad); err != nil {
			p.Err = fmt.Errorf("step %d: %w", t+1, err)
			return p
		}
	}
}
