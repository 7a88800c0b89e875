package plots

import (
	"image"
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// What has more than mostCorners corners, or mostMarkers markers, is drawn in
// pixels: there it costs little to cover a place again, and a file does not
// grow. A line that goes to the right has fewer corners, however many points.
const mostCorners, mostMarkers = 5000, 2500

// layer is a part of a figure in one color, in pixels of which two are a CSS
// pixel: how much of each is covered, 255 for all of it.
type layer struct {
	box   rect
	w, h  int
	alpha []uint8
}

const perPixel = 2

// newLayer has room for lines and markers on the edge of the box.
func newLayer(box rect) *layer {
	const rim = 8
	box = rect{box.x0 - rim, box.y0 - rim, box.x1 + rim, box.y1 + rim}
	w, h := int(math.Ceil(perPixel*(box.x1-box.x0))), int(math.Ceil(perPixel*(box.y1-box.y0)))
	return &layer{box, w, h, make([]uint8, w*h)}
}

func (l *layer) pixel(p point) point {
	return point{perPixel * (p.x - l.box.x0), perPixel * (p.y - l.box.y0)}
}

func (l *layer) cover(x, y int, share float64) {
	if x < 0 || y < 0 || x >= l.w || y >= l.h || share <= 0 {
		return
	}
	at := y*l.w + x
	l.alpha[at] = max(l.alpha[at], uint8(255*min(share, 1)+0.5))
}

// line draws a segment unless all of it is covered; what it covers of a pixel
// follows from the distance of the pixel's middle.
func (l *layer) line(a, b point, width float64) {
	a, b = l.pixel(a), l.pixel(b)
	dx, dy := b.x-a.x, b.y-a.y
	long := max(math.Abs(dx), math.Abs(dy))
	if l.covered(a, dx, dy, long) {
		return
	}
	half := perPixel * width / 2
	square := dx*dx + dy*dy
	reach := (half + 1) * max(1, math.Sqrt(square)/max(long, 1e-9)) // along the shorter axis
	for k := range int(long) + 1 {
		t := min(float64(k)/max(long, 1e-9), 1)
		x, y := a.x+t*dx, a.y+t*dy
		for side := -math.Ceil(reach); side <= math.Ceil(reach); side++ {
			px, py := math.Floor(x), math.Floor(y+side)
			if math.Abs(dy) > math.Abs(dx) {
				px, py = math.Floor(x+side), math.Floor(y)
			}
			s := 0.0
			if square > 0 {
				s = min(max(((px+0.5-a.x)*dx+(py+0.5-a.y)*dy)/square, 0), 1)
			}
			away := math.Hypot(px+0.5-a.x-s*dx, py+0.5-a.y-s*dy)
			l.cover(int(px), int(py), half+0.5-away)
		}
	}
}

// covered looks at every third pixel of a segment.
func (l *layer) covered(a point, dx, dy, long float64) bool {
	n := int(long/3) + 1
	for k := range n + 1 {
		t := float64(k) / float64(n)
		x, y := int(a.x+t*dx), int(a.y+t*dy)
		if x < 0 || y < 0 || x >= l.w || y >= l.h || l.alpha[y*l.w+x] < 255 {
			return false
		}
	}
	return true
}

// stamps draws a marker at each of the points, once a pixel.
func (l *layer) stamps(m marker, r float64, at []point) {
	const side = 16.0
	c := vgimg.NewWith(vgimg.UseWH(side, side), vgimg.UseDPI(72*perPixel), vgimg.UseBackgroundColor(color.Transparent))
	one := &drawing{}
	one.mark(m, point{side / 2, side / 2}, r, ink)
	one.paint(c, side, 1)
	stamp := c.Image().(*image.RGBA)
	known := make([]bool, len(l.alpha))
	for _, p := range at {
		p = l.pixel(p)
		x, y := int(math.Round(p.x)), int(math.Round(p.y))
		if x < 0 || y < 0 || x >= l.w || y >= l.h || known[y*l.w+x] {
			continue
		}
		known[y*l.w+x] = true
		for j := range stamp.Rect.Dy() {
			for i := range stamp.Rect.Dx() {
				l.cover(x+i-stamp.Rect.Dx()/2, y+j-stamp.Rect.Dy()/2, float64(stamp.Pix[stamp.PixOffset(i, j)+3])/255)
			}
		}
	}
}

// put places the layer on the drawing, and takes the places that it covers.
func (l *layer) put(d *drawing, c color.NRGBA, taken *labels) {
	img := image.NewNRGBA(image.Rect(0, 0, l.w, l.h))
	for i, a := range l.alpha {
		copy(img.Pix[4*i:], []uint8{c.R, c.G, c.B, a})
	}
	d.ops = append(d.ops, op{image: img, box: rect{l.box.x0, l.box.y0, l.box.x0 + float64(l.w)/perPixel, l.box.y0 + float64(l.h)/perPixel}})
	const pitch = 3 // CSS pixels
	for y := 0; y < l.h; y += pitch * perPixel {
		for x := 0; x < l.w; x += pitch * perPixel {
			if l.alpha[y*l.w+x] > 127 {
				taken.dot(point{l.box.x0 + float64(x)/perPixel, l.box.y0 + float64(y)/perPixel})
			}
		}
	}
}

// lines draws the parts of one line in a box, as a layer if they have very many
// corners.
func (d *drawing) lines(s stroke, parts [][]point, box rect, taken *labels) {
	corners := 0
	for _, part := range parts {
		corners += len(part)
	}
	if corners <= mostCorners {
		for _, part := range parts {
			d.line(s, part...)
			taken.along(part...)
		}
		return
	}
	l := newLayer(box)
	for _, part := range parts {
		for i := 1; i < len(part); i++ {
			l.line(part[i-1], part[i], s.width)
		}
	}
	l.put(d, s.color, taken)
}

// enveloped reduces the two edges of a band to the highest and the lowest point
// in each half of a pixel's width, if they have too many corners.
func enveloped(upper, lower []point) ([]point, []point) {
	if len(upper)+len(lower) <= 2*mostCorners {
		return upper, lower
	}
	type reach struct{ top, bottom float64 }
	columns := map[int]reach{}
	first, last := math.MaxInt, math.MinInt
	for _, p := range append(upper[:len(upper):len(upper)], lower...) {
		k := int(math.Floor(2 * p.x))
		c, ok := columns[k]
		if !ok {
			c = reach{p.y, p.y}
		}
		columns[k] = reach{min(c.top, p.y), max(c.bottom, p.y)}
		first, last = min(first, k), max(last, k)
	}
	upper, lower = nil, nil
	for k := first; k <= last; k++ {
		if c, ok := columns[k]; ok {
			x := (float64(k) + 0.5) / 2
			upper, lower = append(upper, point{x, c.top}), append(lower, point{x, c.bottom})
		}
	}
	return upper, lower
}

// stripWidth is that of a piece of an area, in pixels of the canvas.
const stripWidth = 16

// strips cuts an area of very many corners into pieces side by side, since the
// time of a canvas grows with the square of what lies beside each other. Borders
// lie between pixels, of which scale are a CSS pixel, so that no seam is seen.
func strips(area vg.Path, scale float64) []vg.Path {
	const most = 1000
	if len(area) <= most {
		return []vg.Path{area}
	}
	var pts []point
	left, right := math.Inf(1), math.Inf(-1)
	for _, c := range area {
		if c.Type != vg.CloseComp {
			p := point{float64(c.Pos.X), float64(c.Pos.Y)}
			pts, left, right = append(pts, p), min(left, p.x), max(right, p.x)
		}
	}
	var out []vg.Path
	w := stripWidth / scale
	for k := math.Floor(left / w); k*w < right; k++ {
		if piece := clipColumn(pts, k*w, (k+1)*w); len(piece) > 2 {
			out = append(out, polyline(piece, true))
		}
	}
	return out
}
