package plots_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"descent/pkg/digits"
	"descent/pkg/lang"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/plots"
	"descent/pkg/surface"
	"descent/pkg/weightinit"
)

// A run that starts on an axis of a surface has a coordinate whose gradient is 0
// all the way: it is drawn, on an axis that has a place for it.
func TestStartOnAnAxis(t *testing.T) {
	lang.Lang = "en"
	t.Cleanup(func() { lang.Lang = "" })
	for _, start := range [][]float64{{-7, 0}, {0, 2}, {0, 0}} {
		for _, opt := range []optim.Optimizer{optim.NewSGD(0.95), optim.NewMomentum(0.1), optim.NewNesterov(0.1), optim.NewAdaGrad(1.5), optim.NewAdaDelta(1),
			optim.NewRMSProp(0.1), optim.NewAdam(0.3), optim.NewAdamW(0.3), optim.NewAMSGrad(0.3), optim.NewAdamax(0.3), optim.NewNAdam(0.3),
			optim.NewAdaBelief(0.3), optim.NewYogi(0.3), optim.NewRprop(0.1), optim.NewLion(0.1)} {
			path := optim.Minimize(opt, surface.Ravine, start, 60)
			for _, f := range []*plots.Figure{plots.Inside(path), plots.Trajectory(surface.Ravine, path)} {
				if err := plots.Check(f); err != nil {
					t.Errorf("%v from %v: %v", opt, start, err)
				}
			}
			if _, ok := opt.(optim.Adaptive); ok && path.Rate != nil {
				if err := plots.Check(plots.Rates(path)); err != nil {
					t.Errorf("%v from %v: %v", opt, start, err)
				}
			}
		}
	}
	four := &optim.Path{Method: "four", W: [][]float64{{1, 2, 3, 4}, {1, 2, 3, 4}}, Grad: [][]float64{{1, 2, 3, 4}, {1, 2, 3, 4}},
		Vars: map[string][][]float64{"r": {{1, 2}, {2, 3}}, "c": {{1, 2, 3}, {2, 3, 4}}}}
	if _, err := plots.Inside(four).PNG(); err != nil {
		t.Errorf("variables of other numbers of coordinates: %v", err)
	}
	off := plots.Inside(optim.Minimize(optim.NewAdam(0.3), surface.Ravine, []float64{-7, 2}, 60)).Caption()
	on := plots.Inside(optim.Minimize(optim.NewAdam(0.3), surface.Ravine, []float64{-7, 0}, 60)).Caption()
	if on == "" || !strings.Contains(off, "On a logarithmic axis: v.") || strings.Contains(on, "logarithmic axis: v") {
		t.Errorf("captions %q and %q, want v on a logarithmic axis in the first alone", off, on)
	}
	zeros := plots.Series{Name: "zeros", Y: [][]float64{{0, 0, 0}}}
	if _, err := plots.ByLayer(zeros, plots.Series{Name: "a", Y: [][]float64{{1, 10, 100}}}).PNG(); err != nil {
		t.Errorf("ByLayer of zeros: %v", err)
	}
}

