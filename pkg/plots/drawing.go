package plots

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"

	resize "golang.org/x/image/draw"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"

	"descent/pkg/plots/internal/typeset"
)

// drawing is a list of what a figure shows, in CSS pixels from the upper left
// corner; paint puts it on a canvas of any kind.
type drawing struct {
	ops   []op
	text  *typeset.Typesetter
	reels []reel  // of an animation
	aside float64 // width of the text beside histograms
}

// op fills or strokes a path, or places an image.
type op struct {
	path  vg.Path
	color color.NRGBA
	width float64 // of the line; 0 fills
	dash  []float64
	phase float64     // of the dashes
	image image.Image // two of its pixels a CSS pixel
	box   rect        // of the image
	from  int         // the step of an animation with which it appears
	area  bool        // a polygon that may have very many corners
	text  string      // whose letters the path is
}

type point struct{ x, y float64 }

// rect is a box in pixels, y pointing down.
type rect struct{ x0, y0, x1, y1 float64 }

func (r rect) holds(p point) bool { return r.x0 <= p.x && p.x <= r.x1 && r.y0 <= p.y && p.y <= r.y1 }
func (r rect) meets(o rect) bool  { return r.x0 < o.x1 && o.x0 < r.x1 && r.y0 < o.y1 && o.y0 < r.y1 }
func (r rect) within(o rect) bool {
	return o.x0 <= r.x0 && r.x1 <= o.x1 && o.y0 <= r.y0 && r.y1 <= o.y1
}

type stroke struct {
	color color.NRGBA
	width float64
	dash  []float64
}

func polyline(pts []point, closed bool) vg.Path {
	var path vg.Path
	for i, p := range pts {
		q := vg.Point{X: vg.Length(p.x), Y: vg.Length(p.y)}
		if i == 0 {
			path.Move(q)
		} else {
			path.Line(q)
		}
	}
	if closed {
		path.Close()
	}
	return path
}

func (d *drawing) fill(c color.NRGBA, pts ...point) {
	if len(pts) > 2 {
		d.ops = append(d.ops, op{path: polyline(pts, true), color: c})
	}
}

// area is fill for a polygon that may have very many corners.
func (d *drawing) area(c color.NRGBA, pts ...point) {
	n := len(d.ops)
	d.fill(c, pts...)
	for i := range d.ops[n:] {
		d.ops[n+i].area = true
	}
}

// line draws long lines in pieces, as the time of a canvas grows with the square
// of their points. Each piece begins with the last segment of the one before, so
// that the corner between them is round.
func (d *drawing) line(s stroke, pts ...point) {
	const most = 200
	phase := 0.0
	for len(pts) > 1 {
		piece := pts[:min(most, len(pts))]
		d.ops = append(d.ops, op{path: polyline(piece, false), color: s.color, width: s.width, dash: s.dash, phase: phase})
		if len(piece) == len(pts) {
			break
		}
		for i := 1; i < most-1; i++ {
			phase += math.Hypot(pts[i].x-pts[i-1].x, pts[i].y-pts[i-1].y)
		}
		pts = pts[most-2:]
	}
}

func (d *drawing) outline(s stroke, pts ...point) {
	d.ops = append(d.ops, op{path: polyline(pts, true), color: s.color, width: s.width, dash: s.dash})
}

func (d *drawing) box(r rect) []point {
	return []point{{r.x0, r.y0}, {r.x1, r.y0}, {r.x1, r.y1}, {r.x0, r.y1}}
}

// write sets s with its baseline at y; align 0 starts at x, 0.5 centers on it,
// 1 ends there.
func (d *drawing) write(s string, x, y, size, align float64, c color.NRGBA) {
	d.letter(s, x, y, size, align, c, 0)
}

// label is write with a rim in the color of the ground, for text over lines.
func (d *drawing) label(s string, x, y, size, align float64, c color.NRGBA) {
	d.letter(s, x, y, size, align, c, 3)
}

func (d *drawing) letter(s string, x, y, size, align float64, c color.NRGBA, rim float64) {
	var path vg.Path
	if align != 0 {
		x -= align * d.text.Width(s, size)
	}
	d.text.Set(&path, s, x, y, size)
	if rim > 0 {
		d.ops = append(d.ops, op{path: path, color: ground, width: rim})
	}
	d.ops = append(d.ops, op{path: path, color: c, text: s})
}

// writeLines sets lines below each other, the first with its baseline at y.
func (d *drawing) writeLines(lines []string, x, y, step, size, align float64, c color.NRGBA) {
	for k, line := range lines {
		d.write(line, x, y+float64(k)*step, size, align, c)
	}
}

