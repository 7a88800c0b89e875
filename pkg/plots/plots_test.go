package plots_test

import (
	"bytes"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"descent/pkg/lang"
	"descent/pkg/optim"
	"descent/pkg/plots"
	"descent/pkg/surface"
)

func row(y ...float64) plots.Series { return plots.Series{Name: "a", Y: [][]float64{y}} }

// What cannot be drawn is an error that names it, from PNG and Save alike.
func TestBadDataIsNamed(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	good := sgd(0.1, 3)
	badPoint := &optim.Path{Method: "SGD(η=1)", W: [][]float64{{1, 2}, {nan, 2}}, Loss: []float64{1, nan}}
	threeD := &optim.Path{Method: "SGD(η=1)", W: [][]float64{{1, 2, 3}}, Loss: []float64{1}}
	image := make([]float64, 64)
	for want, f := range map[string]*plots.Figure{
		"Trajectory: the surface is nil":                       plots.Trajectory(nil, good),
		"Trajectory needs at least one path":                   plots.Trajectory(surface.Ravine),
		"Trajectory: path 1 is nil":                            plots.Trajectory(surface.Ravine, good, nil),
		"SGD(η=1) is at [NaN 2] at step 1":                     plots.Trajectory(surface.Ravine, badPoint),
		"SGD(η=1) has 3 coordinates at step 0":                 plots.Trajectory(surface.Ravine, threeD),
		"SGD(η=2) has no points":                               plots.Trajectory(surface.Ravine, &optim.Path{Method: "SGD(η=2)"}),
		"Trajectory has no logarithmic axes":                   plots.Trajectory(surface.Ravine, good).LogY(),
		`Field has no place for Line "theory"`:                 plots.Field(surface.Ravine).Line("theory", math.Sqrt),
		"Field: the surface is nil":                            plots.Field(nil),
		"Curves needs at least one series":                     plots.Curves(),
		"Points needs at least one series":                     plots.Points(),
		`series "a" has no values in Y`:                        plots.Curves(plots.Series{Name: "a"}),
		"series 0 has no values in Y":                          plots.Curves(plots.Series{Y: [][]float64{{}}}),
		`series "a": Y[1] has 1 value, but X has 2`:            plots.Points(plots.Series{Name: "a", X: []float64{1, 2}, Y: [][]float64{{1, 2}, {1}}}),
		`series "a": Y[1] has 3 values, but Y[0] has 2`:        plots.Curves(plots.Series{Name: "a", Y: [][]float64{{1, 2}, {1, 2, 3}}}),
		`series "a": X[1] is NaN`:                              plots.Curves(plots.Series{Name: "a", X: []float64{1, nan}, Y: [][]float64{{1, 2}}}),
		"has no value that can be drawn, its first is NaN":     plots.Curves(row(nan, inf)),
		"has no value that can be drawn, its first is -1 at 0": plots.Curves(row(-1, 0)).LogY(),
		"XRange is (2, 1)":                                     plots.Curves(row(1, 2)).XRange(2, 1),
		"YRange is (NaN, 1)":                                   plots.Curves(row(1, 2)).YRange(nan, 1),
		"YRange starts at 0, a log axis starts above 0":        plots.Curves(row(1, 2)).YRange(0, 1).LogY(),
		`HLine "bound" is at NaN`:                              plots.Curves(row(1, 2)).HLine(nan, "bound"),
		`HLine "bound" is at 0, a log axis starts above 0`:     plots.Curves(row(1, 2)).HLine(0, "bound").LogY(),
		`VLine "end" is at 9, outside of XRange (0, 1)`:        plots.Curves(row(1, 2)).XRange(0, 1).VLine(9, "end"),
		"Digits needs at least one image":                      plots.Digits(nil, nil),
		"Digits has 1 image, but 2 labels":                     plots.Digits([][]float64{image}, []int{1, 2}),
		"image 0 has 63 pixels":                                plots.Digits([][]float64{image[1:]}, []int{1}),
		"image 1 has the pixel 16 at 0":                        plots.Digits([][]float64{image, append([]float64{16}, image[1:]...)}, []int{1, 2}),
		"Digits has 201 images, allowed are 200 at most":       plots.Digits(make([][]float64, 201), make([]int, 201)),
		"Digits has no axes":                                   plots.Digits([][]float64{image}, []int{1}).LogX(),
	} {
		_, err := f.PNG()
		if err == nil || !strings.HasPrefix(err.Error(), "plots: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q in it", err, want)
		}
		if saved := f.Save(filepath.Join(t.TempDir(), "x.svg")); saved == nil || saved.Error() != err.Error() {
			t.Errorf("Save returns %v, PNG %v", saved, err)
		}
		if text := f.Caption() + f.Alt(); text != "" {
			t.Errorf("error %v, but the texts %q", err, text)
		}
	}
}

