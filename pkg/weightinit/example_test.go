package weightinit_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"descent/pkg/weightinit"
)

// A layer with 50 inputs and 3 units.
func ExampleHe() {
	w := make([]float64, 50*3)
	init := weightinit.NewHe()
	init.Fill(w, 50, 3, rand.NewPCG(3, 4))
	fmt.Printf("%v: %.4f\n", init, w[:4])
	// Output: He: [0.0713 0.2718 0.0555 0.0088]
}

func ExampleNormal() {
	w := make([]float64, 4)
	init := weightinit.NewNormal(0, 0.01)
	init.Fill(w, 4, 1, rand.NewPCG(1, 2))
	fmt.Printf("%v: %.4f\n", init, w)
	// Output: Normal(mean=0, std=0.01): [0.0087 0.0236 -0.0103 -0.0017]
}

func ExampleZeros() {
	w := []float64{1, 2}
	weightinit.NewZeros().Fill(w, 2, 1, nil)
	fmt.Println(w)
	// Output: [0 0]
}

func ExampleFieldError() {
	fmt.Println(weightinit.NewNormal(0, -1).Validate())
	// Output: weightinit: Normal.Std is -1, allowed is a finite number ≥ 0
}

// The biases of a layer that shall start in the linear part of ReLU.
func ExampleConstant() {
	b := make([]float64, 3)
	init := weightinit.NewConstant(0.01)
	init.Fill(b, 50, 3, nil)
	fmt.Printf("%v: %v\n", init, b)
	// Output: Constant(value=0.01): [0.01 0.01 0.01]
}

func ExampleUniform() {
	w := make([]float64, 4)
	init := weightinit.NewUniform(-0.05, 0.05)
	init.Fill(w, 4, 1, rand.NewPCG(1, 2))
	fmt.Printf("%v: %.4f\n", init, w)
	// Output: Uniform(low=-0.05, high=0.05): [0.0269 0.0116 0.0284 0.0297]
}

// Bounds are weights. The default of PyTorch, −2 to 2, leaves a std of 0.02 as
// it is; that of Keras and JAX cuts at two standard deviations.
func ExampleTruncatedNormal() {
	fmt.Println(weightinit.NewTruncatedNormal(0, 0.02, -2, 2))
	fmt.Println(weightinit.NewTwoSigma(0, 0.02))
	w := make([]float64, 4)
	weightinit.NewTwoSigma(0, 0.02).Fill(w, 4, 1, rand.NewPCG(1, 2))
	fmt.Printf("%.4f\n", w)
	// Output:
	// TruncatedNormal(mean=0, std=0.02, low=-2, high=2)
	// TruncatedNormal(mean=0, std=0.02, low=-0.04, high=0.04)
	// [0.0173 -0.0206 -0.0035 -0.0125]
}

// The weights of both have less spread than the normal distribution that is
// cut; corrected, it is the spread that is asked for.
func ExampleNewTwoSigmaCorrected() {
	for _, init := range []weightinit.Initializer{weightinit.NewTwoSigma(0, 1), weightinit.NewTwoSigmaCorrected(0, 1)} {
		w := make([]float64, 1_000_000)
		init.Fill(w, 1, 1, rand.NewPCG(1, 2))
		sum := 0.0
		for _, x := range w {
			sum += x * x
		}
		fmt.Printf("%.2f: %v\n", math.Sqrt(sum/1e6), init)
	}
	// Output:
	// 0.88: TruncatedNormal(mean=0, std=1, low=-2, high=2)
	// 1.00: TruncatedNormal(mean=0, std=1.1368472343385565, low=-2.273694468677113, high=2.273694468677113)
}

// What keeps the gradients of a layer of 50 inputs and 30 ReLUs, and what
// keeps the activations.
func ExampleVarianceScaling() {
	for _, mode := range []weightinit.Mode{weightinit.FanOut, weightinit.FanIn, weightinit.FanAvg} {
		init := weightinit.NewVarianceScaling(2, mode, weightinit.UniformDist)
		fmt.Printf("%v: std %.4f\n", init, init.Std(50, 30))
	}
	// Output:
	// VarianceScaling(scale=2, fan out, uniform): std 0.2582
	// VarianceScaling(scale=2, fan in, uniform): std 0.2000
	// VarianceScaling(scale=2, fan avg, uniform): std 0.2236
}

func ExampleHe_leakyReLU() {
	init := weightinit.He{Slope: 0.2, Mode: weightinit.FanOut, Dist: weightinit.TruncatedDist}
	fmt.Printf("%v: std %.4f\n", init, init.Std(50, 30))
	// Output: He(slope=0.2, fan out, truncated): std 0.2532
}

