package mlp

import (
	"fmt"

	"descent/pkg/digits"
	"descent/pkg/internal/count"
)

// load makes rows start to end those of the net's own trace: rows of set, or of
// idx if it is not nil.
func (n *Net) load(set digits.Set, idx []int, start, end int) task {
	t := n.trace
	t.resize(end-start, true)
	if idx == nil {
		return task{x: set.X[start*set.Dim : end*set.Dim], labels: set.Labels[start:end], forward: true}
	}
	return task{set: set, idx: idx[start:end], x: n.room[:(end-start)*set.Dim], labels: n.labels[:end-start], forward: true}
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
		task := n.load(set, nil, start, min(start+chunk, set.Len()))
		task.loss = true
		n.trace.run(task, 1)
		sum += n.trace.total()
	}
	return sum/float64(set.Len()) + n.penalty()
}

// Gradient stores in dst the gradient of the mean loss over the rows idx of
// set and returns that loss, as Loss defines it. A nil idx means all rows, one
// index gives the gradient of a single sample; an index may come more than
// once. After the first call nothing is allocated.
//
// It panics if idx is empty but not nil, an index is out of range, len(dst)
// differs from the number of parameters, or set does not fit the net.
func (n *Net) Gradient(dst []float64, set digits.Set, idx []int) float64 {
	n.mustFit(set)
	if len(dst) != len(n.params) {
		panic(fmt.Sprintf("mlp: len(dst) is %d, but the net has %s", len(dst), count.Of(len(n.params), "parameter")))
	}
	rows := len(idx)
	if idx == nil {
		rows = set.Len()
	}
	if rows == 0 {
		panic("mlp: idx is empty, at least one row is needed; nil means all")
	}
	n.transpose()
	sum := 0.0
	for start := 0; start < rows; start += chunk {
		task := n.load(set, idx, start, min(start+chunk, rows))
		task.loss, task.scale = true, 1/float64(rows)
		n.trace.run(task, 2)
		n.trace.sum(dst, start == 0, n.config.L2)
		sum += n.trace.total()
	}
	return sum/float64(rows) + n.penalty()
}

// Predict returns the most probable class of each row of set.
func (n *Net) Predict(set digits.Set) []int {
	n.mustFit(set)
	classes := make([]int, 0, set.Len())
	last := &n.trace.Layers[len(n.layers)-1]
	for start := 0; start < set.Len(); start += chunk {
		n.trace.run(n.load(set, nil, start, min(start+chunk, set.Len())), 1)
		for r := 0; r < len(last.Z); r += last.Out {
			best := 0
			z := last.Z[r : r+last.Out]
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

// transpose makes wT of every layer that sends something back.
func (n *Net) transpose() {
	for _, l := range n.layers[1:] {
		// eight rows at a time fill a cache line of wT
		for start := 0; start < l.in; start += 8 {
			w := l.w[start*l.out : min(start+8, l.in)*l.out]
			for j := range l.out {
				t := l.wT[j*l.in+start:]
				for i, at := 0, j; at < len(w); i, at = i+1, at+l.out {
					t[i] = w[at]
				}
			}
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

// mustFit panics if the net cannot be trained on set.
func (n *Net) mustFit(set digits.Set) {
	n.mustHaveClasses()
	if err := set.Validate(); err != nil {
		panic(fmt.Errorf("mlp: %w", err))
	}
	if set.Dim != n.layers[0].in {
		panic(fmt.Sprintf("mlp: the rows have %s, but the net has %s", count.Of(set.Dim, "feature"), count.Of(n.layers[0].in, "input")))
	}
}

func (n *Net) mustHaveClasses() {
	if n.config.Headless {
		panic(fmt.Sprintf("mlp: Config.Headless is set, so the net has no classes: layer %d has an activation and no softmax", len(n.layers)-1))
	}
}
