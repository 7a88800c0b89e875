package optim_test

import (
	"fmt"

	"descent/pkg/optim"
	"descent/pkg/surface"
)

// SGD swings across the ravine; what follows it slowly does not, and is later
// on its way along.
func ExampleLookahead() {
	sgd := optim.NewSGD(0.95)
	for _, opt := range []optim.Optimizer{sgd, optim.NewLookahead(sgd)} {
		p := optim.Minimize(opt, surface.Ravine, []float64{-7, 2}, 30)
		fmt.Printf("%v: loss %.4f at y = %.4f\n", opt, p.Final(), p.Last()[1])
	}
	// Output:
	// SGD(η=0.95): loss 0.0133 at y = 0.0848
	// Lookahead(SGD(η=0.95), k=5, α=0.5): loss 0.1775 at y = 0.0001
}

// Around SGD the penalty shrinks each weight by the share ηλ. See AdamW for
// what it does to an adaptive method.
func ExampleL2() {
	opt := optim.NewL2(optim.NewSGD(0.1), 0.5)
	w := []float64{40, 1}
	if err := opt.Step(w, []float64{0, 2}); err != nil {
		fmt.Println(err)
	}
	fmt.Printf("%.4f after %v\n", w, opt)
	// Output:
	// [38.0000 0.7500] after SGD(η=0.1) + L2(λ=0.5)
}

// Around Adam it gives AdamW. It is told where the learning rate is, so that
// the decay follows a schedule too.
func ExampleDecoupled() {
	adam := optim.NewAdam(0.1)
	opt := optim.NewDecoupled(adam, &adam.LR, 0.01)
	adamw := optim.NewAdamW(0.1)
	w, x := []float64{40, 0.5}, []float64{40, 0.5}
	for _, grad := range [][]float64{{3, -0.1}, {1, 0.2}} {
		if err := opt.Step(w, grad); err != nil {
			fmt.Println(err)
		}
		if err := adamw.Step(x, grad); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Printf("%.4f %.4f\n", w, x)
	// Output:
	// [39.7330 0.5623] [39.7330 0.5623]
}

// Each component is cut by itself, which changes the direction.
func ExampleClipValue() {
	opt := optim.NewClipValue(optim.NewSGD(1), 0.5)
	w := []float64{0, 0, 0}
	if err := opt.Step(w, []float64{0.3, -40, 2}); err != nil {
		fmt.Println(err)
	}
	fmt.Println(w)
	// Output:
	// [-0.3 0.5 -0.5]
}

// The whole gradient becomes shorter and keeps its direction. With shapes each
// tensor is taken by itself.
func ExampleClipNorm() {
	grad := []float64{30, -40, 0.2, 0.1}
	global := optim.NewClipNorm(optim.NewSGD(1), 10)
	each := optim.NewClipNorm(optim.NewSGD(1), 10, optim.Shape{Rows: 2, Cols: 1}, optim.Shape{Rows: 2, Cols: 1})
	for _, opt := range []optim.Optimizer{global, each} {
		w := make([]float64, 4)
		if err := opt.Step(w, grad); err != nil {
			fmt.Println(err)
		}
		fmt.Printf("%.3f with %v\n", w, opt)
	}
	// Output:
	// [-6.000 8.000 -0.040 -0.020] with SGD(η=1), ‖g‖ ≤ 10
	// [-6.000 8.000 -0.200 -0.100] with SGD(η=1), ‖g‖ of each tensor ≤ 10
}

// Two batches of four do the work of one of eight.
func ExampleAccumulate() {
	opt := optim.NewAccumulate(optim.NewSGD(0.1), 2)
	w := []float64{1}
	for _, g := range []float64{3, 5, -1, 2} {
		if err := opt.Step(w, []float64{g}); err != nil {
			fmt.Println(err)
		}
		fmt.Printf("%.2f\n", w[0])
	}
	// Output:
	// 1.00
	// 0.60
	// 0.60
	// 0.55
}

// SGD hops from one side of the ravine to the other; the average lies between.
func ExampleEMA() {
	opt := optim.NewEMA(optim.NewSGD(0.99), 0.9)
	p := optim.Minimize(opt, surface.Ravine, []float64{-7, 2}, 50)
	fmt.Printf("y = %.4f, average %.4f\n", p.Last()[1], opt.Average()[1])
	// Output:
	// y = 0.7283, average 0.0273
}

// The mean of w after steps 20, 25, …, 50. Before step 20 there is none.
func ExampleSWA() {
	opt := optim.NewSWA(optim.NewSGD(0.99), 20, 5)
	optim.Minimize(opt, surface.Ravine, []float64{-7, 2}, 19)
	fmt.Println(opt.Average())

	opt = optim.NewSWA(optim.NewSGD(0.99), 20, 5)
	p := optim.Minimize(opt, surface.Ravine, []float64{-7, 2}, 50)
	fmt.Printf("y = %.4f, mean %.4f\n", p.Last()[1], opt.Average()[1])
	// Output:
	// []
	// y = 0.7283, mean 0.1496
}

// Weights decay, biases do not.
func ExampleGroups() {
	weights := optim.NewL2(optim.NewSGD(0.1), 0.5)
	biases := optim.NewSGD(0.2)
	opt := optim.NewGroups(
		optim.Part{Len: 4, Optimizer: weights},
		optim.Part{Len: 2, Optimizer: biases},
	)
	w := []float64{1, 2, 3, 4, 5, 6}
	if err := opt.Step(w, []float64{0, 0, 0, 10, 0, 10}); err != nil {
		fmt.Println(err)
	}
	fmt.Printf("%.2f\n%v\n", w, opt)
	// Output:
	// [0.95 1.90 2.85 2.80 5.00 4.00]
	// Groups(4: SGD(η=0.1) + L2(λ=0.5); 2: SGD(η=0.2))
}

// ascent climbs: the optimizer inside sees the negative gradient.
type ascent struct {
	optim.Optimizer
	minus []float64
}

func (o *ascent) Unwrap() optim.Optimizer { return o.Optimizer }

func (o *ascent) Step(w, grad []float64) error {
	o.minus = o.minus[:0]
	for _, g := range grad {
		o.minus = append(o.minus, -g)
	}
	return o.Optimizer.Step(w, o.minus)
}

// A wrapper of your own shows with Unwrap what is inside, here an optimizer that
// wants the gradient at its look-ahead point.
func ExampleWrapper() {
	var opt optim.Optimizer = &ascent{Optimizer: &optim.Nesterov{LR: 0.1, Alpha: 0.9, Paper: true}}
	hill := upsideDown{surface.Ravine}
	w := []float64{-7, 2}
	at, grad := make([]float64, len(w)), make([]float64, len(w))
	for range 30 {
		hill.Grad(grad, optim.GradientPoint(opt, at, w))
		if err := opt.Step(w, grad); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Printf("f = %.4f at %.4f\n", hill.Func(w), w)
	// Output:
	// f = -0.0188 at [0.6131 0.0059]
}

// upsideDown is −f.
type upsideDown struct{ f optim.Function }

func (u upsideDown) Func(w []float64) float64 { return -u.f.Func(w) }

func (u upsideDown) Grad(grad, w []float64) {
	u.f.Grad(grad, w)
	for i := range grad {
		grad[i] = -grad[i]
	}
}
