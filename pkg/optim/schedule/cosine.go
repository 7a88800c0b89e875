package schedule

import (
	"fmt"
	"math"

	"descent/pkg/internal/check"
	"descent/pkg/internal/exact"
	"descent/pkg/internal/label"
)

// Cosine goes from one value to another on half a period of the cosine, slowly
// at both ends, and stays there.
//
//	x = min(i, T)/T
//	At(i) = To + (From − To)(1 + cos πx)/2
//
// It is optax's cosine_decay_schedule and Keras' CosineDecay, where To is
// α·From. torch's CosineAnnealingLR does not stop at T but rises again, back to
// From at 2T, and so on: Periodic. It also computes each value from the one
// before, so that a change of the rate from outside stays. The exponent of
// optax's function needs a Func.
//
// Source: Loshchilov and Hutter 2017, arXiv:1608.03983.
type Cosine struct {
	From     float64 // value at i = 0, finite
	To       float64 // value at i = T, finite
	T        int     // updates from one to the other, ≥ 1
	Periodic bool    // x = i/T: beyond T back to From, with period 2T
}

// At implements Schedule.
func (s Cosine) At(i int) float64 {
	if s.Periodic {
		// cos has the period 2 and is even around 1
		i %= 2 * s.T
		i = min(i, 2*s.T-i)
	}
	// To + (From − To)(1 + cos πx)/2
	return blend(s.From, s.To, halfCosine(part(i, s.T)))
}

// Validate implements Schedule.
func (s Cosine) Validate() error { return validateEnds("Cosine", s.From, s.To, s.T) }

func (s Cosine) String() string {
	return fmt.Sprintf("Cosine(%v → %v, T=%d%s)", s.From, s.To, s.T, label.Join(
		label.If(s.Periodic, "periodic"),
	))
}

// WarmRestarts is SGDR: it falls as Cosine does and jumps back up, each time
// over TMult times as many updates and to a peak that may get lower. After
// n restarts, k updates after the last one,
//
//	At(i) = To + (From − To) PeakMult^n (1 + cos(πk/(T0·TMult^n)))/2
//
// To itself is never reached, the next period starts first.
//
// It is torch's CosineAnnealingWarmRestarts (TMult 1) and Keras'
// CosineDecayRestarts (TMult 2, To = α·From). Keras finds n with a logarithm
// that can be off by one at a restart; here n is counted, and TMult is the
// decimal number that it is written as: from T0 100 and TMult 1.1 a period ends
// at 210.
//
// Source: Loshchilov and Hutter 2017, arXiv:1608.03983.
type WarmRestarts struct {
	From     float64 // value at i = 0, finite
	To       float64 // what each period falls towards, finite
	T0       int     // updates of the first period, ≥ 1
	TMult    float64 // factor from period to period, finite and ≥ 1
	PeakMult float64 // factor on From − To from period to period, 0 ≤ PeakMult ≤ 1
}

// NewWarmRestarts returns WarmRestarts with TMult 2 and PeakMult 1.
func NewWarmRestarts(from, to float64, t0 int) WarmRestarts {
	return WarmRestarts{From: from, To: to, T0: t0, TMult: 2, PeakMult: 1}
}

// At implements Schedule.
func (s WarmRestarts) At(i int) float64 {
	n, start, t := 0, 0.0, float64(s.T0)
	if s.TMult == 1 {
		n = i / s.T0
		start = float64(n * s.T0)
	}
	for end := start + t; float64(i) >= end; {
		start = end
		t *= s.TMult
		n++
		end = snap(start+t, n)
	}
	// To + (From − To) PeakMult^n (1 + cos(πk/(T0·TMult^n)))/2
	return blend(blend(s.To, s.From, exact.Power(s.PeakMult, n)), s.To, halfCosine((float64(i)-start)/t))
}

// snap returns the whole number that x ≥ 0 stands for, if it lies within the
// rounding errors of a sum of n products: 100 + 100·1.1 is 210, not 210.00000000000003.
func snap(x float64, n int) float64 {
	if whole := math.Round(x); math.Abs(x-whole) <= float64(n+1)*0x1p-51*x {
		return whole
	}
	return x
}

// Validate implements Schedule.
func (s WarmRestarts) Validate() error {
	if !(s.TMult >= 1 && s.TMult <= math.MaxFloat64) {
		return fields.Error("WarmRestarts", "TMult", s.TMult, "a finite number ≥ 1")
	}
	return check.First(
		fields.Finite("WarmRestarts", "From", s.From),
		fields.Finite("WarmRestarts", "To", s.To),
		fields.AtLeast("WarmRestarts", "T0", s.T0, 1),
		fields.Share("WarmRestarts", "PeakMult", s.PeakMult),
	)
}

func (s WarmRestarts) String() string {
	return fmt.Sprintf("WarmRestarts(%v → %v, T0=%d, ×%v%s)", s.From, s.To, s.T0, s.TMult, label.Join(
		label.If(s.PeakMult != 1, fmt.Sprintf("peaks ×%v", s.PeakMult)),
	))
}
