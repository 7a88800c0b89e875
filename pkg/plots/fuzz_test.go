package plots_test

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/optim/schedule"
	"descent/pkg/plots"
	"descent/pkg/surface"
	"descent/pkg/weightinit"
)

// FuzzFigures draws figures of every kind, made at random of odd data: each has
// a picture, a caption and an alternative text, or an error and none of them.
// Plain tests draw a few hundred, go test -fuzz FuzzFigures as many as wanted.
func FuzzFigures(f *testing.F) {
	for seed := range uint64(300) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := odd{rand.New(rand.NewPCG(seed, 0))}
		what := pickOne(r, kindNames...)
		defer func() {
			if p := recover(); p != nil {
				t.Errorf("%s panics: %v\n%s", what, p, debug.Stack())
			}
		}()
		var p picture
		figure := kinds[what](r)
		what += r.set(figure)
		switch r.IntN(20) {
		case 0:
			p, what = figure.Animate(), what+".Animate"
		case 1:
			p, what = figure.Play(), what+".Play"
		case 2:
			p, what = plots.Animation(figure, kinds["Field"](r)), "Animation of "+what
		case 3:
			p, what = plots.PlayRuns(r.surface(), func(...float64) *optim.Path { return r.path() }, r.sliders()...), "PlayRuns"
		case 4, 5:
			p, what = plots.PlayHistograms(r.name(), pickOne(r, 0, r.number()), pickOne(r, 1, r.number()), func(...float64) []float64 { return r.numbers(9) }, r.sliders()...), "PlayHistograms"
		default:
			p = figure
		}
		if p != picture(figure) {
			what += r.set(p)
		}
		err := drawn(p)
		caption, alt := p.Caption(), p.Alt()
		if failed := err != nil; failed != (caption == "") || failed != (alt == "") {
			t.Errorf("%s: error %v, caption %q, alternative text %q", what, err, caption, alt)
		}
		if strings.Contains(caption+alt, "%!") {
			t.Errorf("%s: caption %q, alternative text %q", what, caption, alt)
		}
	})
}

// drawn returns why a picture cannot be drawn, or nil.
func drawn(p picture) (err error) {
	switch p := p.(type) {
	case *plots.Figure:
		_, err = p.PNG()
	case *plots.Motion:
		_, err = p.PNG()
	case *plots.Player:
		_, err = p.Vega()
	}
	return err
}

// odd makes data at random that a student's mistake, or a run that diverged,
// might leave.
type odd struct{ *rand.Rand }

func pickOne[T any](r odd, of ...T) T { return of[r.IntN(len(of))] }

func (r odd) number() float64 {
	v := r.NormFloat64()
	switch r.IntN(12) {
	case 0:
		return pickOne(r, math.NaN(), math.Inf(1), math.Inf(-1))
	case 1:
		return pickOne(r, 0, math.Copysign(0, -1), 1, -1, 0.5)
	case 2:
		return pickOne(r, math.MaxFloat64, -math.MaxFloat64, 5e-324, -5e-324, 1e300, 1e-300, 1e-310)
	case 3:
		return math.Ldexp(v, r.IntN(2000)-1000)
	}
	return v
}

// size is 1 to n, or now and then 0.
func (r odd) size(n int) int { return max(1+r.IntN(n)-n*(r.IntN(25)/24), 0) }

// numbers are n or fewer, mostly plain.
func (r odd) numbers(n int) []float64 {
	if r.IntN(40) == 0 {
		return nil
	}
	values := make([]float64, n)
	kind := r.IntN(8)
	for i := range values {
		switch kind {
		case 0:
			values[i] = r.number()
		case 1:
			values[i] = math.Abs(r.number())
		case 2: // all equal
			values[i] = values[0]
		case 3:
			values[i] = math.NaN()
		default:
			values[i] = r.NormFloat64()
		}
	}
	return values
}

// rising are n numbers for an axis.
func (r odd) rising(n int) []float64 {
	if r.IntN(10) == 0 {
		return r.numbers(n)
	}
	values, at := make([]float64, n), pickOne(r, 0, 1, -3, 1e-300, 1e299)
	step := max(math.Abs(at)/4, 0.1)
	for i := range values {
		values[i] = at
		at += step * (1 + r.Float64())
	}
	return values
}

