package plots

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"descent/pkg/lang"
	"descent/pkg/optim"
	"descent/pkg/surface"
)

// Trajectory draws the contour lines of s and the paths of one or more runs on
// it, with start, minimum and step numbers. A path that leaves the picture ends
// at its edge in an arrow, and the caption says at which step.
func Trajectory(s *surface.Surface, paths ...*optim.Path) *Figure {
	return &Figure{content: &contours{surface: s, paths: paths, kind: "Trajectory"}}
}

// contours is a surface from above, with paths or arrows on it.
type contours struct {
	surface *surface.Surface
	paths   []*optim.Path
	kind    string
	arrowed string // "step" or "velocity"
}

func (c *contours) check(f *Figure) error {
	switch {
	case c.surface == nil:
		return fmt.Errorf("plots: %s: the surface is nil", c.kind)
	case c.surface.F == nil || c.kind == "Field" && c.surface.Gradient == nil:
		return fmt.Errorf("plots: %s: the surface has no F or no Gradient", c.kind)
	case c.kind != "Field" && len(c.paths) == 0:
		return fmt.Errorf("plots: %s needs at least one path", c.kind)
	case f.x.log || f.y.log:
		return fmt.Errorf("plots: %s has no logarithmic axes", c.kind)
	case len(f.curves) > 0:
		return fmt.Errorf("plots: %s has no place for Line %q", c.kind, f.curves[0].name)
	}
	for i, p := range c.paths {
		if p == nil {
			return fmt.Errorf("plots: %s: path %d is nil", c.kind, i)
		}
		name := named(i, p)
		if len(p.W) == 0 {
			if p.Err != nil {
				return fmt.Errorf("plots: %s: %s has no points: %w", c.kind, name, p.Err)
			}
			return fmt.Errorf("plots: %s: %s has no points", c.kind, name)
		}
		if c.arrowed == "velocity" && len(p.Vars["v"]) == 0 || c.arrowed == "velocity" && !hasVelocity(p.Method) {
			return fmt.Errorf("plots: %s: %s keeps no velocity v, as Momentum and Nesterov do", c.kind, name)
		}
		for t, w := range p.W {
			if len(w) != 2 {
				return fmt.Errorf("plots: %s: %s has %s at step %d, allowed are 2", c.kind, name, plural(len(w), "coordinate"), t)
			}
			if bad := w[0] + w[1]; math.IsNaN(bad) || math.IsInf(w[0], 0) || math.IsInf(w[1], 0) {
				return fmt.Errorf("plots: %s: %s is at %v at step %d, allowed are finite numbers", c.kind, name, w, t)
			}
		}
	}
	x, y := c.view(f)
	for _, a := range []scale{x, y} {
		if !(a.lo < a.hi) || math.IsInf(a.hi-a.lo, 0) {
			return fmt.Errorf("plots: %s: an axis goes from %v to %v, allowed are finite numbers lo < hi no more than 1e308 apart", c.kind, a.lo, a.hi)
		}
	}
	return nil
}

// named names a path in an error.
func named(i int, p *optim.Path) string {
	return cmp.Or(strings.TrimSpace(p.Method), fmt.Sprintf("path %d", i))
}

func (c *contours) title() string { return c.formula() }

func (c *contours) formula() string {
	if strings.TrimSpace(c.surface.Formula) == "" {
		return "f(x, y)"
	}
	return "f(x, y) = " + c.surface.Formula
}

func (c *contours) view(f *Figure) (x, y scale) {
	s := c.surface
	x, y = scale{lo: s.Min[0], hi: s.Max[0]}, scale{lo: s.Min[1], hi: s.Max[1]}
	if f.x.ranged {
		x.lo, x.hi = f.x.lo, f.x.hi
	}
	if f.y.ranged {
		y.lo, y.hi = f.y.lo, f.y.hi
	}
	return x, y
}

func (c *contours) labels(f *Figure) (x, y string) {
	return cmp.Or(f.x.label, "x"), cmp.Or(f.y.label, "y")
}

