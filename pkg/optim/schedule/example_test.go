package schedule_test

import (
	"fmt"
	"math"

	"descent/pkg/optim"
	"descent/pkg/optim/schedule"
)

// chart prints a schedule's name, its values for 40 updates as blocks from the
// lowest to the highest of them, and three of the values.
func chart(s optim.Schedule) {
	if err := s.Validate(); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s)
	lowest, highest := math.Inf(1), math.Inf(-1)
	for i := range 40 {
		lowest, highest = min(lowest, s.At(i)), max(highest, s.At(i))
	}
	for i := range 40 {
		height := 0.5
		if highest > lowest {
			height = (s.At(i) - lowest) / (highest - lowest)
		}
		fmt.Printf("%c", []rune("▁▂▃▄▅▆▇█")[int(7*height+0.5+1e-9)])
	}
	fmt.Printf("\n0: %.4g  20: %.4g  39: %.4g\n", s.At(0), s.At(20), s.At(39))
}

func ExampleConstant() {
	chart(schedule.Constant{Value: 0.1})
	// Output:
	// Constant(0.1)
	// ▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅▅
	// 0: 0.1  20: 0.1  39: 0.1
}

func ExampleFunc() {
	chart(schedule.Func{
		Name: "0.1/√(i+1)",
		F:    func(i int) float64 { return 0.1 / math.Sqrt(float64(i+1)) },
	})
	// Output:
	// 0.1/√(i+1)
	// █▆▄▄▃▃▃▃▂▂▂▂▂▂▂▂▂▂▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
	// 0: 0.1  20: 0.02182  39: 0.01581
}

func ExampleSteps() {
	chart(schedule.Steps{From: 0.1, Gamma: 0.5, T: 10})
	// Output:
	// Steps(0.1, γ=0.5, T=10)
	// ██████████▄▄▄▄▄▄▄▄▄▄▂▂▂▂▂▂▂▂▂▂▁▁▁▁▁▁▁▁▁▁
	// 0: 0.1  20: 0.025  39: 0.0125
}

func ExampleMultiStep() {
	chart(schedule.MultiStep{From: 0.1, Gamma: 0.5, Milestones: []int{5, 20, 30}})
	// Output:
	// MultiStep(0.1, γ=0.5, at [5 20 30])
	// █████▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▂▂▂▂▂▂▂▂▂▂▁▁▁▁▁▁▁▁▁▁
	// 0: 0.1  20: 0.025  39: 0.0125
}

// Halved every 8 updates.
func ExampleExponential() {
	chart(schedule.Exponential{From: 0.1, Gamma: 0.5, T: 8})
	// Output:
	// Exponential(0.1, γ=0.5, T=8)
	// █▇▇▆▆▅▅▅▄▄▄▄▃▃▃▃▃▂▂▂▂▂▂▂▂▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁
	// 0: 0.1  20: 0.01768  39: 0.003408
}

func ExampleInverseTime() {
	chart(schedule.InverseTime{From: 0.1, Rate: 1, T: 8})
	// Output:
	// InverseTime(0.1, rate=1, T=8)
	// █▇▆▆▅▅▄▄▄▄▃▃▃▃▃▂▂▂▂▂▂▂▂▂▂▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁
	// 0: 0.1  20: 0.02857  39: 0.01702
}

func ExampleLinear() {
	chart(schedule.Linear{From: 0.1, To: 0.02, T: 30})
	// Output:
	// Linear(0.1 → 0.02, T=30)
	// ███▇▇▇▇▆▆▆▆▅▅▅▅▅▄▄▄▄▃▃▃▃▂▂▂▂▁▁▁▁▁▁▁▁▁▁▁▁
	// 0: 0.1  20: 0.04667  39: 0.02
}

func ExamplePolynomial() {
	chart(schedule.Polynomial{From: 0.1, To: 0, T: 39, Power: 2})
	chart(schedule.Polynomial{From: 0.1, To: 0, T: 39, Power: 0.5})
	// Output:
	// Polynomial(0.1 → 0, T=39, power=2)
	// ██▇▇▇▆▆▆▅▅▅▅▄▄▄▄▃▃▃▃▃▂▂▂▂▂▂▂▂▁▁▁▁▁▁▁▁▁▁▁
	// 0: 0.1  20: 0.02373  39: 0
	// Polynomial(0.1 → 0, T=39, power=0.5)
	// ██████▇▇▇▇▇▇▇▇▇▆▆▆▆▆▆▆▆▅▅▅▅▅▅▅▄▄▄▄▄▃▃▃▂▁
	// 0: 0.1  20: 0.0698  39: 0
}

func ExampleCosine() {
	chart(schedule.Cosine{From: 0.1, To: 0, T: 30})
	// Output:
	// Cosine(0.1 → 0, T=30)
	// ██████▇▇▇▇▆▆▆▅▅▅▄▄▃▃▃▂▂▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
	// 0: 0.1  20: 0.025  39: 0
}