func (r odd) rows(m, n int) [][]float64 {
	rows := make([][]float64, m)
	for i := range rows {
		rows[i] = r.numbers(n + r.IntN(30)/29)
	}
	return rows
}

func (r odd) name() string {
	return pickOne(r, "", " ", "\t \n", "\u00a0", "\u3000", "a", "SGD(η=0.1)", "Adam(η=0.1, β1=0.9, β2=0.999, ε=1e-08)", "가나다 라마",
		strings.Repeat("long ", 60), strings.Repeat("x", 300), "= ", "√", "√(", "1e-08", "🎉", "\u0302", "(", "-", "%d%s", "β₁‖W‖")
}

func (r odd) names(n int) (names []string) {
	for range n {
		names = append(names, r.name())
	}
	return names
}

func (r odd) function() func(float64) float64 {
	return pickOne(r, nil, math.Sqrt, math.Log, math.Sin, func(float64) float64 { return math.NaN() }, func(float64) float64 { return 0 },
		func(x float64) float64 { return 1e308 * x }, func(x float64) float64 { return 1 / x })
}

func (r odd) series() (all []plots.Series) {
	for range r.size(3) {
		n := r.size(5)
		s := plots.Series{Name: r.name(), Y: r.rows(r.size(3), n)}
		if r.IntN(2) == 0 {
			s.X = r.rising(n)
		}
		all = append(all, s)
	}
	return all
}

func (r odd) samples() (all []plots.Sample) {
	for range r.size(3) {
		all = append(all, plots.Sample{Name: r.name(), Values: r.numbers(r.size(30))})
	}
	return all
}

func (r odd) surface() *surface.Surface {
	if r.IntN(2) == 0 {
		return pickOne(r, surface.All()...)
	}
	if r.IntN(20) == 0 {
		return pickOne(r, nil, &surface.Surface{})
	}
	s := &surface.Surface{Name: r.name(), Formula: r.name(), Min: surface.Point{-1, -1}, Max: surface.Point{1, 1}}
	a, b := r.number(), r.number()
	s.F = func(x, y float64) float64 { return a*x*x + b*y }
	s.Gradient = func(x, y float64) (float64, float64) { return 2 * a * x, b }
	if r.IntN(5) == 0 {
		s.Min[0], s.Max[1] = r.number(), r.number()
		s.Minima = []surface.Point{{r.number(), r.number()}}
	}
	return s
}

func (r odd) path() *optim.Path {
	s := pickOne(r, surface.All()...)
	start := []float64{s.Start[0], s.Start[1]}
	switch r.IntN(6) {
	case 0:
		if r.IntN(6) == 0 {
			return nil
		}
	case 1: // on an axis
		start[r.IntN(2)] = 0
	case 2: // by hand
		n := r.size(6)
		p := &optim.Path{Method: r.name(), W: r.rows(n, 2), Grad: r.rows(n, 2), Rate: r.rows(n, 2),
			Vars: map[string][][]float64{r.name(): r.rows(n, 2), "v": r.rows(r.IntN(6), 2)}}
		if r.IntN(3) == 0 {
			p.Err = errors.New(r.name())
		}
		return p
	case 3:
		start = []float64{r.number(), r.number()}
	}
	method := pickOne[optim.Optimizer](r, optim.NewSGD(0.1), optim.NewMomentum(1e3), optim.NewAdam(math.Abs(r.number())), optim.NewAdaGrad(1), optim.NewRMSProp(r.number()), optim.NewAdaDelta(1))
	return optim.Minimize(method, s, start, r.IntN(12))
}

func (r odd) paths() (all []*optim.Path) {
	for range r.size(3) {
		all = append(all, r.path())
	}
	return all
}

func (r odd) run() *mlp.Run {
	if r.IntN(10) == 0 {
		return nil
	}
	n := r.size(4)
	run := &mlp.Run{Method: r.name(), Loss: r.numbers(n)}
	for i := range n {
		run.Step = append(run.Step, 10*i)
		row := make([]mlp.Measures, pickOne(r, append(slices.Repeat([]int{2}, 30), r.IntN(9))...))
		for l := range row {
			row[l] = mlp.Measures{Delta: r.number(), Update: r.number()}
		}
		run.Layers = append(run.Layers, row)
	}
	if r.IntN(2) == 0 {
		run.Err = errors.New("left the finite numbers")
	}
	if r.IntN(8) == 0 {
		run.Layers, run.Step = r.layers(run.Layers), run.Step[:r.IntN(n+1)]
	}
	return run
}

