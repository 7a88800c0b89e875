package mlp

import (
	"fmt"

	"descent/pkg/digits"
	"descent/pkg/internal/count"
	"descent/pkg/internal/exact"
)

// Trace is what a batch leaves in the layers of a net. Observe sends rows
// forward, Gradient or Back sends ∂L/∂z back:
//
//	trace := net.Observe(x)            // rows × inputs numbers, row by row
//	loss := trace.Gradient(labels)     // back from softmax and cross-entropy
//	for _, l := range trace.Layers {
//		fmt.Println(mlp.RMS(l.Delta))
//	}
//
// Layers are counted from 0. All slices are views, nothing is copied; the next
// call overwrites them. A Trace follows the parameters of its net, so after a
// step one can observe anew. It takes 16 bytes a row and unit, 24 with
// gradients. Like its net it is not safe for concurrent use.
type Trace struct {
	Rows   int
	Layers []Layer

	net     *Net
	task    task
	loss    []float64 // of each row
	dst     []float64 // gradient of all parameters
	grad    []float64 // room for dst where the caller has none
	fresh   bool      // dst is to be overwritten, starting with λp
	lambda  float64
	share   int // rows that a part of rowsJob takes
	rowsJob job // rows forward and back
	collect job // ∂L/∂W and ∂L/∂b
	count   tally
}

// Layer is one layer of a Trace. Row r of X, Z, A and Delta belongs to row r
// of the batch.
type Layer struct {
	In, Out int       // inputs and units
	W, B    []float64 // weights, In × Out, and biases: views of Net.Params
	X       []float64 // what comes in, Rows × In: the activations of the layer before
	Z       []float64 // pre-activations z = x·W + b, Rows × Out
	// activations, Rows × Out; the probabilities of softmax in the last layer of a
	// net with classes
	A      []float64
	Delta  []float64 // ∂L/∂z, Rows × Out; nil before Gradient or Back
	DW, DB []float64 // ∂L/∂W, In × Out, and ∂L/∂b; nil before Gradient or Back

	act   Activation // nil for softmax
	delta []float64  // room for Delta
}

// task says what to do with the rows of a batch.
type task struct {
	set     digits.Set // the rows, or those of idx
	idx     []int
	x       []float64
	labels  []int
	forward bool
	softmax bool      // store probabilities in A of the last layer
	loss    bool      // compute the loss of each row
	scale   float64   // and, unless 0, ∂L/∂z of all layers, times scale
	up      []float64 // ∂L/∂z of all layers from this ∂L/∂a of the last
}

// chunk is how many rows pass through the net at once in Loss and Gradient; a
// larger batch goes in several chunks, with the same result bit for bit.
const chunk = 128

func newTrace(net *Net) *Trace {
	t := &Trace{net: net}
	for i, l := range net.layers {
		act := net.config.Act
		if i == len(net.layers)-1 && !net.config.Headless {
			act = nil
		}
		t.Layers = append(t.Layers, Layer{In: l.in, Out: l.out, W: l.w, B: l.b, act: act})
	}
	t.rowsJob.do, t.collect.do = t.doRows, t.collectPart
	t.count.do = func(i int) { Histogram(t.count.counts[i], t.Layers[i].A, t.count.lo, t.count.hi) }
	return t
}

// Observe sends rows through the net and returns what they leave in its
// layers: x holds them one after the other, as many numbers each as the net
// has inputs. It is not copied. It panics if x is empty or no whole number of
// rows.
func (n *Net) Observe(x []float64) *Trace {
	t := newTrace(n)
	t.Observe(x)
	return t
}

// Observe sends other rows through the net, or the same after its parameters
// have changed. The memory is used again.
func (t *Trace) Observe(x []float64) {
	in := t.Layers[0].In
	if len(x) == 0 || len(x)%in != 0 {
		panic(fmt.Sprintf("mlp: Observe: len(x) is %d, allowed is a multiple of %d, the inputs of layer 0, from 1 row", len(x), in))
	}
	t.resize(len(x)/in, false)
	t.run(task{x: x, forward: true, softmax: !t.net.config.Headless}, 1)
}

// Gradient sends ∂L/∂z back through the layers from the labels of the rows
// that were observed, and returns the loss; Delta, DW and DB of all layers are
// those of Net.Gradient. It panics if the net is headless, if there is not one
// label a row, or if a label is out of range.
func (t *Trace) Gradient(labels []int) float64 {
	t.net.mustHaveClasses()
	if len(labels) != t.Rows {
		panic(fmt.Sprintf("mlp: Trace.Gradient: len(labels) is %d, allowed is %d, the number of rows observed", len(labels), t.Rows))
	}
	t.back(task{labels: labels, loss: true, scale: 1 / float64(t.Rows)}, t.net.config.L2)
	return t.total()/float64(t.Rows) + t.net.penalty()
}

