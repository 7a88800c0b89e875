package optim_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"descent/pkg/optim"
)

// every preset and every method, with the settings that have code of their own.
func settings(t *testing.T) map[string]func() optim.Optimizer {
	all := map[string]func() optim.Optimizer{
		"centered": func() optim.Optimizer { return &optim.RMSProp{LR: 0.1, Rho: 0.99, Eps: 1e-8, Centered: true} },
		"centered, momentum": func() optim.Optimizer {
			return &optim.RMSProp{LR: 0.1, Rho: 0.9, Eps: 1e-8, Centered: true, Alpha: 0.9, Nesterov: true, Correct: true}
		},
		"LARS of the paper": func() optim.Optimizer {
			return &optim.LARS{LR: 0.1, Alpha: 0.9, Trust: 1e-3, Decay: 0.1, PaperNorm: true}
		},
		"LARS with decay": func() optim.Optimizer {
			return &optim.LARS{LR: 0.1, Alpha: 0.9, Trust: 1e-3, Decay: 0.1, Nesterov: true}
		},
		"LAMB with decay": func() optim.Optimizer { return &optim.LAMB{LR: 0.1, Beta1: 0.9, Beta2: 0.999, Eps: 1e-6, Decay: 0.1} },
		"Muon with tiny ε": func() optim.Optimizer {
			o := optim.NewMuon(0.1, optim.Shape{Rows: 2, Cols: 3})
			o.Eps = 1e-320
			return o
		},
		"Nesterov, paper": func() optim.Optimizer { return &optim.Nesterov{LR: 0.1, Alpha: 0.9, Paper: true} },
		"Adam, as written": func() optim.Optimizer {
			return &optim.AdamAsWritten{LR: 0.1, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Overwrite: true}
		},
		"AdaGrad, book's":     func() optim.Optimizer { return &optim.AdaGrad{LR: 0.1, Eps: 1e-7, MistakeDropsW: true} },
		"ClipNorm of the sum": func() optim.Optimizer { o := optim.NewClipNorm(optim.NewAdam(0.1), 1); o.Order = 1; return o },
	}
	for name, build := range everything() {
		all[name] = func() optim.Optimizer { return build(0.1) }
	}
	for name := range readmeTable(t, "Presets") {
		all[name] = func() optim.Optimizer {
			opt, err := optim.Preset(name, 0.1, optim.Shape{Rows: 2, Cols: 3})
			if err != nil {
				t.Fatal(err)
			}
			return opt
		}
	}
	return all
}

// Whatever the size of gradients and parameters, a step is refused and touches
// nothing, or it leaves finite parameters; it does not stop the run silently.
func TestMagnitudes(t *testing.T) {
	sizes := []float64{5e-324, 1e-320, 3e-315, 2.2e-308, 1e-300, 1e-200, 1e-162, 1e-154, 1e-100, 1e-8, 1, 1e8, 1e100, 1e149, 1e150, 1.1e150, 1.3e154, 1.4e154, 1e200, 1e299, 1e300, 1.1e300, 1e307, math.MaxFloat64}
	kinds := [][]float64{{1, -1, 0.5, 0.25, -0.75, 1}, {1, 0, 0, 0, 0, 0}, {1, 1, 1, 1, 1, 1}}
	for name, build := range settings(t) {
		for _, size := range sizes {
			for _, start := range []float64{1, 1e-310, 1e300} {
				for k, kind := range kinds {
					opt := build()
					w := []float64{start, -start, start / 2, 0, start, start / 4}
					begin := slices.Clone(w)
					grad := make([]float64, len(w))
					refused, moved := false, false
					for step := 1; step <= 6; step++ {
						for i := range grad {
							grad[i] = kind[i] * size
							if k == 2 && step > 3 {
								grad[i] = -grad[i]
							}
						}
						before := slices.Clone(w)
						optim.GradientPoint(opt, make([]float64, len(w)), w) // asked for, as every loop does
						err := opt.Step(w, grad)
						var gradient *optim.GradientError
						if refused = err != nil; refused {
							if !errors.As(err, &gradient) || size < 1e150 && start < 1e300 {
								t.Errorf("%s, gradients of %v, w of %v: %v", name, size, start, err)
							}
							if !slices.Equal(before, w) {
								t.Errorf("%s, gradients of %v: a refused step moves w to %v", name, size, w)
							}
							break
						}
						moved = moved || !slices.Equal(begin, w)
						if i := slices.IndexFunc(w, func(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) }); i >= 0 {
							t.Fatalf("%s, gradients of %v, w of %v: step %d leaves w[%d] = %v and no error", name, size, start, step, i, w[i])
						}
					}
					if !refused && size >= 1 && start == 1 && !moved {
						t.Errorf("%s, gradients of %v: six steps move nothing, without an error", name, size)
					}
				}
			}
		}
	}
}

