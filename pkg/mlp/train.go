package mlp

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"descent/pkg/digits"
	"descent/pkg/optim"
)

// TrainConfig says how long and on which batches Train trains.
type TrainConfig struct {
	// rows a step, 0 to the number of rows; 0 means all of them, the full batch
	Batch int
	// length in epochs of N/Batch steps (tail dropped), ≥ 0; math.MaxInt means
	// until Context is done
	Epochs  int
	Steps   int    // or in steps, ≥ 0; one of the two must be 0
	Seed    uint64 // of the batches
	Replace bool   // draw with replacement
	Every   int    // steps between evaluations, ≥ 0; 0 means once an epoch
	// its accuracy is recorded at each evaluation, unless it is empty
	Test digits.Set
	// with these rows the measures of every layer are recorded at each evaluation,
	// unless it is empty
	Probe   digits.Set
	Context context.Context // ends the run early when done; nil means never
	// called after each evaluation with the steps done; may be nil. Under Seeds it
	// is called from several goroutines
	Progress func(done, total int)
}

// Validate reports the first field that is out of range for a training set of
// the given number of rows.
func (c TrainConfig) Validate(rows int) error {
	switch {
	case c.Batch < 0 || c.Batch > rows:
		return fmt.Errorf("mlp: TrainConfig.Batch is %d, allowed is 0 to %d, the number of rows; 0 means all", c.Batch, rows)
	case c.Epochs < 0:
		return fmt.Errorf("mlp: TrainConfig.Epochs is %d, allowed is 0 or more", c.Epochs)
	case c.Steps < 0:
		return fmt.Errorf("mlp: TrainConfig.Steps is %d, allowed is 0 or more", c.Steps)
	case c.Epochs > 0 && c.Steps > 0:
		return fmt.Errorf("mlp: TrainConfig has Epochs %d and Steps %d, allowed is one of them", c.Epochs, c.Steps)
	case c.Every < 0:
		return fmt.Errorf("mlp: TrainConfig.Every is %d, allowed is 0 or more; 0 means once an epoch", c.Every)
	}
	return nil
}

// Run is what Train recorded, one element for each evaluation; the first is
// before the first step, the last after the last.
type Run struct {
	Method string    // the optimizer with its hyperparameters, as its String gives it
	Batch  int       // rows a step
	Step   []int     // steps done
	Epoch  []float64 // the same in epochs of N/Batch steps, tail dropped
	Loss   []float64 // mean loss over the whole training set, as Net.Loss gives it
	// share of the rows of TrainConfig.Test that are classified right, from 0 to 1;
	// nil without Test
	Accuracy []float64
	Layers   [][]Measures // of each layer on TrainConfig.Probe; nil without Probe
	Seconds  []float64    // time spent on training, evaluation excluded: differs from run to run
	Err      error        // why the run ended early, or nil
}

// Final returns the last loss, and NaN if even the first was not finite. Where
// Err is not nil it is the loss before the run went wrong.
func (r *Run) Final() float64 {
	if len(r.Loss) == 0 {
		return math.NaN()
	}
	return r.Loss[len(r.Loss)-1]
}

// Mean returns the mean loss of the evaluations at step from and later, and
// NaN if there is none.
func (r *Run) Mean(from int) float64 {
	sum, n := 0.0, 0
	for i, loss := range r.Loss {
		if r.Step[i] >= from {
			sum += loss
			n++
		}
	}
	return sum / float64(n)
}

// Rises returns the share, from 0 to 1, of the evaluations after the first
// whose loss is above the one before. With TrainConfig.Every 1 it is the share
// of the steps that make the loss rise.
func (r *Run) Rises() float64 {
	n := 0
	for i := 1; i < len(r.Loss); i++ {
		if r.Loss[i] > r.Loss[i-1] {
			n++
		}
	}
	return float64(n) / float64(max(1, len(r.Loss)-1))
}

