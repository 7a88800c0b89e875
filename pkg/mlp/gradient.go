package mlp

import (
	"fmt"
	"math"

	"descent/pkg/digits"
)

// chunk is how many rows pass through the net at once; a larger batch goes in
// several chunks, with the same result bit for bit.
const chunk = 128

// batch is the chunk of rows that passes through the net.
type batch struct {
	x      []float64
	labels []int
	rows   []float64 // room for rows that are gathered
	room   []int     // and for their labels
}

func newBatch(dim int) batch {
	return batch{rows: make([]float64, chunk*dim), room: make([]int, chunk)}
}

// load makes rows start to end the current chunk: those of set, or of idx if it
// is not nil.
func (b *batch) load(set digits.Set, idx []int, start, end int) {
	if idx == nil {
		b.x, b.labels = set.X[start*set.Dim:end*set.Dim], set.Labels[start:end]
		return
	}
	b.x, b.labels = b.rows[:(end-start)*set.Dim], b.room[:end-start]
	set.Gather(b.x, b.labels, idx[start:end])
}

// Loss returns the mean loss over all rows of set:
//
//	L = −1/N·Σ ln p(label) + λ/2·‖p‖²
//
// with the probabilities p(·) of softmax, and the penalty of Config.L2 on all
// parameters p. It panics if set is empty or does not fit the net.
func (n *Net) Loss(set digits.Set) float64 {
	n.mustFit(set)
	sum := 0.0
	for start := 0; start < set.Len(); start += chunk {
		n.batch.load(set, nil, start, min(start+chunk, set.Len()))
		n.forward()
		sum += n.crossEntropy(0)
	}
	return sum/float64(set.Len()) + n.penalty()
}

// Gradient stores in dst the gradient of the mean loss over the rows idx of
// set and returns that loss, as Loss defines it. A nil idx means all rows, one
// index gives the gradient of a single sample; an index may come more than
// once. Nothing is allocated.
//
// It panics if idx is empty but not nil, an index is out of range, len(dst)
// differs from the number of parameters, or set does not fit the net.
func (n *Net) Gradient(dst []float64, set digits.Set, idx []int) float64 {
	n.mustFit(set)
	if len(dst) != len(n.params) {
		panic(fmt.Sprintf("mlp: len(dst) is %d, but the net has %d parameters", len(dst), len(n.params)))
	}
	rows := len(idx)
	if idx == nil {
		rows = set.Len()
	}
	if rows == 0 {
		panic("mlp: idx is empty, at least one row is needed; nil means all")
	}
	// the gradient of the penalty is λp
	for i, p := range n.params {
		dst[i] = float64(n.config.L2 * p)
	}
	for l := 1; l < len(n.layers); l++ {
		n.layers[l].transpose()
	}
	sum := 0.0
	for start := 0; start < rows; start += chunk {
		n.batch.load(set, idx, start, min(start+chunk, rows))
		n.forward()
		sum += n.crossEntropy(1 / float64(rows))
		n.backward(dst)
	}
	return sum/float64(rows) + n.penalty()
}

// Predict returns the most probable class of each row of set.
func (n *Net) Predict(set digits.Set) []int {
	n.mustFit(set)
	classes := make([]int, 0, set.Len())
	last := &n.layers[len(n.layers)-1]
	for start := 0; start < set.Len(); start += chunk {
		n.batch.load(set, nil, start, min(start+chunk, set.Len()))
		n.forward()
		for r := range n.batch.labels {
			best := 0
			z := last.z[r*last.out : (r+1)*last.out]
			for j := range z {
				if z[j] > z[best] {
					best = j
				}
			}
			classes = append(classes, best)
		}
	}
	return classes
}

// Accuracy returns the share of the rows of set, from 0 to 1, whose most
// probable class is their label.
func (n *Net) Accuracy(set digits.Set) float64 {
	right := 0
	for i, class := range n.Predict(set) {
		if class == set.Labels[i] {
			right++
		}
	}
	return float64(right) / float64(set.Len())
}

