package plots

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"descent/pkg/lang"
	"descent/pkg/optim"
)

// Rates draws the effective learning rate of each coordinate, such as η/√h,
// against the step, for paths of methods that have one (optim.Adaptive). Of more
// than three coordinates it draws the mean in a band from the smallest to the
// largest. The axis is logarithmic unless a coordinate has only zeros.
func Rates(paths ...*optim.Path) *Figure {
	c := &chart{kind: "Rates"}
	f := (&Figure{content: c}).X(lang.Pick("스텝", "Step")).Y(lang.Pick("실효 학습률", "Effective learning rate"))
	for i, p := range paths {
		if err := checkPath("Rates", i, p); err != nil {
			c.wrong = err
			return f
		}
		series := coordinates(p.Rate)
		if len(series) == 0 {
			c.wrong = fmt.Errorf("plots: Rates: %s has no effective learning rates", named(i, p))
			return f
		}
		for _, s := range series {
			s.Name = strings.TrimSpace(p.Method + " " + s.Name)
			c.series = append(c.series, s)
		}
		c.rows = coordinateRows
	}
	f.y.log = positive(c.series)
	return f
}

var coordinateRows = [2]string{"좌표 #개", "coordinate"}

func checkPath(kind string, i int, p *optim.Path) error {
	if p == nil {
		return fmt.Errorf("plots: %s: path %d is nil", kind, i)
	}
	if p.Steps() == 0 {
		if p.Err != nil {
			return fmt.Errorf("plots: %s: %s has taken no step: %w", kind, named(i, p), p.Err)
		}
		return fmt.Errorf("plots: %s: %s has taken no step", kind, named(i, p))
	}
	return nil
}

// coordinates makes a series of each coordinate of values[t][i], or one of all
// where there are many.
func coordinates(values [][]float64) []Series {
	var x []float64
	var rows [][]float64
	for t, v := range values {
		if v == nil {
			continue
		}
		if rows == nil {
			rows = make([][]float64, len(v))
		}
		if len(v) != len(rows) {
			break
		}
		x = append(x, float64(t))
		for i, v := range v {
			rows[i] = append(rows[i], v)
		}
	}
	if len(x) == 0 {
		return nil
	}
	if len(rows) > 3 {
		return []Series{{X: x, Y: rows}}
	}
	var out []Series
	for i, row := range rows {
		out = append(out, Series{Name: coordinateName(i, len(rows)), X: x, Y: [][]float64{row}})
	}
	return out
}

func coordinateName(i, n int) string {
	switch n {
	case 1:
		return ""
	case 2:
		return "xy"[i : i+1]
	}
	return fmt.Sprintf("w%c", '₁'+rune(i))
}

// Inside draws what a method keeps while it runs, against the step: the
// gradient, then each of its variables such as m, v and h, then the effective
// learning rate if it has one, one panel each. Lines are the coordinates; of
// more than three their mean in a band from the smallest to the largest. Where
// values are above 0, but for zeros beside them, and span a factor of 30 the axis
// is logarithmic.
func Inside(path *optim.Path) *Figure {
	s := &stack{kind: "Inside", method: ""}
	f := &Figure{content: s}
	if s.wrong = checkPath("Inside", 0, path); s.wrong != nil {
		return f
	}
	s.method = path.Method
	s.add(lang.Pick("기울기", "Gradient"), path.Grad)
	for _, name := range slices.Sorted(maps.Keys(path.Vars)) {
		if s.add(name, path.Vars[name]) {
			s.kept = append(s.kept, pretty(name))
		}
	}
	s.add(lang.Pick("실효 학습률", "Effective learning rate"), path.Rate)
	if len(s.panels) > 8 {
		s.wrong = fmt.Errorf("plots: Inside: %s keeps %d variables, allowed are 6 at most", path.Method, len(path.Vars))
	}
	return f
}

// stack is charts one below the other with the same horizontal axis and the
// same lines.
type stack struct {
	kind, method string
	panels       []stacked
	kept         []string // of the panels, those of the method's own variables
	wrong        error
}

type stacked struct {
	label string
	f     *Figure // with a chart
}

func (s *stack) add(label string, values [][]float64) bool {
	series := coordinates(values)
	if len(series) == 0 {
		return false
	}
	f := &Figure{content: &chart{kind: s.kind + ": " + label, series: series, rows: coordinateRows}}
	if spreads(series) {
		f.LogY()
	}
	s.panels = append(s.panels, stacked{label, f})
	return true
}

// spreads reports whether the values are all 0 or more and span a factor of 30.
func spreads(series []Series) bool {
	var all span
	for _, s := range series {
		for _, row := range s.Y {
			for _, v := range row {
				if v < 0 {
					return false
				}
				if v > 0 {
					all.add(v)
				}
			}
		}
	}
	return all.some && all.hi/30 > all.lo && positive(series)
}

// positive reports whether each series has a value above 0, and with that a
// place on a logarithmic axis.
func positive(series []Series) bool {
	return !slices.ContainsFunc(series, func(s Series) bool {
		return !slices.ContainsFunc(s.Y, func(row []float64) bool {
			return slices.ContainsFunc(row, func(v float64) bool { return v > 0 })
		})
	})
}

