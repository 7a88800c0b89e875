// Package mlp holds fully connected neural networks for classification, small
// enough to read, with softmax and cross-entropy at the end:
//
//	net := mlp.New(mlp.Config{
//		Sizes: []int{64, 50, 10},
//		Act:   mlp.ReLU,
//		Init:  weightinit.NewHe(),
//		Seed:  1,
//	})
//	run := mlp.Train(net, optim.NewSGD(0.1), digits.Train(), mlp.TrainConfig{Batch: 10, Epochs: 5})
//	fmt.Println(run.Final(), net.Accuracy(digits.Test()))
//
// Without hidden layers, Sizes: {64, 10}, the net is softmax regression. What a
// batch leaves in each layer, forward and back, Net.Observe shows.
//
// Everything is float64. The same seeds give the same weights, batches and
// gradients, bit for bit, on every 64-bit machine and with any number of cores
// and goroutines: each element of a matrix product is summed in one order, and
// exp, tanh, erfc and the logarithm are our own, because those of package math
// round otherwise where the processor has no fused multiply-add.
//
// A large batch is split over all cores. A Net is still not safe for concurrent
// use, not even Loss; Clone gives each goroutine its own.
package mlp

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"descent/pkg/weightinit"
)

// Config describes a network.
type Config struct {
	// units per layer: inputs, hidden layers, classes; at least 2 numbers ≥ 1, the
	// last ≥ 2
	Sizes []int
	Act   Activation // of the hidden layers; may be nil without them
	// of the weights; nil means zeros and is allowed only without hidden layers.
	// Biases start at 0
	Init weightinit.Initializer
	Seed uint64 // of the initial weights
	// λ of the penalty λ/2·‖p‖² on all parameters p, biases included; finite and ≥
	// 0. It equals weight_decay of torch.optim.SGD
	L2 float64
	// no softmax: every layer is hidden, and the last of Sizes may be any number ≥
	// 1. Only Observe runs such a net
	Headless bool
}

// Validate reports the first field that is out of range.
func (c Config) Validate() error {
	if len(c.Sizes) < 2 {
		return fmt.Errorf("mlp: Config.Sizes is %v, allowed are 2 numbers or more: inputs, hidden layers, classes", c.Sizes)
	}
	for i, n := range c.Sizes {
		if n < 1 {
			what := "the inputs"
			if i > 0 {
				what = fmt.Sprintf("the units of layer %d", i-1)
			}
			return fmt.Errorf("mlp: Config.Sizes[%d] is %d, allowed is 1 or more: %s", i, n, what)
		}
	}
	if n := c.Sizes[len(c.Sizes)-1]; n < 2 && !c.Headless {
		return fmt.Errorf("mlp: Config.Sizes[%d] is %d, allowed is 2 or more: the number of classes", len(c.Sizes)-1, n)
	}
	if hidden := len(c.Sizes) > 2 || c.Headless; hidden && c.Act == nil {
		return errors.New("mlp: Config.Act is nil, allowed is an activation such as mlp.ReLU: the net has hidden layers")
	} else if hidden && c.Init == nil {
		return errors.New("mlp: Config.Init is nil, allowed is an initializer such as weightinit.NewHe(): the net has hidden layers")
	}
	if c.Init != nil {
		if err := c.Init.Validate(); err != nil {
			return fmt.Errorf("mlp: Config.Init: %w", err)
		}
	}
	if !(c.L2 >= 0) || math.IsInf(c.L2, 1) {
		return fmt.Errorf("mlp: Config.L2 is %v, allowed is a finite number ≥ 0", c.L2)
	}
	return nil
}

// Net is a fully connected network. Layer l maps a row of inputs to
//
//	z = x·W + b    a = Act(z)
//
// and the last layer to the probabilities softmax(z), unless it is headless.
type Net struct {
	config Config
	params []float64
	layers []layer
	pieces []piece
	trace  *Trace    // of the chunk of rows that passes through the net
	room   []float64 // for a chunk that is gathered
	labels []int     // and for its labels
}

// layer holds views of the parameters.
type layer struct {
	in, out int
	start   int       // where w starts in the parameters; b follows w
	w, b    []float64 // w[i*out+j] leads from input i to unit j
	wT      []float64 // w transposed, for the way back
}

// weightStream makes the weights of a seed other numbers than its batches.
const weightStream = 0x1417

// New builds the network and draws its weights. It panics with the error of
// Validate if cfg is out of range.
func New(cfg Config) *Net {
	if err := cfg.Validate(); err != nil {
		panic(err)
	}
	cfg.Sizes = slices.Clone(cfg.Sizes)
	n := 0
	for l := 1; l < len(cfg.Sizes); l++ {
		n += (cfg.Sizes[l-1] + 1) * cfg.Sizes[l]
	}
	net := build(cfg, make([]float64, n))
	src := rand.NewPCG(cfg.Seed, weightStream)
	for _, l := range net.layers {
		if cfg.Init != nil {
			cfg.Init.Fill(l.w, l.in, l.out, src)
		}
	}
	return net
}

func build(cfg Config, params []float64) *Net {
	net := &Net{config: cfg, params: params}
	start := 0
	for l := 1; l < len(cfg.Sizes); l++ {
		in, out := cfg.Sizes[l-1], cfg.Sizes[l]
		p := params[start : start+(in+1)*out]
		net.layers = append(net.layers, layer{in: in, out: out, start: start, w: p[: in*out : in*out], b: p[in*out:], wT: make([]float64, in*out)})
		start += (in + 1) * out
	}
	net.pieces = pieces(net.layers)
	net.trace = newTrace(net)
	net.room, net.labels = make([]float64, chunk*cfg.Sizes[0]), make([]int, chunk)
	return net
}

// Clone returns a network with the same configuration and a copy of the
// parameters.
func (n *Net) Clone() *Net { return build(n.config, slices.Clone(n.params)) }

// Config returns the configuration.
func (n *Net) Config() Config { return n.config }

// Params returns all parameters as one flat slice, not a copy: for each layer
// its weights row by row (in × out), then its biases.
func (n *Net) Params() []float64 { return n.params }

// Layers returns the number of layers that have weights.
func (n *Net) Layers() int { return len(n.layers) }

// Weights returns the weights of layer l, counted from 0, as a view of Params:
// the weight from input i to unit j is element i·out + j. It panics if there is
// no such layer.
func (n *Net) Weights(l int) []float64 { return n.layer(l).w }

// Biases returns the biases of layer l, counted from 0, as a view of Params. It
// panics if there is no such layer.
func (n *Net) Biases(l int) []float64 { return n.layer(l).b }

func (n *Net) layer(l int) *layer {
	if l < 0 || l >= len(n.layers) {
		panic(fmt.Sprintf("mlp: layer is %d, allowed is 0 to %d", l, len(n.layers)-1))
	}
	return &n.layers[l]
}

// String names the net with its sizes, as in "64-50-10 ReLU He".
func (n *Net) String() string {
	s := fmt.Sprint(n.config.Sizes[0])
	for _, k := range n.config.Sizes[1:] {
		s += fmt.Sprintf("-%d", k)
	}
	if n.config.Act != nil && (len(n.layers) > 1 || n.config.Headless) {
		s += " " + n.config.Act.String()
	}
	if n.config.Init != nil {
		s += " " + n.config.Init.String()
	}
	return s
}
