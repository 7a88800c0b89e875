package schedule_test

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"descent/pkg/optim"
	"descent/pkg/optim/schedule"
)

// Values computed by hand, at the updates where something happens.
func TestScheduleByHand(t *testing.T) {
	steps := schedule.Steps{From: 0.8, Gamma: 0.5, T: 3}
	cycle := schedule.OneCycle{From: 1, Peak: 5, To: 0, T: 11, Rise: 0.5, Straight: true} // a = 4.5, b = 10
	for _, c := range []struct {
		s    optim.Schedule
		i    int
		want float64
	}{
		{schedule.Constant{Value: 0.3}, 1e6, 0.3},
		{steps, 2, 0.8}, {steps, 3, 0.4}, {steps, 5, 0.4}, {steps, 9, 0.1},
		{schedule.MultiStep{From: 2, Gamma: 0.1, Milestones: []int{4, 4, 6}}, 3, 2},
		{schedule.MultiStep{From: 2, Gamma: 0.1, Milestones: []int{4, 4, 6}}, 4, 0.02},
		{schedule.MultiStep{From: 2, Gamma: 0.1, Milestones: []int{4, 4, 6}}, 6, 0.002},
		{schedule.Exponential{From: 3, Gamma: 0.25, T: 2}, 1, 1.5},
		{schedule.Exponential{From: 3, Gamma: 0.25, T: 2}, 4, 0.1875},
		{schedule.InverseTime{From: 6, Rate: 2, T: 4}, 1, 4},
		{schedule.InverseTime{From: 6, Rate: 2, T: 4}, 10, 1},
		{schedule.InverseTime{From: 6, Rate: 2, T: 4, Staircase: true}, 3, 6},
		{schedule.InverseTime{From: 6, Rate: 2, T: 4, Staircase: true}, 7, 2},
		{schedule.Linear{From: -1, To: 2, T: 6}, 2, 0}, {schedule.Linear{From: -1, To: 2, T: 6}, 60, 2},
		{schedule.Polynomial{From: 9, To: 1, T: 4, Power: 2}, 2, 3},
		{schedule.Polynomial{From: 9, To: 1, T: 4, Power: 2}, 9, 1},
		{schedule.Polynomial{From: 9, To: 1, T: 4, Power: 2, Cycle: true}, 4, 1},
		{schedule.Polynomial{From: 9, To: 1, T: 4, Power: 2, Cycle: true}, 6, 1.5},                   // 1 + 8(1 − 6/8)²
		{schedule.Cosine{From: 5, To: 1, T: 6}, 2, 4}, {schedule.Cosine{From: 5, To: 1, T: 6}, 4, 2}, // cos 60° = 1/2
		{schedule.Cosine{From: 5, To: 1, T: 6}, 8, 1}, {schedule.Cosine{From: 5, To: 1, T: 6, Periodic: true}, 8, 2},
		{schedule.NewWarmRestarts(5, 1, 3), 2, 2}, {schedule.NewWarmRestarts(5, 1, 3), 3, 5}, {schedule.NewWarmRestarts(5, 1, 3), 7, 2},
		{schedule.NewWarmRestarts(5, 1, 3), 9, 5}, {schedule.NewWarmRestarts(5, 1, 3), 13, 4}, // third period: 9 to 20
		{schedule.WarmRestarts{From: 5, To: 1, T0: 3, TMult: 1, PeakMult: 0.5}, 6, 2},
		{schedule.WarmRestarts{From: 5, To: 1, T0: 3, TMult: 1, PeakMult: 0.5}, 8, 1.25},
		{cycle, 0, 1}, {cycle, 3, 1 + 4*3/4.5}, {cycle, 7, 5 - 5*2.5/5.5}, {cycle, 10, 0}, {cycle, 11, 0},
		{schedule.NewOneCycle(5, 20), 0, 0.2}, {schedule.NewOneCycle(5, 20), 5, 5}, {schedule.NewOneCycle(5, 20), 12, 2.50001}, {schedule.NewOneCycle(5, 20), 19, 2e-5},
		{schedule.OneCycle{From: 1, Peak: 5, To: 0, T: 20, Rise: 0.3, ThreePhase: true}, 10, 1},
		{schedule.OneCycle{From: 1, Peak: 5, To: 0, T: 20, Rise: 0.3, ThreePhase: true, Straight: true}, 16, 1 - 6./9},
		{schedule.Cyclic{From: 1, Peak: 4, Up: 3, Down: 1}, 3, 4}, {schedule.Cyclic{From: 1, Peak: 4, Up: 3, Down: 1}, 6, 3},
		{schedule.Cyclic{From: 1, Peak: 4, Up: 2, Down: 4, Mode: schedule.Triangular2}, 14, 1.75},
		{schedule.Cyclic{From: 1, Peak: 4, Up: 2, Down: 4, Mode: schedule.ExpRange, Gamma: 0.5}, 4, 1 + 3*0.5/16},
		{schedule.Warmup{From: 1, N: 4, Then: schedule.Constant{Value: 9}}, 0, 1},
		{schedule.Warmup{From: 1, N: 4, Then: schedule.Constant{Value: 9}}, 3, 7},
		{schedule.Warmup{From: 1, N: 4, Early: true, Then: schedule.Constant{Value: 9}}, 0, 3},
		{schedule.Warmup{From: 1, N: 4, Early: true, Then: steps}, 3, 0.8}, {schedule.Warmup{From: 1, N: 4, Then: steps}, 7, 0.4},
		{schedule.Join{Schedules: []optim.Schedule{steps, steps}, Boundaries: []int{4}}, 3, 0.4},
		{schedule.Join{Schedules: []optim.Schedule{steps, steps}, Boundaries: []int{4}}, 6, 0.8},
		{schedule.Product{steps, schedule.Linear{From: 1, To: 0, T: 4}, schedule.Constant{Value: 10}}, 3, 1},
		{schedule.Between{Of: steps, Min: 0.3, Max: 0.6}, 0, 0.6}, {schedule.Between{Of: steps, Min: 0.3, Max: 0.6}, 4, 0.4}, {schedule.Between{Of: steps, Min: 0.3, Max: 0.6}, 7, 0.3},
		{schedule.Func{F: func(i int) float64 { return float64(i * i) }}, 7, 49},
	} {
		if err := c.s.Validate(); err != nil {
			t.Error(err)
		}
		if got := c.s.At(c.i); !(math.Abs(got-c.want) <= 1e-14*math.Abs(c.want)+1e-15) {
			t.Errorf("%v: At(%d) = %v, want %v", c.s, c.i, got, c.want)
		}
	}
}

