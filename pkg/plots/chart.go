package plots

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"descent/pkg/lang"
)

// Series is one curve, or one row of points, measured once or several times.
type Series struct {
	Name string      // in the legend; a method's name gives the method's color
	X    []float64   // nil means 0, 1, 2, …
	Y    [][]float64 // one row a seed, each as long as X; a single row has no band

	ended []end // by Runs
	wrong error
}

// Curves draws each series as a line: the mean over its rows, in a band from
// the smallest to the largest of them. Values that are not finite, and on a log
// axis those that are not above 0, leave a gap that the caption names. The axes
// are called step and loss unless X and Y say otherwise.
func Curves(series ...Series) *Figure { return &Figure{content: &chart{series: series}} }

// Points draws each series as markers at the mean over its rows, with a bar from
// the smallest to the largest of them. Line adds a theory to compare with.
func Points(series ...Series) *Figure {
	return &Figure{content: &chart{series: series, points: true}}
}

type chart struct {
	series []Series
	points bool
	joined bool      // points are joined by lines
	kind   string    // of figure, unless Curves or Points
	wrong  error     // found while the series were made
	rows   [2]string // what a row of a series is, as count takes it; "" is a seed
	notes  []string  // sentences for the caption
}

func (c *chart) check(f *Figure) error {
	kind := "Curves"
	if c.points {
		kind = "Points"
	}
	kind = cmp.Or(c.kind, kind)
	if c.wrong != nil {
		return c.wrong
	}
	if len(c.series) == 0 {
		return fmt.Errorf("plots: %s needs at least one series", kind)
	}
	for i, s := range c.series {
		name := fmt.Sprintf("%s: series %q", kind, s.Name)
		if pretty(s.Name) == "" {
			name = fmt.Sprintf("%s: series %d", kind, i)
		}
		if s.wrong != nil {
			return s.wrong
		}
		if len(s.Y) == 0 || len(s.Y[0]) == 0 {
			return fmt.Errorf("plots: %s has no values in Y", name)
		}
		for r, row := range s.Y {
			if s.X != nil && len(row) != len(s.X) {
				return fmt.Errorf("plots: %s: Y[%d] has %s, but X has %d", name, r, plural(len(row), "value"), len(s.X))
			}
			if len(row) != len(s.Y[0]) {
				return fmt.Errorf("plots: %s: Y[%d] has %s, but Y[0] has %d", name, r, plural(len(row), "value"), len(s.Y[0]))
			}
		}
		for i, x := range s.X {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return fmt.Errorf("plots: %s: X[%d] is %v, allowed are finite numbers", name, i, x)
			}
		}
		if m := f.summarize(s); !slices.ContainsFunc(m.mean, drawable) {
			return fmt.Errorf("plots: %s has no value that can be drawn, its first is %v at %v", name, s.Y[0][0], m.x[0])
		}
	}
	return nil
}

func drawable(mean float64) bool { return !math.IsNaN(mean) }

// summary is a series with its rows reduced to mean, smallest and largest.
type summary struct {
	name            string
	x, mean, lo, hi []float64
	seeds           int
	gaps            []int   // indices that cannot be drawn
	bad             float64 // the value at the first of them
	cut             bool    // a band or bar reaches below a log axis
	ended           []end
}

// summarize reduces a series; where a row is not finite, or the mean is not
// above 0 on a log axis, the mean is NaN.
func (f *Figure) summarize(s Series) summary {
	n := len(s.Y[0])
	m := summary{name: s.Name, x: s.X, seeds: len(s.Y), ended: s.ended,
		mean: make([]float64, n), lo: make([]float64, n), hi: make([]float64, n)}
	if m.x == nil {
		m.x = make([]float64, n)
		for i := range m.x {
			m.x[i] = float64(i)
		}
	}
	for i := range n {
		rows := s.left(i)
		sum, lo, hi := 0.0, math.Inf(1), math.Inf(-1)
		for _, row := range rows {
			sum += row[i] / float64(len(rows)) // divided first: sums of 1e308 overflow
			lo, hi = min(lo, row[i]), max(hi, row[i])
		}
		if max(-lo, hi) < 0x1p-1000 { // too small to be divided first
			sum = 0
			for _, row := range rows {
				sum += row[i]
			}
			sum /= float64(len(rows))
		}
		if math.IsNaN(sum) || math.IsInf(sum, 0) || f.y.log && sum <= 0 || f.x.log && m.x[i] <= 0 {
			if m.gaps == nil {
				m.bad = sum
			}
			m.gaps = append(m.gaps, i)
			sum = math.NaN()
		}
		if f.quartiles && !math.IsNaN(sum) {
			sum, lo, hi = quartiles(rows, i)
		}
		m.cut = m.cut || f.y.log && sum > 0 && lo <= 0
		m.mean[i], m.lo[i], m.hi[i] = sum, lo, hi
	}
	return m
}

