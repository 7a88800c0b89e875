package plots

import (
	"fmt"
	"math"

	"descent/pkg/lang"
	"descent/pkg/optim"
	"descent/pkg/surface"
)

// Trajectories draws each path on a panel of its own, all with the same axes
// and contour lines: the comparison of methods in section 6.1.7 of the book in
// one call. Each panel names its method and f after the last step.
func Trajectories(s *surface.Surface, paths ...*optim.Path) *Figure {
	return &Figure{content: &comparison{contours: contours{surface: s, paths: paths, kind: "Trajectories"}}}
}

type comparison struct{ contours }

const maxPanels = 12

func (c *comparison) check(f *Figure) error {
	if len(c.paths) > maxPanels {
		return fmt.Errorf("plots: Trajectories has %d paths, allowed are %d at most", len(c.paths), maxPanels)
	}
	if err := f.noLines("Trajectories"); err != nil {
		return err
	}
	return c.contours.check(f)
}

func (c *comparison) draw(f *Figure, d *drawing, top float64) float64 {
	x, y := c.view(f)
	top = d.legend(top, c.legend(nil, x, y))
	xLabel, yLabel := c.labels(f)
	top = d.above(yLabel, top)

	columns := min(2, len(c.paths))
	if len(c.paths) > 6 {
		columns = 3
	}
	const gap = 26.0 // more than a blank between the labels below two panels
	left := margin + d.leftOf(y, 150)
	w := math.Floor((width - margin - left - gap*float64(columns-1) - 4) / float64(columns))
	h := math.Ceil(min(max(w*(y.hi-y.lo)/(x.hi-x.lo), 125), 230))
	var names []string
	for _, p := range c.paths {
		names = append(names, p.Method)
	}
	looks := styles(names)

	first := plane{box: rect{0, 0, w, h}, x: x, y: y}
	first.x.from, first.x.to, first.y.from, first.y.to = 0, w, h, 0
	const cell = 3
	g := sampled(c.surface, first.x, first.y, int(w/cell)+1, int(h/cell)+1)
	levels := g.levels()
	tints := c.tints(first, levels)
	rings := make([][][]point, len(levels))
	for i, level := range levels {
		rings[i] = g.contour(level, first.at)
	}

	end := 0.0
	for from := 0; from < len(c.paths); from += columns {
		row := c.paths[from:min(from+columns, len(c.paths))]
		titles, lines := make([][]string, len(row)), 0
		for i, path := range row {
			titles[i] = d.text.Wrap(pretty(path.Method), textSize, w-lineSample-6)
			lines = max(lines, len(titles[i]))
		}
		boxTop := math.Ceil(top + float64(lines+1)*16 + 6)
		for i, path := range row {
			look := looks[from+i]
			look.track = nil // each is alone
			x0 := left + float64(i)*(w+gap)
			mid := top + 0.64*textSize
			d.line(stroke{look.color, pathWidth, nil}, point{x0, mid}, point{x0 + lineSample, mid})
			d.mark(look.path, point{x0 + lineSample/2, mid}, 3.2, look.color)
			const inset = lineSample + 6
			for k, line := range titles[i] {
				d.write(line, x0+inset, top+float64(k)*16+textSize, textSize, 0, ink)
			}
			d.write(lang.Pick("마지막 f = ", "final f = ")+c.final(path), x0+inset, top+float64(len(titles[i]))*16+tickSize, tickSize, 0, softInk)
			box := rect{x0, boxTop, x0 + w, boxTop + h}
			below := from+i+columns >= len(c.paths)
			p := d.panel(box, x, y, i == 0, below, columns > 1)
			d.ops = append(d.ops, op{image: tints, box: box})
			for _, chains := range rings {
				for _, chain := range chains {
					moved := make([]point, len(chain))
					for k, q := range chain {
						moved[k] = point{q.x + box.x0, q.y + box.y0}
					}
					d.line(stroke{color: contourInk, width: 1}, moved...)
				}
			}
			taken := &labels{box: box}
			d.path(p, path, look, taken)
			c.moving(d, p, path, look, whole)
			if w := path.W[0]; p.holds(w[0], w[1]) {
				d.start(p.at(w[0], w[1]))
			}
			for _, m := range c.surface.Minima {
				if p.holds(m[0], m[1]) {
					d.minimum(p.at(m[0], m[1]))
				}
			}
			d.frame(p)
			if below {
				end = max(end, d.centered(xLabel, box.y1+9+tickSize, box.x0, box.x1))
			}
		}
		top = boxTop + h + 12
	}
	return end - 1
}

func (c *comparison) caption(f *Figure) []string {
	s := c.contours.caption(f)
	// the numbers on contour lines are left out of small panels
	s = s[:len(s)-1]
	return append(s, lang.Pick("모든 칸의 축과 등고선은 같음.", "All panels have the same axes and contour lines."))
}
