package optim

import (
	"fmt"

	"descent/pkg/internal/count"
)

// Shape is one tensor of the flat vector of parameters: Rows·Cols numbers, row
// by row. A vector has one column, and a single row counts as one, too.
type Shape struct{ Rows, Cols int }

func (s Shape) size() int { return s.Rows * s.Cols }

func (s Shape) matrix() bool { return s.Rows > 1 && s.Cols > 1 }

// validateShapes reports the first shape that is no tensor.
func validateShapes(method string, shapes []Shape) error {
	for i, s := range shapes {
		if s.Rows < 1 {
			return fields.Error(method, fmt.Sprintf("Shapes[%d].Rows", i), float64(s.Rows), "1 or more")
		}
		if s.Cols < 1 {
			return fields.Error(method, fmt.Sprintf("Shapes[%d].Cols", i), float64(s.Cols), "1 or more")
		}
	}
	return nil
}

// mustFit panics unless the shapes hold n numbers in all or there are none.
func mustFit(shapes []Shape, n int) {
	sum := 0
	for _, s := range shapes {
		sum += s.size()
	}
	if len(shapes) > 0 && sum != n {
		panic(fmt.Sprintf("optim: the shapes hold %s, but len(w) is %d", count.Of(sum, "number"), n))
	}
}

func (o *Adafactor) shapes() []Shape { return o.Shapes }
func (o *ClipNorm) shapes() []Shape  { return o.Shapes }
func (o *LAMB) shapes() []Shape      { return o.Shapes }
func (o *LARS) shapes() []Shape      { return o.Shapes }
func (o *Muon) shapes() []Shape      { return o.Shapes }
