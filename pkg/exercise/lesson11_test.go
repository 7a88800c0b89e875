package exercise

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

// heal returns what Heal says in English.
func heal(t *testing.T, n int, diagnosis string, cure Recipe) string {
	t.Helper()
	return said(t, "en", func() { Heal(n, func() string { return diagnosis }, cure) })
}

// Each network is sick with a margin, its cures heal with a margin, and the
// repairs that come to mind first do not.
func TestHeal(t *testing.T) {
	for i, p := range patients {
		n := i + 1
		if a, _ := p.accuracy(p.broken, 1); a > p.healed-0.1 {
			t.Errorf("network %d: accuracy %.3f while broken, want below %.2f", n, a, p.healed-0.1)
		}
		if s := heal(t, n, p.sick, p.broken); !strings.HasPrefix(s, "… The diagnosis is right. Now change one thing") {
			t.Errorf("network %d: unchanged it gets %q", n, s)
		}
		for _, cure := range p.cures {
			s := heal(t, n, p.sick, cure)
			var accuracy float64
			_, measured, _ := strings.Cut(s, "Accuracy on the test data ")
			fmt.Sscan(measured, &accuracy)
			if !strings.HasPrefix(s, "✔ Healed (changed: ") || accuracy < p.healed+0.02 {
				t.Errorf("network %d: its cure gets %q, want above %.2f", n, s, p.healed+0.02)
			}
		}
		for _, w := range p.wrong {
			if s := heal(t, n, p.sick, w.recipe); !strings.HasPrefix(s, "✘ Still sick.") || !strings.Contains(s, w.en) {
				t.Errorf("network %d: a wrong cure gets %q, want the hint %q", n, s, w.en)
			}
		}
	}
}

// Each wrong letter has its hint, in both languages.
func TestHealDiagnoses(t *testing.T) {
	for i, p := range patients {
		for _, l := range []string{"ko", "en"} {
			hints := map[string]bool{}
			for _, d := range diagnoses {
				given := d.hint.f()
				s := said(t, l, func() { Heal(i+1, func() string { return given }, p.broken) })
				if given == p.sick {
					continue
				}
				if want := map[string]string{"ko": "✘ 진단 " + given + "는 맞지 않습니다. ", "en": "✘ Diagnosis " + given + " does not fit. "}[l]; !strings.HasPrefix(s, want) {
					t.Errorf("network %d, %s, diagnosis %s: %q, want %q", i+1, l, given, s, want)
				}
				hints[s] = true
			}
			if len(hints) < 4 {
				t.Errorf("network %d, %s: %d hints for wrong letters, want 4 or more", i+1, l, len(hints))
			}
		}
		for _, given := range []string{"", "A", "h", "symmetry"} {
			want := fmt.Sprintf("✘ The diagnosis is %q. Return one small letter of the choices, as in return \"a\".\n", given)
			if s := heal(t, i+1, given, p.broken); s != want {
				t.Errorf("network %d: got %q, want %q", i+1, s, want)
			}
		}
	}
}

// What the hints say of the gauges after 1 epoch is true of every network they
// are said of.
func TestHintsOfDiagnosesAreTrue(t *testing.T) {
	gauges := func(f Recipe) []mlp.Measures {
		cfg, opt := f()
		cfg.Seed = 1
		run := mlp.Train(mlp.New(cfg), opt, digits.Train(), mlp.TrainConfig{Batch: 100, Epochs: 1, Seed: 1, Probe: digits.Test()})
		return run.Layers[len(run.Layers)-1]
	}
	of := func(layers []mlp.Measures, gauge func(mlp.Measures) float64) (v []float64) {
		for _, l := range layers {
			v = append(v, gauge(l))
		}
		return v
	}
	std := func(m mlp.Measures) float64 { return m.Std }
	delta := func(m mlp.Measures) float64 { return m.Delta }
	update := func(m mlp.Measures) float64 { return m.Update }
	distinct := func(m mlp.Measures) float64 { return float64(m.Distinct) }

	sound := gauges(recipe(three, mlp.ReLU, weightinit.NewHe(), by(*optim.NewSGD(0.1))))
	soundStd := slices.Max(of(sound[:2], std))
	r := of(sound, update)
	signs := func(layers []mlp.Measures) map[string]bool { // what the hint of each letter denies
		hidden := layers[:len(layers)-1]
		s, d, u := of(hidden, std), of(hidden, delta), of(layers, update)
		return map[string]bool{
			"a": slices.Min(of(hidden, distinct)) < 2,
			"b": slices.Max(s) > 2*soundStd,
			"c": slices.Min(s) < s[0]/2,
			"d": d[0] < d[len(d)-1]/2,
			"e": slices.Max(u) > 2*slices.Max(r),
			"f": slices.Min(u) < slices.Min(r)/2,
		}
	}
	for i, p := range patients {
		shown := signs(gauges(p.broken))
		for _, letter := range []string{"a", "b", "c", "d", "e", "f"} {
			special := slices.ContainsFunc(p.unlike, func(m mistake[func() string]) bool { return m.f() == letter })
			if letter != p.sick && !special && shown[letter] {
				t.Errorf("network %d: its gauges show %q, but the hint says that they do not", i+1, letter)
			}
		}
		shown["f"] = shown["f"] || p.sick == "f"
		sick := false
		for _, s := range shown {
			sick = sick || s
		}
		if p.sick != "g" && !sick {
			t.Errorf("network %d: its gauges after 1 epoch are healthy, but the hint of g says that they are not", i+1)
		}
	}
}