// randomEnds returns two values ≥ 0, now and then equal, and a number of updates.
func randomEnds(rng *rand.Rand) (from, to float64, n int) {
	from = math.Exp(4 * rng.NormFloat64())
	to = from * rng.Float64()
	if rng.IntN(10) == 0 {
		to = from
	}
	return from, to, 2 + rng.IntN(60)
}

// What falls never rises, stays within its ends, has the first value at 0 and
// the last one at T and for ever.
func TestSchedulesFall(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	for range 300 {
		from, to, n := randomEnds(rng)
		gamma, power := 0.2+0.8*rng.Float64(), math.Exp(rng.NormFloat64())
		for _, c := range []struct {
			s         optim.Schedule
			last      float64
			lastIndex int
		}{
			{schedule.Constant{Value: from}, from, 0},
			{schedule.Steps{From: from, Gamma: gamma, T: n}, from * gamma, n},
			{schedule.MultiStep{From: from, Gamma: gamma, Milestones: []int{n / 2, n}}, from * gamma * gamma, n},
			{schedule.Exponential{From: from, Gamma: gamma, T: n}, from * gamma, n},
			{schedule.InverseTime{From: from, Rate: power, T: n}, from / (1 + power), n},
			{schedule.Linear{From: from, To: to, T: n}, to, n},
			{schedule.Polynomial{From: from, To: to, T: n, Power: power}, to, n},
			{schedule.Cosine{From: from, To: to, T: n}, to, n},
			{schedule.OneCycle{From: to, Peak: from, To: to, T: n + 4, Rise: 0.5}, to, n + 3},
		} {
			top := 0
			if _, ok := c.s.(schedule.OneCycle); ok {
				top = (n + 4) / 2
			} else if got := c.s.At(0); got != from {
				t.Errorf("%v: At(0) = %v", c.s, got)
			}
			if got := c.s.At(c.lastIndex); math.Abs(got-c.last) > 1e-14*c.last {
				t.Errorf("%v: At(%d) = %v, want %v", c.s, c.lastIndex, got, c.last)
			}
			for i := top + 1; i < 3*n; i++ {
				if a, b := c.s.At(i-1), c.s.At(i); b > a*(1+1e-15) {
					t.Fatalf("%v rises from %v to %v at %d", c.s, a, b, i)
				}
			}
		}
		for _, s := range []optim.Schedule{
			schedule.Linear{From: from, To: to, T: n}, schedule.Polynomial{From: from, To: to, T: n, Power: power},
			schedule.Cosine{From: from, To: to, T: n},
		} {
			if a, b := s.At(n), s.At(1000*n); a != to || b != to {
				t.Errorf("%v ends at %v and %v", s, a, b)
			}
		}
	}
}

