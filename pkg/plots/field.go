package plots

import (
	"image/color"
	"math"

	"descent/pkg/surface"
)

// Field draws the contour lines of s and arrows against its gradient, −∇f, the
// way that gradient descent goes. The length of an arrow grows with the square
// root of the gradient's, so that small ones can be seen.
func Field(s *surface.Surface) *Figure {
	return &Figure{content: &contours{surface: s, kind: "Field"}}
}

func (d *drawing) arrow(a, b point, c color.NRGBA) {
	dx, dy := b.x-a.x, b.y-a.y
	n := math.Hypot(dx, dy)
	head := min(7, 0.6*n)
	d.line(stroke{color: c, width: 1.4}, a, point{b.x - dx/n*0.7*head, b.y - dy/n*0.7*head})
	d.fill(c, arrowhead(a, b, head, 0.42*head)...)
}

// arrows draws −∇f on a grid, centered on its places.
func (c *contours) arrows(d *drawing, p plane, taken *labels) {
	const pitch = 38.0
	nx := int((p.box.x1 - p.box.x0) / pitch)
	ny := int((p.box.y1 - p.box.y0) / pitch)
	// the pixel lengths of a unit, for directions as they appear
	ux, uy := (p.x.to-p.x.from)/(p.x.hi-p.x.lo), (p.y.to-p.y.from)/(p.y.hi-p.y.lo)
	type arrow struct {
		at, dir point
		norm    float64
	}
	var all []arrow
	longest := 0.0
	for j := range ny {
		for i := range nx {
			x, y := p.x.value((float64(i)+0.5)/float64(nx)), p.y.value((float64(j)+0.5)/float64(ny))
			gx, gy := c.surface.Gradient(x, y)
			norm := math.Hypot(gx, gy)
			dx, dy := -gx*ux, -gy*uy
			if n := math.Hypot(dx, dy); n > 0 && !math.IsInf(n, 0) {
				all = append(all, arrow{p.at(x, y), point{dx / n, dy / n}, norm})
				longest = max(longest, norm)
			}
		}
	}
	for _, a := range all {
		half := max(0.5*34*math.Sqrt(a.norm/longest), 2.5)
		from, to := point{a.at.x - half*a.dir.x, a.at.y - half*a.dir.y}, point{a.at.x + half*a.dir.x, a.at.y + half*a.dir.y}
		d.arrow(from, to, arrowInk)
		taken.along(from, to)
	}
}