// Back sends any ∂L/∂a of the last layer back through the layers: up has the
// shape of its A. So one sees how gradients fare in a net that has no loss. In
// a net with classes up is ∂L/∂z of the last layer, before softmax. A penalty
// has no part in it. It panics if len(up) is not Rows × Out of the last layer.
func (t *Trace) Back(up []float64) {
	last := len(t.Layers) - 1
	if want := t.Rows * t.Layers[last].Out; len(up) != want {
		panic(fmt.Sprintf("mlp: Trace.Back: len(up) is %d, allowed is %d: %s of %s of layer %d",
			len(up), want, count.Of(t.Rows, "row"), count.Of(t.Layers[last].Out, "unit"), last))
	}
	t.back(task{up: up}, 0)
}

func (t *Trace) back(task task, lambda float64) {
	if t.grad == nil {
		t.grad = make([]float64, len(t.net.params))
	}
	for i := range t.Layers {
		l, at := &t.Layers[i], t.net.layers[i].start
		l.DW = t.grad[at : at+l.In*l.Out : at+l.In*l.Out]
		l.DB = t.grad[at+l.In*l.Out : at+(l.In+1)*l.Out : at+(l.In+1)*l.Out]
	}
	t.resize(t.Rows, true)
	t.net.transpose()
	task.x = t.Layers[0].X
	t.run(task, 2)
	t.sum(t.grad, true, lambda)
}

// resize makes room for the given number of rows.
func (t *Trace) resize(rows int, back bool) {
	t.Rows = rows
	t.loss = fit(t.loss, rows)
	for i := range t.Layers {
		l := &t.Layers[i]
		l.Z, l.A, l.Delta = fit(l.Z, rows*l.Out), fit(l.A, rows*l.Out), nil
		if back {
			l.delta = fit(l.delta, rows*l.Out)
			l.Delta = l.delta
		} else {
			l.DW, l.DB = nil, nil
		}
		if i > 0 {
			l.X = t.Layers[i-1].A
		}
	}
}

func fit(s []float64, n int) []float64 {
	if n > cap(s) {
		return make([]float64, n)
	}
	return s[:n]
}

// enough is the number of multiplications from which it pays to wake another
// core.
const enough = 1_500_000

// run does the task with all rows; passes is 1 for forward or back, 2 for both.
func (t *Trace) run(task task, passes int) {
	t.task = task
	t.Layers[0].X = task.x
	if passes*t.Rows*len(t.net.params) < enough {
		t.share = t.Rows
		t.doRows(0)
		return
	}
	t.share = 8
	t.rowsJob.run((t.Rows + t.share - 1) / t.share)
}

// doRows does the task with some of the rows.
func (t *Trace) doRows(part int) {
	start := part * t.share
	end := min(start+t.share, t.Rows)
	k := &t.task
	if k.idx != nil {
		k.set.Gather(k.x[start*k.set.Dim:end*k.set.Dim], k.labels[start:end], k.idx[start:end])
	}
	if k.forward {
		for i := range t.Layers {
			t.Layers[i].forward(start, end)
		}
	}
	last := &t.Layers[len(t.Layers)-1]
	if k.softmax {
		last.softmax(start, end)
	}
	if k.loss {
		last.crossEntropy(t.loss, k.labels, k.scale, start, end)
	}
	if k.up != nil {
		copy(last.Delta[start*last.Out:end*last.Out], k.up[start*last.Out:])
		if last.act != nil {
			last.backAct(start, end)
		}
	}
	if k.scale == 0 && k.up == nil {
		return
	}
	for i := len(t.Layers) - 1; i > 0; i-- {
		// ∂L/∂a of the layer before = ∂L/∂z·Wᵀ, times f′(z)
		l, prev := &t.Layers[i], &t.Layers[i-1]
		d := prev.Delta[start*l.In : end*l.In]
		clear(d)
		gemm(d, l.Delta[start*l.Out:end*l.Out], l.Out, 1, t.net.layers[i].wT, end-start, l.In, l.Out)
		prev.backAct(start, end)
	}
}

// forward computes z and a of the rows start to end.
func (l *Layer) forward(start, end int) {
	// z = x·W + b
	z := l.Z[start*l.Out : end*l.Out]
	for r := 0; r < len(z); r += l.Out {
		copy(z[r:], l.B)
	}
	gemm(z, l.X[start*l.In:end*l.In], l.In, 1, l.W, end-start, l.Out, l.In)
	if l.act != nil {
		l.act.Func(l.A[start*l.Out:end*l.Out], z)
	}
}

func (l *Layer) backAct(start, end int) {
	start, end = start*l.Out, end*l.Out
	l.act.Back(l.Delta[start:end], l.Z[start:end], l.A[start:end])
}