// What goes up and down stays between its lowest and highest value and has no
// jumps but those that its formula has.
func TestSchedulesStayWithin(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	for range 300 {
		high, low, n := randomEnds(rng)
		rise := 0.1 + 0.4*rng.Float64()
		long := n + 30
		onecycle := schedule.OneCycle{From: low, Peak: high, To: low / 2, T: long, Rise: rise}
		three, straight := onecycle, onecycle
		three.ThreePhase, straight.Straight = true, true
		cyclic := schedule.Cyclic{From: low, Peak: high, Up: n, Down: 1 + rng.IntN(n), Mode: schedule.CyclicMode(rng.IntN(3)), Gamma: 0.99}
		for _, c := range []struct {
			s         optim.Schedule
			low, jump float64 // jump: what one update may change
		}{
			{onecycle, low / 2, high * math.Pi / 2 / (rise*float64(long) - 1)},
			{three, low / 2, high * math.Pi / 2 / min(rise*float64(long)-1, float64(long)+1-2*rise*float64(long))},
			{straight, low / 2, high / (rise*float64(long) - 1)},
			{onecycle.Opposite(high, low), low, (high - low) * math.Pi / 2 / (rise*float64(long) - 1)},
			{cyclic, low, (high-low)/float64(min(cyclic.Up, cyclic.Down)) + (high-low)*0.01},
			{cyclic.Opposite(high, low), low, (high-low)/float64(min(cyclic.Up, cyclic.Down)) + (high-low)*0.01},
			{schedule.Cosine{From: high, To: low, T: n, Periodic: true}, low, (high - low) * math.Pi / 2 / float64(n)},
			{schedule.NewWarmRestarts(high, low, n), low, high - low},
			{schedule.WarmRestarts{From: high, To: low, T0: n, TMult: 1 + 2*rng.Float64(), PeakMult: rng.Float64()}, low, high - low},
			{schedule.Polynomial{From: high, To: low, T: n, Power: 2, Cycle: true}, low, high - low},
			{schedule.Warmup{From: low, N: n, Then: schedule.Cosine{From: high, To: low, T: n}}, low, (high - low) * math.Pi / 2 / float64(n)},
			{schedule.Warmup{From: low, N: n, Early: true, Then: schedule.Cosine{From: high, To: low, T: n}}, low, (high - low) * math.Pi / 2 / float64(n)},
			{schedule.Warmup{From: low, N: 0, Then: schedule.Linear{From: high, To: low, T: n}}, low, (high - low) / float64(n)},
			{schedule.Between{Of: schedule.Linear{From: 2 * high, To: -low, T: n}, Min: low, Max: high}, low, (2*high + low) / float64(n)},
		} {
			if err := c.s.Validate(); err != nil {
				t.Fatal(err)
			}
			for i := range 5 * n {
				a, b := c.s.At(i), c.s.At(i+1)
				if tol := 1e-14 * high; a < c.low-tol || a > high+tol || math.Abs(b-a) > c.jump*(1+1e-9)+tol {
					t.Fatalf("%v: %v, then %v at %d; allowed are %v to %v and jumps of %v", c.s, a, b, i, c.low, high, c.jump)
				}
			}
		}
	}
}

