package plots

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"descent/pkg/lang"
)

// HistogramGrid draws a table of histograms: values[r][c] stands in the row
// named rows[r] and the column named columns[c], such as initializers and
// activation functions. Panels of a column share their horizontal axis, and
// above each stands its mean ± standard deviation. The axis leaves out panels
// whose values are more than 20 times as large as those in the middle; what lies
// beyond it is written at the edge.
func HistogramGrid(rows, columns []string, values [][][]float64) *Figure {
	g := &histogramGrid{rows: rows, columns: columns}
	for r, row := range values {
		var samples []Sample
		for c, v := range row {
			name := fmt.Sprintf("values[%d][%d]", r, c)
			if r < len(rows) && c < len(columns) {
				name = rows[r] + ", " + columns[c]
			}
			samples = append(samples, Sample{name, v})
		}
		g.cells = append(g.cells, samples)
	}
	return &Figure{content: g}
}

type histogramGrid struct {
	rows, columns []string
	cells         [][]Sample
}

func (g *histogramGrid) check(f *Figure) error {
	const mostRows, mostColumns = 20, 5
	switch {
	case len(g.rows) == 0 || len(g.rows) > mostRows:
		return fmt.Errorf("plots: HistogramGrid has %s, allowed are 1 to %d", plural(len(g.rows), "row"), mostRows)
	case len(g.columns) == 0 || len(g.columns) > mostColumns:
		return fmt.Errorf("plots: HistogramGrid has %s, allowed are 1 to %d", plural(len(g.columns), "column"), mostColumns)
	case len(g.cells) != len(g.rows):
		return fmt.Errorf("plots: HistogramGrid has values of %s, but %s of rows", plural(len(g.cells), "row"), plural(len(g.rows), "name"))
	}
	if f.y != (axis{}) {
		return fmt.Errorf("plots: HistogramGrid has no vertical axis that can be set")
	}
	all := &histograms{kind: "HistogramGrid"}
	for r, row := range g.cells {
		if len(row) != len(g.columns) {
			return fmt.Errorf("plots: HistogramGrid has %s in row %q, but %s", plural(len(row), "value"), g.rows[r], plural(len(g.columns), "column"))
		}
		all.samples = append(all.samples, row...)
	}
	return all.check(f)
}

func (g *histogramGrid) title() string { return "" }

// column counts the samples of column c on their common axis.
func (g *histogramGrid) column(f *Figure, c int) ([]binned, scale) {
	h := &histograms{}
	for _, row := range g.cells {
		h.samples = append(h.samples, row[c])
	}
	x := h.scale(f)
	if typical := g.typical(f, h.samples); !f.x.ranged && !f.x.log && typical.some {
		x.lo, x.hi = typical.padded(false, false)
	}
	var all []binned
	for _, s := range h.samples {
		all = append(all, h.count(s, x, f.binCount()))
	}
	return all, x
}

// typical is the range of all samples but those more than 20 times as wide as
// the one in the middle, or nothing if there are no such.
func (g *histogramGrid) typical(f *Figure, samples []Sample) (all span) {
	var ranges []span
	for _, s := range samples {
		x := (&histograms{samples: []Sample{s}}).scale(f)
		ranges = append(ranges, span{x.lo, x.hi, true})
	}
	reach := func(s span) float64 { return max(math.Abs(s.lo), math.Abs(s.hi)) }
	slices.SortFunc(ranges, func(a, b span) int { return cmp.Compare(reach(a), reach(b)) })
	middle := reach(ranges[len(ranges)/2])
	if reach(ranges[len(ranges)-1]) <= 20*middle {
		return span{}
	}
	for _, r := range ranges {
		if reach(r) <= 20*middle {
			all.add(r.lo)
			all.add(r.hi)
		}
	}
	return all
}

