package schedule

import (
	"fmt"

	"descent/pkg/internal/check"
	"descent/pkg/internal/exact"
	"descent/pkg/internal/label"
)

// Cyclic goes up and down on straight lines without end.
//
//	k = i mod (Up + Down), n = ⌊i/(Up + Down)⌋
//	s = k/Up while k ≤ Up, then 1 − (k − Up)/Down
//	At(i) = From + (Peak − From) s c
//
// with c = 1, γ^i or 2^−n, as Mode says.
//
// It is torch's CyclicLR (Up 2000, Down the same), which also swings the
// momentum between 0.9 and 0.8 unless told not to: Opposite.
//
// Source: Smith 2017, arXiv:1506.01186.
type Cyclic struct {
	From  float64    // lowest value, where each cycle starts, finite
	Peak  float64    // highest value, finite
	Up    int        // updates from From to Peak, ≥ 1
	Down  int        // updates back, ≥ 1
	Mode  CyclicMode // what becomes of the peaks
	Gamma float64    // γ of ExpRange, finite and ≥ 0
}

// CyclicMode says what becomes of the peaks of Cyclic.
type CyclicMode int

const (
	Triangular  CyclicMode = iota // c = 1: all peaks are alike
	Triangular2                   // c = 2^−n: each is half as high as the one before
	ExpRange                      // c = γ^i: they fall with every update
)

var cyclicModes = []string{"triangular", "triangular2", "exp_range"}

func (m CyclicMode) String() string {
	if m < 0 || int(m) >= len(cyclicModes) {
		return fmt.Sprintf("CyclicMode(%d)", int(m))
	}
	return cyclicModes[m]
}

// NewCyclic returns Cyclic with peaks that are all alike, n updates up and n
// down.
func NewCyclic(from, peak float64, n int) Cyclic {
	return Cyclic{From: from, Peak: peak, Up: n, Down: n}
}

// Opposite returns the same cycle for the momentum: rest where s has its lowest
// value, turn where it has its peak, such as 0.9 and 0.8.
func (s Cyclic) Opposite(rest, turn float64) Cyclic {
	s.From, s.Peak = rest, turn
	return s
}

// At implements Schedule.
func (s Cyclic) At(i int) float64 {
	// k = i mod (Up + Down), n = ⌊i/(Up + Down)⌋
	k, n := i%(s.Up+s.Down), i/(s.Up+s.Down)
	// s = k/Up while k ≤ Up, then 1 − (k − Up)/Down
	x := float64(k) / float64(s.Up)
	if k > s.Up {
		x = float64(s.Up+s.Down-k) / float64(s.Down)
	}
	switch s.Mode {
	case Triangular2:
		x *= exact.Power(0.5, n)
	case ExpRange:
		x *= exact.Power(s.Gamma, i)
	}
	// From + (Peak − From) s c
	return blend(s.From, s.Peak, x)
}

// Validate implements Schedule.
func (s Cyclic) Validate() error {
	if s.Mode != ExpRange {
		s.Gamma = 0
	}
	return check.First(
		fields.Finite("Cyclic", "From", s.From),
		fields.Finite("Cyclic", "Peak", s.Peak),
		fields.AtLeast("Cyclic", "Up", s.Up, 1),
		fields.AtLeast("Cyclic", "Down", s.Down, 1),
		fields.OneOf("Cyclic", "Mode", int(s.Mode), len(cyclicModes), "Triangular, Triangular2 or ExpRange"),
		fields.NonNegative("Cyclic", "Gamma", s.Gamma),
	)
}

func (s Cyclic) String() string {
	return fmt.Sprintf("Cyclic(%v → %v, up %d, down %d%s)", s.From, s.Peak, s.Up, s.Down, label.Join(
		label.If(s.Mode != Triangular, s.Mode.String()),
		label.If(s.Mode == ExpRange, fmt.Sprintf("γ=%v", s.Gamma)),
	))
}