// What is odd but can be drawn is drawn, and the caption says what is odd.
func TestOddDataIsDrawn(t *testing.T) {
	lang.Lang = "en"
	t.Cleanup(func() { lang.Lang = "" })
	nan, inf := math.NaN(), math.Inf(1)
	far := &optim.Path{Method: "far", W: [][]float64{{-7, 2}, {1e300, -1.7e308}, {-1.7e308, 1e300}}, Loss: []float64{1, 2, 3}}
	outside := &optim.Path{Method: "outside", W: [][]float64{{50, 50}, {60, 60}}, Loss: []float64{1, 2}}
	long := make([]float64, 20000)
	for i := range long {
		long[i] = math.Sin(float64(i))
	}
	flat := &surface.Surface{Name: "flat", Formula: "1", F: func(_, _ float64) float64 { return 1 },
		Gradient: func(_, _ float64) (float64, float64) { return 0, 0 }, Min: surface.Point{-1, -1}, Max: surface.Point{1, 1}}
	for _, c := range []struct {
		name, caption string
		f             *plots.Figure
	}{
		{"one point", "Loss against step: a.", plots.Curves(row(3))},
		{"a gap", "a: not drawn at step 1, where the value is NaN.", plots.Curves(row(3, nan, 2))},
		{"infinite", "a: not drawn at step 2, where the value is +∞.", plots.Curves(row(3, 2, inf))},
		{"zero on a log axis", "a: not drawn at step 1, where the value is 0.", plots.Curves(row(3, 0, 2)).LogY()},
		{"step 0 on a log axis", "a: no place on a log axis for step 0.", plots.Curves(row(3, 2, 1)).LogX()},
		{"band below a log axis", "a: cut off below", plots.Curves(plots.Series{Name: "a", Y: [][]float64{{1, 2}, {-0.5, 3}}}).LogY()},
		{"huge", "Loss against step: a.", plots.Curves(row(-1.7e308, 1.7e308))},
		{"huge on a log axis", "logarithmic", plots.Curves(row(1e-308, 1, 1.7e308)).LogY()},
		{"subnormal on a log axis", "logarithmic", plots.Curves(row(5e-324, 1)).LogY()},
		{"constant", "Loss against step: a.", plots.Curves(row(5, 5, 5))},
		{"zero", "Loss against step: a.", plots.Curves(row(0, 0))},
		{"nearly constant", "Loss against step: a.", plots.Curves(row(1e15, 1e15+0.125))},
		{"constant on a log axis", "logarithmic", plots.Points(row(5, 5)).LogY().LogX()},
		{"many", "Loss against step: a.", plots.Curves(row(long...))},
		{"no names", "Loss against step.", plots.Curves(plots.Series{Y: [][]float64{{2, 1}}})},
		{"outside of the range", "Loss against step: a.", plots.Curves(row(1, 2)).YRange(5, 6)},
		{"theory with holes", "Dashed: root.", plots.Points(row(1, 2, 3)).XRange(-2, 2).Line("root", math.Sqrt)},
		{"diverging", "far leaves the picture at step 1 (arrow).", plots.Trajectory(surface.Ravine, far)},
		{"nowhere", "outside lies outside of the picture.", plots.Trajectory(surface.Ravine, outside)},
		{"by hand", "Final f = 6.45.", plots.Trajectory(surface.Ravine, &optim.Path{Method: "by hand", W: [][]float64{{0, 0}, {-7, 2}}})},
		{"one step", "over 1 step.", plots.Trajectory(surface.Ravine, sgd(1, 1))},
		{"start only", "over 0 steps", plots.Trajectory(surface.Ravine, sgd(1, 0))},
		{"overflow", "SGD(η=3) stops after 220 steps (the next values are not finite).", plots.Trajectory(surface.Ravine, sgd(3, 1000))},
		{"large gradient", "(its gradient is too large)", plots.Trajectory(surface.Ravine, optim.Minimize(optim.NewAdam(1), surface.Ravine, []float64{0, 1e152}, 9))},
		{"refused", "optim: SGD.LR is -1", plots.Trajectory(surface.Ravine, sgd(-1, 9))},
		{"thousands of steps", "over 20,000 steps", plots.Trajectory(surface.Ravine, sgd(1, 20000))},
		{"flat", "f(x, y) = 1", plots.Field(flat)},
		{"zoomed", "over 9 steps", plots.Trajectory(surface.Ravine, sgd(0.1, 9)).XRange(-7, -6.999).YRange(1e-9, 2e-9)},
	} {
		if _, err := c.f.PNG(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if got := c.f.Caption(); !strings.Contains(got, c.caption) {
			t.Errorf("%s: caption %q, want %q in it", c.name, got, c.caption)
		}
		if c.f.Alt() == "" {
			t.Errorf("%s: no alternative text", c.name)
		}
	}
}

// Every surface can be drawn, whatever signs are in its formula.
func TestEverySurfaceIsDrawn(t *testing.T) {
	for _, s := range append(surface.All(), surface.Ravine.Rotate(-22.5), surface.Ackley.Shift(3, -1)) {
		if _, err := plots.Field(s).PNG(); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
	}
}

// Save writes what its name asks for, and PNG has two pixels a CSS pixel.
func TestSave(t *testing.T) {
	lang.Lang = "ko"
	t.Cleanup(func() { lang.Lang = "" })
	dir := t.TempDir()
	f := plots.Digits([][]float64{make([]float64, 64)}, []int{3}).Title("글자 <3> & more")
	for ext, start := range map[string]string{".png": "\x89PNG", ".svg": "<?xml", ".pdf": "%PDF", ".SVG": "<?xml"} {
		file := filepath.Join(dir, "f"+ext)
		if err := f.Save(file); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(file)
		if err != nil || !bytes.HasPrefix(got, []byte(start)) {
			t.Errorf("%s starts with %q (%v)", ext, got[:min(8, len(got))], err)
		}
		if ext == ".svg" && !bytes.Contains(got, []byte("<title>글자 &lt;3&gt; &amp; more. 손글씨")) {
			t.Errorf("the SVG lacks its alternative text")
		}
	}
	if err := f.Save(filepath.Join(dir, "f.gif")); err == nil || !strings.Contains(err.Error(), `".gif", allowed are .png, .svg and .pdf`) {
		t.Errorf("Save to .gif: %v", err)
	}
	if err := f.Save(filepath.Join(dir, "no", "f.png")); err == nil {
		t.Error("Save into a folder that is not there returns no error")
	}
	b, err := f.PNG()
	if err != nil {
		t.Fatal(err)
	}
	if c, err := png.DecodeConfig(bytes.NewReader(b)); err != nil || c.Width != 1280 {
		t.Errorf("width %d (%v), want 1280", c.Width, err)
	}
}
