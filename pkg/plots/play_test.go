package plots_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"descent/pkg/lang"
	"descent/pkg/optim"
	"descent/pkg/plots"
	"descent/pkg/surface"
)

// normals are values that spread with the epoch and shrink with the layer.
func normals(at ...float64) []float64 {
	rng := rand.New(rand.NewPCG(5, 6))
	values := make([]float64, 1000)
	for i := range values {
		values[i] = rng.NormFloat64() * (1 + at[1]/5) / at[0]
	}
	return values
}

var (
	rates   = plots.Slider{Name: "η", Values: []float64{0.02, 0.05, 0.1, 0.2, 0.5}, Start: 2}
	inertia = plots.Slider{Name: "α", Values: []float64{0, 0.3, 0.6, 0.9}, Start: 3}
	layers  = plots.Slider{Name: "layer", Values: []float64{1, 2, 3, 4, 5}}
	epochs  = plots.Slider{Name: "epoch", Values: []float64{0, 1, 2, 5, 10}}
)

func swing(values ...float64) *optim.Path {
	opt := optim.NewMomentum(values[0])
	opt.Alpha = values[1]
	return optim.Minimize(opt, surface.Ravine, []float64{-7, 2}, 30)
}

// players holds one of each kind, in the language of the moment.
func players() map[string]*plots.Player {
	all := map[string]*plots.Player{
		"play_several": plots.Trajectory(surface.Ravine, sgd(0.1, 30), sgd(0.95, 30), momentum(30)).Play(),
		"play_long":    plots.Trajectory(surface.Rosenbrock, optim.Minimize(optim.NewSGD(0.001), surface.Rosenbrock, []float64{-1.2, 1}, 3000)).Play(),
		"play_histograms": plots.PlayHistograms(lang.Pick("활성화 값", "Activation"), -3, 3, normals,
			plots.Slider{Name: lang.Pick("층", "Layer"), Values: layers.Values}, plots.Slider{Name: lang.Pick("에폭", "Epoch"), Values: epochs.Values}),
	}
	maps.Copy(all, made(galleryPlayers))
	return all
}

// The still figures are golden, the data are checked below.
func TestGoldenPlayers(t *testing.T) {
	inBothLanguages(t, func(t *testing.T, language string) {
		for name, p := range made(galleryPlayers) {
			still := filepath.Join(t.TempDir(), "still.png")
			if err := p.Save(still); err != nil {
				t.Fatalf("%s in %s: %v", name, language, err)
			}
			got, err := os.ReadFile(still)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, filepath.Join("testdata", name+"_"+language+".png"), got)
		}
	})
}

// The schema is that of the npm package vega 5.33.0, build/vega-schema.json,
// without white space.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("testdata", "vega", "vega-v5.33.0-schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.UseRegexpEngine(expression)
	const name = "urn:vega" // a path would be escaped where the folder has blanks or Hangul, and not found
	if err := c.AddResource(name, doc); err != nil {
		t.Fatal(err)
	}
	return c.MustCompile(name)
}

// expression is regexp with the one lookahead that the schema has.
func expression(s string) (jsonschema.Regexp, error) {
	if s == `^(?!interactive|name|style).+$` {
		return other{}, nil
	}
	return regexp.Compile(s)
}

type other struct{}

func (other) String() string { return "not interactive, name or style" }

func (other) MatchString(s string) bool {
	return s != "" && !strings.HasPrefix(s, "interactive") && !strings.HasPrefix(s, "name") && !strings.HasPrefix(s, "style")
}

// Every figure is valid Vega 5, and small together with its still figure.
func TestVegaIsValid(t *testing.T) {
	valid := schema(t)
	broken, _ := jsonschema.UnmarshalJSON(strings.NewReader(`{"width": 10, "scales": [{"type": "linear"}]}`))
	if valid.Validate(broken) == nil {
		t.Fatal("the schema finds nothing wrong with a scale without a name")
	}
	inBothLanguages(t, func(t *testing.T, language string) {
		for name, p := range players() {
			file, err := p.Vega()
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(file))
			if err != nil {
				t.Fatal(err)
			}
			if err := valid.Validate(doc); err != nil {
				t.Errorf("%s in %s: %v", name, language, err)
			}
			still := filepath.Join(t.TempDir(), "still.png")
			if err := p.Save(still); err != nil {
				t.Fatal(err)
			}
			info, _ := os.Stat(still)
			total := len(file) + int(info.Size())*4/3
			t.Logf("%s in %s: Vega %d KB, with PNG %d KB", name, language, len(file)>>10, total>>10)
			if total > 100<<10 {
				t.Errorf("%s in %s takes %d KB, allowed are 100", name, language, total>>10)
			}
			again, _ := players()[name].Vega()
			if !bytes.Equal(file, again) {
				t.Errorf("%s: two figures, not the same", name)
			}
		}
	})
}

