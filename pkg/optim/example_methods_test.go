package optim_test

import (
	"fmt"
	"math"

	"descent/pkg/optim"
	"descent/pkg/surface"
)

// Under a constant gradient the velocity tends to −η ∂L/∂W / (1−α), ten times
// the step of SGD.
func ExampleMomentum() {
	opt := optim.NewMomentum(0.1)
	w := []float64{0}
	for t := 1; t <= 50; t++ {
		before := w[0]
		if err := opt.Step(w, []float64{1}); err != nil {
			fmt.Println(err)
		}
		if t <= 3 || t == 50 {
			fmt.Printf("step %d: %.3f\n", t, w[0]-before)
		}
	}
	// Output:
	// step 1: -0.100
	// step 2: -0.190
	// step 3: -0.271
	// step 50: -0.995
}

// The look-ahead damps the swing across the ravine.
func ExampleNesterov() {
	for _, opt := range []optim.Optimizer{optim.NewMomentum(0.1), optim.NewNesterov(0.1)} {
		p := optim.Minimize(opt, surface.Ravine, []float64{-7, 2}, 30)
		fmt.Printf("%v: loss %.4f, %d reversals along y\n", opt, p.Final(), p.Flips(1))
	}
	// Output:
	// Momentum(η=0.1, α=0.9): loss 0.0479, 4 reversals along y
	// Nesterov(η=0.1, α=0.9): loss 0.0238, 4 reversals along y
}

// With Paper the parameters are those of the paper, and the gradient is taken
// at the point that Ahead returns. That point is what the default form calls
// its parameters.
func ExampleNesterov_ahead() {
	paper := optim.NewNesterov(0.1)
	paper.Paper = true
	theta := optim.Minimize(optim.NewNesterov(0.1), surface.Ravine, []float64{-7, 2}, 5).Last()
	w := optim.Minimize(paper, surface.Ravine, []float64{-7, 2}, 5).Last()
	ahead := make([]float64, 2)
	paper.Ahead(ahead, w)
	fmt.Printf("W = %.4f, W + αv = %.4f, Θ = %.4f\n", w, ahead, theta)
	// Output:
	// W = [-6.1119 -0.5197], W + αv = [-5.8691 -0.8314], Θ = [-5.8691 -0.8314]
}

// The first step is η in every coordinate, whatever the slope. Then the rates
// fall like 1/√t.
func ExampleAdaGrad() {
	opt := optim.NewAdaGrad(0.5)
	w, rate := []float64{0, 0}, []float64{0, 0}
	for t := 1; t <= 9; t++ {
		if err := opt.Step(w, []float64{100, -0.2}); err != nil {
			fmt.Println(err)
		}
		opt.EffectiveRate(rate)
		if t == 1 || t == 4 || t == 9 {
			fmt.Printf("step %d: w = %.4f, rates %.4f\n", t, w, rate)
		}
	}
	// Output:
	// step 1: w = [-0.5000 0.5000], rates [0.0050 2.5000]
	// step 4: w = [-1.3922 1.3922], rates [0.0025 1.2500]
	// step 9: w = [-2.3524 2.3524], rates [0.0017 0.8333]
}

// RMSProp forgets a large gradient, AdaGrad does not.
func ExampleRMSProp() {
	rmsprop, adagrad := optim.NewRMSProp(0.01), optim.NewAdaGrad(0.01)
	rmsprop.Rho = 0.9
	for t, g := range []float64{30, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1} {
		for _, opt := range []optim.Adaptive{rmsprop, adagrad} {
			rate := []float64{0}
			if err := opt.Step([]float64{0}, []float64{g}); err != nil {
				fmt.Println(err)
			}
			opt.EffectiveRate(rate)
			if t == 0 || t == 19 {
				fmt.Printf("step %2d: %.6f of %v\n", t+1, rate[0], opt)
			}
		}
	}
	// Output:
	// step  1: 0.001054 of RMSProp(η=0.01, ρ=0.9, ε=1e-07)
	// step  1: 0.000333 of AdaGrad(η=0.01, ε=1e-07)
	// step 20: 0.002771 of RMSProp(η=0.01, ρ=0.9, ε=1e-07)
	// step 20: 0.000330 of AdaGrad(η=0.01, ε=1e-07)
}

