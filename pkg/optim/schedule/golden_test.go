package schedule_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"

	"descent/pkg/optim"
	"descent/pkg/optim/schedule"
)

// arguments are those of a schedule of PyTorch, optax or Keras.
type arguments map[string]any

func (a arguments) number(name string) float64 { return a[name].(float64) }
func (a arguments) int(name string) int        { return int(a.number(name)) }
func (a arguments) or(name string, unset float64) float64 {
	if x, ok := a[name].(float64); ok {
		return x
	}
	return unset
}
func (a arguments) ints(name string) []int {
	var all []int
	for _, x := range a[name].([]any) {
		all = append(all, int(x.(float64)))
	}
	return all
}

// each builds the schedules that stand in the list with that name, with the
// further arguments more.
func (a arguments) each(source, name string, more arguments) []optim.Schedule {
	var all []optim.Schedule
	for _, x := range a[name].([]any) {
		for key, value := range x.(map[string]any) {
			inner := arguments(maps.Clone(value.(map[string]any)))
			maps.Copy(inner, more)
			all = append(all, goldenSchedules[source+"."+key](inner))
		}
	}
	return all
}

// goldenSchedules are the schedules of this package that compute those of
// other frameworks.
var goldenSchedules map[string]func(a arguments) optim.Schedule

