package schedule_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"descent/pkg/optim/schedule"
)

// goldenPlateaus are the rules of the other frameworks.
var goldenPlateaus = map[string]func(a arguments) *schedule.Plateau{
	"torch.ReduceLROnPlateau": func(a arguments) *schedule.Plateau {
		s := schedule.NewPlateau(a.number("lr"))
		s.Factor, s.Patience, s.Cooldown = a.number("factor"), a.int("patience"), a.int("cooldown")
		s.Min, s.Eps, s.Maximize = a.number("min_lr"), a.number("eps"), a["mode"] == "max"
		s.RelTol = a.number("threshold")
		if a["threshold_mode"] == "abs" {
			s.RelTol, s.AbsTol = 0, s.RelTol
		}
		return s
	},
	"optax.contrib.reduce_on_plateau": func(a arguments) *schedule.Plateau {
		return &schedule.Plateau{
			From: a.number("lr"), Factor: a.number("factor"), Patience: a.int("patience"), Cooldown: a.int("cooldown"),
			RelTol: a.number("rtol"), AbsTol: a.number("atol"), Min: a.number("lr") * a.number("min_scale"), AtPatience: true,
		}
	},
	"keras.callbacks.ReduceLROnPlateau": func(a arguments) *schedule.Plateau {
		return &schedule.Plateau{
			From: a.number("lr"), Factor: a.number("factor"), Patience: a.int("patience"), Cooldown: a.int("cooldown"),
			AbsTol: a.number("min_delta"), Min: a.number("min_lr"), Maximize: a["mode"] == "max", AtPatience: true, ShortCooldown: true,
		}
	},
}

func TestPlateauGolden(t *testing.T) {
	found := map[string]int{}
	for n, c := range readGoldenSchedules(t) {
		if c.Metrics == nil {
			continue
		}
		found[c.Key]++
		t.Run(fmt.Sprintf("%d %s", n, c.Key), func(t *testing.T) {
			build := goldenPlateaus[c.Key]
			if build == nil {
				t.Fatal("no schedule of this package stands for it")
			}
			s := build(c.Args)
			average, mean := int(c.Args.or("accumulation_size", 1)), 0.0
			for i, want := range c.Rates {
				if got := s.At(i); !(math.Abs(got-want) <= 1e-12*want) {
					t.Fatalf("%v: value %v after %d metrics, want %v", s, got, i, want)
				}
				mean += c.Metrics[i] / float64(average)
				if (i+1)%average == 0 {
					if err := s.Tell(mean); err != nil {
						t.Fatal(err)
					}
					mean = 0
				}
			}
		})
	}
	if len(found) != len(goldenPlateaus) {
		t.Errorf("cases: %v, rules: %d", found, len(goldenPlateaus))
	}
}

// reductions tells s metric(i) for i = 0 … n−1 and returns the i at which its
// value fell.
func reductions(t *testing.T, s *schedule.Plateau, n int, metric func(i int) float64) []int {
	t.Helper()
	var all []int
	for i := range n {
		before := s.At(0)
		if err := s.Tell(metric(i)); err != nil {
			t.Fatal(err)
		}
		if s.At(0) < before {
			all = append(all, i)
		}
	}
	return all
}

// A metric that stands still, patience 2, cooldown 2: what the frameworks did.
func TestPlateauRules(t *testing.T) {
	still := func(int) float64 { return 1 }
	for _, c := range []struct {
		name              string
		atPatience, short bool
		want              []int
	}{
		{"torch", false, false, []int{3, 8, 13}},
		{"Keras", true, true, []int{2, 5, 8, 11, 14}},
		{"optax", true, false, []int{2, 6, 10, 14}},
	} {
		s := &schedule.Plateau{From: 1, Factor: 0.5, Patience: 2, Cooldown: 2, RelTol: 1e-4, AtPatience: c.atPatience, ShortCooldown: c.short}
		if got := reductions(t, s, 15, still); !slices.Equal(got, c.want) {
			t.Errorf("%s: reduced at %v, want %v", c.name, got, c.want)
		}
	}
}

