package plots_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"descent/pkg/digits"
	"descent/pkg/lang"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/optim/schedule"
	"descent/pkg/plots"
	"descent/pkg/surface"
	"descent/pkg/weightinit"
)

// realNames are those of all methods with numbers of many digits, of wrappers
// around wrappers, and of all initializers.
func realNames() []string {
	const lr = 0.00012345
	shape := optim.Shape{Rows: 3, Cols: 4}
	adafactor, adamw, lookahead := optim.NewAdafactor(lr, shape), optim.NewAdamW(lr), optim.NewLookahead(optim.NewNAdam(lr))
	nested := optim.NewEMA(optim.NewL2(optim.NewClipNorm(lookahead, 1), 1e-4), 0.999)
	all := []fmt.Stringer{
		optim.NewSGD(lr), optim.NewMomentum(lr), optim.NewNesterov(lr), optim.NewAdaGrad(lr), optim.NewRMSProp(lr), optim.NewAdaDelta(lr),
		optim.NewAdam(lr), optim.NewAdamAsWritten(lr), optim.NewAdamax(lr), optim.NewAMSGrad(lr), optim.NewNAdam(lr), optim.NewRAdam(lr),
		optim.NewAdaBelief(lr), optim.NewYogi(lr), optim.NewLion(lr), optim.NewASGD(lr), optim.NewRprop(lr), optim.NewSparseAdam(lr),
		optim.NewLAMB(lr, shape), optim.NewLARS(lr, shape), optim.NewMuon(lr, shape), adafactor, adamw, lookahead, nested,
		optim.NewGroups(optim.Part{Len: 4, Optimizer: nested}, optim.Part{Len: 2, Optimizer: adamw}, optim.Part{Len: 12, Optimizer: adafactor}),
		optim.NewFollow(adamw, &adamw.LR, schedule.NewWarmRestarts(lr, 1e-6, 1000)),
		optim.NewSWA(optim.NewAccumulate(optim.NewClipValue(optim.NewMuon(lr, shape), 0.5), 8), 1000, 10),
		schedule.NewOneCycle(lr, 1000), schedule.NewCyclic(1e-6, lr, 1000), schedule.NewPlateau(lr),
		weightinit.NewHe(), weightinit.NewHeUniform(), weightinit.NewTorchLinear(), weightinit.NewIdentity(1.5), weightinit.NewFlaxDense(),
		weightinit.NewLeCunUniform(), weightinit.NewNormal(0, 0.012345), weightinit.NewOrthogonal(1.4142135623730951), weightinit.NewSparse(0.9, 0.012345),
		weightinit.NewTruncatedNormal(0, 0.012345, -0.02469, 0.02469), weightinit.NewTwoSigmaCorrected(0, 0.012345), weightinit.NewUniform(-0.012345, 0.012345),
		weightinit.NewKerasDense(), weightinit.NewXavierUniform(), weightinit.NewZeros(),
		weightinit.NewVarianceScaling(2.0000000000000004, weightinit.FanAvg, weightinit.NormalDist),
	}
	var names []string
	for _, s := range all {
		names = append(names, s.String())
	}
	return names
}

