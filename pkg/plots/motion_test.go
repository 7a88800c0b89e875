package plots_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kettek/apng"

	"descent/pkg/lang"
	"descent/pkg/optim"
	"descent/pkg/plots"
	"descent/pkg/surface"
)

func momentum(steps int) *optim.Path {
	return optim.Minimize(optim.NewMomentum(0.1), surface.Ravine, []float64{-7, 2}, steps)
}

// motions holds one of each kind, in the language of the moment.
func motions() map[string]*plots.Motion {
	var epochs []*plots.Figure
	for n := 1; n <= 4; n++ {
		epochs = append(epochs, plots.Curves(losses()[:n%3+1]...).YRange(0, 3))
	}
	all := map[string]*plots.Motion{
		"motions":        plots.Trajectory(surface.Ravine, sgd(0.1, 30), sgd(0.95, 30), momentum(30)).Animate().Loops(3),
		"motion_long":    plots.Trajectory(surface.Rosenbrock, optim.Minimize(optim.NewSGD(0.001), surface.Rosenbrock, []float64{-1.2, 1}, 3000)).Animate(),
		"motion_curves":  plots.Curves(losses()...).LogY().Animate(),
		"motion_figures": plots.Animation(epochs...),
	}
	maps.Copy(all, made(galleryMotions))
	return all
}

