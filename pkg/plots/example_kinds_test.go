package plots_test

import (
	"fmt"
	"math"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/optim/schedule"
	"descent/pkg/plots"
	"descent/pkg/surface"
	"descent/pkg/weightinit"
)

// The book's comparison of methods.
func ExampleTrajectories() {
	run := func(opt optim.Optimizer) *optim.Path {
		return optim.Minimize(opt, surface.Ravine, []float64{-7, 2}, 30)
	}
	f := plots.Trajectories(surface.Ravine, run(optim.NewSGD(0.95)), run(optim.NewAdaGrad(1.5)))
	fmt.Println(f.Caption())
	// Output: Contour lines of f(x, y) = x²/20 + y² and 2 trajectories of 30 steps. Final f: SGD(η=0.95) 0.01333, AdaGrad(η=1.5, ε=10⁻⁷) 0.0007219. Circle: start (−7, 2). Star: minimum (0, 0). All panels have the same axes and contour lines.
}

func ExampleFigure_Velocity() {
	path := optim.Minimize(optim.NewMomentum(0.1), surface.Ravine, []float64{-7, 2}, 30)
	fmt.Println(plots.Trajectory(surface.Ravine, path).Velocity().Caption())
	// Output: Contour lines of f(x, y) = x²/20 + y² and the trajectory of Momentum(η=0.1, α=0.9) over 30 steps. Final f = 0.04794. Arrows: velocity v, their length is proportional to |v|. Circle: start (−7, 2). Star: minimum (0, 0). Numbers on the path are steps, those on the contour lines values of f.
}

func ExampleFigure_StepArrows() {
	path := optim.Minimize(optim.NewSGD(0.9), surface.Ravine, []float64{-7, 2}, 5)
	fmt.Println(plots.Trajectory(surface.Ravine, path).StepArrows().Caption())
	// Output: Contour lines of f(x, y) = x²/20 + y² and the trajectory of SGD(η=0.9) over 5 steps. Final f = 1.384. Arrowheads: direction of the steps. Circle: start (−7, 2). Star: minimum (0, 0). Numbers on the path are steps, those on the contour lines values of f.
}

func ExampleFigure_Quartiles() {
	f := plots.Curves(plots.Series{Name: "loss", Y: [][]float64{{3, 1}, {3, 2}, {3, 9}}}).Quartiles()
	fmt.Println(f.Caption())
	fmt.Println(f.Alt())
	// Output:
	// Loss against step: loss. Lines show the median of 3 seeds, bands reach from quartile to quartile.
	// Line chart: loss against step. loss: 3 at x = 0, 2 at x = 1 (3 seeds, at the end 1.5 to 5.5).
}

// Saturation shows at a glance.
func ExampleActivations() {
	net := mlp.New(mlp.Config{Sizes: []int{64, 50, 50, 10}, Act: mlp.Sigmoid, Init: weightinit.NewNormal(0, 1), Seed: 1})
	fmt.Println(plots.Activations(net.Observe(digits.Test().X)).Alt())
	// Output: 2 histograms: activations, axis from 0 to 1. Layer 1: highest bar 22% near 0.9875, mean ± std 0.57 ± 0.39, saturated 46%. Layer 2: highest bar 23% near 0.0125, mean ± std 0.48 ± 0.41, saturated 52%.
}

func ExampleGradients() {
	net := mlp.New(mlp.Config{Sizes: []int{64, 50, 50, 10}, Act: mlp.Sigmoid, Init: weightinit.NewNormal(0, 0.01), Seed: 1})
	trace := net.Observe(digits.Test().X)
	trace.Gradient(digits.Test().Labels)
	fmt.Println(plots.Gradients(trace).Caption())
	// Output: Histograms of |∂L/∂z|, 40 bins. All panels have the same axes. The horizontal axis shows sizes on a log scale. RMS: root mean square. Bars higher than their panel are cut, their share stands beside them.
}

func ExampleWeights() {
	net := mlp.New(mlp.Config{Sizes: []int{64, 50, 10}, Act: mlp.ReLU, Init: weightinit.NewConstant(0.5)})
	fmt.Println(plots.Weights(net.Observe(digits.Test().X)).Alt())
	// Output: 2 histograms: weights, axis from 0.45 to 0.55. Layer 1: highest bar 100% near 0.4988, mean ± std 0.50 ± 0.00. Layer 2: highest bar 100% near 0.4988, mean ± std 0.50 ± 0.00.
}

func ExampleHistograms() {
	f := plots.Histograms(
		plots.Sample{Name: "before", Values: []float64{1, 2, 2, 3}},
		plots.Sample{Name: "after", Values: []float64{2, 4, 4, 6}},
	).X("Weight")
	fmt.Println(f.Caption())
	// Output: Histograms of weight, 4 values in each panel, 40 bins. All panels have the same axes.
}

