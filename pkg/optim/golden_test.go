package optim_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"descent/pkg/optim"
	"descent/pkg/optim/schedule"
)

// traces is testdata/golden.json: what PyTorch, optax and Keras make of one
// sequence of gradients, written by golden.py.
type traces struct {
	Start []float64
	Grads [][]float64
	Cases []trace
}

type trace struct {
	Key, Options, Source string
	Shapes               [][]int
	Args                 args
	LR, Tol              float64
	W, Average           [][]float64
	Indices              [][]int // of SparseAdam
}

// args are the arguments of the framework's constructor.
type args map[string]any

func (a args) num(name string) float64 {
	if s, ok := a[name].(string); ok && s == "inf" {
		return math.Inf(1)
	}
	x, _ := a[name].(float64)
	return x
}

func (a args) is(name string) bool { x, _ := a[name].(bool); return x }

func (a args) has(name string) bool { return a[name] != nil }

func (a args) at(name string, i int) float64 { return a[name].([]any)[i].(float64) }

func (a args) text(name string) string { s, _ := a[name].(string); return s }

func (c trace) shapes() []optim.Shape {
	var shapes []optim.Shape
	for _, s := range c.Shapes {
		if len(s) == 1 {
			s = []int{s[0], 1}
		}
		shapes = append(shapes, optim.Shape{Rows: s[0], Cols: s[1]})
	}
	return shapes
}

