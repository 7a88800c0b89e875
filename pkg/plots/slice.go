package plots

import (
	"fmt"
	"math"
	"math/rand/v2"

	"descent/pkg/digits"
	"descent/pkg/lang"
	"descent/pkg/mlp"
	"descent/pkg/weightinit"
)

// LossSlice draws the loss of net on set along straight lines through its
// parameters p, L(p + a·d), one line a seed: d is drawn from a normal
// distribution and made as long as p in each layer's weights and biases (after
// Li et al. 2018, arXiv:1712.09913, who do so for each filter). The net is not
// changed. It panics if set does not fit the net.
func LossSlice(net *mlp.Net, set digits.Set, seeds ...uint64) *Figure {
	c := &chart{kind: "LossSlice"}
	f := (&Figure{content: c}).X(lang.Pick("매개변수에서 나아간 거리 a", "Distance a from the parameters"))
	if c.wrong = canSlice("LossSlice", net, set); c.wrong != nil {
		return f
	}
	const n = 40
	probe := net.Clone()
	for _, seed := range seeds {
		d := direction(net, seed)
		s := Series{Name: fmt.Sprintf(lang.Pick("방향 %d", "direction %d"), seed), Y: [][]float64{nil}}
		for i := -n / 2; i <= n/2; i++ {
			a := float64(i) / (n / 2)
			s.X, s.Y[0] = append(s.X, a), append(s.Y[0], lossAt(probe, net, set, a, d, 0, nil))
		}
		c.series = append(c.series, s)
	}
	c.notes = []string{lang.Pick("방향은 층마다 매개변수와 길이가 같은 무작위 벡터, 숫자는 시드.", "Directions are random vectors, in each layer as long as its parameters; their numbers are seeds.")}
	f.vlines = []refLine{{at: 0, label: lang.Pick("지금의 신경망(a = 0)", "the net as it is (a = 0)"), own: true}}
	return f
}

// LossPlane draws the loss of net on set over the plane through its parameters p
// that two random directions span, L(p + a·d₁ + b·d₂), made as LossSlice makes
// them. The net is not changed. It panics if set does not fit the net.
func LossPlane(net *mlp.Net, set digits.Set, seed1, seed2 uint64) *Figure {
	h := &heatMap{kind: "LossPlane", name: lang.Pick("손실", "Loss"), center: true}
	f := (&Figure{content: h}).X(fmt.Sprintf(lang.Pick("a(방향 %d)", "a (direction %d)"), seed1)).
		Y(fmt.Sprintf(lang.Pick("b(방향 %d)", "b (direction %d)"), seed2))
	if h.wrong = canSlice("LossPlane", net, set); h.wrong != nil {
		return f
	}
	if seed1 == seed2 {
		h.wrong = fmt.Errorf("plots: LossPlane: both seeds are %d, two directions are needed", seed1)
		return f
	}
	const n = 24
	probe := net.Clone()
	d1, d2 := direction(net, seed1), direction(net, seed2)
	for i := -n / 2; i <= n/2; i++ {
		h.xs = append(h.xs, float64(i)/(n/2))
	}
	h.ys = h.xs
	for _, b := range h.ys {
		var row []float64
		for _, a := range h.xs {
			row = append(row, lossAt(probe, net, set, a, d1, b, d2))
		}
		h.z = append(h.z, row)
	}
	return f
}

func canSlice(kind string, net *mlp.Net, set digits.Set) error {
	switch {
	case net == nil:
		return fmt.Errorf("plots: %s: the net is nil", kind)
	case set.Len() == 0:
		return fmt.Errorf("plots: %s: the set is empty", kind)
	case net.Config().Headless:
		return fmt.Errorf("plots: %s: the net is headless and has no loss", kind)
	}
	return nil
}

// direction draws a random vector that is as long as the parameters of net in
// the weights, and in the biases, of each layer.
func direction(net *mlp.Net, seed uint64) []float64 {
	p := net.Params()
	d := make([]float64, len(p))
	weightinit.NewNormal(0, 1).Fill(d, 1, 1, rand.NewPCG(seed, 0))
	at := 0
	for l := range net.Layers() {
		for _, n := range []int{len(net.Weights(l)), len(net.Biases(l))} {
			part := d[at : at+n]
			k := mlp.RMS(p[at:at+n]) / mlp.RMS(part)
			if math.IsNaN(k) || math.IsInf(k, 0) {
				k = 0
			}
			for i := range part {
				part[i] *= k
			}
			at += n
		}
	}
	return d
}

func lossAt(probe, net *mlp.Net, set digits.Set, a float64, d1 []float64, b float64, d2 []float64) float64 {
	p := net.Params()
	for i, w := range p {
		w += float64(a * d1[i])
		if d2 != nil {
			w += float64(b * d2[i])
		}
		probe.Params()[i] = w
	}
	return probe.Loss(set)
}
