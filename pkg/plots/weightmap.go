package plots

import (
	"encoding/binary"
	"fmt"
	"image/color"
	"math"
	"slices"

	"descent/pkg/lang"
	"descent/pkg/mlp"
)

// WeightMap draws the weights of a layer as colors, a row for each input and a
// column for each neuron. Neurons with equal weights, bit by bit, carry the same
// capital letter above, inputs with equal weights the same small letter at the
// left, in colors that no group of neurons has while there are enough.
func WeightMap(l mlp.Layer) *Figure { return &Figure{content: &weightMap{l.W, l.In, l.Out}} }

type weightMap struct {
	w       []float64
	in, out int
}

const maxSide = 500

func (m *weightMap) check(f *Figure) error {
	switch {
	case m.in < 1 || m.out < 1 || m.in > maxSide || m.out > maxSide:
		return fmt.Errorf("plots: WeightMap of %s, allowed are 1 to %d inputs and neurons", panes(m.in, m.out, "weight"), maxSide)
	case len(m.w) != m.in*m.out:
		return fmt.Errorf("plots: WeightMap has %s, but %d×%d are %d", plural(len(m.w), "weight"), m.in, m.out, m.in*m.out)
	}
	if notFinite(m.w) == 0 {
		some := false
		for _, v := range m.w {
			some = some || !math.IsNaN(v) && !math.IsInf(v, 0)
		}
		if !some {
			return fmt.Errorf("plots: WeightMap has no finite weight, the first is %v", m.w[0])
		}
	}
	return f.onlyTitle("WeightMap")
}

func (m *weightMap) title() string { return "" }

// groups numbers rows or columns: equal ones have the same number, from 0 in
// order of appearance, and those without an equal have −1.
func (m *weightMap) groups(columns bool) (group []int, distinct int) {
	n, length := m.in, m.out
	at := func(i, k int) float64 { return m.w[i*m.out+k] }
	if columns {
		n, length = m.out, m.in
		at = func(i, k int) float64 { return m.w[k*m.out+i] }
	}
	seen := map[string][]int{}
	var order []string
	for i := range n {
		key := make([]byte, 0, 8*length)
		for k := range length {
			key = binary.LittleEndian.AppendUint64(key, math.Float64bits(at(i, k)))
		}
		if seen[string(key)] == nil {
			order = append(order, string(key))
		}
		seen[string(key)] = append(seen[string(key)], i)
	}
	group = make([]int, n)
	next := 0
	for _, key := range order {
		members := seen[key]
		number := -1
		if len(members) > 1 {
			number = next
			next++
		}
		for _, i := range members {
			group[i] = number
		}
	}
	return group, len(order)
}

// scale returns the color scale, symmetric unless all weights have one sign,
// and how many are not finite.
func (m *weightMap) scale() (s scale, colors []color.NRGBA, bad int) {
	var all span
	for _, v := range m.w {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			bad++
		}
		all.add(v)
	}
	s = scale{lo: all.lo, hi: all.hi}
	if all.lo < 0 && all.hi > 0 {
		s.hi = max(all.hi, -all.lo)
		s.lo = -s.hi
		return s, diverging, bad
	}
	if s.lo == s.hi {
		s.lo, s.hi = all.padded(false, false)
	}
	return s, rising, bad
}

func (m *weightMap) draw(f *Figure, d *drawing, top float64) float64 {
	s, colors, bad := m.scale()
	top = d.colorBar(top, lang.Pick("가중치", "Weight"), s, colors, "")
	if bad > 0 {
		top = d.legend(top, []entry{broken(lang.Pick("유한하지 않음", "not finite"))})
	}
	const strip = 16.0
	d.write(lang.Pick("입력", "Input"), margin, top+textSize, textSize, 0, softInk)
	top += labelHeight
	y := scale{lo: 0.5, hi: float64(m.in) + 0.5, whole: true}
	cell := func(room float64, n int) float64 { return min(max(math.Floor(2*room/float64(n))/2, 0.5), 26) }
	ch := cell(290, m.in)
	h := math.Ceil(ch * float64(m.in))
	left := math.Ceil(margin + d.leftOf(y, h) + strip)
	cw := cell(width-margin-left-6, m.out)
	w := math.Ceil(cw * float64(m.out))
	box := rect{left, math.Ceil(top + strip + 2), left + w, math.Ceil(top+strip+2) + h}
	x := scale{lo: 0.5, hi: float64(m.out) + 0.5, whole: true}

	// ticks stand left of the strip of letters
	x.from, x.to, y.from, y.to = box.x0, box.x1, box.y0, box.y1 // the first row on top
	p := plane{box, box.y1, x, y}
	for _, t := range wholeTicks(y, int(h/24)) {
		v := p.y.px(t.at)
		d.write(t.label, box.x0-strip-5, v+0.36*tickSize, tickSize, 1, softInk)
	}
	for _, t := range wholeTicks(x, int(w/45)) {
		v := p.x.px(t.at)
		d.tick(t, point{v, box.y1}, point{0, 1})
		d.write(t.label, v, box.y1+6+tickSize, tickSize, 0.5, softInk)
	}
	z := make([][]float64, m.in)
	for i := range z {
		z[i] = m.w[i*m.out : (i+1)*m.out]
	}
	d.ops = append(d.ops, op{image: cells(p, halves(m.out), halves(m.in), z, s, colors), box: box})
	d.softFrame(box)
	columns, _ := m.groups(true)
	rows, _ := m.groups(false)
	d.strip(columns, 'A', 0, func(from, to int) rect {
		return rect{box.x0 + cw*float64(from), box.y0 - strip, box.x0 + cw*float64(to), box.y0 - 2}
	})
	d.strip(rows, 'a', slices.Max(columns)+1, func(from, to int) rect {
		return rect{box.x0 - strip, box.y0 + ch*float64(from), box.x0 - 2, box.y0 + ch*float64(to)}
	})
	below := box.y1 + 9 + tickSize
	d.write(lang.Pick("뉴런", "Neuron"), max((box.x0+box.x1)/2, left+20), below+3+textSize, textSize, 0.5, softInk)
	return below + labelHeight
}

