package optim

import "fmt"

// SGD is gradient descent with a constant learning rate. It is called
// stochastic when grad comes from a random part of the data.
//
//	W ← W − η ∂L/∂W
//
// On a quadratic with largest curvature λmax it converges for 0 < η < 2/λmax
// and oscillates from η > 1/λmax on.
//
// PyTorch (torch.optim.SGD), Keras and optax compute the same; their defaults
// of η differ (0.001, 0.01, none). Here η is always given.
//
// Sources: Robbins and Monro 1951, doi:10.1214/aoms/1177729586; 밑바닥부터
// 시작하는 딥러닝, section 6.1.2.
type SGD struct {
	LR        float64 // η, learning rate, finite and ≥ 0
	NonFinite bool    // let NaN and Inf in the gradient through

	t int
}

var _ Stateful = (*SGD)(nil)

// NewSGD returns SGD with learning rate lr.
func NewSGD(lr float64) *SGD { return &SGD{LR: lr} }

// Validate reports the first hyperparameter that is out of range.
func (s *SGD) Validate() error {
	return fields.NonNegative("SGD", "LR", s.LR)
}

// Step implements Optimizer. It keeps no vectors, so w may change its length.
func (s *SGD) Step(w, grad []float64) error {
	if err := s.Validate(); err != nil {
		return err
	}
	if err := begin(s.t+1, w, grad, s.NonFinite); err != nil {
		return err
	}
	s.t++
	update{rate: s.LR}.run(chosen.sgd, w, grad, nil, nil)
	return nil
}

func sgdLoop(w, grad, _, _ []float64, u update) {
	for i, g := range grad {
		// W ← W − η ∂L/∂W
		w[i] -= float64(u.rate * g)
	}
}

// State implements Stateful: the number of steps t.
func (s *SGD) State() State { return State{"SGD", []Variable{{"t", &s.t}}} }

func (s *SGD) String() string { return fmt.Sprintf("SGD(η=%v)", s.LR) }
