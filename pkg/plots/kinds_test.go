package plots_test

import (
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"descent/pkg/digits"
	"descent/pkg/lang"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/optim/schedule"
	"descent/pkg/plots"
	"descent/pkg/surface"
	"descent/pkg/weightinit"
)

func deepNet(layers int, act mlp.Activation, init weightinit.Initializer) *mlp.Net {
	sizes := []int{64}
	for range layers - 1 {
		sizes = append(sizes, 20)
	}
	return mlp.New(mlp.Config{Sizes: append(sizes, 10), Act: act, Init: init, Seed: 1})
}

func trained(layers, epochs int) *mlp.Run {
	return mlp.Train(deepNet(layers, mlp.ReLU, weightinit.NewHe()), optim.NewSGD(0.05), digits.Train(),
		mlp.TrainConfig{Batch: 100, Epochs: epochs, Seed: 1, Probe: digits.Test()})
}

func sample(values ...float64) plots.Sample { return plots.Sample{Name: "a", Values: values} }

// What the kinds of the gallery cannot draw is an error that names it.
func TestBadDataOfKindsIsNamed(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	test := digits.Test()
	net := deepNet(2, mlp.ReLU, weightinit.NewHe())
	forward := net.Observe(test.X)
	three := &optim.Path{Method: "SGD(η=1)", W: [][]float64{{1, 2, 3}}}
	adam := optim.Minimize(optim.NewAdam(0.1), surface.Ravine, []float64{-7, 2}, 5)
	stuck := optim.Minimize(optim.NewAdam(-1), surface.Ravine, []float64{-7, 2}, 5)
	var many []*optim.Path
	for range 13 {
		many = append(many, sgd(0.1, 1))
	}
	one := [][]float64{{1}}
	bare := &mlp.Run{Method: "SGD(η=1)", Step: []int{0}, Loss: []float64{1}}
	headless := mlp.New(mlp.Config{Sizes: []int{4, 3}, Act: mlp.ReLU, Init: weightinit.NewHe(), Headless: true})
	for want, f := range map[string]*plots.Figure{
		"Trajectories needs at least one path":                     plots.Trajectories(surface.Ravine),
		"Trajectories has 13 paths, allowed are 12":                plots.Trajectories(surface.Ravine, many...),
		"Trajectories: SGD(η=1) has 3 coordinates at step 0":       plots.Trajectories(surface.Ravine, three),
		"Trajectories has no place for HLine":                      plots.Trajectories(surface.Ravine, adam).HLine(1, ""),
		"Adam(η=0.1, β1=0.9, β2=0.999, ε=1e-08) keeps no velocity": plots.Trajectory(surface.Ravine, adam).Velocity(),
		"StepArrows is for Trajectory and Trajectories only":       plots.Curves(row(1)).StepArrows(),
		"Velocity is for Trajectory and Trajectories only":         plots.Field(surface.Ravine).Velocity(),
		"ZRange: this figure has no color scale":                   plots.Curves(row(1)).ZRange(1, 2),
		"Quartiles is for curves, points and bars only":            plots.Field(surface.Ravine).Quartiles(),
		"HistogramGrid has no vertical axis":                       plots.HistogramGrid([]string{"r"}, []string{"c"}, [][][]float64{one}).YRange(0, 1),
		"Bins is 1, allowed is 2 to 200":                           plots.Histograms(sample(1)).Bins(1),
		"Bins is for histograms only":                              plots.Curves(row(1)).Bins(9),
		"ZRange is (2, 1)":                                         plots.Map("z", []float64{1}, []float64{1}, one).ZRange(2, 1),
		"Histograms needs at least one":                            plots.Histograms(),
		"Histograms: a has no values":                              plots.Histograms(sample()),
		"Histograms: nothing is finite, the first value is NaN":    plots.Histograms(sample(nan, inf)),
		"Histograms has no logarithmic vertical axis":              plots.Histograms(sample(1)).LogY(),
		`Histograms has no place for Line "g"`:                     plots.Histograms(sample(1)).Line("g", math.Sqrt),
		"Activations needs at least one layer":                     plots.Activations(nil),
		"Gradients: Layer 1 has none, call Trace.Gradient":         plots.Gradients(forward),
		"Weights needs at least one layer":                         plots.Weights(nil),
		"HistogramGrid has 0 rows":                                 plots.HistogramGrid(nil, []string{"c"}, nil),
		"HistogramGrid has values of 0 rows, but 1":                plots.HistogramGrid([]string{"r"}, []string{"c"}, nil),
		`HistogramGrid has 1 value in row "r", but 2 columns`:      plots.HistogramGrid([]string{"r"}, []string{"c", "d"}, [][][]float64{one}),
		"HistogramGrid: r, c has no values":                        plots.HistogramGrid([]string{"r"}, []string{"c"}, [][][]float64{{nil}}),
		"Evolution of 1 step,":                                     plots.Evolution([]int{1}, 0, 1, nil),
		"Evolution has counts of 1 step, but 2 steps":              plots.Evolution([]int{1, 2}, 0, 1, [][][]int{{{1}}}),
		"Evolution from 1 to NaN":                                  plots.Evolution([]int{1, 2}, 1, nan, [][][]int{{{1}}, {{1}}}),
		"Evolution: step 1 follows 1":                              plots.Evolution([]int{1, 1}, 0, 1, [][][]int{{{1}}, {{1}}}),
		"layer 1 has 2 bins at step 2, but layer 1 has 1":          plots.Evolution([]int{1, 2}, 0, 1, [][][]int{{{1}}, {{1, 2}}}),
		"Evolution has 2 layers at step 2, but 1 at step 1":        plots.Evolution([]int{1, 2}, 0, 1, [][][]int{{{1}}, {{1}, {1}}}),
		"layer 1 has the count -1 at step 2":                       plots.Evolution([]int{1, 2}, 0, 1, [][][]int{{{1}}, {{-1}}}),
		"Inside: path 0 is nil":                                    plots.Inside(nil),
		"has taken no step: step 1: optim: Adam.LR is -1":          plots.Inside(stuck),
		"Inside has vertical axes of its own":                      plots.Inside(adam).LogY(),
		"Rates: SGD(η=0.1) has no effective learning rates":        plots.Rates(sgd(0.1, 3)),
		"Rates: path 1 is nil":                                     plots.Rates(adam, nil),
		"Rates needs at least one series":                          plots.Rates(),
		"Schedules: n is 0":                                        plots.Schedules(0, schedule.Constant{Value: 1}),
		"Schedules: schedule 1 is nil":                             plots.Schedules(9, schedule.Constant{Value: 1}, nil),
		"Schedules: schedule: Constant.Value is NaN":               plots.Schedules(9, schedule.Constant{Value: nan}),
		"ByLayer needs at least one series":                        plots.ByLayer(),
		`series "a": Y[1] has 1 value, but X has 2`:                plots.ByLayer(plots.Series{Name: "a", Y: [][]float64{{1, 2}, {1}}}),
		"GradientNorms: the run is nil":                            plots.GradientNorms(nil),
		"GradientNorms: the run has recorded no layers, set Train": plots.GradientNorms(bare),
		"UpdateRatios needs 2 evaluations or more, the run has 1":  plots.UpdateRatios(trained(2, 0)),
		"Map: x has 0 values":                                      plots.Map("z", nil, []float64{1}, one),
		"Map: y[0] is NaN":                                         plots.Map("z", []float64{1}, []float64{nan}, one),
		"Map: x[1] is 1 after 2, allowed are rising numbers":       plots.Map("z", []float64{2, 1}, []float64{1}, [][]float64{{1, 2}}),
		"Map: x[0] is 0, a log axis starts above 0":                plots.Map("z", []float64{0}, []float64{1}, one).LogX(),
		"Map: z has 1 row, but y has 2 values":                     plots.Map("z", []float64{1}, []float64{1, 2}, one),
		"Map: z[0] has 1 value, but x has 2":                       plots.Map("z", []float64{1, 2}, []float64{1}, one),
		"Map: z has no finite value, its first is +Inf":            plots.Map("z", []float64{1}, []float64{1}, [][]float64{{inf}}),
		"WeightMap of 0×0 weights":                                 plots.WeightMap(mlp.Layer{}),
		"WeightMap has 3 weights, but 2×2 are 4":                   plots.WeightMap(mlp.Layer{In: 2, Out: 2, W: []float64{1, 2, 3}}),
		"WeightMap has no finite weight, the first is NaN":         plots.WeightMap(mlp.Layer{In: 1, Out: 2, W: []float64{nan, inf}}),
		"WeightMap has axes of its own":                            plots.WeightMap(forward.Layers[0]).LogX(),
		"Predictions has 1 image, but 2 predictions":               plots.Predictions([][]float64{make([]float64, 64)}, []int{1}, []int{1, 2}),
		"Confusion: classes is 1, allowed are 2 to 20":             plots.Confusion([]int{0}, []int{0}, 1),
		"Confusion needs at least one label":                       plots.Confusion(nil, nil, 10),
		"Confusion has 1 label, but 2 predictions":                 plots.Confusion([]int{1}, []int{1, 2}, 10),
		"Confusion: label 0 is 10":                                 plots.Confusion([]int{10}, []int{1}, 10),
		"Confusion: prediction 0 is -1":                            plots.Confusion([]int{1}, []int{-1}, 10),
		"Bars has 0 samples":                                       plots.Bars(),
		"Bars: a has no values":                                    plots.Bars(sample()),
		"Bars: value 1 of a is NaN":                                plots.Bars(sample(1, nan)),
		"Bars: value 0 of a is 0, a log axis starts above 0":       plots.Bars(sample(0)).LogX(),
		"Bars has no vertical axis":                                plots.Bars(sample(1)).HLine(1, ""),
		"LossSlice: the net is nil":                                plots.LossSlice(nil, test, 1),
		"LossSlice: the set is empty":                              plots.LossSlice(net, digits.Set{}, 1),
		"LossSlice needs at least one series":                      plots.LossSlice(net, test),
		"LossPlane: the net is headless":                           plots.LossPlane(headless, test, 1, 2),
		"LossPlane: both seeds are 3, two directions are needed":   plots.LossPlane(net, test, 3, 3),
	} {
		_, err := f.PNG()
		if err == nil || !strings.HasPrefix(err.Error(), "plots: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q in it", err, want)
		}
	}
}