// quartiles returns the median of column i and the quartiles on both sides,
// between two rows where there is no middle one.
func quartiles(rows [][]float64, i int) (median, lo, hi float64) {
	column := make([]float64, len(rows))
	for r, row := range rows {
		column[r] = row[i]
	}
	slices.Sort(column)
	at := func(q float64) float64 {
		t := q * float64(len(column)-1)
		k := min(int(t), len(column)-1)
		next := column[min(k+1, len(column)-1)]
		t -= float64(k)
		return float64((1-t)*column[k]) + float64(t*next)
	}
	return at(0.5), at(0.25), at(0.75)
}

func (c *chart) summaries(f *Figure) []summary {
	all := make([]summary, len(c.series))
	for i, s := range c.series {
		all[i] = f.summarize(s)
	}
	return all
}

// runs calls visit for each stretch from ≤ i < to without a gap.
func (m summary) runs(visit func(from, to int)) {
	for from := 0; from < len(m.mean); from++ {
		to := from
		for to < len(m.mean) && !math.IsNaN(m.mean[to]) {
			to++
		}
		if to > from {
			visit(from, to)
			from = to
		}
	}
}

func (c *chart) title() string { return "" }

func (c *chart) labels(f *Figure) (x, y string) {
	x, y = f.x.label, f.y.label
	if c.points {
		return x, y
	}
	if x == "" {
		x = lang.Pick("스텝", "Step")
	}
	if y == "" {
		y = lang.Pick("손실", "Loss")
	}
	return x, y
}

const chartHeight = 270.0

func (c *chart) draw(f *Figure, d *drawing, top float64) float64 {
	all := c.summaries(f)
	x, y := c.scales(f, all)
	names := make([]string, len(all))
	for i, m := range all {
		names[i] = m.name
	}
	looks := styles(names)
	for len(looks) < len(f.curves) {
		names = append(names, f.curves[len(looks)].name)
		looks = styles(names)
	}
	xLabel, yLabel := c.labels(f)
	p := f.axes(d, top, chartHeight, x, y, c.legend(f, all, looks), xLabel, yLabel)
	taken := &labels{box: p.box}
	if !c.points {
		d.moving(c.steps(), func(t int) {
			for i, m := range all {
				d.band(p, m.upTo(t), looks[i])
			}
		})
	}
	for i, t := range f.curves {
		d.theory(p, t, theoryStroke(i, looks[i]), taken)
	}
	if c.points {
		for i, m := range all {
			if c.joined {
				d.curve(p, m, looks[i], taken)
			}
			d.points(p, m, looks[i], taken)
			d.ends(p, m, looks[i])
		}
	} else {
		d.moving(c.steps(), func(t int) {
			for i, m := range all {
				d.curve(p, m.upTo(t), looks[i], taken)
				d.ends(p, m.upTo(t), looks[i])
			}
		})
	}
	d.frame(p)
	f.references(d, p, taken)
	return p.below
}

func (c *chart) view(f *Figure) (x, y scale) { return c.scales(f, c.summaries(f)) }

func (c *chart) scales(f *Figure, all []summary) (x, y scale) {
	var xs, ys span
	for _, m := range all {
		for i, v := range m.mean {
			if math.IsNaN(v) {
				continue
			}
			xs.add(m.x[i])
			ys.add(v)
			ys.add(m.hi[i])
			if !f.y.log || m.lo[i] > 0 {
				ys.add(m.lo[i])
			}
		}
	}
	for _, l := range f.y.shown(f.hlines) {
		ys.add(l.at)
	}
	for _, l := range f.x.shown(f.vlines) {
		xs.add(l.at)
	}
	x, y = f.x.scale(xs, c.points), f.y.scale(ys, c.points)
	x.whole = !slices.ContainsFunc(all, func(m summary) bool {
		return slices.ContainsFunc(m.x, func(v float64) bool { return v != math.Trunc(v) })
	})
	if !c.points && !f.x.ranged && !f.x.log && xs.lo < xs.hi {
		x.lo, x.hi = xs.lo, xs.hi // a curve needs no air at its ends
	}
	if c.kind == "Schedules" && !f.x.ranged && !f.x.log {
		x.hi++ // updates 0 to 999 are 1,000
	}
	if c.kind == "ByLayer" && !f.x.ranged && !f.x.log {
		air := max(0.3, 0.02*(xs.hi/2-xs.lo/2)*2)
		x.lo, x.hi = max(xs.lo-air, -math.MaxFloat64), min(xs.hi+air, math.MaxFloat64)
	}
	return x, y
}

func (a axis) scale(s span, room bool) scale {
	lo, hi := s.padded(a.log, room)
	if a.ranged {
		lo, hi = a.lo, a.hi
	}
	return scale{lo: lo, hi: hi, log: a.log}
}

const (
	lineWidth   = 2.0
	theoryWidth = 1.7
)

