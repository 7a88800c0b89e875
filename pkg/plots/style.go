package plots

import (
	"image/color"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 0xff}
}

// The figure's own colors; text has a contrast of 4.5 : 1 and more against the
// ground and all tints of the contours.
var (
	ground   = rgb(0xfdfdfb)
	ink      = rgb(0x1f2328)
	softInk  = rgb(0x4a5058)
	frameInk = rgb(0x8a9097)
	gridInk  = rgb(0xe6e7e6)
)

// The course's palette, in the spirit of Okabe and Ito's but darker: each color
// has 3 : 1 against the ground and the tints of contours, and the first ones of
// the families stay apart for the color-blind. A family's later members serve
// further runs of the same method.
var families = [][]color.NRGBA{
	{rgb(0x1768e1), rgb(0x0d2349), rgb(0x1a626c), rgb(0x582a94)}, // blue
	{rgb(0xc86808), rgb(0x411312), rgb(0x865857), rgb(0x5c3d0d)}, // orange
	{rgb(0x146146), rgb(0x168e92), rgb(0x043306)},                // green
	{rgb(0xaa1399), rgb(0x3c0a44), rgb(0xad6f76), rgb(0x6d3e48)}, // magenta
	{rgb(0x271e67), rgb(0x706ff8), rgb(0x83678b), rgb(0x5036bc)}, // indigo
	{rgb(0x4e1d06), rgb(0x8f7f56), rgb(0x983014)},                // brown
}

// methods fixes family and shade of each method, the same in all lessons; two
// methods of one shade stand in one figure only if nothing else is free.
var methods = map[string][2]int{
	"SGD": {0, 0}, "ASGD": {0, 1}, "Rprop": {0, 2},
	"Momentum": {1, 0}, "LARS": {1, 1}, "Muon": {1, 2}, "Lion": {1, 3},
	"AdaGrad": {2, 0}, "AdaDelta": {2, 1}, "Adafactor": {2, 2},
	"RMSProp": {3, 0}, "Adamax": {3, 1}, "AdaBelief": {3, 2}, "Yogi": {3, 3},
	"Adam": {4, 0}, "AdamW": {4, 1}, "AMSGrad": {4, 2}, "NAdam": {4, 3}, "RAdam": {4, 1}, "LAMB": {4, 2}, "SparseAdam": {4, 3}, "AdamAsWritten": {4, 1},
	"Nesterov": {5, 0}, "Lookahead": {5, 1}, "SWA": {5, 2},
}

// Dashes and markers are the second channel, for eyes and printers that do not
// see colors. Dots are for the lines of HLine and VLine.
var (
	dashes       = [][]float64{nil, {9, 3.5}, {4, 2.5}, {10, 3, 3, 3}, {16, 4}, {7, 6}}
	theoryDashes = [][]float64{{6, 4}, {3, 3}, {10, 3, 3, 3}, {14, 4}}
)

type marker int

const (
	disk marker = iota
	square
	triangle
	diamond
	openSquare
	openDiamond
	ring
	cross
)

// Steps of a path lie beside each other, measured points often on each other:
// there every second marker is open, so that the one below is seen.
var (
	pathMarkers  = []marker{disk, square, triangle, diamond, ring, cross}
	pointMarkers = []marker{disk, openSquare, triangle, openDiamond, cross, ring}
)

// style is how one series looks.
type style struct {
	color color.NRGBA
	dash  []float64
	track []float64 // the dash of a path: nil but from the third run of a method on
	path  marker    // for the steps of a path
	point marker    // for measured points
}

// styles returns a style for each name: its method's color where it names one
// ("SGD(η=0.1)"), else the next color of the palette. Runs of one method differ
// in shade, dash and marker.
func styles(names []string) []style {
	named := map[int]bool{}
	for _, name := range names {
		if m, ok := method(name); ok {
			named[m[0]] = true
		}
	}
	free := []int{}
	for f := range families {
		if !named[f] {
			free = append(free, f)
		}
	}
	if len(free) == 0 {
		free = []int{0}
	}
	// shade returns the wanted one, or the next that is free
	used := map[[2]int]bool{}
	shade := func(family, want int) color.NRGBA {
		n := len(families[family])
		at := [2]int{family, want % n}
		for k := range n {
			if next := [2]int{family, (want + k) % n}; !used[next] {
				at = next
				break
			}
		}
		used[at] = true
		return families[family][at[1]]
	}
	out := make([]style, len(names))
	runs := map[[2]int]int{} // of each method
	others := 0
	for i, name := range names {
		m, ok := method(name)
		if !ok {
			m = [2]int{free[others%len(free)], others / len(free)}
			others++
		}
		var track []float64
		if runs[m]++; ok && runs[m] > 2 {
			track = dashes[(runs[m]-1)%len(dashes)]
		}
		out[i] = style{color: shade(m[0], m[1]), dash: dashes[i%len(dashes)], track: track,
			path: pathMarkers[i%len(pathMarkers)], point: pointMarkers[i%len(pointMarkers)]}
	}
	return out
}

// method returns family and shade of the method that a name begins with.
func method(name string) ([2]int, bool) {
	if end := strings.IndexAny(name, "( ,:"); end >= 0 {
		name = name[:end]
	}
	m, ok := methods[name]
	return m, ok
}

// mark draws m around c with radius r.
func (d *drawing) mark(m marker, c point, r float64, col color.NRGBA) {
	open := stroke{color: col, width: 1.6}
	switch m {
	case disk:
		d.fill(col, circle(c, r)...)
	case square:
		d.fill(col, polygon(c, 1.2*r, 4, math.Pi/4)...)
	case openSquare:
		d.outline(open, polygon(c, 1.45*r, 4, math.Pi/4)...)
	case openDiamond:
		d.outline(open, polygon(c, 1.5*r, 4, 0)...)
	case triangle:
		d.fill(col, polygon(point{c.x, c.y + 0.15*r}, 1.3*r, 3, -math.Pi/2)...)
	case diamond:
		d.fill(col, polygon(c, 1.3*r, 4, 0)...)
	case ring:
		d.outline(open, circle(c, 1.1*r)...)
	case cross:
		d.line(open, point{c.x - r, c.y - r}, point{c.x + r, c.y + r})
		d.line(open, point{c.x - r, c.y + r}, point{c.x + r, c.y - r})
	}
}

// pretty writes the formulas in a method's name as they are printed: β₁ for β1,
// 10⁻⁸ for 1e-08. A name of blanks is none.
func pretty(name string) string {
	name = strings.TrimSpace(name)
	name = strings.NewReplacer("β1", "β₁", "β2", "β₂", "-", "-").Replace(name)
	return exponents(name)
}

// faded is c for bands, pale enough for lines to be seen over it.
func faded(c color.NRGBA) color.NRGBA { c.A = 0x30; return c }

// exponents writes 1e-08 as 10⁻⁸ and 2.5e+30 as 2.5×10³⁰.
func exponents(s string) string {
	return inE().ReplaceAllStringFunc(s, func(m string) string {
		v, err := strconv.ParseFloat(m, 64)
		if err != nil {
			return m
		}
		return format(v, 17)
	})
}

var inE = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\d(\.\d+)?e[+-]\d+`) })
