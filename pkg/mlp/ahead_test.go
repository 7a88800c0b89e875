package mlp_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/optim/schedule"
)

// wrapper is one of another package.
type wrapper struct{ inner optim.Optimizer }

func (o wrapper) Step(w, grad []float64) error { return o.inner.Step(w, grad) }
func (o wrapper) String() string               { return o.inner.String() }
func (o wrapper) Unwrap() optim.Optimizer      { return o.inner }

// The two forms of Nesterov's method are one path of the look-ahead point, in a
// net as on a surface. Between two steps the net holds W.
func TestTrainLooksAhead(t *testing.T) {
	set := digits.Train()
	cfg := mlp.TrainConfig{Batch: 20, Steps: 40, Seed: 3}
	theta := smallNet(1)
	if run := mlp.Train(theta, optim.NewNesterov(0.05), set, cfg); run.Err != nil {
		t.Fatal(run.Err)
	}
	n := len(theta.Params())
	for name, wrap := range map[string]func(o *optim.Nesterov) optim.Optimizer{
		"alone":      func(o *optim.Nesterov) optim.Optimizer { return o },
		"a stranger": func(o *optim.Nesterov) optim.Optimizer { return wrapper{o} },
		"Follow": func(o *optim.Nesterov) optim.Optimizer {
			return optim.NewFollow(o, &o.LR, schedule.Constant{Value: 0.05})
		},
		"EMA":    func(o *optim.Nesterov) optim.Optimizer { return optim.NewEMA(o, 0.9) },
		"Groups": func(o *optim.Nesterov) optim.Optimizer { return optim.NewGroups(optim.Part{Len: n, Optimizer: o}) },
	} {
		paper := &optim.Nesterov{LR: 0.05, Alpha: 0.9, Paper: true}
		net := smallNet(1)
		run := mlp.Train(net, wrap(paper), set, cfg)
		at := paper.Ahead(make([]float64, n), net.Params())
		if d := farthest(at, theta.Params()); run.Err != nil || !(d < 1e-11) {
			t.Errorf("%s: the look-ahead point is %v away from Θ, %v", name, d, run.Err)
		}
		if run.Final() != net.Loss(set) || farthest(net.Params(), theta.Params()) < 1e-4 {
			t.Errorf("%s: the net does not hold W", name)
		}
	}
	// bit for bit the loop that computes the gradient in another net
	paper, hand := &optim.Nesterov{LR: 0.05, Alpha: 0.9, Paper: true}, &optim.Nesterov{LR: 0.05, Alpha: 0.9, Paper: true}
	net, w := smallNet(1), smallNet(1)
	there, grad := smallNet(1), make([]float64, n)
	for range 10 {
		mlp.Train(net, paper, set, mlp.TrainConfig{Steps: 1})
		copy(there.Params(), hand.Ahead(make([]float64, n), w.Params()))
		there.Gradient(grad, set, nil)
		if err := hand.Step(w.Params(), grad); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(net.Params(), w.Params()) {
			t.Fatal("the parameters are not those by hand")
		}
	}
	// L2 of the optimizer is that of the net
	penalized := mlp.New(mlp.Config{Sizes: []int{64, 10}, L2: 0.1})
	plain := mlp.New(mlp.Config{Sizes: []int{64, 10}})
	a := mlp.Train(penalized, &optim.Nesterov{LR: 0.05, Alpha: 0.9, Paper: true}, set, cfg)
	b := mlp.Train(plain, optim.NewL2(&optim.Nesterov{LR: 0.05, Alpha: 0.9, Paper: true}, 0.1), set, cfg)
	if d := farthest(plain.Params(), penalized.Params()); a.Err != nil || b.Err != nil || !(d < 1e-12) {
		t.Errorf("L2 is %v away from the penalty of the net, %v, %v", d, a.Err, b.Err)
	}
	run := mlp.Train(smallNet(1), struct{ optim.Optimizer }{&optim.Nesterov{LR: 0.05, Alpha: 0.9, Paper: true}}, set, cfg)
	if run.Err == nil || !strings.HasPrefix(run.Err.Error(), "step 2: optim: nobody asked for the point") {
		t.Errorf("hidden in a wrapper: error %v", run.Err)
	}
}

func farthest(a, b []float64) float64 {
	d := 0.0
	for i := range a {
		d = max(d, math.Abs(a[i]-b[i]))
	}
	return d
}

// A run without end ends with its context.
func TestTrainWithoutEnd(t *testing.T) {
	for _, cfg := range []mlp.TrainConfig{
		{Batch: 100, Epochs: math.MaxInt}, {Batch: 100, Epochs: math.MaxInt/14 + 1}, {Epochs: math.MaxInt}, {Batch: 1, Epochs: math.MaxInt / 1437},
		{Batch: 100, Steps: math.MaxInt}, {Batch: 100, Steps: math.MaxInt, Every: 3}, {Batch: 100, Epochs: math.MaxInt, Every: math.MaxInt},
	} {
		ctx, cancel := context.WithCancel(context.Background())
		cfg.Context = ctx
		steps := 0
		opt := counting{optim.NewSGD(0.01), func() {
			if steps++; steps == 5 {
				cancel()
			}
		}}
		cfg.Progress = func(_, total int) {
			if total < math.MaxInt/2 {
				t.Errorf("Epochs %d, Steps %d: progress of %d steps", cfg.Epochs, cfg.Steps, total)
				cancel()
			}
		}
		run := mlp.Train(softmax(), opt, digits.Train(), cfg)
		if !errors.Is(run.Err, context.Canceled) || steps != 5 {
			t.Errorf("Epochs %d, Steps %d, Every %d: error %v after %d steps", cfg.Epochs, cfg.Steps, cfg.Every, run.Err, steps)
		}
	}
}

// counting calls count at each step.
type counting struct {
	optim.Optimizer
	count func()
}

func (o counting) Step(w, grad []float64) error {
	o.count()
	return o.Optimizer.Step(w, grad)
}
