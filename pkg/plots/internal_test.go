package plots

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"

	"descent/pkg/lang"
	"descent/pkg/plots/internal/typeset"
)

// luminance and contrast are those of WCAG 2.
func luminance(c color.NRGBA) float64 {
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func linear(v uint8) float64 {
	x := float64(v) / 255
	if x <= 0.04045 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a)+0.05, luminance(b)+0.05
	return max(x, y) / min(x, y)
}

func TestContrast(t *testing.T) {
	if got := contrast(rgb(0), rgb(0xffffff)); math.Abs(got-21) > 1e-9 {
		t.Fatalf("black on white has contrast %v, want 21", got)
	}
	for _, paper := range []color.NRGBA{ground, lowest} {
		for _, text := range []color.NRGBA{ink, softInk} {
			if c := contrast(text, paper); c < 4.5 {
				t.Errorf("text %x on %x has contrast %.2f, want 4.5", text, paper, c)
			}
		}
		lines := []color.NRGBA{arrowInk, startInk, minimumInk}
		for _, f := range families {
			lines = append(lines, f...)
		}
		for _, line := range lines {
			if c := contrast(line, paper); c < 3 {
				t.Errorf("line %x on %x has contrast %.2f, want 3", line, paper, c)
			}
		}
	}
	for _, pair := range [][2]color.NRGBA{{brokenInk, brokenTint}, {saturatedInk, ground}, {softInk, rising[0]}} {
		if c := contrast(pair[0], pair[1]); c < 3 {
			t.Errorf("%x on %x has contrast %.2f, want 3", pair[0], pair[1], c)
		}
	}
	papers := append([]color.NRGBA{mistakeTint, brokenTint}, tints...)
	for _, paper := range papers {
		if c := contrast(ink, paper); c < 4.5 {
			t.Errorf("text on %x has contrast %.2f, want 4.5", paper, c)
		}
	}
	for _, f := range families {
		if c := contrast(ground, darker(f[0])); c < 4.5 {
			t.Errorf("letters on %x have contrast %.2f, want 4.5", darker(f[0]), c)
		}
	}
	if c := contrast(minimumInk, ground); c < 4.5 {
		t.Errorf("wrong predictions have contrast %.2f, want 4.5", c)
	}
	for _, scale := range [][]color.NRGBA{rising, diverging} {
		if c := contrast(scale[0], ground); c < 1.1 {
			t.Errorf("the end %x of a color scale looks like paper, its contrast is %.2f", scale[0], c)
		}
	}
	if c := contrast(frameInk, ground); c < 3 {
		t.Errorf("the frame has contrast %.2f, want 3", c)
	}
}

