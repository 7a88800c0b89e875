package plots

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"

	"descent/pkg/lang"
	"descent/pkg/mlp"
)

// Sample is a named set of numbers, of which a histogram is drawn.
type Sample struct {
	Name   string
	Values []float64
}

// Histograms draws a histogram of each sample, one below the other, with the
// same axes: the share of values in each of 40 bins of equal width, or as
// many as Bins says. Beside it
// stand mean and standard deviation of all values. On a logarithmic axis (LogX)
// it shows the sizes |x| of the values, and beside it their root mean square and
// the share of zeros, which have no place there. More than ten samples are
// thinned to ten.
func Histograms(samples ...Sample) *Figure {
	return &Figure{content: &histograms{kind: "Histograms", samples: samples}}
}

// Activations draws a histogram of the activations of each layer, with their
// mean and standard deviation. Where the activation function is bounded, the
// axis spans its range, and bars in its outer 5% are marked as saturated, as
// Measures counts them. The probabilities of softmax are left out.
func Activations(t *mlp.Trace) *Figure {
	h := &histograms{kind: "Activations", label: lang.Pick("활성화 값", "Activation"), what: lang.Pick("활성화 값", "activations")}
	if t == nil {
		return &Figure{content: h}
	}
	bounded := false
	for i, m := range t.Measures() {
		if softmax := math.IsNaN(m.Dead); softmax && len(t.Layers) > 1 {
			continue
		}
		h.add(i, t.Layers[i].A)
		bounded = bounded || !math.IsNaN(m.Saturated)
	}
	if bounded {
		h.hi = 1
		for _, s := range h.samples {
			if len(s.Values) > 0 && slices.Min(s.Values) < 0 {
				h.lo = -1
			}
		}
		edge := 0.05 * (h.hi - h.lo)
		h.saturated = &[2]float64{h.lo + edge, h.hi - edge}
	}
	return &Figure{content: h}
}

// Gradients draws a histogram of the sizes |∂L/∂z| in each layer on a
// logarithmic axis, where a gradient that vanishes moves to the left from layer
// to layer. The trace must have been sent back by Gradient or Back.
func Gradients(t *mlp.Trace) *Figure {
	h := &histograms{kind: "Gradients", label: "|∂L/∂z|", what: "|∂L/∂z|"}
	f := (&Figure{content: h}).LogX()
	if t != nil {
		for i, l := range t.Layers {
			h.add(i, l.Delta)
		}
	}
	return f
}

// Weights draws a histogram of the weights of each layer.
func Weights(t *mlp.Trace) *Figure {
	h := &histograms{kind: "Weights", label: lang.Pick("가중치", "Weight"), what: lang.Pick("가중치", "weights")}
	if t != nil {
		for i, l := range t.Layers {
			h.add(i, l.W)
		}
	}
	return &Figure{content: h}
}

type histograms struct {
	kind      string
	label     string // of the horizontal axis
	what      string // the same in the plural
	samples   []Sample
	lo, hi    float64     // ends of the axis, unless equal
	saturated *[2]float64 // values below the first and above the second count as saturated
}

func (h *histograms) add(layer int, values []float64) {
	h.samples = append(h.samples, Sample{layerName(layer), values})
}

func layerName(i int) string { return fmt.Sprintf(lang.Pick("%d층", "Layer %d"), i+1) }

const (
	headroom = 0.84 // of a panel is for bars, the rest for mean ± std

	defaultBins = 40 // so that a twentieth of the axis is two of them
	maxRows     = 10
)

func (h *histograms) check(f *Figure) error {
	if len(h.samples) == 0 {
		return fmt.Errorf("plots: %s needs at least one layer or sample", h.kind)
	}
	if err := f.noLines(h.kind); err != nil {
		return err
	}
	if f.y.log {
		return fmt.Errorf("plots: %s has no logarithmic vertical axis", h.kind)
	}
	some := false
	for i, s := range h.samples {
		name := cmp.Or(s.Name, fmt.Sprintf("sample %d", i))
		if len(s.Values) == 0 {
			if h.kind == "Gradients" {
				return fmt.Errorf("plots: Gradients: %s has none, call Trace.Gradient or Trace.Back first", name)
			}
			return fmt.Errorf("plots: %s: %s has no values", h.kind, name)
		}
		some = some || slices.ContainsFunc(s.Values, func(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) })
	}
	if !some {
		return fmt.Errorf("plots: %s: nothing is finite, the first value is %v", h.kind, h.samples[0].Values[0])
	}
	return nil
}

