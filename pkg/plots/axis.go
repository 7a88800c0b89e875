package plots

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// log10 is math.Log10, which on some processors takes the numbers below 2⁻¹⁰²²
// for others.
func log10(x float64) float64 {
	if 0 < x && x < 0x1p-1022 {
		// log x = log(2⁵³x) − 53 log 2
		return math.Log10(x*0x1p53) - 53*math.Log10(2)
	}
	return math.Log10(x)
}

// scale maps values to pixels along one axis.
type scale struct {
	lo, hi   float64 // ends of the axis, lo < hi; both > 0 on a log axis
	log      bool
	whole    bool    // ticks at whole numbers only
	from, to float64 // pixels of lo and hi
}

func (s scale) px(v float64) float64 {
	lo, hi := s.lo, s.hi
	if s.log {
		lo, hi, v = log10(lo), log10(hi), log10(v)
	}
	if math.IsInf(hi-lo, 0) || math.IsInf(v-lo, 0) {
		lo, hi, v = lo/2, hi/2, v/2
	}
	if lo == hi { // neighbors
		return (s.from + s.to) / 2
	}
	return s.from + (v-lo)/(hi-lo)*(s.to-s.from)
}

func (s scale) holds(v float64) bool { return s.lo <= v && v <= s.hi }

// tick is a place on an axis; a minor one has no label.
type tick struct {
	at    float64
	label string
}

// ticks returns about n labelled ticks and, on log axes, the minor ones between
// them.
func (s scale) ticks(n int) []tick {
	if s.log {
		if t := s.logTicks(n); labelled(t) >= 2 {
			return t
		}
	}
	return s.linearTicks(n)
}

func labelled(ticks []tick) (n int) {
	for _, t := range ticks {
		if t.label != "" {
			n++
		}
	}
	return n
}

// linearTicks puts ticks at multiples of 1, 2 or 5 times a power of ten. It
// counts them before it makes them, so that it ends for every range.
func (s scale) linearTicks(n int) []tick {
	step := niceStep((s.hi/2 - s.lo/2) / float64(n) * 2)
	if s.whole {
		step = max(step, 1)
	}
	first, last := math.Ceil(s.lo/step), math.Floor(s.hi/step)
	if step == 0 || math.IsInf(step, 0) || !(math.Abs(first) < 1e12) || !(math.Abs(last) < 1e12) || last-first > 50 {
		return []tick{{s.lo, format(s.lo, 17)}, {s.hi, format(s.hi, 17)}}
	}
	var ticks []tick
	decimals := max(0, -int(math.Floor(log10(step)+1e-9)))
	big := math.Max(math.Abs(first), math.Abs(last)) * step
	for k := first; k <= last; k++ {
		v := k * step
		label := ""
		if big >= 1e6 || decimals > 4 {
			label = format(v, 6)
		} else {
			label = fixedPoint(v, decimals)
		}
		ticks = append(ticks, tick{v, label})
	}
	return ticks
}

// niceStep returns the smallest of 1, 2, 5 times a power of ten that is ≥ x.
func niceStep(x float64) float64 {
	e := math.Floor(log10(x))
	p := math.Pow(10, e)
	for _, m := range []float64{1, 2, 5} {
		if m*p >= x*(1-1e-9) {
			return m * p
		}
	}
	return max(10*p, x) // 10⁻³²⁴ is 0
}

// logTicks labels powers of ten, every k-th where there are many, and the 2 and
// 5 between them where there are few.
func (s scale) logTicks(n int) []tick {
	const slack = 1e-9
	first := int(math.Ceil(log10(s.lo) - slack))
	last := int(math.Floor(log10(s.hi) + slack))
	decades := last - first + 1
	every := 1
	for _, k := range []int{1, 2, 5, 10, 20, 50, 100, 200} {
		every = k
		if decades <= n*k+1 {
			break
		}
	}
	// batch sizes and the like read better as plain numbers, and so do the
	// numbers between powers
	between := decades <= 2
	plain := s.lo >= 0.1 && s.hi <= 99999 || between && s.lo >= 1e-4 && s.hi <= 99999
	var ticks []tick
	for e := first - 1; e <= last; e++ {
		power := math.Pow(10, float64(e))
		for m := 1; m <= 9; m++ {
			v := float64(m) * power
			if e < 0 && e >= -308 { // 10³⁰⁹ is infinite
				v = float64(m) / math.Pow(10, float64(-e)) // 0.3, not 0.30000000000000004
			}
			if v < s.lo*(1-slack) || v > s.hi*(1+slack) || v == 0 || math.IsInf(v, 0) {
				continue
			}
			label := ""
			switch {
			case m == 1 && e%every == 0, (m == 2 || m == 5) && between:
				label = powerOfTen(m, e)
				if plain {
					label = format(v, 3)
				}
			case m > 1 && every > 1, every > 5:
				continue
			}
			ticks = append(ticks, tick{v, label})
		}
	}
	return ticks
}

