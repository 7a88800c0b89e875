package mlp_test

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

func softmax() *mlp.Net { return mlp.New(mlp.Config{Sizes: []int{64, 10}}) }

func smallNet(seed uint64) *mlp.Net {
	return mlp.New(mlp.Config{Sizes: []int{64, 50, 10}, Act: mlp.ReLU, Init: weightinit.NewHe(), Seed: seed})
}

// What Train records, and when it evaluates.
func TestTrainRecords(t *testing.T) {
	set := digits.Train()
	for _, c := range []struct {
		cfg  mlp.TrainConfig
		step []int
		last float64 // epoch
	}{
		{mlp.TrainConfig{Batch: 100, Epochs: 3}, []int{0, 14, 28, 42}, 3},
		{mlp.TrainConfig{Batch: 100, Steps: 30}, []int{0, 14, 28, 30}, 30.0 / 14},
		{mlp.TrainConfig{Batch: 100, Steps: 7, Every: 3}, []int{0, 3, 6, 7}, 0.5},
		{mlp.TrainConfig{Epochs: 3}, []int{0, 1, 2, 3}, 3},
		{mlp.TrainConfig{Batch: 1, Steps: 5, Every: 100}, []int{0, 5}, 5.0 / 1438},
		{mlp.TrainConfig{Batch: 7}, []int{0}, 0},
	} {
		done := []int{}
		c.cfg.Progress = func(step, total int) {
			done = append(done, step)
			if total != c.step[len(c.step)-1] {
				t.Errorf("%+v: progress of %d steps", c.cfg, total)
			}
		}
		net := softmax()
		run := mlp.Train(net, optim.NewSGD(0.1), set, c.cfg)
		if run.Err != nil || !slices.Equal(run.Step, c.step) || !slices.Equal(done, c.step) {
			t.Errorf("evaluated at %v, progress %v, want %v (error %v)", run.Step, done, c.step, run.Err)
		}
		n := len(c.step)
		if len(run.Epoch) != n || len(run.Loss) != n || len(run.Seconds) != n || math.Abs(run.Epoch[n-1]-c.last) > 1e-15 {
			t.Errorf("%d epochs, %d losses, %d times, the last at epoch %v", len(run.Epoch), len(run.Loss), len(run.Seconds), run.Epoch)
		}
		if run.Final() != net.Loss(set) || run.Loss[0] != softmax().Loss(set) || run.Method != "SGD(η=0.1)" {
			t.Errorf("final loss %v of %s, the net has %v", run.Final(), run.Method, net.Loss(set))
		}
		if run.Seconds[0] != 0 || !slices.IsSorted(run.Seconds) {
			t.Errorf("seconds %v", run.Seconds)
		}
	}
}

// Full-batch training is plain gradient descent, however it is asked for.
func TestFullBatch(t *testing.T) {
	set := digits.Train()
	want := smallNet(1)
	grad := make([]float64, len(want.Params()))
	for range 5 {
		want.Gradient(grad, set, nil)
		if err := optim.NewSGD(0.3).Step(want.Params(), grad); err != nil {
			t.Fatal(err)
		}
	}
	for _, cfg := range []mlp.TrainConfig{{Steps: 5}, {Epochs: 5, Seed: 9}, {Batch: 1438, Steps: 5, Every: 2}} {
		net := smallNet(1)
		run := mlp.Train(net, optim.NewSGD(0.3), set, cfg)
		if !slices.Equal(net.Params(), want.Params()) || run.Batch != 1438 {
			t.Errorf("%+v: other parameters than by hand, batch %d", cfg, run.Batch)
		}
	}
	with := smallNet(1)
	mlp.Train(with, optim.NewSGD(0.3), set, mlp.TrainConfig{Steps: 5, Replace: true})
	if slices.Equal(with.Params(), want.Params()) {
		t.Error("1,438 rows drawn with replacement are not the full batch")
	}
}

