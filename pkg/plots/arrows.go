package plots

import (
	"fmt"
	"math"
	"strings"

	"descent/pkg/optim"
)

// StepArrows marks the direction of each step of a trajectory with an arrowhead
// where the step is long enough.
func (f *Figure) StepArrows() *Figure { return f.arrows("StepArrows", "step") }

// Velocity draws the velocity v of Momentum or Nesterov at the points of a
// trajectory, the longest 50 pixels long.
func (f *Figure) Velocity() *Figure { return f.arrows("Velocity", "velocity") }

func (f *Figure) arrows(setter, kind string) *Figure {
	switch c := f.content.(type) {
	case *contours:
		c.arrowed = kind
		if c.kind != "Field" {
			return f
		}
	case *comparison:
		c.arrowed = kind
		return f
	}
	f.setterErr = fmt.Errorf("plots: %s is for Trajectory and Trajectories only", setter)
	return f
}

func hasVelocity(method string) bool {
	return strings.HasPrefix(method, "Momentum") || strings.HasPrefix(method, "Nesterov")
}

// moving draws the arrows that were asked for on a path, up to step until; their
// lengths are those of the whole path.
func (c *contours) moving(d *drawing, p plane, path *optim.Path, look style, until int) {
	last, _ := visible(p, path)
	shown := min(last, until)
	// of very many arrows those that begin in a square of their own are drawn
	const most, pitch = 1000, 8.0
	drawn, known := 0, map[[2]int]bool{}
	room := func(at point) bool {
		square := [2]int{int(at.x / pitch), int(at.y / pitch)}
		if drawn++; drawn > most && known[square] {
			return false
		}
		known[square] = true
		return true
	}
	switch c.arrowed {
	case "step":
		var before point
		for t := 1; t <= shown; t++ {
			if !p.holds(path.W[t-1][0], path.W[t-1][1]) || !p.holds(path.W[t][0], path.W[t][1]) {
				continue
			}
			a, b := p.at(path.W[t-1][0], path.W[t-1][1]), p.at(path.W[t][0], path.W[t][1])
			tip := point{a.x + 0.58*(b.x-a.x), a.y + 0.58*(b.y-a.y)}
			if math.Hypot(b.x-a.x, b.y-a.y) > 18 && math.Hypot(tip.x-before.x, tip.y-before.y) > 7 && room(tip) {
				d.fill(look.color, arrowhead(a, tip, 9, 4)...)
				before = tip
			}
		}
	case "velocity":
		const longest, apart = 50.0, 20.0
		ux, uy := (p.x.to-p.x.from)/(p.x.hi-p.x.lo), (p.y.to-p.y.from)/(p.y.hi-p.y.lo)
		v := path.Vars["v"]
		length := func(t int) float64 {
			if t >= len(v) || len(v[t]) != 2 {
				return 0
			}
			return math.Hypot(v[t][0]*ux, v[t][1]*uy)
		}
		most := 0.0
		for t := 1; t <= last; t++ {
			if n := length(t); p.holds(path.W[t][0], path.W[t][1]) && !math.IsInf(n, 0) {
				most = max(most, n)
			}
		}
		before := point{-1e3, -1e3}
		for t := 1; t <= shown; t++ {
			n := length(t)
			if n == 0 || math.IsInf(n, 0) || math.IsNaN(n) || !p.holds(path.W[t][0], path.W[t][1]) {
				continue
			}
			a := p.at(path.W[t][0], path.W[t][1])
			k := longest / most
			b := point{a.x + k*v[t][0]*ux, a.y + k*v[t][1]*uy}
			if k*n < 6 || math.Hypot(a.x-before.x, a.y-before.y) < apart || !room(a) {
				continue
			}
			if parts := clipped([]point{a, b}, p.box); len(parts) == 1 {
				d.arrow(parts[0][0], parts[0][1], ink)
			}
			before = a
		}
	}
}
