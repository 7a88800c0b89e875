package surface_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"descent/pkg/surface"
)

// golden is what testdata/golden.py computed with 40 digits.
type golden struct {
	Surfaces map[string]struct {
		At     [][8]float64 // x, y, f, ∂x, ∂y, ∂xx, ∂xy, ∂yy
		Minima []surface.Point
		Lowest []float64
	}
	Rotated struct {
		Eigenvalues []float64
		Seed        uint64
		Hessian     []float64
	}
	Online map[string][2]float64 // last x, regret
}

func readGolden(t *testing.T) (g golden) {
	t.Helper()
	data, err := os.ReadFile("testdata/golden.json")
	if err == nil {
		err = json.Unmarshal(data, &g)
	}
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestGoldenSurfaces(t *testing.T) {
	g := readGolden(t).Surfaces
	largest := 0.0
	for _, s := range surface.All() {
		want, ok := g[s.Name]
		if !ok || len(want.At) < 7 {
			t.Fatalf("golden.json has no values of %s", s.Name)
		}
		for _, row := range want.At {
			x, y := row[0], row[1]
			var got [6]float64
			got[0] = s.F(x, y)
			got[1], got[2] = s.Gradient(x, y)
			got[3], got[4], got[5] = s.Hessian(x, y)
			for i, want := range row[2:] {
				d := math.Abs(got[i] - want)
				if want != 0 {
					d /= math.Abs(want)
				}
				largest = max(largest, d)
				if !(d <= 1e-13) {
					t.Errorf("%s at (%v, %v): number %d is %v, want %v, relative difference %.1e", s.Name, x, y, i, got[i], want, d)
				}
			}
		}
		for i, m := range want.Minima {
			if s.Minima[i] != m || s.Lowest != want.Lowest[i] {
				t.Errorf("%s: minimum %v at %v, want %v at %v", s.Name, s.Lowest, s.Minima[i], want.Lowest[i], m)
			}
		}
		if len(want.Minima) != len(s.Minima) && len(s.Kinks) == 0 {
			t.Errorf("%s has %d minima, want %d", s.Name, len(s.Minima), len(want.Minima))
		}
	}
	t.Logf("largest relative difference %.1e", largest)
}

func TestGoldenRotation(t *testing.T) {
	g := readGolden(t).Rotated
	got := make([]float64, len(g.Hessian))
	surface.NewQuadratic(g.Eigenvalues...).Rotate(g.Seed).Hess(got, g.Eigenvalues)
	for i, want := range g.Hessian {
		if math.Abs(got[i]-want) > 1e-13*30 {
			t.Errorf("element %d of the Hessian is %v, want %v", i, got[i], want)
		}
	}
}

// Adam, without correction, and AMSGrad on the paper's problems: the one ends
// at the worst place, the other near the best.
func TestGoldenOnline(t *testing.T) {
	theorem, experiment := surface.ReddiTheorem1(3), surface.ReddiExperiment()
	for name, c := range map[string]struct {
		problem             surface.Online
		beta1, beta2, alpha float64
		steps               int
		start               float64
		ams                 bool
	}{
		"theorem 1, Adam":     {theorem, 0, 0.1, 0.1, 3000, -1, false},
		"theorem 1, AMSGrad":  {theorem, 0, 0.1, 0.1, 3000, 0, true},
		"experiment, Adam":    {experiment, 0.9, 0.99, 0.5, 10000, 0, false},
		"experiment, AMSGrad": {experiment, 0.9, 0.99, 0.5, 10000, 0, true},
	} {
		w := []float64{c.start}
		var xs []float64
		var m, v, largest float64
		for t := 1; t <= c.steps; t++ {
			xs = append(xs, w[0])
			g := c.problem.Slope(t)
			m = c.beta1*m + (1-c.beta1)*g
			v = c.beta2*v + (1-c.beta2)*g*g
			largest = max(largest, v)
			d := v
			if c.ams {
				d = largest
			}
			w[0] -= c.alpha / math.Sqrt(float64(t)) * m / math.Sqrt(d)
			c.problem.Project(w)
		}
		want := readGolden(t).Online[name]
		if regret := c.problem.Regret(xs); math.Abs(w[0]-want[0]) > 1e-10 || math.Abs(regret/want[1]-1) > 1e-10 {
			t.Errorf("%s ends at %v with regret %v, want %v", name, w[0], regret, want)
		}
	}
}
