package optim_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"descent/pkg/optim"
	"descent/pkg/surface"
)

// A run that is cut and resumed equals the uninterrupted one in every bit.
func ExampleSave() {
	whole := optim.Minimize(optim.NewAdam(0.1), surface.Ravine, []float64{-7, 2}, 20)

	first := optim.NewAdam(0.1)
	half := optim.Minimize(first, surface.Ravine, []float64{-7, 2}, 8)
	saved, err := optim.Save(first)
	if err != nil {
		fmt.Println(err)
	}

	second := optim.NewAdam(0.1) // in another process
	if err := optim.Restore(second, saved); err != nil {
		fmt.Println(err)
	}
	rest := optim.Minimize(second, surface.Ravine, half.Last(), 12)
	fmt.Printf("%.6f, the same: %v\n", rest.Last(), slices.Equal(rest.Last(), whole.Last()))
	// Output:
	// [-5.040137 0.222452], the same: true
}

// The state belongs to one method; what does not fit is refused and changes
// nothing.
func ExampleRestore() {
	adam := optim.NewAdam(0.1)
	if err := adam.Step([]float64{1, 2}, []float64{3, 4}); err != nil {
		fmt.Println(err)
	}
	saved, err := optim.Save(adam)
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(optim.Restore(optim.NewAdamW(0.1), saved))
	fmt.Println(optim.Restore(adam, saved[:20]))
	// Output:
	// optim: the saved state is of "Adam", not of AdamW
	// optim: the data are not a whole saved state: unexpected EOF
}

// What a method keeps can be read at any time.
func ExampleStateful() {
	opt := optim.NewMomentum(0.1)
	if err := opt.Step([]float64{1, 2}, []float64{3, -4}); err != nil {
		fmt.Println(err)
	}
	fmt.Printf("v = %.2f\n", opt.State().Vector("v"))
	// Output:
	// v = [-0.30 0.40]
}

// PyTorch's RMSprop differs from NewRMSProp in ε and in where η stands.
func ExamplePreset() {
	opt, err := optim.Preset("torch.optim.RMSprop", 0.01)
	fmt.Println(opt, err)
	opt.(*optim.RMSProp).Centered = true
	fmt.Println(opt)

	_, err = optim.Preset("RMSprop", 0.01)
	fmt.Println(err)
	// Output:
	// RMSProp(η=0.01, ρ=0.99, ε=1e-08, η outside v) <nil>
	// RMSProp(η=0.01, ρ=0.99, ε=1e-08, centered, η outside v)
	// optim: there is no preset "RMSprop", allowed are names such as "torch.optim.Adam", "keras.optimizers.Adam", "optax.adam"; README.md lists them
}

// A run that ends when the gradient is small.
func ExampleMinimizeWith() {
	p := optim.MinimizeWith(optim.NewSGD(0.5), surface.Ravine, []float64{-7, 2}, optim.MinimizeConfig{
		Steps: 1000,
		Stop:  []optim.Rule{optim.GradientBelow(0.01), optim.Stalled(20, 1e-9)},
	})
	fmt.Printf("%d steps, loss %.6f: %s\n", p.Steps(), p.Final(), p.Stopped)
	// Output:
	// 83 steps, loss 0.000491: the gradient is at most 0.01
}

// The callback sees the path so far, here to print every tenth loss.
func ExampleMinimizeWith_each() {
	optim.MinimizeWith(optim.NewAdam(0.3), surface.Ravine, []float64{-7, 2}, optim.MinimizeConfig{
		Steps: 30,
		Each: func(p *optim.Path) {
			if p.Steps()%10 == 0 {
				fmt.Printf("%2d %.4f\n", p.Steps(), p.Final())
			}
		},
	})
	// Output:
	// 0 6.4500
	// 10 1.0659
	// 20 0.1935
	// 30 0.1022
}

// A rule of your own is a function that returns the reason to stop.
func ExampleRule() {
	outside := func(p *optim.Path) string {
		if y := p.Last()[1]; math.Abs(y) > 5 {
			return fmt.Sprintf("y = %.2f has left the figure", y)
		}
		return ""
	}
	p := optim.MinimizeWith(optim.NewSGD(1.05), surface.Ravine, []float64{-7, 2}, optim.MinimizeConfig{
		Steps: 100,
		Stop:  []optim.Rule{outside},
	})
	fmt.Printf("step %d: %s\n", p.Steps(), p.Stopped)
	// Output:
	// step 10: y = 5.19 has left the figure
}

// A context ends a run from outside. The path holds what was done until then.
func ExampleMinimizeWith_context() {
	ctx, cancel := context.WithCancel(context.Background())
	p := optim.MinimizeWith(optim.NewSGD(0.1), surface.Ravine, []float64{-7, 2}, optim.MinimizeConfig{
		Steps:   1_000_000,
		Context: ctx,
		Each: func(p *optim.Path) {
			if p.Steps() == 3 {
				cancel() // as a button or a deadline would
			}
		},
	})
	fmt.Println(p.Steps(), p.Err, errors.Is(p.Err, context.Canceled))
	// Output:
	// 3 optim: stopped after step 3: context canceled true
}

// Vars holds what the method keeps, Rate the learning rate of each parameter,
// both for every point of the path.
func ExamplePath() {
	p := optim.Minimize(optim.NewAdaGrad(1.5), surface.Ravine, []float64{-7, 2}, 3)
	for t := 1; t <= p.Steps(); t++ {
		fmt.Printf("step %d: h = %.3f, rates %.3f\n", t, p.Vars["h"][t], p.Rate[t])
	}
	// Output:
	// step 1: h = [0.490 16.000], rates [2.143 0.375]
	// step 2: h = [0.793 17.000], rates [1.685 0.364]
	// step 3: h = [1.002 17.074], rates [1.499 0.363]
}

// A run that diverges ends where it leaves the finite numbers. Path.Err says
// where, and the points until then are kept.
func ExamplePath_diverged() {
	p := optim.Minimize(optim.NewSGD(1e60), surface.Ravine, []float64{-7, 2}, 30)
	fmt.Println(p.Err != nil)
	for t, loss := range p.Loss {
		fmt.Printf("step %d: loss %.3g\n", t, loss)
	}
	// Output:
	// true
	// step 0: loss 6.45
	// step 1: loss 1.6e+121
	// step 2: loss 6.4e+241
}

// A gradient that is not finite is refused, and nothing moves. NonFinite lets
// it through, to watch what becomes of it.
func ExampleGradientError() {
	opt := optim.NewMomentum(0.1)
	w := []float64{1, 2}
	grad := []float64{3, math.Inf(1)}
	err := opt.Step(w, grad)
	var bad *optim.GradientError
	fmt.Println(err, errors.As(err, &bad), w)

	opt.NonFinite = true
	fmt.Println(opt.Step(w, grad), w)
	// Output:
	// optim: grad[1] is +Inf at step 1, allowed is a finite number true [1 2]
	// <nil> [0.7 -Inf]
}