func ExampleHistogramGrid() {
	f := plots.HistogramGrid([]string{"Xavier", "He"}, []string{"tanh"}, [][][]float64{{{-0.5, 0.5}}, {{-0.9, 0.9}}})
	fmt.Println(f.Alt())
	// Output: Table of histograms, mean ± std. tanh (−0.972 to 0.972): Xavier 0.00 ± 0.50, He 0.00 ± 0.90.
}

func ExampleEvolution() {
	counts := [][][]int{
		{{0, 10, 0}}, // step 0: all 10 activations of the only layer lie in the middle third
		{{6, 1, 3}},
	}
	fmt.Println(plots.Evolution([]int{0, 100}, 0, 1, counts).Alt())
	// Output: Heat maps by layer: activation from 0 to 1. Layer 1: fullest bin near 0.5 at first, near 0.1667 at the end.
}

func ExampleInside() {
	path := optim.Minimize(optim.NewRMSProp(0.1), surface.Ravine, []float64{-7, 2}, 50)
	fmt.Println(plots.Inside(path).Caption())
	// Output: RMSProp(η=0.1, ρ=0.99, ε=10⁻⁷), step by step: gradient, what it keeps (h), effective learning rate. On a logarithmic axis: h.
}

func ExampleRates() {
	path := optim.Minimize(optim.NewAdaGrad(1.5), surface.Ravine, []float64{-7, 2}, 30)
	fmt.Println(plots.Rates(path).Alt())
	// Output: Line chart: effective learning rate against step. AdaGrad(η=1.5, ε=10⁻⁷) x: 2.14 at x = 1, 1.18 at x = 30. AdaGrad(η=1.5, ε=10⁻⁷) y: 0.375 at x = 1, 0.363 at x = 30, lowest 0.363 at x = 14.
}

func ExampleSchedules() {
	fmt.Println(plots.Schedules(101, schedule.Cosine{From: 0.1, To: 0, T: 100}).Alt())
	// Output: Line chart: learning rate against update i. Cosine(0.1 → 0, T=100): 0.1 at x = 0, 0 at x = 100.
}

func ExampleByLayer() {
	net := mlp.New(mlp.Config{Sizes: []int{64, 50, 50, 50, 10}, Act: mlp.Sigmoid, Init: weightinit.NewNormal(0, 0.01), Seed: 1})
	trace := net.Observe(digits.Test().X)
	trace.Gradient(digits.Test().Labels)
	var rms []float64
	for _, l := range trace.Layers {
		rms = append(rms, mlp.RMS(l.Delta))
	}
	f := plots.ByLayer(plots.Series{Name: "std 0.01", Y: [][]float64{rms}}).Y("RMS of ∂L/∂z")
	fmt.Println(f.Caption())
	// Output: RMS of ∂L/∂z against layer: std 0.01. The vertical axis is logarithmic.
}

func ExampleUpdateRatios() {
	net := mlp.New(mlp.Config{Sizes: []int{64, 30, 10}, Act: mlp.ReLU, Init: weightinit.NewHe(), Seed: 1})
	run := mlp.Train(net, optim.NewSGD(0.1), digits.Train(), mlp.TrainConfig{Batch: 100, Epochs: 3, Seed: 1, Probe: digits.Test()})
	fmt.Println(plots.UpdateRatios(run).Caption())
	fmt.Println(plots.GradientNorms(run).Caption())
	// Output:
	// Update-to-weight ratio ‖ΔW‖/‖W‖ against step: Layer 1, Layer 2. The vertical axis is logarithmic. SGD(η=0.1). Dotted horizontal line: 10⁻³ (0.001).
	// RMS of ∂L/∂z against step: Layer 1, Layer 2. The vertical axis is logarithmic. SGD(η=0.1).
}

// The steps that SGD on f = y² may take, with the bound 2/λ from theory.
func ExampleMap() {
	start, eta := []float64{1, 2}, []float64{0.5, 1.5}
	var loss [][]float64
	for _, lr := range eta {
		var row []float64
		for _, y := range start {
			path := optim.Minimize(optim.NewSGD(lr), surface.Ravine, []float64{0, y}, 2000)
			if path.Err != nil {
				row = append(row, math.Inf(1))
				continue
			}
			row = append(row, path.Final())
		}
		loss = append(loss, row)
	}
	f := plots.Map("Loss", start, eta, loss).X("Start y").Y("Learning rate η").
		Line("2/λ", func(float64) float64 { return 1 })
	fmt.Println(f.Caption())
	// Output: Loss over start y and learning rate η, 2×2 cells. Darker is larger. Hatched: 2 cells whose value is not finite. Line: 2/λ.
}

