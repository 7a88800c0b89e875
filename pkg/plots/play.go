package plots

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/janpfeifer/gonb/gonbui/protocol"

	"descent/pkg/lang"
	"descent/pkg/optim"
	"descent/pkg/plots/internal/typeset"
	"descent/pkg/surface"
)

// Player is a figure with sliders, in the language of Vega 5. All that a slider
// can choose is computed before and stored with the figure: it needs no kernel
// and no network, and works in a notebook that is not trusted. Where nothing can
// be moved, in print or on GitHub, a still figure stands instead.
type Player struct {
	still *Figure
	look  string
	make  func() (object, error) // the figure in Vega
	hint  func() string          // what the sliders do
	bars  *chosen                // of PlayHistograms
	wrong error                  // a setter that this kind does not have
}

// Slider is one quantity that can be chosen. Values that are evenly spaced
// become a slider, others a list.
type Slider struct {
	Name   string    // such as "η"
	Values []float64 // two or more, growing
	Start  int       // index of the value at first
}

// Play returns a Trajectory with a slider over its steps, which shows the
// numbers of each: the point, its gradient, what the method keeps (m, v, h) and
// its effective learning rates. Of long runs it shows about 100 steps.
func (f *Figure) Play() *Player {
	return &Player{still: f,
		make: func() (object, error) {
			c, ok := f.content.(*contours)
			if !ok || len(c.paths) == 0 {
				return nil, fmt.Errorf("plots: Play: this figure has no steps, allowed is Trajectory")
			}
			return f.vegaPaths(c, [][]*optim.Path{c.paths}, nil)
		},
		hint: func() string {
			c, ok := f.content.(*contours)
			if !ok {
				return ""
			}
			if len(c.paths) > 1 {
				return lang.Pick("JupyterLab에서는 슬라이더로 스텝을 고르면 그때까지의 경로가 보임. ", "In JupyterLab a slider chooses the step up to which the paths are drawn. ") + ringAndArrow(c.steps())
			}
			return lang.Pick("JupyterLab에서는 슬라이더로 스텝을 고르면 그때까지의 경로와 값이 보임. ", "In JupyterLab a slider chooses the step up to which the path is drawn, with its numbers. ") + ringAndArrow(c.steps())
		},
	}
}

// PlayRuns runs an optimizer with every combination of the sliders' values, and
// draws the path of the one that is chosen: run gets one value a slider. A
// further slider chooses the step. The caption is that of the combination at
// first.
func PlayRuns(s *surface.Surface, run func(values ...float64) *optim.Path, sliders ...Slider) *Player {
	c := &contours{surface: s, kind: "PlayRuns"}
	f := &Figure{content: c}
	var runs [][]*optim.Path
	err := checkSliders("PlayRuns", sliders)
	if err == nil && run == nil {
		err = fmt.Errorf("plots: PlayRuns: run is nil")
	}
	if err == nil {
		start := 0
		each(sliders, func(i int, values []float64, first bool) {
			runs = append(runs, []*optim.Path{run(values...)})
			if first {
				start = i
			}
		})
		c.paths = runs[start]
	}
	return &Player{still: f,
		make: func() (object, error) {
			if err != nil {
				return nil, err
			}
			return f.vegaPaths(c, runs, sliders)
		},
		hint: func() string {
			return fmt.Sprintf(lang.Pick("JupyterLab에서 고를 수 있는 값: %s(미리 계산한 실행 %d개). 이 설명은 처음 설정 기준. ",
				"In JupyterLab, choose %s (%d precomputed runs). The caption describes the initial setting. "),
				names(sliders, lang.Pick("스텝", "the step")), len(runs)) + ringAndArrow(longest(runs))
		},
	}
}

// ringAndArrow explains what marks the step that is chosen, of so many.
func ringAndArrow(steps int) string {
	if stride := strideOf(steps); stride > 1 {
		return fmt.Sprintf(lang.Pick("고리: 그 스텝의 점, 고리에서 끝나는 화살표: 마지막 %d스텝.", "Ring: the point of that step; arrow that ends there: the last %d steps."), stride)
	}
	return lang.Pick("고리: 그 스텝의 점, 고리에서 끝나는 화살표: 방금 한 갱신.", "Ring: the point of that step; arrow that ends there: the update just made.")
}

