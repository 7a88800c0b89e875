package mlp_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

// Training with each activation function agrees with PyTorch step by step, in
// the loss and in parameters spread over all layers. testdata/golden_torch.py
// wrote the numbers.
func TestTorch(t *testing.T) {
	var golden struct {
		Sizes []int
		Batch int
		Runs  []struct {
			Act       string
			LR, Scale float64
			Losses    []float64
			Params    [][]float64 // after step t: parameters t, t + 101, …
		}
	}
	text, err := os.ReadFile("testdata/torch.json")
	if err == nil {
		err = json.Unmarshal(text, &golden)
	}
	if err != nil {
		t.Fatal(err)
	}
	acts := map[string]mlp.Activation{}
	for _, act := range []mlp.Activation{mlp.Sigmoid, mlp.Tanh, mlp.ReLU, mlp.LeakyReLU(0.01), mlp.GELU, mlp.SiLU} {
		acts[act.String()] = act
	}
	set := digits.Train()
	for _, run := range golden.Runs {
		net := mlp.New(mlp.Config{Sizes: golden.Sizes, Act: acts[run.Act], Init: weightinit.NewZeros()})
		for i := range net.Params() {
			net.Params()[i] = run.Scale * float64((37*i)%101-50) / 100
		}
		grad, idx := make([]float64, len(net.Params())), make([]int, golden.Batch)
		opt := optim.NewSGD(run.LR)
		worst := 0.0
		for step, want := range run.Losses {
			for j := range idx {
				idx[j] = (31*step + 7*j) % set.Len()
			}
			worst = max(worst, math.Abs(net.Gradient(grad, set, idx)-want))
			if err := opt.Step(net.Params(), grad); err != nil {
				t.Fatal(err)
			}
			for i, want := range run.Params[step] {
				worst = max(worst, math.Abs(net.Params()[step+101*i]-want))
			}
		}
		if last := run.Losses[len(run.Losses)-1]; worst > 1e-12 || len(run.Losses) < 20 || last > 0.98*run.Losses[0] {
			t.Errorf("%s: %d steps differ by up to %.2g, the loss goes from %v to %v", run.Act, len(run.Losses), worst, run.Losses[0], last)
		}
		t.Logf("%s: largest difference %.2g", run.Act, worst)
	}
	if len(golden.Runs) != len(acts) {
		t.Errorf("%d runs for %d activation functions", len(golden.Runs), len(acts))
	}
}
