package mlp

import (
	"fmt"
	"testing"

	"descent/pkg/digits"
	"descent/pkg/optim"
	"descent/pkg/weightinit"
)

func BenchmarkStep(b *testing.B) {
	set := digits.Train()
	for _, sizes := range [][]int{{64, 10}, {64, 50, 10}} {
		for _, batch := range []int{1, 10, 32, 100, set.Len()} {
			net := New(Config{Sizes: sizes, Act: ReLU, Init: weightinit.NewHe()})
			b.Run(fmt.Sprintf("%v/%d", net, batch), func(b *testing.B) {
				grad := make([]float64, len(net.Params()))
				opt := optim.NewSGD(0.01)
				next, _ := batches(set.Len(), TrainConfig{Batch: batch})
				b.ReportAllocs()
				for b.Loop() {
					net.Gradient(grad, set, next())
					if err := opt.Step(net.Params(), grad); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*batch), "ns/row")
			})
		}
	}
}

func BenchmarkLoss(b *testing.B) {
	set := digits.Train()
	for _, sizes := range [][]int{{64, 10}, {64, 50, 10}} {
		net := New(Config{Sizes: sizes, Act: ReLU, Init: weightinit.NewHe()})
		b.Run(net.String(), func(b *testing.B) {
			for b.Loop() {
				net.Loss(set)
			}
		})
	}
}
