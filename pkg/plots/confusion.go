package plots

import (
	"fmt"
	"slices"
	"strings"

	"descent/pkg/lang"
	"descent/pkg/plots/internal/typeset"
)

// Confusion counts how often each label was predicted as each: a row for each
// label, a column for each prediction, right ones on the diagonal. Labels and
// predictions are 0 to classes − 1. Colors are shares of a row; at the right
// stands the share that is right.
func Confusion(labels, predicted []int, classes int) *Figure {
	return &Figure{content: &confusion{labels, predicted, classes}}
}

type confusion struct {
	labels, predicted []int
	classes           int
}

func (c *confusion) check(f *Figure) error {
	const most = 20
	switch {
	case c.classes < 2 || c.classes > most:
		return fmt.Errorf("plots: Confusion: classes is %d, allowed are 2 to %d", c.classes, most)
	case len(c.labels) == 0:
		return fmt.Errorf("plots: Confusion needs at least one label")
	case len(c.labels) != len(c.predicted):
		return fmt.Errorf("plots: Confusion has %s, but %s", plural(len(c.labels), "label"), plural(len(c.predicted), "prediction"))
	}
	for i := range c.labels {
		if l := c.labels[i]; l < 0 || l >= c.classes {
			return fmt.Errorf("plots: Confusion: label %d is %d, allowed is 0 to %d", i, l, c.classes-1)
		}
		if p := c.predicted[i]; p < 0 || p >= c.classes {
			return fmt.Errorf("plots: Confusion: prediction %d is %d, allowed is 0 to %d", i, p, c.classes-1)
		}
	}
	return f.onlyTitle("Confusion")
}

func (c *confusion) title() string { return "" }

// counts returns n[label][prediction], the sum of each row and how many are
// right.
func (c *confusion) counts() (n [][]int, rows []int, right int) {
	n, rows = make([][]int, c.classes), make([]int, c.classes)
	for i := range n {
		n[i] = make([]int, c.classes)
	}
	for i, l := range c.labels {
		n[l][c.predicted[i]]++
		rows[l]++
		if l == c.predicted[i] {
			right++
		}
	}
	return n, rows, right
}

func (c *confusion) cell() float64 { return min(48, (width-2*margin-130)/float64(c.classes)) }

// inShares reports whether a count is too wide for its cell, so that all cells
// hold shares of their row.
func (c *confusion) inShares(ts *typeset.Typesetter, cell float64) bool {
	n, _, _ := c.counts()
	for _, row := range n {
		if ts.Width(group(fmt.Sprint(slices.Max(row))), textSize) > cell-2 {
			return true
		}
	}
	return false
}

// shortPercent is a share above 0 in percent, without its sign.
func shortPercent(share float64) string {
	if share < 0.005 {
		return "<1"
	}
	return fixedPoint(100*share, 0)
}

func (c *confusion) draw(f *Figure, d *drawing, top float64) float64 {
	n, rows, _ := c.counts()
	cw := c.cell()
	const ch = 27.0
	left := margin + 40
	d.write(lang.Pick("레이블", "Label"), margin, top+textSize, textSize, 0, softInk)
	right := left + cw*float64(c.classes)
	d.write(lang.Pick("맞은 비율", "Right"), right+12, top+textSize, textSize, 0, softInk)
	top += labelHeight + 2
	s := scale{lo: 0, hi: 1}
	shares := c.inShares(d.text, cw)
	for i, row := range n {
		y := top + ch*float64(i)
		d.write(fmt.Sprint(i), left-10, y+ch/2+0.36*textSize, textSize, 1, ink)
		for j, count := range row {
			x := left + cw*float64(j)
			share := 0.0
			if rows[i] > 0 {
				share = float64(count) / float64(rows[i])
			}
			fill, _ := s.shade(share, tints)
			if count == 0 {
				fill = ground
			} else if i != j { // a few mistakes are to be seen beside many right ones
				fill = mistakeTint
			}
			d.fill(fill, d.box(rect{x, y, x + cw, y + ch})...)
			d.outline(stroke{color: gridInk, width: 1}, d.box(rect{x, y, x + cw, y + ch})...)
			if count > 0 {
				text := group(fmt.Sprint(count))
				if shares {
					text = shortPercent(share)
				}
				d.write(text, x+cw/2, y+ch/2+0.36*textSize, textSize, 0.5, ink)
			}
		}
		if rows[i] > 0 {
			d.write(percent(float64(row[i])/float64(rows[i])), right+12, y+ch/2+0.36*textSize, textSize, 0, softInk)
		}
	}
	box := rect{left, top, right, top + ch*float64(c.classes)}
	d.outline(stroke{color: frameInk, width: 1}, d.box(box)...)
	for j := range c.classes {
		d.write(fmt.Sprint(j), left+cw*(float64(j)+0.5), box.y1+5+textSize, textSize, 0.5, ink)
	}
	bottom := box.y1 + 8 + textSize
	d.write(lang.Pick("예측", "Prediction"), (left+right)/2, bottom+3+textSize, textSize, 0.5, softInk)
	return bottom + labelHeight
}

// tints are pale enough for numbers on them.
var (
	tints       = ramp(rgb(0xf9faf5), rgb(0xaed6c8), rgb(0x77b8c4))
	mistakeTint = rgb(0xf6d3b3)
)

func (c *confusion) caption(f *Figure) []string {
	_, _, right := c.counts()
	s := []string{
		lang.Pick("혼동 행렬: ", "Confusion matrix: ") + rightOf(right, len(c.labels)) + lang.Pick("(", " (") + percent(float64(right)/float64(len(c.labels))) + ").",
		lang.Pick("행은 레이블, 열은 예측, 대각선이 맞은 수, 주황색이 틀린 수.", "Rows are labels, columns predictions; right ones lie on the diagonal, wrong ones are orange."),
	}
	if c.inShares(typeset.New(), c.cell()) {
		s = append(s, lang.Pick("칸의 숫자는 그 행에서 차지하는 비율(%).", "Numbers in the cells are shares of their row in percent."))
	}
	return s
}

func (c *confusion) alt(f *Figure) string {
	n, _, right := c.counts()
	type mistake struct{ label, prediction, n int }
	var worst []mistake
	for range 3 {
		best := mistake{}
		for i, row := range n {
			for j, k := range row {
				m := mistake{i, j, k}
				known := false
				for _, w := range worst {
					known = known || w == m
				}
				if i != j && k > best.n && !known {
					best = m
				}
			}
		}
		if best.n > 0 {
			worst = append(worst, best)
		}
	}
	text := fmt.Sprintf(lang.Pick("혼동 행렬 %d×%d, %s.", "Confusion matrix %d×%d, %s."), c.classes, c.classes, rightOf(right, len(c.labels)))
	var list []string
	for _, w := range worst {
		list = append(list, fmt.Sprintf("%d→%d ", w.label, w.prediction)+count(w.n, "#번", "time"))
	}
	if len(list) > 0 {
		text += lang.Pick(" 잦은 실수(레이블→예측): ", " Most frequent mistakes (label→prediction): ") + strings.Join(list, ", ") + "."
	}
	return text
}