// A step of Adam does not depend on the size of the gradient, up to the largest
// that it takes; beyond, the error says why.
func TestAdamUpToItsLargestGradient(t *testing.T) {
	for _, n := range []int{1, 300} {
		for _, size := range []float64{1, 1e149, 1e150} {
			opt, w, grad := optim.NewAdam(0.1), make([]float64, n), make([]float64, n)
			for step := 1; step <= 3; step++ {
				for i := range grad {
					grad[i] = size
				}
				if err := opt.Step(w, grad); err != nil {
					t.Fatal(err)
				}
				if want := -0.1 * float64(step); !near(w[n-1], want, 1e-8) {
					t.Errorf("gradient %v, step %d: w = %v, want %v", size, step, w[n-1], want)
				}
			}
			grad[n-1] = -1.4e154
			want := fmt.Sprintf("optim: grad[%d] is -1.4e+154 at step 4, allowed is a number from -1e+150 to 1e+150, with which the method does not overflow", n-1)
			if err := opt.Step(w, grad); err == nil || err.Error() != want {
				t.Errorf("got %v, want %s", err, want)
			}
		}
	}
}

// A refused part of Groups keeps the other from moving, here for a gradient
// that only Adam refuses.
func TestGroupsOfLargeGradients(t *testing.T) {
	opt := optim.NewGroups(optim.Part{Len: 1, Optimizer: optim.NewSGD(1e-200)}, optim.Part{Len: 1, Optimizer: optim.NewAdam(0.1)})
	w := []float64{1, 1}
	if err := opt.Step(w, []float64{1, 1e200}); err == nil || w[0] != 1 || w[1] != 1 {
		t.Errorf("error %v, w = %v, want an error and w = [1 1]", err, w)
	}
}

// ClipNorm shortens to c where the norm, or c over the norm, is no float64.
func TestClipNormOfAnySize(t *testing.T) {
	for _, c := range []struct {
		grad             []float64
		order, max, want float64 // want for the first component
	}{
		{[]float64{1.5e308, 1.5e308}, 2, 1, math.Sqrt2 / 2},
		{[]float64{-1.5e308, 1.5e308, 0, 1.5e308, 1.5e308}, 2, 1, -0.5},
		{[]float64{1.5e308, 1.5e308}, 1, 4, 2},
		{[]float64{1.5e308, 1.5e308}, 1, 1e-300, 0.5e-300},
		{[]float64{3e200, 4e200}, 2, 1e-200, 0.6e-200},
		{[]float64{3e200, 4e200}, math.Inf(1), 1e-200, 0.75e-200},
		{[]float64{3e-320, 4e-320}, 2, 1e-321, 0.6e-321},
		{[]float64{3, 4}, 2, 1, 0.6},
	} {
		opt := optim.NewClipNorm(optim.NewSGD(1), c.max)
		opt.Order = c.order
		w := make([]float64, len(c.grad))
		if err := opt.Step(w, c.grad); err != nil {
			t.Fatal(err)
		}
		if got := -w[0]; math.Abs(got-c.want) > 1e-14*math.Abs(c.want)+5e-324 {
			t.Errorf("‖%v‖ of order %v ≤ %v: %v, want %v", c.grad, c.order, c.max, got, c.want)
		}
	}
}

// The first step of LARS and LAMB is η, or ηγ, times ‖W‖ long where a norm, or
// the ratio of two, is no float64.
func TestTrustOfAnySize(t *testing.T) {
	for _, size := range []float64{1.5e308, 1, 1e-290, 1e-310} {
		for _, g := range []float64{1, 1e-290, 1e-308, 1e-318} {
			for name, c := range map[string]struct {
				opt   optim.Optimizer
				share float64
			}{
				"LARS":          {&optim.LARS{LR: 0.5, Trust: 0.25}, 0.125},
				"LARS, paper's": {&optim.LARS{LR: 0.5, Trust: 0.25, PaperNorm: true}, 0.125},
				"LAMB":          {&optim.LAMB{LR: 0.125, Eps: 1e-6}, 0.125},
			} {
				w := []float64{size, size}
				if err := c.opt.Step(w, []float64{g, 0}); err != nil {
					t.Fatal(err)
				}
				if got, want := w[0]/size, 1-c.share*math.Sqrt2; !near(got, want, 1e-4) || w[1] != size {
					t.Errorf("%s, w of %v, gradient of %v: w[0] is %v times what it was, want %v; w[1] = %v", name, size, g, got, want, w[1])
				}
			}
		}
	}
}
