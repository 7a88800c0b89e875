package weightinit

import (
	"fmt"
	"math/rand/v2"
)

// Constant sets every weight to one value:
//
//	w = value
//
// Good for biases (0.01 or 1, say). As the weights of a net with hidden layers
// it is no better than Zeros: the neurons of a layer stay equal for ever.
//
// The same as torch.nn.init.constant_, keras.initializers.Constant and
// jax.nn.initializers.constant; with 1, as ones_, Ones and ones.
//
// Source: 밑바닥부터 시작하는 딥러닝, section 6.2.1, on equal weights.
type Constant struct {
	Value float64 // finite
}

var _ Initializer = Constant{}

// NewConstant returns Constant with the given value.
func NewConstant(value float64) Constant { return Constant{Value: value} }

// Fill implements Initializer. It draws nothing from src.
func (c Constant) Fill(w []float64, fanIn, fanOut int, _ rand.Source) {
	mustFill(c, fanIn, fanOut)
	for i := range w {
		w[i] = c.Value
	}
}

// Validate implements Initializer.
func (c Constant) Validate() error {
	return fields.Finite("Constant", "Value", c.Value)
}

func (c Constant) String() string { return fmt.Sprintf("Constant(value=%v)", c.Value) }
