package plots

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"descent/pkg/lang"
	"descent/pkg/mlp"
)

// Runs makes a series of the losses of runs that differ in their seed, over
// their steps. A run that ended early (Run.Err) has NaN from there on: a cross
// marks its last loss, and after that only the remaining seeds are drawn, as the
// caption says. All runs must have been evaluated at the same steps.
func Runs(name string, runs ...*mlp.Run) Series {
	s := Series{Name: name}
	var steps []int
	for i, run := range runs {
		if run == nil {
			s.wrong = fmt.Errorf("plots: Runs %q: run %d is nil", name, i)
			return s
		}
		if len(run.Loss) != len(run.Step) {
			s.wrong = fmt.Errorf("plots: Runs %q: run %d has %s, but a Loss of %d", name, i, plural(len(run.Step), "step"), len(run.Loss))
			return s
		}
		if len(run.Step) > len(steps) {
			steps = run.Step
		}
	}
	for _, t := range steps {
		s.X = append(s.X, float64(t))
	}
	for i, run := range runs {
		n := len(run.Step)
		switch {
		case !slices.Equal(run.Step, steps[:n]):
			s.wrong = fmt.Errorf("plots: Runs %q: run %d was evaluated at the steps %v, another at %v", name, i, run.Step, steps)
			return s
		case run.Err == nil && n < len(steps):
			s.wrong = fmt.Errorf("plots: Runs %q: run %d has %s, another %d; only a run with Err may have fewer", name, i, plural(n, "evaluation"), len(steps))
			return s
		case run.Err != nil:
			for n > 0 && math.IsNaN(run.Loss[n-1]) {
				n--
			}
			e := end{at: n - 1}
			if n > 0 {
				e.value = run.Loss[n-1]
			}
			s.ended = append(s.ended, e)
		}
		row := slices.Clone(run.Loss)
		for len(row) < len(steps) {
			row = append(row, math.NaN())
		}
		s.Y = append(s.Y, row)
	}
	return s
}

// end is the last point of a row that ended early, −1 if it has none.
type end struct {
	at    int
	value float64
}

// left returns the rows of s that have not ended before point i, or all where all
// have.
func (s Series) left(i int) [][]float64 {
	if s.ended == nil {
		return s.Y
	}
	var rows [][]float64
	for _, row := range s.Y {
		if !math.IsNaN(row[i]) {
			rows = append(rows, row)
		}
	}
	if rows == nil {
		return s.Y
	}
	return rows
}

// ends draws a cross where a row ended early, at the edge if that is outside.
func (d *drawing) ends(p plane, m summary, look style) {
	for _, e := range m.ended {
		if e.at < 0 || e.at >= len(m.mean) || p.y.log && e.value <= 0 {
			continue
		}
		at := p.at(m.x[e.at], e.value)
		at.y = min(max(at.y, p.box.y0+5), p.box.y1-5)
		if !p.box.holds(at) {
			continue
		}
		for _, line := range []stroke{{color: ground, width: 4.5}, {color: look.color, width: 2}} {
			d.line(line, point{at.x - 4, at.y - 4}, point{at.x + 4, at.y + 4})
			d.line(line, point{at.x - 4, at.y + 4}, point{at.x + 4, at.y - 4})
		}
	}
}

// early says which rows ended early, and when.
func (m summary) early() []string {
	if len(m.ended) == 0 {
		return nil
	}
	var at []float64
	for _, e := range m.ended {
		at = append(at, m.x[max(e.at, 0)])
	}
	slices.Sort(at)
	at = slices.Compact(at)
	var steps []string
	for i, x := range at {
		switch {
		case len(at) <= 5 || i == 0 || i == len(at)-1:
			steps = append(steps, format(x, 6))
		case i == 1:
			steps = append(steps, "…")
		}
	}
	after := lang.Pick("", "step ")
	if len(at) > 1 {
		after = lang.Pick("", "steps ")
	}
	s := fmt.Sprintf(lang.Pick("%[1]s: 시드 %[3]d개 가운데 %[2]d개가 %[4]s스텝 뒤 일찍 끝남(×).", "%[1]s: %[2]d of %[3]d seeds ended early (×), after %[4]s."),
		cmp.Or(pretty(m.name), lang.Pick("값", "the values")), len(m.ended), m.seeds, after+strings.Join(steps, ", "))
	if len(m.ended) < m.seeds || len(at) > 1 {
		s += lang.Pick(" 그 뒤로는 남은 시드만 그림.", " After that only the remaining seeds are drawn.")
	}
	return []string{s}
}
