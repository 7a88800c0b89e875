package mlp_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

// golden is what testdata/golden.py wrote.
type golden struct {
	Gradients []struct {
		goldenNet
		Idx      []int
		Loss     float64
		Gradient []float64
	}
	Training []struct {
		goldenNet
		LR     float64
		Batch  int
		Losses []float64
		Final  float64
		Params []float64
	}
	Noise   struct{ Trace, Signal float64 }
	Minimum float64
}

type goldenNet struct {
	Sizes []int
	Act   string
	L2    float64
}

func readGolden(t *testing.T) (g golden) {
	t.Helper()
	text, err := os.ReadFile("testdata/golden.json")
	if err == nil {
		err = json.Unmarshal(text, &g)
	}
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// build returns the net with p[i] = (37·i mod 101 − 50)/100.
func (g goldenNet) build() *mlp.Net {
	acts := map[string]mlp.Activation{"sigmoid": mlp.Sigmoid, "tanh": mlp.Tanh, "ReLU": mlp.ReLU}
	net := mlp.New(mlp.Config{Sizes: g.Sizes, Act: acts[g.Act], Init: weightinit.NewZeros(), L2: g.L2})
	for i := range net.Params() {
		net.Params()[i] = float64((37*i)%101-50) / 100
	}
	return net
}

func TestGoldenGradients(t *testing.T) {
	set := digits.All()
	for _, c := range readGolden(t).Gradients {
		net := c.build()
		grad := make([]float64, len(net.Params()))
		if loss := net.Gradient(grad, set, c.Idx); math.Abs(loss-c.Loss) > 1e-12 {
			t.Errorf("%v: loss %v, NumPy %v", net, loss, c.Loss)
		}
		for i, want := range c.Gradient {
			if math.Abs(grad[i]-want) > 1e-12 {
				t.Errorf("%v: gradient[%d] is %v, NumPy %v", net, i, grad[i], want)
			}
		}
	}
}

// Thirty steps of SGD agree with NumPy step by step.
func TestGoldenTraining(t *testing.T) {
	set := digits.Train()
	for _, c := range readGolden(t).Training {
		net := c.build()
		grad, idx := make([]float64, len(net.Params())), make([]int, c.Batch)
		opt := optim.NewSGD(c.LR)
		for step, want := range c.Losses {
			for j := range idx {
				idx[j] = (31*step + 7*j) % set.Len()
			}
			if loss := net.Gradient(grad, set, idx); math.Abs(loss-want) > 1e-12 {
				t.Errorf("%v, step %d: loss %v, NumPy %v", net, step, loss, want)
			}
			if err := opt.Step(net.Params(), grad); err != nil {
				t.Fatal(err)
			}
		}
		if loss := net.Loss(set); math.Abs(loss-c.Final) > 1e-12 {
			t.Errorf("%v: final loss %v, NumPy %v", net, loss, c.Final)
		}
		for i, want := range c.Params {
			if got := net.Params()[97*i]; math.Abs(got-want) > 1e-12 {
				t.Errorf("%v: parameter %d is %v, NumPy %v", net, 97*i, got, want)
			}
		}
	}
}

func TestGoldenNoise(t *testing.T) {
	want := readGolden(t).Noise
	got := mlp.GradientNoise(mlp.New(mlp.Config{Sizes: []int{64, 10}}), digits.All(), mlp.NoiseConfig{Draws: 2})
	if math.Abs(got.Trace-want.Trace) > 1e-11 || math.Abs(got.Signal-want.Signal) > 1e-12 {
		t.Errorf("trΣ = %v, ‖ḡ‖² = %v, NumPy %v and %v", got.Trace, got.Signal, want.Trace, want.Signal)
	}
}

func TestGoldenMinimum(t *testing.T) {
	want := readGolden(t).Minimum
	net := mlp.New(mlp.Config{Sizes: []int{64, 10}, L2: 0.01})
	got, err := mlp.Minimum(net, digits.Train())
	if err != nil || math.Abs(got-want) > 1e-12 || net.Loss(digits.Train()) != got {
		t.Errorf("minimum %v (error %v), NumPy %v, at the parameters that are left %v", got, err, want, net.Loss(digits.Train()))
	}
}
