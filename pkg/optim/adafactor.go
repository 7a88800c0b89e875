package optim

import (
	"fmt"
	"math"

	"descent/pkg/internal/check"
	"descent/pkg/internal/count"
	"descent/pkg/internal/label"
)

// Adafactor is RMSProp that keeps, for a matrix, only the means of each row
// and column of the squared gradient: memory in proportion to Rows + Cols.
//
//	β_t = 1 − t^(−c)
//	R ← β_t R + (1−β_t) row means of (g ⊙ g + ε1)    g = ∂L/∂W
//	C ← β_t C + (1−β_t) column means of the same
//	V = R Cᵀ / mean(R)
//	u = g/√V, divided by max(1, rms(u)/d)
//	W ← W − max(ε2, rms(W)) min(η, 1/√t) u
//
// For a vector V is the average itself.
//
// Differs from the paper in nothing with the defaults and η = 0.01. PyTorch
// (torch.optim.Adafactor) adds no ε1 and instead holds V and mean(R) above a
// floor (Eps1: 0, Floor: 2.2e-16). Keras computes as here with η = 0.001. optax
// takes η as it is (Constant) and factors only large matrices.
//
// Source: Shazeer and Stern 2018, arXiv:1804.04235, algorithms 4 to 6.
type Adafactor struct {
	LR        float64 // η, largest relative step, finite and ≥ 0
	Power     float64 // c, finite and ≥ 0
	Eps1      float64 // ε1, finite and ≥ 0
	Eps2      float64 // ε2, smallest scale of the weights, finite and ≥ 0
	Clip      float64 // d, largest rms of the step, > 0; +Inf for none
	Floor     float64 // mean(R) ≥ Floor and V ≥ Floor², finite and ≥ 0
	Decay     float64 // λ, decoupled weight decay W ← (1 − ηλ)W, finite and ≥ 0
	Constant  bool    // η instead of min(η, 1/√t)
	Absolute  bool    // 1 instead of max(ε2, rms(W))
	Shapes    []Shape // the tensors; none means that w is one vector
	NonFinite bool    // let NaN and Inf in the gradient through

	t       int
	factors Factors   // of each tensor in turn: R and C of a matrix, V of a vector
	u       []float64 // not kept from step to step
}

var _ Stateful = (*Adafactor)(nil)

// NewAdafactor returns Adafactor with η = lr, c = 0.8, ε1 = 1e-30, ε2 = 1e-3,
// d = 1.
func NewAdafactor(lr float64, shapes ...Shape) *Adafactor {
	return &Adafactor{LR: lr, Power: 0.8, Eps1: 1e-30, Eps2: 1e-3, Clip: 1, Shapes: shapes}
}

// Validate reports the first hyperparameter that is out of range.
func (o *Adafactor) Validate() error {
	if err := check.First(
		fields.NonNegative("Adafactor", "LR", o.LR),
		fields.NonNegative("Adafactor", "Power", o.Power),
		fields.NonNegative("Adafactor", "Eps1", o.Eps1),
		fields.NonNegative("Adafactor", "Eps2", o.Eps2),
		fields.NonNegative("Adafactor", "Floor", o.Floor),
		fields.NonNegative("Adafactor", "Decay", o.Decay),
		validateShapes("Adafactor", o.Shapes),
	); err != nil {
		return err
	}
	if !(o.Clip > 0) {
		return fields.Error("Adafactor", "Clip", o.Clip, "a number > 0, +Inf for no limit")
	}
	return nil
}

// Step implements Optimizer.
func (o *Adafactor) Step(w, grad []float64) error {
	if err := o.Validate(); err != nil {
		return err
	}
	mustFit(o.Shapes, len(w))
	if err := beginSquared(o.t+1, w, grad, o.NonFinite, &o.u); err != nil {
		return err
	}
	need := o.need(len(w))
	if o.factors == nil {
		o.factors = make(Factors, need)
	}
	if len(o.factors) != need {
		panic(fmt.Sprintf("optim: Shapes of Adafactor call for %s of state, not %d", count.Of(need, "number"), len(o.factors)))
	}
	o.t++
	if len(o.Shapes) == 0 {
		o.tensor(Shape{len(w), 1}, w, grad, o.u, o.factors)
	}
	lo, factors := 0, o.factors
	for _, s := range o.Shapes {
		hi := lo + s.size()
		o.tensor(s, w[lo:hi], grad[lo:hi], o.u[lo:hi], factors[:s.factors()])
		lo, factors = hi, factors[s.factors():]
	}
	return nil
}