// The data are those of the runs, all reached by the sliders.
func TestVegaHoldsTheRuns(t *testing.T) {
	spec := decode(t, players()["play_runs"])
	rows := csv(spec, "points")
	if len(rows) != 20*31 {
		t.Fatalf("%d rows, want those of 20 runs of 31 points", len(rows))
	}
	for i, eta := range rates.Values {
		for j, alpha := range inertia.Values {
			path := swing(eta, alpha)
			run := i*len(inertia.Values) + j
			for step, w := range path.W {
				var got [7]float64
				fmt.Sscanf(strings.ReplaceAll(rows[run*31+step], ",", " "), "%g %g %g %g %g %g %g", &got[0], &got[1], &got[2], &got[3], &got[4], &got[5], &got[6])
				want := [7]float64{float64(run), 0, float64(step), w[0], w[1], path.Loss[step], got[6]}
				if end := step == 30; (int(got[6])%2 == 1) != end {
					t.Errorf("step %d has the flag %v", step, got[6])
				}
				for k := range got {
					if math.Abs(got[k]-want[k]) > 1e-3*math.Abs(want[k]) {
						t.Fatalf("η=%v α=%v step %d: column %d is %v, want %v", eta, alpha, step, k, got[k], want[k])
					}
				}
			}
		}
	}
	var names []string
	for _, s := range spec["signals"].([]any) {
		s := s.(map[string]any)
		names = append(names, fmt.Sprint(s["name"], " ", s["value"]))
	}
	if want := []string{"s0 0.1", "s1 0.9", "run <nil>", "step 30", "width <nil>", "height <nil>"}; !slices.Equal(names, want) {
		t.Errorf("signals %q, want %q", names, want)
	}
}

func decode(t *testing.T, p *plots.Player) (spec map[string]any) {
	t.Helper()
	file, err := p.Vega()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(file, &spec); err != nil {
		t.Fatal(err)
	}
	return spec
}

// csv returns the rows of a table without its head.
func csv(spec map[string]any, name string) []string {
	for _, d := range spec["data"].([]any) {
		if d := d.(map[string]any); d["name"] == name {
			return strings.Split(d["values"].(string), "\n")[1:]
		}
	}
	return nil
}

// Each step has its numbers: m, v and the effective learning rate of Adam among
// them.
func TestVegaHoldsTheNumbers(t *testing.T) {
	lang.Lang = "en"
	t.Cleanup(func() { lang.Lang = "" })
	rows := csv(decode(t, players()["play"]), "notes")
	adam := optim.Minimize(optim.NewAdam(0.3), surface.Ravine, []float64{-7, 2}, 1)
	for _, want := range []string{
		`0,1,0,"w = (−6.7, 1.7) · ∇f = (−0.67, 3.4)"`,
		`0,1,1,"m = (−0.07, 0.4) · v = (0.00049, 0.016)"`,
		`0,1,2,"Effective learning rate = (`,
	} {
		if !slices.ContainsFunc(rows, func(r string) bool { return strings.HasPrefix(r, want) }) {
			t.Errorf("no row %s (m = %v, v = %v); there are %q", want, adam.Vars["m"][1], adam.Vars["v"][1], rows[:6])
		}
	}
	if n := len(csv(decode(t, players()["play_long"]), "points")); n > 102 {
		t.Errorf("%d points of a long run, allowed are 102", n)
	}
}

