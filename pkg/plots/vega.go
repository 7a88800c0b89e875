package plots

import (
	"fmt"
	"image/color"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"descent/pkg/lang"
	"descent/pkg/optim"
	"descent/pkg/surface"
)

// object is one of JSON.
type object = map[string]any

// table is data as comma-separated values, the shortest form that Vega reads.
type table struct {
	text    strings.Builder
	columns []string
}

func newTable(columns ...string) *table {
	t := &table{columns: columns}
	t.text.WriteString(strings.Join(columns, ","))
	return t
}

func (t *table) add(values ...any) {
	for i, v := range values {
		s := fmt.Sprint(v)
		if strings.ContainsAny(s, ",\"\n") {
			s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
		t.text.WriteString(map[bool]string{true: "\n", false: ","}[i == 0] + s)
	}
}

// data is the table under a name; all columns but text hold numbers.
func (t *table) data(name string, transform ...any) object {
	parse := object{}
	for _, c := range t.columns {
		if c != "text" {
			parse[c] = "number"
		}
	}
	d := object{"name": name, "values": t.text.String(), "format": object{"type": "csv", "parse": parse}}
	if len(transform) > 0 {
		d["transform"] = transform
	}
	return d
}

func filter(expr string) []any { return []any{object{"type": "filter", "expr": expr}} }

func linearScale(name, size string, lo, hi float64) object {
	return object{"name": name, "type": "linear", "range": size, "domain": []any{lo, hi}, "zero": false, "nice": false}
}

func indices(n int) []any {
	var all []any
	for i := range n {
		all = append(all, i)
	}
	return all
}

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// short is v with four digits, enough for a place in a figure.
func short(v float64) string { return strconv.FormatFloat(v, 'g', 4, 64) }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// sliderSignals binds each slider to a signal, and makes of them the signal run:
// the index of the combination.
func sliderSignals(sliders []Slider) []any {
	var signals []any
	index := "0"
	for k, s := range sliders {
		name, last := fmt.Sprintf("s%d", k), len(s.Values)-1
		step := (s.Values[last] - s.Values[0]) / float64(last)
		even := true
		for i, v := range s.Values {
			even = even && math.Abs(v-(s.Values[0]+float64(i)*step)) < 1e-9*math.Abs(s.Values[last]-s.Values[0])
		}
		var values []any
		var texts []string
		for _, v := range s.Values {
			values, texts = append(values, v), append(texts, strconv.FormatFloat(v, 'g', -1, 64))
		}
		bind := object{"input": "select", "options": values, "name": s.Name + " "}
		at := "indexof([" + strings.Join(texts, ",") + "], " + name + ")"
		if even {
			step, _ = strconv.ParseFloat(strconv.FormatFloat(step, 'g', 12, 64), 64)
			bind = object{"input": "range", "min": s.Values[0], "max": s.Values[last], "step": step, "name": s.Name + " "}
			at = fmt.Sprintf("round((%s - %s) / %s)", name, texts[0], strconv.FormatFloat(step, 'g', -1, 64))
		}
		signals = append(signals, object{"name": name, "value": s.Values[s.Start], "bind": bind})
		index = fmt.Sprintf("(%s) * %d + %s", index, len(s.Values), at)
	}
	return append(signals, object{"name": "run", "update": index})
}

const fonts = "Noto Sans KR, Noto Sans CJK KR, Apple SD Gothic Neo, Malgun Gothic, sans-serif"

// noteWidth is that of lines below the axes and of a legend's.
const noteWidth = playWidth + 40

// wrapped is s, or its lines where it is wider than w pixels.
func wrapped(s string, size, w float64) any {
	if lines := newTypesetter().wrap(s, size, w); len(lines) > 1 {
		return lines
	}
	return s
}

// frameSpec completes a figure with what all have in common. In a window that is
// not wide enough for axes of playWidth beside what JupyterLab and the labels take,
// it is smaller.
func frameSpec(spec object, title string, h float64, xLabel, yLabel string) object {
	const beside = 190
	width := fmt.Sprintf("clamp(windowSize()[0] - %v, %v, %v)", beside, 0.5*playWidth, playWidth)
	spec["signals"] = append(spec["signals"].([]any),
		object{"name": "width", "init": width, "on": []any{object{"events": object{"source": "window", "type": "resize"}, "update": width}}},
		object{"name": "height", "update": scaled(h)["signal"]})
	axis := func(scale, orient, label string, along float64) object {
		return object{"scale": scale, "orient": orient, "title": wrapped(label, textSize, along), "zindex": 1, "tickCount": 7}
	}
	maps.Copy(spec, object{
		"$schema":    "https://vega.github.io/schema/vega/v5.json",
		"background": hex(ground),
		"padding":    object{"left": 12, "top": 12, "right": 22, "bottom": 12},
		"title":      object{"text": wrapped(title, titleSize, noteWidth), "anchor": "start"},
		"axes": []any{axis("x", "bottom", xLabel, playWidth), axis("y", "left", yLabel, h),
			object{"scale": "x", "orient": "top", "labels": false, "ticks": false, "zindex": 1}, object{"scale": "y", "orient": "right", "labels": false, "ticks": false, "zindex": 1}},
		"config": object{
			"axis": object{"labelFont": fonts, "titleFont": fonts, "labelFontSize": 12, "titleFontSize": 12.5, "titleFontWeight": "normal",
				"labelColor": hex(softInk), "titleColor": hex(softInk), "domainColor": hex(frameInk), "tickColor": hex(frameInk)},
			"title":  object{"font": fonts, "fontSize": 15, "fontWeight": "normal", "color": hex(ink)},
			"legend": object{"labelFont": fonts, "labelFontSize": 12.5, "labelColor": hex(ink), "labelLimit": 520},
			"text":   object{"font": fonts, "fontSize": 12.5, "fill": hex(ink)},
		},
	})
	return spec
}

// noteMarks writes the lines of the data said below the axis.
func noteMarks() object {
	return object{"type": "text", "from": object{"data": "said"}, "encode": object{"update": object{
		"x": object{"value": 0}, "y": object{"signal": "height + 56 + 19 * datum.row"}, "text": object{"field": "text"}}}}
}

func symbolsAt(shape string, points []surface.Point, stroke, fill color.NRGBA, size int) object {
	var marks []any
	for _, p := range points {
		marks = append(marks, object{"type": "symbol", "encode": object{"enter": object{
			"shape": object{"value": shape},
			"size":  object{"value": size}, "fill": object{"value": hex(fill)}, "stroke": object{"value": hex(stroke)}, "strokeWidth": object{"value": 1.8}},
			"update": object{"x": object{"scale": "x", "value": p[0]}, "y": object{"scale": "y", "value": p[1]}}}})
	}
	return object{"type": "group", "marks": marks}
}

// vegaContours returns the contour lines as filled paths, the highest first, and
// their labels.
func (c *contours) vegaContours(p plane, paths []*optim.Path) (levels, marks []any) {
	const cell = 4
	g := sampled(c.surface, p.x, p.y, int(p.box.x1/cell)+1, int(p.box.y1/cell)+1)
	heights := g.levels()
	closed := g.walled()
	taken := &labels{box: p.box}
	for _, path := range paths {
		for t := 1; t < len(path.W) && t < 1000; t++ {
			a, b := p.at(path.W[t-1][0], path.W[t-1][1]), p.at(path.W[t][0], path.W[t][1])
			if p.box.holds(a) && p.box.holds(b) {
				taken.along(a, b)
			}
		}
	}
	ts := newTypesetter()
	for i := len(heights) - 1; i >= 0; i-- {
		var b strings.Builder
		for _, chain := range closed.contour(heights[i], p.at) {
			c.lowToTheLeft(p, chain, heights[i])
			for k, q := range simplified(chain, 0.3) {
				b.WriteString(map[bool]string{true: "M", false: "L"}[k == 0])
				b.WriteString(tenth(q.x) + " " + tenth(q.y))
			}
			b.WriteString("Z")
		}
		levels = append(levels, object{"path": b.String(), "fill": hex(shade(i, len(heights)))})
	}
	for i, height := range heights {
		text := number(height, 3)
		shown := object{"value": text}
		if i%2 == 1 { // there is room for the others in a narrow window, too
			shown = object{"signal": fmt.Sprintf("width < %v ? '' : '%s'", 0.8*playWidth, text)}
		}
		if r, ok := taken.onRing(g.contour(height, p.at), ts.width(text, tickSize), capHeight*tickSize); ok {
			taken.add(r)
			for _, rim := range []bool{true, false} {
				look := object{"x": scaled(r.x0 + 3), "y": scaled(r.y1 - 3), "text": shown,
					"fontSize": object{"value": tickSize}, "fill": object{"value": hex(softInk)}}
				if rim {
					look["stroke"], look["strokeWidth"] = object{"value": hex(ground)}, object{"value": 3}
				}
				marks = append(marks, object{"type": "text", "encode": object{"update": look}})
			}
		}
	}
	return levels, marks
}

func tenth(v float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0")
}

// walled is the grid with a high wall around it, so that all its contour lines
// close.
func (g grid) walled() grid {
	ends := func(v []float64) []float64 { return slices.Concat(v[:1], v, v[len(v)-1:]) }
	const wall = math.MaxFloat64 / 4
	out := grid{xs: ends(g.xs), ys: ends(g.ys)}
	row := make([]float64, len(out.xs))
	for i := range row {
		row[i] = wall
	}
	out.f = append(out.f, row)
	for _, f := range g.f {
		out.f = append(out.f, slices.Concat([]float64{wall}, f, []float64{wall}))
	}
	out.f = append(out.f, row)
	return out
}

// lowToTheLeft turns a closed chain so that f is below the level on its left:
// then the rule of nonzero winding fills what is low, holes left out.
func (c *contours) lowToTheLeft(p plane, chain []point, level float64) {
	low := 0
	for i := 1; i < len(chain); i++ {
		a, b := chain[i-1], chain[i]
		n := math.Hypot(b.x-a.x, b.y-a.y)
		if n < 0.5 {
			continue
		}
		q := point{(a.x+b.x)/2 + (b.y-a.y)/n, (a.y+b.y)/2 - (b.x-a.x)/n}
		if p.box.holds(q) && c.surface.F(p.x.value(q.x/p.box.x1), p.y.value(1-q.y/p.box.y1)) <= level {
			low++
		} else {
			low--
		}
	}
	if low < 0 {
		slices.Reverse(chain)
	}
}

// simplified drops the points of a line that lie within tolerance of the line
// through those that stay (Ramer 1972, Douglas and Peucker 1973).
func simplified(pts []point, tolerance float64) []point {
	if len(pts) < 3 {
		return pts
	}
	a, b := pts[0], pts[len(pts)-1]
	n := math.Hypot(b.x-a.x, b.y-a.y)
	far, at := -1.0, 0
	for i, p := range pts[1 : len(pts)-1] {
		d := math.Hypot(p.x-a.x, p.y-a.y)
		if n > 0 {
			d = math.Abs((b.x-a.x)*(a.y-p.y)-(a.x-p.x)*(b.y-a.y)) / n
		}
		if d > far {
			far, at = d, i+1
		}
	}
	if far <= tolerance {
		return []point{a, b}
	}
	left := simplified(pts[:at+1], tolerance)
	return append(left[:len(left)-1:len(left)-1], simplified(pts[at:], tolerance)...)
}

// PlayHistograms draws a histogram of the values that the sliders choose, such
// as the activations of a layer after an epoch: the share in each of 40 bins of
// equal width from lo to hi. Values outside are counted in the text below;
// Saturated marks the ends.
func PlayHistograms(label string, lo, hi float64, values func(at ...float64) []float64, sliders ...Slider) *Player {
	h := &chosen{label: label, lo: lo, hi: hi, err: checkSliders("PlayHistograms", sliders), sliders: sliders}
	switch {
	case h.err != nil:
	case !(lo < hi) || math.IsInf(hi-lo, 0):
		h.err = fmt.Errorf("plots: PlayHistograms goes from %v to %v, allowed are finite numbers lo < hi", lo, hi)
	case values == nil:
		h.err = fmt.Errorf("plots: PlayHistograms: values is nil")
	}
	if h.err == nil {
		some := false
		each(sliders, func(i int, at []float64, first bool) {
			b := h.count(values(at...))
			b.at = slices.Clone(at)
			if b.n == 0 && h.err == nil {
				h.err = fmt.Errorf("plots: PlayHistograms has no values at %v", at)
			}
			h.all = append(h.all, b)
			some = some || b.n > b.bad
			if first {
				h.start = i
			}
		})
		if !some && h.err == nil {
			h.err = fmt.Errorf("plots: PlayHistograms: nothing is finite, the first value is %v", h.all[0].values[0])
		}
	}
	f := &Figure{content: h}
	return &Player{still: f, bars: h, make: func() (object, error) { return h.vega(f) }, hint: func() string {
		return fmt.Sprintf(lang.Pick("JupyterLab에서 고를 수 있는 값: %s. 이 설명은 처음 설정 기준.", "In JupyterLab, choose %s. The caption describes the initial setting."), names(sliders))
	}}
}

// chosen holds the histograms of all combinations.
type chosen struct {
	label   string
	lo, hi  float64
	sliders []Slider
	all     []bins
	start   int
	err     error

	saturated *[2]float64 // set by Saturated
}

// Saturated marks the bars of PlayHistograms below the first and above the
// second value, such as 0.05 and 0.95 for a sigmoid, and adds the share of such
// values to the text.
func (p *Player) Saturated(below, above float64) *Player {
	if p.bars == nil {
		p.wrong = fmt.Errorf("plots: Saturated is for PlayHistograms only")
		return p
	}
	p.bars.saturated = &[2]float64{below, above}
	return p
}

// saturates reports whether the k-th bin does.
func (h *chosen) saturates(k int) bool {
	mid := h.lo + (float64(k)+0.5)*(h.hi-h.lo)/binCount
	return h.saturated != nil && (mid < h.saturated[0] || mid > h.saturated[1])
}

type bins struct {
	at        []float64
	share     [binCount]float64
	n         int
	bad       int     // not finite
	outside   int     // finite, and beyond the axis
	mean, std float64 // of what is finite
	values    []float64
}

const binCount = defaultBins

func (h *chosen) count(values []float64) bins {
	b := bins{n: len(values), values: slices.Clone(values)}
	for _, v := range values {
		switch {
		case math.IsNaN(v) || math.IsInf(v, 0):
			b.bad++
		case v < h.lo || v > h.hi:
			b.outside++
		default:
			b.share[min(int((v-h.lo)/(h.hi-h.lo)*binCount), binCount-1)] += 1 / float64(len(values))
		}
	}
	all := (&histograms{}).count(Sample{Values: values}, scale{lo: h.lo, hi: h.hi}, binCount)
	b.mean, b.std = all.mean, all.std
	return b
}

func (h *chosen) check(f *Figure) error {
	switch {
	case h.err != nil:
		return h.err
	case h.saturated != nil && !(h.lo <= h.saturated[0] && h.saturated[0] < h.saturated[1] && h.saturated[1] <= h.hi):
		return fmt.Errorf("plots: Saturated is (%v, %v), allowed are rising numbers from %v to %v", h.saturated[0], h.saturated[1], h.lo, h.hi)
	case f.x.log || f.y.log || f.x.ranged || len(f.curves)+len(f.hlines)+len(f.vlines) > 0:
		return fmt.Errorf("plots: PlayHistograms has no logarithmic axes, no XRange and no lines")
	}
	return nil
}

func (h *chosen) title() string { return "" }

func (h *chosen) top() float64 {
	top := 0.0
	for _, b := range h.all {
		top = max(top, slices.Max(b.share[:]))
	}
	return max(top, 0.01) * 1.05
}

func (h *chosen) labels(f *Figure) (x, y string) {
	x, y = h.label, lang.Pick("비율", "Share")
	if f.x.label != "" {
		x = f.x.label
	}
	if f.y.label != "" {
		y = f.y.label
	}
	return x, y
}

func (h *chosen) draw(f *Figure, d *drawing, top float64) float64 {
	xLabel, yLabel := h.labels(f)
	var entries []entry
	if s := h.saturated; s != nil {
		entries = append(entries, saturatedEntry(*s))
	}
	p := f.axes(d, top, 230, scale{lo: h.lo, hi: h.hi}, scale{lo: 0, hi: h.top()}, entries, xLabel, yLabel)
	w := (h.hi - h.lo) / binCount
	for k, s := range h.all[h.start].share {
		a, b := p.at(h.lo+float64(k)*w, s), p.at(h.lo+float64(k+1)*w, 0)
		r := rect{a.x, a.y, b.x - 1, b.y}
		if h.saturates(k) && s > 0 {
			d.fill(saturatedInk, d.box(r)...)
			d.hatch(r, ground)
			continue
		}
		d.fill(families[0][0], d.box(r)...)
	}
	d.frame(p)
	lines := d.text.wrap(h.says(h.all[h.start]), textSize, width-2*margin)
	d.writeLines(lines, margin, p.below+labelHeight, labelHeight, textSize, 0, ink)
	return p.below + labelHeight*float64(len(lines)) + 4
}

// at names a value, as in 1층, layer 1, η = 0.1.
func (s Slider) at(v float64) string {
	value := number(v, 6)
	switch {
	case slices.Contains([]string{"층", "에폭", "스텝", "배치"}, s.Name):
		return value + s.Name
	case len([]rune(s.Name)) == 1:
		return s.Name + " = " + value
	}
	return lang.Pick(s.Name, uncapital(s.Name)) + " " + value
}

// says names a combination and sums its values up.
func (h *chosen) says(b bins) string {
	var parts []string
	for k, s := range h.sliders {
		parts = append(parts, s.at(b.at[k]))
	}
	text := capital(strings.Join(parts, ", "))
	if b.bad == b.n {
		return text + ": " + count(b.bad, "NaN·∞ #개", "NaN or ∞ value")
	}
	text += lang.Pick(": 평균 ", ": mean ") + number(b.mean, 3) + lang.Pick(", 표준편차 ", ", standard deviation ") + number(b.std, 3)
	if s := h.saturated; s != nil {
		n := 0.0
		for _, v := range b.values {
			if !math.IsInf(v, 0) && (v < s[0] || v > s[1]) {
				n++
			}
		}
		text += lang.Pick(", 포화 ", ", saturated ") + percent(n/float64(b.n))
	}
	if b.outside > 0 {
		text += fmt.Sprintf(lang.Pick(", 그림 밖 %s%%", ", %s%% outside"), number(100*float64(b.outside)/float64(b.n), 3))
	}
	if b.bad > 0 {
		text += ", " + count(b.bad, "NaN·∞ #개", "NaN or ∞ value")
	}
	return text
}

func (h *chosen) caption(f *Figure) []string {
	x, _ := h.labels(f)
	s := []string{fmt.Sprintf(lang.Pick("%s의 히스토그램, 값 %s.", "Histogram of %s over %s."), lang.Pick(x, uncapital(x)), count(h.all[h.start].n, "#개", "value")),
		h.says(h.all[h.start]) + "."}
	if h.saturated != nil {
		s = append(s, fmt.Sprintf(lang.Pick("주황색: 포화(%s 미만 또는 %s 초과).", "Orange: saturated, below %s or above %s."), number(h.saturated[0], 3), number(h.saturated[1], 3)))
	}
	return s
}

func (h *chosen) alt(f *Figure) string {
	b := h.all[h.start]
	if b.bad+b.outside == b.n {
		return strings.Join(h.caption(f), " ")
	}
	peak := slices.Index(b.share[:], slices.Max(b.share[:]))
	w := (h.hi - h.lo) / binCount
	return strings.Join(h.caption(f), " ") + " " + fmt.Sprintf(lang.Pick("가장 높은 막대는 %s~%s에서 %s%%.", "The highest bar, from %s to %s, holds %s%%."),
		number(h.lo+float64(peak)*w, 3), number(h.lo+float64(peak+1)*w, 3), number(100*b.share[peak], 3))
}

func (h *chosen) vega(f *Figure) (object, error) {
	if err := h.check(f); err != nil {
		return nil, err
	}
	data, notes := newTable("run", "bin", "share"), newTable("run", "row", "text")
	for i, b := range h.all {
		for k, s := range b.share {
			if s > 0 {
				data.add(i, k, short(s))
			}
		}
		for row, line := range newTypesetter().wrap(h.says(b), textSize, noteWidth) {
			notes.add(i, row, line)
		}
	}
	border := func(right int) object {
		return object{"signal": fmt.Sprintf("width * (datum.bin + %d) / %d", right, binCount), "offset": -right}
	}
	fill := "'" + hex(families[0][0]) + "'"
	marks := []any{noteMarks()}
	if s := h.saturated; s != nil {
		fill = fmt.Sprintf("abs(%v + (datum.bin + 0.5) * %v - %v) > %v ? '%s' : %s", h.lo, (h.hi-h.lo)/binCount, (s[0]+s[1])/2, (s[1]-s[0])/2, hex(saturatedInk), fill)
		for _, side := range []struct {
			at          float64
			text, align string
		}{{s[0], lang.Pick("← 포화", "← saturated"), "left"}, {s[1], lang.Pick("포화 →", "saturated →"), "right"}} {
			x := object{"scale": "x", "value": side.at}
			edge := object{"signal": map[bool]string{true: "0", false: "width"}[side.align == "left"]}
			marks = append(marks,
				object{"type": "rule", "encode": object{"update": object{"x": x, "x2": x, "y": object{"value": 0}, "y2": object{"signal": "height"},
					"stroke": object{"value": hex(saturatedInk)}, "strokeDash": object{"value": []any{3, 3}}}}},
				object{"type": "text", "encode": object{"update": object{"x": edge, "y": object{"value": -7}, "align": object{"value": side.align}, "text": object{"value": side.text}}}})
		}
	}
	spec := object{
		"signals": sliderSignals(h.sliders),
		"data": []any{data.data("bins"), object{"name": "bars", "source": "bins", "transform": filter("datum.run === run")},
			notes.data("notes"), object{"name": "said", "source": "notes", "transform": filter("datum.run === run")}},
		"scales": []any{linearScale("x", "width", h.lo, h.hi), linearScale("y", "height", 0, h.top())},
		"marks": append([]any{
			object{"type": "rect", "from": object{"data": "bars"}, "encode": object{"update": object{
				"x": border(0), "x2": border(1), "y": object{"scale": "y", "field": "share"}, "y2": object{"scale": "y", "value": 0}, "fill": object{"signal": fill}}}},
		}, marks...),
	}
	xLabel, yLabel := h.labels(f)
	return frameSpec(spec, f.title, 230, xLabel, yLabel), nil
}