// What is odd but can be drawn is drawn, soon, and the caption says what is odd.
func TestOddDataOfKindsIsDrawn(t *testing.T) {
	lang.Lang = "en"
	t.Cleanup(func() { lang.Lang = "" })
	nan, inf := math.NaN(), math.Inf(1)
	test := digits.Test()
	deep := deepNet(50, mlp.ReLU, weightinit.NewNormal(0, 0.01)).Observe(test.X)
	deep.Gradient(test.Labels)
	exploding := deepNet(50, mlp.ReLU, weightinit.NewNormal(0, 1e6)).Observe(test.X)
	far := &optim.Path{Method: "far", W: [][]float64{{-7, 2}, {1e300, -1.7e308}}, Loss: []float64{1, 2}}
	var all []*optim.Path
	for range 12 {
		all = append(all, sgd(0.1, 2000))
	}
	wide := optim.Minimize(optim.NewAdam(0.1), surface.Bowl(1, 2), []float64{1, 1}, 5)
	for range 40 { // many coordinates
		for t := range wide.W {
			wide.Grad[t] = append(wide.Grad[t], float64(t))
			wide.Rate[t] = append(wide.Rate[t], 0.5)
		}
	}
	wide.Rate[0] = nil
	for _, c := range []struct {
		name, caption string
		f             *plots.Figure
	}{
		{"a path that leaves", "far leaves the picture at step 1 (arrow).", plots.Trajectories(surface.Ravine, far)},
		{"twelve long paths", "12 trajectories of 2,000 steps", plots.Trajectories(surface.Ravine, all...)},
		{"arrows on a long path", "Arrowheads", plots.Trajectory(surface.Ravine, sgd(1, 20000)).StepArrows()},
		{"velocity that overflows", "velocity v", plots.Trajectory(surface.Ravine, optim.Minimize(optim.NewMomentum(5), surface.Ravine, []float64{-7, 2}, 500)).Velocity()},
		{"50 layers", "10 of 49 are shown", plots.Activations(deep)},
		{"gradients of 50 layers", "10 of 50 are shown", plots.Gradients(deep)},
		{"exploding", "1 NaN or infinite value is not drawn", plots.Histograms(sample(1, 1e300, -1e300, inf))},
		{"activations of 1e300", "Histograms of activations", plots.Activations(exploding)},
		{"one value", "1 value in each panel", plots.Histograms(sample(3))},
		{"zeros on a log axis", "RMS", plots.Histograms(sample(0, 0, 0)).LogX()},
		{"huge range", "40 bins", plots.Histograms(sample(-1.7e308, 1.7e308))},
		{"subnormal", "40 bins", plots.Histograms(sample(5e-324, 1)).LogX()},
		{"a spike", "Bars higher than their panel are cut", plots.Histograms(sample(make([]float64, 100)...), spread(0), spread(1), spread(2))},
		{"grid with NaN", "1 NaN or infinite", plots.HistogramGrid([]string{"r"}, []string{"c"}, [][][]float64{{{1, nan}}})},
		{"empty bins", "How the distribution", plots.Evolution([]int{0, 5}, 0, 1, [][][]int{{{0, 0}}, {{0, 0}}})},
		{"many coordinates", "mean of 42 coordinates", plots.Rates(wide)},
		{"an early end", "stops", plots.GradientNorms(diverging())},
		{"schedule of one update", "Learning rate", plots.Schedules(1, schedule.Constant{Value: 0.1})},
		{"one cell", "1×1 cell.", plots.Map("z", []float64{0}, []float64{1e300}, [][]float64{{0}})},
		{"1e-308 to 1e308", "Colors are logarithmic", plots.Map("z", []float64{1, 2}, []float64{1}, [][]float64{{1e-308, 1e308}})},
		{"a hatched cell", "1 cell whose value is not finite", plots.Map("z", []float64{1, 2}, []float64{1}, [][]float64{{1, nan}}).LogX().LogY()},
		{"one weight", "1 distinct neuron, 1 distinct input", plots.WeightMap(mlp.Layer{In: 1, Out: 1, W: []float64{0}})},
		{"500 neurons", "1×500 weights", plots.WeightMap(mlp.Layer{In: 1, Out: 500, W: make([]float64, 500)})},
		{"a broken weight", "1 weight that is not finite", plots.WeightMap(mlp.Layer{In: 1, Out: 2, W: []float64{1, inf}})},
		{"a class that is absent", "of 1 prediction 0 are right", plots.Confusion([]int{1}, []int{0}, 3)},
		{"negative bars", "Values compared", plots.Bars(sample(-1, -2), sample(3))},
		{"bars of 1e300", "Values compared", plots.Bars(sample(-1e300), sample(1e300))},
		{"equal bars", "Values compared", plots.Bars(sample(0, 0))},
		{"bars on a log axis", "points in place of bars", plots.Bars(sample(1e-300), sample(1e300)).LogX().Quartiles()},
		{"slice of zeros", "random vectors", plots.LossSlice(mlp.New(mlp.Config{Sizes: []int{64, 10}}), test, 1)},
		{"plane of zeros", "Star", plots.LossPlane(mlp.New(mlp.Config{Sizes: []int{64, 10}}), test, 1, 2)},
	} {
		start := time.Now()
		if _, err := c.f.PNG(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: took %v", c.name, took)
		}
		if got := c.f.Caption(); !strings.Contains(got, c.caption) {
			t.Errorf("%s: caption %q, want %q in it", c.name, got, c.caption)
		}
		if c.f.Alt() == "" {
			t.Errorf("%s: no alternative text", c.name)
		}
	}
}