// binned is a sample counted in bins, with what stands beside it.
type binned struct {
	name      string
	share     []float64 // of all values, in each bin
	mean, std float64
	rms       float64
	saturated float64 // share; NaN where nothing saturates
	zero      float64 // share of zeros
	bad       int     // values that are not finite
	outside   float64 // share of finite values beyond the axis
	n         int
}

// scale returns the axis that all samples share: its given ends, or those of
// the data without the outermost 0.25% of a sample at either side. Of many
// values it takes every k-th.
func (h *histograms) scale(f *Figure) scale {
	x := scale{lo: h.lo, hi: h.hi, log: f.x.log}
	switch {
	case f.x.ranged:
		x.lo, x.hi = f.x.lo, f.x.hi
		return x
	case h.lo < h.hi && !f.x.log:
		return x
	}
	const enough = 10_000
	var s span
	for _, sample := range h.samples {
		var seen []float64
		for i := 0; i < len(sample.Values); i += 1 + len(sample.Values)/enough {
			v := sample.Values[i]
			if f.x.log {
				v = math.Abs(v)
			}
			if !math.IsNaN(v) && !math.IsInf(v, 0) && !(f.x.log && v == 0) {
				seen = append(seen, v)
			}
		}
		if len(seen) == 0 {
			continue
		}
		slices.Sort(seen)
		cut := len(seen) / 400
		s.add(seen[cut])
		s.add(seen[len(seen)-1-cut])
	}
	x.lo, x.hi = s.padded(f.x.log, false)
	return x
}

func (f *Figure) binCount() int {
	if f.bins != nil {
		return *f.bins
	}
	return defaultBins
}

// count counts a sample in bins of equal width along the axis.
func (h *histograms) count(s Sample, x scale, bins int) binned {
	b := binned{name: s.Name, share: make([]float64, bins), n: len(s.Values), saturated: math.NaN()}
	lo, hi := x.lo, x.hi
	if x.log {
		lo, hi = log10(lo), log10(hi)
	}
	if h.saturated != nil {
		b.saturated = 0
	}
	finite := 0.0
	big := 0.0 // squares of 1e300 overflow
	for _, v := range s.Values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			b.bad++
			continue
		}
		finite++
		big = max(big, math.Abs(v))
	}
	for _, v := range s.Values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		b.mean += v / finite
		if v == 0 {
			b.zero++
		} else {
			b.rms += float64(v/big*(v/big)) / finite
		}
		if h.saturated != nil && (v < h.saturated[0] || v > h.saturated[1]) {
			b.saturated++
		}
		at := v
		if x.log {
			if v == 0 {
				continue
			}
			at = log10(math.Abs(v))
		}
		k := (at/2 - lo/2) / (hi/2 - lo/2) * float64(bins)
		switch {
		case k >= 0 && k < float64(bins):
			b.share[int(k)]++
		case at == hi:
			b.share[bins-1]++
		default:
			b.outside++
		}
	}
	for _, v := range s.Values {
		if big > 0 && !math.IsNaN(v) && !math.IsInf(v, 0) {
			b.std += float64((v/big-b.mean/big)*(v/big-b.mean/big)) / finite
		}
	}
	n := float64(len(s.Values))
	b.zero, b.saturated, b.outside = b.zero/n, b.saturated/n, b.outside/n
	for k := range b.share {
		b.share[k] /= n
	}
	b.std, b.rms = math.Sqrt(b.std)*big, math.Sqrt(b.rms)*big
	if finite == 0 {
		b.mean, b.std, b.rms = math.NaN(), math.NaN(), math.NaN()
	}
	return b
}

// counted counts the samples that are shown.
func (h *histograms) counted(f *Figure) (all []binned, x scale) {
	x = h.scale(f)
	for _, i := range evenly(len(h.samples), maxRows) {
		all = append(all, h.count(h.samples[i], x, f.binCount()))
	}
	return all, x
}

// ceiling is where the vertical axis of all panels ends: at the highest bar, or
// where a few bars hold almost everything, below them, so that the others are
// seen.
func ceiling(all []binned) (top float64, cut bool) {
	var heights []float64
	for _, b := range all {
		if h := fill(b.share); h > 0 {
			heights = append(heights, h)
		}
	}
	if heights == nil {
		return 1, false
	}
	slices.Sort(heights)
	top = heights[len(heights)-1]
	if middle := heights[(len(heights)-1)/2]; top > 4*middle {
		top = 2.5 * middle
	}
	return top, slices.ContainsFunc(all, func(b binned) bool { return slices.Max(b.share) > top*(1+1e-9) })
}

