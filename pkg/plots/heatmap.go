package plots

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"descent/pkg/lang"
)

// Map draws z over two hyperparameters: z[j][i] belongs to x[i] and y[j], both
// rising. Where all values are above 0 and span a factor of 100, the color scale
// is logarithmic. Cells that are NaN or infinite, runs that diverged, are
// hatched. Line adds a bound y = g(x) from theory, HLine and VLine straight
// ones; ZRange sets the color scale.
func Map(name string, x, y []float64, z [][]float64) *Figure {
	return &Figure{content: &heatMap{kind: "Map", name: cmp.Or(strings.TrimSpace(name), lang.Pick("값", "Values")), xs: x, ys: y, z: z}}
}

type heatMap struct {
	kind   string // of figure
	name   string
	xs, ys []float64
	z      [][]float64
	center bool // a star at (0, 0): the net as it is
	wrong  error
}

const maxCells = 1000

func (h *heatMap) check(f *Figure) error {
	if h.wrong != nil {
		return h.wrong
	}
	for _, a := range []struct {
		name   string
		values []float64
		log    bool
	}{{"x", h.xs, f.x.log}, {"y", h.ys, f.y.log}} {
		if len(a.values) == 0 || len(a.values) > maxCells {
			return fmt.Errorf("plots: %s: %s has %s, allowed are 1 to %d", h.kind, a.name, plural(len(a.values), "value"), maxCells)
		}
		for i, v := range a.values {
			switch {
			case math.IsNaN(v) || math.Abs(v) > 1e300:
				return fmt.Errorf("plots: %s: %s[%d] is %v, allowed are numbers up to 1e300", h.kind, a.name, i, v)
			case a.log && v <= 0:
				return fmt.Errorf("plots: %s: %s[%d] is %v, a log axis starts above 0", h.kind, a.name, i, v)
			case i > 0 && v <= a.values[i-1]:
				return fmt.Errorf("plots: %s: %s[%d] is %v after %v, allowed are rising numbers", h.kind, a.name, i, v, a.values[i-1])
			}
		}
	}
	if len(h.z) != len(h.ys) {
		return fmt.Errorf("plots: %s: z has %s, but y has %s", h.kind, plural(len(h.z), "row"), plural(len(h.ys), "value"))
	}
	some := false
	for j, row := range h.z {
		if len(row) != len(h.xs) {
			return fmt.Errorf("plots: %s: z[%d] has %s, but x has %d", h.kind, j, plural(len(row), "value"), len(h.xs))
		}
		for _, v := range row {
			some = some || !math.IsNaN(v) && !math.IsInf(v, 0)
		}
	}
	if !some {
		return fmt.Errorf("plots: %s: z has no finite value, its first is %v", h.kind, h.z[0][0])
	}
	return nil
}

func (h *heatMap) title() string { return "" }

// values returns the range of what is finite, the least that is above 0, and
// how many are not finite.
func (h *heatMap) values() (all span, above float64, bad int) {
	above = math.Inf(1)
	for _, row := range h.z {
		for _, v := range row {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				bad++
				continue
			}
			all.add(v)
			if v > 0 {
				above = min(above, v)
			}
		}
	}
	return all, above, bad
}

func (h *heatMap) colors(f *Figure) scale {
	all, above, _ := h.values()
	s := scale{lo: all.lo, hi: all.hi}
	// an exact 0 does not keep the scale from being logarithmic
	s.log = all.lo >= 0 && above < math.Inf(1) && all.hi/100 > above
	if s.log {
		s.lo = above
	}
	if f.z.ranged {
		s.lo, s.hi = f.z.lo, f.z.hi
		s.log = s.lo > 0 && s.hi/100 > s.lo
	}
	if s.lo == s.hi {
		s.lo, s.hi = (span{s.lo, s.hi, true}).padded(false, false)
	}
	return s
}