// spread are 100 numbers that differ.
func spread(from float64) plots.Sample {
	s := plots.Sample{Name: "spread"}
	for i := range 100 {
		s.Values = append(s.Values, from+float64(i)/100)
	}
	return s
}

// diverging is a run that ended early.
func diverging() *mlp.Run {
	run := trained(2, 3)
	run.Err = mlp.Train(deepNet(2, mlp.ReLU, weightinit.NewHe()), optim.NewSGD(math.Inf(1)), digits.Train(),
		mlp.TrainConfig{Batch: 100, Epochs: 1}).Err
	return run
}

// Numbers in captions and alternative texts are those of the data.
func TestTextsTellTheData(t *testing.T) {
	lang.Lang = "en"
	t.Cleanup(func() { lang.Lang = "" })
	trace := mlp.New(mlp.Config{Sizes: []int{2, 2}, Act: mlp.Sigmoid, Init: weightinit.NewHe(), Headless: true}).Observe([]float64{1, 2})
	copy(trace.Layers[0].A, []float64{0.01, 0.5})
	for _, c := range []struct {
		want string
		f    *plots.Figure
	}{
		{"Layer 1: highest bar 50% near 0.0125, mean ± std 0.26 ± 0.24, saturated 50%.", plots.Activations(trace)},
		{"a: highest bar 75% near 2.25", plots.Histograms(sample(0, 3, 3, 3)).XRange(0, 3).Bins(2)},
		{"a: highest bar 75% near 2.963, mean ± std 2.2 ± 1.3.", plots.Histograms(sample(0, 3, 3, 3)).XRange(0, 3)},
		{"Lowest 1 at η = 2, ρ = 5, highest 9 at η = 3, ρ = 5. Not finite: 50% of the cells.",
			plots.Map("Loss", []float64{2, 3}, []float64{5, 6}, [][]float64{{1, 9}, {math.NaN(), math.Inf(1)}}).X("η").Y("ρ")},
		{"values from −1 to 2. 2 distinct neurons, 1 distinct input.",
			plots.WeightMap(mlp.Layer{In: 2, Out: 3, W: []float64{-1, 2, 2, -1, 2, 2}})},
		{"of 4 predictions 2 are right. Most frequent mistakes (label→prediction): 1→2 2 times.",
			plots.Confusion([]int{0, 1, 1, 1}, []int{0, 1, 2, 2}, 3)},
		{"of 2 predictions 1 is right. Wrong ones (label→prediction): 4→9.",
			plots.Predictions([][]float64{make([]float64, 64), make([]float64, 64)}, []int{4, 5}, []int{9, 5})},
		{"a 2.00 [1.00, 4.00].", plots.Bars(sample(1, 1, 4))},
		{"a 2.00 [1.50, 3.00].", plots.Bars(sample(1, 2, 4)).Quartiles()},
		{"a: 2 at x = 1, 30 at x = 2", plots.ByLayer(plots.Series{Name: "a", Y: [][]float64{{2, 30}}})},
	} {
		if got := c.f.Alt(); !strings.Contains(got, c.want) {
			t.Errorf("alternative text %q, want %q in it", got, c.want)
		}
	}
}

