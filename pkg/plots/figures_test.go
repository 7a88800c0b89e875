package plots_test

import (
	"maps"
	"math"
	"math/rand/v2"

	"descent/pkg/lang"
	"descent/pkg/optim"
	"descent/pkg/plots"
	"descent/pkg/surface"
)

func sgd(lr float64, steps int) *optim.Path {
	return optim.Minimize(optim.NewSGD(lr), surface.Ravine, []float64{-7, 2}, steps)
}

// losses are made up: exponentials with noise, five rows each.
func losses() []plots.Series {
	rng := rand.New(rand.NewPCG(1, 2))
	var all []plots.Series
	for i, name := range []string{"B=1", "B=10", "B=100"} {
		s := plots.Series{Name: name}
		for range 5 {
			row := make([]float64, 120)
			for t := range row {
				row[t] = 2.3*math.Exp(-float64(t)/float64(20+20*i)) + 0.05 + 0.3/float64(1+8*i)*rng.Float64()
			}
			s.Y = append(s.Y, row)
		}
		all = append(all, s)
	}
	return all
}

// noise is made up, too: 14.2/B with and without the factor of drawing without
// replacement, five rows each.
func noise() []plots.Series {
	rng := rand.New(rand.NewPCG(3, 4))
	all := []plots.Series{
		{Name: lang.Pick("복원 추출", "with replacement")},
		{Name: lang.Pick("비복원 추출", "without replacement")},
	}
	for i := range all {
		for b := 1.0; b < 1500; b *= 2 {
			all[i].X = append(all[i].X, b)
		}
		for range 5 {
			var row []float64
			for _, b := range all[i].X {
				row = append(row, []func(float64) float64{with, without}[i](b)*(1+0.15*(2*rng.Float64()-1)))
			}
			all[i].Y = append(all[i].Y, row)
		}
	}
	return all
}

func with(b float64) float64    { return 14.2 / b }
func without(b float64) float64 { return 14.2 / b * (1797 - b) / 1796 }

// rings are 8×8 pictures of circles, the k-th with radius k/3.
func rings(n int) (images [][]float64, labels []int) {
	for k := range n {
		pixels := make([]float64, 64)
		for i := range pixels {
			r := math.Hypot(float64(i%8)-3.5, float64(i/8)-3.5)
			pixels[i] = max(0, 1-math.Abs(r-float64(k%10)/3))
		}
		images, labels = append(images, pixels), append(labels, k%10)
	}
	return images, labels
}

// figures holds one of each kind, in the language of the moment.
func figures() map[string]*plots.Figure {
	images, labels := rings(13)
	all := map[string]*plots.Figure{
		"curves": plots.Curves(losses()...).LogY().HLine(math.Log(10), "ln 10").
			VLine(80, lang.Pick("80번째 스텝", "step 80")),
		"points": plots.Points(noise()...).LogX().LogY().
			X(lang.Pick("배치 크기 B", "Batch size B")).Y(lang.Pick("기울기 잡음 E‖ĝ − g‖²", "Gradient noise E‖ĝ − g‖²")).
			Line("tr Σ/B", with).Line("tr Σ/B · (N−B)/(N−1)", without),
		"digits": plots.Digits(images, labels).Title(lang.Pick("고리", "Rings")),
	}
	maps.Copy(all, made(gallery))
	return all
}
