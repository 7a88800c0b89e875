package exercise

import (
	"strings"
	"testing"

	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

// Each network is sick with a margin, its cure heals with a margin, and the
// repairs that come to mind first do not.
func TestHeal(t *testing.T) {
	for i, p := range patients {
		n := i + 1
		if a := p.accuracy(p.broken); a > p.healed-0.1 {
			t.Errorf("network %d: accuracy %.3f while broken, want below %.2f", n, a, p.healed-0.1)
		}
		if a := p.accuracy(p.cure); a < p.healed+0.05 {
			t.Errorf("network %d: accuracy %.3f when healed, want above %.2f", n, a, p.healed+0.05)
		}
		for _, l := range []string{"ko", "en"}[i%2:][:1] { // both languages, in turn
			if s := said(t, l, func() { Heal(n, p.broken) }); !strings.HasPrefix(s, "… ") {
				t.Errorf("network %d, %s: unchanged it gets %q", n, l, s)
			}
			if s := said(t, l, func() { Heal(n, p.cure) }); !strings.HasPrefix(s, "✔ ") {
				t.Errorf("network %d, %s: its cure gets %q", n, l, s)
			}
			for _, w := range p.wrong {
				hint := map[string]string{"ko": w.ko, "en": w.en}[l]
				if s := said(t, l, func() { Heal(n, w.recipe) }); !strings.HasPrefix(s, "✘ ") || !strings.Contains(s, hint) {
					t.Errorf("network %d, %s: a wrong cure gets %q, want the hint %q", n, l, s, hint)
				}
			}
		}
	}
}

func TestHealRefuses(t *testing.T) {
	for _, c := range []struct {
		student any
		want    string
	}{
		{func() int { return 1 }, "✘ The function takes or returns other types."},
		{recipe([]int{64, 10}, mlp.ReLU, weightinit.NewHe(), func() optim.Optimizer { return optim.NewSGD(0.1) }),
			"✘ Leave the sizes of the layers as they are: [64 50 50 10].\n"},
		{recipe(three, mlp.ReLU, nil, func() optim.Optimizer { return optim.NewSGD(0.1) }), "✘ mlp: "},
		{recipe(three, mlp.ReLU, weightinit.NewNormal(0, 3), func() optim.Optimizer { return optim.NewSGD(0.1) }), "✘ Still sick. Accuracy on the test data 0."},
	} {
		if s := said(t, "en", func() { Heal(1, c.student) }); !strings.HasPrefix(s, c.want) {
			t.Errorf("got %q, want %q", s, c.want)
		}
	}
	defer func() {
		if r := recover(); r != "exercise: Heal: network 11, allowed are 1 to 10" {
			t.Errorf("Heal(11, …) panics with %v", r)
		}
	}()
	Heal(11, nil)
}
