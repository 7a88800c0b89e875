package plots

import (
	"fmt"
	"math"
)

// panel draws grid and ticks around a box that is one of several, with labels
// on the sides that have them. Where a neighbor stands close, the outermost
// labels keep within the box.
func (d *drawing) panel(box rect, x, y scale, left, bottom, close bool) plane {
	x.from, x.to = box.x0, box.x1
	y.from, y.to = box.y1, box.y0
	for _, t := range y.panelTicks(box.y1 - box.y0) {
		v := y.px(t.at)
		if t.label != "" {
			d.line(stroke{color: gridInk, width: 1}, point{box.x0, v}, point{box.x1, v})
			if left {
				d.write(t.label, box.x0-7, v+0.36*tickSize, tickSize, 1, softInk)
			}
		}
		if left {
			d.tick(t, point{box.x0, v}, point{-1, 0})
		}
	}
	d.xTicks(box, x, bottom, close)
	return plane{box, box.y1, x, y}
}

// across draws grid and ticks of a box that has a horizontal axis only.
func (d *drawing) across(box rect, x scale) plane {
	x.from, x.to = box.x0, box.x1
	d.xTicks(box, x, true, false)
	return plane{box, box.y1, x, scale{lo: 0, hi: 1, from: box.y1, to: box.y0}}
}

func (d *drawing) xTicks(box rect, x scale, bottom, close bool) {
	x.from, x.to = box.x0, box.x1
	ticks := x.ticks(max(3, int((box.x1-box.x0)/55)))
	var labels []span
	for _, t := range ticks {
		at, half := x.px(t.at), d.text.Width(t.label, tickSize)/2
		if close {
			at = min(max(at, box.x0+half), box.x1-half)
		}
		fits := !close || 2*half <= box.x1-box.x0
		labels = append(labels, span{at - half, at + half, t.label != "" && fits})
	}
	apart(labels)
	for i, t := range ticks {
		v := x.px(t.at)
		if t.label != "" {
			d.line(stroke{color: gridInk, width: 1}, point{v, box.y0}, point{v, box.y1})
		}
		if bottom {
			if labels[i].some {
				d.write(t.label, labels[i].lo, box.y1+7+tickSize, tickSize, 0, softInk)
			}
			d.tick(t, point{v, box.y1}, point{0, 1})
		}
	}
}

// apart takes out labels that run into others; of two at odds the outer one
// stays.
func apart(labels []span) {
	const blank = 4
	last := -1
	for i, l := range labels {
		if l.some {
			last = i
		}
	}
	free := math.Inf(-1)
	for i := range labels {
		l := &labels[i]
		if !l.some {
			continue
		}
		room := labels[last].lo
		if free > math.Inf(-1) {
			room -= blank
		}
		if i != last && (l.lo < free || l.hi > room) {
			l.some = false
			continue
		}
		free = l.hi + blank
	}
}

// panelTicks leaves so many labels as have room on h pixels.
func (s scale) panelTicks(h float64) []tick {
	room := max(2, int(h/24))
	for n := room; n > 1; n-- {
		if t := s.ticks(n); labelled(t) <= room+1 {
			return t
		}
	}
	t := s.ticks(1)
	if s.log && labelled(t) > room+1 { // only powers of ten
		for i := range t {
			if power := math.Pow(10, math.Round(log10(t[i].at))); math.Abs(t[i].at-power) > 1e-9*power {
				t[i].label = ""
			}
		}
	}
	return t
}

// leftOf is the width that the labels of a vertical axis take.
func (d *drawing) leftOf(s scale, h float64) float64 {
	w := 0.0
	for _, t := range s.panelTicks(h) {
		w = max(w, d.text.Width(t.label, tickSize))
	}
	return math.Ceil(w + 8)
}

// evenly returns at most n of the numbers 0 … from−1, the first and the last
// among them.
func evenly(from, n int) []int {
	var out []int
	for i := range min(from, n) {
		k := i
		if from > n {
			k = int(math.Round(float64(i) * float64(from-1) / float64(n-1)))
		}
		out = append(out, k)
	}
	return out
}

// onlyTitle returns an error if a setter was called for which a kind of figure has
// no use.
func (f *Figure) onlyTitle(kind string) error {
	if f.x != (axis{}) || f.y != (axis{}) || len(f.hlines)+len(f.vlines)+len(f.curves) > 0 {
		return fmt.Errorf("plots: %s has axes of its own: only Title and Look can be set", kind)
	}
	return nil
}

// noLines returns an error if lines were set that a kind of figure does not
// draw.
func (f *Figure) noLines(kind string) error {
	switch {
	case len(f.hlines)+len(f.vlines) > 0:
		return fmt.Errorf("plots: %s has no place for HLine and VLine", kind)
	case len(f.curves) > 0:
		return fmt.Errorf("plots: %s has no place for Line %q", kind, f.curves[0].name)
	}
	return nil
}

// notFinite returns the index of the first value that is not finite, or −1.
func notFinite(values []float64) int {
	for i, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return i
		}
	}
	return -1
}
