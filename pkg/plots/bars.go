package plots

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"descent/pkg/lang"
)

// Bars compares measurements: a bar to the mean of each sample's values, one a
// seed, with a line from the smallest to the largest, or with Quartiles to the
// median, with a line between the quartiles. A sample named after a method has
// the method's color. On a logarithmic axis (LogX), which has no 0 to start
// from, there are points in place of bars.
func Bars(samples ...Sample) *Figure { return &Figure{content: &bars{samples}} }

type bars struct{ samples []Sample }

func (b *bars) check(f *Figure) error {
	const most = 40
	switch {
	case len(b.samples) == 0 || len(b.samples) > most:
		return fmt.Errorf("plots: Bars has %s, allowed are 1 to %d", plural(len(b.samples), "sample"), most)
	case f.y != (axis{}) || len(f.hlines)+len(f.curves) > 0:
		return fmt.Errorf("plots: Bars has no vertical axis: Title, X, LogX, XRange, VLine, Quartiles and Look can be set")
	}
	for i, s := range b.samples {
		name := cmp.Or(s.Name, fmt.Sprintf("sample %d", i))
		if len(s.Values) == 0 {
			return fmt.Errorf("plots: Bars: %s has no values", name)
		}
		for k, v := range s.Values {
			switch {
			case math.IsNaN(v) || math.Abs(v) > 1e300:
				return fmt.Errorf("plots: Bars: value %d of %s is %v, allowed are numbers up to 1e300", k, name, v)
			case f.x.log && v <= 0:
				return fmt.Errorf("plots: Bars: value %d of %s is %v, a log axis starts above 0", k, name, v)
			}
		}
	}
	return nil
}

func (b *bars) title() string { return "" }

// summaries reduces each sample to one number with its range.
func (b *bars) summaries(f *Figure) []summary {
	all := make([]summary, len(b.samples))
	for i, s := range b.samples {
		series := Series{Name: s.Name}
		for _, v := range s.Values {
			series.Y = append(series.Y, []float64{v})
		}
		all[i] = (&Figure{quartiles: f.quartiles}).summarize(series)
	}
	return all
}

// between is a summary as text: its middle and, of several seeds, its range, with
// the decimals of the middle.
func between(m summary) string {
	text := func(v float64) string { return significant(v, 3) }
	if e := math.Floor(log10(math.Abs(m.mean[0]))); e >= -4 && e < 6 {
		text = func(v float64) string { return fixedPoint(v, int(max(2-e, 0))) }
	}
	s := text(m.mean[0])
	if m.seeds > 1 {
		s += " [" + text(m.lo[0]) + ", " + text(m.hi[0]) + "]"
	}
	return s
}