// Gradients of 1e-3 and of 100 move their parameters alike, by about η a step.
func ExampleAdam() {
	opt := optim.NewAdam(0.001)
	w := []float64{1, 1, 1}
	for _, grad := range [][]float64{{1e-3, 100, 0}, {2e-3, 80, 0}, {-1e-3, 70, 3}} {
		if err := opt.Step(w, grad); err != nil {
			fmt.Println(err)
		}
		fmt.Printf("%.5f\n", w)
	}
	// Output:
	// [0.99900 0.99900 1.00000]
	// [0.99803 0.99801 1.00000]
	// [0.99761 0.99704 0.99936]
}

// The first step in units of η: where the gradient is as small as ε, the two
// forms that the paper calls equal are not.
func ExampleCorrection() {
	for _, c := range []optim.Correction{optim.Corrected, optim.EtaT, optim.Uncorrected} {
		opt := &optim.Adam{LR: 1, Beta1: 0.9, Beta2: 0.999, Eps: 1e-7, Correction: c}
		w := []float64{0, 0}
		if err := opt.Step(w, []float64{5, 1e-7}); err != nil {
			fmt.Println(err)
		}
		fmt.Printf("%-12v %.4f\n", c, w)
	}
	// Output:
	// corrected    [-1.0000 -0.5000]
	// η_t          [-1.0000 -0.0307]
	// uncorrected  [-3.1623 -0.0969]
}

// Both corrections together make a step of Adam shorter by
// √(1−β2^t)/(1−β1^t). With Overwrite the learning rate vanishes as well.
func ExampleAdamAsWritten() {
	written, code := optim.NewAdamAsWritten(1), optim.NewAdamAsWritten(1)
	code.Overwrite = true
	for t := 1; t <= 3000; t++ {
		w, x := []float64{0}, []float64{0}
		if err := written.Step(w, []float64{-3}); err != nil {
			fmt.Println(err)
		}
		if err := code.Step(x, []float64{-3}); err != nil {
			fmt.Println(err)
		}
		switch t {
		case 1, 2, 12:
			fmt.Printf("step %d: %.3f η, overwritten %.2g η\n", t, w[0], x[0])
		case 3000:
			fmt.Printf("step %d: %.3f η\n", t, w[0])
		}
	}
	// Output:
	// step 1: 0.316 η, overwritten 0.32 η
	// step 2: 0.235 η, overwritten 0.074 η
	// step 12: 0.152 η, overwritten 1.1e-09 η
	// step 3000: 0.975 η
}

// Where the loss has no slope, AdamW shrinks each weight by the share ηλ. The
// penalty in the gradient, in contrast, makes Adam take steps of η.
func ExampleAdamW() {
	adamw, l2 := optim.NewAdamW(0.1), optim.NewL2(optim.NewAdam(0.1), 0.01)
	for _, opt := range []optim.Optimizer{adamw, l2} {
		w := []float64{40, 0.5}
		for range 3 {
			if err := opt.Step(w, []float64{0, 0}); err != nil {
				fmt.Println(err)
			}
		}
		fmt.Printf("%.4f after %v\n", w, opt)
	}
	// Output:
	// [39.8801 0.4985] after AdamW(η=0.1, β1=0.9, β2=0.999, ε=1e-08, λ=0.01)
	// [39.7000 0.2049] after Adam(η=0.1, β1=0.9, β2=0.999, ε=1e-08) + L2(λ=0.01)
}

