package mlp

import (
	"fmt"
	"math"
	"slices"

	"descent/pkg/digits"
)

// NoiseConfig says how GradientNoise measures.
type NoiseConfig struct {
	Batches []int  // batch sizes, each from 1 to the number of rows
	Draws   int    // batches drawn of each size, ≥ 2
	Replace bool   // draw with replacement
	Seed    uint64 // of the batches
}

// Noise is what GradientNoise measured: how far the gradient g of a batch lies
// from the gradient ḡ of all N rows.
type Noise struct {
	Batch   []int     // batch sizes B, as in NoiseConfig
	MeanSq  []float64 // E‖g − ḡ‖² for each batch size, the mean over the draws
	StdErr  []float64 // standard error of that mean
	Trace   float64   // trΣ = 1/N·Σ‖gᵢ − ḡ‖² over the gradients gᵢ of single rows, exact
	Signal  float64   // ‖ḡ‖², exact
	Rows    int       // N
	Replace bool      // as in NoiseConfig
}

// Law returns what E‖g − ḡ‖² must be for batches of the given size:
//
//	trΣ/B with replacement    trΣ/B·(N − B)/(N − 1) without
//
// Source: Cochran 1977, Sampling Techniques, third edition, theorem 2.2.
func (n Noise) Law(batch int) float64 {
	law := n.Trace / float64(batch)
	if !n.Replace {
		law *= float64(n.Rows-batch) / float64(n.Rows-1)
	}
	return law
}

// GradientNoise measures how far the gradient of a random batch lies from the
// full gradient, at the present parameters of net, which stay as they are. It
// panics if cfg is out of range or set does not fit the net.
func GradientNoise(net *Net, set digits.Set, cfg NoiseConfig) Noise {
	rows := set.Len()
	if cfg.Draws < 2 {
		panic(fmt.Sprintf("mlp: NoiseConfig.Draws is %d, allowed is 2 or more", cfg.Draws))
	}
	for i, b := range cfg.Batches {
		if b < 1 || b > rows {
			panic(fmt.Sprintf("mlp: NoiseConfig.Batches[%d] is %d, allowed is 1 to %d, the number of rows", i, b, rows))
		}
	}
	full, grad := make([]float64, len(net.params)), make([]float64, len(net.params))
	net.Gradient(full, set, nil)
	noise := Noise{Batch: slices.Clone(cfg.Batches), Rows: rows, Replace: cfg.Replace}
	for _, g := range full {
		noise.Signal += float64(g * g)
	}
	one := make([]int, 1)
	for i := range rows {
		one[0] = i
		net.Gradient(grad, set, one)
		noise.Trace += distanceSq(grad, full)
	}
	noise.Trace /= float64(rows)
	for i, b := range cfg.Batches {
		next, _ := batches(rows, TrainConfig{Batch: b, Replace: cfg.Replace, Seed: cfg.Seed + uint64(i)<<32})
		d := make([]float64, cfg.Draws)
		for i := range d {
			net.Gradient(grad, set, next())
			d[i] = distanceSq(grad, full)
		}
		// in a unit of their own size the squares are float64s
		unit := unitOf(d)
		var sum, sumSq float64
		for _, d := range d {
			sum += d / unit
			sumSq += sq(d / unit)
		}
		n := float64(cfg.Draws)
		mean := sum / n
		noise.MeanSq = append(noise.MeanSq, mean*unit)
		noise.StdErr = append(noise.StdErr, math.Sqrt(max(0, sumSq/n-sq(mean))/(n-1))*unit)
	}
	return noise
}

// distanceSq returns ‖a − b‖².
func distanceSq(a, b []float64) float64 {
	sum := 0.0
	for i, a := range a {
		d := a - b[i]
		sum += float64(d * d)
	}
	return sum
}