// As torch.optim.lr_scheduler.CosineAnnealingLR goes on after T.
func ExampleCosine_periodic() {
	chart(schedule.Cosine{From: 0.1, To: 0, T: 15, Periodic: true})
	// Output:
	// Cosine(0.1 → 0, T=15, periodic)
	// ███▇▇▆▆▅▄▃▃▂▂▁▁▁▁▁▂▂▃▃▄▅▆▆▇▇█████▇▇▆▆▅▄▃
	// 0: 0.1  20: 0.025  39: 0.03455
}

func ExampleWarmRestarts() {
	chart(schedule.NewWarmRestarts(0.1, 0, 6))
	chart(schedule.WarmRestarts{From: 0.1, To: 0, T0: 10, TMult: 1, PeakMult: 0.7})
	// Output:
	// WarmRestarts(0.1 → 0, T0=6, ×2)
	// ██▆▄▃▁███▇▆▅▄▄▃▂▁▁█████▇▇▇▆▆▅▅▄▄▄▃▃▂▂▂▁▁
	// 0: 0.1  20: 0.0983  39: 0.003806
	// WarmRestarts(0.1 → 0, T0=10, ×1, peaks ×0.7)
	// ██▇▇▆▄▃▂▂▁▆▆▅▅▄▃▃▂▁▁▄▄▄▄▃▃▂▂▁▁▃▃▃▃▃▂▂▁▁▁
	// 0: 0.1  20: 0.049  39: 0.0008394
}

func ExampleOneCycle() {
	rate := schedule.NewOneCycle(0.1, 40)
	chart(rate)
	rate.ThreePhase = true
	chart(rate)
	rate.Straight = true
	chart(rate)
	// Output:
	// OneCycle(0.004 → 0.1 → 4e-07, T=40, rise=0.3)
	// ▁▁▂▂▃▄▅▆▇▇██████▇▇▇▇▆▆▆▅▅▅▄▄▃▃▃▂▂▂▂▁▁▁▁▁
	// 0: 0.004  20: 0.0766  39: 4e-07
	// OneCycle(0.004 → 0.1 → 4e-07, T=40, rise=0.3, three phases)
	// ▁▁▂▂▃▄▅▆▇▇███▇▇▆▅▄▃▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
	// 0: 0.004  20: 0.01162  39: 4e-07
	// OneCycle(0.004 → 0.1 → 4e-07, T=40, rise=0.3, three phases, straight)
	// ▁▂▃▃▄▄▅▆▆▇▇█▇▇▆▆▅▄▄▃▃▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
	// 0: 0.004  20: 0.02145  39: 4e-07
}

// The momentum is low while the rate is high.
func ExampleOneCycle_Opposite() {
	rate := schedule.NewOneCycle(0.1, 40)
	chart(rate)
	chart(rate.Opposite(0.95, 0.85))
	// Output:
	// OneCycle(0.004 → 0.1 → 4e-07, T=40, rise=0.3)
	// ▁▁▂▂▃▄▅▆▇▇██████▇▇▇▇▆▆▆▅▅▅▄▄▃▃▃▂▂▂▂▁▁▁▁▁
	// 0: 0.004  20: 0.0766  39: 4e-07
	// OneCycle(0.95 → 0.85 → 0.95, T=40, rise=0.3)
	// ██▇▇▆▅▄▃▂▂▁▁▁▁▁▁▂▂▂▂▃▃▃▄▄▅▅▅▆▆▆▇▇▇▇█████
	// 0: 0.95  20: 0.8734  39: 0.95
}

func ExampleCyclic() {
	s := schedule.NewCyclic(0.02, 0.1, 5)
	chart(s)
	s.Mode = schedule.Triangular2
	chart(s)
	s.Mode, s.Gamma = schedule.ExpRange, 0.97
	chart(s)
	// Output:
	// Cyclic(0.02 → 0.1, up 5, down 5)
	// ▁▂▄▅▇█▇▅▄▂▁▂▄▅▇█▇▅▄▂▁▂▄▅▇█▇▅▄▂▁▂▄▅▇█▇▅▄▂
	// 0: 0.02  20: 0.02  39: 0.036
	// Cyclic(0.02 → 0.1, up 5, down 5, triangular2)
	// ▁▂▄▅▇█▇▅▄▂▁▂▂▃▄▅▄▃▂▂▁▁▂▂▂▃▂▂▂▁▁▁▁▂▂▂▂▂▁▁
	// 0: 0.02  20: 0.02  39: 0.022
	// Cyclic(0.02 → 0.1, up 5, down 5, exp_range, γ=0.97)
	// ▁▃▄▅▇█▆▅▄▂▁▂▃▄▅▆▅▄▃▂▁▂▃▃▄▅▄▃▂▂▁▂▂▃▃▄▃▃▂▁
	// 0: 0.02  20: 0.02  39: 0.02488
}

func ExampleCyclic_Opposite() {
	chart(schedule.NewCyclic(0.02, 0.1, 8).Opposite(0.9, 0.8))
	// Output:
	// Cyclic(0.9 → 0.8, up 8, down 8)
	// █▇▆▅▅▄▃▂▁▂▃▄▅▅▆▇█▇▆▅▅▄▃▂▁▂▃▄▅▅▆▇█▇▆▅▅▄▃▂
	// 0: 0.9  20: 0.85  39: 0.8125
}

