package apng

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/png"
	"slices"
)

// EncodeStill writes img as a PNG with a palette, about a third of the size of one
// with true colors.
func EncodeStill(img image.Image) ([]byte, error) {
	var b bytes.Buffer
	if rgba, ok := img.(*image.RGBA); ok {
		img = Quantize(128, rgba)[0]
	}
	err := png.Encode(&b, img)
	return b.Bytes(), err
}

// Quantize maps the colors of the images to n, the same for all: the most
// frequent ones as they are, for the blends along the edges of letters and lines
// one for each cell of a 4-bit grid, and what is left to the nearest of these.
func Quantize(n int, images ...*image.RGBA) []*image.Paletted {
	type entry struct {
		color uint32
		n     int
	}
	counts := map[uint32]int{}
	for _, img := range images {
		eachRun(img, func(_, n int, c uint32) { counts[c] += n })
	}
	var colors []entry
	for c, n := range counts {
		colors = append(colors, entry{c, n})
	}
	byCount := func(a, b entry) int { return cmp.Or(b.n-a.n, cmp.Compare(a.color, b.color)) }
	slices.SortFunc(colors, byCount)

	exact := 3 * n / 4
	chosen := slices.Clone(colors[:min(exact, len(colors))])
	var blends []entry
	cells := map[uint32]int{}
	for _, e := range colors[len(chosen):] {
		cell := e.color & 0xf0f0f0
		i, ok := cells[cell]
		if !ok {
			i = len(blends)
			cells[cell] = i
			blends = append(blends, entry{color: e.color})
		}
		blends[i].n += e.n
	}
	slices.SortFunc(blends, byCount)
	chosen = append(chosen, blends[:min(n-len(chosen), len(blends))]...)

	palette := make(color.Palette, len(chosen))
	for i, e := range chosen {
		palette[i] = color.RGBA{uint8(e.color >> 16), uint8(e.color >> 8), uint8(e.color), 0xff}
	}
	nearest := map[uint32]uint8{}
	for c := range counts {
		best, index := 1<<30, 0
		for i, e := range chosen {
			r, g, b := channel(c, 16)-channel(e.color, 16), channel(c, 8)-channel(e.color, 8), channel(c, 0)-channel(e.color, 0)
			if d := r*r + g*g + b*b; d < best {
				best, index = d, i
			}
		}
		nearest[c] = uint8(index)
	}
	var all []*image.Paletted
	for _, img := range images {
		out := image.NewPaletted(img.Rect, palette)
		eachRun(img, func(from, n int, c uint32) {
			index := nearest[c]
			for i := from; i < from+n; i++ {
				out.Pix[i] = index
			}
		})
		all = append(all, out)
	}
	return all
}

func channel(c uint32, shift int) int { return int(c >> shift & 0xff) }

// eachRun calls visit for each run of n equal pixels, counted over the whole
// image.
func eachRun(img *image.RGBA, visit func(from, n int, c uint32)) {
	n := len(img.Pix) / 4
	at := func(i int) uint32 {
		p := img.Pix[4*i : 4*i+3 : 4*i+3]
		return uint32(p[0])<<16 | uint32(p[1])<<8 | uint32(p[2])
	}
	for from := 0; from < n; {
		c, to := at(from), from+1
		for to < n && at(to) == c {
			to++
		}
		visit(from, to-from, c)
		from = to
	}
}