func init() {
	goldenSchedules = map[string]func(a arguments) optim.Schedule{
		"torch.ConstantLR": func(a arguments) optim.Schedule {
			lr := a.number("lr")
			return schedule.Join{
				Schedules:  []optim.Schedule{schedule.Constant{Value: lr * a.number("factor")}, schedule.Constant{Value: lr}},
				Boundaries: []int{a.int("total_iters")},
			}
		},
		"torch.StepLR": func(a arguments) optim.Schedule {
			return schedule.Steps{From: a.number("lr"), Gamma: a.or("gamma", 0.1), T: a.int("step_size")}
		},
		"torch.MultiStepLR": func(a arguments) optim.Schedule {
			return schedule.MultiStep{From: a.number("lr"), Gamma: a.number("gamma"), Milestones: a.ints("milestones")}
		},
		"torch.ExponentialLR": func(a arguments) optim.Schedule {
			return schedule.Exponential{From: a.number("lr"), Gamma: a.number("gamma"), T: 1}
		},
		"torch.PolynomialLR": func(a arguments) optim.Schedule {
			return schedule.Polynomial{From: a.number("lr"), T: a.int("total_iters"), Power: a.number("power")}
		},
		"torch.LinearLR": func(a arguments) optim.Schedule {
			lr := a.number("lr")
			return schedule.Linear{From: lr * a.number("start_factor"), To: lr * a.or("end_factor", 1), T: a.int("total_iters")}
		},
		"torch.CosineAnnealingLR": func(a arguments) optim.Schedule {
			return schedule.Cosine{From: a.number("lr"), To: a.or("eta_min", 0), T: a.int("T_max"), Periodic: true}
		},
		"torch.CosineAnnealingWarmRestarts": func(a arguments) optim.Schedule {
			return schedule.WarmRestarts{From: a.number("lr"), To: a.number("eta_min"), T0: a.int("T_0"), TMult: a.number("T_mult"), PeakMult: 1}
		},
		"torch.OneCycleLR": func(a arguments) optim.Schedule {
			from := a.number("max_lr") / a.number("div_factor")
			return schedule.OneCycle{
				From: from, Peak: a.number("max_lr"), To: from / a.number("final_div_factor"),
				T: a.int("total_steps"), Rise: a.number("pct_start"),
				ThreePhase: a["three_phase"] == true, Straight: a["anneal_strategy"] == "linear",
			}
		},
		"torch.CyclicLR": func(a arguments) optim.Schedule {
			modes := map[any]schedule.CyclicMode{"triangular": schedule.Triangular, "triangular2": schedule.Triangular2, "exp_range": schedule.ExpRange}
			s := schedule.NewCyclic(a.number("base_lr"), a.number("max_lr"), a.int("step_size_up"))
			s.Down = int(a.or("step_size_down", float64(s.Up)))
			s.Mode, s.Gamma = modes[a["mode"]], a.number("gamma")
			return s
		},
		"torch.LambdaLR": func(a arguments) optim.Schedule {
			return schedule.Func{Name: "0.3/(1 + 0.1 i)", F: func(i int) float64 { return 0.3 / (1 + 0.1*float64(i)) }}
		},
		"torch.MultiplicativeLR": func(a arguments) optim.Schedule {
			// the product of (k+1)/(k+2) for k from 1 to i
			return schedule.Func{Name: "0.6/(i+2)", F: func(i int) float64 { return 0.6 / float64(i+2) }}
		},
		"torch.SequentialLR": func(a arguments) optim.Schedule {
			return schedule.Join{Schedules: a.each("torch", "schedulers", arguments{"lr": a["lr"]}), Boundaries: a.ints("milestones")}
		},
		"torch.ChainedScheduler": func(a arguments) optim.Schedule {
			return schedule.Product(append(a.each("torch", "schedulers", arguments{"lr": 1.0}), schedule.Constant{Value: a.number("lr")}))
		},
		"torch.SWALR": func(a arguments) optim.Schedule {
			from, to, n := a.number("lr"), a.number("swa_lr"), a.int("anneal_epochs")
			if a["anneal_strategy"] == "linear" {
				return schedule.Linear{From: from, To: to, T: n}
			}
			return schedule.Cosine{From: from, To: to, T: n}
		},

		"optax.constant_schedule": func(a arguments) optim.Schedule { return schedule.Constant{Value: a.number("value")} },
		"optax.exponential_decay": func(a arguments) optim.Schedule {
			from, gamma, n := a.number("init_value"), a.number("decay_rate"), a.int("transition_steps")
			var s optim.Schedule = schedule.Exponential{From: from, Gamma: gamma, T: n}
			if a["staircase"] == true {
				s = schedule.Steps{From: from, Gamma: gamma, T: n}
			}
			if end := a.or("end_value", math.NaN()); gamma < 1 && end == end {
				s = schedule.Between{Of: s, Min: end, Max: math.Inf(1)}
			} else if end == end {
				s = schedule.Between{Of: s, Min: math.Inf(-1), Max: end}
			}
			return delayed(a, s)
		},
		"optax.piecewise_constant_schedule": func(a arguments) optim.Schedule {
			return pieces(a, func(from, to float64, n int) optim.Schedule { return schedule.Constant{Value: from} })
		},
		"optax.piecewise_interpolate_schedule": func(a arguments) optim.Schedule {
			if a["interpolate_type"] == "linear" {
				return pieces(a, func(from, to float64, n int) optim.Schedule { return schedule.Linear{From: from, To: to, T: n} })
			}
			return pieces(a, func(from, to float64, n int) optim.Schedule { return schedule.Cosine{From: from, To: to, T: n} })
		},
		"optax.polynomial_schedule": func(a arguments) optim.Schedule {
			return delayed(a, schedule.Polynomial{From: a.number("init_value"), To: a.number("end_value"), T: a.int("transition_steps"), Power: a.number("power")})
		},
		"optax.linear_schedule": func(a arguments) optim.Schedule {
			return delayed(a, schedule.Linear{From: a.number("init_value"), To: a.number("end_value"), T: a.int("transition_steps")})
		},
		"optax.cosine_decay_schedule": func(a arguments) optim.Schedule {
			from := a.number("init_value")
			return cosine(from, a.number("alpha")*from, a.int("decay_steps"), a.number("exponent"))
		},
		"optax.warmup_constant_schedule": func(a arguments) optim.Schedule {
			return schedule.Warmup{From: a.number("init_value"), N: a.int("warmup_steps"), Then: schedule.Constant{Value: a.number("peak_value")}}
		},
		"optax.warmup_cosine_decay_schedule": func(a arguments) optim.Schedule {
			n := a.int("warmup_steps") // decay_steps include it
			return schedule.Warmup{From: a.number("init_value"), N: n, Then: cosine(
				a.number("peak_value"), a.or("end_value", 0), a.int("decay_steps")-n, a.or("exponent", 1))}
		},
		"optax.warmup_exponential_decay_schedule": func(a arguments) optim.Schedule {
			return schedule.Warmup{From: a.number("init_value"), N: a.int("warmup_steps"), Then: schedule.Exponential{
				From: a.number("peak_value"), Gamma: a.number("decay_rate"), T: a.int("transition_steps")}}
		},
		"optax.sgdr_schedule": func(a arguments) optim.Schedule {
			var s schedule.Join
			b := 0
			for _, x := range a["cosine_kwargs"].([]any) {
				inner := arguments(x.(map[string]any))
				s.Schedules = append(s.Schedules, goldenSchedules["optax.warmup_cosine_decay_schedule"](inner))
				b += inner.int("decay_steps")
				s.Boundaries = append(s.Boundaries, b)
			}
			s.Boundaries = s.Boundaries[:len(s.Boundaries)-1]
			return s
		},
		"optax.cosine_onecycle_schedule": func(a arguments) optim.Schedule {
			peak, n := a.number("peak_value"), a.int("transition_steps")
			from, rise := peak/a.number("div_factor"), int(a.number("pct_start")*float64(n))
			return schedule.Join{
				Schedules: []optim.Schedule{
					schedule.Cosine{From: from, To: peak, T: rise},
					schedule.Cosine{From: peak, To: from / a.number("final_div_factor"), T: n - rise},
				},
				Boundaries: []int{rise},
			}
		},
		"optax.linear_onecycle_schedule": func(a arguments) optim.Schedule {
			peak, n := a.number("peak_value"), a.int("transition_steps")
			from := peak / a.number("div_factor")
			rise, fall := int(a.number("pct_start")*float64(n)), int(a.number("pct_final")*float64(n))
			return schedule.Join{
				Schedules: []optim.Schedule{
					schedule.Linear{From: from, To: peak, T: rise},
					schedule.Linear{From: peak, To: from, T: fall - rise},
					schedule.Linear{From: from, To: from / a.number("final_div_factor"), T: n - fall},
				},
				Boundaries: []int{rise, fall},
			}
		},
		"optax.join_schedules": func(a arguments) optim.Schedule {
			return schedule.Join{Schedules: a.each("optax", "schedules", nil), Boundaries: a.ints("boundaries")}
		},

		"keras.ExponentialDecay": func(a arguments) optim.Schedule {
			from, gamma, n := a.number("initial_learning_rate"), a.number("decay_rate"), a.int("decay_steps")
			if a["staircase"] == true {
				return schedule.Steps{From: from, Gamma: gamma, T: n}
			}
			return schedule.Exponential{From: from, Gamma: gamma, T: n}
		},
		"keras.PiecewiseConstantDecay": func(a arguments) optim.Schedule {
			s := schedule.Join{Boundaries: a.ints("boundaries")}
			for k := range s.Boundaries {
				s.Boundaries[k]++ // Keras keeps the old value at its boundary
			}
			for _, x := range a["values"].([]any) {
				s.Schedules = append(s.Schedules, schedule.Constant{Value: x.(float64)})
			}
			return s
		},
		"keras.InverseTimeDecay": func(a arguments) optim.Schedule {
			return schedule.InverseTime{From: a.number("initial_learning_rate"), Rate: a.number("decay_rate"), T: a.int("decay_steps"), Staircase: a["staircase"] == true}
		},
		"keras.PolynomialDecay": func(a arguments) optim.Schedule {
			return schedule.Polynomial{From: a.number("initial_learning_rate"), To: a.number("end_learning_rate"), T: a.int("decay_steps"),
				Power: a.number("power"), Cycle: a["cycle"] == true}
		},
		"keras.CosineDecay": func(a arguments) optim.Schedule {
			initial := a.number("initial_learning_rate")
			from := a.or("warmup_target", initial)
			return schedule.Warmup{From: initial, N: a.int("warmup_steps"), Then: schedule.Cosine{
				From: from, To: a.number("alpha") * from, T: a.int("decay_steps")}}
		},
		"keras.CosineDecayRestarts": func(a arguments) optim.Schedule {
			from := a.number("initial_learning_rate")
			// α·From is added to (1−α)·From·m_mul^n: To and the height of the peaks
			return schedule.WarmRestarts{From: from, To: a.number("alpha") * from, T0: a.int("first_decay_steps"),
				TMult: a.number("t_mul"), PeakMult: a.number("m_mul")}
		},
	}
}

