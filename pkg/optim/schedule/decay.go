package schedule

import (
	"fmt"
	"math"

	"descent/pkg/internal/check"
	"descent/pkg/internal/label"
)

// Exponential falls by the factor γ in T updates, and by the same share at
// every update.
//
//	At(i) = From γ^(i/T)
//
// It is torch's ExponentialLR (T 1), optax's exponential_decay and Keras'
// ExponentialDecay; their staircase is Steps, optax's end_value Between, its
// transition_begin a Join with a Constant.
type Exponential struct {
	From  float64 // first value, finite
	Gamma float64 // γ, finite and > 0; above 1 it grows
	T     int     // updates that γ is for, ≥ 1
}

// At implements Schedule.
func (s Exponential) At(i int) float64 {
	// From γ^(i/T)
	return s.From * math.Pow(s.Gamma, float64(i)/float64(s.T))
}

// Validate implements Schedule.
func (s Exponential) Validate() error {
	return check.First(
		fields.Finite("Exponential", "From", s.From),
		fields.Positive("Exponential", "Gamma", s.Gamma),
		fields.AtLeast("Exponential", "T", s.T, 1),
	)
}

func (s Exponential) String() string {
	return fmt.Sprintf("Exponential(%v, γ=%v, T=%d)", s.From, s.Gamma, s.T)
}

// InverseTime falls like 1/i: the sum of its values has no limit, the sum of
// their squares has one, which is what Robbins and Monro ask of a learning rate
// to converge on noisy gradients.
//
//	At(i) = From / (1 + Rate i/T)
//
// It is Keras' InverseTimeDecay. With T = 1 it is PyTorch's lr_decay, the
// field RateDecay of AdaGrad.
//
// Source: Robbins and Monro 1951, doi:10.1214/aoms/1177729586.
type InverseTime struct {
	From      float64 // first value, finite
	Rate      float64 // finite and ≥ 0; with 1 the value is halved after T updates
	T         int     // updates that Rate is for, ≥ 1
	Staircase bool    // ⌊i/T⌋ in place of i/T
}

// At implements Schedule.
func (s InverseTime) At(i int) float64 {
	x := float64(i) / float64(s.T)
	if s.Staircase {
		x = math.Floor(x)
	}
	// From / (1 + Rate i/T)
	return s.From / (1 + float64(s.Rate*x))
}

// Validate implements Schedule.
func (s InverseTime) Validate() error {
	return check.First(
		fields.Finite("InverseTime", "From", s.From),
		fields.NonNegative("InverseTime", "Rate", s.Rate),
		fields.AtLeast("InverseTime", "T", s.T, 1),
	)
}

func (s InverseTime) String() string {
	return fmt.Sprintf("InverseTime(%v, rate=%v, T=%d%s)", s.From, s.Rate, s.T, label.Join(
		label.If(s.Staircase, "staircase"),
	))
}
