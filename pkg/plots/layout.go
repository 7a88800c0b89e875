package plots

import (
	"math"
	"strings"

	"descent/pkg/lang"
)

// plane is the part of a figure that shows data: a box with two scales.
type plane struct {
	box   rect
	below float64 // where the labels under the box end
	x, y  scale
}

func (p plane) at(x, y float64) point { return point{p.x.px(x), p.y.px(y)} }

func (p plane) holds(x, y float64) bool { return p.x.holds(x) && p.y.holds(y) }

// entry is one sample with its name in the legend.
type entry struct {
	name  string
	width float64                  // of the sample
	draw  func(d *drawing, r rect) // in a box of width × lineHeight
}

const (
	lineSample = 27.0
	markSample = 16.0
	lineHeight = 19.0

	capHeight   = 0.74           // of the letters, in their size
	labelHeight = 1.6 * textSize // of a line of an axis label
)

// legend writes the entries in rows above the data, those with a name, and
// returns where they end.
func (d *drawing) legend(top float64, entries []entry) float64 {
	x, y, some := margin, top, false
	for _, e := range entries {
		lines := d.text.Wrap(e.name, textSize, width-2*margin-e.width-6)
		if len(lines) == 0 {
			continue
		}
		some = true
		w := e.width + 6 + d.text.Width(lines[0], textSize)
		if x > margin && x+w > width-margin {
			x, y = margin, y+lineHeight
		}
		e.draw(d, rect{x, y, x + e.width, y + lineHeight})
		d.write(lines[0], x+e.width+6, y+0.72*lineHeight, textSize, 0, ink)
		x += w + 16
		for _, line := range lines[1:] {
			x, y = width, y+lineHeight
			d.write(line, margin+e.width+6, y+0.72*lineHeight, textSize, 0, ink)
		}
	}
	if !some {
		return top
	}
	return y + lineHeight + 4
}

// axes draws legend, labels, grid and frame around a box of the given height
// and returns the plane in it.
func (f *Figure) axes(d *drawing, top, height float64, x, y scale, legend []entry, xLabel, yLabel string) plane {
	top = d.legend(top, legend)
	for _, line := range d.text.Wrap(withScale(yLabel, y.log), textSize, width-2*margin) {
		d.write(line, margin, top+textSize, textSize, 0, softInk)
		top += labelHeight
	}
	top += 5 // half of the highest tick label
	yTicks := y.ticks(max(3, int(height/45)))
	left := 0.0
	for _, t := range yTicks {
		left = max(left, d.text.Width(t.label, tickSize))
	}
	box := rect{math.Ceil(margin + left + 8), math.Ceil(top), width - margin - 10, math.Ceil(top + height)}
	x.from, x.to = box.x0, box.x1
	y.from, y.to = box.y1, box.y0
	xTicks := x.ticks(8)

	for _, t := range yTicks {
		if t.label != "" {
			v := y.px(t.at)
			d.line(stroke{color: gridInk, width: 1}, point{box.x0, v}, point{box.x1, v})
			d.write(t.label, box.x0-7, v+0.36*tickSize, tickSize, 1, softInk)
		}
		d.tick(t, point{box.x0, y.px(t.at)}, point{-1, 0})
	}
	for _, t := range xTicks {
		v := x.px(t.at)
		if t.label != "" {
			d.line(stroke{color: gridInk, width: 1}, point{v, box.y0}, point{v, box.y1})
			half := d.text.Width(t.label, tickSize) / 2
			at := min(v, width-2-half)
			d.write(t.label, at, box.y1+7+tickSize, tickSize, 0.5, softInk)
		}
		d.tick(t, point{v, box.y1}, point{0, 1})
	}
	below := box.y1 + 9 + tickSize
	for _, line := range d.text.Wrap(withScale(xLabel, x.log), textSize, box.x1-box.x0) {
		d.write(line, (box.x0+box.x1)/2, below+3+textSize, textSize, 0.5, softInk)
		below += labelHeight
	}
	return plane{box, below, x, y}
}

// centered writes the label of an axis between x0 and x1 and returns where it
// ends.
func (d *drawing) centered(label string, top, x0, x1 float64) float64 {
	lines := d.text.Wrap(label, textSize, x1-x0)
	d.writeLines(lines, (x0+x1)/2, top+3+textSize, labelHeight, textSize, 0.5, softInk)
	return top + labelHeight*float64(max(len(lines), 1))
}

// above writes the label of a vertical axis above it and returns where it ends.
func (d *drawing) above(label string, top float64) float64 {
	lines := d.text.Wrap(label, textSize, width-2*margin)
	d.writeLines(lines, margin, top+textSize, labelHeight, textSize, 0, softInk)
	return top + labelHeight*float64(max(len(lines), 1))
}

func (d *drawing) tick(t tick, at, out point) {
	length := 4.0
	if t.label == "" {
		length = 2.5
	}
	d.line(stroke{color: frameInk, width: 1}, at, point{at.x + length*out.x, at.y + length*out.y})
}

func (d *drawing) frame(p plane) {
	d.outline(stroke{color: frameInk, width: 1}, d.box(p.box)...)
}

// softFrame is dark enough to be seen beside the lightest color of a scale.
func (d *drawing) softFrame(box rect) {
	d.outline(stroke{color: softInk, width: 1}, d.box(box)...)
}

func withScale(label string, log bool) string {
	if label == "" || !log || strings.Contains(label, "로그") || strings.Contains(label, "log") {
		return label
	}
	return label + lang.Pick("(로그 축)", " (log scale)")
}
