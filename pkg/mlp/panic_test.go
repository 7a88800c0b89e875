package mlp_test

import (
	"errors"
	"testing"

	"descent/pkg/digits"
	"descent/pkg/mlp"
	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

// What Validate reports is what the constructors panic with, so that errors.As
// finds it after recover.
func TestPanicsAreErrors(t *testing.T) {
	bad := mlp.Config{Sizes: []int{2, 3, 2}, Act: mlp.ReLU, Init: weightinit.NewNormal(0, -1)}
	good := mlp.New(mlp.Config{Sizes: []int{2, 2}})
	set := digits.Set{Dim: 2, X: []float64{1, 2}, Labels: []int{0}}
	train := mlp.TrainConfig{Batch: 2}
	for name, c := range map[string]struct {
		want error
		call func()
	}{
		"New":         {bad.Validate(), func() { mlp.New(bad) }},
		"Train":       {train.Validate(1), func() { mlp.Train(good, optim.NewSGD(1), set, train) }},
		"StepCost":    {train.Validate(1), func() { mlp.StepCost(good, set, 2) }},
		"an odd set":  {errors.New("mlp: " + digits.Set{}.Validate().Error()), func() { good.Loss(digits.Set{}) }},
		"Initializer": {weightinit.NewNormal(0, -1).Validate(), func() { weightinit.NewNormal(0, -1).Fill(nil, 1, 1, nil) }},
	} {
		func() {
			defer func() {
				err, ok := recover().(error)
				if !ok || err.Error() != c.want.Error() {
					t.Errorf("%s: panic with %v (an error: %v), want the error %v", name, err, ok, c.want)
				}
				var field *weightinit.FieldError
				if errors.As(c.want, &field) && (!errors.As(err, &field) || field.Field != "Std") {
					t.Errorf("%s: no *weightinit.FieldError of Std in %v", name, err)
				}
			}()
			c.call()
		}()
	}
}
