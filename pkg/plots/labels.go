package plots

import "math"

// labels remembers which places are taken, to keep numbers off lines and off
// each other.
type labels struct {
	box   rect
	rects []rect
	dots  map[[2]int][]point // in squares of dotSquare pixels
}

const dotSquare = 16.0

func (l *labels) add(r rect) { l.rects = append(l.rects, r) }

// along takes the places on a line, a dot every few pixels.
func (l *labels) along(pts ...point) {
	for i := 1; i < len(pts); i++ {
		a, b := pts[i-1], pts[i]
		n := int(math.Hypot(b.x-a.x, b.y-a.y)/3) + 1
		for k := range n + 1 {
			t := float64(k) / float64(n)
			l.dot(point{a.x + t*(b.x-a.x), a.y + t*(b.y-a.y)})
		}
	}
}

func (l *labels) dot(p point) {
	if l.dots == nil {
		l.dots = map[[2]int][]point{}
	}
	at := squareOf(p.x, p.y)
	l.dots[at] = append(l.dots[at], p)
}

func squareOf(x, y float64) [2]int {
	return [2]int{int(math.Floor(x / dotSquare)), int(math.Floor(y / dotSquare))}
}

// cost counts what a label at r would cover; it is infinite where another label
// stands or the picture ends.
func (l *labels) cost(r rect) float64 {
	if !r.within(l.box) {
		return math.Inf(1)
	}
	for _, o := range l.rects {
		if r.meets(o) {
			return math.Inf(1)
		}
	}
	n := 0.0
	first, last := squareOf(r.x0, r.y0), squareOf(r.x1, r.y1)
	for i := first[0]; i <= last[0]; i++ {
		for j := first[1]; j <= last[1]; j++ {
			for _, p := range l.dots[[2]int{i, j}] {
				if r.holds(p) {
					n++
				}
			}
		}
	}
	return n
}

const referenceStep = 15.0 // from line to line of a label

// place writes lines, w × h large, at that place of their lower left corner
// where they cover least.
func (d *drawing) place(lines []string, taken *labels, w, h float64, places ...point) {
	best, cost := rect{}, math.Inf(1)
	for i, at := range places {
		r := rect{at.x, at.y - h, at.x + w, at.y}
		if c := taken.cost(rect{r.x0 - 1, r.y0 - 2, r.x1 + 1, r.y1 + 2}) + float64(i)/10; i == 0 || c < cost {
			best, cost = r, c
		}
	}
	taken.add(best)
	for k, line := range lines {
		d.label(line, best.x0, best.y1-referenceStep*float64(len(lines)-1-k), tickSize, 0, ink)
	}
}

// size is that of lines of a label.
func (d *drawing) size(lines []string) (w, h float64) {
	return d.text.Widest(lines, tickSize), capHeight*tickSize + referenceStep*float64(max(len(lines)-1, 0))
}

// near is the place for a label of w × h near at that covers least, and whether
// it is far enough for a line to lead there; ok is false if there is no room.
func (l *labels) near(at point, w, h float64) (best rect, leader, ok bool) {
	const tolerable = 4
	cost := float64(tolerable)
	for i, away := range []float64{8, 16, 26, 38, 52} {
		for _, dir := range []point{{0.7, -0.7}, {-0.7, -0.7}, {0.7, 0.7}, {-0.7, 0.7}, {0, -1}, {0, 1}, {1, 0}, {-1, 0}} {
			cx, cy := at.x+dir.x*(away+w/2), at.y+dir.y*(away+h/2)
			r := rect{cx - w/2, cy - h/2, cx + w/2, cy + h/2}
			c := l.cost(rect{r.x0 - 2, r.y0 - 2, r.x1 + 2, r.y1 + 2}) + float64(i)/2
			if c < cost {
				best, cost, leader = r, c, i > 0
			}
		}
	}
	return best, leader, cost < tolerable
}

// placeLabel writes s near at, with a line between them where it is far, or not at
// all if there is no room.
func (d *drawing) placeLabel(s string, at point, taken *labels) {
	best, leader, ok := taken.near(at, d.text.Width(s, tickSize), capHeight*tickSize)
	if !ok {
		return
	}
	if leader {
		edge := point{min(max(at.x, best.x0), best.x1), min(max(at.y, best.y0), best.y1)}
		d.line(stroke{color: softInk, width: 0.8}, at, edge)
		taken.along(at, edge)
	}
	taken.add(best)
	d.label(s, best.x0, best.y1, tickSize, 0, ink)
}

// references draws the lines of HLine and VLine, with each label at that end and
// on that side of its line where it covers least.
func (f *Figure) references(d *drawing, p plane, taken *labels) {
	s := stroke{color: softInk, width: 1.4, dash: []float64{1.5, 3}}
	f = &Figure{hlines: f.y.shown(f.hlines), vlines: f.x.shown(f.vlines)}
	for _, l := range f.hlines {
		a, b := point{p.box.x0, p.y.px(l.at)}, point{p.box.x1, p.y.px(l.at)}
		d.line(s, a, b)
		taken.along(a, b)
	}
	for _, l := range f.vlines {
		a, b := point{p.x.px(l.at), p.box.y1}, point{p.x.px(l.at), p.box.y0}
		d.line(s, a, b)
		taken.along(a, b)
	}
	const away, inset = 5, 6
	for _, l := range f.hlines {
		lines := d.text.Wrap(l.label, tickSize, p.box.x1-p.box.x0-2*inset)
		w, h := d.size(lines)
		v, left, right := p.y.px(l.at), p.box.x0+inset, p.box.x1-inset-w
		d.place(lines, taken, w, h, point{right, v - away}, point{left, v - away}, point{right, v + away + h}, point{left, v + away + h})
	}
	for _, l := range f.vlines {
		v := p.x.px(l.at)
		lines := d.text.Wrap(l.label, tickSize, max(p.box.x1-v, v-p.box.x0)-away-inset)
		w, h := d.size(lines)
		top, bottom := p.box.y0+inset+h, p.box.y1-inset
		d.place(lines, taken, w, h, point{v + away, top}, point{v - away - w, top}, point{v + away, bottom}, point{v - away - w, bottom},
			point{v + away, top + 2*h}, point{v - away - w, top + 2*h})
	}
}
