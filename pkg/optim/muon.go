package optim

import (
	"fmt"
	"math"

	"descent/pkg/internal/check"
	"descent/pkg/internal/exact"
	"descent/pkg/internal/label"
)

// Muon makes the momentum of a matrix nearly orthogonal before it steps, so
// that no direction of the matrix is favored.
//
//	M ← αM + G    G = ∂L/∂W
//	X = orthogonalize(αM + G)
//	W ← (1 − ηλ)W − η s X
//
// orthogonalize divides by the norm and iterates X ← aX + (bA + cA²)X with
// A = XXᵀ (Newton–Schulz); after 5 iterations singular values that were above
// 0.002 of the norm lie between 0.68 and 1.21. s is a scale that depends on the shape of the matrix. For
// matrices only: Groups gives vectors to another method.
//
// Differs from PyTorch (torch.optim.Muon), which averages, M ← αM + (1−α)G
// (Average), takes λ = 0.1, divides by max(‖X‖, ε) (Floor), and orthogonalizes in
// bfloat16; from Keras, which
// takes s = 0.2√max(Rows, Cols) (ScaleRMS) and λ = 0.004; from optax.contrib.muon,
// which averages and corrects the bias (Average, Correct) and takes
// ε = 1e-8. Matrices are stored
// [out, in] as in PyTorch unless InOut is set.
//
// Sources: Jordan et al. 2024, kellerjordan.github.io/posts/muon; Liu et al.
// 2025, arXiv:2502.16982.
type Muon struct {
	LR           float64    // η, learning rate, finite and ≥ 0
	Alpha        float64    // α, momentum coefficient, 0 ≤ α < 1
	Decay        float64    // λ, decoupled weight decay, finite and ≥ 0
	Iterations   int        // of Newton–Schulz, ≥ 0
	Coefficients [3]float64 // a, b, c, finite
	Eps          float64    // added to the norm, finite and > 0
	Floor        bool       // divide by max(‖X‖, ε) in place of ‖X‖ + ε
	Plain        bool       // X = orthogonalize(M), without Nesterov's look-ahead
	Average      bool       // M ← αM + (1−α)G, X from αM + (1−α)G
	// with Average: X from αM/(1−α^(t+1)) + (1−α)G/(1−α^t), or M/(1−α^t) with Plain
	Correct   bool
	Scale     MuonScale // s
	InOut     bool      // matrices are stored [in, out], as in pkg/mlp: affects s
	Shapes    []Shape   // the matrices, at least one
	NonFinite bool      // let NaN and Inf in the gradient through

	t       int
	m       []float64
	x       []float64 // X, then scratch of the iteration, not kept from step to step
	a, b, y []float64
}

var _ Stateful = (*Muon)(nil)

// MuonScale is the factor s of Muon's step.
type MuonScale int

const (
	ScaleOriginal MuonScale = iota // √max(1, out/in)
	ScaleRMS                       // 0.2·√max(out, in): the root mean square of a step is that of Adam
	ScaleSpectral                  // √(out/in)
	ScaleNone                      // 1
)

var muonScales = []string{"√max(1, out/in)", "0.2√max(out, in)", "√(out/in)", "1"}

// NewMuon returns Muon with learning rate lr, α = 0.95, λ = 0, 5 iterations
// with (3.4445, −4.775, 2.0315) and ε = 1e-7.
func NewMuon(lr float64, shapes ...Shape) *Muon {
	return &Muon{LR: lr, Alpha: 0.95, Iterations: 5, Coefficients: [3]float64{3.4445, -4.775, 2.0315}, Eps: 1e-7, Shapes: shapes}
}

