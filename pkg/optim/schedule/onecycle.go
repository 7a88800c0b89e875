package schedule

import (
	"fmt"

	"descent/pkg/internal/check"
	"descent/pkg/internal/label"
)

// OneCycle rises once and falls far below its start, each on half a period of
// the cosine.
//
//	a = Rise·T − 1, b = T − 1
//	At(i): From → Peak over 0 ≤ i ≤ a, Peak → To over a ≤ i ≤ b, then To
//
// a is a real number: where it is not whole, no update has Peak itself. With
// ThreePhase it falls back to From over as many updates as it rose, then to To:
//
//	At(i): From → Peak over 0 ≤ i ≤ a, Peak → From over a ≤ i ≤ 2a, From → To over 2a ≤ i ≤ b
//
// It is torch's OneCycleLR, which takes factors (From = Peak/div_factor, To =
// From/final_div_factor) and fails beyond T; it swings the momentum too:
// Opposite. optax's cosine_onecycle_schedule has a = ⌊Rise·T⌋ and b = T, its
// linear_onecycle_schedule a third phase from ⌊0.85 T⌋: Join of Cosines or
// Linears. The paper's cycle is the one with three phases and straight lines.
//
// Source: Smith and Topin 2017, arXiv:1708.07120.
type OneCycle struct {
	From float64 // first value, finite
	Peak float64 // finite
	To   float64 // last value, finite
	T    int     // number of updates, ≥ 2
	// share of the updates before the peak, 1/T < Rise < 1, with ThreePhase ≤ 1/2
	Rise       float64
	ThreePhase bool // back to From before it falls to To
	Straight   bool // straight lines in place of cosines
}

// NewOneCycle returns OneCycle with torch's defaults: it starts at peak/25,
// rises over 0.3 of the n updates and ends at peak/250000.
func NewOneCycle(peak float64, n int) OneCycle {
	return OneCycle{From: peak / 25, Peak: peak, To: peak / 25 / 1e4, T: n, Rise: 0.3}
}

// Opposite returns the same cycle for the momentum: rest at its start and end,
// turn where s has its peak. torch's are 0.95 and 0.85.
func (s OneCycle) Opposite(rest, turn float64) OneCycle {
	s.From, s.Peak, s.To = rest, turn, rest
	return s
}

// At implements Schedule.
func (s OneCycle) At(i int) float64 {
	// a = Rise·T − 1, b = T − 1
	x, a, b := float64(i), float64(s.Rise*float64(s.T))-1, float64(s.T-1)
	switch {
	case x >= b:
		return s.To
	case x <= a:
		return s.ease(s.From, s.Peak, x/a)
	case !s.ThreePhase:
		return s.ease(s.Peak, s.To, (x-a)/(b-a))
	case x <= 2*a:
		return s.ease(s.Peak, s.From, (x-a)/a)
	}
	return s.ease(s.From, s.To, (x-2*a)/(b-2*a))
}

func (s OneCycle) ease(from, to, x float64) float64 {
	if s.Straight {
		return blend(from, to, x)
	}
	return blend(from, to, halfCosine(x))
}

// Validate implements Schedule.
func (s OneCycle) Validate() error {
	if err := check.First(
		fields.Finite("OneCycle", "From", s.From),
		fields.Finite("OneCycle", "Peak", s.Peak),
		fields.Finite("OneCycle", "To", s.To),
		fields.AtLeast("OneCycle", "T", s.T, 2),
	); err != nil {
		return err
	}
	if !(s.Rise > 0 && s.Rise < 1) || s.ThreePhase && s.Rise > 0.5 {
		allowed := "1/T < Rise < 1"
		if s.ThreePhase {
			allowed = "1/T < Rise ≤ 1/2"
		}
		return fields.Error("OneCycle", "Rise", s.Rise, allowed)
	}
	if !(float64(s.Rise*float64(s.T)) > 1) {
		return fields.Error("OneCycle", "T", float64(s.T), fmt.Sprintf("a whole number > 1/Rise, which is %.4g", 1/s.Rise))
	}
	return nil
}

func (s OneCycle) String() string {
	return fmt.Sprintf("OneCycle(%v → %v → %v, T=%d, rise=%v%s)", s.From, s.Peak, s.To, s.T, s.Rise, label.Join(
		label.If(s.ThreePhase, "three phases"),
		label.If(s.Straight, "straight"),
	))
}