// played decodes an animated PNG with a library that shares no code with the
// package, and returns the pictures that a viewer shows.
func played(t *testing.T, file []byte) (a apng.APNG, shown []*image.RGBA) {
	t.Helper()
	a, err := apng.DecodeAll(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if a.Frames[0].IsDefault {
		t.Fatal("the first image is no part of the animation: a browser would print the second")
	}
	canvas := image.NewRGBA(a.Frames[0].Image.Bounds())
	for _, f := range a.Frames {
		if f.DisposeOp != apng.DISPOSE_OP_NONE || f.BlendOp != apng.BLEND_OP_OVER {
			t.Fatalf("a frame has dispose %d, blend %d", f.DisposeOp, f.BlendOp)
		}
		r := f.Image.Bounds()
		draw.Draw(canvas, r.Sub(r.Min).Add(image.Pt(f.XOffset, f.YOffset)), f.Image, r.Min, draw.Over)
		shown = append(shown, &image.RGBA{Pix: slices.Clone(canvas.Pix), Stride: canvas.Stride, Rect: canvas.Rect})
	}
	return a, shown
}

func TestGoldenMotions(t *testing.T) {
	inBothLanguages(t, func(t *testing.T, language string) {
		shown := made(galleryMotions)
		for name, m := range motions() {
			got, err := m.PNG()
			if err != nil {
				t.Fatalf("%s in %s: %v", name, language, err)
			}
			t.Logf("%s in %s: %d KB", name, language, len(got)>>10)
			if len(got) > 150<<10 {
				t.Errorf("%s in %s: the PNG has %d KB, allowed are 150", name, language, len(got)>>10)
			}
			if shown[name] == nil && (name != "motion_curves" || language == "en") {
				continue // checked for their size only
			}
			file := filepath.Join("testdata", name+"_"+language+".png")
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, x := played(t, got)
			_, y := played(t, want)
			if len(x) != len(y) {
				t.Errorf("%s: %d frames, want %d", file, len(x), len(y))
				continue
			}
			allowed := map[bool]float64{true: 0, false: 0.01}[runtime.GOARCH == "amd64"]
			for i := range x {
				if share := unequal(x[i], y[i]); share > allowed {
					t.Errorf("%s: %.2f %% of the pixels of frame %d differ; if they should, run go test ./pkg/plots -update and look at them", file, 100*share, i)
				}
			}
		}
	})
}

// unequal returns the share of pixels that differ, and 1 if the sizes do.
func unequal(a, b *image.RGBA) float64 {
	if a.Rect != b.Rect {
		return 1
	}
	n := 0
	for i := 0; i < len(a.Pix); i += 4 {
		if !bytes.Equal(a.Pix[i:i+4], b.Pix[i:i+4]) {
			n++
		}
	}
	return 4 * float64(n) / float64(len(a.Pix))
}

// The chunks are those of the standard: each with its checksum, acTL before
// IDAT, one fcTL for each frame before its fdAT, and all numbered in one row.
func TestMotionChunks(t *testing.T) {
	file, err := motions()["motions"].PNG()
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	var frames, plays, sequence uint32
	var delays []uint16
	numbered := func(data []byte) {
		if n := binary.BigEndian.Uint32(data); n != sequence {
			t.Errorf("chunk %d of the animation is numbered %d", sequence, n)
		}
		sequence++
	}
	var size image.Rectangle
	for rest := file[8:]; len(rest) > 0; {
		n := binary.BigEndian.Uint32(rest)
		kind, data := string(rest[4:8]), rest[8:8+n]
		if sum := binary.BigEndian.Uint32(rest[8+n:]); sum != crc32.ChecksumIEEE(rest[4:8+n]) {
			t.Errorf("%s has the checksum %x", kind, sum)
		}
		word := func(i int) int { return int(binary.BigEndian.Uint32(data[i:])) }
		switch kind {
		case "IHDR":
			size = image.Rect(0, 0, word(0), word(4))
		case "acTL":
			frames, plays = uint32(word(0)), uint32(word(4))
		case "fcTL":
			numbered(data)
			if r := image.Rect(0, 0, word(4), word(8)).Add(image.Pt(word(12), word(16))); r.Empty() || !r.In(size) {
				t.Errorf("a frame is at %v in %v", r, size)
			} else if len(delays) == 0 && r != size {
				t.Errorf("the first frame is at %v, want all of %v", r, size)
			}
			delays = append(delays, binary.BigEndian.Uint16(data[20:]))
		case "fdAT":
			numbered(data)
		}
		if len(order) == 0 || order[len(order)-1] != kind {
			order = append(order, kind)
		}
		rest = rest[12+n:]
	}
	if want := "IHDR acTL PLTE tRNS fcTL IDAT fcTL fdAT "; !strings.HasPrefix(strings.Join(order, " "), want) || order[len(order)-1] != "IEND" {
		t.Errorf("chunks %v, want %s… IEND", order, want)
	}
	if plays != 3 || int(frames) != len(delays) || frames != 32 {
		t.Errorf("%d frames and %d fcTL, played %d times; want 32, 32 and 3", frames, len(delays), plays)
	}
	if delays[0] != 800 || delays[1] != 800 || delays[2] != 200 || delays[31] != 2500 {
		t.Errorf("the frames stay %v ms", delays)
	}
}

// The first image is the finished figure, and so is the last frame but for
// its ring, arrow and step.
func TestMotionEndsInTheFigure(t *testing.T) {
	f := plots.Curves(losses()...).LogY()
	file, err := f.Animate().Pace(50 * time.Millisecond).Hold(time.Second).PNG()
	if err != nil {
		t.Fatal(err)
	}
	still, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	single, err := f.Scale(1.5).PNG()
	if err != nil {
		t.Fatal(err)
	}
	want, err := png.Decode(bytes.NewReader(single))
	if err != nil {
		t.Fatal(err)
	}
	a, shown := played(t, file)
	if last := a.Frames[len(a.Frames)-1]; last.GetDelay() != 1 || a.Frames[2].GetDelay() != 0.05 {
		t.Errorf("the frames stay %v s, the last %v s", a.Frames[2].GetDelay(), last.GetDelay())
	}
	for name, got := range map[string]image.Image{"first image": still, "last frame": shown[len(shown)-1]} {
		if got.Bounds() != want.Bounds() {
			t.Fatalf("the %s is %v, want %v", name, got.Bounds(), want.Bounds())
		}
		far := 0
		for y := range want.Bounds().Dy() {
			for x := range want.Bounds().Dx() {
				p, q := color.RGBAModel.Convert(got.At(x, y)).(color.RGBA), color.RGBAModel.Convert(want.At(x, y)).(color.RGBA)
				if p.A != 255 {
					t.Fatalf("the %s is transparent at %d, %d", name, x, y)
				}
				for _, d := range []int{int(p.R) - int(q.R), int(p.G) - int(q.G), int(p.B) - int(q.B)} {
					if max(d, -d) > 64 { // the palettes differ
						far++
					}
				}
			}
		}
		if far > 2000 {
			t.Errorf("%d channels of the %s are far from the figure's", far, name)
		}
	}
	if unequal(shown[1], shown[len(shown)-1]) < 0.005 {
		t.Error("the frame after the figure is the last")
	}
}

// The numbers below the axis are at the same places in all frames, although the
// text beside the histograms is not always as wide.
func TestAxesStandStill(t *testing.T) {
	lang.Lang = "en"
	t.Cleanup(func() { lang.Lang = "" })
	file, err := motions()["motion_activations"].PNG()
	if err != nil {
		t.Fatal(err)
	}
	_, shown := played(t, file)
	below := func(img *image.RGBA) []byte { return img.Pix[(img.Rect.Dy()-72)*img.Stride:] }
	for i, img := range shown {
		if !bytes.Equal(below(img), below(shown[0])) {
			t.Errorf("the axis of frame %d is not that of the first", i)
		}
	}
}

func TestMotionCaptions(t *testing.T) {
	lang.Lang = "en"
	t.Cleanup(func() { lang.Lang = "" })
	all := motions()
	for name, want := range map[string]string{
		"motion":         "Motion: a frame a step. Ring: where the run is; arrow that ends there: the step just made. Watch it swing across the valley.",
		"motion_long":    "Motion: 3,000 steps in 20 frames.",
		"motion_curves":  "Motion: the curves grow from left to right.",
		"motion_figures": "Motion: 4 figures one after the other.",
	} {
		if got := all[name].Caption(); !strings.Contains(got, want) {
			t.Errorf("%s: caption %q, want %q in it", name, got, want)
		}
		if got := all[name].Alt(); !strings.HasPrefix(got, "Animation. ") {
			t.Errorf("%s: alternative text %q", name, got)
		}
	}
}

func TestBadMotions(t *testing.T) {
	good := func() *plots.Motion { return plots.Trajectory(surface.Ravine, sgd(0.1, 3)).Animate() }
	for want, m := range map[string]*plots.Motion{
		"Animation needs at least one figure":        plots.Animation(),
		"and no nil":                                 plots.Animation(nil, plots.Field(surface.Ravine)),
		"nothing in this figure moves":               plots.Field(surface.Ravine).Animate(),
		"Pace is 0s, allowed are 10ms to 1m":         good().Pace(0),
		"Hold is 2m0s, allowed are 10ms to 1m":       good().Hold(2 * time.Minute),
		"Loops is -1, allowed is 0 or more":          good().Loops(-1),
		"Trajectory needs at least one path":         plots.Trajectory(surface.Ravine).Animate(),
		"has no values in Y (figure 0 of Animation)": plots.Animation(plots.Curves(plots.Series{Name: "a"}), plots.Field(surface.Ravine)),
	} {
		_, err := m.PNG()
		if err == nil || !strings.HasPrefix(err.Error(), "plots: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q in it", err, want)
		}
		if saved := m.Save(filepath.Join(t.TempDir(), "x.png")); saved == nil || saved.Error() != err.Error() {
			t.Errorf("Save returns %v, PNG %v", saved, err)
		}
		if text := m.Caption() + m.Alt(); text != "" {
			t.Errorf("error %v, but the texts %q", err, text)
		}
	}
	far := &optim.Path{Method: "far", W: [][]float64{{-7, 2}, {1e300, -1.7e308}, {-1.7e308, 1e300}}}
	for name, m := range map[string]*plots.Motion{
		"far":      plots.Trajectory(surface.Ravine, far).Animate(),
		"start":    plots.Trajectory(surface.Ravine, sgd(1, 0)).Animate(),
		"diverged": plots.Trajectory(surface.Ravine, sgd(3, 1000), sgd(0.1, 5)).Animate(),
		"heights":  plots.Animation(plots.Field(surface.Ravine), plots.Curves(row(1, 2))),
	} {
		if _, err := m.PNG(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Save writes the moving PNG, and the finished figure where nothing can move.
func TestSaveMotion(t *testing.T) {
	dir := t.TempDir()
	for ext, part := range map[string]string{".png": "acTL", ".svg": "<svg", ".pdf": "%PDF"} {
		file := filepath.Join(dir, "f"+ext)
		if err := plots.Trajectory(surface.Ravine, sgd(0.1, 3)).Animate().Save(file); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(file)
		if err != nil || !bytes.Contains(got, []byte(part)) {
			t.Errorf("%s lacks %q (%v)", ext, part, err)
		}
	}
}

// Scale changes the pixels, and nothing else.
func TestScale(t *testing.T) {
	for _, scale := range []float64{1, 1.5, 4} {
		b, err := plots.Trajectory(surface.Ravine, sgd(0.1, 3)).Scale(scale).PNG()
		if err != nil {
			t.Fatal(err)
		}
		if c, err := png.DecodeConfig(bytes.NewReader(b)); err != nil || c.Width != int(640*scale) {
			t.Errorf("scale %v: width %d (%v)", scale, c.Width, err)
		}
	}
	for _, scale := range []float64{-1, 0.5, 9} {
		if _, err := plots.Field(surface.Ravine).Scale(scale).PNG(); err == nil || !strings.Contains(err.Error(), "Scale is") {
			t.Errorf("scale %v: error %v", scale, err)
		}
	}
}

func BenchmarkMotion(b *testing.B) {
	m := motions()["motion"]
	for b.Loop() {
		if _, err := m.PNG(); err != nil {
			b.Fatal(err)
		}
	}
}