func (g *histogramGrid) draw(f *Figure, d *drawing, top float64) float64 {
	const height, gap, most = 46.0, 24.0, 150.0
	left := 0.0
	names := make([][]string, len(g.rows))
	for r, name := range g.rows {
		names[r] = d.text.Wrap(pretty(name), textSize, most)
		left = max(left, d.text.Widest(names[r], textSize))
	}
	left = math.Ceil(margin + left + 12)
	w := math.Floor((width - margin - left - gap*float64(len(g.columns)-1)) / float64(len(g.columns)))
	heads := make([][]string, len(g.columns))
	columns, axes := make([][]binned, len(g.columns)), make([]scale, len(g.columns))
	headLines, noteLines := 1, 1
	note := func(b binned) []string {
		text := plusMinus(b.mean, b.std)
		if b.bad > 0 {
			text = fmt.Sprintf("NaN·∞ %d", b.bad)
		}
		return d.text.Wrap(text, tickSize, w+gap-6)
	}
	for c, name := range g.columns {
		heads[c] = d.text.Wrap(pretty(name), textSize, w+gap-6)
		headLines = max(headLines, len(heads[c]))
		columns[c], axes[c] = g.column(f, c)
		for _, b := range columns[c] {
			noteLines = max(noteLines, len(note(b)))
		}
	}
	top += 16 * float64(headLines-1)
	above := tickSize + 6 + 15*float64(noteLines-1)
	bottom := top
	for c := range g.columns {
		all, x := columns[c], axes[c]
		x0 := left + float64(c)*(w+gap)
		d.writeLines(heads[c], x0+w/2, top+textSize-16*float64(len(heads[c])-1), 16, textSize, 0.5, ink)
		at := top + labelHeight
		for r, b := range all {
			// a long name needs more room than its panels
			spare := max(0, 16*float64(len(names[r]))-above-height) / 2
			lines := note(b)
			d.writeLines(lines, x0+w/2, at+spare+above-6-15*float64(len(lines)-1), 15, tickSize, 0.5, softInk)
			box := rect{x0, math.Ceil(at + spare + above), x0 + w, math.Ceil(at+spare+above) + height}
			d.xTicks(box, x, r == len(all)-1, true)
			full, bins := fill(b.share), float64(f.binCount())
			for k, share := range b.share {
				if share == 0 {
					continue
				}
				a, z := box.x0+float64(k)*w/bins, box.x0+float64(k+1)*w/bins
				r := rect{a + 0.25, max(box.y1-max(1, (height-4)*share/full), box.y0), z - 0.25, box.y1}
				d.fill(families[0][0], d.box(r)...)
				if share > full {
					d.overflow(percent(share), r, box)
				}
			}
			if b.outside >= 0.005 {
				d.label(percent(b.outside)+" →", box.x1-4, box.y0+tickSize+3, tickSize, 1, ink)
			}
			d.outline(stroke{color: frameInk, width: 1}, d.box(box)...)
			if c == 0 {
				for k, line := range names[r] {
					y := (box.y0+box.y1)/2 + (float64(k)-float64(len(names[r])-1)/2)*16 + 0.36*textSize
					d.write(line, x0-10, y, textSize, 1, ink)
				}
			}
			at = box.y1 + spare + 4
		}
		bottom = at + 5 + tickSize
	}
	label := withScale(cmp.Or(f.x.label, lang.Pick("활성화 값", "Activation")), f.x.log)
	return d.centered(label, bottom, left, width-margin)
}

func (g *histogramGrid) caption(f *Figure) []string {
	var rows, columns []string
	for _, r := range g.rows {
		rows = append(rows, cmp.Or(pretty(r), unnamed()))
	}
	for _, c := range g.columns {
		columns = append(columns, cmp.Or(pretty(c), unnamed()))
	}
	what := cmp.Or(lang.Pick(f.x.label, uncapital(f.x.label)), lang.Pick("활성화 값", "activations"))
	s := []string{lang.Pick(fmt.Sprintf("%s의 히스토그램 %d×%d개, 구간 %d개.", what, len(rows), len(columns), f.binCount()),
		fmt.Sprintf("Histograms of %s, %s of %d bins.", what, panes(len(rows), len(columns), "panel"), f.binCount())),
		lang.Pick("행: ", "Rows: ") + strings.Join(rows, ", ") + ".",
		lang.Pick("열: ", "Columns: ") + strings.Join(columns, ", ") + ".",
		lang.Pick("칸 위의 숫자는 평균 ± 표준편차, 한 열의 칸은 가로축이 같고 높이는 칸마다 다름. 막대 옆 숫자는 잘린 막대의 비율, 화살표는 축 밖의 비율(0.5% 이상).", "Above each panel: mean ± standard deviation. Panels of a column share their horizontal axis, heights differ. Numbers beside a bar give its share where it is cut, arrows the share beyond the axis (0.5% and more).")}
	var shown []binned
	for c := range g.columns {
		all, _ := g.column(f, c)
		shown = append(shown, all...)
	}
	return append(s, notDrawn(shown)...)
}

func (g *histogramGrid) alt(f *Figure) string {
	var parts []string
	for c, column := range g.columns {
		all, x := g.column(f, c)
		var list []string
		for r, b := range all {
			list = append(list, pretty(g.rows[r])+" "+plusMinus(b.mean, b.std))
		}
		parts = append(parts, fmt.Sprintf(lang.Pick("%s(%s~%s): %s", "%s (%s to %s): %s"), pretty(column), format(x.lo, 3), format(x.hi, 3), strings.Join(list, ", ")))
	}
	return lang.Pick("히스토그램 표, 평균 ± 표준편차. ", "Table of histograms, mean ± std. ") + strings.Join(parts, ". ") + "."
}