func ExampleWarmup() {
	chart(schedule.Warmup{N: 10, Then: schedule.Cosine{From: 0.1, To: 0, T: 29}})
	chart(schedule.Warmup{N: 10, Early: true, Then: schedule.Cosine{From: 0.1, To: 0, T: 29}})
	// Output:
	// Warmup(from 0, N=10, then Cosine(0.1 → 0, T=29))
	// ▁▂▂▃▄▅▅▆▇▇█████▇▇▇▇▆▆▆▅▅▅▄▄▄▃▃▃▂▂▂▂▁▁▁▁▁
	// 0: 0  20: 0.07342  39: 0
	// Warmup(from 0, N=10, early, then Cosine(0.1 → 0, T=29))
	// ▂▂▃▄▅▅▆▇▇██████▇▇▇▇▆▆▆▅▅▅▄▄▄▃▃▃▂▂▂▂▁▁▁▁▁
	// 0: 0.01  20: 0.07342  39: 0
}

// Values of one's own choice between boundaries.
func ExampleJoin() {
	chart(schedule.Join{
		Schedules: []optim.Schedule{
			schedule.Constant{Value: 0.05},
			schedule.Constant{Value: 0.1},
			schedule.Linear{From: 0.1, To: 0, T: 15},
		},
		Boundaries: []int{5, 24},
	})
	// Output:
	// Join(Constant(0.05), from 5 Constant(0.1), from 24 Linear(0.1 → 0, T=15))
	// ▅▅▅▅▅█████████████████████▇▇▆▆▅▅▄▄▃▃▂▂▁▁
	// 0: 0.05  20: 0.1  39: 0
}

// Warm-up while the decay already runs, as torch's ChainedScheduler.
func ExampleProduct() {
	chart(schedule.Product{
		schedule.Exponential{From: 0.1, Gamma: 0.95, T: 1},
		schedule.Linear{From: 0, To: 1, T: 10},
	})
	// Output:
	// Product(Exponential(0.1, γ=0.95, T=1), Linear(0 → 1, T=10))
	// ▁▂▃▄▅▆▆▇▇███▇▇▇▆▆▆▆▅▅▅▅▅▄▄▄▄▄▄▄▃▃▃▃▃▃▃▃▃
	// 0: 0  20: 0.03585  39: 0.01353
}

func ExampleBetween() {
	chart(schedule.Between{
		Of:  schedule.Exponential{From: 0.1, Gamma: 0.9, T: 1},
		Min: 0.02, Max: math.Inf(1),
	})
	// Output:
	// Between(0.02, Exponential(0.1, γ=0.9, T=1), +Inf)
	// █▇▆▆▅▄▄▃▃▃▂▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
	// 0: 0.1  20: 0.02  39: 0.02
}

// A loss that stops falling at 0.5.
func ExamplePlateau() {
	sgd := optim.NewSGD(0)
	plateau := schedule.NewPlateau(0.1)
	plateau.Factor, plateau.Patience, plateau.Min = 0.5, 4, 0.02
	opt := optim.NewFollow(sgd, &sgd.LR, plateau)

	rates := make([]float64, 40)
	w := []float64{1}
	for i := range rates {
		if err := opt.Step(w, []float64{0.1}); err != nil {
			fmt.Println(err)
		}
		rates[i] = sgd.LR
		loss := max(0.5, 2-0.1*float64(i))
		if err := plateau.Tell(loss); err != nil {
			fmt.Println(err)
		}
	}
	chart(schedule.Func{Name: opt.String(), F: func(i int) float64 { return rates[i] }})
	// Output:
	// SGD(η=Plateau(0.1, γ=0.5, patience=4, min=0.02))
	// █████████████████████▄▄▄▄▄▁▁▁▁▁▁▁▁▁▁▁▁▁▁
	// 0: 0.1  20: 0.1  39: 0.02
}

func ExampleFollow() {
	adam := optim.NewAdam(0.001)
	rate := schedule.Warmup{N: 2, Then: schedule.Cosine{From: 0.1, To: 0, T: 4}}
	opt := optim.NewFollow(adam, &adam.LR, rate)
	fmt.Println(opt)

	w := []float64{1, -2}
	for i := range 6 {
		if err := opt.Step(w, []float64{0.1, 4}); err != nil {
			fmt.Println(err)
		}
		fmt.Printf("update %d: η = %.4f, w = %.4f\n", i, adam.LR, w)
	}
	// Output:
	// Adam(η=Warmup(from 0, N=2, then Cosine(0.1 → 0, T=4)), β1=0.9, β2=0.999, ε=1e-08)
	// update 0: η = 0.0000, w = [1.0000 -2.0000]
	// update 1: η = 0.0500, w = [0.9500 -2.0500]
	// update 2: η = 0.1000, w = [0.8500 -2.1500]
	// update 3: η = 0.0854, w = [0.7646 -2.2354]
	// update 4: η = 0.0500, w = [0.7146 -2.2854]
	// update 5: η = 0.0146, w = [0.7000 -2.3000]
}
