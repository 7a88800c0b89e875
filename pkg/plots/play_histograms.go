package plots

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"descent/pkg/lang"
	"descent/pkg/plots/internal/typeset"
)

// PlayHistograms draws a histogram of the values that the sliders choose, such
// as the activations of a layer after an epoch: the share in each of 40 bins of
// equal width from lo to hi. Values outside are counted in the text below;
// Saturated marks the ends.
func PlayHistograms(label string, lo, hi float64, values func(at ...float64) []float64, sliders ...Slider) *Player {
	h := &chosen{label: label, lo: lo, hi: hi, err: checkSliders("PlayHistograms", sliders), sliders: sliders}
	switch {
	case h.err != nil:
	case !(lo < hi) || math.IsInf(hi-lo, 0):
		h.err = fmt.Errorf("plots: PlayHistograms goes from %v to %v, allowed are finite numbers lo < hi", lo, hi)
	case values == nil:
		h.err = fmt.Errorf("plots: PlayHistograms: values is nil")
	}
	if h.err == nil {
		some := false
		each(sliders, func(i int, at []float64, first bool) {
			b := h.count(values(at...))
			b.at = slices.Clone(at)
			if b.n == 0 && h.err == nil {
				h.err = fmt.Errorf("plots: PlayHistograms has no values at %v", at)
			}
			h.all = append(h.all, b)
			some = some || b.n > b.bad
			if first {
				h.start = i
			}
		})
		if !some && h.err == nil {
			h.err = fmt.Errorf("plots: PlayHistograms: nothing is finite, the first value is %v", h.all[0].values[0])
		}
	}
	f := &Figure{content: h}
	return &Player{still: f, bars: h, make: func() (object, error) { return h.vega(f) }, hint: func() string {
		return fmt.Sprintf(lang.Pick("JupyterLab에서 고를 수 있는 값: %s. 이 설명은 처음 설정 기준.", "In JupyterLab, choose %s. The caption describes the initial setting."), names(sliders))
	}}
}

// chosen holds the histograms of all combinations.
type chosen struct {
	label   string
	lo, hi  float64
	sliders []Slider
	all     []bins
	start   int
	err     error

	saturated *[2]float64 // set by Saturated
}

// Saturated marks the bars of PlayHistograms below the first and above the
// second value, such as 0.05 and 0.95 for a sigmoid, and adds the share of such
// values to the text.
func (p *Player) Saturated(below, above float64) *Player {
	if p.bars == nil {
		p.wrong = fmt.Errorf("plots: Saturated is for PlayHistograms only")
		return p
	}
	p.bars.saturated = &[2]float64{below, above}
	return p
}

// saturates reports whether the k-th bin does.
func (h *chosen) saturates(k int) bool {
	mid := h.lo + (float64(k)+0.5)*(h.hi-h.lo)/binCount
	return h.saturated != nil && (mid < h.saturated[0] || mid > h.saturated[1])
}

type bins struct {
	at        []float64
	share     [binCount]float64
	n         int
	bad       int     // not finite
	outside   int     // finite, and beyond the axis
	mean, std float64 // of what is finite
	values    []float64
}

const binCount = defaultBins

func (h *chosen) count(values []float64) bins {
	b := bins{n: len(values), values: slices.Clone(values)}
	for _, v := range values {
		switch {
		case math.IsNaN(v) || math.IsInf(v, 0):
			b.bad++
		case v < h.lo || v > h.hi:
			b.outside++
		default:
			b.share[min(int((v-h.lo)/(h.hi-h.lo)*binCount), binCount-1)] += 1 / float64(len(values))
		}
	}
	all := (&histograms{}).count(Sample{Values: values}, scale{lo: h.lo, hi: h.hi}, binCount)
	b.mean, b.std = all.mean, all.std
	return b
}