// Schedules that are two names for the same values.
func TestScheduleIdentities(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	for range 100 {
		from, to, n := randomEnds(rng)
		cos := schedule.Cosine{From: from, To: to, T: n}
		line := schedule.Linear{From: from, To: to, T: n}
		cyclic := schedule.NewCyclic(from, to, n)
		reach := schedule.Linear{From: to, To: from, T: n}
		for _, c := range []struct{ a, b optim.Schedule }{
			{line, schedule.Polynomial{From: from, To: to, T: n, Power: 1}},
			{schedule.Steps{From: from, Gamma: 0.7, T: 1}, schedule.Exponential{From: from, Gamma: 0.7, T: 1}},
			{schedule.Steps{From: from, Gamma: 0.7, T: n}, schedule.MultiStep{From: from, Gamma: 0.7, Milestones: []int{n, 2 * n, 3 * n, 4 * n, 5 * n}}},
			{schedule.Exponential{From: from, Gamma: 0.7, T: n}, schedule.Func{F: func(i int) float64 { return from * math.Exp(math.Log(0.7)*float64(i)/float64(n)) }}},
			{schedule.Join{Schedules: []optim.Schedule{cos, schedule.Cosine{From: from, To: to, T: 2 * n}, schedule.Cosine{From: from, To: to, T: 4 * n}}, Boundaries: []int{n, 3 * n}},
				schedule.NewWarmRestarts(from, to, n)},
			{schedule.Join{Schedules: []optim.Schedule{cos, cos, cos, cos, cos, cos}, Boundaries: []int{n, 2 * n, 3 * n, 4 * n, 5 * n}},
				schedule.WarmRestarts{From: from, To: to, T0: n, TMult: 1, PeakMult: 1}},
			{schedule.Cosine{From: from, To: to, T: n, Periodic: true}, schedule.Func{F: func(i int) float64 { return to + (from-to)*(1+math.Cos(math.Pi*float64(i)/float64(n)))/2 }}},
			{schedule.Join{Schedules: []optim.Schedule{reach, cos}, Boundaries: []int{n}}, schedule.Warmup{From: to, N: n, Then: cos}},
			{schedule.Warmup{From: to, N: n, Early: true, Then: schedule.Constant{Value: from}}, schedule.Func{F: func(i int) float64 { return reach.At(i + 1) }}},
			{schedule.Warmup{From: 7, N: 0, Then: cos}, cos},
			{schedule.Product{schedule.Constant{Value: 2}, cos}, schedule.Cosine{From: 2 * from, To: 2 * to, T: n}},
			{schedule.Between{Of: cos, Min: math.Inf(-1), Max: math.Inf(1)}, cos},
			{schedule.Join{Schedules: []optim.Schedule{line, reach, line, reach, line, reach}, Boundaries: []int{n, 2 * n, 3 * n, 4 * n, 5 * n}}, cyclic},
			{cyclic.Opposite(to, from), schedule.Func{F: func(i int) float64 { return from + to - cyclic.At(i) }}},
			{schedule.Cyclic{From: from, Peak: to, Up: n, Down: 3, Mode: schedule.ExpRange, Gamma: 1}, schedule.Cyclic{From: from, Peak: to, Up: n, Down: 3}},
		} {
			for i := range 5 * n {
				if x, y := c.a.At(i), c.b.At(i); math.Abs(x-y) > 1e-13*from {
					t.Fatalf("%v and %v differ at %d: %v and %v", c.a, c.b, i, x, y)
				}
			}
		}
	}
}

// At does not depend on what was asked before, and takes long runs.
func TestScheduleLongRun(t *testing.T) {
	const far = 1 << 40
	for _, s := range []optim.Schedule{
		schedule.Steps{From: 1, Gamma: 0.5, T: 1}, schedule.Exponential{From: 1, Gamma: 0.5, T: 1}, schedule.InverseTime{From: 1, Rate: 1, T: 1},
		schedule.NewWarmRestarts(1, 0, 1), schedule.WarmRestarts{From: 1, T0: 1, TMult: 1, PeakMult: 0.5}, schedule.NewOneCycle(1, 10),
		schedule.Cyclic{From: 0, Peak: 1, Up: 1, Down: 1, Mode: schedule.Triangular2}, schedule.Cosine{From: 1, T: 10, Periodic: true},
		schedule.Polynomial{From: 1, T: 7, Power: 2, Cycle: true},
	} {
		if x := s.At(far); !(x >= 0 && x <= 1) {
			t.Errorf("%v: At(2^40) = %v", s, x)
		}
	}
}

