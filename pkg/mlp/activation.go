package mlp

// Activation is the activation function of the hidden layers. Both methods
// work on all units of a layer and all rows of a batch at once.
type Activation interface {
	// Func stores f(z) in a.
	Func(a, z []float64)
	// Back multiplies delta by f′(z); a holds f(z). So ∂L/∂a becomes ∂L/∂z.
	Back(delta, z, a []float64)
	// String names the function, as in "ReLU".
	String() string
}

// The activation functions.
var (
	// Sigmoid is σ(z) = 1/(1 + e⁻ᶻ), σ′ = σ(1 − σ).
	Sigmoid Activation = sigmoid{}
	// Tanh is tanh z, tanh′ = 1 − tanh².
	Tanh Activation = tanhAct{}
	// ReLU is max(0, z); its derivative is 1 for z > 0 and 0 elsewhere, also
	// at 0.
	ReLU Activation = relu{}
)

type sigmoid struct{}

func (sigmoid) Func(a, z []float64) {
	for i, z := range z {
		a[i] = 1 / (1 + exp(-z))
	}
}

func (sigmoid) Back(delta, _, a []float64) {
	for i, a := range a {
		delta[i] *= a * (1 - a)
	}
}

func (sigmoid) String() string { return "sigmoid" }

type tanhAct struct{}

func (tanhAct) Func(a, z []float64) {
	for i, z := range z {
		a[i] = tanh(z)
	}
}

func (tanhAct) Back(delta, _, a []float64) {
	for i, a := range a {
		delta[i] *= 1 - float64(a*a)
	}
}

func (tanhAct) String() string { return "tanh" }

type relu struct{}

func (relu) Func(a, z []float64) {
	for i, z := range z {
		a[i] = max(0, z)
	}
}

func (relu) Back(delta, z, _ []float64) {
	for i, z := range z {
		if z <= 0 {
			delta[i] = 0
		}
	}
}

func (relu) String() string { return "ReLU" }
