package descent_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

// rows returns the rows of the table that has a column head, without its head.
func rows(t *testing.T, doc, head string) (table [][]string) {
	t.Helper()
	_, rest, found := strings.Cut(doc, "| "+head+" |")
	if !found {
		t.Fatalf("no table with the column %q", head)
	}
	for line := range strings.Lines(rest[strings.Index(rest, "|---"):]) {
		if !strings.HasPrefix(line, "|") {
			break
		}
		if !strings.HasPrefix(line, "|---") {
			cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
			for i := range cells {
				cells[i] = strings.Trim(strings.TrimSpace(cells[i]), "`")
			}
			table = append(table, cells)
		}
	}
	return table
}

// formula is a row of the sheet as a program: s holds the states of one weight.
type formula struct {
	opt  optim.Optimizer
	step func(s *[2]float64, t, w, g float64) float64
}

const lr = 0.3

func formulas() map[string]formula {
	return map[string]formula{
		"W ← W − ηg": {optim.NewSGD(lr), func(_ *[2]float64, _, w, g float64) float64 { return w - lr*g }},
		"v ← αv − ηg, W ← W + v": {optim.NewMomentum(lr), func(s *[2]float64, _, w, g float64) float64 {
			s[0] = 0.9*s[0] - lr*g
			return w + s[0]
		}},
		"h ← h + g², W ← W − ηg/(√h + ε)": {optim.NewAdaGrad(lr), func(s *[2]float64, _, w, g float64) float64 {
			s[0] += g * g
			return w - lr*g/(math.Sqrt(s[0])+1e-7)
		}},
		"h ← ρh + (1−ρ)g², W ← W − ηg/(√h + ε)": {optim.NewRMSProp(lr), func(s *[2]float64, _, w, g float64) float64 {
			s[0] = 0.99*s[0] + (1-0.99)*g*g
			return w - lr*g/(math.Sqrt(s[0])+1e-7)
		}},
		"m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², W ← W − η m̂/(√v̂ + ε), m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ)": {optim.NewAdam(lr),
			func(s *[2]float64, t, w, g float64) float64 {
				s[0], s[1] = 0.9*s[0]+(1-0.9)*g, 0.999*s[1]+(1-0.999)*g*g
				return w - lr*s[0]/(1-math.Pow(0.9, t))/(math.Sqrt(s[1]/(1-math.Pow(0.999, t)))+1e-8)
			}},
	}
}

// The formulas and defaults of the sheet are those of pkg/optim.
func TestSheetOfUpdates(t *testing.T) {
	for name, head := range map[string]string{"docs/cheatsheet.md": "use it when", "docs/cheatsheet.ko.md": "쓸 때"} {
		table, known := rows(t, read(t, name), head), formulas()
		if len(table) != len(known) {
			t.Errorf("%s has %d methods, want %d", name, len(table), len(known))
		}
		for _, row := range table {
			f, ok := known[row[1]]
			if !ok {
				t.Errorf("%s: %s has the formula %q, which is not that of pkg/optim", name, row[0], row[1])
				continue
			}
			if want := strings.Replace(fmt.Sprint(f.opt), "η=0.3", "η", 1); row[4] != want {
				t.Errorf("%s: the defaults of %s are %q, want %q", name, row[0], row[4], want)
			}
			w, here, state := []float64{0.7}, 0.7, [2]float64{}
			for i, g := range []float64{0.5, -2, 0.1, 3} {
				here = f.step(&state, float64(i+1), here, g)
				if err := f.opt.Step(w, []float64{g}); err != nil {
					t.Fatal(err)
				}
				if math.Abs(w[0]-here) > 1e-12 {
					t.Errorf("%s: %s: step %d leads to %v, the formula to %v", name, row[0], i+1, w[0], here)
				}
			}
		}
		bound := (1 - 0.9) / math.Sqrt(1-0.999) / math.Sqrt(1-0.9*0.9/0.999)
		if want := fmt.Sprintf("%.2f η", bound); !strings.Contains(read(t, name), want) {
			t.Errorf("%s does not name Adam's bound, %s", name, want)
		}
	}
}

// The standard deviations of the sheet are those of pkg/weightinit.
func TestSheetOfInitialWeights(t *testing.T) {
	inits := []weightinit.Initializer{weightinit.NewZeros(), weightinit.NewNormal(0, 0.01), weightinit.NewNormal(0, 1),
		weightinit.NewLeCun(), weightinit.NewXavier(), weightinit.NewHe(), weightinit.NewOrthogonal(1)}
	for name, head := range map[string]string{
		"docs/cheatsheet.md": "standard deviation for 100 → 50 | use it when", "docs/cheatsheet.ko.md": "100 → 50 층의 표준편차 | 쓸 때"} {
		table := rows(t, read(t, name), head)
		if len(table) != len(inits) {
			t.Fatalf("%s has %d initial weights, want %d", name, len(table), len(inits))
		}
		for i, row := range table {
			said, err := strconv.ParseFloat(row[4], 64)
			if err != nil {
				t.Errorf("%s: %s: %v", name, row[0], err)
			}
			square := 0.0
			for seed := range uint64(20) {
				w := make([]float64, 100*50)
				inits[i].Fill(w, 100, 50, rand.NewPCG(seed, 0))
				for _, x := range w {
					square += x * x / float64(20*len(w))
				}
			}
			if got := math.Sqrt(square); math.Abs(got-said) > 0.01*said {
				t.Errorf("%s: %s has standard deviation %s, drawn are %.4f", name, row[0], row[4], got)
			}
		}
	}
}
