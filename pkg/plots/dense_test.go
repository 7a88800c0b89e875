package plots

import (
	"image"
	"math"
	"math/rand/v2"
	"testing"

	"descent/pkg/optim"
	"descent/pkg/optim/schedule"
	"descent/pkg/plots/internal/typeset"
	"descent/pkg/surface"
)

func noise(rows, n int) Series {
	rng := rand.New(rand.NewPCG(1, 2))
	s := Series{Name: "a"}
	for range rows {
		var row []float64
		for range n {
			row = append(row, rng.Float64())
		}
		s.Y = append(s.Y, row)
	}
	return s
}

// wandering is a path all over the picture.
func wandering(n int) *optim.Path {
	rng := rand.New(rand.NewPCG(3, 4))
	p := &optim.Path{Method: "Momentum(η=0.1)", Vars: map[string][][]float64{}}
	for range n {
		p.W = append(p.W, []float64{20 * (rng.Float64() - 0.5), 10 * (rng.Float64() - 0.5)})
		p.Vars["v"] = append(p.Vars["v"], []float64{rng.NormFloat64(), rng.NormFloat64()})
	}
	return p
}

// However many points, the picture is made of a bounded number of corners, and
// what a canvas fills at once has few: its time grows with their square.
func TestWorkIsBounded(t *testing.T) {
	const n, mostAll, mostAtOnce = 40_000, 35_000, 1000
	scattered := noise(3, n)
	scattered.X = noise(1, n).Y[0]
	path := wandering(n)
	run := wandering(n)
	run.Grad = run.Vars["v"]
	for name, f := range map[string]*Figure{
		"curve":             Curves(noise(1, n)),
		"band":              Curves(noise(3, n)),
		"band, cut":         Curves(noise(3, n)).YRange(0.4, 0.6),
		"band on log axes":  Curves(noise(3, n)).LogX().LogY(),
		"scattered curve":   Curves(Series{Name: "a", X: scattered.X, Y: scattered.Y[:1]}),
		"scattered band":    Curves(scattered),
		"points":            Points(noise(1, n)),
		"points with bars":  Points(noise(3, n)),
		"layers":            ByLayer(noise(3, n)),
		"schedule":          Schedules(n, schedule.NewWarmRestarts(1, 0, 7)),
		"path":              Trajectory(surface.Ravine, path),
		"path with arrows":  Trajectory(surface.Ravine, path).StepArrows(),
		"path with v":       Trajectory(surface.Ravine, path).Velocity(),
		"paths":             Trajectories(surface.Ravine, path, path),
		"inside":            Inside(run),
		"histogram":         Histograms(Sample{"a", noise(1, n).Y[0]}),
		"bars of many runs": Bars(Sample{"a", noise(1, n).Y[0]}),
	} {
		d, _, err := f.draw()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all := 0
		for _, o := range d.ops {
			all += len(o.path)
			pieces := []int{len(o.path)}
			if o.area {
				pieces = nil
				for _, s := range strips(o.path, 2) {
					pieces = append(pieces, len(s))
				}
			}
			for _, corners := range pieces {
				if corners > mostAtOnce && o.color != ink { // letters are many small loops
					t.Errorf("%s: %d corners are filled at once, want at most %d", name, corners, mostAtOnce)
				}
			}
		}
		if all > mostAll {
			t.Errorf("%s: %d corners, want at most %d", name, all, mostAll)
		}
	}
}

func painted(scale float64, draw func(d *drawing)) *image.RGBA {
	d := &drawing{text: typeset.New()}
	draw(d)
	c := raster(300, scale)
	d.paint(c, 300, 1)
	return c.Image().(*image.RGBA)
}

// distance returns the mean and the largest difference of two pictures' levels,
// the mean over pixels that are not ground in one of them.
func distance(a, b *image.RGBA) (mean, most float64) {
	n := 0.0
	for i := 0; i < len(a.Pix); i += 4 {
		if a.Pix[i] == ground.R && b.Pix[i] == ground.R {
			continue
		}
		d := math.Abs(float64(a.Pix[i]) - float64(b.Pix[i]))
		mean, most, n = mean+d, max(most, d), n+1
	}
	return mean / n, most
}