// The paper's counter-example: on average the loss falls to the left, but the
// gradient that says so is rare, and Adam divides it by its own size.
func ExampleAMSGrad() {
	problem := surface.ReddiTheorem1(3) // 3x in every third step, else −x
	adam := &optim.Adam{Beta2: 0.1, Correction: optim.Uncorrected}
	amsgrad := &optim.AMSGrad{Beta2: 0.1, Correction: optim.Uncorrected}
	x, y := []float64{0}, []float64{0}
	for t := 1; t <= 3000; t++ {
		grad := []float64{problem.Slope(t)}
		adam.LR = 0.5 / math.Sqrt(float64(t))
		amsgrad.LR = adam.LR
		if err := adam.Step(x, grad); err != nil {
			fmt.Println(err)
		}
		if err := amsgrad.Step(y, grad); err != nil {
			fmt.Println(err)
		}
		problem.Project(x)
		problem.Project(y)
	}
	fmt.Printf("best %v, Adam %.2f, AMSGrad %.2f\n", problem.Optimum(), x[0], y[0])
	// Output:
	// best -1, Adam 1.00, AMSGrad -0.99
}

// u is the largest gradient so far, which fades by β2 a step.
func ExampleAdamax() {
	opt := optim.NewAdamax(0.002)
	opt.Beta2 = 0.9
	w := []float64{0}
	for _, g := range []float64{1, 10, 2, -2} {
		if err := opt.Step(w, []float64{g}); err != nil {
			fmt.Println(err)
		}
		fmt.Printf("∂L/∂W = %v: u = %.3f, W = %.6f\n", g, opt.State().Vector("u")[0], w[0])
	}
	// Output:
	// ∂L/∂W = 1: u = 1.000, W = -0.002000
	// ∂L/∂W = 10: u = 10.000, W = -0.003147
	// ∂L/∂W = 2: u = 9.000, W = -0.004116
	// ∂L/∂W = -2: u = 8.100, W = -0.004735
}

// No learning rate, and the unit of the loss does not matter: the first step
// is √(ε/(1−ρ)), and the steps grow by what was moved before.
func ExampleAdaDelta() {
	opt := optim.NewAdaDelta(1)
	w := []float64{0, 0}
	for t := 1; t <= 100; t++ {
		before := append([]float64(nil), w...)
		if err := opt.Step(w, []float64{1, -1000}); err != nil {
			fmt.Println(err)
		}
		if t == 1 || t == 2 || t == 100 {
			fmt.Printf("step %d: %.5f %.5f\n", t, w[0]-before[0], w[1]-before[1])
		}
	}
	// Output:
	// step 1: -0.00447 0.00447
	// step 2: -0.00453 0.00453
	// step 100: -0.00524 0.00524
}

// When the gradient turns, the look-ahead turns before Adam does.
func ExampleNAdam() {
	for _, opt := range []optim.Optimizer{optim.NewAdam(0.1), optim.NewNAdam(0.1)} {
		w := []float64{0}
		fmt.Printf("%v:", opt)
		for _, g := range []float64{1, 1, 1, -1, -1, -1} {
			before := w[0]
			if err := opt.Step(w, []float64{g}); err != nil {
				fmt.Println(err)
			}
			fmt.Printf(" %.3f", w[0]-before)
		}
		fmt.Println()
	}
	// Output:
	// Adam(η=0.1, β1=0.9, β2=0.999, ε=1e-08): -0.100 -0.100 -0.100 -0.042 -0.007 0.016
	// NAdam(η=0.1, β1=0.9, β2=0.999, ε=1e-08, ψ=0.004): -0.106 -0.078 -0.073 0.051 0.055 0.059
}

// For five steps v has seen too little: RAdam steps along the average of the
// gradient, which is 20, without dividing it. From the sixth on it divides, at
// first with a small factor r.
func ExampleRAdam() {
	opt := optim.NewRAdam(0.1)
	w := []float64{0}
	for t := 1; t <= 1000; t++ {
		before := w[0]
		if err := opt.Step(w, []float64{20}); err != nil {
			fmt.Println(err)
		}
		if t == 5 || t == 6 || t == 7 || t == 1000 {
			fmt.Printf("step %d: %.4f\n", t, w[0]-before)
		}
	}
	// Output:
	// step 5: -2.0000
	// step 6: -0.0026
	// step 7: -0.0033
	// step 1000: -0.0645
}

