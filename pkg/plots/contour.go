package plots

import (
	"image"
	"image/color"
	"math"

	"descent/pkg/surface"
)

var (
	contourInk = rgb(0x9aa7b4)
	lowest     = rgb(0xdde6ee)
	arrowInk   = rgb(0x2f5d8a)
	startInk   = ink
	minimumInk = rgb(0xb00020)
)

// grid holds f at nx × ny places of a plane.
type grid struct {
	xs, ys []float64
	f      [][]float64 // f[j][i] at (xs[i], ys[j])
}

func sampled(s *surface.Surface, x, y scale, nx, ny int) grid {
	g := grid{xs: make([]float64, nx), ys: make([]float64, ny), f: make([][]float64, ny)}
	for i := range g.xs {
		g.xs[i] = x.value(float64(i) / float64(nx-1))
	}
	for j := range g.ys {
		g.ys[j] = y.value(float64(j) / float64(ny-1))
		g.f[j] = make([]float64, nx)
		for i, x := range g.xs {
			g.f[j][i] = s.F(x, g.ys[j])
		}
	}
	return g
}

// levels returns up to seven heights above the lowest value, at 1, 2, 5 times
// powers of ten: each contour line is about twice as high as the last.
func (g grid) levels() []float64 {
	var all span
	for _, row := range g.f {
		for _, v := range row {
			all.add(v)
		}
	}
	if !(all.lo < all.hi) || math.IsInf(all.hi-all.lo, 0) {
		return nil
	}
	base := all.lo
	if math.Abs(base) < 1e-2*(all.hi-all.lo) {
		base = 0 // a minimum near 0 lies between the places of the grid
	}
	var levels []float64
	step := niceStep((all.hi - base) / 2.6)
	for range 7 {
		if base+step < all.hi && base+step > all.lo {
			levels = append([]float64{base + step}, levels...)
		}
		step = niceStep(step / 2.6)
	}
	return levels
}

// contour returns the lines on which f is level, as chains of points: marching
// squares with linear interpolation along the edges of the grid, the crossings
// then joined from cell to cell.
func (g grid) contour(level float64, at func(x, y float64) point) [][]point {
	nx, ny := len(g.xs), len(g.ys)
	// edge 2(jnx+i) leads from node (i, j) to the right, the next one up
	type crossing struct {
		p    point
		next [2]int // neighbors, −1 where none
		used bool
	}
	crossings := map[int]*crossing{}
	var order []int
	cross := func(i, j, side int) int {
		id := 2*(j*nx+i) + side
		if crossings[id] == nil {
			i1, j1 := i+1-side, j+side
			a, b := g.f[j][i], g.f[j1][i1]
			t := (level - a) / (b - a)
			p := at(g.xs[i]+t*(g.xs[i1]-g.xs[i]), g.ys[j]+t*(g.ys[j1]-g.ys[j]))
			crossings[id] = &crossing{p: p, next: [2]int{-1, -1}}
			order = append(order, id)
		}
		return id
	}
	join := func(a, b int) {
		for _, pair := range [][2]int{{a, b}, {b, a}} {
			c := crossings[pair[0]]
			if c.next[0] < 0 {
				c.next[0] = pair[1]
			} else {
				c.next[1] = pair[1]
			}
		}
	}
	for j := range ny - 1 {
		for i := range nx - 1 {
			sw, se, nw, ne := g.f[j][i] > level, g.f[j][i+1] > level, g.f[j+1][i] > level, g.f[j+1][i+1] > level
			if math.IsNaN(g.f[j][i] + g.f[j][i+1] + g.f[j+1][i] + g.f[j+1][i+1]) {
				continue
			}
			var hits []int
			if sw != se {
				hits = append(hits, cross(i, j, 0))
			}
			if se != ne {
				hits = append(hits, cross(i+1, j, 1))
			}
			if ne != nw {
				hits = append(hits, cross(i, j+1, 0))
			}
			if nw != sw {
				hits = append(hits, cross(i, j, 1))
			}
			switch len(hits) {
			case 2:
				join(hits[0], hits[1])
			case 4: // a saddle: the value in the middle decides
				middle := (g.f[j][i] + g.f[j][i+1] + g.f[j+1][i] + g.f[j+1][i+1]) / 4
				if (middle > level) == sw {
					join(hits[0], hits[1])
					join(hits[2], hits[3])
				} else {
					join(hits[0], hits[3])
					join(hits[1], hits[2])
				}
			}
		}
	}

	var chains [][]point
	walk := func(id int) {
		var chain []point
		for id >= 0 && !crossings[id].used {
			c := crossings[id]
			c.used = true
			chain = append(chain, c.p)
			id = c.next[0]
			if id < 0 || crossings[id].used {
				id = c.next[1]
			}
		}
		chains = append(chains, chain)
	}
	for _, id := range order { // open lines start at their ends
		if c := crossings[id]; !c.used && c.next[1] < 0 {
			walk(id)
		}
	}
	for _, id := range order {
		if c := crossings[id]; !c.used {
			first := c.p
			walk(id)
			last := len(chains) - 1
			chains[last] = append(chains[last], first)
		}
	}
	return chains
}

// tints colors the plane from contour line to contour line, darker downhill, in
// device pixels.
func (c *contours) tints(p plane, levels []float64) image.Image {
	w, h := int(2*(p.box.x1-p.box.x0)), int(2*(p.box.y1-p.box.y0))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	shades := make([]color.RGBA, len(levels)+1)
	for i := range shades {
		shades[i] = color.RGBA(shade(i, len(levels)))
	}
	xs := make([]float64, w)
	for i := range xs {
		xs[i] = p.x.value((float64(i) + 0.5) / float64(w))
	}
	for j := range h {
		y := p.y.value(1 - (float64(j)+0.5)/float64(h))
		for i, x := range xs {
			f, k := c.surface.F(x, y), 0
			for k < len(levels) && !(f <= levels[k]) {
				k++
			}
			img.SetRGBA(i, j, shades[k])
		}
	}
	return img
}

// shade is the color below the i-th of n contour lines, opaque.
func shade(i, n int) color.NRGBA {
	t := float64(n-i) / float64(max(1, n))
	mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + t*(float64(b)-float64(a)))) }
	return color.NRGBA{mix(ground.R, lowest.R), mix(ground.G, lowest.G), mix(ground.B, lowest.B), 255}
}

// height writes a contour line's value on it, where it hides least, and leaves
// it out where there is no room.
func (d *drawing) height(s string, ring [][]point, taken *labels) {
	if r, ok := taken.onRing(ring, d.text.Width(s, tickSize), capHeight*tickSize); ok {
		taken.add(r)
		d.label(s, r.x0+3, r.y1-3, tickSize, 0, softInk)
	}
}

// onRing is the place on a contour line where a label hides least, 3 pixels
// larger than w × h on each side.
func (l *labels) onRing(ring [][]point, w, h float64) (best rect, ok bool) {
	cost := 3.0
	for _, chain := range ring {
		for _, c := range chain {
			r := rect{c.x - w/2 - 3, c.y - h/2 - 3, c.x + w/2 + 3, c.y + h/2 + 3}
			// of equal places the one farthest to the lower right
			if n := l.cost(r) - (c.x+c.y)*1e-4; n < cost {
				best, cost = r, n
			}
		}
	}
	return best, cost < 1
}