// fill is the share that the height of one panel stands for: that of its highest
// bar, or where one bar holds almost everything, less.
func fill(shares []float64) float64 {
	first, second := 0.0, 0.0
	for _, s := range shares {
		if s > first {
			first, second = s, first
		} else {
			second = max(second, s)
		}
	}
	if second > 0.01 && first > 4*second {
		return 2.5 * second
	}
	return first
}

func (h *histograms) title() string { return "" }

var saturatedInk = rgb(0xc86808)

func (h *histograms) draw(f *Figure, d *drawing, top float64) float64 {
	all, x := h.counted(f)
	share, _ := ceiling(all)
	y, highest := scale{lo: 0, hi: 100 * share / headroom}, 100*share // of the bars: the mean is above
	if f.y.ranged {
		y.lo, y.hi, highest = f.y.lo, f.y.hi, f.y.hi
	}
	height := 74.0
	if len(all) > 5 {
		height = 54
	}
	bar := families[0][0]
	entries := []entry{}
	if h.saturated != nil {
		entries = append(entries, saturatedEntry(*h.saturated))
	}
	if !x.log {
		entries = append(entries, entry{lang.Pick("평균 ± 표준편차", "mean ± standard deviation"), lineSample, func(d *drawing, r rect) {
			d.meanBar(point{(r.x0 + r.x1) / 2, (r.y0 + r.y1) / 2}, r.x0+2, r.x1-2)
		}})
	}
	top = d.legend(top, entries)
	d.write(lang.Pick("비율(%)", "Share (%)"), margin, top+textSize, textSize, 0, softInk)
	top += labelHeight + 4

	left := margin + d.leftOf(y, height)
	const most = 230.0
	notes := f.sideWidth
	texts, named := make([][]string, len(all)), make([][]string, len(all))
	for i, b := range all {
		texts[i] = h.notes(b, x)
		named[i] = d.text.Wrap(texts[i][0], textSize, most)
		notes = max(notes, d.text.Widest(named[i], textSize), d.text.Widest(texts[i][1:], textSize))
	}
	notes = min(notes, most)
	d.aside = notes
	right := math.Floor(width - margin - notes - 14)
	bottom := top
	for i, b := range all {
		box := rect{left, math.Ceil(top), right, math.Ceil(top) + height}
		last := i == len(all)-1
		p := d.panel(box, x, y, true, last, false)
		bins := float64(f.binCount())
		for k, share := range b.share {
			if share == 0 {
				continue
			}
			x0, x1 := box.x0+float64(k)*(box.x1-box.x0)/bins, box.x0+float64(k+1)*(box.x1-box.x0)/bins
			v := max(p.y.px(min(100*share, highest)), box.y0)
			r := rect{x0 + 0.5, min(v, box.y1-1), x1 - 0.5, box.y1} // what is there is seen
			c := bar
			if s := h.saturated; s != nil {
				if mid := x.value((float64(k) + 0.5) / bins); mid < s[0] || mid > s[1] {
					c = saturatedInk
				}
			}
			d.fill(c, d.box(r)...)
			if c == saturatedInk {
				d.hatch(r, ground)
			}
			if 100*share > highest*(1+1e-9) {
				d.overflow(format(100*share, 2)+"%", r, box)
			}
		}
		if !x.log && b.n > b.bad {
			at := p.at(b.mean, 0)
			at.y = box.y0 + 6
			a, c := p.x.px(max(b.mean-b.std, x.lo)), p.x.px(min(b.mean+b.std, x.hi))
			if p.x.holds(b.mean) {
				d.meanBar(at, a, c)
			}
		}
		d.frame(p)
		const line = 17.0
		at, step := box.y0+textSize+1, min(line, height/float64(len(texts[i])))
		if len(named[i]) > 1 {
			step = line
		}
		d.writeLines(named[i], right+12, at, step, textSize, 0, startInk)
		at += step * float64(len(named[i]))
		d.writeLines(texts[i][1:], right+12, at, step, textSize, 0, softInk)
		top = box.y1 + 8
		if len(named[i]) > 1 {
			top = max(top, at+step*float64(len(texts[i])-1))
		}
		bottom = box.y1
	}
	bottom += 9 + tickSize
	label := f.x.label
	if label == "" {
		label = h.label
	}
	for _, line := range d.text.Wrap(withScale(label, x.log), textSize, right-left) {
		d.write(line, (left+right)/2, bottom+3+textSize, textSize, 0.5, softInk)
		bottom += labelHeight
	}
	return max(bottom, top-8)
}

