package schedule

import (
	"fmt"
	"math"

	"descent/pkg/internal/check"
	"descent/pkg/internal/exact"
	"descent/pkg/internal/label"
	"descent/pkg/optim"
)

// Plateau multiplies by γ when a metric has stopped falling. It is told the
// metric with Tell, once an epoch or after some updates, and is a Schedule whose
// value does not depend on i: it holds from the next update on.
//
//	value = max(From γ^k, Min) after k reductions
//
// A metric m is better than the best so far if m < best(1 − RelTol) − AbsTol,
// with Maximize if m > best(1 + RelTol) + AbsTol. Each one that is not better is
// bad. After more than Patience bad ones in a row the value is reduced, and the
// next Cooldown metrics do not count as bad. NaN is always bad. Set RelTol to 0
// where metrics are negative: it would take slightly worse ones for better.
//
// NewPlateau is torch's ReduceLROnPlateau. The frameworks differ:
//
//	        better       reduces at bad metric    of the Cooldown metrics may be bad
//	torch   RelTol 1e-4  Patience + 1             none
//	optax   RelTol 1e-4  Patience (AtPatience)    none
//	Keras   AbsTol 1e-4  Patience (AtPatience)    the last (ShortCooldown)
//
// optax's min_scale is a factor, Min/From, and its accumulation_size averages
// metrics: tell it the average.
type Plateau struct {
	From          float64 // value before the first reduction, finite and ≥ 0
	Factor        float64 // γ, 0 ≤ Factor < 1
	Patience      int     // bad metrics in a row that are borne, ≥ 0, with AtPatience ≥ 1
	RelTol        float64 // 0 ≤ RelTol < 1
	AbsTol        float64 // finite and ≥ 0, in units of the metric
	Cooldown      int     // metrics after a reduction that do not count as bad, ≥ 0
	Min           float64 // smallest value, 0 ≤ Min ≤ From
	Eps           float64 // a reduction by Eps or less is left out, finite and ≥ 0
	Maximize      bool    // the metric should rise
	AtPatience    bool    // reduce at bad metric number Patience, not at the next one
	ShortCooldown bool    // the last metric of the cooldown counts again

	told, bad, cooldown, reductions int
	best                            float64
}

// NewPlateau returns Plateau with torch's defaults: γ 0.1, patience 10, relative
// tolerance 1e-4, no cooldown, no smallest value, Eps 1e-8.
func NewPlateau(from float64) *Plateau {
	return &Plateau{From: from, Factor: 0.1, Patience: 10, RelTol: 1e-4, Eps: 1e-8}
}

// Tell gives the next metric. Where Validate returns an error, Tell returns it
// and forgets the metric.
func (s *Plateau) Tell(metric float64) error {
	if err := s.Validate(); err != nil {
		return err
	}
	s.told++
	s.bad++
	if s.better(metric) {
		s.best, s.bad = metric, 0
	}
	if s.cooldown > 0 {
		s.cooldown--
		if s.cooldown > 0 || !s.ShortCooldown {
			s.bad = 0
		}
	}
	if s.bad > s.Patience || s.AtPatience && s.bad == s.Patience {
		if s.after(s.reductions)-s.after(s.reductions+1) > s.Eps {
			s.reductions++
		}
		s.bad, s.cooldown = 0, s.Cooldown
	}
	return nil
}

func (s *Plateau) better(metric float64) bool {
	if s.told == 1 {
		s.best = math.Inf(1)
		if s.Maximize {
			s.best = math.Inf(-1)
		}
	}
	if s.Maximize {
		// m > best(1 + RelTol) + AbsTol
		return metric > float64(s.best*(1+s.RelTol))+s.AbsTol
	}
	// m < best(1 − RelTol) − AbsTol
	return metric < float64(s.best*(1-s.RelTol))-s.AbsTol
}

// after returns the value after k reductions.
func (s *Plateau) after(k int) float64 {
	// max(From γ^k, Min)
	return max(s.From*exact.Power(s.Factor, k), s.Min)
}

// At implements Schedule.
func (s *Plateau) At(int) float64 { return s.after(s.reductions) }

// Validate implements Schedule.
func (s *Plateau) Validate() error {
	least := 0
	if s.AtPatience {
		least = 1
	}
	if err := check.First(
		fields.NonNegative("Plateau", "From", s.From),
		fields.Fraction("Plateau", "Factor", s.Factor),
		fields.AtLeast("Plateau", "Patience", s.Patience, least),
		fields.Fraction("Plateau", "RelTol", s.RelTol),
		fields.NonNegative("Plateau", "AbsTol", s.AbsTol),
		fields.AtLeast("Plateau", "Cooldown", s.Cooldown, 0),
		fields.NonNegative("Plateau", "Eps", s.Eps),
	); err != nil {
		return err
	}
	if !(0 <= s.Min && s.Min <= s.From) {
		return fields.Error("Plateau", "Min", s.Min, fmt.Sprintf("0 ≤ Min ≤ From, which is %v", s.From))
	}
	return nil
}

// State returns what Plateau keeps: the number of metrics told, of bad ones in a
// row, of metrics left in the cooldown, of reductions, and the best metric.
func (s *Plateau) State() optim.State {
	return optim.State{Method: "Plateau", Variables: []optim.Variable{
		{Name: "told", Value: &s.told}, {Name: "bad", Value: &s.bad}, {Name: "cooldown", Value: &s.cooldown}, {Name: "reductions", Value: &s.reductions}, {Name: "best", Value: &s.best},
	}}
}

func (s *Plateau) String() string {
	return fmt.Sprintf("Plateau(%v, γ=%v, patience=%d%s)", s.From, s.Factor, s.Patience, label.Join(
		label.If(s.Cooldown != 0, fmt.Sprintf("cooldown=%d", s.Cooldown)),
		label.If(s.Min != 0, fmt.Sprintf("min=%v", s.Min)),
		label.If(s.Maximize, "maximize"),
		label.If(s.AtPatience, "at patience"),
		label.If(s.ShortCooldown, "short cooldown"),
	))
}