// The arrow is the step just made: it comes from the point before and ends at
// the ring, not beyond.
func TestVegaArrow(t *testing.T) {
	spec := decode(t, players()["play"])
	var arrows []map[string]any
	var visit func(marks []any)
	visit = func(marks []any) {
		for _, m := range marks {
			m := m.(map[string]any)
			if from, ok := m["from"].(map[string]any); ok && from["data"] == "steps" {
				arrows = append(arrows, m["encode"].(map[string]any)["update"].(map[string]any))
			}
			if inner, ok := m["marks"].([]any); ok {
				visit(inner)
			}
		}
	}
	visit(spec["marks"].([]any))
	if len(arrows) != 2 {
		t.Fatalf("%d marks of the last step, want shaft and head", len(arrows))
	}
	if got := fmt.Sprint(arrows[0]["x2"], arrows[0]["y2"]); got != "map[field:px scale:x] map[field:py scale:y]" {
		t.Errorf("the shaft comes from %s", got)
	}
	for _, axis := range []string{"x", "y"} {
		at := arrows[1][axis].(map[string]any)["signal"]
		if want := fmt.Sprintf("scale('%[1]s', datum.%[1]s) - 7 * datum.d%[1]s / datum.length", axis); at != want {
			t.Errorf("the tip is at %s, want %s", at, want)
		}
	}
}

func TestVegaHoldsTheHistograms(t *testing.T) {
	rows := csv(decode(t, players()["play_histograms"]), "bins")
	sums := map[int]float64{}
	for _, r := range rows {
		var run, bin int
		var share float64
		fmt.Sscanf(strings.ReplaceAll(r, ",", " "), "%d %d %g", &run, &bin, &share)
		if bin < 0 || bin > 39 || share <= 0 {
			t.Errorf("run %d: bin %d of %v", run, bin, share)
		}
		sums[run] += share
	}
	i := 0
	for _, layer := range layers.Values {
		for _, epoch := range epochs.Values {
			inside := 0.0
			for _, v := range normals(layer, epoch) {
				if v >= -3 && v <= 3 {
					inside++
				}
			}
			if math.Abs(sums[i]-inside/1000) > 1e-3 {
				t.Errorf("layer %v, epoch %v: the bars hold %v, want %v", layer, epoch, sums[i], inside/1000)
			}
			i++
		}
	}
}

// Of 8 values 3 lie below 0.25 or above 0.75, and the bars of two of them.
func TestSaturatedBars(t *testing.T) {
	lang.Lang = "en"
	t.Cleanup(func() { lang.Lang = "" })
	p := plots.PlayHistograms("Activation", 0, 1, func(at ...float64) []float64 {
		return []float64{0, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1.5}
	}, plots.Slider{Name: "Layer", Values: []float64{1, 2}}).Saturated(0.25, 0.75)
	if got := p.Caption(); !strings.Contains(got, "saturated 38%, 12.5% outside. Orange: saturated, below 0.25 or above 0.75.") {
		t.Errorf("caption %q", got)
	}
	file, err := p.Vega()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"abs(0 + (datum.bin + 0.5) * 0.025 - 0.5) \\u003e 0.25 ? '#c86808' : '#1768e1'", "← saturated", "saturated →"} {
		if !bytes.Contains(file, []byte(want)) {
			t.Errorf("%s lacks %q", file, want)
		}
	}
}

func TestPlayerCaptions(t *testing.T) {
	lang.Lang = "en"
	t.Cleanup(func() { lang.Lang = "" })
	all := players()
	for name, want := range map[string]string{
		"play":            "with its numbers. Ring: the point of that step; arrow that ends there: the update just made. Watch m and v change.",
		"play_long":       "arrow that ends there: the last 30 steps.",
		"play_runs":       "the trajectory of Momentum(η=0.1, α=0.9) over 30 steps.",
		"play_histograms": "Histogram of activation over 1,000 values. Layer 1, epoch 0: mean ",
	} {
		if got := all[name].Caption(); !strings.Contains(got, want) {
			t.Errorf("%s: caption %q, want %q in it", name, got, want)
		}
		if got := all[name].Alt(); !strings.HasPrefix(got, "Figure with sliders. ") {
			t.Errorf("%s: alternative text %q", name, got)
		}
	}
	later := plots.PlayRuns(surface.Ravine, func(v ...float64) *optim.Path {
		if v[0] > 0.1 {
			return nil
		}
		return sgd(v[0], 3)
	}, rates)
	if got := later.Caption() + later.Alt(); got != "" {
		t.Errorf("texts %q where a later run is nil", got)
	}
	if got := all["play_runs"].Still(plots.Field(surface.Ravine)).Caption(); !strings.Contains(got, "gradient field") {
		t.Errorf("caption %q of another still figure", got)
	}
}

