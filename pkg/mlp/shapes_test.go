package mlp_test

import (
	"fmt"
	"slices"
	"testing"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

func TestShapes(t *testing.T) {
	net := mlp.New(mlp.Config{Sizes: []int{64, 7, 10}, Act: mlp.ReLU, Init: weightinit.NewHe()})
	want := []optim.Shape{{Rows: 64, Cols: 7}, {Rows: 7, Cols: 1}, {Rows: 7, Cols: 10}, {Rows: 10, Cols: 1}}
	if got := net.Shapes(); !slices.Equal(got, want) {
		t.Errorf("shapes %v, want %v", got, want)
	}
	at := 0
	for k, s := range net.Shapes() {
		view := net.Weights(k / 2)
		if k%2 == 1 {
			view = net.Biases(k / 2)
		}
		if n := s.Rows * s.Cols; n != len(view) || &net.Params()[at] != &view[0] {
			t.Errorf("tensor %d of %v does not start at parameter %d", k, s, at)
		}
		at += s.Rows * s.Cols
	}
}

// Weights by Muon, which takes matrices only, biases by AdamW.
func ExampleNet_Shapes() {
	net := mlp.New(mlp.Config{Sizes: []int{64, 50, 10}, Act: mlp.ReLU, Init: weightinit.NewHe(), Seed: 1})
	var parts []optim.Part
	for _, s := range net.Shapes() {
		var opt optim.Optimizer = optim.NewAdamW(0.01)
		if s.Cols > 1 {
			muon := optim.NewMuon(0.05, s)
			muon.InOut = true // as Net stores its weights
			opt = muon
		}
		parts = append(parts, optim.Part{Len: s.Rows * s.Cols, Optimizer: opt})
	}
	run := mlp.Train(net, optim.NewGroups(parts...), digits.Train(), mlp.TrainConfig{Batch: 100, Epochs: 5, Seed: 1})
	fmt.Printf("loss %.2f, then %.2f\n", run.Loss[0], run.Final())
	// Output: loss 2.65, then 0.05
}
