package mlp_test

import (
	"math"
	"testing"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

// The verdicts of lesson 07 at fresh seeds, each for itself.

func from(init weightinit.Initializer, act mlp.Activation, seed uint64, sizes ...int) *mlp.Net {
	return mlp.New(mlp.Config{Sizes: sizes, Act: act, Init: init, Seed: seed})
}

func hiddenNeurons(net *mlp.Net) int { return net.Observe(digits.Test().X).Measures()[0].Distinct }

// C23: from zeros sigmoid learns with one neuron, tanh and ReLU move no weight;
// without a hidden layer zeros are as good as any start.
func TestZerosLearnWithOneNeuron(t *testing.T) {
	fresh(func(seed uint64) []float64 {
		end := func(net *mlp.Net, lr float64, epochs int) float64 {
			return mlp.Train(net, optim.NewSGD(lr), digits.Train(), mlp.TrainConfig{Batch: 100, Epochs: epochs, Seed: seed}).Final()
		}
		zeros := from(weightinit.NewZeros(), mlp.Sigmoid, seed, 64, 50, 10)
		if loss := end(zeros, 1, 30); loss < 1.4 || loss > 1.8 || zeros.Accuracy(digits.Test()) > 0.5 || hiddenNeurons(zeros) != 1 {
			t.Errorf("seed %d: sigmoid from zeros ends at %.4f, accuracy %.3f, %d distinct neurons",
				seed, loss, zeros.Accuracy(digits.Test()), hiddenNeurons(zeros))
		}
		xavier := from(weightinit.NewXavier(), mlp.Sigmoid, seed, 64, 50, 10)
		if loss := end(xavier, 1, 30); loss > 0.2 || xavier.Accuracy(digits.Test()) < 0.9 || hiddenNeurons(xavier) != 50 {
			t.Errorf("seed %d: sigmoid from Xavier ends at %.4f", seed, loss)
		}
		for _, act := range []mlp.Activation{mlp.Tanh, mlp.ReLU} {
			net := from(weightinit.NewZeros(), act, seed, 64, 50, 10)
			if loss := end(net, 1, 30); math.Abs(loss-math.Ln10) > 0.005 || mlp.RMS(net.Weights(0)) != 0 || mlp.RMS(net.Weights(1)) != 0 {
				t.Errorf("seed %d: %v from zeros ends at %.4f, weights %v and %v",
					seed, act, loss, mlp.RMS(net.Weights(0)), mlp.RMS(net.Weights(1)))
			}
		}
		if flat := from(nil, nil, seed, 64, 10); end(flat, 1, 30) > 0.2 || flat.Accuracy(digits.Test()) < 0.9 {
			t.Errorf("seed %d: without a hidden layer accuracy %.3f", seed, flat.Accuracy(digits.Test()))
		}
		// a small rate leaves ln 10 as well, only later
		slow := from(weightinit.NewZeros(), mlp.Sigmoid, seed, 64, 50, 10)
		if early, late := end(slow, 0.1, 30), end(slow, 0.1, 170); early < 2.29 || late > 2.1 {
			t.Errorf("seed %d: with η = 0.1 the loss is %.4f, then %.4f", seed, early, late)
		}
		return nil
	})
}

// C24: from zeros all values agree in the middle matrix only; in the first the
// columns do, in the last the rows. SGD and Adam alike.
func TestOnlyTheMiddleMatrixIsUpdatedAlike(t *testing.T) {
	values := func(w []float64) int {
		seen := map[float64]bool{}
		for _, x := range w {
			seen[x] = true
		}
		return len(seen)
	}
	fresh(func(seed uint64) []float64 {
		for _, opt := range []optim.Optimizer{optim.NewSGD(0.5), optim.NewMomentum(0.1), optim.NewAdam(0.01)} {
			net := from(weightinit.NewZeros(), mlp.Sigmoid, seed, 64, 50, 50, 10)
			mlp.Train(net, opt, digits.Train(), mlp.TrainConfig{Batch: 100, Steps: 6, Seed: seed})
			if first, middle, last := values(net.Weights(0)), values(net.Weights(1)), values(net.Weights(2)); first < 50 || first > 64 || middle != 1 || last != 10 {
				t.Errorf("seed %d, %v: %d, %d and %d values", seed, opt, first, middle, last)
			}
			if hiddenNeurons(net) != 1 || values(net.Weights(2)[:10]) != 10 {
				t.Errorf("seed %d, %v: %d distinct neurons", seed, opt, hiddenNeurons(net))
			}
		}
		return nil
	})
}

// Fifty equal neurons are one with other learning rates, and two neurons that
// are equal in and out stay so with any method; equal in only, they part.
func TestTwins(t *testing.T) {
	cfg := mlp.TrainConfig{Batch: 100, Epochs: 30, Seed: 101}
	fifty := mlp.Train(from(weightinit.NewZeros(), mlp.Sigmoid, 1, 64, 50, 10), optim.NewSGD(1), digits.Train(), cfg)
	one := mlp.Train(from(weightinit.NewZeros(), mlp.Sigmoid, 1, 64, 1, 10), optim.NewGroups(
		optim.Part{Len: 65, Optimizer: optim.NewSGD(1.0 / 50)},
		optim.Part{Len: 10, Optimizer: optim.NewSGD(50)},
		optim.Part{Len: 10, Optimizer: optim.NewSGD(1)}), digits.Train(), cfg)
	for i := range fifty.Loss {
		if math.Abs(fifty.Loss[i]-one.Loss[i]) > 1e-9 {
			t.Fatalf("epoch %d: loss %v and %v", i, fifty.Loss[i], one.Loss[i])
		}
	}
	fresh(func(seed uint64) []float64 {
		for _, outgoing := range []bool{true, false} {
			for _, opt := range []optim.Optimizer{optim.NewSGD(0.1), optim.NewMomentum(0.1), optim.NewAdaGrad(0.1), optim.NewRMSProp(0.01), optim.NewAdam(0.01)} {
				net := from(weightinit.NewHe(), mlp.ReLU, seed, 64, 50, 10)
				for i := range 64 {
					net.Weights(0)[50*i+1] = net.Weights(0)[50*i]
				}
				want := 50
				if outgoing {
					copy(net.Weights(1)[10:20], net.Weights(1)[:10])
					want = 49
				}
				mlp.Train(net, opt, digits.Train(), mlp.TrainConfig{Batch: 100, Epochs: 2, Seed: seed})
				if got := hiddenNeurons(net); got != want {
					t.Errorf("seed %d, %v, outgoing weights equal %v: %d distinct neurons, want %d", seed, opt, outgoing, got, want)
				}
			}
		}
		return nil
	})
}

// A difference of 1e-16 grows until the neurons part.
func TestTheSmallestDifferenceGrows(t *testing.T) {
	for _, row := range fresh(func(seed uint64) []float64 {
		net := from(weightinit.NewNormal(0, 1e-16), mlp.Sigmoid, seed, 64, 50, 10)
		run := mlp.Train(net, optim.NewSGD(1), digits.Train(), mlp.TrainConfig{Batch: 100, Epochs: 100, Seed: seed})
		return []float64{run.Loss[50], run.Final(), net.Accuracy(digits.Test())}
	}) {
		if !(row[0] > 1.3 && row[1] < 0.4 && row[2] > 0.9) {
			t.Errorf("loss after 50 epochs %.3f, after 100 %.3f, accuracy %.3f", row[0], row[1], row[2])
		}
	}
}