func (h *heatMap) view(f *Figure) (x, y scale) {
	xs, ys := edges(h.xs, f.x.log), edges(h.ys, f.y.log)
	if h.center { // contour lines reach from center to center
		xs, ys = h.xs, h.ys
	}
	x, y = scale{lo: xs[0], hi: xs[len(xs)-1], log: f.x.log}, scale{lo: ys[0], hi: ys[len(ys)-1], log: f.y.log}
	if f.x.ranged {
		x.lo, x.hi = f.x.lo, f.x.hi
	}
	if f.y.ranged {
		y.lo, y.hi = f.y.lo, f.y.hi
	}
	return x, y
}

// centerSeen reports whether there is a star, and it lies in the picture.
func (h *heatMap) centerSeen(f *Figure) bool {
	x, y := h.view(f)
	return h.center && x.holds(0) && y.holds(0)
}

func (h *heatMap) draw(f *Figure, d *drawing, top float64) float64 {
	s := h.colors(f)
	_, _, bad := h.values()
	name := h.name
	if s.log {
		name += lang.Pick("(로그 눈금)", " (log scale)")
	}
	top = d.colorBar(top, name, s, rising, "")
	var entries []entry
	if bad > 0 {
		entries = append(entries, broken(lang.Pick("유한하지 않음(발산)", "not finite (diverged)")))
	}
	if h.centerSeen(f) {
		entries = append(entries, entry{lang.Pick("지금의 신경망", "the net as it is"), markSample, func(d *drawing, r rect) {
			d.minimum(point{(r.x0 + r.x1) / 2, (r.y0 + r.y1) / 2})
		}})
	}
	for i, t := range f.curves {
		entries = append(entries, entry{pretty(t.name), lineSample, func(d *drawing, r rect) {
			mid := (r.y0 + r.y1) / 2
			d.bound(boundStroke(i), point{r.x0, mid}, point{r.x1, mid})
		}})
	}
	x, y := h.view(f)
	p := f.axes(d, top, chartHeight, x, y, entries, f.x.label, f.y.label)
	d.ops = append(d.ops, op{image: cells(p, edges(h.xs, f.x.log), edges(h.ys, f.y.log), h.z, s, rising), box: p.box})
	taken := &labels{box: p.box}
	for i, t := range f.curves {
		before := len(d.ops)
		d.theory(p, t, boundStroke(i), taken)
		lines := append([]op(nil), d.ops[before:]...)
		d.ops = d.ops[:before]
		for _, o := range lines { // a light rim below each dash, for dark cells
			rim := o
			rim.color, rim.width = ground, 4.6
			d.ops = append(d.ops, rim, o)
		}
	}
	if h.center {
		h.lines(d, p, taken)
	}
	d.softFrame(p.box)
	f.references(d, p, taken)
	return p.below
}

// lines draws contour lines over the colors, and the star.
func (h *heatMap) lines(d *drawing, p plane, taken *labels) {
	if p.holds(0, 0) {
		at := p.at(0, 0)
		d.minimum(at)
		taken.add(rect{at.x - 9, at.y - 9, at.x + 9, at.y + 9})
	}
	if len(h.xs) < 2 || len(h.ys) < 2 {
		return
	}
	g := grid{h.xs, h.ys, h.z}
	all, above, _ := h.values()
	for _, level := range steps125(max(above, all.hi/1e4), all.hi) {
		ring := g.contour(level, p.at)
		for _, chain := range ring {
			d.line(stroke{color: ground, width: 2.6}, chain...)
			d.line(stroke{color: softInk, width: 1}, chain...)
		}
		d.height(format(level, 3), ring, taken)
	}
}

// steps125 returns 1, 2 and 5 times powers of ten between lo and hi, both above
// 0, at most twelve.
func steps125(lo, hi float64) (levels []float64) {
	if !(lo > 0) || !(lo < hi) || math.IsInf(hi, 0) {
		return nil
	}
	for v := niceStep(lo); v < hi && len(levels) < 12; v = niceStep(v * 1.5) {
		levels = append(levels, v)
	}
	return levels
}