func (s *stack) check(f *Figure) error {
	if s.wrong != nil {
		return s.wrong
	}
	if err := f.noLines(s.kind); err != nil {
		return err
	}
	if f.y != (axis{}) || f.x.log {
		return fmt.Errorf("plots: %s has vertical axes of its own: only Title, X, XRange and Look can be set", s.kind)
	}
	for _, p := range s.panels {
		if err := p.f.check(); err != nil {
			return err
		}
	}
	return nil
}

func (s *stack) title() string { return pretty(s.method) }

func (s *stack) draw(f *Figure, d *drawing, top float64) float64 {
	const height = 88.0
	left := 0.0
	type view struct {
		all  []summary
		x, y scale
	}
	views := make([]view, len(s.panels))
	var ends span
	for i, p := range s.panels {
		c := p.f.content.(*chart)
		views[i].all = c.summaries(p.f)
		views[i].x, views[i].y = c.scales(p.f, views[i].all)
		ends.add(views[i].x.lo)
		ends.add(views[i].x.hi)
		left = max(left, d.leftOf(views[i].y, height))
	}
	if f.x.ranged {
		ends = span{f.x.lo, f.x.hi, true}
	}
	looks := s.looks()
	var entries []entry
	for i, p := range s.panels {
		for _, e := range p.f.content.(*chart).legend(p.f, views[i].all, looks[i]) {
			if !slices.ContainsFunc(entries, func(o entry) bool { return o.name == e.name }) {
				entries = append(entries, e)
			}
		}
	}
	top = d.legend(top, entries)
	var below float64
	for i, v := range views {
		d.write(withScale(pretty(s.panels[i].label), v.y.log), margin, top+textSize, textSize, 0, ink)
		top += labelHeight + 4
		box := rect{margin + left, math.Ceil(top), width - margin - 10, math.Ceil(top) + height}
		v.x.lo, v.x.hi, v.x.whole = ends.lo, ends.hi, true
		last := i == len(views)-1
		p := d.panel(box, v.x, v.y, true, last, false)
		if !v.y.log && v.y.lo < 0 && v.y.hi > 0 {
			zero := p.y.px(0)
			d.line(stroke{color: frameInk, width: 1}, point{box.x0, zero}, point{box.x1, zero})
		}
		taken := &labels{box: box}
		for k, m := range v.all {
			d.band(p, m, looks[i][k])
		}
		for k, m := range v.all {
			d.curve(p, m, looks[i][k], taken)
		}
		d.frame(p)
		top = box.y1 + 8
		below = box.y1
	}
	below += 9 + tickSize
	return d.centered(cmp.Or(f.x.label, lang.Pick("스텝", "Step")), below, margin+left, width-margin-10)
}

// looks are those of the lines in each panel, the same for the same coordinate.
func (s *stack) looks() [][]style {
	var names []string
	for _, p := range s.panels {
		for _, series := range p.f.content.(*chart).series {
			if !slices.Contains(names, series.Name) {
				names = append(names, series.Name)
			}
		}
	}
	all, looks := styles(names), make([][]style, len(s.panels))
	for i, p := range s.panels {
		for _, series := range p.f.content.(*chart).series {
			looks[i] = append(looks[i], all[slices.Index(names, series.Name)])
		}
	}
	return looks
}

func (s *stack) caption(f *Figure) []string {
	var names, logs []string
	for _, p := range s.panels {
		name := lang.Pick(pretty(p.label), uncapital(pretty(p.label)))
		if p.f.y.log {
			logs = append(logs, name)
		}
		switch at := slices.Index(s.kept, pretty(p.label)); {
		case at < 0:
			names = append(names, name)
		case at == 0:
			names = append(names, fmt.Sprintf(lang.Pick("보관하는 변수(%s)", "what it keeps (%s)"), strings.Join(s.kept, ", ")))
		}
	}
	out := []string{strings.Join(names, ", ") + "."}
	if method := pretty(s.method); method != "" {
		out[0] = method + lang.Pick("의 스텝별 값: ", ", step by step: ") + out[0]
	} else {
		out[0] = lang.Pick("스텝별 값: ", "Step by step: ") + out[0]
	}
	first := s.panels[0].f.content.(*chart)
	out = append(out, first.spread(s.panels[0].f, first.summaries(s.panels[0].f))...)
	if len(logs) > 0 {
		out = append(out, lang.Pick("로그 축: ", "On a logarithmic axis: ")+strings.Join(logs, ", ")+".")
	}
	for _, p := range s.panels {
		c := p.f.content.(*chart)
		for _, m := range c.summaries(p.f) {
			m.name = strings.TrimSpace(lang.Pick(p.label, uncapital(p.label)) + " " + m.name)
			out = append(out, c.missing(p.f, m)...)
		}
	}
	return out
}

func (s *stack) alt(f *Figure) string {
	parts := []string{lang.Pick("선 그래프 여러 칸, 스텝에 따른 값.", "Line charts, one below the other, against step.")}
	for _, p := range s.panels {
		text := p.f.content.alt(p.f)
		_, values, _ := strings.Cut(text, ". ")
		parts = append(parts, "["+pretty(p.label)+"] "+values)
	}
	return strings.Join(parts, " ")
}