func (c *contours) startSeen(x, y scale) bool {
	return slices.ContainsFunc(c.paths, func(p *optim.Path) bool { return x.holds(p.W[0][0]) && y.holds(p.W[0][1]) })
}

// minimaSeen returns the minima that lie in the picture.
func (c *contours) minimaSeen(x, y scale) (seen []surface.Point) {
	for _, m := range c.surface.Minima {
		if x.holds(m[0]) && y.holds(m[1]) {
			seen = append(seen, m)
		}
	}
	return seen
}

func (c *contours) draw(f *Figure, d *drawing, top float64) float64 {
	x, y := c.view(f)
	// one unit is as long upwards as to the right where that leaves a
	// reasonable height: only then arrows cross contour lines at right angles
	height := min(max((width-70)*(y.hi-y.lo)/(x.hi-x.lo), 230), 430)
	var names []string
	for _, p := range c.paths {
		names = append(names, p.Method)
	}
	looks := styles(names)
	xLabel, yLabel := c.labels(f)
	p := f.axes(d, top, height, x, y, c.legend(looks, x, y), xLabel, yLabel)

	const cell = 3 // pixels
	g := sampled(c.surface, p.x, p.y, int((p.box.x1-p.box.x0)/cell)+1, int((p.box.y1-p.box.y0)/cell)+1)
	levels := g.levels()
	d.ops = append(d.ops, op{image: c.tints(p, levels), box: p.box})
	rings := make([][][]point, len(levels))
	for i, level := range levels {
		rings[i] = g.contour(level, p.at)
		for _, chain := range rings[i] {
			d.line(stroke{color: contourInk, width: 1}, chain...)
		}
	}
	taken := &labels{box: p.box}
	if c.kind == "Field" {
		c.arrows(d, p, taken)
	}
	d.moving(c.steps(), func(t int) {
		for i, path := range c.paths {
			d.path(p, upTo(path, t), looks[i], taken)
			c.moving(d, p, path, looks[i], t)
		}
	})
	for _, path := range c.paths {
		if w := path.W[0]; p.holds(w[0], w[1]) {
			at := p.at(w[0], w[1])
			d.start(at)
			taken.add(rect{at.x - 7, at.y - 7, at.x + 7, at.y + 7})
		}
	}
	for _, m := range c.surface.Minima {
		if p.holds(m[0], m[1]) {
			at := p.at(m[0], m[1])
			d.minimum(at)
			taken.add(rect{at.x - 9, at.y - 9, at.x + 9, at.y + 9})
		}
	}
	if len(c.paths) == 1 {
		d.numbers(p, c.paths[0], taken)
	}
	for i := range levels {
		d.height(format(levels[i], 3), rings[i], taken)
	}
	d.frame(p)
	f.references(d, p, taken)
	d.moving(c.steps(), func(t int) {
		if t != whole {
			c.now(d, p, looks, t, yLabel)
		}
	})
	return p.below
}

func (d *drawing) minimum(at point) {
	d.fill(ground, star(at, 9.5)...)
	d.fill(minimumInk, star(at, 7.5)...)
}

func (d *drawing) start(at point) {
	d.fill(ground, circle(at, 6.5)...)
	d.outline(stroke{color: startInk, width: 1.8}, circle(at, 5.2)...)
}