func TestBadPlayers(t *testing.T) {
	nan := math.NaN()
	one := plots.Slider{Name: "η", Values: []float64{1}}
	hundred := plots.Slider{Name: "h", Values: make([]float64, 100)}
	for i := range hundred.Values {
		hundred.Values[i] = float64(i + 1)
	}
	long := func(v ...float64) *optim.Path {
		return optim.Minimize(optim.NewSGD(0.01*v[0]), surface.Ravine, []float64{-7, 2}, 100)
	}
	for want, p := range map[string]*plots.Player{
		"this figure has no steps":                                      plots.Field(surface.Ravine).Play(),
		"has no steps, allowed is Trajectory":                           plots.Curves(row(1, 2)).Play(),
		"Play has no place for HLine":                                   plots.Trajectory(surface.Ravine, sgd(0.1, 3)).HLine(1, "one").Play(),
		"PlayRuns needs at least one Slider":                            plots.PlayRuns(surface.Ravine, swing),
		`Slider "η" has 1 value, allowed are 2 or more`:                 plots.PlayRuns(surface.Ravine, swing, one),
		`Slider "x" has the value NaN at 1`:                             plots.PlayRuns(surface.Ravine, swing, plots.Slider{Name: "x", Values: []float64{1, nan}}),
		`Slider "y" has the value 1 at 1`:                               plots.PlayHistograms("a", 0, 1, normals, plots.Slider{Name: "y", Values: []float64{1, 1}}),
		`Slider "z" starts at 2, allowed are 0 to 1`:                    plots.PlayRuns(surface.Ravine, swing, plots.Slider{Name: "z", Values: []float64{1, 2}, Start: 2}),
		"more than 1000 combinations":                                   plots.PlayRuns(surface.Ravine, swing, hundred, hundred),
		"KB, allowed are 64: fewer values":                              plots.PlayRuns(surface.Ravine, long, hundred),
		"PlayRuns: the surface is nil":                                  plots.PlayRuns(nil, swing, rates, inertia),
		"PlayRuns: path 0 is nil":                                       plots.PlayRuns(surface.Ravine, func(...float64) *optim.Path { return nil }, rates),
		"PlayHistograms goes from 1 to 0":                               plots.PlayHistograms("a", 1, 0, normals, layers, epochs),
		"PlayHistograms has no values at [1 0]":                         plots.PlayHistograms("a", 0, 1, func(...float64) []float64 { return nil }, layers, epochs),
		"Saturated is for PlayHistograms only":                          plots.Trajectory(surface.Ravine, sgd(0.1, 3)).Play().Saturated(0, 1),
		"Saturated is (0.5, 2), allowed are rising numbers from 0 to 1": plots.PlayHistograms("a", 0, 1, normals, layers, epochs).Saturated(0.5, 2),
		"Still is nil": plots.Trajectory(surface.Ravine, sgd(0.1, 3)).Play().Still(nil),
	} {
		_, err := p.Vega()
		if err == nil || !strings.HasPrefix(err.Error(), "plots: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q in it", err, want)
		}
		if saved := p.Save(filepath.Join(t.TempDir(), "x.json")); saved == nil || saved.Error() != err.Error() {
			t.Errorf("Save returns %v, Vega %v", saved, err)
		}
		if text := p.Caption() + p.Alt(); text != "" {
			t.Errorf("error %v, but the texts %q", err, text)
		}
	}
	far := &optim.Path{Method: "far", W: [][]float64{{-7, 2}, {1e300, -1.7e308}, {-1.7e308, 1e300}}}
	file, err := plots.Trajectory(surface.Ravine, far).Play().Vega()
	if err != nil || bytes.Contains(file, []byte("e+30")) {
		t.Errorf("a path to 1e300: %v, %s", err, file)
	}
	for _, s := range surface.All() {
		if _, err := plots.Trajectory(s, optim.Minimize(optim.NewSGD(1e-3), s, s.Start[:], 20)).Play().Vega(); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
	}
}

func BenchmarkPlayRuns(b *testing.B) {
	for b.Loop() {
		if _, err := players()["play_runs"].Vega(); err != nil {
			b.Fatal(err)
		}
	}
}
