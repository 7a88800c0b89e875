package surface_test

import (
	"math"
	"reflect"
	"testing"

	"descent/pkg/surface"
)

func TestOnlineSlopes(t *testing.T) {
	for _, c := range []struct {
		problem surface.Online
		steep   []int
		mean    float64
	}{
		{surface.ReddiTheorem1(3), []int{1, 4, 7, 10}, 1.0 / 3},
		{surface.ReddiExperiment(), []int{1, 102, 203}, 10.0 / 101},
	} {
		var steep []int
		sum := 0.0
		for step := 1; step <= c.steep[len(c.steep)-1]; step++ {
			s := c.problem.Slope(step)
			if s > 0 {
				steep = append(steep, step)
			}
			if step <= c.problem.Period {
				sum += s
			}
			if f := c.problem.Func(step, -0.5); f != -0.5*s {
				t.Errorf("f(−0.5) is %v at step %d with slope %v", f, step, s)
			}
		}
		if !reflect.DeepEqual(steep, c.steep) {
			t.Errorf("steep at %v, want %v", steep, c.steep)
		}
		if m := c.problem.Mean(); math.Abs(m-c.mean) > 1e-15 || math.Abs(sum/float64(c.problem.Period)-m) > 1e-15 {
			t.Errorf("mean slope %v, want %v", m, c.mean)
		}
	}
}

func TestOnlineOptimum(t *testing.T) {
	for _, c := range []struct {
		problem surface.Online
		want    float64
	}{
		{surface.ReddiTheorem1(2.5), -1},
		{surface.ReddiExperiment(), -1},
		{surface.Online{Period: 4, First: 2, Rest: -1, Min: -5, Max: 7}, 7},
		{surface.Online{Period: 3, First: 2, Rest: -1, Min: -5, Max: 7}, -5},
	} {
		if got := c.problem.Optimum(); got != c.want {
			t.Errorf("%+v: optimum %v, want %v", c.problem, got, c.want)
		}
	}
}

func TestOnlineProject(t *testing.T) {
	w := []float64{-3, -1, 0.25, 1.0000001, math.Inf(1)}
	surface.ReddiExperiment().Project(w)
	if !reflect.DeepEqual(w, []float64{-1, -1, 0.25, 1, 1}) {
		t.Errorf("projected to %v", w)
	}
	surface.Online{Min: 0.5, Max: 0.75}.Project(w)
	if !reflect.DeepEqual(w, []float64{0.5, 0.5, 0.5, 0.75, 0.75}) {
		t.Errorf("projected to %v", w)
	}
}

// By hand, with C = 3: slopes 3, −1, −1, 3 sum to 4, the best constant costs −4.
func TestOnlineRegret(t *testing.T) {
	for _, c := range []struct {
		xs   []float64
		want float64
	}{
		{nil, 0},
		{[]float64{0.5}, 4.5},
		{[]float64{0, 1, -1}, 1},
		{[]float64{0.5, 1, -0.25, -1}, 1.5 - 1 + 0.25 - 3 + 4},
		{[]float64{-1, -1, -1, -1}, 0},
	} {
		if got := surface.ReddiTheorem1(3).Regret(c.xs); got != c.want {
			t.Errorf("regret of %v is %v, want %v", c.xs, got, c.want)
		}
	}
	down := surface.Online{Period: 2, First: 1, Rest: -4, Min: -1, Max: 2}
	if got := down.Regret([]float64{2, 2}); got != 0 {
		t.Errorf("regret of the best constant is %v", got)
	}
}