// delayed delays s by optax's transition_begin.
func delayed(a arguments, s optim.Schedule) optim.Schedule {
	n := int(a.or("transition_begin", 0))
	if n == 0 {
		return s
	}
	return schedule.Join{Schedules: []optim.Schedule{schedule.Constant{Value: s.At(0)}, s}, Boundaries: []int{n}}
}

// pieces joins schedules between the values of optax's piecewise schedules.
func pieces(a arguments, piece func(from, to float64, n int) optim.Schedule) optim.Schedule {
	scales := map[int]float64{}
	for b, scale := range a["boundaries_and_scales"].(map[string]any) {
		n, _ := strconv.Atoi(b)
		scales[n] = scale.(float64)
	}
	var s schedule.Join
	s.Boundaries = slices.Sorted(maps.Keys(scales))
	value, before := a.number("init_value"), 0
	for _, b := range s.Boundaries {
		s.Schedules = append(s.Schedules, piece(value, value*scales[b], b-before))
		value, before = value*scales[b], b
	}
	s.Schedules = append(s.Schedules, schedule.Constant{Value: value})
	return s
}

// cosine is Cosine with the exponent of optax.
func cosine(from, to float64, n int, exponent float64) optim.Schedule {
	if exponent == 1 {
		return schedule.Cosine{From: from, To: to, T: n}
	}
	return schedule.Func{Name: "cosine to a power", F: func(i int) float64 {
		x := float64(min(i, n)) / float64(n)
		return to + (from-to)*math.Pow((1+math.Cos(math.Pi*x))/2, exponent)
	}}
}