// A network that starts with the ratio of network 6 learns, so small steps at
// the start are not what it suffers from.
func TestHealControl(t *testing.T) {
	p := patients[5]
	if a, _ := p.accuracy(recipe(three, mlp.ReLU, weightinit.NewHe(), by(*optim.NewAdam(0.0003))), 3); a < p.healed {
		t.Errorf("Adam(η=0.0003): accuracy %.3f, want %.1f or more", a, p.healed)
	}
}

// No recipe heals more than half of the networks, and none without a diagnosis:
// a letter that is right for one is wrong for most.
func TestHealKnowsNoPanacea(t *testing.T) {
	for _, opt := range []func() optim.Optimizer{by(*optim.NewAdam(0.001)), by(*optim.NewSGD(0.1)), by(*optim.NewRMSProp(0.001))} {
		healed := 0
		for i, p := range patients {
			cfg, _ := p.broken()
			cure := recipe(cfg.Sizes, mlp.ReLU, weightinit.NewHe(), opt)
			if strings.HasPrefix(heal(t, i+1, p.sick, cure), "✔") {
				healed++
			}
		}
		if healed > Patients/2 {
			t.Errorf("ReLU, He and %v heal %d of %d networks, want half or fewer", opt(), healed, Patients)
		}
	}
	for _, d := range diagnoses {
		right := 0
		for _, p := range patients {
			if p.sick == d.hint.f() {
				right++
			}
		}
		if right < 1 || right > 2 {
			t.Errorf("diagnosis %s is right for %d networks, want 1 or 2", d.hint.f(), right)
		}
	}
}

func TestHealChanges(t *testing.T) {
	he, sgd := weightinit.NewHe(), by(*optim.NewSGD(0.1))
	base := recipe(three, mlp.ReLU, he, by(*optim.NewMomentum(1)))
	for _, c := range []struct {
		cure Recipe
		want []string
	}{
		{base, nil},
		{recipe(three, mlp.Tanh, he, by(*optim.NewMomentum(1))), []string{"Act = tanh"}},
		{recipe(three, mlp.ReLU, weightinit.NewXavier(), by(*optim.NewMomentum(1))), []string{"Init = Xavier"}},
		{recipe(three, mlp.ReLU, he, by(*optim.NewMomentum(0.1))), []string{"LR = 0.1"}},
		{recipe(three, mlp.ReLU, he, by(optim.Momentum{LR: 0.1, Alpha: 0.5})), []string{"LR = 0.1", "Alpha = 0.5"}},
		{recipe(three, mlp.ReLU, he, by(*optim.NewNesterov(1))), []string{"the kind of optimizer = Nesterov"}},
		{recipe(three, mlp.ReLU, he, by(*optim.NewAdam(0.001))), []string{"the kind of optimizer = Adam", "LR = 0.001"}},
		{recipe(three, mlp.ReLU, he, func() optim.Optimizer { return optim.NewClipNorm(optim.NewMomentum(1), 1) }), []string{"*optim.ClipNorm"}},
		{recipe(three, mlp.ReLU, he, func() optim.Optimizer { return optim.NewClipNorm(optim.NewAdam(0.001), 1) }),
			[]string{"*optim.ClipNorm", "the kind of optimizer = Adam", "LR = 0.001"}},
		{func() (mlp.Config, optim.Optimizer) {
			return mlp.Config{Sizes: three, Act: mlp.ReLU, Init: he, L2: 0.1}, sgd()
		}, []string{"L2 = 0.1", "the kind of optimizer = SGD", "LR = 0.1"}},
	} {
		var got []string
		for _, c := range changes(c.cure, base) {
			got = append(got, c.en)
		}
		if !reflect.DeepEqual(got, c.want) {
			_, opt := c.cure()
			t.Errorf("%v: changes %q, want %q", opt, got, c.want)
		}
	}
}

