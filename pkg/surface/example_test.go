package surface_test

import (
	"fmt"
	"math"

	"descent/pkg/surface"
)

func ExampleSurface() {
	grad := make([]float64, 2)
	w := []float64{-7, 2}
	surface.Ravine.Grad(grad, w)
	fmt.Printf("f = %.2f, ∇f = (%.1f, %.1f)\n", surface.Ravine.Func(w), grad[0], grad[1])
	hess := make([]float64, 4)
	surface.Ravine.Hess(hess, w)
	fmt.Println(hess)
	// Output:
	// f = 6.45, ∇f = (-0.7, 4.0)
	// [0.1 0 0 2]
}

func ExampleAll() {
	for _, s := range surface.All() {
		fmt.Printf("%-16s start %v, f = %.4g; lowest %.4g at %.4g\n",
			s.Name, s.Start, s.F(s.Start[0], s.Start[1]), s.Lowest, s.Minima)
	}
	// Output:
	// ravine           start [-7 2], f = 6.45; lowest 0 at [[0 0]]
	// Booth            start [-8 4], f = 338; lowest 0 at [[1 3]]
	// saddle           start [-1.5 0.01], f = 2.25; lowest -Inf at []
	// Rosenbrock       start [-1.2 1], f = 24.2; lowest 0 at [[1 1]]
	// Beale            start [1 1], f = 14.2; lowest 0 at [[3 0.5]]
	// Himmelblau       start [0 0], f = 170; lowest 0 at [[3 2] [-2.805 3.131] [-3.779 -3.283] [3.584 -1.848]]
	// three-hump camel start [-2 1.8], f = 1.507; lowest 0 at [[0 0]]
	// Styblinski–Tang  start [1 -0.5], f = -8.219; lowest -78.33 at [[-2.904 -2.904]]
	// Rastrigin        start [-3.4 2.3], f = 48.03; lowest 0 at [[0 0]]
	// Ackley           start [-3.4 2.3], f = 10.95; lowest 0 at [[0 0]]
}

func ExampleSurface_Shift() {
	s := surface.Ravine.Shift(3, 1)
	fmt.Println(s.Formula)
	fmt.Println("start", s.Start, "minimum at", s.Minima[0])
	// Output:
	// (x − 3)²/20 + (y − 1)²
	// start [-4 3] minimum at [3 1]
}

func ExampleSurface_Rotate() {
	s := surface.Ravine.Rotate(30)
	fmt.Println(s.Formula)
	xx, xy, yy := s.Hessian(0, 0)
	fmt.Printf("Hessian %.4f %.4f %.4f\n", xx, xy, yy)
	// Output:
	// (x cos 30° + y sin 30°)²/20 + (y cos 30° − x sin 30°)²
	// Hessian 0.5750 -0.8227 1.5250
}

func ExampleBowl() {
	s := surface.Bowl(0.5, 8)
	fmt.Println(s.Formula, "at the start:", s.F(s.Start[0], s.Start[1]))
	// Output:
	// (0.5x² + 8y²)/2 at the start: 28.25
}

func ExampleQuadratic() {
	q := surface.NewQuadratic(0.1, 1, 10)
	w, grad := []float64{3, 2, 1}, make([]float64, 3)
	q.Grad(grad, w)
	fmt.Printf("f = %.2f, ∇f = %.1f\n", q.Func(w), grad)
	// Output:
	// f = 7.45, ∇f = [0.3 2.0 10.0]
}

// The same curvatures along other axes: the trace stays.
func ExampleQuadratic_Rotate() {
	q := surface.NewQuadratic(0.1, 1, 10).Rotate(1)
	hess := make([]float64, 9)
	q.Hess(hess, make([]float64, 3))
	for i := range 3 {
		fmt.Printf("%7.4f\n", hess[3*i:3*i+3])
	}
	fmt.Printf("trace %.4f\n", hess[0]+hess[4]+hess[8])
	// Output:
	// [ 1.3720 -0.9117  3.0828]
	// [-0.9117  1.9717 -2.6842]
	// [ 3.0828 -2.6842  7.7563]
	// trace 11.1000
}

// Adam with β1 = 0 and β2 = 1/(1 + C²) = 0.1 ends at the worst x.
func ExampleReddiTheorem1() {
	problem := surface.ReddiTheorem1(3)
	w, v := []float64{0}, 0.0
	for t := 1; t <= 3000; t++ {
		g := problem.Slope(t)
		v = 0.1*v + 0.9*g*g
		w[0] -= 0.1 / math.Sqrt(float64(t)) * g / math.Sqrt(v)
		problem.Project(w)
	}
	fmt.Printf("x = %.4f, the best is %v\n", w[0], problem.Optimum())
	// Output:
	// x = 1.0000, the best is -1
}

func ExampleReddiExperiment() {
	problem := surface.ReddiExperiment()
	fmt.Println(problem)
	fmt.Println(problem.Slope(1), problem.Slope(2), problem.Slope(101), problem.Slope(102))
	fmt.Printf("mean %.3f, best x %v\n", problem.Mean(), problem.Optimum())
	// Output:
	// 1010x if t mod 101 = 1, else −10x
	// 1010 -10 -10 1010
	// mean 0.099, best x -1
}

// The regret of staying at the worst place grows by 2·Mean a step.
func ExampleOnline_Regret() {
	problem := surface.ReddiTheorem1(3)
	xs := []float64{1, 1, 1, 1, 1, 1}
	fmt.Println(problem.Regret(xs), problem.Regret(xs[:3]))
	// Output:
	// 4 2
}
