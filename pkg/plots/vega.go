package plots

import (
	"fmt"
	"image/color"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"descent/pkg/optim"
	"descent/pkg/plots/internal/typeset"
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
	if lines := typeset.New().Wrap(s, size, w); len(lines) > 1 {
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
	ts := typeset.New()
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
		text := format(height, 3)
		shown := object{"value": text}
		if i%2 == 1 { // there is room for the others in a narrow window, too
			shown = object{"signal": fmt.Sprintf("width < %v ? '' : '%s'", 0.8*playWidth, text)}
		}
		if r, ok := taken.onRing(g.contour(height, p.at), ts.Width(text, tickSize), capHeight*tickSize); ok {
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
