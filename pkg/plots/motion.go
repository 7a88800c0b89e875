package plots

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"descent/pkg/lang"
	"descent/pkg/optim"
	"descent/pkg/plots/internal/apng"
)

// Motion is a figure that moves, an animated PNG: every viewer of notebooks
// plays it. It begins with the finished figure, which is what stands where nothing
// moves, in print or in an old viewer.
type Motion struct {
	figure *Figure   // the finished figure
	frames []*Figure // those of Animation; nil if the figure itself moves
	pace   time.Duration
	hold   time.Duration
	loops  int
	look   string
}

// Animate lets a figure of Trajectory or Curves come into being step by step; a
// run of more than 40 steps is shown in 20 frames. In a Trajectory a ring marks
// where the run is, and the arrow that ends there is the step just made, if it is
// long enough for one.
func (f *Figure) Animate() *Motion {
	return &Motion{figure: f, pace: 200 * time.Millisecond, hold: 2500 * time.Millisecond}
}

// Animation shows figures one after the other, such as the histograms of one
// epoch after the other. The last one is the finished figure, which gives title,
// caption and alternative text. Axes stand still only where XRange and YRange
// are the same for all.
func Animation(frames ...*Figure) *Motion {
	m := &Motion{frames: frames, pace: 500 * time.Millisecond, hold: 2500 * time.Millisecond}
	if len(frames) > 0 {
		m.figure = frames[len(frames)-1]
	}
	return m
}

// Pace sets how long a frame stays, from 10 ms to 60 s.
func (m *Motion) Pace(d time.Duration) *Motion { m.pace = d; return m }

// Hold sets how long the last frame stays, from 10 ms to 60 s.
func (m *Motion) Hold(d time.Duration) *Motion { m.hold = d; return m }

// Loops sets how many times the motion plays; 0 means without end.
func (m *Motion) Loops(n int) *Motion { m.loops = n; return m }

// Look ends the caption with the author's sentence on what to look at, after
// that of the figure.
func (m *Motion) Look(s string) *Motion { m.look = strings.TrimSpace(s); return m }

func (m *Motion) check() error {
	if m.figure == nil || slices.Contains(m.frames, nil) {
		return fmt.Errorf("plots: Animation needs at least one figure and no nil")
	}
	for _, d := range []struct {
		name string
		time.Duration
	}{{"Pace", m.pace}, {"Hold", m.hold}} {
		if d.Duration < 10*time.Millisecond || d.Duration > time.Minute {
			return fmt.Errorf("plots: %s is %v, allowed are 10ms to 1m", d.name, d.Duration)
		}
	}
	if m.loops < 0 {
		return fmt.Errorf("plots: Loops is %d, allowed is 0 or more", m.loops)
	}
	if m.frames == nil {
		_, _, err := m.figure.moving()
		return err
	}
	for i, f := range m.frames {
		if _, _, err := f.draw(); err != nil {
			return fmt.Errorf("%w (figure %d of Animation)", err, i)
		}
	}
	return nil
}

// whole stands for the step after which everything is drawn.
const whole = math.MaxInt

// reel is a part of a drawing that differs from step to step.
type reel struct {
	at, n int // its place in the finished drawing
	steps int
	draw  func(t int)
}

// moving draws all of a part, and remembers how to draw it up to step t if there
// are steps, 0 or more.
func (d *drawing) moving(steps int, draw func(t int)) {
	at := len(d.ops)
	draw(whole)
	if steps < 0 {
		return
	}
	d.reels = append(d.reels, reel{at, len(d.ops) - at, steps, draw})
}

// still returns how many operations are the same at all steps before the first
// that may differ.
func (d *drawing) still() int { return d.reels[0].at }

// upTo returns the operations after the first still ones as they are at step t.
func (d *drawing) upTo(t int) []op {
	all := d.ops
	defer func() { d.ops = all }()
	var ops []op
	since := func(from, to int) {
		for _, o := range all[from:to] {
			if o.from <= t {
				ops = append(ops, o)
			}
		}
	}
	done := d.still()
	for _, r := range d.reels {
		since(done, r.at)
		d.ops = nil
		r.draw(t)
		ops = append(ops, d.ops...)
		done = r.at + r.n
	}
	since(done, len(all))
	return ops
}

// A run of more than longRun steps is shown in longFrames frames.
const longRun, longFrames = 40, 20

// stops returns the steps that are shown, all or about evenly longFrames of
// them, the first and the last included.
func stops(steps int) []int {
	n := steps
	if steps > longRun {
		n = longFrames - 1
	}
	out := make([]int, n+1)
	for i := range out {
		if n > 0 {
			out[i] = i * steps / n
		}
	}
	return out
}

// aligned gives the text beside histograms the same width in all frames, so that
// their axes stand still.
func (m *Motion) aligned() *Motion {
	aside := 0.0
	for _, f := range m.frames {
		if d, _, err := f.draw(); err == nil {
			aside = max(aside, d.aside)
		}
	}
	if aside == 0 {
		return m
	}
	all := *m
	all.frames = nil
	for _, f := range m.frames {
		g := *f
		g.sideWidth = aside
		all.frames, all.figure = append(all.frames, &g), &g
	}
	return &all
}