func TestScheduleFields(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	ok := schedule.Constant{Value: 1}
	for _, c := range []struct {
		s    optim.Schedule
		want string // Type.Field is value, allowed is
	}{
		{schedule.Constant{Value: nan}, "Constant.Value is NaN, allowed is a finite number"},
		{schedule.Steps{From: inf, Gamma: 0.5, T: 1}, "Steps.From is +Inf, allowed is a finite number"},
		{schedule.Steps{From: 1, Gamma: -0.5, T: 1}, "Steps.Gamma is -0.5, allowed is a finite number ≥ 0"},
		{schedule.Steps{From: 1, Gamma: 0.5}, "Steps.T is 0, allowed is a whole number ≥ 1"},
		{schedule.MultiStep{From: nan, Gamma: 0.5}, "MultiStep.From is NaN, allowed is a finite number"},
		{schedule.MultiStep{From: 1, Gamma: inf}, "MultiStep.Gamma is +Inf, allowed is a finite number ≥ 0"},
		{schedule.MultiStep{From: 1, Gamma: 0.5, Milestones: []int{-1}}, "MultiStep.Milestones[0] is -1, allowed is a whole number ≥ 0"},
		{schedule.MultiStep{From: 1, Gamma: 0.5, Milestones: []int{4, 9, 8}}, "MultiStep.Milestones[2] is 8, allowed is a whole number ≥ 9"},
		{schedule.MultiStep{From: 1, Gamma: 0.5, Milestones: []int{4, 4, 3}}, "MultiStep.Milestones[2] is 3, allowed is a whole number ≥ 4"},
		{schedule.Exponential{From: nan, Gamma: 0.5, T: 1}, "Exponential.From is NaN, allowed is a finite number"},
		{schedule.Exponential{From: 1, T: 1}, "Exponential.Gamma is 0, allowed is a finite number > 0"},
		{schedule.Exponential{From: 1, Gamma: 0.5, T: -3}, "Exponential.T is -3, allowed is a whole number ≥ 1"},
		{schedule.InverseTime{From: nan, T: 1}, "InverseTime.From is NaN, allowed is a finite number"},
		{schedule.InverseTime{From: 1, Rate: -1, T: 1}, "InverseTime.Rate is -1, allowed is a finite number ≥ 0"},
		{schedule.InverseTime{From: 1, Rate: 1}, "InverseTime.T is 0, allowed is a whole number ≥ 1"},
		{schedule.Linear{From: nan, To: 1, T: 1}, "Linear.From is NaN, allowed is a finite number"},
		{schedule.Linear{From: 1, To: -inf, T: 1}, "Linear.To is -Inf, allowed is a finite number"},
		{schedule.Linear{From: 1, To: 1}, "Linear.T is 0, allowed is a whole number ≥ 1"},
		{schedule.Polynomial{From: 1, T: 0, Power: 1}, "Polynomial.T is 0, allowed is a whole number ≥ 1"},
		{schedule.Polynomial{From: 1, T: 5}, "Polynomial.Power is 0, allowed is a finite number > 0"},
		{schedule.Cosine{From: 1, To: nan, T: 5}, "Cosine.To is NaN, allowed is a finite number"},
		{schedule.Cosine{From: 1}, "Cosine.T is 0, allowed is a whole number ≥ 1"},
		{schedule.WarmRestarts{From: nan, T0: 5, TMult: 1}, "WarmRestarts.From is NaN, allowed is a finite number"},
		{schedule.WarmRestarts{To: nan, T0: 5, TMult: 1}, "WarmRestarts.To is NaN, allowed is a finite number"},
		{schedule.WarmRestarts{From: 1, TMult: 1}, "WarmRestarts.T0 is 0, allowed is a whole number ≥ 1"},
		{schedule.WarmRestarts{From: 1, T0: 5}, "WarmRestarts.TMult is 0, allowed is a finite number ≥ 1"},
		{schedule.WarmRestarts{From: 1, T0: 5, TMult: inf}, "WarmRestarts.TMult is +Inf, allowed is a finite number ≥ 1"},
		{schedule.WarmRestarts{From: 1, T0: 5, TMult: 1, PeakMult: 1.5}, "WarmRestarts.PeakMult is 1.5, allowed is 0 ≤ PeakMult ≤ 1"},
		{schedule.OneCycle{From: nan, T: 10, Rise: 0.3}, "OneCycle.From is NaN, allowed is a finite number"},
		{schedule.OneCycle{Peak: nan, T: 10, Rise: 0.3}, "OneCycle.Peak is NaN, allowed is a finite number"},
		{schedule.OneCycle{To: nan, T: 10, Rise: 0.3}, "OneCycle.To is NaN, allowed is a finite number"},
		{schedule.OneCycle{T: 1, Rise: 0.3}, "OneCycle.T is 1, allowed is a whole number ≥ 2"},
		{schedule.OneCycle{T: 10, Rise: 0.1}, "OneCycle.T is 10, allowed is a whole number > 1/Rise, which is 10"},
		{schedule.NewOneCycle(1, 2), "OneCycle.T is 2, allowed is a whole number > 1/Rise, which is 3.333"},
		{schedule.NewOneCycle(1, 3), "OneCycle.T is 3, allowed is a whole number > 1/Rise, which is 3.333"},
		{schedule.OneCycle{T: 10}, "OneCycle.Rise is 0, allowed is 1/T < Rise < 1"},
		{schedule.OneCycle{T: 10, Rise: 1}, "OneCycle.Rise is 1, allowed is 1/T < Rise < 1"},
		{schedule.OneCycle{T: 10, Rise: nan}, "OneCycle.Rise is NaN, allowed is 1/T < Rise < 1"},
		{schedule.OneCycle{T: 10, Rise: 0.6, ThreePhase: true}, "OneCycle.Rise is 0.6, allowed is 1/T < Rise ≤ 1/2"},
		{schedule.Cyclic{From: nan, Up: 1, Down: 1}, "Cyclic.From is NaN, allowed is a finite number"},
		{schedule.Cyclic{Peak: nan, Up: 1, Down: 1}, "Cyclic.Peak is NaN, allowed is a finite number"},
		{schedule.Cyclic{Down: 1}, "Cyclic.Up is 0, allowed is a whole number ≥ 1"},
		{schedule.Cyclic{Up: 1}, "Cyclic.Down is 0, allowed is a whole number ≥ 1"},
		{schedule.Cyclic{Up: 1, Down: 1, Mode: 3}, "Cyclic.Mode is 3, allowed is Triangular, Triangular2 or ExpRange"},
		{schedule.Cyclic{Up: 1, Down: 1, Mode: schedule.ExpRange, Gamma: -1}, "Cyclic.Gamma is -1, allowed is a finite number ≥ 0"},
		{schedule.Warmup{From: nan, Then: ok}, "Warmup.From is NaN, allowed is a finite number"},
		{schedule.Warmup{N: -1, Then: ok}, "Warmup.N is -1, allowed is a whole number ≥ 0"},
		{schedule.Warmup{N: 3}, "Warmup.Then is nil, allowed is a Schedule"},
		{schedule.Warmup{N: 3, Then: schedule.Cosine{}}, "Cosine.T is 0, allowed is a whole number ≥ 1"},
		{schedule.Join{}, "Join.len(Schedules) is 0, allowed is a whole number ≥ 1"},
		{schedule.Join{Schedules: []optim.Schedule{ok, nil}, Boundaries: []int{1}}, "Join.Schedules[1] is nil, allowed is a Schedule"},
		{schedule.Join{Schedules: []optim.Schedule{ok, ok}}, "Join.len(Boundaries) is 0, allowed is len(Schedules) − 1, which is 1"},
		{schedule.Join{Schedules: []optim.Schedule{ok, ok}, Boundaries: []int{0}}, "Join.Boundaries[0] is 0, allowed is a whole number ≥ 1"},
		{schedule.Join{Schedules: []optim.Schedule{ok, ok, ok}, Boundaries: []int{4, 4}}, "Join.Boundaries[1] is 4, allowed is a whole number ≥ 5"},
		{schedule.Product{}, "Product.len is 0, allowed is a whole number ≥ 1"},
		{schedule.Product{ok, schedule.Linear{}}, "Linear.T is 0, allowed is a whole number ≥ 1"},
		{schedule.Between{Min: 1, Max: 2}, "Between.Of is nil, allowed is a Schedule"},
		{schedule.Between{Of: ok, Min: nan, Max: 2}, "Between.Min is NaN, allowed is a number"},
		{schedule.Between{Of: ok, Min: 1, Max: 0.5}, "Between.Max is 0.5, allowed is a number ≥ Min, which is 1"},
		{schedule.Func{}, "Func.F is nil, allowed is a function"},
		{&schedule.Plateau{From: -1, Factor: 0.1}, "Plateau.From is -1, allowed is a finite number ≥ 0"},
		{&schedule.Plateau{From: 1, Factor: 1}, "Plateau.Factor is 1, allowed is 0 ≤ Factor < 1"},
		{&schedule.Plateau{From: 1, Patience: -1}, "Plateau.Patience is -1, allowed is a whole number ≥ 0"},
		{&schedule.Plateau{From: 1, AtPatience: true}, "Plateau.Patience is 0, allowed is a whole number ≥ 1"},
		{&schedule.Plateau{From: 1, RelTol: 1}, "Plateau.RelTol is 1, allowed is 0 ≤ RelTol < 1"},
		{&schedule.Plateau{From: 1, AbsTol: -1}, "Plateau.AbsTol is -1, allowed is a finite number ≥ 0"},
		{&schedule.Plateau{From: 1, Cooldown: -1}, "Plateau.Cooldown is -1, allowed is a whole number ≥ 0"},
		{&schedule.Plateau{From: 1, Eps: nan}, "Plateau.Eps is NaN, allowed is a finite number ≥ 0"},
		{&schedule.Plateau{From: 1, Min: 2}, "Plateau.Min is 2, allowed is 0 ≤ Min ≤ From, which is 1"},
		{&schedule.Plateau{From: 1, Min: nan}, "Plateau.Min is NaN, allowed is 0 ≤ Min ≤ From, which is 1"},
	} {
		err := c.s.Validate()
		if fmt.Sprint(err) != "schedule: "+c.want {
			t.Errorf("%T: %v\nwant  optim: %s", c.s, err, c.want)
		}
		var field *optim.FieldError
		if missing := strings.Contains(c.want, "nil"); errors.As(err, &field) == missing {
			t.Errorf("%T: %v is a FieldError: %v", c.s, err, !missing)
		}
		if p, ok := c.s.(*schedule.Plateau); ok {
			if told := p.Tell(1); fmt.Sprint(told) != fmt.Sprint(err) {
				t.Errorf("Tell returns %v, Validate %v", told, err)
			}
		}
		w := []float64{1}
		sgd := optim.NewSGD(0.5)
		if got := optim.NewFollow(sgd, &sgd.LR, c.s).Step(w, []float64{1}); fmt.Sprint(got) != fmt.Sprint(err) || w[0] != 1 || sgd.LR != 0.5 {
			t.Errorf("Follow: %v, w = %v, η = %v", got, w, sgd.LR)
		}
	}
}

