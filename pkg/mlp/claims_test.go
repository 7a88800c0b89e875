package mlp_test

import (
	"math"
	"testing"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

// The verdicts of lesson 01 rest on five seeds. They hold at five others, each
// for itself.

func fresh(measure func(seed uint64) []float64) [][]float64 {
	return mlp.Seeds(5, func(seed uint64) []float64 { return measure(seed + 100) })
}

// end is the loss of a net trained on batches of 100, drawn with the net's seed.
func end(cfg mlp.Config, opt optim.Optimizer, epochs int) float64 {
	return mlp.Train(mlp.New(cfg), opt, digits.Train(), mlp.TrainConfig{Batch: 100, Epochs: epochs, Seed: cfg.Seed}).Final()
}

// deep is a net of 2 hidden layers of 50 ReLUs.
func deep(init weightinit.Initializer, seed uint64) mlp.Config {
	return mlp.Config{Sizes: []int{64, 50, 50, 10}, Act: mlp.ReLU, Init: init, Seed: seed}
}

func trained(lr float64, cfg mlp.TrainConfig) *mlp.Run {
	return mlp.Train(softmax(), optim.NewSGD(lr), digits.Train(), cfg)
}

// C01: one epoch in parts ends lower than in one step, also where that step
// has a learning rate near the best.
func TestPartsBeatTheWhole(t *testing.T) {
	for _, loss := range fresh(func(seed uint64) (y []float64) {
		for _, batch := range []int{1438, 100, 10} {
			y = append(y, trained(0.3, mlp.TrainConfig{Batch: batch, Epochs: 1, Seed: seed}).Final())
		}
		return append(y, trained(12, mlp.TrainConfig{Batch: 1438, Epochs: 1, Seed: seed}).Final())
	}) {
		if !(loss[2] < loss[1]/2 && loss[1] < loss[0]) {
			t.Errorf("losses with B = 1438, 100, 10 are %v, want each below the one before and the last below half", loss[:3])
		}
		if loss[2] > loss[3]/2 {
			t.Errorf("loss with B = 10 is %v, with one full step of η = 12 %v", loss[2], loss[3])
		}
	}
}

// C03: with η = 0.3 the share of rising steps falls as the batch grows; with
// η = 0.1 and 100 rows it is that of the full batch, 0.
func TestSmallBatchesAreUnstable(t *testing.T) {
	share := func(lr float64, batch int, seed uint64) float64 {
		return trained(lr, mlp.TrainConfig{Batch: batch, Steps: 200, Every: 1, Seed: seed}).Rises()
	}
	for _, up := range fresh(func(seed uint64) []float64 {
		return []float64{share(0.3, 1, seed), share(0.3, 10, seed), share(0.3, 100, seed), share(0.3, 1438, seed), share(0.1, 100, seed)}
	}) {
		if !(up[0] > 0.4 && up[0] > up[1] && up[1] > 0.25 && up[2] < 0.05 && up[3] == 0 && up[4] == 0) {
			t.Errorf("shares of rising steps: %v", up)
		}
	}
}

// C04: started at the minimum, SGD wanders above it: with replacement at a
// height proportional to η within 30 %, without it falls faster than η.
func TestFloorIsProportionalToRate(t *testing.T) {
	start := mlp.New(mlp.Config{Sizes: []int{64, 10}, L2: 0.01})
	best, err := mlp.Minimum(start, digits.Train())
	if err != nil {
		t.Fatal(err)
	}
	for _, over := range fresh(func(seed uint64) (y []float64) {
		for _, replace := range []bool{true, false} {
			for _, lr := range []float64{0.02, 0.2} {
				run := mlp.Train(start.Clone(), optim.NewSGD(lr), digits.Train(),
					mlp.TrainConfig{Batch: 10, Replace: replace, Steps: 9000, Every: 20, Seed: seed})
				y = append(y, (run.Mean(6000)-best)/lr)
			}
		}
		return y
	}) {
		if over[0] <= 0 || over[1] < 0.7*over[0] || over[1] > 1.3*over[0] {
			t.Errorf("height above the minimum over η: %v for η = 0.02 and 0.2", over[:2])
		}
		if over[2] <= 0 || over[2] > 0.6*over[3] || over[3] > over[1] {
			t.Errorf("without replacement: %v", over[2:])
		}
	}
}

// C05: by epochs B = 1 is ahead of B = 32; but 30 epochs of B = 32, which
// cost less than 10 of B = 1, end below a third of its loss; the full batch is
// last by far.
func TestMiniBatchIsTheCompromise(t *testing.T) {
	race := func(batch, epochs int, lr float64, seed uint64) *mlp.Run {
		return mlp.Train(smallNet(seed), optim.NewSGD(lr), digits.Train(), mlp.TrainConfig{Batch: batch, Epochs: epochs, Seed: seed})
	}
	rows := fresh(func(seed uint64) []float64 {
		one, some, all := race(1, 10, 0.03, seed), race(32, 30, 1, seed), race(1438, 30, 1, seed)
		return []float64{one.Loss[1], some.Loss[1], one.Loss[10], some.Loss[10], one.Final(), some.Final(), all.Final()}
	})
	for _, loss := range rows {
		if !(loss[0] < loss[1] && loss[5] < loss[4]/3 && loss[4] < loss[6]/3) {
			t.Errorf("losses: %v", loss)
		}
	}
	// after ten epochs single seeds may disagree, the mean does not
	if mean := mlp.Across(rows); mean[2].Mean >= mean[3].Mean {
		t.Errorf("after 10 epochs the mean loss of B = 1 is %.4f, of B = 32 %.4f", mean[2], mean[3])
	}
}

// C10 rests on the fair comparison: with η/(1−α) equal, Momentum ends within
// 20 % of SGD where SGD trains well, and still trains where SGD has broken.
func TestMomentumAtEqualSpeed(t *testing.T) {
	end := func(opt optim.Optimizer, seed uint64) float64 {
		return mlp.Train(smallNet(seed), opt, digits.Train(), mlp.TrainConfig{Batch: 100, Epochs: 20, Seed: seed}).Final()
	}
	for _, loss := range fresh(func(seed uint64) []float64 {
		return []float64{end(optim.NewSGD(0.3), seed), end(optim.NewMomentum(0.03), seed),
			end(optim.NewSGD(2), seed), end(optim.NewMomentum(0.2), seed)}
	}) {
		if math.Abs(loss[1]/loss[0]-1) > 0.2 {
			t.Errorf("SGD(0.3) ends at %.4f, Momentum(0.03) at %.4f, want them within 20 %%", loss[0], loss[1])
		}
		if loss[2] < 2 || loss[3] > 0.1 {
			t.Errorf("SGD(2) ends at %.4f, want above 2; Momentum(0.2) at %.4f, want below 0.1", loss[2], loss[3])
		}
	}
}