func ExampleXavier() {
	w := make([]float64, 50*30)
	init := weightinit.Xavier{Gain: weightinit.GainTanh, Dist: weightinit.UniformDist}
	init.Fill(w, 50, 30, rand.NewPCG(1, 2))
	fmt.Printf("%v: std %.4f, %.4f\n", init, init.Std(50, 30), w[:3])
	// Output: Xavier(gain=1.6666666666666667, uniform): std 0.2635, [0.2459 0.1063 0.2596]
}

func ExampleLeCun() {
	w := make([]float64, 50*30)
	init := weightinit.NewLeCun()
	init.Fill(w, 50, 30, rand.NewPCG(1, 2))
	fmt.Printf("%v: std %.4f, %.4f\n", init, init.Std(50, 30), w[:3])
	// Output: LeCun: std 0.1414, [0.1225 0.3338 -0.1454]
}

func ExampleGainLeakyReLU() {
	fmt.Printf("%.4f %.4f %.4f\n", weightinit.GainLeakyReLU(0), weightinit.GainLeakyReLU(0.01), weightinit.GainLeakyReLU(1))
	// Output: 1.4142 1.4141 1.0000
}

// Three inputs, two units: the columns have length 1 and a right angle.
func ExampleOrthogonal() {
	w := make([]float64, 3*2)
	weightinit.NewOrthogonal(1).Fill(w, 3, 2, rand.NewPCG(1, 2))
	fmt.Printf("%.4f\n%.4f\n%.4f\n", w[0:2], w[2:4], w[4:6])
	fmt.Printf("%.12f\n", w[0]*w[0]+w[2]*w[2]+w[4]*w[4])
	fmt.Printf("%.12f\n", math.Abs(w[0]*w[1]+w[2]*w[3]+w[4]*w[5]))
	// Output:
	// [0.3189 -0.0324]
	// [0.8690 -0.3890]
	// [-0.3784 -0.9207]
	// 1.000000000000
	// 0.000000000000
}

// Where weights are stored as [out, in], swap the two: this matrix of 2 rows
// and 3 columns is the weights of 3 inputs and 2 units.
func ExampleOrthogonal_outIn() {
	w := make([]float64, 2*3)
	weightinit.NewOrthogonal(1).Fill(w, 2, 3, rand.NewPCG(1, 2))
	fmt.Printf("%.4f\n%.4f\n", w[0:3], w[3:6])
	// Output:
	// [0.3189 0.8690 -0.3784]
	// [-0.0324 -0.3890 -0.9207]
}

// Each of three units gets two of its five inputs.
func ExampleSparse() {
	w := make([]float64, 5*3)
	weightinit.NewSparse(0.6, 1).Fill(w, 5, 3, rand.NewPCG(1, 2))
	for i := range 5 {
		fmt.Printf("%5.2f\n", w[3*i:3*i+3])
	}
	// Output:
	// [ 1.27  0.00  0.00]
	// [-1.03  1.36  0.00]
	// [ 0.00  0.00  0.00]
	// [ 0.00  0.00  0.53]
	// [ 0.00  0.05  0.29]
}

func ExampleIdentity() {
	w := make([]float64, 2*3)
	weightinit.NewIdentity(1).Fill(w, 2, 3, nil)
	fmt.Println(w[0:3], w[3:6])
	// Output: [1 0 0] [0 1 0]
}

// The weights and the biases of nn.Linear(50, 30) come from the same range.
func ExampleNewTorchLinear() {
	w, b := make([]float64, 50*30), make([]float64, 30)
	init, src := weightinit.NewTorchLinear(), rand.NewPCG(1, 2)
	init.Fill(w, 50, 30, src)
	init.Fill(b, 50, 30, src)
	fmt.Printf("weights from %.4f to %.4f, 1/√50 = %.4f\n", slices.Min(w), slices.Max(w), 1/math.Sqrt(50))
	// Output: weights from -0.1414 to 0.1414, 1/√50 = 0.1414
}

func ExampleNewKerasDense() {
	fmt.Println(weightinit.NewKerasDense())
	// Output: Xavier(uniform)
}

func ExampleNewFlaxDense() {
	fmt.Println(weightinit.NewFlaxDense())
	// Output: LeCun(truncated)
}

// One seed for the layers of a net: each goes on where the one before ended.
func ExampleInitializer() {
	src := rand.NewPCG(1, 0)
	var init weightinit.Initializer = weightinit.NewHe()
	for _, layer := range [][2]int{{64, 50}, {50, 10}} {
		w := make([]float64, layer[0]*layer[1])
		init.Fill(w, layer[0], layer[1], src)
		fmt.Printf("%.4f\n", w[:3])
	}
	// Output:
	// [-0.3102 0.0563 0.1446]
	// [-0.0224 0.0013 -0.0864]
}