func readTraces(t *testing.T) traces {
	t.Helper()
	data, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	var all traces
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// notOffered are options of the frameworks that this package has not, each
// with the reason.
var notOffered = map[string]string{
	"optax.radam b2=0.99, nesterov=True":                                                  "RAdam with look-ahead has no paper",
	"optax.adabelief nesterov=True":                                                       "AdaBelief with look-ahead has no paper",
	"optax.adafactor min_dim_size_to_factor=1, learning_rate=0.1, momentum=0.9":           "Adafactor is there to save the memory that momentum takes",
	"optax.adafactor min_dim_size_to_factor=1, learning_rate=0.1, weight_decay_rate=0.01": "a decay that no learning rate scales",
	"optax.contrib.muon learning_rate=0.05, adaptive=True":                                "a variant of optax's own",
	"optax.ema decay=0.9":                                                                 "averages gradients, not parameters",
	"optax.ema decay=0.9, debias=False":                                                   "averages gradients, not parameters",
	"optax.lookahead sync_period=3, slow_step_size=0.8, reset_state=True":                 "resets the fast optimizer",
	"keras.optimizers.SGD use_ema=True, ema_momentum=0.9, ema_overwrite_frequency=4":      "overwrites the parameters by their average",
}

// TestGolden holds every method and option against the frameworks.
func TestGolden(t *testing.T) {
	all := readTraces(t)
	worst := map[string]float64{}
	seen := map[string]bool{}
	for _, c := range all.Cases {
		name := strings.TrimSpace(c.Key + " " + c.Options)
		if notOffered[name] != "" {
			seen[name] = true
			continue
		}
		build, ok := frameworks[c.Key]
		if !ok {
			t.Errorf("%s: no optimizer here, and no reason in notOffered", name)
			continue
		}
		opt := build(c)
		difference, at := 0.0, 0
		w := slices.Clone(all.Start)
		for i, grad := range all.Grads {
			if err := step(opt, w, grad, c, i); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if d := distance(w, c.W[i]); d > difference {
				difference, at = d, i+1
			}
			if len(c.Average) > 0 {
				if average := averageOf(opt, w); average != nil {
					difference = max(difference, distance(average, c.Average[i]))
				}
			}
		}
		if !(difference <= c.Tol) {
			t.Errorf("%s %v: %v differs by %.2g at step %d, allowed is %.2g", name, c.Shapes, opt, difference, at, c.Tol)
		}
		method := fmt.Sprintf("%T", opt)
		row := strings.TrimPrefix(method, "*optim.") + "\t" + strings.SplitN(c.Key, ".", 2)[0]
		if c.Tol > 1e-12 {
			row += "\t(allowed " + fmt.Sprint(c.Tol) + ")"
		}
		worst[row] = max(worst[row], difference)
	}
	for name := range notOffered {
		if !seen[name] {
			t.Errorf("notOffered has %q, golden.json has not", name)
		}
	}
	for _, row := range slices.Sorted(maps.Keys(worst)) {
		t.Logf("%s\t%.2g", row, worst[row])
	}
}

func step(opt optim.Optimizer, w, grad []float64, c trace, i int) error {
	if c.Indices == nil {
		return opt.Step(w, grad)
	}
	var at []float64
	for _, k := range c.Indices[i] {
		at = append(at, grad[k])
	}
	return opt.(*optim.SparseAdam).StepAt(w, c.Indices[i], at)
}

// averageOf returns what opt averages beside w.
func averageOf(opt optim.Optimizer, w []float64) []float64 {
	switch o := opt.(type) {
	case *optim.L2:
		return averageOf(o.Inner, w)
	case interface{ Average() []float64 }:
		return o.Average()
	case *optim.Lookahead:
		return o.State().Vector("φ")
	}
	return w
}

// distance is the largest relative difference, +Inf where a number is NaN.
func distance(got, want []float64) float64 {
	d := 0.0
	for i, x := range want {
		switch {
		case math.IsNaN(got[i]):
			return math.Inf(1)
		case got[i] != x:
			d = max(d, math.Abs(got[i]-x)/math.Abs(x))
		}
	}
	return d
}

// decayed adds what a framework calls lr_gamma (the rate of step t is
// lr·lr_gamma^(t−1)) and weight decay.
func (c trace) with(opt optim.Optimizer, lr *float64) optim.Optimizer {
	if decay := c.Args.num("weight_decay"); decay != 0 {
		if c.Args.is("decoupled_weight_decay") || strings.HasPrefix(c.Key, "keras") || strings.HasSuffix(c.Key, "w") {
			opt = optim.NewDecoupled(opt, lr, decay)
		} else {
			opt = optim.NewL2(opt, decay)
		}
	}
	if gamma := c.Args.num("lr_gamma"); gamma != 0 {
		opt = optim.NewFollow(opt, lr, schedule.Exponential{From: c.LR, Gamma: gamma, T: 1})
	}
	return opt
}

// frameworks builds the optimizer that computes what the framework's does.
var frameworks = map[string]func(c trace) optim.Optimizer{
	"torch.optim.SGD": momentum,
	"torch.optim.Adagrad": func(c trace) optim.Optimizer {
		o := &optim.AdaGrad{LR: c.LR, Eps: c.Args.num("eps"), Initial: c.Args.num("initial_accumulator_value"), RateDecay: c.Args.num("lr_decay")}
		return c.with(o, &o.LR)
	},
	"torch.optim.Adadelta": adadelta,
	"torch.optim.RMSprop": func(c trace) optim.Optimizer {
		o := &optim.RMSProp{LR: c.LR, Rho: c.Args.num("alpha"), Eps: c.Args.num("eps"), Centered: c.Args.is("centered"), Alpha: c.Args.num("momentum"), RateOutside: true}
		return c.with(o, &o.LR)
	},
	"torch.optim.Adam":  torchAdam,
	"torch.optim.AdamW": torchAdam,
	"torch.optim.Adamax": func(c trace) optim.Optimizer {
		o := &optim.Adamax{LR: c.LR, Beta1: c.Args.at("betas", 0), Beta2: c.Args.at("betas", 1), Eps: c.Args.num("eps")}
		return c.with(o, &o.LR)
	},
	"torch.optim.NAdam": func(c trace) optim.Optimizer {
		o := &optim.NAdam{LR: c.LR, Beta1: c.Args.at("betas", 0), Beta2: c.Args.at("betas", 1), Eps: c.Args.num("eps"), Psi: c.Args.num("momentum_decay")}
		return c.with(o, &o.LR)
	},
	"torch.optim.RAdam": func(c trace) optim.Optimizer {
		o := &optim.RAdam{LR: c.LR, Beta1: c.Args.at("betas", 0), Beta2: c.Args.at("betas", 1), Eps: c.Args.num("eps"), Threshold: 5, Correction: optim.EtaT}
		return c.with(o, &o.LR)
	},
	"torch.optim.Rprop": func(c trace) optim.Optimizer {
		return &optim.Rprop{LR: c.LR, EtaMinus: c.Args.at("etas", 0), EtaPlus: c.Args.at("etas", 1), Min: c.Args.at("step_sizes", 0), Max: c.Args.at("step_sizes", 1)}
	},
	"torch.optim.ASGD": func(c trace) optim.Optimizer {
		o := &optim.ASGD{LR: c.LR, Lambda: c.Args.num("lambd"), Alpha: c.Args.num("alpha"), T0: int(c.Args.num("t0"))}
		if c.Args.num("weight_decay") == 0 {
			return o
		}
		return c.with(o, &o.LR)
	},
	"torch.optim.Adafactor": func(c trace) optim.Optimizer {
		return &optim.Adafactor{LR: c.LR, Power: -c.Args.num("beta2_decay"), Floor: c.Args.at("eps", 0), Eps2: c.Args.at("eps", 1), Clip: c.Args.num("d"), Decay: c.Args.num("weight_decay"), Shapes: c.shapes()}
	},
	"torch.optim.SparseAdam": func(c trace) optim.Optimizer {
		return &optim.SparseAdam{LR: c.LR, Beta1: c.Args.at("betas", 0), Beta2: c.Args.at("betas", 1), Eps: c.Args.num("eps")}
	},
	"torch.optim.Muon": func(c trace) optim.Optimizer {
		o := muon(c, "ns_coefficients", "momentum")
		o.Average = true
		o.Eps = 1e-300 // PyTorch divides by max(‖X‖, ε)
		o.Scale = map[string]optim.MuonScale{"": optim.ScaleOriginal, "match_rms_adamw": optim.ScaleRMS, "spectral_unclamped": optim.ScaleSpectral}[c.Args.text("adjust_lr_fn")]
		return o
	},
	"torch.nn.utils.clip_grad_value_": func(c trace) optim.Optimizer {
		return optim.NewClipValue(optim.NewSGD(c.LR), c.Args.num("clip_value"))
	},
	"torch.nn.utils.clip_grad_norm_": func(c trace) optim.Optimizer {
		o := optim.NewClipNorm(optim.NewSGD(c.LR), c.Args.num("max_norm"))
		o.Eps = 1e-6
		if c.Args.has("norm_type") {
			o.Order = c.Args.num("norm_type")
		}
		return o
	},
	"torch.optim.swa_utils.get_swa_multi_avg_fn": func(c trace) optim.Optimizer { return optim.NewSWA(momentum(c), 1, 1) },
	"torch.optim.swa_utils.get_ema_multi_avg_fn": func(c trace) optim.Optimizer {
		return optim.NewEMA(momentum(c), c.Args.num("decay"))
	},

	"optax.sgd":      momentum,
	"optax.sign_sgd": func(c trace) optim.Optimizer { return &optim.Lion{LR: c.LR} },
	"optax.adagrad": func(c trace) optim.Optimizer {
		return &optim.AdaGrad{LR: c.LR, EpsRoot: c.Args.num("eps"), Initial: c.Args.num("initial_accumulator_value")}
	},
	"optax.adadelta": adadelta,
	"optax.rmsprop": func(c trace) optim.Optimizer {
		o := &optim.RMSProp{LR: c.LR, Rho: c.Args.num("decay"), EpsRoot: c.Args.num("eps"), Initial: c.Args.num("initial_scale"), Centered: c.Args.is("centered"),
			Alpha: c.Args.num("momentum"), Nesterov: c.Args.is("nesterov"), Correct: c.Args.is("bias_correction")}
		if c.Args.has("eps_in_sqrt") && !c.Args.is("eps_in_sqrt") {
			o.Eps, o.EpsRoot = o.EpsRoot, 0
		}
		return c.with(o, &o.LR)
	},
	"optax.adam":  optaxAdam,
	"optax.adamw": optaxAdam,
	"optax.adamax": func(c trace) optim.Optimizer {
		return &optim.Adamax{LR: c.LR, Beta1: c.Args.num("b1"), Beta2: c.Args.num("b2"), Eps: c.Args.num("eps")}
	},
	"optax.adamaxw": func(c trace) optim.Optimizer {
		o := &optim.Adamax{LR: c.LR, Beta1: c.Args.num("b1"), Beta2: c.Args.num("b2"), Eps: c.Args.num("eps")}
		return c.with(o, &o.LR)
	},
	"optax.amsgrad": func(c trace) optim.Optimizer {
		o := &optim.AMSGrad{LR: c.LR, Beta1: c.Args.num("b1"), Beta2: c.Args.num("b2"), Eps: c.Args.num("eps"), MaxOfCorrected: true}
		switch mu, nu := c.Args["bias_correction_mu"], c.Args["bias_correction_nu"]; {
		case mu == false && nu == false:
			o.Correction = optim.Uncorrected
		case nu == false:
			// only m is corrected: Uncorrected with a rate of η/(1−β1^t)
			o.Correction = optim.Uncorrected
			return optim.NewFollow(o, &o.LR, schedule.Func{Name: "η/(1−β1^t)", F: func(i int) float64 { return c.LR / (1 - math.Pow(o.Beta1, float64(i+1))) }})
		}
		return o
	},
	"optax.nadam":  optaxAdam,
	"optax.nadamw": optaxAdam,
	"optax.radam": func(c trace) optim.Optimizer {
		return &optim.RAdam{LR: c.LR, Beta1: c.Args.num("b1"), Beta2: c.Args.num("b2"), Eps: c.Args.num("eps"), Threshold: c.Args.num("threshold")}
	},
	"optax.lion": func(c trace) optim.Optimizer {
		return &optim.Lion{LR: c.LR, Beta1: c.Args.num("b1"), Beta2: c.Args.num("b2"), Decay: c.Args.num("weight_decay")}
	},
	"optax.adabelief": func(c trace) optim.Optimizer {
		return &optim.AdaBelief{LR: c.LR, Beta1: c.Args.num("b1"), Beta2: c.Args.num("b2"), Eps: c.Args.num("eps"), EpsInside: c.Args.num("eps_root")}
	},
	"optax.yogi": func(c trace) optim.Optimizer {
		return &optim.Yogi{LR: c.LR, Beta1: c.Args.num("b1"), Beta2: c.Args.num("b2"), Eps: c.Args.num("eps"), Initial: 1e-6}
	},
	"optax.lars": func(c trace) optim.Optimizer {
		return &optim.LARS{LR: c.LR, Alpha: c.Args.num("momentum"), Trust: c.Args.num("trust_coefficient"), Decay: c.Args.num("weight_decay"), Eps: c.Args.num("eps"), Nesterov: c.Args.is("nesterov"), Shapes: c.shapes()}
	},
	"optax.lamb": func(c trace) optim.Optimizer {
		return &optim.LAMB{LR: c.LR, Beta1: c.Args.num("b1"), Beta2: c.Args.num("b2"), Eps: c.Args.num("eps"), EpsRoot: c.Args.num("eps_root"), Decay: c.Args.num("weight_decay"), Shapes: c.shapes()}
	},
	"optax.adafactor": func(c trace) optim.Optimizer {
		o := &optim.Adafactor{LR: c.LR, Power: c.Args.num("decay_rate"), Eps1: c.Args.num("eps"), Eps2: 1e-3, Clip: c.Args.num("clipping_threshold"), Constant: true, Absolute: !c.Args.is("multiply_by_parameter_scale")}
		if !c.Args.has("clipping_threshold") {
			o.Clip = math.Inf(1)
		}
		if !c.Args.has("learning_rate") {
			o.LR = 1
		}
		if c.Args.is("factored") && c.Args.num("min_dim_size_to_factor") <= 2 {
			o.Shapes = c.shapes()
		}
		return o
	},
	"optax.contrib.muon": func(c trace) optim.Optimizer {
		o := muon(c, "ns_coeffs", "beta")
		o.InOut, o.Average, o.Correct = true, true, true
		if rms := c.Args.num("consistent_rms"); rms != 0 {
			o.Scale = optim.ScaleRMS
			o.LR *= rms / 0.2
		}
		return muonGroups(c, o, &optim.NAdam{LR: c.LR, Beta1: c.Args.num("adam_b1"), Beta2: c.Args.num("adam_b2"), Eps: c.Args.num("eps"), Constant: true})
	},
	"optax.clip": func(c trace) optim.Optimizer {
		return optim.NewClipValue(optim.NewSGD(c.LR), c.Args.num("max_delta"))
	},
	"optax.clip_by_global_norm": func(c trace) optim.Optimizer {
		return optim.NewClipNorm(optim.NewSGD(c.LR), c.Args.num("max_norm"))
	},
	"optax.clip_by_block_rms": func(c trace) optim.Optimizer {
		// the root mean square of n numbers is their norm over √n
		var parts []optim.Part
		for _, s := range c.shapes() {
			n := s.Rows * s.Cols
			parts = append(parts, optim.Part{Len: n, Optimizer: optim.NewClipNorm(optim.NewSGD(c.LR), c.Args.num("threshold")*math.Sqrt(float64(n)))})
		}
		return optim.NewGroups(parts...)
	},
	"optax.add_decayed_weights": func(c trace) optim.Optimizer {
		return optim.NewL2(optim.NewSGD(c.LR), c.Args.num("weight_decay"))
	},
	"optax.MultiSteps": func(c trace) optim.Optimizer {
		o := optim.NewAccumulate(optim.NewAdam(c.LR), int(c.Args.num("every_k_schedule")))
		o.Sum = c.Args["use_grad_mean"] == false
		return o
	},
	"optax.lookahead": func(c trace) optim.Optimizer {
		return &optim.Lookahead{Inner: optim.NewAdam(c.LR), K: int(c.Args.num("sync_period")), Alpha: c.Args.num("slow_step_size")}
	},

	"keras.optimizers.SGD": func(c trace) optim.Optimizer {
		opt := momentum(c)
		switch {
		case c.Args.has("clipvalue"):
			opt = optim.NewClipValue(opt, c.Args.num("clipvalue"))
		case c.Args.has("clipnorm"):
			opt = optim.NewClipNorm(opt, c.Args.num("clipnorm"), c.shapes()...)
		case c.Args.has("global_clipnorm"):
			opt = optim.NewClipNorm(opt, c.Args.num("global_clipnorm"))
		}
		if c.Args.is("use_ema") {
			opt = optim.NewEMA(opt, c.Args.num("ema_momentum"))
		}
		if k := c.Args.num("gradient_accumulation_steps"); k != 0 {
			opt = optim.NewAccumulate(opt, int(k))
		}
		return opt
	},
	"keras.optimizers.Adagrad": func(c trace) optim.Optimizer {
		o := &optim.AdaGrad{LR: c.LR, EpsRoot: c.Args.num("epsilon"), Initial: c.Args.num("initial_accumulator_value")}
		return c.with(o, &o.LR)
	},
	"keras.optimizers.Adadelta": adadelta,
	"keras.optimizers.RMSprop": func(c trace) optim.Optimizer {
		o := &optim.RMSProp{LR: c.LR, Rho: c.Args.num("rho"), EpsRoot: c.Args.num("epsilon"), Centered: c.Args.is("centered"), Alpha: c.Args.num("momentum")}
		return c.with(o, &o.LR)
	},
	"keras.optimizers.Adam":  kerasAdam,
	"keras.optimizers.AdamW": kerasAdam,
	"keras.optimizers.Adamax": func(c trace) optim.Optimizer {
		return &optim.Adamax{LR: c.LR, Beta1: c.Args.num("beta_1"), Beta2: c.Args.num("beta_2"), EpsOutside: c.Args.num("epsilon")}
	},
	"keras.optimizers.Nadam": func(c trace) optim.Optimizer {
		o := &optim.NAdam{LR: c.LR, Beta1: c.Args.num("beta_1"), Beta2: c.Args.num("beta_2"), Eps: c.Args.num("epsilon"), Psi: 1}
		return c.with(o, &o.LR)
	},
	"keras.optimizers.Lion": func(c trace) optim.Optimizer {
		o := &optim.Lion{LR: c.LR, Beta1: c.Args.num("beta_1"), Beta2: c.Args.num("beta_2")}
		return c.with(o, &o.LR)
	},
	"keras.optimizers.Lamb": func(c trace) optim.Optimizer {
		o := &optim.LAMB{LR: c.LR, Beta1: c.Args.num("beta_1"), Beta2: c.Args.num("beta_2"), Eps: c.Args.num("epsilon"), Shapes: c.shapes()}
		return c.with(o, &o.LR)
	},
	"keras.optimizers.Adafactor": func(c trace) optim.Optimizer {
		o := &optim.Adafactor{LR: c.LR, Power: -c.Args.num("beta_2_decay"), Eps1: c.Args.num("epsilon_1"), Eps2: c.Args.num("epsilon_2"), Clip: c.Args.num("clip_threshold"), Shapes: c.shapes()}
		return c.with(o, &o.LR)
	},
	"keras.optimizers.Muon": func(c trace) optim.Optimizer {
		o := muon(c, "", "momentum")
		o.Scale = optim.ScaleNone
		if rms := c.Args.num("rms_rate"); rms != 0 {
			o.Scale = optim.ScaleRMS
		}
		adam := &optim.AdamW{LR: c.LR * c.Args.num("adam_lr_ratio"), Beta1: c.Args.num("adam_beta_1"), Beta2: c.Args.num("adam_beta_2"), Eps: c.Args.num("epsilon"), Decay: c.Args.num("adam_weight_decay"), Correction: optim.EtaT}
		return muonGroups(c, o, adam)
	},
}

func momentum(c trace) optim.Optimizer {
	alpha, outside := c.Args.num("momentum"), !strings.HasPrefix(c.Key, "keras")
	switch {
	case alpha == 0:
		o := optim.NewSGD(c.LR)
		return c.with(o, &o.LR)
	case c.Args.is("nesterov"):
		o := &optim.Nesterov{LR: c.LR, Alpha: alpha, RateOutside: outside}
		return c.with(o, &o.LR)
	}
	o := &optim.Momentum{LR: c.LR, Alpha: alpha, RateOutside: outside, Dampening: c.Args.num("dampening")}
	return c.with(o, &o.LR)
}

func adadelta(c trace) optim.Optimizer {
	o := &optim.AdaDelta{LR: c.LR, Rho: c.Args.num("rho"), Eps: c.Args.num("eps") + c.Args.num("epsilon")}
	return c.with(o, &o.LR)
}

func torchAdam(c trace) optim.Optimizer {
	b1, b2, eps := c.Args.at("betas", 0), c.Args.at("betas", 1), c.Args.num("eps")
	if c.Key == "torch.optim.AdamW" {
		c.Args["decoupled_weight_decay"] = true
		if !c.Args.is("amsgrad") {
			o := &optim.AdamW{LR: c.LR, Beta1: b1, Beta2: b2, Eps: eps, Decay: c.Args.num("weight_decay")}
			c.Args["weight_decay"] = 0.0
			return c.with(o, &o.LR)
		}
	}
	if c.Args.is("amsgrad") {
		o := &optim.AMSGrad{LR: c.LR, Beta1: b1, Beta2: b2, Eps: eps}
		return c.with(o, &o.LR)
	}
	o := &optim.Adam{LR: c.LR, Beta1: b1, Beta2: b2, Eps: eps}
	return c.with(o, &o.LR)
}

func optaxAdam(c trace) optim.Optimizer {
	b1, b2, eps := c.Args.num("b1"), c.Args.num("b2"), c.Args.num("eps")
	switch {
	case c.Args.is("nesterov"):
		o := &optim.NAdam{LR: c.LR, Beta1: b1, Beta2: b2, Eps: eps, Constant: true}
		return c.with(o, &o.LR)
	case c.Key == "optax.adamw":
		o := &optim.AdamW{LR: c.LR, Beta1: b1, Beta2: b2, Eps: eps, Decay: c.Args.num("weight_decay")}
		c.Args["weight_decay"] = 0.0
		return c.with(o, &o.LR)
	}
	o := &optim.Adam{LR: c.LR, Beta1: b1, Beta2: b2, Eps: eps, EpsRoot: c.Args.num("eps_root")}
	return c.with(o, &o.LR)
}

func kerasAdam(c trace) optim.Optimizer {
	b1, b2, eps := c.Args.num("beta_1"), c.Args.num("beta_2"), c.Args.num("epsilon")
	var opt optim.Optimizer
	switch {
	case c.Args.is("amsgrad"):
		o := &optim.AMSGrad{LR: c.LR, Beta1: b1, Beta2: b2, Eps: eps, Correction: optim.EtaT}
		opt = c.with(o, &o.LR)
	case c.Key == "keras.optimizers.AdamW":
		o := &optim.AdamW{LR: c.LR, Beta1: b1, Beta2: b2, Eps: eps, Decay: c.Args.num("weight_decay"), Correction: optim.EtaT}
		c.Args["weight_decay"] = 0.0
		opt = c.with(o, &o.LR)
	default:
		o := &optim.Adam{LR: c.LR, Beta1: b1, Beta2: b2, Eps: eps, Correction: optim.EtaT}
		opt = c.with(o, &o.LR)
	}
	if k := c.Args.num("gradient_accumulation_steps"); k != 0 {
		opt = optim.NewAccumulate(opt, int(k))
	}
	return opt
}

func muon(c trace, coefficients, alpha string) *optim.Muon {
	o := optim.NewMuon(c.LR, c.shapes()...)
	o.Alpha, o.Decay, o.Iterations, o.Eps = c.Args.num(alpha), c.Args.num("weight_decay"), int(c.Args.num("ns_steps")), c.Args.num("eps")+1e-7
	if c.Args.has("eps") {
		o.Eps = c.Args.num("eps")
	}
	o.Plain = !c.Args.is("nesterov")
	for i := range o.Coefficients {
		if coefficients != "" {
			o.Coefficients[i] = c.Args.at(coefficients, i)
		}
	}
	return o
}

// muonGroups gives the vectors to other.
func muonGroups(c trace, matrices *optim.Muon, other optim.Optimizer) optim.Optimizer {
	shapes := c.shapes()
	last := shapes[len(shapes)-1]
	if last.Cols > 1 {
		return matrices
	}
	matrices.Shapes = shapes[:len(shapes)-1]
	return optim.NewGroups(optim.Part{Len: 6 - last.Rows, Optimizer: matrices}, optim.Part{Len: last.Rows, Optimizer: other})
}