func (r odd) layers(all [][]mlp.Measures) [][]mlp.Measures { return all[:r.IntN(len(all)+1)] }

func (r odd) runs() (all []*mlp.Run) {
	for range r.size(3) {
		all = append(all, r.run())
	}
	return all
}

func (r odd) net() *mlp.Net {
	net := mlp.New(mlp.Config{Sizes: []int{2, 1 + r.IntN(3), 2}, Act: pickOne(r, mlp.Sigmoid, mlp.ReLU, mlp.Tanh), Init: weightinit.NewHe(), Headless: r.IntN(4) == 0})
	if r.IntN(2) == 0 {
		copy(net.Params(), r.numbers(len(net.Params())))
	}
	return net
}

func (r odd) trace() *mlp.Trace {
	if r.IntN(20) == 0 {
		return nil
	}
	trace := r.net().Observe([]float64{r.number(), r.number(), 1, 2})
	for i := range trace.Layers {
		l := &trace.Layers[i]
		copy(l.A, r.numbers(len(l.A)))
		if r.IntN(3) > 0 {
			l.Delta = r.numbers(len(l.A))
		}
	}
	return trace
}

func (r odd) data() digits.Set {
	if r.IntN(20) == 0 {
		return digits.Set{}
	}
	return digits.Set{X: []float64{1, 2, r.number(), 4}, Labels: []int{0, 1}, Dim: 2}
}

func (r odd) ints(n int, below int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = r.IntN(below) - r.IntN(200)/199
	}
	return out
}

func (r odd) images() (images [][]float64, n int) {
	n = r.size(13)
	for range n {
		image := make([]float64, pickOne(r, append(slices.Repeat([]int{9}, 60), r.IntN(10))...))
		for i := range image {
			image[i] = r.Float64()
		}
		if r.IntN(300) == 0 && len(image) > 0 {
			image[0] = r.number()
		}
		images = append(images, image)
	}
	return images, n
}

func (r odd) schedules() (all []optim.Schedule) {
	for range r.size(2) {
		all = append(all, pickOne[optim.Schedule](r, schedule.Constant{Value: math.Abs(r.number())}, schedule.Linear{From: 1, To: 0.1, T: 3}))
	}
	return all
}

func (r odd) sliders() (all []plots.Slider) {
	for range 1 + r.IntN(2) {
		all = append(all, plots.Slider{Name: r.name(), Values: r.rising(1 + r.IntN(3)), Start: r.IntN(2)})
	}
	return all
}

