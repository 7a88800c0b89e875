package plots

import (
	"fmt"
	"math"
	"slices"

	"descent/pkg/lang"
)

// Evolution draws how the activations of each layer, or other values, spread
// while a net is trained: a panel for each layer, steps to the right, values
// upwards, the share of values in each bin as a color. counts[t][l][k] is how
// many values of layer l lie in bin k at steps[t]; bins are of equal width from
// lo to hi. mlp.Trace.Histograms counts so, in memory that it uses again: copy
// it. More than six layers are thinned to six.
func Evolution(steps []int, lo, hi float64, counts [][][]int) *Figure {
	return &Figure{content: &evolution{steps, lo, hi, counts}}
}

type evolution struct {
	steps  []int
	lo, hi float64
	counts [][][]int
}

func (e *evolution) check(f *Figure) error {
	const mostSteps, mostBins = 2000, 400
	switch {
	case len(e.steps) < 2 || len(e.steps) > mostSteps:
		return fmt.Errorf("plots: Evolution of %s, allowed are 2 to %d", plural(len(e.steps), "step"), mostSteps)
	case len(e.counts) != len(e.steps):
		return fmt.Errorf("plots: Evolution has counts of %s, but %s", plural(len(e.counts), "step"), plural(len(e.steps), "step"))
	case !(e.lo < e.hi) || math.IsInf(e.hi/2-e.lo/2, 0):
		return fmt.Errorf("plots: Evolution from %v to %v, allowed are finite numbers lo < hi", e.lo, e.hi)
	case len(e.counts[0]) == 0 || len(e.counts[0][0]) == 0:
		return fmt.Errorf("plots: Evolution has no layers or no bins at step %d", e.steps[0])
	case len(e.counts[0][0]) > mostBins:
		return fmt.Errorf("plots: Evolution has %d bins, allowed are %d at most", len(e.counts[0][0]), mostBins)
	}
	for t, layers := range e.counts {
		if t > 0 && e.steps[t] <= e.steps[t-1] {
			return fmt.Errorf("plots: Evolution: step %d follows %d, allowed are rising numbers", e.steps[t], e.steps[t-1])
		}
		if len(layers) != len(e.counts[0]) {
			return fmt.Errorf("plots: Evolution has %s at step %d, but %d at step %d", plural(len(layers), "layer"), e.steps[t], len(e.counts[0]), e.steps[0])
		}
		for l, c := range layers {
			if len(c) != len(e.counts[0][0]) {
				return fmt.Errorf("plots: Evolution: layer %d has %s at step %d, but layer 1 has %d", l+1, plural(len(c), "bin"), e.steps[t], len(e.counts[0][0]))
			}
			for _, n := range c {
				if n < 0 {
					return fmt.Errorf("plots: Evolution: layer %d has the count %d at step %d, allowed is 0 or more", l+1, n, e.steps[t])
				}
			}
		}
	}
	if f.y != (axis{label: f.y.label}) || f.x.log || f.x.ranged {
		return fmt.Errorf("plots: Evolution has axes of its own: only Title, X, Y and Look can be set")
	}
	return f.noLines("Evolution")
}

func (e *evolution) title() string { return "" }

// shares are those of layer l in percent, z[bin][step].
func (e *evolution) shares(l int) [][]float64 {
	z := make([][]float64, len(e.counts[0][0]))
	for k := range z {
		z[k] = make([]float64, len(e.steps))
		for t := range z[k] {
			all := 0
			for _, n := range e.counts[t][l] {
				all += n
			}
			z[k][t] = 100 * float64(e.counts[t][l][k]) / float64(max(all, 1))
		}
	}
	return z
}

func (e *evolution) layers() []int { return evenly(len(e.counts[0]), maxLines) }

func (e *evolution) labels(f *Figure) (x, y string) {
	x, y = f.x.label, f.y.label
	if x == "" {
		x = lang.Pick("스텝", "Step")
	}
	if y == "" {
		y = lang.Pick("활성화 값", "Activation")
	}
	return x, y
}

func (e *evolution) draw(f *Figure, d *drawing, top float64) float64 {
	s := scale{lo: 0.1, hi: 100, log: true}
	top = d.colorBar(top, lang.Pick("구간마다 값의 비율(로그 눈금)", "Share of values in a bin (log scale)"), s, rising, "%")
	xLabel, yLabel := e.labels(f)
	top = d.above(yLabel, top)
	centers := make([]float64, len(e.steps))
	for t, step := range e.steps {
		centers[t] = float64(step)
	}
	bins := len(e.counts[0][0])
	xs, ys := edges(centers, false), make([]float64, bins+1)
	for k := range ys {
		t := float64(k) / float64(bins)
		ys[k] = e.lo*(1-t) + e.hi*t
	}
	x, y := scale{lo: xs[0], hi: xs[len(xs)-1], whole: true}, scale{lo: e.lo, hi: e.hi}
	const height = 84.0
	notes := 0.0
	for _, l := range e.layers() {
		notes = max(notes, d.text.Width(layerName(l), textSize))
	}
	left, right := margin+d.leftOf(y, height), math.Floor(width-margin-notes-12)
	var box rect
	for i, l := range e.layers() {
		box = rect{left, math.Ceil(top) + 4, right, math.Ceil(top) + 4 + height}
		p := d.panel(box, x, y, true, i == len(e.layers())-1, false)
		d.ops = append(d.ops, op{image: cells(p, xs, ys, e.shares(l), s, rising), box: box})
		d.softFrame(p.box)
		d.write(layerName(l), right+12, box.y0+textSize, textSize, 0, ink)
		top = box.y1 + 10
	}
	bottom := box.y1 + 9 + tickSize
	return d.centered(xLabel, bottom, left, right)
}

func (e *evolution) caption(f *Figure) []string {
	_, y := e.labels(f)
	s := []string{fmt.Sprintf(lang.Pick("%s의 분포 변화, %s, %s.", "How the distribution of the %s changes over %s, %s."),
		lang.Pick(y, uncapital(y)), fmt.Sprintf(lang.Pick("%d~%d스텝", "steps %d to %d"), e.steps[0], e.steps[len(e.steps)-1]), count(len(e.counts[0][0]), "구간 #개", "bin")),
		lang.Pick("색이 어두울수록 그 구간에 든 값이 많음(로그 눈금, 0.1% 이하는 가장 밝은 색).", "Darker bins hold more values (log scale, 0.1% and less is lightest).")}
	if n := len(e.counts[0]); n > maxLines {
		s = append(s, fmt.Sprintf(lang.Pick("%d층 가운데 고르게 고른 %d층.", "%[2]d of %[1]d layers are shown, evenly spaced."), n, maxLines))
	}
	return s
}

func (e *evolution) alt(f *Figure) string {
	_, y := e.labels(f)
	text := fmt.Sprintf(lang.Pick("층별 히트맵: %s, %s~%s.", "Heat maps by layer: %s from %s to %s."), lang.Pick(y, uncapital(y)), format(e.lo, 3), format(e.hi, 3))
	fullest := func(l, t int) string {
		c := e.counts[t][l]
		k := slices.Index(c, slices.Max(c))
		at := (float64(k) + 0.5) / float64(len(c))
		return format(float64(e.lo*(1-at))+float64(e.hi*at), 4)
	}
	for _, l := range e.layers() {
		text += fmt.Sprintf(lang.Pick(" %s: 값이 가장 많은 구간은 처음 %s, 끝 %s 부근.", " %s: fullest bin near %s at first, near %s at the end."),
			layerName(l), fullest(l, 0), fullest(l, len(e.steps)-1))
	}
	return text
}