// named are the kinds of figures that show names, drawn with those given.
func named(names []string) map[string]*plots.Figure {
	values := func(k int) (v []float64) {
		for i := range 200 {
			v = append(v, float64((i*i+k)%37)/37-0.4)
		}
		return v
	}
	long := names[0]
	var series, loss []plots.Series
	var samples []plots.Sample
	var paths []*optim.Path
	for k, name := range names {
		row := []float64{3, 2.5 - 0.1*float64(k), 1}
		series = append(series, plots.Series{Name: name, Y: [][]float64{row, {4, 3, 2}}})
		loss = append(loss, plots.Series{Name: name, Y: [][]float64{row}})
		samples = append(samples, plots.Sample{Name: name, Values: values(k)})
		w := []float64{-7, 2}
		paths = append(paths, &optim.Path{Method: name, W: [][]float64{w, {-3, 1}}, Grad: [][]float64{w, w}, Rate: [][]float64{nil, {0.1, 0.2}}, Vars: map[string][][]float64{"v": {nil, w}}})
	}
	rows := names[:min(len(names), 4)]
	grid := func(columns []string) *plots.Figure {
		var all [][][]float64
		for r := range rows {
			var row [][]float64
			for c := range columns {
				row = append(row, values(r+c))
			}
			all = append(all, row)
		}
		return plots.HistogramGrid(rows, columns, all)
	}
	z := [][]float64{{1, 2}, {3, 4}}
	net := mlp.New(mlp.Config{Sizes: []int{64, 5, 10}, Act: mlp.Tanh, Init: weightinit.NewXavier(), Seed: 1})
	few := digits.Set{X: digits.Test().X[:640], Labels: digits.Test().Labels[:10], Dim: 64}
	labelled := func(f *plots.Figure) *plots.Figure { return f.Title(long).X(long) }
	counts := [][][]int{{{1, 2}, {2, 1}}, {{1, 2}, {2, 1}}}
	return map[string]*plots.Figure{
		"Curves":                  labelled(plots.Curves(series...)).Y(long),
		"Curves with a line":      plots.Curves(loss...).HLine(2, long),
		"Curves with upright":     plots.Curves(loss...).VLine(1, long),
		"Curves with a theory":    plots.Curves(loss...).Line(long, func(x float64) float64 { return x }),
		"Points":                  labelled(plots.Points(series...)).Y(long),
		"ByLayer":                 labelled(plots.ByLayer(series...)).Y(long),
		"Bars":                    labelled(plots.Bars(samples...)),
		"Histograms":              labelled(plots.Histograms(samples...)),
		"Histograms, logarithmic": labelled(plots.Histograms(samples...)).LogX(),
		"HistogramGrid":           labelled(grid([]string{"ReLU", "tanh"})),
		"HistogramGrid of names":  grid(names[:min(len(names), 3)]),
		"HistogramGrid of five":   grid([]string{"ReLU", "tanh", "sigmoid", long, "GELU"}),
		"Trajectory":              labelled(plots.Trajectory(surface.Ravine, paths[:min(len(paths), 3)]...)).Y(long),
		"Trajectories":            labelled(plots.Trajectories(surface.Ravine, paths[:min(len(paths), 5)]...)).Y(long),
		"Trajectories of seven":   plots.Trajectories(surface.Ravine, append(paths[:min(len(paths), 3):3], paths[0], paths[0], paths[0], paths[0])...),
		"Field":                   labelled(plots.Field(surface.Ravine)).Y(long),
		"Inside":                  plots.Inside(paths[0]).X(long),
		"Rates":                   labelled(plots.Rates(paths[:min(len(paths), 3)]...)),
		"Map":                     labelled(plots.Map(long, []float64{1, 2}, []float64{1, 2}, z)).Y(long),
		"Map with a bound":        plots.Map(long, []float64{1, 2}, []float64{1, 2}, z).Line(long, func(x float64) float64 { return x }),
		"Map with lines":          plots.Map(long, []float64{1, 2}, []float64{1, 2}, z).HLine(1.5, long).VLine(1.2, long),
		"Evolution":               labelled(plots.Evolution([]int{1, 2}, 0, 1, counts)).Y(long),
		"LossSlice":               labelled(plots.LossSlice(net, few, 1)).Y(long),
		"WeightMap":               plots.WeightMap(net.Observe(few.X[:64]).Layers[1]).Title(long),
		"Confusion":               plots.Confusion([]int{0, 1}, []int{1, 1}, 10).Title(long),
		"Digits":                  plots.Digits([][]float64{few.X[:64], few.X[64:128]}, []int{3, 4}).Title(long),
		"PlayHistograms": plots.Still(plots.PlayHistograms(long, -1, 1, func(...float64) []float64 { return values(1) },
			plots.Slider{Name: long, Values: []float64{1, 2}}, plots.Slider{Name: long, Values: []float64{1, 2}})),
	}
}