// Look ends the caption with the author's sentence on what to look at.
func (p *Player) Look(s string) *Player { p.look = strings.TrimSpace(s); return p }

// Still sets the figure that stands where nothing can be moved.
func (p *Player) Still(f *Figure) *Player { p.still = f; return p }

// Vega returns the figure as JSON that Vega 5 draws.
func (p *Player) Vega() ([]byte, error) {
	spec, err := p.spec()
	if err != nil {
		return nil, err
	}
	return json.Marshal(spec)
}

const mostVega = 64 << 10

func (p *Player) spec() (object, error) {
	switch {
	case p.still == nil:
		return nil, fmt.Errorf("plots: Still is nil")
	case p.wrong != nil:
		return nil, p.wrong
	}
	spec, err := p.make()
	if err != nil {
		return nil, err
	}
	if _, _, err := p.still.draw(); err != nil {
		return nil, err
	}
	spec["description"] = p.describes()
	file, err := json.Marshal(spec)
	if err != nil {
		return nil, err
	}
	if len(file) > mostVega {
		return nil, fmt.Errorf("plots: the figure would take %d KB, allowed are %d: fewer values of the sliders or fewer steps help", len(file)>>10, mostVega>>10)
	}
	return spec, nil
}

// Show displays the figure in the notebook cell that runs, with its caption
// below. Outside of a notebook it says on stderr what to do instead. What cannot
// be drawn prints why.
func (p *Player) Show() {
	spec, err := p.spec()
	var image []byte
	height := 0
	if err == nil {
		image, height, err = p.picture().png()
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	const vega = "application/vnd.vega.v5+json"
	alt := p.describes()
	display(&protocol.DisplayData{
		Data: map[protocol.MIMEType]any{vega: map[string]any(spec), protocol.MIMEImagePNG: image, protocol.MIMETextPlain: alt},
		Metadata: map[string]any{
			vega:                          map[string]any{"embed_options": map[string]any{"actions": false, "renderer": "svg"}},
			string(protocol.MIMEImagePNG): map[string]any{"width": int(width), "height": height, "alt": alt},
		},
	}, p.says(), "figure.vg.json")
}

// picture is the still figure, unless it says otherwise with fewer pixels: it is
// stored beside the data, and both together take no more than 100 KB.
func (p *Player) picture() *Figure {
	f := *p.still
	if f.pixelScale == nil {
		const most = 50 << 10
		f.Scale(motionScale)
		if file, err := f.PNG(); err == nil && len(file) > most {
			f.Scale(1)
		}
	}
	return &f
}

// Save writes the figure with its sliders to a file whose name ends in .json,
// and the still figure to one that ends in .png, .svg or .pdf.
func (p *Player) Save(name string) error {
	file, err := p.Vega()
	if err != nil {
		return err
	}
	if strings.ToLower(filepath.Ext(name)) != ".json" {
		return p.picture().Save(name)
	}
	return os.WriteFile(name, file, 0o644)
}

// Caption is that of the still figure, and what the sliders do. It is empty if
// the figure cannot be drawn.
func (p *Player) Caption() string {
	if _, err := p.spec(); err != nil {
		return ""
	}
	return p.says()
}

func (p *Player) says() string {
	f := *p.still
	f.note = ""
	parts := []string{f.says(), p.hint()}
	for _, look := range []string{p.still.note, p.look} {
		if look != "" {
			parts = append(parts, look)
		}
	}
	return strings.Join(parts, " ")
}

// Alt describes the still figure to someone who does not see it, and says that
// it has sliders. It is empty if the figure cannot be drawn.
func (p *Player) Alt() string {
	if _, err := p.spec(); err != nil {
		return ""
	}
	return p.describes()
}

func (p *Player) describes() string {
	return lang.Pick("슬라이더가 있는 그림. ", "Figure with sliders. ") + p.still.describes()
}

const mostRuns = 1000

func checkSliders(kind string, sliders []Slider) error {
	if len(sliders) == 0 {
		return fmt.Errorf("plots: %s needs at least one Slider", kind)
	}
	n := 1
	for _, s := range sliders {
		if len(s.Values) < 2 {
			return fmt.Errorf("plots: %s: Slider %q has %s, allowed are 2 or more", kind, s.Name, plural(len(s.Values), "value"))
		}
		for i, v := range s.Values {
			if math.IsNaN(v) || math.IsInf(v, 0) || i > 0 && v <= s.Values[i-1] {
				return fmt.Errorf("plots: %s: Slider %q has the value %v at %d, allowed are finite numbers that grow", kind, s.Name, v, i)
			}
		}
		if s.Start < 0 || s.Start >= len(s.Values) {
			return fmt.Errorf("plots: %s: Slider %q starts at %d, allowed are 0 to %d", kind, s.Name, s.Start, len(s.Values)-1)
		}
		if n *= len(s.Values); n > mostRuns {
			return fmt.Errorf("plots: %s: the sliders have more than %d combinations", kind, mostRuns)
		}
	}
	return nil
}

// each visits all combinations; the last slider changes fastest.
func each(sliders []Slider, visit func(i int, values []float64, first bool)) {
	n := 1
	for _, s := range sliders {
		n *= len(s.Values)
	}
	for i := range n {
		values, first, rest := make([]float64, len(sliders)), true, i
		for k := len(sliders) - 1; k >= 0; k-- {
			j := rest % len(sliders[k].Values)
			rest /= len(sliders[k].Values)
			values[k], first = sliders[k].Values[j], first && j == sliders[k].Start
		}
		visit(i, values, first)
	}
}

// names lists what can be chosen.
func names(sliders []Slider, more ...string) string {
	var all []string
	for _, s := range sliders {
		all = append(all, lang.Pick(s.Name, uncapital(s.Name)))
	}
	all = append(all, more...)
	last := len(all) - 1
	if last == 0 {
		return all[0]
	}
	return strings.Join(all[:last], ", ") + lang.Pick(", ", " and ") + all[last]
}

// playWidth is that of the axes where the window is wide enough.
const playWidth = 500.0

// scaled makes a signal of a place along an axis of the wide figure.
func scaled(v float64) object {
	return object{"signal": fmt.Sprintf("width * %v", math.Round(v*1e4/playWidth)/1e4)}
}

const mostStops = 100

// strideOf is how many steps lie between two that a slider stops at.
func strideOf(steps int) int { return steps/(mostStops+1) + 1 }

// longest is the number of steps of the longest path.
func longest(runs [][]*optim.Path) (steps int) {
	for _, paths := range runs {
		for _, p := range paths {
			if p != nil {
				steps = max(steps, p.Steps())
			}
		}
	}
	return steps
}

// vegaPaths draws paths on contour lines, with sliders: runs[i] holds the paths
// of combination i.
func (f *Figure) vegaPaths(c *contours, runs [][]*optim.Path, sliders []Slider) (object, error) {
	if len(f.hlines)+len(f.vlines) > 0 {
		return nil, fmt.Errorf("plots: Play has no place for HLine and VLine")
	}
	for _, paths := range runs {
		all := *c
		all.paths = paths
		if err := all.check(f); err != nil {
			return nil, err
		}
	}
	steps := longest(runs)
	stride := strideOf(steps)
	last := steps / stride * stride

	x, y := c.view(f)
	w := playWidth
	h := math.Round(min(max(w*(y.hi-y.lo)/(x.hi-x.lo), 230), 400))
	p := plane{box: rect{0, 0, w, h}, x: x, y: y}
	p.x.from, p.x.to, p.y.from, p.y.to = 0, w, h, 0

	var seriesNames []string
	for _, path := range runs[0] {
		seriesNames = append(seriesNames, path.Method)
	}
	looks := styles(seriesNames)
	var colors, shapes, tracks []any
	for i, look := range looks {
		colors, tracks = append(colors, hex(look.color)), append(tracks, append([]float64{}, look.track...))
		shapes = append(shapes, []any{"circle", "square", "triangle-up", "diamond"}[i%4])
	}
	points, notes := newTable("run", "series", "t", "x", "y", "f", "end"), newTable("run", "t", "row", "text")
	numbers := newTable("run", "t", "x", "y") // of steps, at their lower left corner
	note := func(run, t, row int, text string) {
		if text != "" {
			notes.add(run, t, row, text)
		}
	}
	// below the axes of many runs there is room for as many lines as it takes
	said := func(run int, texts ...string) {
		row := 0
		for _, text := range texts {
			for _, line := range typeset.New().Wrap(text, textSize, noteWidth) {
				note(run, -1, row, line)
				row++
			}
		}
	}
	for i, paths := range runs {
		for k, path := range paths {
			end := path.Steps() / stride * stride
			if len(paths) == 1 {
				c.eachNumberedStep(p, path, stride, func(t int, x, y float64) { numbers.add(i, t, short(x), short(y)) })
			}
			var before []float64
			for t := 0; t <= end; t += stride {
				at := within(before, path.W[t], x, y)
				points.add(i, k, t, short(at[0]), short(at[1]), short(c.surface.Func(path.W[t])), map[bool]int{true: 1}[t == end])
				before = at
				if len(runs) == 1 && len(paths) == 1 {
					for row, text := range numbersOf(path, t) {
						note(i, t, row, text)
					}
				}
			}
			if len(runs) > 1 {
				said(i, fmt.Sprintf(lang.Pick("%s: 마지막 f = %s, y 방향으로 %s 되돌아감", "%s: final f = %s, %s along y"),
					pretty(path.Method), format(c.surface.Func(path.Last()), 4), count(path.Flips(1), "#번", "reversal")),
					strings.Join(oddities(path, p), " "))
			}
		}
	}

	signals := []any{object{"name": "step", "value": last, "bind": object{"input": "range", "min": 0, "max": last, "step": stride, "name": lang.Pick("스텝 ", "Step ")}}}
	signals = append(sliderSignals(sliders), signals...)
	bySeries := func(scale string) object { return object{"scale": scale, "field": "series"} }
	onX, onY := object{"scale": "x", "field": "x"}, object{"scale": "y", "field": "y"}
	plain := func(v any) object { return object{"value": v} }
	// the last step in pixels, and places on it
	pixels := func(as, axis string) object {
		return object{"type": "formula", "as": as, "expr": fmt.Sprintf("scale('%[1]s', datum.%[1]s) - scale('%[1]s', datum.p%[1]s)", axis)}
	}
	onward := func(axis string) object { return object{"scale": axis, "field": "p" + axis} }
	fromRing := func(axis string, away float64) object {
		return object{"signal": fmt.Sprintf("scale('%[1]s', datum.%[1]s) - %[2]v * datum.d%[1]s / datum.length", axis, away)}
	}
	label := func(rim bool) object {
		look := object{"x": onX, "y": onY, "fontSize": plain(tickSize), "text": object{"field": "t"}}
		if rim {
			look["stroke"], look["strokeWidth"] = plain(hex(ground)), plain(3)
		}
		return object{"type": "text", "from": object{"data": "numbered"}, "encode": object{"update": look}}
	}
	marks := []any{
		object{"type": "path", "from": object{"data": "contours"}, "encode": object{"enter": object{
			"path": object{"field": "path"}, "fill": object{"field": "fill"}, "stroke": plain(hex(contourInk)), "strokeWidth": plain(1)},
			"update": object{"scaleX": scaled(1), "scaleY": scaled(1)}}},
		object{"type": "group", "from": object{"facet": object{"name": "one", "data": "seen", "groupby": "series"}}, "marks": []any{
			object{"type": "line", "from": object{"data": "one"}, "encode": object{"update": object{
				"x": onX, "y": onY, "stroke": bySeries("color"), "strokeWidth": plain(pathWidth), "strokeDash": bySeries("dash")}}}}},
		object{"type": "symbol", "from": object{"data": "seen"}, "encode": object{"update": object{
			"x": onX, "y": onY, "fill": bySeries("color"), "shape": bySeries("shape"), "size": plain(28)}}},
		label(true), label(false),
		symbolsAt("circle", starts(runs[0]), startInk, ground, 90),
		symbolsAt("M0,-1L0.26,-0.36L0.95,-0.31L0.43,0.14L0.59,0.81L0,0.45L-0.59,0.81L-0.43,0.14L-0.95,-0.31L-0.26,-0.36Z", c.surface.Minima, ground, minimumInk, 300),
		object{"type": "rule", "from": object{"data": "steps"}, "encode": object{"update": object{
			"x": fromRing("x", ringRadius+stepHead/2), "y": fromRing("y", ringRadius+stepHead/2), "x2": onward("x"), "y2": onward("y"),
			"stroke": bySeries("color"), "strokeWidth": plain(stepWidth)}}},
		object{"type": "symbol", "from": object{"data": "steps"}, "encode": object{"update": object{
			"x": fromRing("x", ringRadius), "y": fromRing("y", ringRadius), "shape": plain("M0,0L0.5,1L-0.5,1Z"), "size": plain(4 * stepHead * stepHead),
			"fill": bySeries("color"), "angle": object{"signal": "atan2(datum.dy, datum.dx)*180/PI+90"}}}},
		object{"type": "symbol", "from": object{"data": "here"}, "encode": object{"update": object{
			"x": onX, "y": onY, "stroke": bySeries("color"), "strokeWidth": plain(2.2), "size": plain(130)}}},
	}
	levels, labels := c.vegaContours(p, runs[0])
	marks = []any{object{"type": "group", "clip": true, "encode": object{"enter": object{
		"width": object{"signal": "width"}, "height": object{"signal": "height"}}}, "marks": append(marks, labels...)}}
	where := fmt.Sprintf("datum.series > 0 ? '' : '%s' + step + ' / %d'", lang.Pick("스텝 ", "Step "), last)
	if len(runs[0]) == 1 {
		where += " + ' · f = ' + format(datum.f, '.4~g')"
	}
	marks = append(marks,
		object{"type": "text", "from": object{"data": "here"}, "encode": object{"update": object{
			"x": object{"signal": "width"}, "y": plain(-8), "align": plain("right"), "text": object{"signal": where}}}},
		noteMarks())

	spec := object{
		"signals": signals,
		"data": []any{
			object{"name": "contours", "values": levels},
			points.data("points", object{"type": "window", "ops": []any{"lag", "lag"}, "fields": []any{"x", "y"}, "as": []any{"px", "py"},
				"groupby": []any{"run", "series"}, "sort": object{"field": "t"}}),
			object{"name": "seen", "source": "points", "transform": filter("datum.run === run && datum.t <= step")},
			object{"name": "here", "source": "points", "transform": filter("datum.run === run && (datum.t === step || datum.end && datum.t < step)")},
			object{"name": "steps", "source": "here", "transform": append(
				[]any{pixels("dx", "x"), pixels("dy", "y"), object{"type": "formula", "as": "length", "expr": "sqrt(datum.dx*datum.dx + datum.dy*datum.dy)"}},
				filter(fmt.Sprintf("isValid(datum.px) && datum.length >= %v", shortStep))...)},
			numbers.data("numbers"),
			object{"name": "numbered", "source": "numbers", "transform": filter("datum.run === run && datum.t <= step")},
			notes.data("notes"),
			object{"name": "said", "source": "notes", "transform": filter("datum.run === run && (datum.t < 0 || datum.t === step)")},
		},
		"scales": []any{
			linearScale("x", "width", x.lo, x.hi), linearScale("y", "height", y.lo, y.hi),
			object{"name": "color", "type": "ordinal", "domain": indices(len(looks)), "range": colors},
			object{"name": "shape", "type": "ordinal", "domain": indices(len(looks)), "range": shapes},
			object{"name": "dash", "type": "ordinal", "domain": indices(len(looks)), "range": tracks},
		},
		"marks": marks,
	}
	if len(runs) == 1 {
		var labels []any
		columns := 2
		for _, name := range seriesNames {
			label := pretty(name)
			labels = append(labels, wrapped(label, textSize, noteWidth-120))
			if typeset.New().Width(label, textSize) > noteWidth/2 {
				columns = 1
			}
		}
		text, _ := json.Marshal(labels)
		legend := object{"fill": "color", "shape": "shape", "orient": "top", "direction": "horizontal", "columns": columns, "offset": 24,
			"encode": object{"labels": object{"update": object{"text": object{"signal": string(text) + "[datum.value]"}}}}}
		if columns == 1 {
			legend["labelLimit"] = 0 // the lines are short enough
		}
		spec["legends"] = []any{legend}
	}
	xLabel, yLabel := c.labels(f)
	return frameSpec(spec, cmp.Or(f.title, c.title()), h, xLabel, yLabel), nil
}

// eachNumberedStep visits the steps of a path whose numbers have room, with the place of
// each eachNumberedStep in the surface's coordinates.
func (c *contours) eachNumberedStep(p plane, path *optim.Path, stride int, visit func(t int, x, y float64)) {
	taken := &labels{box: p.box}
	place := func(w []float64) point { return p.at(w[0], w[1]) }
	for t := stride; t <= path.Steps(); t += stride {
		if q, r, ok := clip([2]float64(path.W[t-stride]), [2]float64(path.W[t]), [2]float64{p.x.lo, p.y.lo}, [2]float64{p.x.hi, p.y.hi}); ok {
			taken.along(place(q[:]), place(r[:]))
		}
	}
	for _, mark := range append([]surface.Point{surface.Point(path.W[0])}, c.surface.Minima...) {
		at := place(mark[:])
		taken.add(rect{at.x - 9, at.y - 9, at.x + 9, at.y + 9})
	}
	ts := typeset.New()
	for _, t := range milestones(path.Steps() / stride * stride) {
		if w := path.W[t]; t%stride == 0 && p.holds(w[0], w[1]) {
			if r, leader, ok := taken.near(place(w), ts.Width(group(fmt.Sprint(t)), tickSize), capHeight*tickSize); ok && !leader {
				taken.add(r)
				visit(t, p.x.value(r.x0/p.box.x1), p.y.value(1-r.y1/p.box.y1))
			}
		}
	}
}

// starts are the places where paths begin, each once.
func starts(paths []*optim.Path) (points []surface.Point) {
	for _, path := range paths {
		if w := surface.Point(path.W[0]); !slices.Contains(points, w) {
			points = append(points, w)
		}
	}
	return points
}

// within is b, or on the way there from a the place where it is far enough
// outside of the picture: browsers cannot draw to 1e300.
func within(a, b []float64, x, y scale) []float64 {
	wide := func(s scale) (lo, hi float64) { d := 3 * (s.hi - s.lo); return s.lo - d, s.hi + d }
	x0, x1 := wide(x)
	y0, y1 := wide(y)
	if a == nil {
		a = b
	}
	_, q, _ := clip([2]float64(a), [2]float64(b), [2]float64{x0, y0}, [2]float64{x1, y1})
	return []float64{min(max(q[0], x0), x1), min(max(q[1], y0), y1)}
}

// numbersOf are the lines that say what a path held at step t.
func numbersOf(p *optim.Path, t int) []string {
	vector := func(name string, v []float64) string {
		var s []string
		for _, x := range v {
			s = append(s, format(x, 4))
		}
		return name + " = (" + strings.Join(s, ", ") + ")"
	}
	first := []string{vector("w", p.W[t])}
	if t < len(p.Grad) {
		first = append(first, vector("∇f", p.Grad[t]))
	}
	var second []string
	for _, name := range sortedKeys(p.Vars) {
		if v := p.Vars[name]; t < len(v) && len(v[t]) > 0 && len(v[t]) <= 2 {
			second = append(second, vector(name, v[t]))
		}
	}
	third := ""
	if t < len(p.Rate) && len(p.Rate[t]) > 0 {
		third = vector(lang.Pick("실효 학습률", "Effective learning rate"), p.Rate[t])
	}
	return []string{strings.Join(first, " · "), strings.Join(second, " · "), third}
}