// The same seeds give the same parameters; evaluating more often and running on
// another number of cores change nothing.
func TestTrainRepeats(t *testing.T) {
	set := digits.Train()
	params := func(seed uint64, every int, replace bool) []float64 {
		net := smallNet(1)
		mlp.Train(net, optim.NewSGD(0.1), set, mlp.TrainConfig{Batch: 10, Steps: 300, Seed: seed, Every: every, Replace: replace})
		return net.Params()
	}
	for _, replace := range []bool{false, true} {
		a := params(5, 0, replace)
		if !slices.Equal(a, params(5, 7, replace)) {
			t.Error("two runs of one seed differ")
		}
		if slices.Equal(a, params(6, 0, replace)) {
			t.Error("runs of two seeds are the same")
		}
		rows := mlp.Seeds(6, func(seed uint64) []float64 { return params(seed, 0, replace) })
		before := runtime.GOMAXPROCS(1)
		one := mlp.Seeds(6, func(seed uint64) []float64 { return params(seed, 0, replace) })
		runtime.GOMAXPROCS(before)
		for i := range rows {
			if !slices.Equal(rows[i], one[i]) {
				t.Errorf("seed %d differs with the number of cores", i+1)
			}
		}
		if !slices.Equal(rows[4], a) {
			t.Error("row 4 of Seeds is not that of seed 5")
		}
	}
}

func TestTrainReportsTheStepThatFails(t *testing.T) {
	run := mlp.Train(softmax(), optim.NewSGD(-1), digits.Train(), mlp.TrainConfig{Batch: 10, Steps: 5})
	var field *optim.FieldError
	if !errors.As(run.Err, &field) || !strings.HasPrefix(run.Err.Error(), "step 1: ") || !slices.Equal(run.Step, []int{0}) {
		t.Errorf("error %v after the evaluations %v", run.Err, run.Step)
	}
}

func TestTrainDivergence(t *testing.T) {
	for _, every := range []int{1, 50} {
		run := mlp.Train(smallNet(1), optim.NewSGD(1e200), digits.Train(), mlp.TrainConfig{Batch: 10, Steps: 50, Every: every})
		if run.Err == nil || len(run.Loss) == 0 || math.IsInf(run.Final(), 0) || math.IsNaN(run.Final()) {
			t.Errorf("error %v, losses %v", run.Err, run.Loss)
		}
	}
	net := softmax()
	net.Params()[0] = math.NaN()
	run := mlp.Train(net, optim.NewSGD(0.1), digits.Train(), mlp.TrainConfig{Steps: 1})
	if run.Err == nil || !strings.Contains(run.Err.Error(), "SGD(η=0.1) left the finite numbers by step 0: loss = NaN") || !math.IsNaN(run.Final()) {
		t.Errorf("error %v, final loss %v", run.Err, run.Final())
	}
}

func TestTrainStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	run := mlp.Train(softmax(), optim.NewSGD(0.1), digits.Train(), mlp.TrainConfig{Batch: 10, Steps: 1000, Every: 10, Context: ctx,
		Progress: func(done, _ int) {
			if done == 30 {
				cancel()
			}
		}})
	if !errors.Is(run.Err, context.Canceled) || run.Step[len(run.Step)-1] != 30 {
		t.Errorf("error %v after step %d", run.Err, run.Step[len(run.Step)-1])
	}
}

// A run stops between two evaluations, too, and without a step if its context
// is done before.
func TestTrainStopsAtOnce(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	start := time.Now()
	run := mlp.Train(smallNet(1), optim.NewSGD(0.1), digits.Train(), mlp.TrainConfig{Batch: 10, Steps: 1 << 40, Every: 1 << 40, Context: ctx})
	if !errors.Is(run.Err, context.DeadlineExceeded) || len(run.Loss) != 1 || time.Since(start) > 20*time.Second {
		t.Errorf("error %v, losses %v after %v", run.Err, run.Loss, time.Since(start))
	}
	net := smallNet(1)
	runs := mlp.Seeds(3, func(seed uint64) *mlp.Run {
		return mlp.Train(net.Clone(), optim.NewSGD(0.1), digits.Train(), mlp.TrainConfig{Batch: 10, Steps: 10, Seed: seed, Context: ctx})
	})
	for _, run := range runs {
		if run.Err == nil || len(run.Step) != 1 || run.Err.Error() != "mlp: stopped after step 0: context deadline exceeded" {
			t.Errorf("error %v after %v", run.Err, run.Step)
		}
	}
}