// However long a method or an initializer is, its name is not cut and does not
// run into another text.
func TestLongNames(t *testing.T) {
	names := realNames()
	longest, word := "", ""
	for _, name := range names {
		if len(name) > len(longest) {
			longest = name
		}
		for _, w := range strings.Fields(name) {
			if len(w) > len(word) {
				word = w
			}
		}
	}
	sets := map[string][]string{"longest": {longest, longest, longest, longest}, "one word": {strings.Repeat("가나다Wxyz", 14), word, "a", word}}
	for i := 0; i < len(names); i += 4 {
		sets[fmt.Sprintf("from %d", i)] = names[i:min(i+4, len(names))]
	}
	inBothLanguages(t, func(t *testing.T, language string) {
		for what, names := range sets {
			for kind, f := range named(names) {
				if err := plots.Crowded(f); err != "" {
					t.Errorf("%s, %s, %s: %s", language, kind, what, err)
				}
			}
		}
	})
}

// Counts too wide for their cells are written as shares, and the caption says so.
func TestManyCountsFitTheirCells(t *testing.T) {
	for _, c := range []struct {
		classes, each int
		shares        bool
	}{{10, 100, false}, {10, 40_000, false}, {10, 200_000, false}, {20, 400, false}, {20, 5000, true}} {
		var labels, predicted []int
		for i := range c.classes {
			for k := range c.each / 100 {
				for j := range 100 {
					labels = append(labels, i)
					if j < 99 || k%2 > 0 {
						predicted = append(predicted, i)
					} else {
						predicted = append(predicted, (i+1)%c.classes)
					}
				}
			}
		}
		f := plots.Confusion(labels, predicted, c.classes)
		if err := plots.Crowded(f); err != "" {
			t.Errorf("%d classes, %d each: %s", c.classes, c.each, err)
		}
		if got := strings.Contains(f.Caption(), lang.Pick("비율(%)", "in percent")); got != c.shares {
			t.Errorf("%d classes, %d each: the caption is %q, want shares: %v", c.classes, c.each, f.Caption(), c.shares)
		}
	}
}

// The step of a motion stands beside the label of the axis, or in the picture.
func TestStepBesideALongLabel(t *testing.T) {
	for n := range 40 {
		f := plots.Trajectory(surface.Ravine, sgd(0.1, 3)).Y(strings.Repeat("가나다 ", n))
		if err := plots.Crowded(f); err != "" {
			t.Errorf("a label of %d words: %s", n, err)
		}
	}
}

// Vega does not wrap text, and cuts the labels of a legend at their limit: long
// names come to it in lines.
func TestPlayersWrapNames(t *testing.T) {
	const most = 110 // characters; the axes are 500 pixels wide
	long := strings.Join(realNames()[24:26], " ")
	path := sgd(0.1, 3)
	path.Method = long
	sliders := []plots.Slider{{Name: long, Values: []float64{1, 2}}}
	for name, p := range map[string]*plots.Player{
		"Play":           plots.Trajectory(surface.Ravine, path, sgd(0.2, 3)).Title(long).X(long).Y(long).Play(),
		"PlayRuns":       plots.PlayRuns(surface.Ravine, func(...float64) *optim.Path { return path }, plots.Slider{Name: "η", Values: []float64{1, 2}}),
		"PlayHistograms": plots.PlayHistograms(long, -1, 1, func(...float64) []float64 { return []float64{0, 0.5} }, sliders...),
	} {
		file, err := p.Vega()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var spec any
		if err := json.Unmarshal(file, &spec); err != nil {
			t.Fatal(err)
		}
		strings := texts(spec)
		if len(strings) == 0 {
			t.Errorf("%s has no texts", name)
		}
		for _, s := range strings {
			if len([]rune(s)) > most {
				t.Errorf("%s has a line of %d characters, want at most %d: %s", name, len([]rune(s)), most, s)
			}
		}
	}
}

// texts are the strings of a specification that are shown: titles, notes and the
// names of a legend.
func texts(v any) (all []string) {
	var visit func(key string, v any)
	visit = func(key string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, part := range v {
				visit(k, part)
			}
		case []any:
			for _, part := range v {
				visit(key, part)
			}
		case string:
			if names, ok := strings.CutSuffix(v, "[datum.value]"); ok && key == "signal" {
				var list any
				if json.Unmarshal([]byte(names), &list) == nil {
					visit("text", list)
				}
			} else if key == "text" || key == "title" {
				all = append(all, v)
			} else if key == "values" { // a table, a row a line
				all = append(all, strings.Split(v, "\n")...)
			}
		}
	}
	visit("", v)
	return all
}
