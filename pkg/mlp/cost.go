package mlp

import (
	"fmt"
	"slices"
	"time"

	"descent/pkg/digits"
	"descent/pkg/optim"
)

// StepCost returns the seconds that one step of SGD takes with the given batch
// size: drawing the batch, gradient and update. It is the median of 15
// measurements of 2 ms or more and differs from run to run; a large net uses all
// cores. The parameters stay as they are. A batch of 0 is the full batch. It panics if batch is out of
// range or set does not fit the net.
func StepCost(net *Net, set digits.Set, batch int) float64 {
	cfg := TrainConfig{Batch: batch}
	if err := cfg.Validate(set.Len()); err != nil {
		panic(err)
	}
	next, _ := batches(set.Len(), cfg)
	opt := optim.NewSGD(0)
	grad := make([]float64, len(net.params))
	var costs []float64
	for steps := 1; len(costs) < 15; {
		start := time.Now()
		for range steps {
			net.Gradient(grad, set, next())
			if err := opt.Step(net.params, grad); err != nil {
				panic(fmt.Errorf("mlp: StepCost: %w", err))
			}
		}
		took := time.Since(start)
		if took < 2*time.Millisecond {
			steps *= 2 // too short to measure, and a warm-up
			continue
		}
		costs = append(costs, took.Seconds()/float64(steps))
	}
	slices.Sort(costs)
	return costs[len(costs)/2]
}
