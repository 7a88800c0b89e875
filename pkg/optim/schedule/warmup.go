package schedule

import (
	"fmt"

	"descent/pkg/internal/check"
	"descent/pkg/internal/label"
	"descent/pkg/optim"
)

// Warmup rises on a straight line to the first value of another schedule, then
// starts that schedule.
//
//	At(i) = From + (Then.At(0) − From) i/N  for i < N
//	At(i) = Then.At(i − N)                  from i = N on
//
// From 0 makes the first update one that moves nothing, as in Keras and optax.
// Early counts one ahead, (i+1)/N: the first update already moves and update
// N−1 has the full value.
//
// N comes on top of the length of Then, as warmup_steps in Keras' CosineDecay
// and torch's SequentialLR; the decay_steps of optax's
// warmup_cosine_decay_schedule include the warm-up.
//
// Source: Goyal et al. 2017, arXiv:1706.02677, section 2.2.
type Warmup struct {
	From  float64        // value where the line starts, finite
	N     int            // updates of the warm-up, ≥ 0
	Early bool           // (i+1)/N in place of i/N
	Then  optim.Schedule // what follows, counted from 0 again
}

// At implements Schedule.
func (s Warmup) At(i int) float64 {
	if i >= s.N {
		return s.Then.At(i - s.N)
	}
	if s.Early {
		i++
	}
	// From + (Then.At(0) − From) i/N
	return blend(s.From, s.Then.At(0), part(i, s.N))
}

// Validate implements Schedule.
func (s Warmup) Validate() error {
	return check.First(
		fields.Finite("Warmup", "From", s.From),
		fields.AtLeast("Warmup", "N", s.N, 0),
		within("Warmup.Then", s.Then),
	)
}

// State returns what Then keeps between updates.
func (s Warmup) State() optim.State { return optim.State{Method: "Warmup", Variables: kept(s.Then)} }

func (s Warmup) String() string {
	return fmt.Sprintf("Warmup(from %v, N=%d%s, then %v)", s.From, s.N, label.Join(
		label.If(s.Early, "early"),
	), s.Then)
}