// What has a blank name has no place in the legend, and is drawn.
func TestBlankNames(t *testing.T) {
	inBothLanguages(t, func(t *testing.T, language string) {
		for _, blank := range map[string][]string{"ko": {" "}, "en": {"", "\t\n", "\u00a0", "\u3000"}}[language] {
			unnamed := plots.Series{Name: blank, Y: [][]float64{{3, 2, 1}}}
			path := &optim.Path{Method: blank, W: [][]float64{{-7, 2}, {-5, 1}}, Grad: [][]float64{{1, 2}, {3, 4}}, Rate: [][]float64{{1, 2}, {3, 4}}}
			values := []float64{1, 2, 3}
			for kind, f := range map[string]*plots.Figure{
				"Curves":        plots.Curves(unnamed).Line(blank, func(x float64) float64 { return 3 - x }),
				"Points":        plots.Points(unnamed).HLine(2, blank).VLine(1, blank),
				"ByLayer":       plots.ByLayer(unnamed),
				"Trajectory":    plots.Trajectory(surface.Ravine, path).HLine(2, blank),
				"two paths":     plots.Trajectory(surface.Ravine, path, path),
				"Trajectories":  plots.Trajectories(surface.Ravine, path),
				"Inside":        plots.Inside(path),
				"Rates":         plots.Rates(path),
				"Bars":          plots.Bars(plots.Sample{Name: blank, Values: values}),
				"Histograms":    plots.Histograms(plots.Sample{Name: blank, Values: values}),
				"HistogramGrid": plots.HistogramGrid([]string{blank}, []string{blank}, [][][]float64{{values}}),
				"Map":           plots.Map(blank, []float64{1, 2}, []float64{1, 2}, [][]float64{{1, 2}, {3, 4}}).Line(blank, func(x float64) float64 { return x }),
				"blank labels":  plots.Curves(unnamed).Title(blank).X(blank).Y(blank).Look(blank),
			} {
				if _, err := f.Scale(1).PNG(); err != nil {
					t.Errorf("%s named %q: %v", kind, blank, err)
				}
				for _, text := range []string{f.Caption(), f.Alt()} {
					if empty := regexp.MustCompile(`: \.|: ,|, ,| ,| \.|of over`); text == "" || empty.MatchString(text) {
						t.Errorf("%s named %q: text %q", kind, blank, text)
					}
				}
			}
			if _, err := plots.Trajectory(surface.Ravine, path).Animate().PNG(); err != nil {
				t.Errorf("Animate, named %q: %v", blank, err)
			}
			if _, err := plots.Trajectory(surface.Ravine, path).Play().Vega(); err != nil {
				t.Errorf("Play, named %q: %v", blank, err)
			}
		}
	})
}