// pictures returns the frames as pixels of one size.
func (m *Motion) pictures() (frames []*image.RGBA, height int, err error) {
	if m.frames == nil {
		return m.figure.pictures()
	}
	for _, f := range m.frames {
		d, h, err := f.draw()
		if err != nil {
			return nil, 0, err
		}
		c := raster(h, motionScale)
		d.paint(c, h, 1)
		frames = append(frames, c.Image().(*image.RGBA))
		height = max(height, int(h))
	}
	for i, f := range frames {
		if float64(f.Rect.Dy()) < motionScale*float64(height) {
			higher := raster(float64(height), motionScale).Image().(*image.RGBA)
			copy(higher.Pix, f.Pix)
			frames[i] = higher
		}
	}
	return frames, height, nil
}

// moving is the drawing of a figure of which something moves.
func (f *Figure) moving() (d *drawing, height float64, err error) {
	d, height, err = f.draw()
	if err == nil && len(d.reels) == 0 {
		err = fmt.Errorf("plots: Animate: nothing in this figure moves, allowed are Trajectory and Curves; Animation shows any figures one after the other")
	}
	return d, height, err
}

// pictures returns the figure after each step. What does not move is painted
// once.
func (f *Figure) pictures() (frames []*image.RGBA, height int, err error) {
	d, h, err := f.moving()
	if err != nil {
		return nil, 0, err
	}
	steps := 0
	for _, r := range d.reels {
		steps = max(steps, r.steps)
	}
	c := raster(h, motionScale)
	canvas := c.Image().(*image.RGBA)
	base := drawing{ops: d.ops[:d.still()]}
	base.paint(c, h, 1)
	still := slices.Clone(canvas.Pix)
	for _, t := range stops(steps) {
		copy(canvas.Pix, still)
		rest := drawing{ops: d.upTo(t), text: d.text}
		if err := rest.check(); err != nil {
			return nil, 0, err
		}
		rest.paint(c, h, 1)
		frames = append(frames, &image.RGBA{Pix: slices.Clone(canvas.Pix), Stride: canvas.Stride, Rect: canvas.Rect})
	}
	return frames, int(h), nil
}

// motionScale is a compromise between sharp letters and a small file.
const motionScale = 1.5

// PNG returns the motion as an animated PNG of 960 pixels' width, one and a half
// times those that it is shown with.
func (m *Motion) PNG() ([]byte, error) {
	image, _, err := m.png()
	return image, err
}

func (m *Motion) png() ([]byte, int, error) {
	if err := m.check(); err != nil {
		return nil, 0, err
	}
	m = m.aligned()
	pictures, height, err := m.pictures()
	if err != nil {
		return nil, 0, err
	}
	d, _, err := m.figure.draw()
	if err != nil {
		return nil, 0, err
	}
	still := raster(float64(height), motionScale)
	d.paint(still, float64(height), 1)
	// first the finished figure: a browser prints the first frame
	images := apng.Quantize(48, append([]*image.RGBA{still.Image().(*image.RGBA)}, pictures...)...)
	apng.Transparent(images)
	frames := make([]apng.Frame, len(images))
	for i, img := range images {
		frames[i] = apng.Frame{Image: img, Stays: m.pace}
	}
	frames[0].Stays = max(m.pace, min(4*m.pace, time.Second))
	if len(frames) > 2 {
		frames[1].Stays = frames[0].Stays
	}
	frames[len(frames)-1].Stays = m.hold
	file, err := apng.Encode(frames, m.loops)
	return file, height, err
}

// Show displays the motion in the notebook cell that runs, with its caption
// below. Outside of a notebook it says on stderr what to do instead. What cannot
// be drawn prints why.
func (m *Motion) Show() {
	image, height, err := m.png()
	if err != nil {
		fmt.Println(err)
		return
	}
	show(image, height, m.describes(), m.says(), "motion.png")
}

// Save writes the motion to a file whose name ends in .png, and the finished
// figure to one that ends in .svg or .pdf.
func (m *Motion) Save(name string) error {
	if err := m.check(); err != nil {
		return err
	}
	if strings.ToLower(filepath.Ext(name)) != ".png" {
		return m.figure.Save(name)
	}
	file, err := m.PNG()
	if err != nil {
		return err
	}
	return os.WriteFile(name, file, 0o644)
}

// Caption is that of the finished figure, and how it moves. It is empty if the
// figure cannot be drawn.
func (m *Motion) Caption() string {
	if m.check() != nil {
		return ""
	}
	return m.says()
}

func (m *Motion) says() string {
	f := *m.figure
	f.note = ""
	parts := []string{f.says()}
	if m.frames != nil {
		parts = append(parts, motionOf(len(m.frames)))
	} else if c, ok := f.content.(interface{ moves() []string }); ok {
		parts = append(parts, c.moves()...)
	}
	for _, look := range []string{m.figure.note, m.look} {
		if look != "" {
			parts = append(parts, look)
		}
	}
	return strings.Join(parts, " ")
}

