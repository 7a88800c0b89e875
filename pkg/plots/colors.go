package plots

import (
	"image"
	"image/color"
	"math"
	"slices"
)

// Color scales have few steps, so that the palette of a PNG holds them all.
const shades = 32

// rising goes from light to dark, in lightness alone for those who see no hue; its
// lightest is not the paper's white, which would look like nothing measured.
var rising = ramp(rgb(0xe8f1d6), rgb(0xaed6c8), rgb(0x4f9fb6), rgb(0x2c5c98), rgb(0x171f4a))

// diverging is light at 0, for values of two signs.
var diverging = ramp(rgb(0x7a3403), rgb(0xd98a3d), rgb(0xf7f5ef), rgb(0x5a93cf), rgb(0x0d2f66))

// ramp returns shades colors from the first to the last of those given.
func ramp(stops ...color.NRGBA) []color.NRGBA {
	out := make([]color.NRGBA, shades)
	for i := range out {
		t := float64(i) / (shades - 1) * float64(len(stops)-1)
		k := min(int(t), len(stops)-2)
		t -= float64(k)
		a, b := stops[k], stops[k+1]
		mix := func(a, b uint8) uint8 { return uint8(math.Round(float64((1-t)*float64(a)) + float64(t*float64(b)))) }
		out[i] = color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
	}
	return out
}

// shade returns the color of v; what is not finite has none.
func (s scale) shade(v float64, colors []color.NRGBA) (color.NRGBA, bool) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return color.NRGBA{}, false
	}
	s.from, s.to = 0, shades
	if s.log {
		v = max(v, s.lo)
	}
	t := s.px(min(max(v, s.lo), s.hi))
	return colors[min(max(int(t), 0), shades-1)], true
}

// edges returns the borders of cells around centers that rise, halfway between
// neighbors.
func edges(centers []float64, log bool) []float64 {
	c := slices.Clone(centers)
	if log {
		for i := range c {
			c[i] = log10(c[i])
		}
	}
	n := len(c)
	out := make([]float64, n+1)
	for i := 1; i < n; i++ {
		out[i] = c[i-1]/2 + c[i]/2
	}
	if n == 1 {
		half := 0.5
		if !log {
			half = max(0.5*math.Abs(c[0]), 0.5)
		}
		out[0], out[1] = c[0]-half, c[0]+half
	} else {
		out[0], out[n] = c[0]-(out[1]-c[0]), c[n-1]+(c[n-1]-out[n-1])
	}
	if log {
		for i := range out {
			out[i] = max(math.Pow(10, out[i]), math.SmallestNonzeroFloat64)
		}
	}
	return out
}

// What is not finite is hatched with brokenInk on a pale tint.
var brokenInk, brokenTint = rgb(0xb5500a), rgb(0xf6e3d2)

// cells paints z[j][i] between the edges xs and ys of a plane, in device pixels;
// what is not finite is hatched.
func cells(p plane, xs, ys []float64, z [][]float64, s scale, colors []color.NRGBA) image.Image {
	w, h := int(2*(p.box.x1-p.box.x0)), int(2*(p.box.y1-p.box.y0))
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	at := func(edges []float64, px func(float64) float64, n int) []int {
		out := make([]int, n)
		for i := range out {
			out[i] = -1
		}
		for k := 1; k < len(edges); k++ {
			a, b := px(edges[k-1]), px(edges[k])
			if a > b {
				a, b = b, a
			}
			for i := max(0, int(math.Round(a))); i < min(n, int(math.Round(b))); i++ {
				out[i] = k - 1
			}
		}
		return out
	}
	columns := at(xs, func(v float64) float64 { return 2 * (p.x.px(v) - p.box.x0) }, w)
	rows := at(ys, func(v float64) float64 { return 2 * (p.y.px(v) - p.box.y0) }, h)
	colored, ok := make([]color.NRGBA, len(z[0])), make([]bool, len(z[0]))
	for j := range h {
		if rows[j] >= 0 && (j == 0 || rows[j] != rows[j-1]) {
			for k, v := range z[rows[j]] {
				colored[k], ok[k] = s.shade(v, colors)
			}
		}
		for i := range w {
			c := ground
			if k := columns[i]; k >= 0 && rows[j] >= 0 {
				switch {
				case ok[k]:
					c = colored[k]
				case (i+j)%12 < 2:
					c = brokenInk
				default:
					c = brokenTint
				}
			}
			at := img.PixOffset(i, j)
			copy(img.Pix[at:at+4], []uint8{c.R, c.G, c.B, 255})
		}
	}
	return img
}

// broken is the legend entry of cells that are not finite.
func broken(name string) entry {
	return entry{name, markSample, func(d *drawing, r rect) {
		box := rect{r.x0 + 1, r.y0 + 3, r.x1 - 1, r.y1 - 4}
		d.fill(brokenTint, d.box(box)...)
		d.hatch(box, brokenInk)
	}}
}

// colorBar draws the color scale with its name and returns where it ends.
func (d *drawing) colorBar(top float64, name string, s scale, colors []color.NRGBA, unit string) float64 {
	for _, line := range d.text.Wrap(name, textSize, width-2*margin) {
		d.write(line, margin, top+textSize, textSize, 0, softInk)
		top += labelHeight
	}
	const w, h = 300.0, 12.0
	left := margin + 22
	for i, c := range colors {
		x := left + w*float64(i)/shades
		d.fill(c, d.box(rect{x, top + 2, x + w/shades + 0.5*float64(min(1, shades-1-i)), top + 2 + h})...)
	}
	d.softFrame(rect{left, top + 2, left + w, top + 2 + h})
	s.from, s.to = left, left+w
	for _, t := range s.ticks(5) {
		d.tick(t, point{s.px(t.at), top + 2 + h}, point{0, 1})
		label := t.label
		if label != "" {
			label += unit
		}
		d.write(label, s.px(t.at), top+2+h+6+tickSize, tickSize, 0.5, softInk)
	}
	return top + 2 + h + 6 + tickSize + 8
}