// Two gradients of the same size, one steady and one that changes its sign.
// Adam gives both the same rate, AdaBelief takes long steps where it knows what
// comes.
func ExampleAdaBelief() {
	for _, opt := range []optim.Adaptive{optim.NewAdam(0.001), optim.NewAdaBelief(0.001)} {
		w, rate := []float64{0, 0}, []float64{0, 0}
		for t := range 200 {
			if err := opt.Step(w, []float64{1, 1 - 2*float64(t%2)}); err != nil {
				fmt.Println(err)
			}
		}
		opt.EffectiveRate(rate)
		fmt.Printf("rates %.5f of %v\n", rate, opt)
	}
	// Output:
	// rates [0.00100 0.00100] of Adam(η=0.001, β1=0.9, β2=0.999, ε=1e-08)
	// rates [0.00719 0.00106] of AdaBelief(η=0.001, β1=0.9, β2=0.999, ε=1e-08, ε in s=1e-08)
}

// After a large gradient Adam's rate rises again as v fades. Yogi's v falls by
// no more than (1−β2)g² a step.
func ExampleYogi() {
	for _, opt := range []optim.Adaptive{optim.NewAdam(0.001), optim.NewYogi(0.001)} {
		w, rate := []float64{0}, []float64{0}
		fmt.Printf("%v:", opt)
		for t := range 2001 {
			g := 0.1
			if t == 0 {
				g = 10
			}
			if err := opt.Step(w, []float64{g}); err != nil {
				fmt.Println(err)
			}
			if t%1000 == 0 {
				opt.EffectiveRate(rate)
				fmt.Printf(" %.5f", rate[0])
			}
		}
		fmt.Println()
	}
	// Output:
	// Adam(η=0.001, β1=0.9, β2=0.999, ε=1e-08): 0.00010 0.00383 0.00625
	// Yogi(η=0.001, β1=0.9, β2=0.999, ε=0.001, m and v from 1e-06): 0.00010 0.00264 0.00328
}

// Every step is η up or down. An average of 0 stays where it is.
func ExampleLion() {
	opt := optim.NewLion(0.01)
	w := []float64{1, 1, 1}
	for _, grad := range [][]float64{{1e-6, -500, 0}, {-1e-7, 20, 0}, {-1e-7, 90, 0}} {
		if err := opt.Step(w, grad); err != nil {
			fmt.Println(err)
		}
		fmt.Printf("%.2f\n", w)
	}
	// Output:
	// [0.99 1.01 1.00]
	// [1.00 1.02 1.00]
	// [1.01 1.01 1.00]
}

// The size of the gradient does not matter, only its sign: the step length
// grows by 1.2 and is halved at a turn, when w stays where it is.
func ExampleRprop() {
	opt := optim.NewRprop(0.1)
	w := []float64{0}
	for _, g := range []float64{3, 0.2, 7, -1, -1, -50} {
		if err := opt.Step(w, []float64{g}); err != nil {
			fmt.Println(err)
		}
		fmt.Printf("∂L/∂W = %v: Δ = %.4f, W = %.4f\n", g, opt.State().Vector("Δ")[0], w[0])
	}
	// Output:
	// ∂L/∂W = 3: Δ = 0.1000, W = -0.1000
	// ∂L/∂W = 0.2: Δ = 0.1200, W = -0.2200
	// ∂L/∂W = 7: Δ = 0.1440, W = -0.3640
	// ∂L/∂W = -1: Δ = 0.0720, W = -0.3640
	// ∂L/∂W = -1: Δ = 0.0720, W = -0.2920
	// ∂L/∂W = -50: Δ = 0.0864, W = -0.2056
}

// A gradient with noise keeps w moving, the average settles.
func ExampleASGD() {
	opt := optim.NewASGD(0.4)
	opt.T0 = 50
	w := []float64{3}
	for t := 1; t <= 200; t++ {
		noise := 1 - 2*float64(t%2)
		if err := opt.Step(w, []float64{w[0] - 1 + noise}); err != nil {
			fmt.Println(err)
		}
		if t == 1 || t == 199 || t == 200 {
			fmt.Printf("step %d: W = %.3f, average %.3f\n", t, w[0], opt.Average()[0])
		}
	}
	// Output:
	// step 1: W = 2.600, average 2.600
	// step 199: W = 1.248, average 1.000
	// step 200: W = 0.752, average 0.998
}