// circle returns a polygon close enough to a circle of a few pixels.
func circle(c point, r float64) []point { return polygon(c, r, 24, 0) }

func polygon(c point, r float64, n int, turn float64) []point {
	pts := make([]point, n)
	for i := range pts {
		sin, cos := math.Sincos(turn + 2*math.Pi*float64(i)/float64(n))
		pts[i] = point{c.x + r*cos, c.y + r*sin}
	}
	return pts
}

func star(c point, r float64) []point {
	outer, inner := polygon(c, r, 5, -math.Pi/2), polygon(c, 0.42*r, 5, -math.Pi/2+math.Pi/5)
	var pts []point
	for i := range outer {
		pts = append(pts, outer[i], inner[i])
	}
	return pts
}

// arrowhead points from a towards b with its tip at b.
func arrowhead(a, b point, length, half float64) []point {
	dx, dy := b.x-a.x, b.y-a.y
	n := math.Hypot(dx, dy)
	if n == 0 {
		return nil
	}
	dx, dy = dx/n, dy/n
	base := point{b.x - length*dx, b.y - length*dy}
	return []point{b, {base.x - half*dy, base.y + half*dx}, {base.x + half*dy, base.y - half*dx}}
}

// check returns an error if something lies far outside of the paper: canvases
// need hours to find that none of it is seen.
func (d *drawing) check() error {
	const far = 1e4
	for _, o := range d.ops {
		for _, c := range o.path {
			if x, y := float64(c.Pos.X), float64(c.Pos.Y); !(math.Abs(x) < far && math.Abs(y) < far) {
				return fmt.Errorf("plots: the data lead to a point at pixel (%v, %v), far outside of the figure", x, y)
			}
		}
	}
	return nil
}

// paint draws on a canvas that is height high; scale is the size of a CSS
// pixel in the canvas's points.
func (d *drawing) paint(c vg.Canvas, height, scale float64) {
	at := func(p vg.Point) vg.Point {
		return vg.Point{X: p.X * vg.Length(scale), Y: vg.Length(height*scale) - p.Y*vg.Length(scale)}
	}
	raster, inPixels := c.(*vgimg.Canvas)
	for _, o := range d.ops {
		if o.image != nil {
			if inPixels { // sharper, and faster
				copyImage(raster.Image(), o, raster.DPI()/72)
				continue
			}
			c.DrawImage(vg.Rectangle{
				Min: at(vg.Point{X: vg.Length(o.box.x0), Y: vg.Length(o.box.y1)}),
				Max: at(vg.Point{X: vg.Length(o.box.x1), Y: vg.Length(o.box.y0)}),
			}, o.image)
			continue
		}
		c.SetColor(o.color)
		if o.area && inPixels {
			for _, strip := range strips(o.path, raster.DPI()/72) {
				c.Fill(moved(strip, at))
			}
			continue
		}
		path := moved(o.path, at)
		if o.width == 0 {
			c.Fill(path)
			continue
		}
		dash := make([]vg.Length, len(o.dash))
		for i, l := range o.dash {
			dash[i] = vg.Length(l * scale)
		}
		c.SetLineWidth(vg.Length(o.width * scale))
		c.SetLineDash(dash, vg.Length(o.phase*scale))
		c.Stroke(path)
	}
}

// moved is the path with at applied to its points.
func moved(path vg.Path, at func(vg.Point) vg.Point) vg.Path {
	out := make(vg.Path, len(path))
	for i, comp := range path {
		comp.Pos = at(comp.Pos)
		if n := len(comp.Control); n > 0 {
			control := make([]vg.Point, n)
			for j, p := range comp.Control {
				control[j] = at(p)
			}
			comp.Control = control
		}
		out[i] = comp
	}
	return out
}

// copyImage copies an op's image to dst, which has the given number of pixels a CSS
// pixel, pixel for pixel if that is 2.
func copyImage(dst draw.Image, o op, scale float64) {
	how := draw.Src
	if _, seeThrough := o.image.(*image.NRGBA); seeThrough {
		how = draw.Over
	}
	corner := image.Pt(int(math.Round(o.box.x0*scale)), int(math.Round(o.box.y0*scale)))
	if scale == 2 {
		draw.Draw(dst, o.image.Bounds().Add(corner), o.image, image.Point{}, how)
		return
	}
	size := image.Pt(int(math.Round(o.box.x1*scale)), int(math.Round(o.box.y1*scale)))
	resize.NearestNeighbor.Scale(dst, image.Rectangle{corner, size}, o.image, o.image.Bounds(), resize.Op(how), nil)
}