func TestTrainConfigErrors(t *testing.T) {
	for want, cfg := range map[string]mlp.TrainConfig{
		"mlp: TrainConfig.Batch is -1, allowed is 0 to 1438":   {Batch: -1},
		"mlp: TrainConfig.Batch is 1439, allowed is 0 to 1438": {Batch: 1439},
		"mlp: TrainConfig.Epochs is -1":                        {Epochs: -1},
		"mlp: TrainConfig.Steps is -1":                         {Steps: -1},
		"mlp: TrainConfig has Epochs 1 and Steps 2":            {Epochs: 1, Steps: 2},
		"mlp: TrainConfig.Every is -1":                         {Every: -1},
	} {
		mustPanic(t, want, func() { mlp.Train(softmax(), optim.NewSGD(1), digits.Train(), cfg) })
	}
}

func TestRun(t *testing.T) {
	run := &mlp.Run{Step: []int{0, 5, 10, 15}, Loss: []float64{4, 2, 3, 3}}
	if run.Rises() != 1.0/3 || run.Mean(5) != 8.0/3 || run.Mean(11) != 3 || !math.IsNaN(run.Mean(16)) {
		t.Errorf("rises %v, means %v, %v, %v", run.Rises(), run.Mean(5), run.Mean(11), run.Mean(16))
	}
	if (&mlp.Run{Loss: []float64{4}}).Rises() != 0 {
		t.Error("one evaluation rises")
	}
}

func TestSeeds(t *testing.T) {
	rows := mlp.Seeds(9, func(seed uint64) []float64 { return make([]float64, seed) })
	for i, row := range rows {
		if len(row) != i+1 {
			t.Errorf("row %d is that of seed %d", i, len(row))
		}
	}
	mustPanic(t, "mlp: the number of seeds is 0", func() { mlp.Seeds[int](0, nil) })
	mustPanic(t, "seed 3", func() {
		mlp.Seeds(5, func(seed uint64) []float64 {
			if seed == 3 {
				panic("seed 3")
			}
			return nil
		})
	})
}

// The experiments of the lesson on SGD stay in the bands that NumPy runs with
// other random numbers gave.
func TestBands(t *testing.T) {
	set := digits.Train()
	mean := func(run func(seed uint64) float64) float64 {
		sum := 0.0
		for _, row := range mlp.Seeds(4, func(seed uint64) []float64 { return []float64{run(seed)} }) {
			sum += row[0] / 4
		}
		return sum
	}
	for _, c := range []struct {
		batch    int
		lr, want float64
	}{{1, 0.3, 0.47}, {10, 0.3, 0.34}, {100, 0.3, 0.004}, {0, 0.3, 0}, {1, 0.1, 0.46}, {10, 0.1, 0.11}} {
		got := mean(func(seed uint64) float64 {
			return mlp.Train(softmax(), optim.NewSGD(c.lr), set, mlp.TrainConfig{Batch: c.batch, Steps: 200, Every: 1, Seed: seed}).Rises()
		})
		if math.Abs(got-c.want) > 0.05 {
			t.Errorf("batch %d, η = %v: the loss rises in %.3f of the steps, NumPy %.3f", c.batch, c.lr, got, c.want)
		}
	}
	for _, c := range []struct {
		batch    int
		lr, want float64
	}{{1, 0.01, 0.2285}, {10, 0.1, 0.2288}, {100, 1, 0.2309}} {
		got := mean(func(seed uint64) float64 {
			return mlp.Train(softmax(), optim.NewSGD(c.lr), set, mlp.TrainConfig{Batch: c.batch, Epochs: 10, Seed: seed}).Final()
		})
		if math.Abs(got-c.want) > 0.003 {
			t.Errorf("batch %d, η = %v: loss %.4f after 10 epochs, NumPy %.4f", c.batch, c.lr, got, c.want)
		}
	}
	for _, c := range []struct{ lr, want float64 }{{0.01, 0.102}, {0.03, 0.037}, {0.1, 0.0075}, {0.3, 0.0013}} {
		got := mean(func(seed uint64) float64 {
			return mlp.Train(smallNet(seed), optim.NewSGD(c.lr), set, mlp.TrainConfig{Batch: 10, Epochs: 60, Every: 60 * 143, Seed: seed}).Final()
		})
		if math.Abs(got/c.want-1) > 0.15 {
			t.Errorf("64-50-10, η = %v: loss %.4f after 60 epochs, NumPy %.4f", c.lr, got, c.want)
		}
	}
}