// Of a matrix with 60,000 numbers Adafactor keeps 500.
func ExampleAdafactor() {
	opt := optim.NewAdafactor(0.01, optim.Shape{Rows: 200, Cols: 300})
	w, grad := make([]float64, 60000), make([]float64, 60000)
	for i := range w {
		w[i], grad[i] = 0.5, float64(1+i/300) // a row's gradient grows with its number
	}
	if err := opt.Step(w, grad); err != nil {
		fmt.Println(err)
	}
	for _, v := range opt.State().Variables {
		if factors, ok := v.Value.(*optim.Factors); ok {
			fmt.Println(len(*factors), "numbers")
		}
	}
	// The step is the share η of the root mean square of the weights.
	fmt.Printf("%.4f %.4f\n", w[0], w[59999])
	// Output:
	// 500 numbers
	// 0.4950 0.4950
}

// The gradient of this matrix is 40 times as steep in one direction as in the
// other. Muon's steps are nearly alike in both. A vector is not for it.
func ExampleMuon() {
	opt := optim.NewMuon(0.1, optim.Shape{Rows: 2, Cols: 2})
	w := []float64{1, 0, 0, 1}
	if err := opt.Step(w, []float64{20, 0, 0, 0.5}); err != nil {
		fmt.Println(err)
	}
	fmt.Printf("step / η: %.3f and %.3f\n", (1-w[0])/0.1, (1-w[3])/0.1)

	err := optim.NewMuon(0.1, optim.Shape{Rows: 4, Cols: 1}).Step(w, w)
	fmt.Println(err)
	// Output:
	// step / η: 0.697 and 0.933
	// optim: Muon.Shapes[0] is 1, allowed is 2 or more for the smaller side of a matrix; this one is 4×1
}

// In each batch two rows of an embedding have a gradient. Row 0 keeps still in
// the second one, where Adam would move it on along its m.
func ExampleSparseAdam() {
	opt := optim.NewSparseAdam(0.1)
	w := []float64{1, 1, 1, 1}
	for _, batch := range []struct {
		index []int
		grad  []float64
	}{
		{[]int{0, 2}, []float64{0.3, -8}},
		{[]int{2, 3}, []float64{-6, 0.01}},
	} {
		if err := opt.StepAt(w, batch.index, batch.grad); err != nil {
			fmt.Println(err)
		}
		fmt.Printf("%.4f\n", w)
	}
	// Output:
	// [0.9000 1.0000 1.1000 1.0000]
	// [0.9000 1.0000 1.1983 0.9256]
}

// Two tensors, one with weights and gradients a thousand times as large as
// those of the other: both move by the same share of their norm, ηγ.
func ExampleLARS() {
	opt := optim.NewLARS(10, optim.Shape{Rows: 2, Cols: 1}, optim.Shape{Rows: 2, Cols: 1})
	w := []float64{300, 400, 0.3, 0.4}
	if err := opt.Step(w, []float64{5000, 0, 0, 5}); err != nil {
		fmt.Println(err)
	}
	fmt.Printf("%.3f\n", w)
	// Output:
	// [295.000 400.000 0.300 0.395]
}

// The step of each tensor is the share η of its norm, in the direction of Adam.
func ExampleLAMB() {
	opt := optim.NewLAMB(0.01, optim.Shape{Rows: 2, Cols: 1}, optim.Shape{Rows: 2, Cols: 1})
	w := []float64{300, 400, 0.3, 0.4}
	if err := opt.Step(w, []float64{7, -2, 7, -2}); err != nil {
		fmt.Println(err)
	}
	fmt.Printf("%.5f\n", w)
	// Output:
	// [296.46447 403.53553 0.29646 0.40354]
}