// An area filled in strips looks as if it were filled at once.
func TestStripsHaveNoSeams(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	var upper, lower []point
	for i := range 1000 {
		x := 20 + 0.6*float64(i)
		upper, lower = append(upper, point{x, 60 + 80*rng.Float64()}), append(lower, point{x, 150 + 80*rng.Float64()})
	}
	area := upper
	for i := range lower {
		area = append(area, lower[len(lower)-1-i])
	}
	for _, scale := range []float64{1, 1.3, 1.5, 2} {
		got := painted(scale, func(d *drawing) { d.area(ink, area...) })
		want := painted(scale, func(d *drawing) { d.fill(ink, area...) })
		if mean, most := distance(got, want); mean > 0.1 || most > 4 {
			t.Errorf("at scale %v the strips differ by %.2f levels, at most by %v", scale, mean, most)
		}
	}
}

// A layer's lines and markers look like those of a canvas, and a layer does not
// hide what is below.
func TestLayerLooksLikeACanvas(t *testing.T) {
	box := rect{20, 20, 600, 280}
	lines := [][2]point{{{30, 30}, {500, 200}}, {{300, 40}, {310, 250}}, {{40, 270}, {590, 270}}, {{560, 30}, {560, 260}}, {{100, 100}, {100.4, 100.3}}}
	marks := []point{{50, 220}, {200, 60}, {420, 250.5}}
	got := painted(2, func(d *drawing) {
		d.fill(contourInk, d.box(rect{0, 0, 200, 300})...)
		l := newLayer(box)
		for _, s := range lines {
			l.line(s[0], s[1], lineWidth)
		}
		l.stamps(triangle, markRadius, marks)
		l.put(d, ink, &labels{box: box})
	})
	want := painted(2, func(d *drawing) {
		d.fill(contourInk, d.box(rect{0, 0, 200, 300})...)
		for _, s := range lines {
			d.line(stroke{color: ink, width: lineWidth}, s[0], s[1])
		}
		for _, at := range marks {
			d.mark(triangle, at, markRadius, ink)
		}
	})
	if mean, _ := distance(got, want); mean > 2 {
		t.Errorf("the pictures differ by %.2f levels, want at most 2", mean)
	}
}

// A line that is covered already changes nothing; one that is not is drawn.
func TestLayerCovers(t *testing.T) {
	l := newLayer(rect{0, 0, 100, 100})
	sum := func() (n int) {
		for _, a := range l.alpha {
			n += int(a)
		}
		return n
	}
	l.line(point{10, 50}, point{90, 50}, 2)
	once := sum()
	if want := 80 * 2 * perPixel * perPixel * 255; math.Abs(float64(once-want)) > 0.05*float64(want) {
		t.Errorf("a line of 80 × 2 pixels covers %d, want about %d", once, want)
	}
	if l.line(point{20, 50}, point{80, 50}, 2); sum() != once {
		t.Errorf("a line on another covers %d more", sum()-once)
	}
	if l.line(point{50, 10}, point{50, 90}, 2); sum() <= once {
		t.Error("a line across another is not drawn")
	}
	l.line(point{-500, 50}, point{500, 52}, 2) // beyond the edges
}

// What a label covers is counted dot by dot.
func TestLabelsCountDots(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	l := &labels{box: rect{-100, -100, 200, 200}}
	var dots []point
	for range 2000 {
		p := point{300*rng.Float64() - 100, 300*rng.Float64() - 100}
		dots = append(dots, p)
		l.along(p, p)
	}
	for range 200 {
		x, y := 250*rng.Float64()-95, 250*rng.Float64()-95
		r := rect{x, y, x + 40*rng.Float64(), y + 30*rng.Float64()}
		want := 0.0
		for _, p := range dots {
			if r.holds(p) {
				want += 2 // along puts one at each end
			}
		}
		if got := l.cost(r); got != want {
			t.Errorf("cost(%v) = %v, want %v", r, got, want)
		}
	}
}