func TestPlateauEdges(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		name    string
		s       schedule.Plateau
		metrics []float64
		want    []int
	}{
		{"just not better", schedule.Plateau{RelTol: 0.25}, []float64{16, 12, 11, 8.25, 8}, []int{1, 3}},
		{"just not better by a difference", schedule.Plateau{AbsTol: 0.5}, []float64{10, 9.5, 9.4, 8.9, 8.3}, []int{1, 3}},
		{"just not better by a share, rising", schedule.Plateau{RelTol: 0.25, Maximize: true}, []float64{16, 20, 21, 26.25, 27}, []int{1, 3}},
		{"rises", schedule.Plateau{AbsTol: 0.5, Maximize: true}, []float64{-3, -2.5, -2.4, 1, 0}, []int{1, 4}},
		{"a better one starts the count anew", schedule.Plateau{Patience: 1}, []float64{5, 6, 4, 6, 5, 3}, []int{4}},
		{"a better one in the cooldown", schedule.Plateau{Cooldown: 2}, []float64{5, 5, 4, 9, 4.5, 3}, []int{1, 4}},
		{"NaN is bad, also the first", schedule.Plateau{Patience: 1}, []float64{nan, 3, nan, nan, 2, nan, 1}, []int{3}},
		{"two NaN", schedule.Plateau{Patience: 1}, []float64{nan, nan}, []int{1}},
		{"Inf is bad, also the first", schedule.Plateau{Patience: 1}, []float64{inf, inf, 7, 6}, []int{1}},
		{"from -Inf on nothing is better", schedule.Plateau{}, []float64{-inf, -inf, 1}, []int{1, 2}},
	} {
		c.s.From, c.s.Factor = 1, 0.5
		if got := reductions(t, &c.s, len(c.metrics), func(i int) float64 { return c.metrics[i] }); !slices.Equal(got, c.want) {
			t.Errorf("%s: reduced at %v, want %v", c.name, got, c.want)
		}
	}
}

// The value falls to Min and stays there; a reduction by Eps or less is left
// out.
func TestPlateauFloor(t *testing.T) {
	s := &schedule.Plateau{From: 1, Factor: 0.1, Min: 0.02}
	got := reductions(t, s, 50, func(int) float64 { return 1 })
	if s.At(0) != 0.02 || !slices.Equal(got, []int{1, 2}) {
		t.Errorf("value %v, reduced at %v", s.At(0), got)
	}
	s = &schedule.Plateau{From: 1, Factor: 0.5, Eps: 0.125}
	if reductions(t, s, 50, func(int) float64 { return 1 }); s.At(0) != 0.25 {
		t.Errorf("value %v, want 0.25: from there the change is 0.125, no more than Eps", s.At(0))
	}
}

// A metric that gets better each time never reduces; one and its negative
// reduce at the same times; the value is From γ^k.
func TestPlateauProperties(t *testing.T) {
	rng := rand.New(rand.NewPCG(21, 22))
	for range 200 {
		s := schedule.Plateau{From: 0.1 + rng.Float64(), Factor: rng.Float64(), Patience: 1 + rng.IntN(4), Cooldown: rng.IntN(4),
			AbsTol: 0.1 * rng.Float64(), AtPatience: rng.IntN(2) == 0, ShortCooldown: rng.IntN(2) == 0}
		falls, noise := s, s
		if got := reductions(t, &falls, 40, func(i int) float64 { return -float64(i) }); got != nil {
			t.Fatalf("%v: reduced at %v although the metric falls", &s, got)
		}
		metrics := make([]float64, 60)
		for i := range metrics {
			metrics[i] = rng.NormFloat64()
		}
		mirror := s
		mirror.Maximize = true
		a := reductions(t, &noise, 60, func(i int) float64 { return metrics[i] })
		b := reductions(t, &mirror, 60, func(i int) float64 { return -metrics[i] })
		if !slices.Equal(a, b) {
			t.Fatalf("%v: reduced at %v, mirrored at %v", &s, a, b)
		}
		if want := s.From * math.Pow(s.Factor, float64(len(a))); math.Abs(noise.At(0)-want) > 1e-13*want {
			t.Fatalf("%v: value %v after %d reductions, want %v", &s, noise.At(0), len(a), want)
		}
		least := s.Cooldown + s.Patience
		if !s.AtPatience {
			least++
		}
		if s.ShortCooldown && s.Cooldown > 0 {
			least--
		}
		for k := 1; k < len(a); k++ {
			if a[k]-a[k-1] < least {
				t.Fatalf("%v: reduced at %v, closer than %d", &s, a, least)
			}
		}
	}
}