// wholeTicks are those of whole numbers, with the first where none fits.
func wholeTicks(s scale, n int) []tick {
	var out []tick
	for _, t := range s.ticks(max(n, 1)) {
		if t.at == math.Trunc(t.at) && t.at >= 1 {
			out = append(out, t)
		}
	}
	if len(out) == 0 {
		out = []tick{{1, "1"}}
	}
	return out
}

// halves are the edges of n cells around 1, 2, …, n.
func halves(n int) []float64 {
	out := make([]float64, n+1)
	for i := range out {
		out[i] = float64(i) + 0.5
	}
	return out
}

// strip marks each stretch of one group with its color, counted from the given
// one, and where there is room with its letter.
func (d *drawing) strip(group []int, letter rune, color int, place func(from, to int) rect) {
	for from := 0; from < len(group); {
		to := from + 1
		for to < len(group) && group[to] == group[from] {
			to++
		}
		if g := group[from]; g >= 0 {
			r := place(from, to)
			d.fill(darker(families[(color+g)%len(families)][0]), d.box(r)...)
			if r.x1-r.x0 >= 10 && r.y1-r.y0 >= 12 {
				d.write(string(letter+rune(g%26)), (r.x0+r.x1)/2, (r.y0+r.y1)/2+0.36*tickSize, tickSize, 0.5, ground)
			}
		}
		from = to
	}
}

// darker is c with the contrast that text on it needs.
func darker(c color.NRGBA) color.NRGBA {
	less := func(v uint8) uint8 { return uint8(int(v) * 3 / 4) }
	return color.NRGBA{less(c.R), less(c.G), less(c.B), c.A}
}

func (m *weightMap) caption(f *Figure) []string {
	columns, neurons := m.groups(true)
	rows, inputs := m.groups(false)
	s := []string{lang.Pick(fmt.Sprintf("가중치 %d×%d개: 행은 입력, 열은 뉴런.", m.in, m.out), panes(m.in, m.out, "weight")+": rows are inputs, columns neurons."),
		m.distinct(neurons, inputs)}
	marked := false
	for _, g := range append(columns, rows...) {
		marked = marked || g >= 0
	}
	if marked {
		s = append(s, lang.Pick("테두리에 같은 색과 글자로 표시한 열(행)은 모든 가중치가 비트까지 같음.", "Columns, or rows, marked with one color and letter have equal weights, bit by bit."))
	}
	if _, _, bad := m.scale(); bad > 0 {
		s = append(s, lang.Pick(fmt.Sprintf("빗금: 유한하지 않은 가중치 %d개.", bad), "Hatched: "+plural(bad, "weight")+" that "+are(bad)+" not finite."))
	}
	return s
}

func (m *weightMap) alt(f *Figure) string {
	_, neurons := m.groups(true)
	_, inputs := m.groups(false)
	var all span
	for _, v := range m.w {
		all.add(v)
	}
	return fmt.Sprintf(lang.Pick("가중치 히트맵: %s, %s, 값 %s~%s. ", "Heat map of weights: %s, %s, values from %s to %s. "),
		count(m.in, "입력 #개", "input"), count(m.out, "뉴런 #개", "neuron"), format(all.lo, 3), format(all.hi, 3)) + m.distinct(neurons, inputs)
}

func (m *weightMap) distinct(neurons, inputs int) string {
	return count(neurons, "서로 다른 뉴런 #개", "distinct neuron") + ", " + count(inputs, "서로 다른 입력 #개", "distinct input") + "."
}