func powerOfTen(m, e int) string {
	if m == 1 {
		return "10" + superscript(e)
	}
	return fmt.Sprintf("%d×10%s", m, superscript(e))
}

func superscript(n int) string {
	return strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴",
		"5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹").Replace(strconv.Itoa(n))
}

// format writes v with the given significant digits, as in 0.0133, 1,218,
// −2.5 or 3.2×10⁻⁷.
func format(v float64, digits int) string {
	switch {
	case math.IsNaN(v):
		return "NaN"
	case math.IsInf(v, 0):
		return strings.Replace(fmt.Sprintf("%+g", v), "Inf", "∞", 1)
	case v == 0:
		return "0"
	}
	s := strconv.FormatFloat(v, 'e', min(digits-1, 16), 64)
	if digits >= 17 {
		s = strconv.FormatFloat(v, 'e', -1, 64)
	}
	mantissa, exponent, _ := strings.Cut(s, "e")
	e, _ := strconv.Atoi(exponent)
	if e < -4 || e >= 6 {
		if strings.Contains(mantissa, ".") {
			mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
		}
		m := minus(mantissa)
		if m == "1" || m == "−1" {
			return strings.Replace(m, "1", "10", 1) + superscript(e)
		}
		return m + "×10" + superscript(e)
	}
	rounded, _ := strconv.ParseFloat(s, 64)
	return group(minus(strconv.FormatFloat(rounded, 'f', -1, 64)))
}

// significant writes v with that many digits, with zeros at the end: 0.840 beside
// 0.837.
func significant(v float64, digits int) string {
	s := strconv.FormatFloat(v, 'e', digits-1, 64)
	mantissa, exponent, ok := strings.Cut(s, "e")
	e, _ := strconv.Atoi(exponent)
	switch {
	case !ok || v == 0: // NaN, ∞, 0
		return format(v, digits)
	case e < -4 || e >= 6:
		return minus(mantissa) + "×10" + superscript(e)
	}
	rounded, _ := strconv.ParseFloat(s, 64)
	return fixedPoint(rounded, max(digits-1-e, 0))
}

// fixedPoint writes v with the given number of decimals.
func fixedPoint(v float64, decimals int) string {
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	return group(minus(s))
}

func minus(s string) string { return strings.Replace(s, "-", "−", 1) }

// group puts commas between the thousands of the whole part.
func group(s string) string {
	whole, rest, _ := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "−") {
		sign, whole = "−", strings.TrimPrefix(whole, "−")
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if rest != "" {
		rest = "." + rest
	}
	return sign + whole + rest
}

// span is a range of values that grows.
type span struct {
	lo, hi float64
	some   bool
}

func (s *span) add(v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return
	}
	if !s.some {
		*s = span{v, v, true}
		return
	}
	s.lo, s.hi = min(s.lo, v), max(s.hi, v)
}

// padded returns the ends of an axis that shows the span with some air; with
// room, also where a value is 0 and the axis could start there.
func (s span) padded(log, room bool) (lo, hi float64) {
	if !s.some {
		if log {
			return 0.1, 10
		}
		return 0, 1
	}
	lo, hi = s.lo, s.hi
	if log {
		a, b := log10(lo), log10(hi)
		pad := max(0.04*(b-a), 0.05)
		if a == b {
			pad = 0.5
		}
		return max(math.Pow(10, a-pad), math.SmallestNonzeroFloat64), min(math.Pow(10, b+pad), math.MaxFloat64)
	}
	pad := 0.04 * (hi/2 - lo/2) * 2
	if lo == hi {
		pad = 0.1 * math.Abs(lo)
		if pad == 0 {
			pad = 1
		}
	}
	// an axis that comes near 0 starts there
	fromZero, toZero := 0 <= lo && lo < 0.3*hi, 0.3*lo < hi && hi <= 0
	fromZero, toZero = fromZero && !(room && lo == 0), toZero && !(room && hi == 0)
	lo, hi = max(lo-pad, -math.MaxFloat64), min(hi+pad, math.MaxFloat64)
	if fromZero {
		lo = 0
	}
	if toZero {
		hi = 0
	}
	return lo, hi
}

// value is the inverse of px: 0 gives lo, 1 gives hi.
func (s scale) value(t float64) float64 {
	if s.log {
		return math.Pow(10, log10(s.lo)*(1-t)+log10(s.hi)*t)
	}
	return float64(s.lo*(1-t)) + float64(s.hi*t)
}