// stuck is an optimizer whose step does not end.
type stuck struct{ optim.AdaGrad }

func (*stuck) Step(_, _ []float64) error { select {} }

func TestHealEnds(t *testing.T) {
	defer func(d time.Duration) { healLimit, end = d, os.Exit }(healLimit)
	ended := 0
	healLimit, end = 20*time.Millisecond, func(int) { ended++ }
	for _, c := range []struct {
		n    int
		cure Recipe
	}{
		{1, func() (mlp.Config, optim.Optimizer) { select {} }},
		{6, recipe(three, mlp.ReLU, weightinit.NewHe(), by(stuck{*optim.NewAdaGrad(0.001)}))},
	} {
		if s := heal(t, c.n, patients[c.n-1].sick, c.cure); !strings.HasPrefix(s, "✘ It did not end within 0.02 s.") {
			t.Errorf("network %d: got %q", c.n, s)
		}
	}
	if ended != 2 {
		t.Errorf("the cell ended %d times, want 2", ended)
	}
}

func TestHealRefuses(t *testing.T) {
	he, sgd := weightinit.NewHe(), by(*optim.NewSGD(0.1))
	shared := optim.NewSGD(0.1)
	for _, c := range []struct {
		n    int
		cure any
		want string
	}{
		{1, func() int { return 1 }, "✘ The function takes or returns other types."},
		{1, nil, "✘ The function takes or returns other types."},
		{1, Recipe(nil), "✘ The function is nil."},
		{1, recipe([]int{64, 10}, mlp.ReLU, he, sgd), "✘ Leave the sizes of the layers as they are: [64 50 50 10].\n"},
		{1, recipe(three, mlp.ReLU, nil, sgd), "✘ mlp: "},
		{1, recipe(three, mlp.ReLU, he, func() optim.Optimizer { return nil }), "✘ The optimizer is nil.\n"},
		{1, recipe(three, mlp.ReLU, he, func() optim.Optimizer { return (*optim.SGD)(nil) }), "✘ The optimizer is nil.\n"},
		{1, recipe(three, mlp.ReLU, he, by(*optim.NewSGD(-0.1))), "✘ optim: SGD.LR is -0.1, allowed"},
		{1, recipe(three, mlp.ReLU, he, func() optim.Optimizer { return shared }), "✘ Each call returns the same optimizer."},
		{1, recipe(three, mlp.ReLU, he, by(*optim.NewAdam(0.001))),
			"✘ The diagnosis is right, but the cure changes more than one thing: Init = He, the kind of optimizer = Adam, LR = 0.001. Change one, to know what helped.\n"},
		{3, recipe(five, mlp.ReLU, weightinit.NewNormal(0, 1), by(*optim.NewSGD(0.001))),
			"✘ The diagnosis is right, but the change is elsewhere (LR = 0.001). A lower learning rate,"},
		{3, recipe(five, mlp.ReLU, weightinit.NewNormal(0, 2), sgd), "✘ Still sick. The training ended early: step "},
		{6, recipe(three, mlp.ReLU, he, by(optim.AdaGrad{LR: 0.001})), "✘ Still sick. The training ended early: step "},
		{6, recipe(three, mlp.ReLU, he, by(*optim.NewAdaGrad(0.0001))), "✘ Still sick. Accuracy on the test data 0."},
		{1, func() (mlp.Config, optim.Optimizer) { panic("by mistake") }, "✘ The function panicked: by mistake"},
		{1, func() (mlp.Config, optim.Optimizer) { panic(NotYet) }, "… "},
	} {
		sick := patients[c.n-1].sick
		if s := said(t, "en", func() { Heal(c.n, func() string { return sick }, c.cure) }); !strings.HasPrefix(s, c.want) {
			t.Errorf("network %d: got %q, want %q", c.n, s, c.want)
		}
	}
	for _, c := range []struct {
		diagnosis any
		want      string
	}{
		{"a", "✘ The function takes or returns other types."},
		{nil, "✘ The function takes or returns other types."},
		{(func() string)(nil), "✘ The function is nil."},
		{func() string { panic(NotYet) }, "… "},
		{func() string { panic("by mistake") }, "✘ The function panicked: by mistake"},
	} {
		if s := said(t, "en", func() { Heal(1, c.diagnosis, patients[0].cures[0]) }); !strings.HasPrefix(s, c.want) {
			t.Errorf("got %q, want %q", s, c.want)
		}
	}
	defer func() {
		if r := recover(); r != "exercise: Heal: network 11, allowed are 1 to 10" {
			t.Errorf("Heal(11, …) panics with %v", r)
		}
	}()
	Heal(11, nil, nil)
}