// What arrows in the panels say, the caption need not say again.
func TestGridCaption(t *testing.T) {
	lang.Lang = "en"
	t.Cleanup(func() { lang.Lang = "" })
	all := []float64{0, 1, 2, 1e6, math.NaN()}
	got := plots.HistogramGrid([]string{"a"}, []string{"b"}, [][][]float64{{all}}).XRange(0, 2).Caption()
	if strings.Contains(got, "at most") || !strings.Contains(got, "arrows the share beyond") || !strings.Contains(got, "1 NaN or infinite value is not drawn") {
		t.Errorf("caption %q", got)
	}
}

// A slice through a net passes through its loss and leaves it as it is.
func TestLossSliceLeavesTheNet(t *testing.T) {
	lang.Lang = "en"
	t.Cleanup(func() { lang.Lang = "" })
	net := deepNet(2, mlp.ReLU, weightinit.NewHe())
	before := net.Loss(digits.Test())
	f := plots.LossSlice(net, digits.Test(), 1)
	plots.LossPlane(net, digits.Test(), 1, 2)
	if after := net.Loss(digits.Test()); after != before {
		t.Errorf("the loss was %v and is %v", before, after)
	}
	if f.Caption() == "" {
		t.Error("no caption")
	}
}

// No label and no line is cut off by the paper's edge.
func TestNothingHangsOver(t *testing.T) {
	inBothLanguages(t, func(t *testing.T, language string) {
		for name, f := range built(language) {
			if out := plots.Overhang(f); out != "" {
				t.Errorf("%s in %s: %s", name, language, out)
			}
		}
	})
}

// Panels, color scales and hatches can be written as vectors.
func TestSaveKinds(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"comparison", "activations", "map", "weight_map", "evolution"} {
		for _, ext := range []string{".svg", ".pdf"} {
			if err := built("en")[name].Save(filepath.Join(dir, name+ext)); err != nil {
				t.Errorf("%s%s: %v", name, ext, err)
			}
		}
	}
}

func BenchmarkHistograms(b *testing.B) {
	f := built("en")["activations"]
	for b.Loop() {
		if _, err := f.PNG(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkComparison(b *testing.B) {
	f := built("en")["comparison"]
	for b.Loop() {
		if _, err := f.PNG(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMap(b *testing.B) {
	f := built("en")["map"]
	for b.Loop() {
		if _, err := f.PNG(); err != nil {
			b.Fatal(err)
		}
	}
}