func boundStroke(i int) stroke {
	return stroke{ink, 2.2, [][]float64{nil, {8, 4}, {3, 3}}[i%3]}
}

func (d *drawing) bound(s stroke, pts ...point) {
	d.line(stroke{ground, 4.6, s.dash}, pts...)
	d.line(s, pts...)
}

func (h *heatMap) caption(f *Figure) []string {
	x, y := cmp.Or(f.x.label, "x"), cmp.Or(f.y.label, "y")
	s := []string{lang.Pick(fmt.Sprintf("%s(%d×%d칸, 가로 %s, 세로 %s).", h.name, len(h.xs), len(h.ys), x, y),
		fmt.Sprintf("%s over %s and %s, %s.", h.name, uncapital(x), uncapital(y), panes(len(h.xs), len(h.ys), "cell")))}
	if h.colors(f).log {
		s = append(s, lang.Pick("색은 로그 눈금, 어두울수록 큼.", "Colors are logarithmic, darker is larger."))
	} else {
		s = append(s, lang.Pick("색이 어두울수록 큼.", "Darker is larger."))
	}
	all, _, bad := h.values()
	if bad > 0 {
		s = append(s, lang.Pick(fmt.Sprintf("빗금: 값이 유한하지 않은 %d칸.", bad), "Hatched: "+plural(bad, "cell")+" whose value is not finite."))
	}
	if c := h.colors(f); all.lo < c.lo || all.hi > c.hi {
		s = append(s, fmt.Sprintf(lang.Pick("값은 %s~%s, 색 눈금 밖은 끝의 색.", "Values range from %s to %s, those beyond the color scale have the color of its end."), format(all.lo, 3), format(all.hi, 3)))
	}
	if h.centerSeen(f) {
		s = append(s, lang.Pick("별: 지금의 신경망.", "Star: the net as it is."))
	}
	if h.center {
		s = append(s, lang.Pick("선의 숫자는 손실.", "Numbers on the lines are losses."))
	}
	for i, t := range f.curves {
		if pretty(t.name) == "" {
			continue
		}
		s = append(s, []string{lang.Pick("실선: ", "Line: "), lang.Pick("파선: ", "Dashed: "), lang.Pick("점선: ", "Dotted: ")}[i%3]+pretty(t.name)+".")
	}
	return s
}

func (h *heatMap) alt(f *Figure) string {
	all, _, bad := h.values()
	x, y := uncapital(cmp.Or(f.x.label, "x")), uncapital(cmp.Or(f.y.label, "y"))
	lowest, highest := [2]int{-1, -1}, [2]int{-1, -1}
	for j, row := range h.z {
		for i, v := range row {
			if v == all.lo && lowest[0] < 0 {
				lowest = [2]int{i, j}
			}
			if v == all.hi && highest[0] < 0 {
				highest = [2]int{i, j}
			}
		}
	}
	where := func(at [2]int) string {
		return x + " = " + format(h.xs[at[0]], 3) + ", " + y + " = " + format(h.ys[at[1]], 3)
	}
	text := fmt.Sprintf(lang.Pick("히트맵: %s, %s %s~%s, %s %s~%s. 최솟값 %s(%s), 최댓값 %s(%s).",
		"Heat map of %s, %s from %s to %s, %s from %s to %s. Lowest %s at %s, highest %s at %s."),
		uncapital(h.name), x, format(h.xs[0], 3), format(h.xs[len(h.xs)-1], 3), y, format(h.ys[0], 3), format(h.ys[len(h.ys)-1], 3),
		format(all.lo, 3), where(lowest), format(all.hi, 3), where(highest))
	if bad > 0 {
		text += fmt.Sprintf(lang.Pick(" 유한하지 않은 칸 %s.", " Not finite: %s of the cells."), percent(float64(bad)/float64(len(h.xs)*len(h.ys))))
	}
	return text
}