// Validate reports the first hyperparameter that is out of range.
func (o *Muon) Validate() error {
	if err := check.First(
		fields.NonNegative("Muon", "LR", o.LR),
		fields.Fraction("Muon", "Alpha", o.Alpha),
		fields.NonNegative("Muon", "Decay", o.Decay),
		fields.AtLeast("Muon", "Iterations", o.Iterations, 0),
		fields.Finite("Muon", "Coefficients[0]", o.Coefficients[0]),
		fields.Finite("Muon", "Coefficients[1]", o.Coefficients[1]),
		fields.Finite("Muon", "Coefficients[2]", o.Coefficients[2]),
		fields.Positive("Muon", "Eps", o.Eps),
		fields.OneOf("Muon", "Scale", int(o.Scale), len(muonScales), "ScaleOriginal, ScaleRMS, ScaleSpectral or ScaleNone"),
		fields.AtLeast("Muon", "len(Shapes)", len(o.Shapes), 1),
		validateShapes("Muon", o.Shapes),
	); err != nil {
		return err
	}
	for i, s := range o.Shapes {
		if !s.matrix() {
			return fields.Error("Muon", fmt.Sprintf("Shapes[%d]", i), float64(min(s.Rows, s.Cols)), fmt.Sprintf("2 or more for the smaller side of a matrix; this one is %d×%d", s.Rows, s.Cols))
		}
	}
	return nil
}

// Step implements Optimizer.
func (o *Muon) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	mustFit(o.Shapes, len(w))
	if err := begin(o.t+1, w, grad, o.NonFinite, &o.m, &o.x, &o.y); err != nil {
		return err
	}
	o.t++
	o.momentum(grad)
	lo := 0
	for _, s := range o.Shapes {
		hi := lo + s.size()
		x := o.x[lo:hi]
		o.orthogonalize(s, x)
		rate := float64(o.LR * o.scale(s))
		for i, x := range x {
			// W ← (1 − ηλ)W − η s X
			w[lo+i] = float64((1-float64(o.LR*o.Decay))*w[lo+i]) - float64(rate*x)
		}
		lo = hi
	}
	return nil
}

// momentum updates M and stores in X what is to be made orthogonal.
func (o *Muon) momentum(grad []float64) {
	fresh, c, next := 1.0, 1.0, 1.0
	if o.Average {
		fresh = 1 - o.Alpha
	}
	if o.Average && o.Correct {
		c, next = 1-exact.Power(o.Alpha, o.t), 1-exact.Power(o.Alpha, o.t+1)
	}
	for i, g := range grad {
		// M ← αM + G
		o.m[i] = float64(o.Alpha*o.m[i]) + float64(fresh*g)
		if o.Plain {
			o.x[i] = o.m[i] / c
		} else {
			// X = αM + G
			o.x[i] = float64(o.Alpha*o.m[i]/next) + float64(fresh*g/c)
		}
	}
}

// scale returns s.
func (o *Muon) scale(s Shape) float64 {
	out, in := float64(s.Rows), float64(s.Cols)
	if o.InOut {
		out, in = in, out
	}
	switch o.Scale {
	case ScaleOriginal:
		return math.Sqrt(max(1, out/in))
	case ScaleRMS:
		return 0.2 * math.Sqrt(max(out, in))
	case ScaleSpectral:
		return math.Sqrt(out / in)
	}
	return 1
}

// State implements Stateful: the number of steps t and the momentum M.
func (o *Muon) State() State { return State{"Muon", []Variable{{"t", &o.t}, {"m", &o.m}}} }

func (o *Muon) String() string {
	return fmt.Sprintf("Muon(η=%v, α=%v%s)", o.LR, o.Alpha, label.Join(
		label.If(o.Decay != 0, fmt.Sprintf("λ=%v", o.Decay)),
		label.If(o.Plain, "without look-ahead"),
		label.If(o.Average, "average"),
		label.If(o.Average && o.Correct, "corrected"),
		label.If(o.Floor, fmt.Sprintf("norm ≥ %v", o.Eps)),
		label.If(o.Scale != ScaleOriginal, "s="+muonScales[min(max(int(o.Scale), 0), len(muonScales)-1)]),
	))
}