func (h *chosen) check(f *Figure) error {
	switch {
	case h.err != nil:
		return h.err
	case h.saturated != nil && !(h.lo <= h.saturated[0] && h.saturated[0] < h.saturated[1] && h.saturated[1] <= h.hi):
		return fmt.Errorf("plots: Saturated is (%v, %v), allowed are rising numbers from %v to %v", h.saturated[0], h.saturated[1], h.lo, h.hi)
	case f.x.log || f.y.log || f.x.ranged || len(f.curves)+len(f.hlines)+len(f.vlines) > 0:
		return fmt.Errorf("plots: PlayHistograms has no logarithmic axes, no XRange and no lines")
	}
	return nil
}

func (h *chosen) title() string { return "" }

func (h *chosen) top() float64 {
	top := 0.0
	for _, b := range h.all {
		top = max(top, slices.Max(b.share[:]))
	}
	return max(top, 0.01) * 1.05
}

func (h *chosen) labels(f *Figure) (x, y string) {
	x, y = h.label, lang.Pick("비율", "Share")
	if f.x.label != "" {
		x = f.x.label
	}
	if f.y.label != "" {
		y = f.y.label
	}
	return x, y
}

func (h *chosen) draw(f *Figure, d *drawing, top float64) float64 {
	xLabel, yLabel := h.labels(f)
	var entries []entry
	if s := h.saturated; s != nil {
		entries = append(entries, saturatedEntry(*s))
	}
	p := f.axes(d, top, 230, scale{lo: h.lo, hi: h.hi}, scale{lo: 0, hi: h.top()}, entries, xLabel, yLabel)
	w := (h.hi - h.lo) / binCount
	for k, s := range h.all[h.start].share {
		a, b := p.at(h.lo+float64(k)*w, s), p.at(h.lo+float64(k+1)*w, 0)
		r := rect{a.x, a.y, b.x - 1, b.y}
		if h.saturates(k) && s > 0 {
			d.fill(saturatedInk, d.box(r)...)
			d.hatch(r, ground)
			continue
		}
		d.fill(families[0][0], d.box(r)...)
	}
	d.frame(p)
	lines := d.text.Wrap(h.says(h.all[h.start]), textSize, width-2*margin)
	d.writeLines(lines, margin, p.below+labelHeight, labelHeight, textSize, 0, ink)
	return p.below + labelHeight*float64(len(lines)) + 4
}

// at names a value, as in 1층, layer 1, η = 0.1.
func (s Slider) at(v float64) string {
	value := format(v, 6)
	switch {
	case slices.Contains([]string{"층", "에폭", "스텝", "배치"}, s.Name):
		return value + s.Name
	case len([]rune(s.Name)) == 1:
		return s.Name + " = " + value
	}
	return lang.Pick(s.Name, uncapital(s.Name)) + " " + value
}

// says names a combination and sums its values up.
func (h *chosen) says(b bins) string {
	var parts []string
	for k, s := range h.sliders {
		parts = append(parts, s.at(b.at[k]))
	}
	text := capital(strings.Join(parts, ", "))
	if b.bad == b.n {
		return text + ": " + count(b.bad, "NaN·∞ #개", "NaN or ∞ value")
	}
	text += lang.Pick(": 평균 ", ": mean ") + format(b.mean, 3) + lang.Pick(", 표준편차 ", ", standard deviation ") + format(b.std, 3)
	if s := h.saturated; s != nil {
		n := 0.0
		for _, v := range b.values {
			if !math.IsInf(v, 0) && (v < s[0] || v > s[1]) {
				n++
			}
		}
		text += lang.Pick(", 포화 ", ", saturated ") + percent(n/float64(b.n))
	}
	if b.outside > 0 {
		text += fmt.Sprintf(lang.Pick(", 그림 밖 %s%%", ", %s%% outside"), format(100*float64(b.outside)/float64(b.n), 3))
	}
	if b.bad > 0 {
		text += ", " + count(b.bad, "NaN·∞ #개", "NaN or ∞ value")
	}
	return text
}