// kinds are all functions that make figures, by their names.
var kinds = map[string]func(r odd) *plots.Figure{
	"Curves":       func(r odd) *plots.Figure { return plots.Curves(r.series()...) },
	"Curves(Runs)": func(r odd) *plots.Figure { return plots.Curves(plots.Runs(r.name(), r.runs()...)) },
	"Points":       func(r odd) *plots.Figure { return plots.Points(r.series()...) },
	"ByLayer":      func(r odd) *plots.Figure { return plots.ByLayer(r.series()...) },
	"Trajectory":   func(r odd) *plots.Figure { return plots.Trajectory(r.surface(), r.paths()...) },
	"Trajectories": func(r odd) *plots.Figure { return plots.Trajectories(r.surface(), r.paths()...) },
	"Field":        func(r odd) *plots.Figure { return plots.Field(r.surface()) },
	"Inside":       func(r odd) *plots.Figure { return plots.Inside(r.path()) },
	"Rates":        func(r odd) *plots.Figure { return plots.Rates(r.paths()...) },
	"Schedules":    func(r odd) *plots.Figure { return plots.Schedules(r.size(9), r.schedules()...) },
	"Bars":         func(r odd) *plots.Figure { return plots.Bars(r.samples()...) },
	"Map": func(r odd) *plots.Figure {
		m, n := r.size(3), r.size(3)
		return plots.Map(r.name(), r.rising(n), r.rising(m), r.rows(m, n))
	},
	"Histograms":  func(r odd) *plots.Figure { return plots.Histograms(r.samples()...) },
	"Activations": func(r odd) *plots.Figure { return plots.Activations(r.trace()) },
	"Gradients":   func(r odd) *plots.Figure { return plots.Gradients(r.trace()) },
	"Weights":     func(r odd) *plots.Figure { return plots.Weights(r.trace()) },
	"HistogramGrid": func(r odd) *plots.Figure {
		m, n := r.size(3), r.size(3)
		var values [][][]float64
		for range m + r.IntN(200)/199 {
			values = append(values, r.rows(n, 9))
		}
		return plots.HistogramGrid(r.names(m), r.names(n), values)
	},
	"Evolution": func(r odd) *plots.Figure {
		steps, layers, bins := 1+r.size(4), r.size(3), r.size(4)
		var counts [][][]int
		var at []int
		for t := range steps {
			var row [][]int
			for range layers {
				row = append(row, r.ints(bins, 9))
			}
			counts, at = append(counts, row), append(at, t*t)
		}
		return plots.Evolution(at, pickOne(r, -1, r.number()), pickOne(r, 1, r.number()), counts)
	},
	"GradientNorms": func(r odd) *plots.Figure { return plots.GradientNorms(r.run()) },
	"UpdateRatios":  func(r odd) *plots.Figure { return plots.UpdateRatios(r.run()) },
	"WeightMap": func(r odd) *plots.Figure {
		in, out := r.size(3), r.size(3)
		return plots.WeightMap(mlp.Layer{In: in, Out: out, W: r.numbers(in * out)})
	},
	"LossSlice": func(r odd) *plots.Figure { return plots.LossSlice(r.net(), r.data(), make([]uint64, r.IntN(3))...) },
	"LossPlane": func(r odd) *plots.Figure { return plots.LossPlane(r.net(), r.data(), 1, 2) },
	"Digits": func(r odd) *plots.Figure {
		images, n := r.images()
		return plots.Digits(images, r.ints(n, 10))
	},
	"Predictions": func(r odd) *plots.Figure {
		images, n := r.images()
		return plots.Predictions(images, r.ints(n, 10), r.ints(n, 10))
	},
	"Confusion": func(r odd) *plots.Figure {
		n := r.size(9)
		return plots.Confusion(r.ints(n, 3), r.ints(n, 3), pickOne(r, 3, 3, r.IntN(9)))
	},
}

var kindNames = sortedNames(kinds)

// set calls setters at random, and says which.
func (r odd) set(p any) (calls string) {
	all := setters(reflect.TypeOf(p))
	for range max(r.IntN(6)-3, 0) {
		m := pickOne(r, all...)
		args := []reflect.Value{reflect.ValueOf(p)}
		for i := 1; i < m.Type.NumIn(); i++ {
			args = append(args, r.argument(m.Type.In(i)))
		}
		calls += fmt.Sprintf(".%s%q", m.Name, fmt.Sprint(args[1:]))
		m.Func.Call(args)
	}
	return calls
}

func (r odd) argument(t reflect.Type) reflect.Value {
	switch t {
	case reflect.TypeFor[string]():
		return reflect.ValueOf(r.name())
	case reflect.TypeFor[int]():
		return reflect.ValueOf(r.IntN(50) - 1)
	case reflect.TypeFor[time.Duration]():
		return reflect.ValueOf(time.Duration(r.IntN(50)-1) * time.Millisecond)
	case reflect.TypeFor[float64]():
		return reflect.ValueOf(pickOne(r, r.number(), r.Float64(), -1, 1, 2))
	case reflect.TypeFor[func(float64) float64]():
		return reflect.ValueOf(r.function())
	case reflect.TypeFor[*plots.Figure]():
		return reflect.ValueOf(kinds["Field"](r))
	}
	panic("no random " + t.String())
}

// setters are the methods of a type that return it, so that calls chain.
func setters(t reflect.Type) (all []reflect.Method) {
	for i := range t.NumMethod() {
		if m := t.Method(i); m.Type.NumOut() == 1 && m.Type.Out(0) == t {
			all = append(all, m)
		}
	}
	return all
}

func sortedNames[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