// Train trains net in place with opt on set. The gradient is taken where opt
// wants it (optim.GradientPoint).
//
// A run whose loss leaves the finite numbers, whose Step fails or whose context
// is done ends early: the run holds the evaluations up to there, and Run.Err
// says where and why. Train panics with the error of Validate if cfg is out of
// range, and if a set does not fit the net.
func Train(net *Net, opt optim.Optimizer, set digits.Set, cfg TrainConfig) *Run {
	net.mustFit(set)
	rows := set.Len()
	if err := cfg.Validate(rows); err != nil {
		panic(err)
	}
	next, size := batches(rows, cfg)
	perEpoch := rows / size
	steps := max(cfg.Steps, times(cfg.Epochs, perEpoch))
	every := cfg.Every
	if every == 0 {
		every = perEpoch
	}
	run := &Run{Method: opt.String(), Batch: size}
	probe := newProbe(net, cfg.Probe)
	grad, room := make([]float64, len(net.params)), make([]float64, len(net.params))
	seconds := 0.0
	for t := 0; ; {
		loss := net.Loss(set)
		if math.IsNaN(loss) || math.IsInf(loss, 0) {
			run.Err = fmt.Errorf("mlp: %s left the finite numbers by step %d: loss = %v", run.Method, t, loss)
			return run
		}
		run.Step = append(run.Step, t)
		run.Epoch = append(run.Epoch, float64(t)/float64(perEpoch))
		run.Loss = append(run.Loss, loss)
		run.Seconds = append(run.Seconds, seconds)
		if cfg.Test.Len() > 0 {
			run.Accuracy = append(run.Accuracy, net.Accuracy(cfg.Test))
		}
		if probe != nil {
			run.Layers = append(run.Layers, probe.measure())
		}
		if cfg.Progress != nil {
			cfg.Progress(t, steps)
		}
		if t == steps {
			return run
		}
		start := time.Now()
		for end := t + min(every, steps-t); t < end; t++ {
			if cfg.Context != nil && cfg.Context.Err() != nil {
				run.Err = fmt.Errorf("mlp: stopped after step %d: %w", t, cfg.Context.Err())
				return run
			}
			if probe != nil && t == end-1 {
				copy(probe.before, net.params)
			}
			net.gradientAt(optim.GradientPoint(opt, room, net.params), grad, set, next())
			if err := opt.Step(net.params, grad); err != nil {
				run.Err = fmt.Errorf("step %d: %w", t+1, err)
				return run
			}
		}
		seconds += time.Since(start).Seconds()
	}
}

// times returns a·b for a ≥ 0 and b ≥ 1, and the largest int where that is more.
func times(a, b int) int {
	if a > math.MaxInt/b {
		return math.MaxInt
	}
	return a * b
}

// gradientAt is Gradient at other parameters. Those of the net are the same
// afterwards, bit for bit.
func (n *Net) gradientAt(at, grad []float64, set digits.Set, rows []int) {
	if &at[0] != &n.params[0] {
		swap(at, n.params)
		defer swap(at, n.params)
	}
	n.Gradient(grad, set, rows)
}

func swap(a, b []float64) {
	for i := range a {
		a[i], b[i] = b[i], a[i]
	}
}

// probe takes the measures of the layers while a net is trained.
type probe struct {
	trace  *Trace
	set    digits.Set
	before []float64 // parameters before the last step
}

// newProbe returns nil if set is empty.
func newProbe(net *Net, set digits.Set) *probe {
	if set.Len() == 0 {
		return nil
	}
	net.mustFit(set)
	return &probe{trace: newTrace(net), set: set, before: slices.Clone(net.params)}
}

func (p *probe) measure() []Measures {
	p.trace.Observe(p.set.X)
	p.trace.Gradient(p.set.Labels)
	m := p.trace.Measures()
	for i, l := range p.trace.net.layers {
		before := p.before[l.start:][:len(l.w)]
		m[i].Update = distance(l.w, before) / norm(before)
	}
	return m
}

// batches returns the function that draws the rows of the next step, and their
// number. The full batch is nil: all rows in their order.
func batches(rows int, cfg TrainConfig) (next func() []int, size int) {
	switch {
	case cfg.Batch == 0 && cfg.Replace:
		return digits.NewReplacementSampler(rows, rows, cfg.Seed).Next, rows
	case cfg.Batch == 0 || cfg.Batch == rows && !cfg.Replace:
		return func() []int { return nil }, rows
	case cfg.Replace:
		return digits.NewReplacementSampler(rows, cfg.Batch, cfg.Seed).Next, cfg.Batch
	}
	return digits.NewSampler(rows, cfg.Batch, cfg.Seed).Next, cfg.Batch
}