func (b *bars) draw(f *Figure, d *drawing, top float64) float64 {
	all := b.summaries(f)
	names := make([]string, len(all))
	var s span
	notes := 0.0
	for i, m := range all {
		names[i] = m.name
		s.add(m.lo[0])
		s.add(m.hi[0])
		notes = max(notes, d.text.Width(between(m), textSize))
	}
	for _, l := range f.vlines {
		s.add(l.at)
	}
	if !f.x.log {
		s.add(0)
	}
	x := f.x.scale(s, false)
	looks := styles(names)
	const most, row = 210.0, 17.0
	left := 0.0
	lines := make([][]string, len(all))
	for i, m := range all {
		lines[i] = d.text.Wrap(pretty(m.name), textSize, most)
		for _, line := range lines[i] {
			left = max(left, min(d.text.Width(line, textSize), most))
		}
	}
	box := rect{math.Ceil(margin + left + 10), math.Ceil(top) + 4, math.Floor(width - margin - notes - 12), 0}
	centers := make([]float64, len(all))
	at := box.y0 + 6
	if len(f.vlines) > 0 {
		at += 20 // for their labels
	}
	for i := range all {
		h := max(28, float64(len(lines[i]))*row+8)
		centers[i] = at + h/2
		at += h
	}
	box.y1 = at + 6
	p := d.across(box, x)
	taken := &labels{box: box}
	zero := p.x.px(min(max(0, p.x.lo), p.x.hi))
	for i, m := range all {
		mid := centers[i]
		for k, line := range lines[i] {
			d.write(line, box.x0-9, mid+(float64(k)-float64(len(lines[i])-1)/2)*row+0.36*textSize, textSize, 1, ink)
		}
		d.write(between(m), box.x1+12, mid+0.36*textSize, textSize, 0, ink)
		cut := func(v float64) float64 { return min(max(p.x.px(v), box.x0), box.x1) }
		v := cut(m.mean[0])
		c := looks[i].color
		if !x.log {
			r := rect{min(zero, v), mid - 8, max(zero, v), mid + 8}
			d.fill(c, d.box(r)...)
			taken.add(r)
		}
		if m.seeds > 1 {
			lo, hi := cut(m.lo[0]), cut(m.hi[0])
			d.whisker(lo, hi, mid, 7, stroke{ground, 4.6, nil})
			d.whisker(lo, hi, mid, 7, stroke{ink, 1.6, nil})
		}
		if x.log && p.x.holds(m.mean[0]) {
			d.mark(looks[i].path, point{v, mid}, 4, c)
		}
	}
	if !x.log && x.lo < 0 {
		d.line(stroke{color: frameInk, width: 1}, point{zero, box.y0}, point{zero, box.y1})
	}
	d.frame(p)
	f.references(d, p, taken)
	below := box.y1 + 9 + tickSize
	for _, line := range d.text.Wrap(withScale(f.x.label, x.log), textSize, box.x1-box.x0) {
		d.write(line, (box.x0+box.x1)/2, below+3+textSize, textSize, 0.5, softInk)
		below += labelHeight
	}
	return below
}

func (d *drawing) whisker(lo, hi, y, cap float64, s stroke) {
	d.line(s, point{lo, y}, point{hi, y})
	d.line(s, point{lo, y - cap}, point{lo, y + cap})
	d.line(s, point{hi, y - cap}, point{hi, y + cap})
}

func (b *bars) caption(f *Figure) []string {
	what := cmp.Or(f.x.label, lang.Pick("값", "Values"))
	s := []string{what + lang.Pick(" 비교(", " compared, ") + count(len(b.samples), "#행", "row") + lang.Pick(").", ".")}
	fewest, most := math.MaxInt, 0
	for _, x := range b.samples {
		fewest, most = min(fewest, len(x.Values)), max(most, len(x.Values))
	}
	if most > 1 {
		of := count(most, "시드 #개", "seed")
		if fewest < most {
			of = fmt.Sprintf(lang.Pick("시드 %d~%d개", "%d to %d seeds"), fewest, most)
		}
		mark := lang.Pick("막대는 ", "Bars show ")
		if f.x.log {
			mark = lang.Pick("점은 ", "Points show ")
		}
		if f.quartiles {
			mark += fmt.Sprintf(lang.Pick("%s의 중앙값, 선은 사분위수 사이.", "the median of %s, lines reach from quartile to quartile."), of)
		} else {
			mark += fmt.Sprintf(lang.Pick("%s의 평균, 선은 최솟값과 최댓값 사이.", "the mean of %s, lines reach from minimum to maximum."), of)
		}
		s = append(s, mark)
	}
	if f.x.log {
		s = append(s, lang.Pick("가로축은 로그 축, 막대 대신 점.", "The axis is logarithmic, with points in place of bars."))
	}
	return s
}

func (b *bars) alt(f *Figure) string {
	var list []string
	for _, m := range b.summaries(f) {
		list = append(list, strings.TrimSpace(pretty(m.name)+" "+between(m)))
	}
	return lang.Pick("막대그래프: ", "Bar chart: ") + cmp.Or(lang.Pick(f.x.label, uncapital(f.x.label)), lang.Pick("값", "values")) + ". " + strings.Join(list, ", ") + "."
}