func (c *chart) legend(f *Figure, all []summary, looks []style) []entry {
	var entries []entry
	for i, m := range all {
		look := looks[i]
		width := lineSample
		if c.points && !c.joined {
			width = markSample
		}
		entries = append(entries, entry{pretty(m.name), width, func(d *drawing, r rect) {
			mid := (r.y0 + r.y1) / 2
			if c.points {
				at := point{(r.x0 + r.x1) / 2, mid}
				if m.seeds > 1 {
					d.line(stroke{color: look.color, width: 1.3}, point{at.x, r.y0 + 1.5}, point{at.x, r.y1 - 1.5})
				}
				if c.joined {
					d.line(stroke{look.color, lineWidth, look.dash}, point{r.x0, mid}, point{r.x1, mid})
				}
				d.mark(look.point, at, 4, look.color)
				return
			}
			if m.seeds > 1 {
				d.fill(faded(look.color), d.box(rect{r.x0, mid - 5, r.x1, mid + 5})...)
			}
			d.line(stroke{look.color, lineWidth, look.dash}, point{r.x0, mid}, point{r.x1, mid})
		}})
	}
	for i, t := range f.curves {
		line := theoryStroke(i, looks[i])
		entries = append(entries, entry{pretty(t.name), lineSample, func(d *drawing, r rect) {
			mid := (r.y0 + r.y1) / 2
			d.line(line, point{r.x0, mid}, point{r.x1, mid})
		}})
	}
	return entries
}

func (d *drawing) curve(p plane, m summary, look style, taken *labels) {
	m.runs(func(from, to int) {
		var pts []point
		for i := from; i < to; i++ {
			pts = append(pts, p.at(m.x[i], m.mean[i]))
		}
		d.lines(stroke{look.color, lineWidth, look.dash}, clipped(thinned(pts), p.box), p.box, taken)
		if to-from == 1 && p.box.holds(pts[0]) {
			d.mark(look.point, pts[0], 3.5, look.color)
		}
	})
}

func (d *drawing) band(p plane, m summary, look style) {
	if m.seeds < 2 {
		return
	}
	m.runs(func(from, to int) {
		var upper, lower []point
		for i := from; i < to; i++ {
			upper = append(upper, p.at(m.x[i], m.hi[i]))
			lower = append(lower, p.at(m.x[i], p.low(m.lo[i])))
		}
		upper, lower = enveloped(thinned(upper), thinned(lower))
		area := append([]point(nil), upper...)
		for i := len(lower) - 1; i >= 0; i-- {
			area = append(area, lower[i])
		}
		d.area(faded(look.color), clipArea(area, p.box)...)
	})
}

// low is v, or on a log axis that v is not on, a value below its end.
func (p plane) low(v float64) float64 {
	if p.y.log && v <= 0 {
		return p.y.lo / 2
	}
	return v
}

const markRadius = 4.0

func (d *drawing) points(p plane, m summary, look style, taken *labels) {
	bar := stroke{color: look.color, width: 1.3}
	const cap = 3.5
	line, mark := d.line, func(at point) {
		d.mark(look.point, at, markRadius, look.color)
		taken.along(point{at.x - markRadius, at.y}, point{at.x + markRadius, at.y})
	}
	if len(m.mean) > mostMarkers {
		l := newLayer(p.box)
		var marked []point
		line = func(s stroke, pts ...point) { l.line(pts[0], pts[1], s.width) }
		mark = func(at point) { marked = append(marked, at) }
		defer func() {
			l.stamps(look.point, markRadius, marked)
			l.put(d, look.color, taken)
		}()
	}
	m.runs(func(from, to int) {
		for i := from; i < to; i++ {
			at := p.at(m.x[i], m.mean[i])
			if at.x < p.box.x0 || at.x > p.box.x1 {
				continue
			}
			if m.seeds > 1 {
				top, bottom := p.y.px(m.hi[i]), p.y.px(p.low(m.lo[i]))
				for _, part := range clipped([]point{{at.x, top}, {at.x, bottom}}, p.box) {
					line(bar, part...)
				}
				for _, y := range []float64{top, bottom} {
					if p.box.holds(point{at.x, y}) {
						line(bar, point{at.x - cap, y}, point{at.x + cap, y})
					}
				}
			}
			if p.box.holds(at) {
				mark(at)
			}
		}
	})
}

func theoryStroke(i int, look style) stroke {
	return stroke{look.color, theoryWidth, theoryDashes[i%len(theoryDashes)]}
}

func (d *drawing) theory(p plane, t theory, line stroke, taken *labels) {
	for _, part := range t.parts(p) {
		d.line(line, part...)
		taken.along(part...)
	}
}

// parts are those of the curve that lie in the box.
func (t theory) parts(p plane) (parts [][]point) {
	const n = 400
	var pts []point
	flush := func() {
		parts = append(parts, clipped(pts, p.box)...)
		pts = nil
	}
	for i := range n + 1 {
		x := p.x.value(float64(i) / n)
		y := t.f(x)
		if math.IsNaN(y) || math.IsInf(y, 0) || p.y.log && y <= 0 {
			flush()
			continue
		}
		pts = append(pts, p.at(x, y))
	}
	flush()
	return parts
}
