package plots_test

import (
	"fmt"
	"math"
	"strings"
	"time"

	"descent/pkg/optim"
	"descent/pkg/plots"
	"descent/pkg/surface"
)

func ExampleTrajectory() {
	path := optim.Minimize(optim.NewSGD(0.95), surface.Ravine, []float64{-7, 2}, 30)
	f := plots.Trajectory(surface.Ravine, path).Look("Watch the zigzag.")
	// f.Show() in a cell, f.Save("ravine.svg") elsewhere
	fmt.Println(f.Caption())
	// Output: Contour lines of f(x, y) = x²/20 + y² and the trajectory of SGD(η=0.95) over 30 steps. Final f = 0.01333. Circle: start (−7, 2). Star: minimum (0, 0). Numbers on the path are steps, those on the contour lines values of f. Watch the zigzag.
}

func ExampleField() {
	fmt.Println(plots.Field(surface.Ravine).Alt())
	// Output: Contour plot of f(x, y) = x²/20 + y², x from −10 to 10, y from −5 to 5, minimum at (0, 0). Arrows follow −∇f; the largest component of the gradient is 1 along x, 10 along y.
}

func ExampleCurves() {
	slow := optim.Minimize(optim.NewSGD(0.1), surface.Ravine, []float64{-7, 2}, 30)
	fast := optim.Minimize(optim.NewSGD(0.5), surface.Ravine, []float64{-7, 2}, 30)
	f := plots.Curves(
		plots.Series{Name: slow.Method, Y: [][]float64{slow.Loss}},
		plots.Series{Name: fast.Method, Y: [][]float64{fast.Loss}},
	).LogY()
	fmt.Println(f.Alt())
	// Output: Line chart: loss against step. SGD(η=0.1): 6.45 at x = 0, 1.34 at x = 30. SGD(η=0.5): 6.45 at x = 0, 0.113 at x = 30.
}

func ExamplePoints() {
	measured := plots.Series{
		Name: "measured",
		X:    []float64{1, 10, 100},
		Y:    [][]float64{{14.1, 1.41, 0.151}, {13.9, 1.45, 0.139}},
	}
	f := plots.Points(measured).LogX().LogY().X("Batch size B").Y("Gradient noise").
		Line("14/B", func(b float64) float64 { return 14 / b })
	fmt.Println(f.Caption())
	// Output: Gradient noise against batch size B: measured. Markers show the mean of 2 seeds, bars reach from minimum to maximum. Dashed: 14/B. Both axes are logarithmic.
}

func ExampleDigits() {
	diagonal := make([]float64, 64)
	for i := range 8 {
		diagonal[9*i] = 1
	}
	fmt.Println(plots.Digits([][]float64{diagonal}, []int{1}).Caption())
	// Output: 1 handwritten digit of 8×8 pixels (pixel value 0 is white, 1 is black), with labels.
}

// A line of theory and one that marks a bound.
func ExampleFigure_Line() {
	path := optim.Minimize(optim.NewSGD(1), surface.Ravine, []float64{0, 2}, 10)
	f := plots.Curves(plots.Series{Name: path.Method, Y: [][]float64{path.Loss}}).
		Line("exact", func(float64) float64 { return 4 }).
		HLine(math.E, "e")
	fmt.Println(f.Caption())
	// Output: Loss against step: SGD(η=1). Dashed: exact. Dotted horizontal line: e = 2.718.
}

// A figure that cannot be drawn prints why.
func ExampleFigure_Show() {
	plots.Curves(plots.Series{Name: "loss", Y: [][]float64{{2.3, 1.9}, {2.3}}}).Show()
	// Output: plots: Curves: series "loss": Y[1] has 1 value, but Y[0] has 2
}

// The trajectory, step by step: an animated PNG.
func ExampleFigure_Animate() {
	path := optim.Minimize(optim.NewMomentum(0.1), surface.Ravine, []float64{-7, 2}, 30)
	m := plots.Trajectory(surface.Ravine, path).Animate().Pace(150 * time.Millisecond)
	// m.Show() in a cell, m.Save("ravine.png") elsewhere
	fmt.Println(m.Alt())
	// Output: Animation. Contour plot of f(x, y) = x²/20 + y², x from −10 to 10, y from −5 to 5, minimum at (0, 0). Momentum(η=0.1, α=0.9): from (−7, 2), 30 steps, 4 reversals along y, ends at (0.8964, 0.08809), f = 0.04794.
}

// Any figures, one after the other.
func ExampleAnimation() {
	var frames []*plots.Figure
	for _, lr := range []float64{0.2, 0.6, 1} {
		path := optim.Minimize(optim.NewSGD(lr), surface.Ravine, []float64{-7, 2}, 30)
		frames = append(frames, plots.Trajectory(surface.Ravine, path))
	}
	m := plots.Animation(frames...).Pace(time.Second).Loops(2).Look("The steps grow.")
	_, moves, _ := strings.Cut(m.Caption(), "values of f. ")
	fmt.Println(moves)
	// Output: Motion: 3 figures one after the other. The steps grow.
}

// A slider over the steps of a path, for a cell or for a page with Vega.
func ExampleFigure_Play() {
	path := optim.Minimize(optim.NewAdam(0.3), surface.Ravine, []float64{-7, 2}, 30)
	p := plots.Trajectory(surface.Ravine, path).Play()
	// p.Show() in a cell, p.Save("adam.vg.json") elsewhere
	_, controls, _ := strings.Cut(p.Caption(), "values of f. ")
	fmt.Println(controls)
	// Output: In JupyterLab a slider chooses the step up to which the path is drawn, with its numbers. Ring: the point of that step; arrow that ends there: the update just made.
}

// Sliders over learning rate and momentum: 9 runs, computed before.
func ExamplePlayRuns() {
	p := plots.PlayRuns(surface.Ravine, func(v ...float64) *optim.Path {
		opt := optim.NewMomentum(v[0])
		opt.Alpha = v[1]
		return optim.Minimize(opt, surface.Ravine, []float64{-7, 2}, 30)
	},
		plots.Slider{Name: "η", Values: []float64{0.02, 0.1, 0.5}, Start: 1},
		plots.Slider{Name: "α", Values: []float64{0, 0.5, 0.9}, Start: 2},
	)
	fmt.Println(p.Caption())
	// Output: Contour lines of f(x, y) = x²/20 + y² and the trajectory of Momentum(η=0.1, α=0.9) over 30 steps. Final f = 0.04794. Circle: start (−7, 2). Star: minimum (0, 0). Numbers on the path are steps, those on the contour lines values of f. In JupyterLab, choose η, α and the step (9 precomputed runs). The caption describes the initial setting. Ring: the point of that step; arrow that ends there: the update just made.
}

// Sliders over layer and epoch; values would come from Trace.Layers.
func ExamplePlayHistograms() {
	values := func(at ...float64) []float64 {
		layer, epoch := at[0], at[1]
		return []float64{-layer, 0, epoch}
	}
	p := plots.PlayHistograms("Activation", -3, 3, values,
		plots.Slider{Name: "layer", Values: []float64{1, 2}},
		plots.Slider{Name: "epoch", Values: []float64{0, 1, 2}, Start: 2},
	)
	fmt.Println(p.Caption())
	// Output: Histogram of activation over 3 values. Layer 1, epoch 2: mean 0.333, standard deviation 1.25. In JupyterLab, choose layer and epoch. The caption describes the initial setting.
}