// A line that would not be seen, but be named, is an error.
func TestLinesOutside(t *testing.T) {
	heat := func() *plots.Figure {
		return plots.Map("z", []float64{1, 2, 3}, []float64{10, 20}, [][]float64{{1, 2, 3}, {4, 5, 6}})
	}
	ravine := func() *plots.Figure { return plots.Trajectory(surface.Ravine, sgd(0.1, 3)) }
	ten := func(float64) float64 { return 10 }
	for want, f := range map[string]*plots.Figure{
		`HLine "h" is at 50, outside of the vertical axis from 5 to 25`:                          heat().HLine(50, "h"),
		`VLine "v" is at 0, outside of the horizontal axis from 0.5 to 3.5`:                      heat().VLine(0, "v"),
		`HLine "h" is at 6, outside of the vertical axis from -5 to 5`:                           ravine().HLine(6, "h"),
		`VLine "v" is at -11, outside of the horizontal axis from -10 to 10`:                     ravine().VLine(-11, "v"),
		`HLine "h" is at 9, outside of the vertical axis`:                                        plots.Field(surface.Ravine).HLine(9, "h"),
		`VLine "v" is at 2, outside of XRange (-1, 1)`:                                           ravine().XRange(-1, 1).VLine(2, "v"),
		`Line "l" does not pass through the figure, x from 0.5 to 3.5 and y from 5 to 25`:        heat().Line("l", func(x float64) float64 { return -x }),
		`Line "l" does not pass through the figure, x from 0 to 2 and y from 0.92 to 3.08`:       plots.Curves(row(1, 2, 3)).Line("l", ten),
		`Line "nan" does not pass through the figure, x from -0.08 to 2.08 and y from 0 to 3.08`: plots.Points(row(1, 2, 3)).YRange(0, 3.08).Line("nan", func(float64) float64 { return math.NaN() }),
		`Line "f" is nil, allowed is a function`:                                                 plots.Curves(row(1, 2)).Line("f", nil),
	} {
		if _, err := f.PNG(); err == nil || err.Error() != "plots: "+want && !strings.HasPrefix(err.Error(), "plots: "+want) {
			t.Errorf("error %v, want %q", err, want)
		}
		if text := f.Caption() + f.Alt(); text != "" {
			t.Errorf("texts %q beside the error %q", text, want)
		}
	}
	// in the range, or with room made for them
	net := deepNet(2, mlp.ReLU, weightinit.NewHe())
	for name, f := range map[string]*plots.Figure{
		"map":    heat().HLine(25, "h").VLine(0.5, "v").Line("l", func(x float64) float64 { return 10 * x }),
		"ravine": ravine().HLine(-5, "h").VLine(10, "v"),
		"curves": plots.Curves(row(1, 2, 3)).HLine(50, "h").VLine(-9, "v"),
		"room":   plots.Curves(row(1, 2, 3)).YRange(0, 20).Line("l", ten),
		"bars":   plots.Bars(sample(1, 2)).VLine(99, "v"),
		"slice":  plots.LossSlice(net, digits.Test(), 1).XRange(0.5, 1),
		"ratios": plots.UpdateRatios(trained(2, 2)).YRange(1, 2),
		"plane":  plots.LossPlane(net, digits.Test(), 1, 2).XRange(0.5, 1),
	} {
		if _, err := f.PNG(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	// a kind's own mark is not named where it is not seen
	lang.Lang = "en"
	t.Cleanup(func() { lang.Lang = "" })
	for _, f := range []*plots.Figure{
		plots.LossSlice(net, digits.Test(), 1).XRange(0.5, 1), plots.UpdateRatios(trained(2, 2)).YRange(1, 2), plots.LossPlane(net, digits.Test(), 1, 2).XRange(0.5, 1),
	} {
		if got := f.Caption(); strings.Contains(got, "Dotted") || strings.Contains(got, "Star") {
			t.Errorf("caption %q of what is not seen", got)
		}
	}
}

// Values that are not finite are counted, and the mean is that of the others, as
// in Histograms.
func TestPlayHistogramsCountsWhatIsNotFinite(t *testing.T) {
	lang.Lang = "en"
	t.Cleanup(func() { lang.Lang = "" })
	nan, inf := math.NaN(), math.Inf(1)
	two := plots.Slider{Name: "Layer", Values: []float64{1, 2}}
	for _, c := range []struct {
		want   string
		values []float64
	}{
		{"Layer 1: mean 0.5, standard deviation 0.204, saturated 0%, 1 NaN or ∞ value.", []float64{0.25, 0.75, nan, 0.5}},
		{"Layer 1: mean 0.5, standard deviation 0.25, saturated 0%, 2 NaN or ∞ values.", []float64{0.25, 0.75, inf, nan}},
		{"Layer 1: mean 4.25, standard deviation 3.75, saturated 33%, 33.3% outside, 1 NaN or ∞ value.", []float64{0.5, 8, -inf}},
		{"Layer 1: mean 1.5×10³⁰⁰, standard deviation 5×10²⁹⁹, saturated 100%, 100% outside.", []float64{1e300, 2e300}},
	} {
		p := plots.PlayHistograms("a", 0, 1, func(at ...float64) []float64 { return c.values }, two).Saturated(0.1, 0.9)
		if got := p.Caption(); !strings.Contains(got, c.want) {
			t.Errorf("caption %q, want %q in it", got, c.want)
		}
	}
	all := []float64{0.25, 0.75, nan, inf}
	if still := plots.Histograms(plots.Sample{Name: "Layer 1", Values: all}).Alt(); !strings.Contains(still, "mean ± std 0.50 ± 0.25") {
		t.Errorf("alternative text %q of Histograms", still)
	}
	broken := func(at ...float64) []float64 {
		if at[0] == 1 {
			return []float64{nan, inf}
		}
		return []float64{0.5}
	}
	p := plots.PlayHistograms("a", 0, 1, broken, two)
	if got := p.Caption(); !strings.Contains(got, "Layer 1: 2 NaN or ∞ values.") || strings.Contains(got, "mean") {
		t.Errorf("caption %q where nothing is finite at first", got)
	}
	if err := drawn(plots.PlayHistograms("a", 0, 1, func(...float64) []float64 { return []float64{nan} }, two)); err == nil || err.Error() != "plots: PlayHistograms: nothing is finite, the first value is NaN" {
		t.Errorf("error %v", err)
	}
}

// A run that ended in NaN has its cross at the last number, and where no seed is
// left nothing is drawn.
func TestRunsThatEndInNaN(t *testing.T) {
	lang.Lang = "en"
	t.Cleanup(func() { lang.Lang = "" })
	nan := math.NaN()
	for want, runs := range map[string][]*mlp.Run{
		"SGD: not drawn at step 20, where the value is NaN. SGD: 1 of 1 seeds ended early (×), after step 10.":                                                    {run(true, 2, 1, nan)},
		"SGD: not drawn at step 20, where the value is NaN. SGD: 2 of 2 seeds ended early (×), after steps 0, 10. After that only the remaining seeds are drawn.": {run(true, 2, nan, nan), run(true, 3, 9, nan)},
	} {
		f := plots.Curves(plots.Runs("SGD", runs...))
		if _, err := f.PNG(); err != nil {
			t.Error(err)
		}
		if got := f.Caption(); !strings.Contains(got, want) {
			t.Errorf("caption %q, want %q in it", got, want)
		}
	}
}

// The largest numbers have a place.
func TestLargestNumbers(t *testing.T) {
	big := math.MaxFloat64
	for name, f := range map[string]*plots.Figure{
		"log axis": plots.ByLayer(plots.Series{Name: "a", Y: [][]float64{{1e306, big}}}),
		"layers":   plots.ByLayer(plots.Series{Name: "a", X: []float64{-big, big}, Y: [][]float64{{1, 2}}}),
	} {
		if _, err := f.PNG(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// An error begins with the name of the function that made the figure.
func TestErrorsNameTheirFunction(t *testing.T) {
	for _, kind := range kindNames {
		failed := 0
		function := strings.TrimPrefix(strings.TrimSuffix(kind, ")"), "Curves(")
		for seed := range uint64(150) {
			err := plots.Check(kinds[kind](odd{rand.New(rand.NewPCG(seed, 9))}))
			if err == nil {
				continue
			}
			failed++
			names := regexp.MustCompile(`^plots: (` + function + `|Curves)[ :]`)
			if function != "Runs" {
				names = regexp.MustCompile(`^plots: ` + function + `[ :]`)
			}
			if !names.MatchString(err.Error()) || strings.Count(err.Error(), "plots: ") > 1 {
				t.Errorf("%s: error %q", kind, err)
			}
		}
		if failed == 0 {
			t.Errorf("%s: no error in 150 figures", kind)
		}
	}
}

// The kinds of the random figures are all there are.
func TestKindsAreAll(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Recv != nil || !f.Name.IsExported() || f.Type.Results == nil {
				continue
			}
			if star, ok := f.Type.Results.List[0].Type.(*ast.StarExpr); ok && fmt.Sprint(star.X) == "Figure" && kinds[f.Name.Name] == nil {
				t.Errorf("kinds has no %s", f.Name.Name)
			}
		}
	}
}

// No text puts a plural behind a number that may be 1.
func TestNoPluralBehindANumber(t *testing.T) {
	plural := regexp.MustCompile(`%(\[\d\])?d ([a-z]+s|are)\b`)
	verbs := regexp.MustCompile(`^(is|was|has|as)$`)
	neverOne := regexp.MustCompile(`allowed are %d|to %d seeds|to %d inputs|%d of %d|of %\[1\]d layers are|the sliders have more than %d|has %d images, allowed|has %d bins, allowed|has %d paths, allowed|keeps %d variables|%d trajectories|` +
		`%d seeds ended|of %\[3\]d seeds|the last %d steps|of %d runs|%d values not drawn|in %d frames|panels of %d|of %\[1\]d are shown|%d figures one after|%s of %d bins|, %d bins|\(%d precomputed runs\)|step %d follows|%d×%d are`)
	dir, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	texts := 0
	for _, e := range dir {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, e.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if text, ok := n.(*ast.BasicLit); ok && text.Kind == token.STRING {
				texts++
				for _, m := range plural.FindAllStringSubmatch(neverOne.ReplaceAllString(text.Value, ""), -1) {
					if !verbs.MatchString(m[2]) {
						t.Errorf("%v: %q: with 1 it is wrong, see plural", set.Position(text.Pos()), text.Value)
					}
				}
			}
			return true
		})
	}
	if texts < 1000 {
		t.Errorf("%d texts were read", texts)
	}
}
