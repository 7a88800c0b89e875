package mlp_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/weightinit"
)

func TestNew(t *testing.T) {
	sizes := []int{4, 3, 2}
	net := mlp.New(mlp.Config{Sizes: sizes, Act: mlp.Tanh, Init: weightinit.NewNormal(0, 1), Seed: 1})
	if n := len(net.Params()); n != 5*3+4*2 {
		t.Fatalf("%d parameters, want 23", n)
	}
	for i := range net.Params() {
		net.Params()[i] = float64(i)
	}
	views := slices.Concat(net.Weights(0), net.Biases(0), net.Weights(1), net.Biases(1))
	if net.Layers() != 2 || !slices.Equal(views, net.Params()) || len(net.Weights(0)) != 12 || len(net.Biases(1)) != 2 {
		t.Errorf("the views hold %v", views)
	}
	sizes[0] = 9
	if got := net.Config().Sizes; !slices.Equal(got, []int{4, 3, 2}) {
		t.Errorf("the net shares Sizes with its Config: %v", got)
	}
}

func TestInitialWeights(t *testing.T) {
	cfg := mlp.Config{Sizes: []int{64, 200, 10}, Act: mlp.ReLU, Init: weightinit.NewHe(), Seed: 3}
	a, b := mlp.New(cfg), mlp.New(cfg)
	if !slices.Equal(a.Params(), b.Params()) {
		t.Error("two nets of one seed differ")
	}
	cfg.Seed++
	if slices.Equal(a.Params(), mlp.New(cfg).Params()) {
		t.Error("nets of two seeds are the same")
	}
	for l, fanIn := range []float64{64, 200} {
		sq := 0.0
		for _, w := range a.Weights(l) {
			sq += w * w
		}
		n := float64(len(a.Weights(l)))
		if got := sq / n * fanIn / 2; math.Abs(got-1) > 4*math.Sqrt(2/n) {
			t.Errorf("layer %d: variance·fanIn/2 is %v, want 1", l, got)
		}
		if slices.ContainsFunc(a.Biases(l), func(b float64) bool { return b != 0 }) {
			t.Errorf("layer %d: biases %v, want 0", l, a.Biases(l))
		}
	}
	if slices.ContainsFunc(mlp.New(mlp.Config{Sizes: []int{64, 10}}).Params(), func(p float64) bool { return p != 0 }) {
		t.Error("softmax regression without Init must start at 0")
	}
}

func TestClone(t *testing.T) {
	set := digits.Test()
	a := mlp.New(mlp.Config{Sizes: []int{64, 5, 10}, Act: mlp.ReLU, Init: weightinit.NewHe(), L2: 0.1})
	b := a.Clone()
	if a.Loss(set) != b.Loss(set) {
		t.Error("a clone has another loss")
	}
	loss := a.Loss(set)
	b.Params()[0]++
	b.Biases(1)[3]++
	if a.Loss(set) != loss || b.Loss(set) == loss {
		t.Error("a clone shares its parameters")
	}
}

func TestString(t *testing.T) {
	for want, cfg := range map[string]mlp.Config{
		"64-10":                                  {Sizes: []int{64, 10}, Act: mlp.ReLU},
		"64-50-10 ReLU He":                       {Sizes: []int{64, 50, 10}, Act: mlp.ReLU, Init: weightinit.NewHe()},
		"3-4-2 sigmoid Normal(mean=0, std=0.01)": {Sizes: []int{3, 4, 2}, Act: mlp.Sigmoid, Init: weightinit.NewNormal(0, 0.01)},
		"3-4-4-2 tanh Zeros":                     {Sizes: []int{3, 4, 4, 2}, Act: mlp.Tanh, Init: weightinit.NewZeros()},
	} {
		if got := mlp.New(cfg).String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestConfigErrors(t *testing.T) {
	he := weightinit.NewHe()
	for want, cfg := range map[string]mlp.Config{
		"mlp: Config.Sizes is [], allowed":               {},
		"mlp: Config.Sizes is [64], allowed":             {Sizes: []int{64}},
		"mlp: Config.Sizes[1] is 0, allowed is 1":        {Sizes: []int{64, 0, 10}, Act: mlp.ReLU, Init: he},
		"mlp: Config.Sizes[0] is -3, allowed is":         {Sizes: []int{-3, 10}},
		"mlp: Config.Sizes[1] is 1, allowed is 2":        {Sizes: []int{64, 1}},
		"mlp: Config.Act is nil":                         {Sizes: []int{64, 5, 10}, Init: he},
		"mlp: Config.Init is nil":                        {Sizes: []int{64, 5, 10}, Act: mlp.ReLU},
		"mlp: Config.Init: weightinit: Normal.Std is -1": {Sizes: []int{64, 10}, Init: weightinit.NewNormal(0, -1)},
		"mlp: Config.L2 is -0.1, allowed is a finite":    {Sizes: []int{64, 10}, L2: -0.1},
		"mlp: Config.L2 is NaN, allowed is a finite":     {Sizes: []int{64, 10}, L2: math.NaN()},
		"mlp: Config.L2 is +Inf, allowed is a finite":    {Sizes: []int{64, 10}, L2: math.Inf(1)},
	} {
		if err := cfg.Validate(); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
		mustPanic(t, want, func() { mlp.New(cfg) })
	}
}

func TestSetErrors(t *testing.T) {
	net := mlp.New(mlp.Config{Sizes: []int{2, 3}})
	set := digits.Set{X: []float64{1, 2, 3, 4}, Labels: []int{0, 2}, Dim: 2}
	grad := make([]float64, 9)
	for want, call := range map[string]func(){
		"mlp: the rows have 64 features, but the net has 2 inputs": func() { net.Loss(digits.Test()) },
		"mlp: digits: Set.Labels is empty":                         func() { net.Loss(digits.Set{Dim: 2}) },
		"mlp: digits: len(Set.X) is 4, allowed is 2":               func() { net.Accuracy(digits.Set{X: set.X, Labels: []int{0}, Dim: 2}) },
		"mlp: a label is 3, allowed is 0 to 2":                     func() { net.Loss(digits.Set{X: set.X, Labels: []int{0, 3}, Dim: 2}) },
		"mlp: a label is -1, allowed is 0 to 2":                    func() { net.Gradient(grad, digits.Set{X: set.X, Labels: []int{0, -1}, Dim: 2}, nil) },
		"mlp: len(dst) is 8, but the net has 9 parameters":         func() { net.Gradient(grad[:8], set, nil) },
		"mlp: idx is empty":                                        func() { net.Gradient(grad, set, []int{}) },
		"digits: idx[0] is 2, allowed is 0 to 1":                   func() { net.Gradient(grad, set, []int{2}) },
	} {
		mustPanic(t, want, call)
	}
}

func mustPanic(t *testing.T, want string, call func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if r := fmt.Sprint(recover()); !strings.HasPrefix(r, want) {
			t.Errorf("panic %q, want %q", r, want)
		}
	}()
	call()
}