func motionOf(figures int) string {
	if figures == 1 {
		return lang.Pick("움직임: 그림 1장.", "Motion: 1 figure.")
	}
	return fmt.Sprintf(lang.Pick("움직임: 그림 %d장을 차례로 보여 줌.", "Motion: %d figures one after the other."), figures)
}

// Alt describes the finished figure to someone who does not see it, and says
// that it moves. It is empty if the figure cannot be drawn.
func (m *Motion) Alt() string {
	if m.check() != nil {
		return ""
	}
	return m.describes()
}

func (m *Motion) describes() string {
	return lang.Pick("애니메이션. ", "Animation. ") + m.figure.describes()
}

// steps is −1 without paths.
func (c *contours) steps() int {
	n := -1
	for _, p := range c.paths {
		n = max(n, p.Steps())
	}
	return n
}

// upTo is the path as it was after step t.
func upTo(p *optim.Path, t int) *optim.Path {
	if t >= p.Steps() {
		return p
	}
	return &optim.Path{Method: p.Method, W: p.W[:t+1]}
}

// now marks where each path is at step t, with the step that led there as an
// arrow that ends at the mark.
func (c *contours) now(d *drawing, p plane, looks []style, t int, yLabel string) {
	text := lang.Pick(group(fmt.Sprint(t))+"스텝", "Step "+group(fmt.Sprint(t)))
	if len(c.paths) == 1 {
		text += ",  f = " + format(c.surface.Func(upTo(c.paths[0], t).Last()), 4)
	}
	beside := d.text.Wrap(yLabel, textSize, width-2*margin)
	if used := d.text.Widest(beside[max(len(beside)-1, 0):], textSize); margin+used+8 > p.box.x1-d.text.Width(text, textSize) {
		d.label(text, p.box.x1-6, p.box.y0+6+textSize, textSize, 1, ink)
	} else {
		d.write(text, p.box.x1, p.box.y0-5-labelHeight+textSize, textSize, 1, ink)
	}
	for i, path := range c.paths {
		t := min(t, path.Steps())
		w := path.W[t]
		if !p.holds(w[0], w[1]) {
			continue
		}
		at := p.at(w[0], w[1])
		if t > 0 {
			if v, _, ok := clip([2]float64(path.W[t-1]), [2]float64(w), [2]float64{p.x.lo, p.y.lo}, [2]float64{p.x.hi, p.y.hi}); ok {
				from := p.at(v[0], v[1])
				if t == 1 {
					from = toward(from, at, ringRadius) // keep the circle of the start
				}
				d.lastStep(from, at, looks[i].color)
			}
		}
		d.outline(stroke{color: ground, width: 4.5}, circle(at, ringRadius-1)...)
		d.outline(stroke{color: looks[i].color, width: 2}, circle(at, ringRadius-1)...)
	}
}

// A ring marks a place of interest; a step shorter than shortStep has no arrow,
// since most of it would lie in the ring.
const ringRadius, shortStep, stepHead, stepWidth = 7.0, 22.0, 9.0, 2.6

// lastStep is an arrow from a to the ring around b.
func (d *drawing) lastStep(a, b point, c color.NRGBA) {
	n := math.Hypot(b.x-a.x, b.y-a.y)
	if n < shortStep {
		return
	}
	tip := toward(b, a, ringRadius)
	d.line(stroke{color: ground, width: 5}, a, tip)
	d.line(stroke{color: c, width: stepWidth}, a, toward(tip, a, stepHead/2))
	d.fill(c, arrowhead(a, tip, stepHead, stepHead/2)...)
}

// toward is the point n pixels from a on the way to b.
func toward(a, b point, n float64) point {
	t := n / math.Hypot(b.x-a.x, b.y-a.y)
	return point{a.x + t*(b.x-a.x), a.y + t*(b.y-a.y)}
}

func (c *contours) moves() []string {
	s := []string{lang.Pick("움직임: 한 장면에 한 스텝.", "Motion: a frame a step.")}
	if n := c.steps(); n > longRun {
		s = []string{fmt.Sprintf(lang.Pick("움직임: %s을 %d장면으로 나누어 보임.", "Motion: %s in %d frames."), count(n, "#스텝", "step"), longFrames)}
	}
	return append(s, lang.Pick("고리: 지금 있는 곳, 고리에서 끝나는 화살표: 방금 한 스텝.", "Ring: where the run is; arrow that ends there: the step just made."))
}

func (c *chart) steps() int {
	n := 0
	for _, s := range c.series {
		n = max(n, len(s.Y[0])-1)
	}
	return n
}

func (c *chart) moves() []string {
	return []string{lang.Pick("움직임: 곡선이 왼쪽에서 오른쪽으로 자람.", "Motion: the curves grow from left to right.")}
}

// upTo is the series as it was at its point t, counted from 0.
func (m summary) upTo(t int) summary {
	if t < len(m.mean)-1 {
		m.x, m.mean, m.lo, m.hi = m.x[:t+1], m.mean[:t+1], m.lo[:t+1], m.hi[:t+1]
	}
	return m
}