// The bounds themselves are allowed where the message says so.
func TestScheduleFieldsAtTheirBounds(t *testing.T) {
	for _, s := range []optim.Schedule{
		schedule.Constant{Value: -math.MaxFloat64},
		schedule.Steps{From: 1, T: 1}, schedule.MultiStep{From: 1, Milestones: []int{0, 0, 3, 3}}, schedule.MultiStep{From: 1},
		schedule.Exponential{From: 1, Gamma: 5e-324, T: 1}, schedule.InverseTime{From: 1, T: 1},
		schedule.Linear{T: 1}, schedule.Polynomial{T: 1, Power: 5e-324}, schedule.Cosine{T: 1},
		schedule.WarmRestarts{T0: 1, TMult: 1}, schedule.WarmRestarts{T0: 1, TMult: 1, PeakMult: 1},
		schedule.OneCycle{T: 2, Rise: 0.75}, schedule.OneCycle{T: 3, Rise: 0.5, ThreePhase: true},
		schedule.Cyclic{Up: 1, Down: 1}, schedule.Cyclic{Up: 1, Down: 1, Mode: schedule.ExpRange}, schedule.Cyclic{Up: 1, Down: 1, Gamma: -1},
		schedule.Warmup{Then: schedule.Constant{}}, schedule.Product{schedule.Constant{}}, schedule.Join{Schedules: []optim.Schedule{schedule.Constant{}}},
		schedule.Join{Schedules: []optim.Schedule{schedule.Constant{}, schedule.Constant{}, schedule.Constant{}}, Boundaries: []int{1, 2}},
		schedule.Between{Of: schedule.Constant{}, Min: 1, Max: 1},
		&schedule.Plateau{}, &schedule.Plateau{From: 1, Min: 1}, &schedule.Plateau{Patience: 1, AtPatience: true},
	} {
		if err := s.Validate(); err != nil {
			t.Error(err)
		}
		for i := range 9 {
			if x := s.At(i); !(math.Abs(x) <= math.MaxFloat64) {
				t.Errorf("%v: At(%d) = %v", s, i, x)
			}
		}
	}
}