func (h *chosen) caption(f *Figure) []string {
	x, _ := h.labels(f)
	s := []string{fmt.Sprintf(lang.Pick("%s의 히스토그램, 값 %s.", "Histogram of %s over %s."), lang.Pick(x, uncapital(x)), count(h.all[h.start].n, "#개", "value")),
		h.says(h.all[h.start]) + "."}
	if h.saturated != nil {
		s = append(s, fmt.Sprintf(lang.Pick("주황색: 포화(%s 미만 또는 %s 초과).", "Orange: saturated, below %s or above %s."), format(h.saturated[0], 3), format(h.saturated[1], 3)))
	}
	return s
}

func (h *chosen) alt(f *Figure) string {
	b := h.all[h.start]
	if b.bad+b.outside == b.n {
		return strings.Join(h.caption(f), " ")
	}
	peak := slices.Index(b.share[:], slices.Max(b.share[:]))
	w := (h.hi - h.lo) / binCount
	return strings.Join(h.caption(f), " ") + " " + fmt.Sprintf(lang.Pick("가장 높은 막대는 %s~%s에서 %s%%.", "The highest bar, from %s to %s, holds %s%%."),
		format(h.lo+float64(peak)*w, 3), format(h.lo+float64(peak+1)*w, 3), format(100*b.share[peak], 3))
}

func (h *chosen) vega(f *Figure) (object, error) {
	if err := h.check(f); err != nil {
		return nil, err
	}
	data, notes := newTable("run", "bin", "share"), newTable("run", "row", "text")
	for i, b := range h.all {
		for k, s := range b.share {
			if s > 0 {
				data.add(i, k, short(s))
			}
		}
		for row, line := range typeset.New().Wrap(h.says(b), textSize, noteWidth) {
			notes.add(i, row, line)
		}
	}
	border := func(right int) object {
		return object{"signal": fmt.Sprintf("width * (datum.bin + %d) / %d", right, binCount), "offset": -right}
	}
	fill := "'" + hex(families[0][0]) + "'"
	marks := []any{noteMarks()}
	if s := h.saturated; s != nil {
		fill = fmt.Sprintf("abs(%v + (datum.bin + 0.5) * %v - %v) > %v ? '%s' : %s", h.lo, (h.hi-h.lo)/binCount, (s[0]+s[1])/2, (s[1]-s[0])/2, hex(saturatedInk), fill)
		for _, side := range []struct {
			at          float64
			text, align string
		}{{s[0], lang.Pick("← 포화", "← saturated"), "left"}, {s[1], lang.Pick("포화 →", "saturated →"), "right"}} {
			x := object{"scale": "x", "value": side.at}
			edge := object{"signal": map[bool]string{true: "0", false: "width"}[side.align == "left"]}
			marks = append(marks,
				object{"type": "rule", "encode": object{"update": object{"x": x, "x2": x, "y": object{"value": 0}, "y2": object{"signal": "height"},
					"stroke": object{"value": hex(saturatedInk)}, "strokeDash": object{"value": []any{3, 3}}}}},
				object{"type": "text", "encode": object{"update": object{"x": edge, "y": object{"value": -7}, "align": object{"value": side.align}, "text": object{"value": side.text}}}})
		}
	}
	spec := object{
		"signals": sliderSignals(h.sliders),
		"data": []any{data.data("bins"), object{"name": "bars", "source": "bins", "transform": filter("datum.run === run")},
			notes.data("notes"), object{"name": "said", "source": "notes", "transform": filter("datum.run === run")}},
		"scales": []any{linearScale("x", "width", h.lo, h.hi), linearScale("y", "height", 0, h.top())},
		"marks": append([]any{
			object{"type": "rect", "from": object{"data": "bars"}, "encode": object{"update": object{
				"x": border(0), "x2": border(1), "y": object{"scale": "y", "field": "share"}, "y2": object{"scale": "y", "value": 0}, "fill": object{"signal": fill}}}},
		}, marks...),
	}
	xLabel, yLabel := h.labels(f)
	return frameSpec(spec, f.title, 230, xLabel, yLabel), nil
}