func (c *contours) legend(looks []style, x, y scale) []entry {
	var entries []entry
	for i, look := range looks {
		p := c.paths[i]
		entries = append(entries, entry{pretty(p.Method), lineSample, func(d *drawing, r rect) {
			mid := (r.y0 + r.y1) / 2
			d.line(stroke{look.color, pathWidth, look.track}, point{r.x0, mid}, point{r.x1, mid})
			d.mark(look.path, point{(r.x0 + r.x1) / 2, mid}, 3.2, look.color)
		}})
	}
	if c.arrowed == "velocity" {
		entries = append(entries, entry{lang.Pick("속도 v", "velocity v"), lineSample, func(d *drawing, r rect) {
			mid := (r.y0 + r.y1) / 2
			d.arrow(point{r.x0 + 2, mid}, point{r.x1 - 2, mid}, ink)
		}})
	}
	if c.kind == "Field" {
		entries = append(entries, entry{"−∇f", lineSample, func(d *drawing, r rect) {
			mid := (r.y0 + r.y1) / 2
			d.arrow(point{r.x0 + 2, mid}, point{r.x1 - 2, mid}, arrowInk)
		}})
	} else if c.startSeen(x, y) {
		entries = append(entries, entry{lang.Pick("시작점", "start"), markSample, func(d *drawing, r rect) {
			d.start(point{(r.x0 + r.x1) / 2, (r.y0 + r.y1) / 2})
		}})
	}
	if len(c.minimaSeen(x, y)) > 0 {
		entries = append(entries, entry{lang.Pick("최소점", "minimum"), markSample, func(d *drawing, r rect) {
			d.minimum(point{(r.x0 + r.x1) / 2, (r.y0 + r.y1) / 2})
		}})
	}
	return entries
}

const pathWidth = 1.5

// visible is the last point of the path that is worth drawing: the last one in
// the picture, or the one after it, which lies outside.
func visible(p plane, path *optim.Path) (last int, leaves bool) {
	for t := len(path.W) - 1; t >= 0; t-- {
		if p.holds(path.W[t][0], path.W[t][1]) {
			if t == len(path.W)-1 {
				return t, false
			}
			return t + 1, true
		}
	}
	return 0, true
}

func (d *drawing) path(p plane, path *optim.Path, look style, taken *labels) {
	last, leaves := visible(p, path)
	lo, hi := [2]float64{p.x.lo, p.y.lo}, [2]float64{p.x.hi, p.y.hi}
	line := stroke{color: look.color, width: pathWidth, dash: look.track}
	var parts [][]point
	var part []point
	flush := func() {
		parts = append(parts, thinned(part))
		part = nil
	}
	var tip []point
	for t := 1; t <= last; t++ {
		a, b := [2]float64(path.W[t-1]), [2]float64(path.W[t])
		q, r, ok := clip(a, b, lo, hi)
		if !ok {
			continue
		}
		from, to := p.at(q[0], q[1]), p.at(r[0], r[1])
		if len(part) == 0 || part[len(part)-1] != from {
			flush()
			part = []point{from}
		}
		part = append(part, to)
		if leaves && t == last {
			tip = arrowhead(from, to, 11, 5)
		}
	}
	flush()
	d.lines(line, parts, p.box, taken)
	d.fill(look.color, tip...)

	const most = 200 // markers; beyond, only the numbered steps have them
	steps := milestones(last)
	if last <= most {
		steps = nil
		for t := range last {
			steps = append(steps, t+1)
		}
	}
	var before point
	for i, t := range steps {
		at := p.at(path.W[t][0], path.W[t][1])
		if !p.box.holds(at) || i > 0 && math.Hypot(at.x-before.x, at.y-before.y) < 3 {
			continue
		}
		d.mark(look.path, at, 3, look.color)
		before = at
	}
}

// numbers writes step numbers beside the path.
func (d *drawing) numbers(p plane, path *optim.Path, taken *labels) {
	last, _ := visible(p, path)
	var numbered []point
	for _, t := range milestones(last) {
		w := path.W[t]
		at := p.at(w[0], w[1])
		near := func(o point) bool { return math.Hypot(at.x-o.x, at.y-o.y) < 8 }
		if p.holds(w[0], w[1]) && !slices.ContainsFunc(numbered, near) {
			first := len(d.ops)
			d.placeLabel(group(fmt.Sprint(t)), at, taken)
			for i := range d.ops[first:] {
				d.ops[first+i].from = t
			}
			numbered = append(numbered, at)
		}
	}
}

// milestones are the steps that get their number: 1, 2, 5, 10, 20, 50, … and
// the last.
func milestones(last int) []int {
	steps := []int{}
	if last > 0 {
		steps = append(steps, last)
	}
	for p := 1; p < last; p *= 10 {
		for _, m := range []int{1, 2, 5} {
			if m*p < last {
				steps = append(steps, m*p)
			}
		}
	}
	return steps
}
