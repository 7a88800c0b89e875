package optim

import "fmt"

// Preset returns the optimizer that computes what the one of PyTorch 2.15,
// Keras 3.15 or optax 0.2.8 with that name does with its defaults, as in
// Preset("torch.optim.RMSprop", 0.01). Shapes are for the methods that look at
// tensors; for Muon they are all matrices, where Keras and optax would give
// vectors to Adam (see Groups). README.md lists the names with their default
// learning rates.
//
// To change another hyperparameter, or to let one Follow a schedule, assert the
// type: opt.(*optim.RMSProp).Centered = true.
//
// Preset returns an error if it does not know the name.
func Preset(name string, lr float64, shapes ...Shape) (Stateful, error) {
	if opt := preset(name, lr, shapes); opt != nil {
		return opt, nil
	}
	return nil, fmt.Errorf("optim: there is no preset %q, allowed are names such as %q, %q, %q; README.md lists them", name, "torch.optim.Adam", "keras.optimizers.Adam", "optax.adam")
}

func preset(name string, lr float64, shapes []Shape) Stateful {
	switch name {
	case "torch.optim.SGD", "keras.optimizers.SGD", "optax.sgd":
		return NewSGD(lr)
	case "torch.optim.Adagrad":
		return &AdaGrad{LR: lr, Eps: 1e-10}
	case "keras.optimizers.Adagrad", "optax.adagrad":
		return &AdaGrad{LR: lr, EpsRoot: 1e-7, Initial: 0.1}
	case "torch.optim.Adadelta", "optax.adadelta":
		return &AdaDelta{LR: lr, Rho: 0.9, Eps: 1e-6}
	case "keras.optimizers.Adadelta":
		return &AdaDelta{LR: lr, Rho: 0.95, Eps: 1e-7}
	case "torch.optim.RMSprop":
		return &RMSProp{LR: lr, Rho: 0.99, Eps: 1e-8, RateOutside: true}
	case "keras.optimizers.RMSprop":
		return &RMSProp{LR: lr, Rho: 0.9, EpsRoot: 1e-7}
	case "optax.rmsprop":
		return &RMSProp{LR: lr, Rho: 0.9, EpsRoot: 1e-8}
	case "torch.optim.Adam", "optax.adam":
		return NewAdam(lr)
	case "keras.optimizers.Adam":
		return &Adam{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-7, Correction: EtaT}
	case "torch.optim.AdamW":
		return NewAdamW(lr)
	case "keras.optimizers.AdamW":
		return &AdamW{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-7, Decay: 0.004, Correction: EtaT}
	case "optax.adamw":
		return &AdamW{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Decay: 1e-4}
	case "torch.optim.Adamax", "optax.adamax":
		return NewAdamax(lr)
	case "keras.optimizers.Adamax":
		return &Adamax{LR: lr, Beta1: 0.9, Beta2: 0.999, EpsOutside: 1e-7}
	case "optax.amsgrad":
		return &AMSGrad{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, MaxOfCorrected: true}
	case "torch.optim.NAdam":
		return NewNAdam(lr)
	case "keras.optimizers.Nadam":
		return &NAdam{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-7, Psi: 1}
	case "optax.nadam":
		return &NAdam{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Constant: true}
	case "torch.optim.RAdam":
		return &RAdam{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Threshold: 5, Correction: EtaT}
	case "optax.radam":
		return NewRAdam(lr)
	case "torch.optim.Rprop":
		return NewRprop(lr)
	case "torch.optim.ASGD":
		return NewASGD(lr)
	case "torch.optim.SparseAdam":
		return NewSparseAdam(lr)
	case "keras.optimizers.Lion":
		return NewLion(lr)
	case "optax.lion":
		return &Lion{LR: lr, Beta1: 0.9, Beta2: 0.99, Decay: 1e-3}
	case "optax.sign_sgd":
		return &Lion{LR: lr}
	case "optax.adabelief":
		return &AdaBelief{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-16, EpsInside: 1e-16}
	case "optax.yogi":
		return NewYogi(lr)
	case "optax.lars":
		return NewLARS(lr, shapes...)
	case "optax.lamb":
		return NewLAMB(lr, shapes...)
	case "keras.optimizers.Lamb":
		return &LAMB{LR: lr, Beta1: 0.9, Beta2: 0.999, Eps: 1e-7, Shapes: shapes}
	case "torch.optim.Adafactor":
		return &Adafactor{LR: lr, Power: 0.8, Eps2: 1e-3, Clip: 1, Floor: 0x1p-52, Shapes: shapes}
	case "keras.optimizers.Adafactor":
		return NewAdafactor(lr, shapes...)
	case "optax.adafactor":
		o := NewAdafactor(lr)
		o.Constant = true
		for _, s := range shapes {
			if min(s.Rows, s.Cols) < 128 {
				s = Shape{s.size(), 1} // optax factors only larger matrices
			}
			o.Shapes = append(o.Shapes, s)
		}
		return o
	case "torch.optim.Muon":
		o := NewMuon(lr, shapes...)
		o.Average, o.Decay, o.Floor = true, 0.1, true
		return o
	case "keras.optimizers.Muon":
		o := NewMuon(lr, shapes...)
		o.Decay, o.Scale = 0.004, ScaleRMS
		return o
	case "optax.contrib.muon":
		o := NewMuon(lr, shapes...)
		o.Average, o.Correct, o.InOut, o.Eps = true, true, true, 1e-8
		return o
	}
	return nil
}