// With equal initial weights all neurons stay one.
func ExampleWeightMap() {
	net := mlp.New(mlp.Config{Sizes: []int{64, 8, 10}, Act: mlp.Tanh, Init: weightinit.NewConstant(0.1)})
	mlp.Train(net, optim.NewSGD(0.1), digits.Train(), mlp.TrainConfig{Batch: 100, Epochs: 1, Seed: 1})
	fmt.Println(plots.WeightMap(net.Observe(digits.Test().X).Layers[0]).Caption())
	// Output: 64×8 weights: rows are inputs, columns neurons. 1 distinct neuron, 62 distinct inputs. Columns, or rows, marked with one color and letter have equal weights, bit by bit.
}

func ExamplePredictions() {
	test := digits.Test()
	images := [][]float64{test.Row(0), test.Row(1)}
	fmt.Println(plots.Predictions(images, test.Labels[:2], []int{4, 7}).Alt())
	// Output: 2 handwritten digits, of 2 predictions 1 is right. Wrong ones (label→prediction): 9→7.
}

func ExampleConfusion() {
	net := mlp.New(mlp.Config{Sizes: []int{64, 10}})
	mlp.Train(net, optim.NewSGD(0.1), digits.Train(), mlp.TrainConfig{Batch: 20, Epochs: 5, Seed: 1})
	fmt.Println(plots.Confusion(digits.Test().Labels, net.Predict(digits.Test()), 10).Caption())
	// Output: Confusion matrix: of 359 predictions 332 are right (92%). Rows are labels, columns predictions; right ones lie on the diagonal, wrong ones are orange.
}

func ExampleBars() {
	f := plots.Bars(
		plots.Sample{Name: "SGD", Values: []float64{0.91, 0.93}},
		plots.Sample{Name: "Adam", Values: []float64{0.94, 0.95}},
	).X("Accuracy")
	fmt.Println(f.Caption())
	fmt.Println(f.Alt())
	// Output:
	// Accuracy compared, 2 rows. Bars show the mean of 2 seeds, lines reach from minimum to maximum.
	// Bar chart: accuracy. SGD 0.920 [0.910, 0.930], Adam 0.945 [0.940, 0.950].
}

func ExampleLossSlice() {
	net := mlp.New(mlp.Config{Sizes: []int{64, 10}, Init: weightinit.NewXavier(), Seed: 1})
	fmt.Println(plots.LossSlice(net, digits.Test(), 1).Caption())
	// Output: Loss against distance a from the parameters: direction 1. Directions are random vectors, in each layer as long as its parameters; their numbers are seeds. Dotted vertical line: the net as it is (a = 0).
}

func ExampleLossPlane() {
	net := mlp.New(mlp.Config{Sizes: []int{64, 10}, Init: weightinit.NewXavier(), Seed: 1})
	fmt.Println(plots.LossPlane(net, digits.Test(), 1, 2).Caption())
	// Output: Loss over a (direction 1) and b (direction 2), 25×25 cells. Darker is larger. Star: the net as it is. Numbers on the lines are losses.
}

// A color scale from 10⁻⁶ to 1, whatever lies beyond.
func ExampleFigure_ZRange() {
	f := plots.Map("Loss", []float64{0.1, 0.2}, []float64{1}, [][]float64{{1e-30, 0.5}}).ZRange(1e-6, 1)
	fmt.Println(f.Caption())
	// Output: Loss over x and y, 2×1 cells. Colors are logarithmic, darker is larger. Values range from 10⁻³⁰ to 0.5, those beyond the color scale have the color of its end.
}

func ExampleFigure_Bins() {
	f := plots.Histograms(plots.Sample{Name: "a", Values: []float64{0, 1, 1, 2}}).XRange(0, 2).Bins(2)
	fmt.Println(f.Alt())
	// Output: 1 histogram: values, axis from 0 to 2. a: highest bar 75% near 1.5, mean ± std 1.00 ± 0.71.
}

func ExampleGradientNorms() {
	net := mlp.New(mlp.Config{Sizes: []int{64, 30, 30, 10}, Act: mlp.Sigmoid, Init: weightinit.NewXavier(), Seed: 1})
	run := mlp.Train(net, optim.NewSGD(0.1), digits.Train(), mlp.TrainConfig{Batch: 100, Epochs: 2, Seed: 1, Probe: digits.Test()})
	fmt.Println(plots.GradientNorms(run).Alt())
	// Output: Line chart: RMS of ∂L/∂z against step. Layer 1: 3.22×10⁻⁵ at x = 0, 2.99×10⁻⁵ at x = 28. Layer 2: 0.000163 at x = 0, 0.000152 at x = 28. Layer 3: 0.000868 at x = 0, 0.000837 at x = 28.
}
