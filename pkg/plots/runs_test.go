package plots_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"descent/pkg/lang"
	"descent/pkg/mlp"
	"descent/pkg/plots"
)

// run has the losses of steps 0, 10, 20, …, and ended early if diverged.
func run(diverged bool, losses ...float64) *mlp.Run {
	r := &mlp.Run{Loss: losses}
	for i := range losses {
		r.Step = append(r.Step, 10*i)
	}
	if diverged {
		r.Err = errors.New("left the finite numbers")
	}
	return r
}

// Of three seeds one diverges after step 10.
func ExampleRuns() {
	f := plots.Curves(plots.Runs("SGD", run(false, 2, 1, 0.5), run(true, 2, 50), run(false, 2, 1, 0.25)))
	fmt.Println(f.Caption())
	fmt.Println(f.Alt())
	// Output:
	// Loss against step: SGD. Lines show the mean of 3 seeds, bands reach from minimum to maximum. SGD: 1 of 3 seeds ended early (×), after step 10. After that only the remaining seeds are drawn.
	// Line chart: loss against step. SGD: 2 at x = 0, 0.375 at x = 20 (3 seeds, at the end 0.25 to 0.5). SGD: 1 of 3 seeds ended early (×), after step 10. After that only the remaining seeds are drawn.
}

func TestRuns(t *testing.T) {
	lang.Lang = "en"
	t.Cleanup(func() { lang.Lang = "" })
	var many []*mlp.Run
	for n := 1; n <= 7; n++ {
		many = append(many, run(true, make([]float64, n)...))
	}
	for name, c := range map[string]struct {
		runs []*mlp.Run
		want string // in the caption
	}{
		"all at once":    {[]*mlp.Run{run(true, 2, 9), run(true, 2, 8)}, "SGD: 2 of 2 seeds ended early (×), after step 10."},
		"all, not alike": {[]*mlp.Run{run(true, 2), run(true, 2, 8)}, "2 of 2 seeds ended early (×), after steps 0, 10. After"},
		"at the start":   {[]*mlp.Run{run(true), run(false, 2, 8)}, "1 of 2 seeds ended early (×), after step 0. After"},
		"many":           {many, "7 of 7 seeds ended early (×), after steps 0, …, 60. After"},
		"far away":       {[]*mlp.Run{run(true, 2, 1e300), run(false, 2, 1, 0.5)}, "1 of 2 seeds"},
	} {
		f := plots.Curves(plots.Runs("SGD", c.runs...))
		if got := f.Caption(); !strings.Contains(got, c.want) || name == "all at once" && strings.Contains(got, "remaining") {
			t.Errorf("%s: caption %q, want %q in it", name, got, c.want)
		}
		for _, g := range []*plots.Figure{f, plots.Points(plots.Runs("SGD", c.runs...)), f.YRange(0, 3)} {
			if _, err := g.PNG(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if o := plots.Overhang(g); o != "" {
				t.Errorf("%s: %s", name, o)
			}
		}
		if _, err := f.Animate().PNG(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := plots.Curves(plots.Runs("SGD", run(false, 2, 1), run(false, 2, 1))).Caption(); strings.Contains(got, "early") {
		t.Errorf("caption %q of runs that did not end early", got)
	}
	other := run(false, 2, 1)
	other.Step = []int{0, 7}
	for want, runs := range map[string][]*mlp.Run{
		`Runs "SGD": run 1 is nil`:                                            {run(false, 1), nil},
		"run 1 was evaluated at the steps [0 7], another at [0 10 20]":        {run(false, 3, 2, 1), other},
		"run 1 has 2 evaluations, another 3; only a run with Err may have fe": {run(false, 3, 2, 1), run(false, 3, 2)},
		`series "SGD" has no values in Y`:                                     nil,
	} {
		if _, err := plots.Curves(plots.Runs("SGD", runs...)).PNG(); err == nil || !strings.HasPrefix(err.Error(), "plots: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q in it", err, want)
		}
	}
}
