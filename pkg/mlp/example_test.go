package mlp_test

import (
	"fmt"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

func Example() {
	net := mlp.New(mlp.Config{
		Sizes: []int{64, 50, 10},
		Act:   mlp.ReLU,
		Init:  weightinit.NewHe(),
		Seed:  1,
	})
	run := mlp.Train(net, optim.NewSGD(0.1), digits.Train(), mlp.TrainConfig{Batch: 10, Epochs: 5, Seed: 1})
	for i, loss := range run.Loss {
		fmt.Printf("epoch %v: loss %.3f\n", run.Epoch[i], loss)
	}
	fmt.Printf("%v with %v: test accuracy %.3f\n", net, run.Method, net.Accuracy(digits.Test()))
	// Output:
	// epoch 0: loss 2.649
	// epoch 1: loss 0.399
	// epoch 2: loss 0.228
	// epoch 3: loss 0.167
	// epoch 4: loss 0.144
	// epoch 5: loss 0.110
	// 64-50-10 ReLU He with SGD(η=0.1): test accuracy 0.958
}

// Full batch, mini-batch and single sample at the same parameters.
func ExampleNet_Gradient() {
	net := mlp.New(mlp.Config{Sizes: []int{64, 10}})
	grad := make([]float64, len(net.Params()))
	for _, idx := range [][]int{nil, {3, 14, 15, 92, 65}, {3}} {
		loss := net.Gradient(grad, digits.Train(), idx)
		sq := 0.0
		for _, g := range grad {
			sq += g * g
		}
		fmt.Printf("loss %.4f, ‖gradient‖² %.4f\n", loss, sq)
	}
	// Output:
	// loss 2.3026, ‖gradient‖² 0.2050
	// loss 2.3026, ‖gradient‖² 3.0458
	// loss 2.3026, ‖gradient‖² 11.2816
}

// How often a step makes the loss on the whole training set rise, for 5 seeds.
func ExampleSeeds() {
	for _, batch := range []int{1, 10, 100} {
		rises := mlp.Seeds(5, func(seed uint64) []float64 {
			net := mlp.New(mlp.Config{Sizes: []int{64, 10}})
			run := mlp.Train(net, optim.NewSGD(0.3), digits.Train(), mlp.TrainConfig{Batch: batch, Steps: 200, Every: 1, Seed: seed})
			return []float64{run.Rises()}
		})
		fmt.Printf("batch %3d: %.3f\n", batch, rises)
	}
	// Output:
	// batch   1: [[0.435] [0.445] [0.450] [0.455] [0.490]]
	// batch  10: [[0.365] [0.345] [0.340] [0.375] [0.325]]
	// batch 100: [[0.015] [0.000] [0.010] [0.005] [0.010]]
}

func ExampleGradientNoise() {
	net := mlp.New(mlp.Config{Sizes: []int{64, 10}})
	noise := mlp.GradientNoise(net, digits.All(), mlp.NoiseConfig{Batches: []int{1, 32, 1024}, Draws: 300, Seed: 1})
	fmt.Printf("trΣ = %.4f, ‖ḡ‖² = %.4f\n", noise.Trace, noise.Signal)
	for i, batch := range noise.Batch {
		fmt.Printf("B = %4d: %.4f ± %.4f, law %.4f\n", batch, noise.MeanSq[i], noise.StdErr[i], noise.Law(batch))
	}
	// Output:
	// trΣ = 14.2153, ‖ḡ‖² = 0.1975
	// B =    1: 14.0966 ± 0.1183, law 14.2153
	// B =   32: 0.4182 ± 0.0094, law 0.4366
	// B = 1024: 0.0062 ± 0.0001, law 0.0060
}

// SGD that starts at the minimum climbs to a height proportional to η.
func ExampleMinimum() {
	start := mlp.New(mlp.Config{Sizes: []int{64, 10}, L2: 0.01})
	best, err := mlp.Minimum(start, digits.Train())
	if err != nil {
		fmt.Println(err)
	}
	fmt.Printf("minimum %.6f\n", best)
	for _, lr := range []float64{0.05, 0.1, 0.2} {
		run := mlp.Train(start.Clone(), optim.NewSGD(lr), digits.Train(), mlp.TrainConfig{Batch: 10, Replace: true, Steps: 6000, Every: 50, Seed: 1})
		fmt.Printf("η = %.2f: excess/η %.3f\n", lr, (run.Mean(2000)-best)/lr)
	}
	// Output:
	// minimum 0.740770
	// η = 0.05: excess/η 0.067
	// η = 0.10: excess/η 0.068
	// η = 0.20: excess/η 0.070
}

func ExampleActivation() {
	z := []float64{-2, -0.5, 0, 0.5, 2}
	for _, act := range []mlp.Activation{mlp.Sigmoid, mlp.Tanh, mlp.ReLU, mlp.LeakyReLU(0.01), mlp.GELU, mlp.SiLU} {
		a := make([]float64, len(z))
		act.Func(a, z)
		slope := []float64{1, 1, 1, 1, 1}
		act.Back(slope, z, a)
		fmt.Printf("%-16v %6.3f  slopes %6.3f\n", act, a, slope)
	}
	// Output:
	// sigmoid          [ 0.119  0.378  0.500  0.622  0.881]  slopes [ 0.105  0.235  0.250  0.235  0.105]
	// tanh             [-0.964 -0.462  0.000  0.462  0.964]  slopes [ 0.071  0.786  1.000  0.786  0.071]
	// ReLU             [ 0.000  0.000  0.000  0.500  2.000]  slopes [ 0.000  0.000  0.000  1.000  1.000]
	// leaky ReLU(0.01) [-0.020 -0.005  0.000  0.500  2.000]  slopes [ 0.010  0.010  0.010  1.000  1.000]
	// GELU             [-0.046 -0.154  0.000  0.346  1.954]  slopes [-0.085  0.133  0.500  0.867  1.085]
	// SiLU             [-0.238 -0.189  0.000  0.311  1.762]  slopes [-0.091  0.260  0.500  0.740  1.091]
}

// What Train records besides the loss: accuracy on other rows, and measures of
// every layer. With weights of zero a layer is one neuron for ever.
func ExampleTrain() {
	for _, init := range []weightinit.Initializer{weightinit.NewZeros(), weightinit.NewHe()} {
		net := mlp.New(mlp.Config{Sizes: []int{64, 50, 10}, Act: mlp.Sigmoid, Init: init, Seed: 1})
		run := mlp.Train(net, optim.NewSGD(1), digits.Train(), mlp.TrainConfig{
			Batch: 100, Epochs: 20, Seed: 1, Test: digits.Test(), Probe: digits.Test()})
		first, last := run.Layers[0][0], run.Layers[20][0]
		fmt.Printf("%v: accuracy %.3f, distinct neurons %d, then %d, last update %.4f of the weights\n",
			net, run.Accuracy[20], first.Distinct, last.Distinct, last.Update)
	}
	// Output:
	// 64-50-10 sigmoid Zeros: accuracy 0.318, distinct neurons 1, then 1, last update 0.0065 of the weights
	// 64-50-10 sigmoid He: accuracy 0.950, distinct neurons 50, then 50, last update 0.0040 of the weights
}