// exps stores in e of each row e^(z − top), where top is the largest z of the
// row: so nothing overflows.
func (l *Layer) exps(e []float64, start, end int) {
	e = e[start*l.Out : end*l.Out]
	for r := 0; r < len(e); r += l.Out {
		z := l.Z[start*l.Out+r:][:l.Out]
		top := largest(z)
		for j, z := range z {
			e[r+j] = z - top
		}
	}
	vector.exp(e, e)
}

func largest(z []float64) float64 {
	top := z[0]
	for _, z := range z {
		top = max(top, z)
	}
	return top
}

func total(x []float64) float64 {
	sum := 0.0
	for _, x := range x {
		sum += x
	}
	return sum
}

// softmax stores the probabilities of the rows in A.
func (l *Layer) softmax(start, end int) {
	l.exps(l.A, start, end)
	for r := start; r < end; r++ {
		p := l.A[r*l.Out : (r+1)*l.Out]
		sum := total(p)
		for j := range p {
			p[j] /= sum
		}
	}
}

// crossEntropy stores −ln p(label) of the rows in loss and, unless scale is 0,
// the gradient of the layer:
//
//	∂L/∂z = scale·(p − onehot(label))
func (l *Layer) crossEntropy(loss []float64, labels []int, scale float64, start, end int) {
	l.exps(l.delta, start, end)
	for r := start; r < end; r++ {
		label := labels[r]
		if label < 0 || label >= l.Out {
			panic(fmt.Sprintf("mlp: a label is %d, allowed is 0 to %d: the net has %d classes", label, l.Out-1, l.Out))
		}
		z, delta := l.Z[r*l.Out:(r+1)*l.Out], l.delta[r*l.Out:(r+1)*l.Out]
		sum := total(delta)
		// −ln p(label) = ln Σ e^(z − top) + (top − z(label)), the sum being 1 of
		// the largest z itself, and what the others add
		top := 0
		for j := range z {
			if z[j] > z[top] {
				top = j
			}
		}
		loss[r] = exact.Log1p(total(delta[:top])+total(delta[top+1:])) + (z[top] - z[label])
		if scale == 0 {
			continue
		}
		f := scale / sum
		for j := range delta {
			delta[j] = float64(f * delta[j])
		}
		delta[label] -= scale
	}
}

// total returns the sum of the losses of the rows, chunk by chunk as Net.Loss
// adds them.
func (t *Trace) total() float64 {
	sum := 0.0
	for start := 0; start < t.Rows; start += chunk {
		sum += total(t.loss[start:min(start+chunk, t.Rows)])
	}
	return sum
}

// piece is a range of the inputs of a layer.
type piece struct{ layer, from, to int }

// pieces cuts the weights into shares of some rows.
func pieces(layers []layer) []piece {
	const rows = 56
	var p []piece
	for i, l := range layers {
		for from := 0; from < l.in; from += rows {
			p = append(p, piece{i, from, min(from+rows, l.in)})
		}
	}
	return p
}

// sum adds the gradient of the batch to dst, or to λp if fresh.
func (t *Trace) sum(dst []float64, fresh bool, lambda float64) {
	t.dst, t.fresh, t.lambda = dst, fresh, lambda
	pieces := len(t.net.pieces)
	if t.Rows*len(t.net.params) < enough {
		for i := range pieces {
			t.collectPart(i)
		}
		return
	}
	t.collect.run(pieces)
}

// collectPart computes ∂L/∂W and ∂L/∂b of one piece and adds them to dst.
func (t *Trace) collectPart(part int) {
	p := t.net.pieces[part]
	l, at := &t.Layers[p.layer], t.net.layers[p.layer].start
	dw := t.dst[at+p.from*l.Out : at+p.to*l.Out]
	db := t.dst[at+l.In*l.Out : at+(l.In+1)*l.Out]
	if p.from > 0 {
		db = nil
	}
	if t.fresh {
		penalize(dw, t.lambda, l.W[p.from*l.Out:])
		penalize(db, t.lambda, l.B)
	}
	// ∂L/∂W = xᵀ·∂L/∂z, ∂L/∂b = Σ ∂L/∂z over the rows
	gemm(dw, l.X[p.from:], 1, l.In, l.Delta, p.to-p.from, l.Out, t.Rows)
	if db != nil {
		for r := 0; r < len(l.Delta); r += l.Out {
			for j, d := range l.Delta[r : r+l.Out] {
				db[j] += d
			}
		}
	}
}

// penalize stores in dst the gradient of the penalty, λp.
func penalize(dst []float64, lambda float64, p []float64) {
	if lambda == 0 {
		clear(dst)
		return
	}
	for i := range dst {
		dst[i] = float64(lambda * p[i])
	}
}
