package plots

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"descent/pkg/lang"
)

func (c *chart) caption(f *Figure) []string {
	all := c.summaries(f)
	s := []string{c.subject(f)}
	s = append(s, c.spread(f, all)...)
	var names []string
	for _, t := range f.curves {
		if name := pretty(t.name); name != "" {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		s = append(s, lang.Pick("파선: ", "Dashed: ")+strings.Join(names, ", ")+".")
	}
	switch {
	case f.x.log && f.y.log:
		s = append(s, lang.Pick("두 축 모두 로그 축.", "Both axes are logarithmic."))
	case f.x.log:
		s = append(s, lang.Pick("가로축은 로그 축.", "The horizontal axis is logarithmic."))
	case f.y.log:
		s = append(s, lang.Pick("세로축은 로그 축.", "The vertical axis is logarithmic."))
	}
	for _, m := range all {
		s = append(s, c.missing(f, m)...)
		s = append(s, m.early()...)
	}
	return append(s, c.notes...)
}

// subject says what is drawn against what, and names the series.
func (c *chart) subject(f *Figure) string {
	var names []string
	for _, series := range c.series {
		if name := pretty(series.Name); name != "" {
			names = append(names, name)
		}
	}
	subject := c.relation(f)
	if len(names) > 0 {
		subject += ": " + strings.Join(names, ", ")
	}
	return subject + "."
}

func (c *chart) relation(f *Figure) string {
	x, y := c.labels(f)
	x, y = cmp.Or(x, "x"), cmp.Or(y, "y")
	return lang.Pick(x+"에 따른 "+y, y+" against "+uncapital(x))
}

// spread says what lines and bands, or markers and bars, stand for.
func (c *chart) spread(f *Figure, all []summary) []string {
	fewest, most := all[0].seeds, all[0].seeds
	var each []string
	for _, m := range all {
		fewest, most = min(fewest, m.seeds), max(most, m.seeds)
		each = append(each, fmt.Sprintf("%s %d", cmp.Or(pretty(m.name), unnamed()), m.seeds))
	}
	if most == 1 {
		return nil
	}
	of := count(most, cmp.Or(c.rows[0], "시드 #개"), cmp.Or(c.rows[1], "seed"))
	var s []string
	if fewest < most {
		of = lang.Pick("시드", "the seeds")
		s = []string{lang.Pick("시드 수: ", "Number of seeds: ") + strings.Join(each, ", ") + "."}
	}
	format := lang.Pick("선은 %s의 평균, 띠는 최솟값과 최댓값 사이.", "Lines show the mean of %s, bands reach from minimum to maximum.")
	if c.points {
		format = lang.Pick("점은 %s의 평균, 막대는 최솟값과 최댓값 사이.", "Markers show the mean of %s, bars reach from minimum to maximum.")
	}
	if f.quartiles {
		format = lang.Pick("선은 %s의 중앙값, 띠는 사분위수 사이.", "Lines show the median of %s, bands reach from quartile to quartile.")
		if c.points {
			format = lang.Pick("점은 %s의 중앙값, 막대는 사분위수 사이.", "Markers show the median of %s, bars reach from quartile to quartile.")
		}
	}
	return append(s, fmt.Sprintf(format, of))
}

// missing says which values are not drawn, and why.
func (c *chart) missing(f *Figure, m summary) []string {
	var s []string
	x, _ := c.labels(f)
	x = cmp.Or(x, "x")
	name := cmp.Or(pretty(m.name), lang.Pick("값", "the values"))
	if len(m.gaps) > 0 {
		first := m.x[m.gaps[0]]
		at := lang.Pick(x, uncapital(x)) + " " + format(first, 6)
		switch {
		case f.x.log && first <= 0:
			s = append(s, fmt.Sprintf(lang.Pick("%s: 로그 축에 자리가 없어 그리지 않음(%s).", "%s: no place on a log axis for %s."), name, at))
		case len(m.gaps) == 1:
			s = append(s, fmt.Sprintf(lang.Pick("%s: %s에서 값이 %s, 그리지 않음.", "%s: not drawn at %s, where the value is %s."), name, at, format(m.bad, 4)))
		default:
			s = append(s, fmt.Sprintf(lang.Pick("%s: 그릴 수 없는 값 %d개, 처음은 %s에서 %s.", "%s: %d values not drawn, the first at %s, where it is %s."),
				name, len(m.gaps), at, format(m.bad, 4)))
		}
	}
	if m.cut {
		s = append(s, fmt.Sprintf(lang.Pick("%s: 최솟값이 0 이하인 곳은 로그 축 아래에서 잘림.", "%s: cut off below where the minimum is not above 0."), name))
	}
	return s
}

// alt gives the first, the last and the lowest value of each series.
func (c *chart) alt(f *Figure) string {
	kind := lang.Pick("선 그래프: ", "Line chart: ")
	if c.points {
		kind = lang.Pick("점 그래프: ", "Points: ")
	}
	parts := []string{kind + lang.Pick(c.relation(f), uncapital(c.relation(f))) + "."}
	for _, m := range c.summaries(f) {
		first, last, lowest := -1, -1, -1
		for i, v := range m.mean {
			if math.IsNaN(v) {
				continue
			}
			if first < 0 {
				first, lowest = i, i
			}
			if v < m.mean[lowest] {
				lowest = i
			}
			last = i
		}
		value := func(i int) string {
			return fmt.Sprintf(lang.Pick("x = %[2]s에서 %[1]s", "%[1]s at x = %[2]s"), format(m.mean[i], 3), format(m.x[i], 4))
		}
		text := cmp.Or(pretty(m.name), lang.Pick("값", "Values")) + ": " + value(first)
		if last != first {
			text += ", " + value(last)
		}
		if lowest != first && lowest != last {
			text += lang.Pick(", 최솟값은 ", ", lowest ") + value(lowest)
		}
		if m.seeds > 1 {
			text += fmt.Sprintf(lang.Pick("(%s, 끝에서 %s~%s)", " (%s, at the end %s to %s)"), count(m.seeds, cmp.Or(c.rows[0], "시드 #개"), cmp.Or(c.rows[1], "seed")), format(m.lo[last], 3), format(m.hi[last], 3))
		}
		parts = append(append(parts, text+"."), m.early()...)
	}
	return strings.Join(parts, " ")
}