// need returns how many numbers Adafactor keeps of n parameters.
func (o *Adafactor) need(n int) int {
	if len(o.Shapes) == 0 {
		return n
	}
	sum := 0
	for _, s := range o.Shapes {
		sum += s.factors()
	}
	return sum
}

// factors returns how many numbers Adafactor keeps of a tensor.
func (s Shape) factors() int {
	if s.matrix() {
		return s.Rows + s.Cols
	}
	return s.size()
}

// tensor is the step of one tensor.
func (o *Adafactor) tensor(s Shape, w, grad, u []float64, factors Factors) {
	// β_t = 1 − t^(−c)
	fresh := math.Pow(float64(o.t), -o.Power)
	keep := 1 - fresh
	if s.matrix() {
		o.factored(s, grad, u, factors, keep, fresh)
	} else {
		for i, g := range grad {
			// V ← β_t V + (1−β_t)(g ⊙ g + ε1)
			factors[i] = float64(keep*factors[i]) + float64(fresh*(float64(g*g)+o.Eps1))
			u[i] = g / math.Sqrt(max(factors[i], o.Floor*o.Floor))
		}
	}
	rate := o.LR
	if !o.Constant {
		rate = min(rate, 1/math.Sqrt(float64(o.t)))
	}
	if !o.Absolute {
		rate *= max(o.Eps2, rms(w))
	}
	rate /= max(1, rms(u)/o.Clip)
	for i, u := range u {
		// W ← (1 − ηλ)W − max(ε2, rms(W)) min(η, 1/√t) u
		w[i] = float64((1-float64(o.LR*o.Decay))*w[i]) - float64(rate*u)
	}
}

// factored stores u = g/√V of a matrix.
func (o *Adafactor) factored(s Shape, grad, u []float64, factors Factors, keep, fresh float64) {
	rows, cols := factors[:s.Rows], factors[s.Rows:]
	for i := range rows {
		rows[i] *= keep
	}
	for j := range cols {
		cols[j] *= keep
	}
	for i := range rows {
		for j := range cols {
			g := grad[i*s.Cols+j]
			square := float64(g*g) + o.Eps1
			// R ← β_t R + (1−β_t) row means, C likewise
			rows[i] += float64(fresh * square / float64(s.Cols))
			cols[j] += float64(fresh * square / float64(s.Rows))
		}
	}
	mean := 0.0
	for _, r := range rows {
		mean += r / float64(s.Rows)
	}
	mean = max(mean, o.Floor)
	for i, r := range rows {
		for j, c := range cols {
			// V = R Cᵀ / mean(R)
			v := r / mean * c
			root := math.Sqrt(v)
			if !ordinary(v) {
				root = math.Sqrt(r) / math.Sqrt(mean) * math.Sqrt(c)
			}
			u[i*s.Cols+j] = grad[i*s.Cols+j] / max(root, o.Floor)
		}
	}
}

// State implements Stateful: the number of steps t, and R and C of each matrix
// and V of each vector in turn.
func (o *Adafactor) State() State {
	return State{"Adafactor", []Variable{{"t", &o.t}, {"factors", &o.factors}}}
}

func (o *Adafactor) String() string {
	return fmt.Sprintf("Adafactor(η=%v, c=%v, ε1=%v, ε2=%v, d=%v%s)", o.LR, o.Power, o.Eps1, o.Eps2, o.Clip, label.Join(
		label.If(o.Floor != 0, fmt.Sprintf("floor=%v", o.Floor)),
		label.If(o.Decay != 0, fmt.Sprintf("λ=%v", o.Decay)),
		label.If(o.Constant, "constant η"),
		label.If(o.Absolute, "absolute"),
	))
}
