package mlp_test

import (
	"slices"
	"testing"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/optim"
)

func TestTimed(t *testing.T) {
	var runs []*mlp.Run
	seconds, loss := mlp.Timed(2, func(seed uint64) *mlp.Run {
		run := mlp.Train(softmax(), optim.NewSGD(0.1), digits.Test(), mlp.TrainConfig{Batch: 10, Epochs: 3, Seed: seed})
		runs = append(runs, run)
		return run
	})
	if len(seconds) != 4 || seconds[0] != 0 || !slices.IsSorted(seconds) || seconds[3] <= 0 {
		t.Errorf("seconds %v, want four that grow from 0", seconds)
	}
	for i, run := range runs {
		if !slices.Equal(loss[i], run.Loss) {
			t.Errorf("row %d is %v, the run recorded %v", i, loss[i], run.Loss)
		}
	}
	if want := (runs[0].Seconds[3] + runs[1].Seconds[3]) / 2; seconds[3] != want {
		t.Errorf("mean time %v, want %v", seconds[3], want)
	}
	if slices.Equal(loss[0], loss[1]) {
		t.Error("both seeds gave the same run")
	}
}