// The matrices are those of Machado, Oliveira and Fernandes 2009
// (doi:10.1109/TVCG.2009.113) at full severity, for linear RGB.
var visions = map[string][3][3]float64{
	"normal":       {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// seen returns c as someone with that vision sees it, in OKLab.
func seen(c color.NRGBA, vision [3][3]float64) (lab [3]float64) {
	var rgb [3]float64
	for i, row := range vision {
		v := row[0]*linear(c.R) + row[1]*linear(c.G) + row[2]*linear(c.B)
		rgb[i] = min(max(v, 0), 1)
	}
	l := math.Cbrt(0.4122214708*rgb[0] + 0.5363325363*rgb[1] + 0.0514459929*rgb[2])
	m := math.Cbrt(0.2119034982*rgb[0] + 0.6806995451*rgb[1] + 0.1073969566*rgb[2])
	s := math.Cbrt(0.0883024619*rgb[0] + 0.2817188376*rgb[1] + 0.6299787005*rgb[2])
	return [3]float64{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}

// Two colors 0.02 apart in OKLab are just told apart side by side; lines need
// several times that.
func TestColorsStayApart(t *testing.T) {
	apart := func(what string, colors []color.NRGBA, want float64) {
		for name, vision := range visions {
			for i, a := range colors {
				for _, b := range colors[:i] {
					x, y := seen(a, vision), seen(b, vision)
					d := math.Sqrt((x[0]-y[0])*(x[0]-y[0]) + (x[1]-y[1])*(x[1]-y[1]) + (x[2]-y[2])*(x[2]-y[2]))
					if d < want {
						t.Errorf("%s, %s: %x and %x are %.3f apart, want %v", what, name, a, b, d, want)
					}
				}
			}
		}
	}
	var first []color.NRGBA
	for i, family := range families {
		first = append(first, family[0])
		apart(fmt.Sprintf("family %d", i), family, 0.06)
	}
	apart("methods", first, 0.12)
}

// A color scale gets darker from end to end, from the middle to both ends where
// it diverges, for every vision.
func TestColorScales(t *testing.T) {
	for name, vision := range visions {
		for what, colors := range map[string][]color.NRGBA{
			"rising": rising, "tints": tints, "diverging up": diverging[shades/2:], "diverging down": reversed(diverging[:shades/2]),
		} {
			for i := 1; i < len(colors); i++ {
				if seen(colors[i], vision)[0] >= seen(colors[i-1], vision)[0] {
					t.Errorf("%s, %s: color %d is not darker than color %d", what, name, i, i-1)
				}
			}
		}
		a, b := seen(diverging[0], vision), seen(diverging[shades-1], vision)
		if d := math.Hypot(a[1]-b[1], a[2]-b[2]); d < 0.1 {
			t.Errorf("%s: the ends of the diverging scale are %.3f apart in hue, want 0.1", name, d)
		}
	}
}

func reversed(colors []color.NRGBA) []color.NRGBA {
	out := slices.Clone(colors)
	slices.Reverse(out)
	return out
}

// Text is 9 pt and more at the size shown: 12 CSS pixels.
func TestTextSizes(t *testing.T) {
	for _, size := range []float64{titleSize, textSize, tickSize} {
		if size < 12 {
			t.Errorf("a text size is %v pixels, want 12", size)
		}
	}
}

func TestEdges(t *testing.T) {
	for _, c := range []struct {
		centers []float64
		log     bool
		want    []float64
	}{
		{[]float64{1, 2, 4}, false, []float64{0.5, 1.5, 3, 5}},
		{[]float64{1, 100}, true, []float64{0.1, 10, 1000}},
		{[]float64{3}, false, []float64{1.5, 4.5}},
		{[]float64{0}, false, []float64{-0.5, 0.5}},
	} {
		got := edges(c.centers, c.log)
		for i := range c.want {
			if len(got) != len(c.want) || math.Abs(got[i]-c.want[i]) > 1e-9*math.Abs(c.want[i]) {
				t.Errorf("edges(%v, %v) = %v, want %v", c.centers, c.log, got, c.want)
				break
			}
		}
	}
}

func TestEvenly(t *testing.T) {
	for _, c := range []struct {
		from, n int
		want    []int
	}{{0, 5, nil}, {3, 5, []int{0, 1, 2}}, {5, 5, []int{0, 1, 2, 3, 4}}, {50, 6, []int{0, 10, 20, 29, 39, 49}}} {
		if got := evenly(c.from, c.n); !slices.Equal(got, c.want) {
			t.Errorf("evenly(%d, %d) = %v, want %v", c.from, c.n, got, c.want)
		}
	}
}

func TestShares(t *testing.T) {
	for share, want := range map[float64]string{0: "0%", 0.0005: "< 0.1%", 0.0123: "1.2%", 0.5: "50%", 0.9931: "99.3%", 0.99999: "99.9%", 1: "100%"} {
		if got := percent(share); got != want {
			t.Errorf("percent(%v) = %q, want %q", share, got, want)
		}
	}
	for _, c := range []struct {
		mean, std float64
		want      string
	}{{0.5, 0.0139, "0.500 ± 0.014"}, {-0.01, 0.57, "−0.01 ± 0.57"}, {2, 0, "2.00 ± 0.00"}, {1e-8, 2e-6, "1.0×10⁻⁸ ± 2.0×10⁻⁶"}, {10000, 15000, "10,000 ± 15,000"}, {0, 1e-5, "0 ± 1.0×10⁻⁵"}, {20000, 10, "20,000 ± 10"}, {12.3, 4.56, "12.3 ± 4.6"}} {
		if got := plusMinus(c.mean, c.std); got != c.want {
			t.Errorf("plusMinus(%v, %v) = %q, want %q", c.mean, c.std, got, c.want)
		}
	}
}

// The median and quartiles are those of numpy.quantile with its default.
func TestQuartiles(t *testing.T) {
	rows := [][]float64{{7}, {1}, {2}, {10}}
	if median, lo, hi := quartiles(rows, 0); median != 4.5 || lo != 1.75 || hi != 7.75 {
		t.Errorf("quartiles of 7, 1, 2, 10: %v, %v, %v, want 4.5, 1.75, 7.75", median, lo, hi)
	}
	if median, lo, hi := quartiles(rows[:1], 0); median != 7 || lo != 7 || hi != 7 {
		t.Errorf("quartiles of 7: %v, %v, %v", median, lo, hi)
	}
}

// Neurons and inputs that are equal are found, and none that are not.
func TestWeightGroups(t *testing.T) {
	m := &weightMap{w: []float64{1, 2, 1, 3, 2, 5, 4, 5, 6, 4}, in: 2, out: 5}
	group, distinct := m.groups(true)
	if !slices.Equal(group, []int{0, 1, 0, -1, 1}) || distinct != 3 {
		t.Errorf("columns %v, %d distinct", group, distinct)
	}
	if group, distinct = m.groups(false); !slices.Equal(group, []int{-1, -1}) || distinct != 2 {
		t.Errorf("rows %v, %d distinct", group, distinct)
	}
}

// A bound is the share of values in its bins: each histogram's shares sum to 1.
func TestHistogramCounts(t *testing.T) {
	h := &histograms{saturated: &[2]float64{0.05, 0.95}}
	b := h.count(Sample{Values: []float64{0, 0.04, 0.05, 0.5, 0.95, 1, 2, math.NaN()}}, scale{lo: 0, hi: 1}, 40)
	sum := b.outside
	for _, s := range b.share {
		sum += s
	}
	if math.Abs(sum-7.0/8) > 1e-12 || b.bad != 1 || b.outside != 1.0/8 || b.zero != 1.0/8 || b.saturated != 4.0/8 {
		t.Errorf("shares sum to %v, %d bad, %v outside, %v zero, %v saturated", sum, b.bad, b.outside, b.zero, b.saturated)
	}
	if b.share[0] != 1.0/8 || b.share[1] != 1.0/8 || b.share[2] != 1.0/8 || b.share[39] != 1.0/8 {
		t.Errorf("shares %v", b.share)
	}
	want := (0 + 0.04 + 0.05 + 0.5 + 0.95 + 1 + 2) / 7
	if math.Abs(b.mean-want) > 1e-12 {
		t.Errorf("mean %v, want %v", b.mean, want)
	}
}

func TestStyles(t *testing.T) {
	alone := styles([]string{"Momentum(η=0.1, α=0.9)"})[0]
	looks := styles([]string{"SGD(η=0.1)", "B=1", "Momentum(η=0.1, α=0.9)", "SGD(η=0.95)", "B=10"})
	if looks[2].color != alone.color {
		t.Error("Momentum's color depends on what else is drawn")
	}
	var colors []color.NRGBA
	for i, l := range looks {
		if slices.Contains(colors, l.color) {
			t.Errorf("series %d has the color of an earlier one", i)
		}
		colors = append(colors, l.color)
	}
	if !slices.Contains(families[0], looks[3].color) {
		t.Error("the second run of SGD leaves SGD's family")
	}
	if m, ok := method("SGDx"); ok {
		t.Errorf("SGDx belongs to family %d", m[0])
	}
	adam, both := styles([]string{"AdamW(η=0.1)"}), styles([]string{"Adam(η=0.1)", "AdamW(η=0.1)"})
	if adam[0].color != both[1].color || both[0].color == both[1].color {
		t.Error("AdamW's color depends on what else is drawn")
	}
	if n := len(styles(make([]string, 40))); n != 40 {
		t.Errorf("%d styles for 40 names", n)
	}
}

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		v      float64
		digits int
		want   string
	}{
		{0, 4, "0"}, {0.0133268, 4, "0.01333"}, {1218, 4, "1,218"}, {123456, 3, "123,000"}, {-2.5, 4, "−2.5"},
		{1e6, 4, "10⁶"}, {-1e6, 4, "−10⁶"}, {3.2e-7, 4, "3.2×10⁻⁷"}, {1e300, 4, "10³⁰⁰"}, {999999.9, 4, "10⁶"},
		{0.0001, 4, "0.0001"}, {0.00001, 4, "10⁻⁵"}, {math.Inf(1), 4, "+∞"}, {math.Inf(-1), 4, "-∞"}, {math.NaN(), 4, "NaN"},
		{0.30000000000000004, 17, "0.30000000000000004"}, {1797, 4, "1,797"}, {-12345.678, 7, "−12,345.68"},
	} {
		if got := format(c.v, c.digits); got != c.want {
			t.Errorf("number(%v, %d) = %q, want %q", c.v, c.digits, got, c.want)
		}
	}
	for _, c := range []struct {
		v      float64
		digits int
		want   string
	}{
		{0, 3, "0"}, {0.84, 3, "0.840"}, {0.0996, 2, "0.10"}, {12, 3, "12.0"}, {1234.5, 3, "1,230"}, {-1e-6, 2, "−1.0×10⁻⁶"},
		{1e6, 3, "1.00×10⁶"}, {math.NaN(), 3, "NaN"}, {math.Inf(1), 3, "+∞"},
	} {
		if got := significant(c.v, c.digits); got != c.want {
			t.Errorf("significant(%v, %d) = %q, want %q", c.v, c.digits, got, c.want)
		}
	}
	for _, c := range []struct {
		mean, lo, hi float64
		want         string
	}{{0.84, 0.8125, 0.9, "0.840 [0.812, 0.900]"}, {1e-7, 9e-8, 2e-7, "1.00×10⁻⁷ [9.00×10⁻⁸, 2.00×10⁻⁷]"}, {53.1, 9, 1234, "53.1 [9.0, 1,234.0]"}, {0, -1, 1, "0 [−1.00, 1.00]"}} {
		if got := between(summary{mean: []float64{c.mean}, lo: []float64{c.lo}, hi: []float64{c.hi}, seeds: 2}); got != c.want {
			t.Errorf("%v between %v and %v: %q, want %q", c.mean, c.lo, c.hi, got, c.want)
		}
	}
	for name, want := range map[string]string{
		"Adam(η=0.3, β1=0.9, β2=0.999, ε=1e-08)": "Adam(η=0.3, β₁=0.9, β₂=0.999, ε=10⁻⁸)",
		"SGD(η=2.5e+30)": "SGD(η=2.5×10³⁰)",
		"B=10":           "B=10",
	} {
		if got := pretty(name); got != want {
			t.Errorf("pretty(%q) = %q, want %q", name, got, want)
		}
	}
}

// Every range has at least two ticks with labels that differ, and not many.
func TestTicks(t *testing.T) {
	ends := []float64{-1.7e308, -1e300, -12345, -1, -1e-9, 0, 5e-324, 1e-300, 1e-9, 0.3, 1, 1 + 1e-15, 7, 1000, 1e15, 1e15 + 1, 1e300, 1.7e308}
	for _, log := range []bool{false, true} {
		for _, lo := range ends {
			for _, hi := range ends {
				if lo >= hi || log && lo <= 0 {
					continue
				}
				s := scale{lo: lo, hi: hi, log: log, from: 0, to: 500}
				ticks := s.ticks(6)
				var labels []string
				for _, tick := range ticks {
					if px := s.px(tick.at); !(px >= -1 && px <= 501) {
						t.Errorf("log %v, %v to %v: tick %v lies at pixel %v", log, lo, hi, tick.at, px)
					}
					if tick.label != "" {
						labels = append(labels, tick.label)
					}
				}
				if len(labels) < 2 || len(labels) > 14 || len(ticks) > 120 || labels[0] == labels[len(labels)-1] {
					t.Errorf("log %v, %v to %v: %d ticks with labels %q", log, lo, hi, len(ticks), labels)
				}
			}
		}
	}
}

func TestTickLabels(t *testing.T) {
	for _, c := range []struct {
		s    scale
		want string
	}{
		{scale{lo: 0, hi: 1}, "0.0 0.2 0.4 0.6 0.8 1.0"},
		{scale{lo: 0, hi: 30}, "0 5 10 15 20 25 30"},
		{scale{lo: -10, hi: 10}, "−10 −5 0 5 10"},
		{scale{lo: 0, hi: 6000}, "0 1,000 2,000 3,000 4,000 5,000 6,000"},
		{scale{lo: 0, hi: 2, whole: true}, "0 1 2"},
		{scale{lo: 0.5, hi: 2000, log: true}, "1 10 100 1,000"},
		{scale{lo: 1e-3, hi: 10, log: true}, "10⁻³ 10⁻² 10⁻¹ 10⁰ 10¹"},
		{scale{lo: 0.05, hi: 3, log: true}, "0.05 0.1 0.2 0.5 1 2"},
		{scale{lo: 2, hi: 2.2, log: true}, "2.00 2.05 2.10 2.15 2.20"},
		{scale{lo: 1e-30, hi: 1, log: true}, "10⁻³⁰ 10⁻²⁵ 10⁻²⁰ 10⁻¹⁵ 10⁻¹⁰ 10⁻⁵ 10⁰"},
	} {
		var labels []string
		for _, tick := range c.s.ticks(6) {
			if tick.label != "" {
				labels = append(labels, tick.label)
			}
		}
		if got := strings.Join(labels, " "); got != c.want {
			t.Errorf("%+v: labels %s, want %s", c.s, got, c.want)
		}
	}
}

func TestClip(t *testing.T) {
	lo, hi := [2]float64{-1, -1}, [2]float64{1, 1}
	for _, c := range []struct {
		a, b, p, q [2]float64
		ok         bool
	}{
		{[2]float64{0, 0}, [2]float64{0.5, 0.25}, [2]float64{0, 0}, [2]float64{0.5, 0.25}, true},
		{[2]float64{0, 0}, [2]float64{4, 2}, [2]float64{0, 0}, [2]float64{1, 0.5}, true},
		{[2]float64{-3, 0}, [2]float64{3, 0}, [2]float64{-1, 0}, [2]float64{1, 0}, true},
		{[2]float64{0, 0}, [2]float64{1e300, -1.7e308}, [2]float64{0, 0}, [2]float64{0, -1}, true},
		{[2]float64{-1.7e308, 0}, [2]float64{1.7e308, 0}, [2]float64{-1, 0}, [2]float64{1, 0}, true},
		{[2]float64{2, 2}, [2]float64{3, 3}, [2]float64{}, [2]float64{}, false},
		{[2]float64{2, 0}, [2]float64{0, 2.5}, [2]float64{}, [2]float64{}, false},
		{[2]float64{0, 5}, [2]float64{0, 6}, [2]float64{}, [2]float64{}, false},
	} {
		p, q, ok := clip(c.a, c.b, lo, hi)
		near := func(u, v [2]float64) bool { return math.Hypot(u[0]-v[0], u[1]-v[1]) < 1e-7 }
		if ok != c.ok || ok && (!near(p, c.p) || !near(q, c.q)) {
			t.Errorf("clip(%v, %v) = %v, %v, %v, want %v, %v, %v", c.a, c.b, p, q, ok, c.p, c.q, c.ok)
		}
	}
}

// Thinned, a line still passes through its extremes.
func TestThinned(t *testing.T) {
	var pts []point
	for i := range 5000 {
		pts = append(pts, point{float64(i) / 500, math.Sin(float64(i))})
	}
	pts[1234].y, pts[4321].y = 9, -9
	out := thinned(pts)
	if len(out) > 100 || out[0] != pts[0] || out[len(out)-1] != pts[4999] || !slices.Contains(out, pts[1234]) || !slices.Contains(out, pts[4321]) {
		t.Errorf("%d points of %d are left, the extremes among them: %v, %v", len(out), len(pts), slices.Contains(out, pts[1234]), slices.Contains(out, pts[4321]))
	}
	if got := thinned(nil); len(got) != 0 {
		t.Errorf("thinned(nil) = %v", got)
	}
}

// The contour lines of a quadratic are ellipses on which f has its value, and
// close.
func TestContour(t *testing.T) {
	f := func(x, y float64) float64 { return x*x/20 + y*y }
	g := grid{}
	for i := range 201 {
		g.xs = append(g.xs, -10+float64(i)/10)
	}
	for j := range 101 {
		g.ys = append(g.ys, -5+float64(j)/10)
		var row []float64
		for _, x := range g.xs {
			row = append(row, f(x, g.ys[j]))
		}
		g.f = append(g.f, row)
	}
	for _, level := range []float64{0.5, 1, 2} {
		chains := g.contour(level, func(x, y float64) point { return point{x, y} })
		if len(chains) != 1 || chains[0][0] != chains[0][len(chains[0])-1] {
			t.Fatalf("level %v: %d lines, want 1 that closes", level, len(chains))
		}
		for _, p := range chains[0] {
			if math.Abs(f(p.x, p.y)-level) > 0.01 {
				t.Errorf("level %v: f(%v, %v) = %v", level, p.x, p.y, f(p.x, p.y))
			}
		}
	}
	// at a saddle the two branches keep to their quadrants
	saddle := grid{xs: []float64{-1.05, -0.05, 0.95}, ys: []float64{-1.05, -0.05, 0.95}}
	for _, y := range saddle.ys {
		saddle.f = append(saddle.f, []float64{-1.05 * y, -0.05 * y, 0.95 * y})
	}
	for level, apart := range map[float64]bool{0.2: true, -0.2: false} {
		for _, chain := range saddle.contour(level, func(x, y float64) point { return point{x, y} }) {
			for _, p := range chain {
				if (p.x*p.y > 0) != apart || (p.x > 0) != (chain[0].x > 0) {
					t.Errorf("level %v of xy: the branch from %v reaches %v", level, chain[0], p)
				}
			}
		}
	}
	if open := g.contour(10, func(x, y float64) point { return point{x, y} }); len(open) != 2 {
		t.Errorf("level 10 leaves the picture to both sides, but has %d lines, want 2", len(open))
	}
}

// The caption's characters that Markdown would take as its own are escaped.
func TestEscapeMarkdown(t *testing.T) {
	got := escapeMarkdown("f = 1: f*g_h $x$ `c` <b> [a] |x| 0~1 \\")
	want := "f\u00a0=\u00a01: f\\*g\\_h \\$x\\$ \\`c\\` &lt;b&gt; \\[a\\] \\|x\\| 0\\~1 \\\\"
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// The arrow of the last step ends at the ring, with its head on the way there.
func TestLastStep(t *testing.T) {
	d := &drawing{}
	d.lastStep(point{10, 20}, point{40, 60}, ink) // 50 pixels long
	head := d.ops[len(d.ops)-1]
	var tip vg.Point
	if head.width != 0 || len(head.path) == 0 {
		t.Fatal("no head")
	}
	tip = head.path[0].Pos
	if math.Abs(float64(tip.X)-35.8) > 1e-9 || math.Abs(float64(tip.Y)-54.4) > 1e-9 {
		t.Errorf("the tip is at %v, want 7 pixels before (40, 60)", tip)
	}
	for _, o := range d.ops {
		for _, c := range o.path {
			if math.Hypot(float64(c.Pos.X)-40, float64(c.Pos.Y)-60) < ringRadius-1e-9 {
				t.Errorf("the arrow reaches into the ring, at %v", c.Pos)
			}
		}
	}
	d = &drawing{}
	d.lastStep(point{30, 60}, point{40, 60}, ink)
	d.lastStep(point{40, 60}, point{40, 60}, ink)
	if len(d.ops) != 0 {
		t.Error("a short step has an arrow")
	}
}

// Labels below panels that stand close keep within their own.
func TestCloseTicks(t *testing.T) {
	const gap = 20.0
	d := &drawing{text: typeset.New()}
	for _, x := range []scale{{lo: -10, hi: 10}, {lo: 0, hi: 1}, {lo: 1e-6, hi: 1, log: true}, {lo: 3.4368863082056995e38, hi: 3.4368863082056999e38}} {
		for _, box := range []rect{{0, 0, 150, 50}, {150 + gap, 0, 300 + gap, 50}, {0, 0, 70, 50}} {
			d.ops = nil
			d.xTicks(box, x, true, true)
			for _, o := range d.ops {
				for _, c := range o.path {
					if at := float64(c.Pos.X); c.Type != vg.CloseComp && (at < box.x0-1 || at > box.x1+1) {
						t.Errorf("axis from %v to %v: something below the box from %v to %v is at %v", x.lo, x.hi, box.x0, box.x1, at)
					}
				}
			}
		}
	}
}

// A bar that is cut ends below the line of the mean.
func TestCutBarsLeaveTheMeanFree(t *testing.T) {
	h := &histograms{kind: "Histograms", samples: []Sample{{Name: "a"}}}
	for i := range 1000 {
		v := 0.0
		if i%4 == 0 {
			v = float64(i%40) / 20
		}
		h.samples[0].Values = append(h.samples[0].Values, v)
	}
	f := &Figure{content: h}
	if all, _ := h.counted(f); !strings.Contains(strings.Join(h.caption(f), " "), lang.Pick("잘라", "cut")) {
		t.Fatalf("no bar is cut: %v", all[0].share)
	}
	d, _, err := f.draw()
	if err != nil {
		t.Fatal(err)
	}
	mean := 0.0
	for _, o := range d.ops { // the last line of the mean lies in the panel, the first in the legend
		if o.width == 1.6 && o.color == ink && o.path[0].Pos.Y == o.path[1].Pos.Y {
			mean = float64(o.path[0].Pos.Y)
		}
	}
	if mean < 50 {
		t.Fatalf("the mean is at %v, above the panel", mean)
	}
	for _, o := range d.ops {
		for _, c := range o.path {
			if o.width == 0 && o.color == families[0][0] && c.Type != vg.CloseComp && float64(c.Pos.Y) < mean+2 {
				t.Errorf("a bar reaches %v, the mean is at %v", c.Pos.Y, mean)
			}
		}
	}
}

// Equal inputs have another color than equal neurons.
func TestWeightMapColors(t *testing.T) {
	d, _, err := (&Figure{content: &weightMap{w: []float64{1, 1, 1, 1}, in: 2, out: 2}}).draw()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[color.NRGBA]int{}
	for _, o := range d.ops {
		if o.width == 0 {
			seen[o.color]++
		}
	}
	if seen[darker(families[0][0])] != 1 || seen[darker(families[1][0])] != 1 {
		t.Errorf("the strips have the colors %v", seen)
	}
}

// The contour lines of a plane of losses reach its edges.
func TestLossPlaneEndsAtItsContours(t *testing.T) {
	h := &heatMap{center: true, xs: []float64{-1, 0, 1}, ys: []float64{-2, 0, 2}, z: [][]float64{{1, 2, 3}, {1, 2, 3}, {1, 2, 3}}}
	d, _, err := (&Figure{content: h}).draw()
	if err != nil {
		t.Fatal(err)
	}
	reached := false
	for _, o := range d.ops {
		if o.image == nil && o.width == 1 && o.color == softInk && len(o.path) == 3 { // through three rows
			box := d.imageBox()
			reached = reached || math.Abs(float64(o.path[0].Pos.Y-o.path[2].Pos.Y))-(box.y1-box.y0) > -1e-9
		}
	}
	if !reached {
		t.Error("no line reaches from edge to edge")
	}
}

func (d *drawing) imageBox() rect {
	for _, o := range d.ops {
		if o.image != nil {
			return o.box
		}
	}
	return rect{}
}

// Two runs of a method are told apart by color and marker, further ones by their
// dashes as well.
func TestManyRunsAreDashed(t *testing.T) {
	for i, s := range styles([]string{"SGD(η=0.1)", "SGD(η=0.2)", "Adam", "SGD(η=0.3)", "SGD(η=0.4)"}) {
		if dashed := i > 2; (s.track != nil) != dashed {
			t.Errorf("path %d has the dashes %v", i, s.track)
		}
	}
}

// The schedule of 1,000 updates ends at 1,000, where a tick is.
func TestSchedulesEndAtTheirNumber(t *testing.T) {
	c := &chart{kind: "Schedules"}
	x, _ := c.scales(&Figure{content: c}, []summary{{x: []float64{0, 999}, mean: []float64{1, 2}, lo: []float64{1, 2}, hi: []float64{1, 2}}})
	if x.lo != 0 || x.hi != 1000 {
		t.Errorf("the axis goes from %v to %v", x.lo, x.hi)
	}
}

func TestApart(t *testing.T) {
	for _, c := range []struct{ labels, want []span }{
		{[]span{{0, 10, true}, {20, 30, true}, {40, 50, true}}, []span{{0, 10, true}, {20, 30, true}, {40, 50, true}}},
		{[]span{{0, 30, true}, {32, 60, true}, {70, 100, true}}, []span{{0, 30, true}, {32, 60, false}, {70, 100, true}}},
		{[]span{{0, 30, true}, {40, 70, true}, {72, 100, true}}, []span{{0, 30, true}, {40, 70, false}, {72, 100, true}}},
		{[]span{{0, 30, true}, {40, 40, false}}, []span{{0, 30, true}, {40, 40, false}}},
		{[]span{{0, 30, true}, {25, 55, true}}, []span{{0, 30, false}, {25, 55, true}}},
		{[]span{{0, 30, true}, {10, 40, true}, {25, 55, true}}, []span{{0, 30, false}, {10, 40, false}, {25, 55, true}}},
		{nil, nil},
	} {
		got := slices.Clone(c.labels)
		if apart(got); !slices.Equal(got, c.want) {
			t.Errorf("of %v stay %v, want %v", c.labels, got, c.want)
		}
	}
}

func TestSliderNames(t *testing.T) {
	t.Cleanup(func() { lang.Lang = "" })
	for _, c := range []struct {
		language, name, want string
	}{{"ko", "층", "3층"}, {"ko", "에폭", "3에폭"}, {"ko", "온도", "온도 3"}, {"ko", "η", "η = 3"}, {"en", "Layer", "layer 3"}, {"en", "B", "B = 3"}} {
		lang.Lang = c.language
		if got := (Slider{Name: c.name}).at(3); got != c.want {
			t.Errorf("%s at 3 is %q, want %q", c.name, got, c.want)
		}
	}
}
