package plots

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"descent/pkg/lang"
)

func (h *histograms) subject(f *Figure) string {
	if f.x.label != "" {
		return lang.Pick(f.x.label, uncapital(f.x.label))
	}
	return cmp.Or(h.what, lang.Pick("값", "values"))
}

func (h *histograms) caption(f *Figure) []string {
	all, x := h.counted(f)
	what := h.subject(f)
	of := count(all[0].n, "칸마다 값 #개", "value")
	for _, b := range all {
		if b.n != all[0].n {
			of = ""
		}
	}
	s := []string{lang.Pick(what+"의 히스토그램", "Histograms of "+what)}
	if of != "" {
		s[0] += lang.Pick("("+of+")", ", "+of+" in each panel")
	}
	s[0] += lang.Pick(fmt.Sprintf(", 구간 %d개", f.binCount()), fmt.Sprintf(", %d bins", f.binCount())) + "."
	s = append(s, lang.Pick("모든 칸의 축은 같음.", "All panels have the same axes."))
	if len(all) < len(h.samples) {
		s = append(s, fmt.Sprintf(lang.Pick("%d개 가운데 고르게 고른 %d개.", "%[2]d of %[1]d are shown, evenly spaced."), len(h.samples), len(all)))
	}
	if h.saturated != nil {
		s = append(s, fmt.Sprintf(lang.Pick("포화: 범위 양 끝 5%%(%s 미만, %s 초과)에 든 값의 비율.", "Saturated: share of values in the outer 5%% of the range at either end, below %s or above %s."),
			format(h.saturated[0], 3), format(h.saturated[1], 3)))
	}
	if x.log {
		s = append(s, lang.Pick("가로축은 크기의 로그 축. RMS: 제곱평균제곱근.", "The horizontal axis shows sizes on a log scale. RMS: root mean square."))
	}
	if _, cut := ceiling(all); cut && !f.y.ranged {
		s = append(s, lang.Pick("칸보다 높은 막대는 잘라 그리고 값을 적음.", "Bars higher than their panel are cut, their share stands beside them."))
	}
	s = append(s, notDrawn(all)...)
	outside := 0.0
	for _, b := range all {
		outside = max(outside, b.outside)
	}
	if outside > 0 {
		s = append(s, fmt.Sprintf(lang.Pick("축 밖의 값: 칸마다 %s%% 이하.", "Beyond the axis: at most %s%% of a panel's values."), fixedPoint(math.Ceil(1000*outside)/10, 1)))
	}
	return s
}

// notDrawn counts the values that are not finite.
func notDrawn(all []binned) []string {
	bad := 0
	for _, b := range all {
		bad += b.bad
	}
	if bad == 0 {
		return nil
	}
	return []string{lang.Pick(fmt.Sprintf("NaN이나 ∞ %d개는 그리지 않음.", bad), plural(bad, "NaN or infinite value")+" "+are(bad)+" not drawn.")}
}

func (h *histograms) alt(f *Figure) string {
	all, x := h.counted(f)
	what := h.subject(f)
	parts := []string{fmt.Sprintf(lang.Pick("%s: %s, 가로축 %s~%s.", "%s: %s, axis from %s to %s."),
		count(len(all), "히스토그램 #개", "histogram"), what, format(x.lo, 3), format(x.hi, 3))}
	for _, b := range all {
		if b.bad == b.n {
			parts = append(parts, pretty(b.name)+": "+lang.Pick("유한한 값이 없음.", "nothing finite."))
			continue
		}
		high := 0
		for k, share := range b.share {
			if share > b.share[high] {
				high = k
			}
		}
		at := x.value((float64(high) + 0.5) / float64(f.binCount()))
		text := fmt.Sprintf(lang.Pick("%s: 가장 높은 막대 %s(%s 부근)", "%s: highest bar %s near %s"), pretty(b.name), percent(b.share[high]), format(at, 4))
		if x.log {
			text += ", RMS " + format(b.rms, 3)
		} else {
			text += lang.Pick(", 평균 ± 표준편차 ", ", mean ± std ") + plusMinus(b.mean, b.std)
		}
		if !math.IsNaN(b.saturated) {
			text += lang.Pick(", 포화 ", ", saturated ") + percent(b.saturated)
		}
		parts = append(parts, text+".")
	}
	return strings.Join(parts, " ")
}
