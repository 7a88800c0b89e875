package plots

import (
	"math"
	"strings"
	"testing"
)

func TestLog10(t *testing.T) {
	for x, want := range map[float64]float64{
		5e-324: -323.30621534311576, 1e-310: -310, 1e-309: -309, 2e-309: math.Log10(2) - 309, 0x1p-1022: -307.6526555685888,
		1e-300: -300, 1: 0, 1000: 3, math.MaxFloat64: 308.25471555991674, 0: math.Inf(-1),
	} {
		if got := log10(x); !(got == want || math.Abs(got-want) <= 1e-12*math.Abs(want)) {
			t.Errorf("log10(%v) = %v, want %v", x, got, want)
		}
	}
	if got := log10(-1e-310); !math.IsNaN(got) {
		t.Errorf("log10(-1e-310) = %v, want NaN", got)
	}
}

// falling is 1, 1/2, 1/4, … down to the least number above 0.
func falling() (all []float64) {
	for v := 1.0; v > 0; v /= 2 {
		all = append(all, v)
	}
	return all
}

// Powers of two fall along a straight line of a log axis, to its end.
func TestLogAxisReachesTheLeastNumber(t *testing.T) {
	y := falling()
	f := Curves(Series{Y: [][]float64{y, y}}).LogY()
	c := f.content.(*chart)
	all := c.summaries(f)
	if len(all[0].gaps) > 0 {
		t.Fatalf("%d values are not drawn, the first at %d", len(all[0].gaps), all[0].gaps[0])
	}
	_, s := c.scales(f, all)
	s.from, s.to = 270, 0
	first := s.px(y[0])
	step := (s.px(y[100]) - first) / 100
	for i, v := range all[0].mean {
		if v != y[i] {
			t.Fatalf("the mean of %v and %v is %v", y[i], y[i], v)
		}
		if got, want := s.px(v), first+step*float64(i); math.Abs(got-want) > 1e-6 {
			t.Fatalf("%v is at pixel %v, want %v", v, got, want)
		}
	}
	if got := s.px(y[len(y)-1]); !(got > 250 && got <= 270) {
		t.Errorf("the least number is at pixel %v of 270, want the end", got)
	}
	for _, at := range []float64{0.1, 0.5, 0.99} {
		if got := s.px(s.value(at)); math.Abs(got-(270-270*at)) > 2 {
			t.Errorf("value(%v) = %v lies at pixel %v, want %v", at, s.value(at), got, 270-270*at)
		}
	}
	if _, err := f.PNG(); err != nil {
		t.Error(err)
	}
}

func TestTicksOfTheLeastNumbers(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		want   string
	}{
		{5e-324, 1, "10⁻³⁰⁰ 10⁻²⁰⁰ 10⁻¹⁰⁰ 10⁰"},
		{1e-320, 1e-300, "10⁻³²⁰ 10⁻³¹⁵ 10⁻³¹⁰ 10⁻³⁰⁵ 10⁻³⁰⁰"},
		{1e-322, 1.5e-318, "10⁻³²² 10⁻³²¹ 10⁻³²⁰ 10⁻³¹⁹ 10⁻³¹⁸"},
		{1e-312, 3e-311, "10⁻³¹² 2×10⁻³¹² 5×10⁻³¹² 10⁻³¹¹ 2×10⁻³¹¹"},
	} {
		s := scale{lo: c.lo, hi: c.hi, log: true, from: 0, to: 500}
		var labels []string
		for _, tick := range s.ticks(6) {
			if px := s.px(tick.at); !(px >= -1 && px <= 501) {
				t.Errorf("%v to %v: tick %v lies at pixel %v", c.lo, c.hi, tick.at, px)
			}
			if tick.label != "" {
				labels = append(labels, tick.label)
			}
		}
		if got := strings.Join(labels, " "); got != c.want {
			t.Errorf("%v to %v: labels %s, want %s", c.lo, c.hi, got, c.want)
		}
		narrow := 0
		for _, tick := range s.panelTicks(50) {
			if tick.label != "" {
				narrow++
			}
		}
		if narrow < 2 {
			t.Errorf("%v to %v: %d labels on 50 pixels, want 2 or more", c.lo, c.hi, narrow)
		}
	}
}

// All that takes logarithms of data knows the numbers below 2⁻¹⁰²².
func TestLogarithmsOfTheLeastNumbers(t *testing.T) {
	h := &histograms{kind: "Histograms", samples: []Sample{{"a", falling()}}}
	f := (&Figure{content: h}).LogX().Bins(10)
	all, x := h.counted(f)
	for k, share := range all[0].share {
		if share < 0.06 || share > 0.12 {
			t.Errorf("bin %d of the axis from %v to %v holds %v of the powers of two, want about a tenth", k, x.lo, x.hi, share)
		}
	}
	for _, c := range []struct{ x, want float64 }{{3e-315, 5e-315}, {1.2e-310, 2e-310}, {5e-324, 5e-324}, {0, 0}} {
		if got := niceStep(c.x); math.Abs(got-c.want) > 1e-3*c.want {
			t.Errorf("niceStep(%v) = %v, want %v", c.x, got, c.want)
		}
	}
	got := steps125(1e-320, 8e-319)
	if len(got) != 6 || math.Abs(got[5]-5e-319) > 1e-322 {
		t.Errorf("contour lines at %v, want six up to 5e-319", got)
	}
	if got := edges([]float64{5e-324, 1e-322}, true); !(got[0] > 0 && got[0] <= got[1] && got[1] < got[2]) {
		t.Errorf("edges %v, want rising numbers above 0", got)
	}
	colors := scale{lo: 1e-323, hi: 1, log: true}
	one, _ := colors.shade(1e-315, rising)
	if two, _ := colors.shade(1e-280, rising); one == two {
		t.Errorf("10⁻³¹⁵ and 10⁻²⁸⁰ have the color %v", one)
	}
	linear := scale{lo: 0, hi: 4e-323, from: 0, to: 80}
	if got := linear.px(1e-323); math.Abs(got-20) > 1e-9 {
		t.Errorf("a quarter of the least axis is at pixel %v of 80, want 20", got)
	}
	if got := between(summary{mean: []float64{1e-315}, seeds: 1}); got != "1.00×10⁻³¹⁵" {
		t.Errorf("a bar to 10⁻³¹⁵ is labelled %s", got)
	}
}
