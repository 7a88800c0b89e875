package mlp

import "descent/pkg/optim"

// Shapes returns the tensors that make up Params, for optimizers that look at
// them, such as optim.LAMB: for each layer its weights, in × out, then its
// biases, out × 1.
func (n *Net) Shapes() []optim.Shape {
	var shapes []optim.Shape
	for _, l := range n.layers {
		shapes = append(shapes, optim.Shape{Rows: l.in, Cols: l.out}, optim.Shape{Rows: l.out, Cols: 1})
	}
	return shapes
}