// meanBar is a point at the mean with a line from one standard deviation below
// to one above.
func (d *drawing) meanBar(at point, from, to float64) {
	d.line(stroke{color: ground, width: 4}, point{from, at.y}, point{to, at.y})
	d.line(stroke{color: ink, width: 1.6}, point{from, at.y}, point{to, at.y})
	d.fill(ground, circle(at, 4.2)...)
	d.fill(ink, circle(at, 3)...)
}

// hatch draws slanted lines over a box, a second channel beside its color.
func (d *drawing) hatch(r rect, c color.NRGBA) {
	const pitch = 5.0
	for k := r.x0 + r.y0; k < r.x1+r.y1; k += pitch {
		// the line x + y = k inside of r
		x0, x1 := max(r.x0, k-r.y1), min(r.x1, k-r.y0)
		if x0 < x1 {
			d.line(stroke{color: c, width: 0.9}, point{x0, k - x0}, point{x1, k - x1})
		}
	}
}

// overflow marks a bar that is higher than its panel with its value.
func (d *drawing) overflow(s string, r, box rect) {
	mid := (r.x0 + r.x1) / 2
	d.fill(ground, point{r.x0 - 1, r.y0 + 13}, point{r.x1 + 1, r.y0 + 9}, point{r.x1 + 1, r.y0 + 12}, point{r.x0 - 1, r.y0 + 16})
	align, at := 0.0, r.x1+4
	if mid > (box.x0+box.x1)/2 {
		align, at = 1, r.x0-4
	}
	d.label(s, at, r.y0+24, tickSize, align, ink)
}

// swatch is a legend entry with a filled box.
func swatch(fill color.NRGBA, name string, hatched bool) entry {
	return entry{name, markSample, func(d *drawing, r rect) {
		box := rect{r.x0 + 1, r.y0 + 3, r.x1 - 1, r.y1 - 4}
		d.fill(fill, d.box(box)...)
		if hatched {
			d.hatch(box, ground)
		}
	}}
}

func saturatedEntry(limits [2]float64) entry {
	return swatch(saturatedInk, fmt.Sprintf(lang.Pick("포화(%s 미만 또는 %s 초과)", "saturated (below %s or above %s)"), format(limits[0], 3), format(limits[1], 3)), true)
}

// notes are the lines beside a panel.
func (h *histograms) notes(b binned, x scale) []string {
	s := []string{pretty(b.name)}
	if b.bad == b.n {
		return append(s, count(b.bad, "NaN·∞ #개", "NaN or ∞ value"))
	}
	if x.log {
		s = append(s, "RMS "+format(b.rms, 3))
		if b.zero > 0 {
			s = append(s, fmt.Sprintf(lang.Pick("0인 값 %s", "zeros %s"), percent(b.zero)))
		}
	} else {
		s = append(s, plusMinus(b.mean, b.std))
		switch {
		case h.saturated != nil:
			s = append(s, lang.Pick("포화 ", "saturated ")+percent(b.saturated))
		case b.zero >= 0.005:
			s = append(s, lang.Pick("0인 값 ", "zeros ")+percent(b.zero))
		}
	}
	if b.bad > 0 {
		s = append(s, count(b.bad, "NaN·∞ #개", "NaN or ∞ value"))
	} else if b.outside >= 0.005 {
		s = append(s, lang.Pick("축 밖 ", "off the axis ")+percent(b.outside))
	}
	return s
}

// plusMinus writes mean ± std with the decimals that std deserves.
func plusMinus(mean, std float64) string {
	if std < 1e-12*math.Abs(mean) { // rounding
		std = 0
	}
	big := max(math.Abs(mean), std)
	if big == 0 || big >= 1e4 || big < 1e-3 || math.IsInf(big, 0) {
		return significant(mean, 2) + " ± " + significant(std, 2)
	}
	decimals := 2
	if std > 0 {
		decimals = min(max(1-int(math.Floor(log10(std))), 0), 4)
	}
	return fixedPoint(mean, decimals) + " ± " + fixedPoint(std, decimals)
}

// percent writes a share as 12%, 0.4%, < 0.1%.
func percent(share float64) string {
	p := 100 * share
	switch {
	case math.IsNaN(p):
		return "NaN"
	case p == 0:
		return "0%"
	case p < 0.1:
		return "< 0.1%"
	case p < 10 || p > 99 && p < 100:
		return fixedPoint(min(p, 99.9), 1) + "%"
	}
	return fixedPoint(p, 0) + "%"
}