// forward computes z and a of every layer for the current chunk.
func (n *Net) forward() {
	rows := len(n.batch.labels)
	x := n.batch.x
	for i := range n.layers {
		l := &n.layers[i]
		// z = x·W + b
		z := l.z[:rows*l.out]
		for r := range rows {
			copy(z[r*l.out:], l.b)
		}
		gemm(z, x, l.in, 1, l.w, rows, l.out, l.in)
		if i < len(n.layers)-1 {
			x = l.a[:rows*l.out]
			n.config.Act.Func(x, z)
		}
	}
}

// crossEntropy returns Σ −ln p(label) over the current chunk and, unless scale
// is 0, stores the gradient of the last layer:
//
//	∂L/∂z = scale·(p − onehot(label))
func (n *Net) crossEntropy(scale float64) float64 {
	l := &n.layers[len(n.layers)-1]
	sum := 0.0
	for r, label := range n.batch.labels {
		if label < 0 || label >= l.out {
			panic(fmt.Sprintf("mlp: a label is %d, allowed is 0 to %d: the net has %d classes", label, l.out-1, l.out))
		}
		z, delta := l.z[r*l.out:(r+1)*l.out], l.delta[r*l.out:(r+1)*l.out]
		top := z[0]
		for _, z := range z {
			top = max(top, z)
		}
		total := 0.0
		for j, z := range z {
			delta[j] = exp(z - top)
			total += delta[j]
		}
		// −ln p(label) = ln Σ eᶻ − z(label)
		sum += math.Log(total) + top - z[label]
		if scale == 0 {
			continue
		}
		f := scale / total
		for j := range delta {
			delta[j] = float64(f * delta[j])
		}
		delta[label] -= scale
	}
	return sum
}

// backward adds the gradient of the current chunk to dst.
func (n *Net) backward(dst []float64) {
	rows := len(n.batch.labels)
	for i := len(n.layers) - 1; i >= 0; i-- {
		l := &n.layers[i]
		delta := l.delta[:rows*l.out]
		x := n.batch.x
		if i > 0 {
			x = n.layers[i-1].a
		}
		dw := dst[l.start : l.start+l.in*l.out]
		db := dst[l.start+l.in*l.out : l.start+(l.in+1)*l.out]
		// ∂L/∂W = xᵀ·∂L/∂z, ∂L/∂b = Σ ∂L/∂z over the rows
		gemm(dw, x, 1, l.in, delta, l.in, l.out, rows)
		for r := range rows {
			for j, d := range delta[r*l.out : (r+1)*l.out] {
				db[j] += d
			}
		}
		if i > 0 {
			// ∂L/∂a of the layer before = ∂L/∂z·Wᵀ, times f′(z)
			prev := &n.layers[i-1]
			d := prev.delta[:rows*l.in]
			clear(d)
			gemm(d, delta, l.out, 1, l.wT, rows, l.in, l.out)
			n.config.Act.Back(d, prev.z[:rows*l.in], prev.a[:rows*l.in])
		}
	}
}

func (l *layer) transpose() {
	for i := range l.in {
		for j, w := range l.w[i*l.out : (i+1)*l.out] {
			l.wT[j*l.in+i] = w
		}
	}
}

// penalty returns λ/2·‖p‖².
func (n *Net) penalty() float64 {
	if n.config.L2 == 0 {
		return 0
	}
	sum := 0.0
	for _, p := range n.params {
		sum += float64(p * p)
	}
	return float64(n.config.L2 / 2 * sum)
}

func (n *Net) mustFit(set digits.Set) {
	if err := set.Validate(); err != nil {
		panic("mlp: " + err.Error())
	}
	if set.Dim != n.layers[0].in {
		panic(fmt.Sprintf("mlp: the rows have %d features, but the net has %d inputs", set.Dim, n.layers[0].in))
	}
}