type goldenSchedule struct {
	Key, Source             string
	Args                    arguments
	Rates, Momenta, Metrics []float64
}

func readGoldenSchedules(t *testing.T) []goldenSchedule {
	t.Helper()
	data, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	var golden struct{ Cases []goldenSchedule }
	if err := json.Unmarshal(data, &golden); err != nil {
		t.Fatal(err)
	}
	if len(golden.Cases) < 60 {
		t.Fatalf("testdata/golden.json has %d cases", len(golden.Cases))
	}
	return golden.Cases
}

// Every schedule of PyTorch, optax and Keras has its counterpart here, with the
// same values to 1e-12. Plateau has its own test.
func TestScheduleGolden(t *testing.T) {
	worst := map[string]float64{}
	for n, c := range readGoldenSchedules(t) {
		if c.Metrics != nil {
			continue
		}
		t.Run(fmt.Sprintf("%d %s", n, c.Key), func(t *testing.T) {
			build := goldenSchedules[c.Key]
			if build == nil {
				t.Fatal("no schedule of this package stands for it")
			}
			s := build(c.Args)
			worst[c.Source] = max(worst[c.Source], sameValues(t, s, c.Rates))
			if c.Momenta == nil {
				return
			}
			rest, turn := c.Args.number("max_momentum"), c.Args.number("base_momentum")
			switch cycle := s.(type) {
			case schedule.OneCycle:
				sameValues(t, cycle.Opposite(rest, turn), c.Momenta)
			case schedule.Cyclic:
				sameValues(t, cycle.Opposite(rest, turn), c.Momenta)
			default:
				t.Errorf("%T has no Opposite", s)
			}
		})
	}
	t.Logf("largest relative differences: %v", worst)
}

// sameValues holds s.At against want and returns the largest difference.
// Around zeros, where frameworks leave a rest of about 1e-17, it is relative to
// 1e-4 of the largest value.
func sameValues(t *testing.T, s optim.Schedule, want []float64) float64 {
	t.Helper()
	if err := s.Validate(); err != nil {
		t.Fatal(err)
	}
	worst, floor := 0.0, 0.0
	for _, x := range want {
		floor = max(floor, 1e-4*math.Abs(x))
	}
	for i, x := range want {
		d := math.Abs(s.At(i)-x) / max(math.Abs(x), floor)
		if worst = max(worst, d); !(d <= 1e-12) {
			t.Errorf("%v: At(%d) = %v, want %v", s, i, s.At(i), x)
		}
	}
	return worst
}