func TestScheduleString(t *testing.T) {
	cos := schedule.Cosine{From: 0.1, To: 0.01, T: 50}
	for _, c := range []struct {
		s    optim.Schedule
		want string
	}{
		{schedule.Constant{Value: 0.1}, "Constant(0.1)"},
		{schedule.Steps{From: 0.1, Gamma: 0.5, T: 10}, "Steps(0.1, γ=0.5, T=10)"},
		{schedule.MultiStep{From: 0.1, Gamma: 0.5, Milestones: []int{10, 30}}, "MultiStep(0.1, γ=0.5, at [10 30])"},
		{schedule.Exponential{From: 0.1, Gamma: 0.5, T: 10}, "Exponential(0.1, γ=0.5, T=10)"},
		{schedule.InverseTime{From: 0.1, Rate: 2, T: 10, Staircase: true}, "InverseTime(0.1, rate=2, T=10, staircase)"},
		{schedule.Linear{From: 0.1, To: 1, T: 10}, "Linear(0.1 → 1, T=10)"},
		{schedule.Polynomial{From: 0.1, T: 10, Power: 2, Cycle: true}, "Polynomial(0.1 → 0, T=10, power=2, cycle)"},
		{cos, "Cosine(0.1 → 0.01, T=50)"},
		{schedule.Cosine{From: 1, T: 5, Periodic: true}, "Cosine(1 → 0, T=5, periodic)"},
		{schedule.NewWarmRestarts(1, 0.5, 7), "WarmRestarts(1 → 0.5, T0=7, ×2)"},
		{schedule.WarmRestarts{From: 1, T0: 7, TMult: 1, PeakMult: 0.5}, "WarmRestarts(1 → 0, T0=7, ×1, peaks ×0.5)"},
		{schedule.OneCycle{From: 1, Peak: 2, T: 7, Rise: 0.3, ThreePhase: true, Straight: true}, "OneCycle(1 → 2 → 0, T=7, rise=0.3, three phases, straight)"},
		{schedule.NewCyclic(1, 2, 5), "Cyclic(1 → 2, up 5, down 5)"},
		{schedule.Cyclic{From: 1, Peak: 2, Up: 5, Down: 3, Mode: schedule.Triangular2}, "Cyclic(1 → 2, up 5, down 3, triangular2)"},
		{schedule.Cyclic{From: 1, Peak: 2, Up: 5, Down: 3, Mode: schedule.ExpRange, Gamma: 0.9}, "Cyclic(1 → 2, up 5, down 3, exp_range, γ=0.9)"},
		{schedule.Cyclic{Mode: 3}, "Cyclic(0 → 0, up 0, down 0, CyclicMode(3))"},
		{schedule.Cyclic{Mode: -1}, "Cyclic(0 → 0, up 0, down 0, CyclicMode(-1))"},
		{schedule.Func{Name: schedule.Triangular.String()}, "triangular"},
		{schedule.Warmup{N: 5, Then: cos}, "Warmup(from 0, N=5, then Cosine(0.1 → 0.01, T=50))"},
		{schedule.Warmup{N: 5, Early: true, Then: cos}, "Warmup(from 0, N=5, early, then Cosine(0.1 → 0.01, T=50))"},
		{schedule.Join{Schedules: []optim.Schedule{schedule.Constant{Value: 1}, cos}, Boundaries: []int{5}}, "Join(Constant(1), from 5 Cosine(0.1 → 0.01, T=50))"},
		{schedule.Product{cos, schedule.Constant{Value: 2}}, "Product(Cosine(0.1 → 0.01, T=50), Constant(2))"},
		{schedule.Between{Of: cos, Min: 0.02, Max: math.Inf(1)}, "Between(0.02, Cosine(0.1 → 0.01, T=50), +Inf)"},
		{schedule.Func{Name: "0.1/√(i+1)"}, "0.1/√(i+1)"},
		{schedule.NewPlateau(0.1), "Plateau(0.1, γ=0.1, patience=10)"},
		{&schedule.Plateau{From: 1, Factor: 0.5, Patience: 2, Cooldown: 3, Min: 0.1, Maximize: true, AtPatience: true, ShortCooldown: true},
			"Plateau(1, γ=0.5, patience=2, cooldown=3, min=0.1, maximize, at patience, short cooldown)"},
		// what Validate refuses has a name too
		{schedule.Warmup{}, "Warmup(from 0, N=0, then <nil>)"},
		{schedule.Join{Boundaries: []int{1}}, "Join()"},
	} {
		if got := c.s.String(); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

// The periods of WarmRestarts are those of exact arithmetic with the decimal
// number TMult.
func TestWarmRestartsExactly(t *testing.T) {
	if got := (schedule.WarmRestarts{From: 0.1, T0: 100, TMult: 1.1, PeakMult: 1}).At(210); got != 0.1 {
		t.Errorf("At(210) = %v after periods of 100 and 110, want 0.1", got)
	}
	const until = 3000
	for hundredths := int64(101); hundredths <= 300; hundredths++ {
		for t0 := range 200 {
			t0++
			s := schedule.WarmRestarts{From: 1, T0: t0, TMult: float64(hundredths) / 100, PeakMult: 1}
			length, end := big.NewRat(int64(t0), 1), big.NewRat(int64(t0), 1)
			for {
				// the first update that is not before the end of the period
				i := new(big.Int).Sub(end.Denom(), big.NewInt(1))
				i.Add(i, end.Num()).Quo(i, end.Denom())
				if i.Int64() > until {
					break
				}
				// k is a small share of the next period, and almost the whole of the one before
				k, _ := new(big.Rat).Sub(new(big.Rat).SetInt(i), end).Float64()
				length.Mul(length, big.NewRat(hundredths, 100))
				next, _ := length.Float64()
				want := (1 + math.Cos(math.Pi*k/next)) / 2
				if got := s.At(int(i.Int64())); math.Abs(got-want) > 1e-11 {
					t.Fatalf("%v: At(%v) = %v, want %v", s, i, got, want)
				}
				if before := s.At(int(i.Int64()) - 1); before > 0.5 && next > 5*float64(hundredths)/100 {
					t.Fatalf("%v: At(%v − 1) = %v, the end of a period", s, i, before)
				}
				end.Add(end, length)
			}
		}
	}
}
