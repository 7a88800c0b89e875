// Package plots draws the figures of the course: in a notebook cell with Show,
// in a file with Save.
//
//	path := optim.Minimize(optim.NewSGD(0.95), surface.Ravine, []float64{-7, 2}, 30)
//	plots.Trajectory(surface.Ravine, path).Look("Watch the zigzag.").Show()
//
// The kinds of figures, all of them in docs/gallery.md:
//
//	surfaces and paths    Trajectory, Trajectories, Field
//	what a method keeps   Inside, Rates, Schedules
//	curves and numbers    Curves, Points, Bars, Map
//	layers of a net       Activations, Gradients, Weights, Histograms, HistogramGrid, Evolution
//	over layers or steps  ByLayer, GradientNorms, UpdateRatios
//	a net as a whole      WeightMap, LossSlice, LossPlane, Predictions, Confusion, Digits
//	in motion             Figure.Animate, Animation
//	with sliders          Figure.Play, PlayRuns, PlayHistograms
//
// Each function returns a *Figure that is complete as it is. Setters change it
// and return it, so that calls chain. Caption and alternative text are made from
// the data, in the language that package lang chooses. Data that cannot be drawn
// make an error that names them: Save and PNG return it, Show prints it.
package plots

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgpdf"
	"gonum.org/v1/plot/vg/vgsvg"

	"descent/pkg/lang"
	"descent/pkg/plots/internal/apng"
	"descent/pkg/plots/internal/typeset"
)

// Figure is one picture with its caption and its alternative text.
type Figure struct {
	content    content
	title      string
	note       string
	x, y, z    axis
	hlines     []refLine
	vlines     []refLine
	curves     []theory
	pixelScale *float64 // nil means 2
	quartiles  bool     // bands of quartiles
	bins       *int     // of histograms, nil for the default
	sideWidth  float64  // least width of the text beside histograms
	setterErr  error    // a setter that the kind of figure does not have
}

// axis is what the setters said about one axis.
type axis struct {
	label  string
	log    bool
	ranged bool
	lo, hi float64
}

type refLine struct {
	at    float64
	label string
	own   bool // of the kind of figure, not asked for: left out where a range has no place for it
}

type theory struct {
	name string
	f    func(float64) float64
}

// content is a kind of figure.
type content interface {
	check(f *Figure) error                                    // what cannot be drawn, or nil
	title() string                                            // unless Title is called
	draw(f *Figure, d *drawing, top float64) (bottom float64) // below the title
	caption(f *Figure) []string                               // sentences
	alt(f *Figure) string
}

// Title sets the line above the figure. In this and in all other text a box (□)
// stands for a character that the font of the figures lacks, such as 🎉.
func (f *Figure) Title(s string) *Figure { f.title = s; return f }

// X sets the label of the horizontal axis.
func (f *Figure) X(label string) *Figure { f.x.label = strings.TrimSpace(label); return f }

// Y sets the label of the vertical axis.
func (f *Figure) Y(label string) *Figure { f.y.label = strings.TrimSpace(label); return f }

// LogX makes the horizontal axis logarithmic.
func (f *Figure) LogX() *Figure { f.x.log = true; return f }

// LogY makes the vertical axis logarithmic.
func (f *Figure) LogY() *Figure { f.y.log = true; return f }

// XRange sets the ends of the horizontal axis, lo < hi; what lies outside is
// clipped.
func (f *Figure) XRange(lo, hi float64) *Figure {
	f.x.ranged, f.x.lo, f.x.hi = true, lo, hi
	return f
}

// YRange sets the ends of the vertical axis, lo < hi; what lies outside is
// clipped.
func (f *Figure) YRange(lo, hi float64) *Figure {
	f.y.ranged, f.y.lo, f.y.hi = true, lo, hi
	return f
}

// ZRange sets the ends of the color scale of a map, lo < hi; what lies outside
// has the color of the nearer end.
func (f *Figure) ZRange(lo, hi float64) *Figure {
	f.z.ranged, f.z.lo, f.z.hi = true, lo, hi
	return f
}

// HLine adds a horizontal line at y, which must lie in the range that is drawn.
func (f *Figure) HLine(y float64, label string) *Figure {
	f.hlines = append(f.hlines, refLine{at: y, label: strings.TrimSpace(label)})
	return f
}

// VLine adds a vertical line at x, which must lie in the range that is drawn.
func (f *Figure) VLine(x float64, label string) *Figure {
	f.vlines = append(f.vlines, refLine{at: x, label: strings.TrimSpace(label)})
	return f
}

// Line adds the curve y = g(x), a theory beside the data of Curves or Points,
// dashed. The k-th line takes the color of the k-th series. It must pass through
// the range that is drawn, and without a name it is not in the legend.
func (f *Figure) Line(name string, g func(x float64) float64) *Figure {
	f.curves = append(f.curves, theory{name, g})
	return f
}

// Quartiles draws the median of the seeds in a band between their quartiles, in
// place of the mean between smallest and largest.
func (f *Figure) Quartiles() *Figure { f.quartiles = true; return f }

// Bins sets the number of bins of histograms, 2 to 200.
func (f *Figure) Bins(n int) *Figure { f.bins = &n; return f }

// Look ends the caption with the author's sentence on what to look at.
func (f *Figure) Look(s string) *Figure { f.note = strings.TrimSpace(s); return f }

// Scale sets the pixels a CSS pixel of the PNG, 1 to 8; at first they are 2, and
// the PNG is 1,280 pixels wide. In a cell the figure stays as large as it is.
func (f *Figure) Scale(s float64) *Figure { f.pixelScale = &s; return f }

// Caption says what the figure shows, with the settings as the data hold them,
// then what to look at. It is empty if the figure cannot be drawn.
func (f *Figure) Caption() string {
	if _, _, err := f.draw(); err != nil {
		return ""
	}
	return f.says()
}

// says is the caption of a figure that can be drawn.
func (f *Figure) says() string {
	parts := f.content.caption(f)
	for _, l := range f.y.shown(f.hlines) {
		parts = append(parts, lang.Pick("가로 점선: ", "Dotted horizontal line: ")+reference(l)+".")
	}
	for _, l := range f.x.shown(f.vlines) {
		parts = append(parts, lang.Pick("세로 점선: ", "Dotted vertical line: ")+reference(l)+".")
	}
	if f.note != "" {
		parts = append(parts, f.note)
	}
	return strings.Join(parts, " ")
}

func reference(l refLine) string {
	value := format(l.at, 4)
	switch {
	case l.label == "":
		return value
	case strings.Contains(l.label, value):
		return l.label
	}
	return l.label + " = " + value
}

// Alt describes the figure to someone who does not see it. It is empty if the
// figure cannot be drawn.
func (f *Figure) Alt() string {
	if _, _, err := f.draw(); err != nil {
		return ""
	}
	return f.describes()
}

// describes is the alternative text of a figure that can be drawn.
func (f *Figure) describes() string {
	alt := f.content.alt(f)
	if title := strings.TrimSpace(f.title); title != "" {
		alt = title + ". " + alt
	}
	return alt
}

// check returns what is wrong with the figure, or nil.
func (f *Figure) check() error {
	if f.setterErr != nil {
		return f.setterErr
	}
	for _, a := range []struct {
		name string
		axis
	}{{"XRange", f.x}, {"YRange", f.y}, {"ZRange", f.z}} {
		if !a.ranged {
			continue
		}
		if !(a.lo < a.hi) || math.IsInf(a.lo, 0) || math.IsInf(a.hi, 0) {
			return fmt.Errorf("plots: %s is (%v, %v), allowed are finite numbers lo < hi", a.name, a.lo, a.hi)
		}
		if a.log && a.lo <= 0 {
			return fmt.Errorf("plots: %s starts at %v, a log axis starts above 0", a.name, a.lo)
		}
	}
	for _, l := range f.y.shown(f.hlines) {
		if err := f.y.check("HLine", "YRange", l); err != nil {
			return err
		}
	}
	for _, l := range f.x.shown(f.vlines) {
		if err := f.x.check("VLine", "XRange", l); err != nil {
			return err
		}
	}
	for _, t := range f.curves {
		if t.f == nil {
			return fmt.Errorf("plots: Line %q is nil, allowed is a function", t.name)
		}
	}
	if f.pixelScale != nil && !(*f.pixelScale >= 1 && *f.pixelScale <= 8) {
		return fmt.Errorf("plots: Scale is %v, allowed are 1 to 8", *f.pixelScale)
	}
	if f.bins != nil {
		switch f.content.(type) {
		case *histograms, *histogramGrid:
			if *f.bins < 2 || *f.bins > 200 {
				return fmt.Errorf("plots: Bins is %d, allowed is 2 to 200", *f.bins)
			}
		default:
			return fmt.Errorf("plots: Bins is for histograms only")
		}
	}
	switch f.content.(type) {
	case *chart, *bars:
	default:
		if f.quartiles {
			return fmt.Errorf("plots: Quartiles is for curves, points and bars only")
		}
	}
	if _, ok := f.content.(*heatMap); !ok && f.z.ranged {
		return fmt.Errorf("plots: ZRange: this figure has no color scale that can be set")
	}
	if err := f.content.check(f); err != nil {
		return err
	}
	return f.outside()
}

// outside returns an error if a line would not be seen: the data alone, or the
// surface, set the axes.
func (f *Figure) outside() error {
	c, ok := f.content.(interface{ view(f *Figure) (x, y scale) })
	if !ok || len(f.hlines)+len(f.vlines)+len(f.curves) == 0 {
		return nil
	}
	x, y := c.view(f)
	for _, l := range f.y.shown(f.hlines) {
		if !y.holds(l.at) {
			return fmt.Errorf("plots: HLine %q is at %v, outside of the vertical axis from %v to %v", l.label, l.at, y.lo, y.hi)
		}
	}
	for _, l := range f.x.shown(f.vlines) {
		if !x.holds(l.at) {
			return fmt.Errorf("plots: VLine %q is at %v, outside of the horizontal axis from %v to %v", l.label, l.at, x.lo, x.hi)
		}
	}
	p := plane{box: rect{0, 0, 1, 1}, x: x, y: y}
	p.x.from, p.x.to, p.y.from, p.y.to = 0, 1, 1, 0
	for _, t := range f.curves {
		if len(t.parts(p)) == 0 {
			return fmt.Errorf("plots: Line %q does not pass through the figure, x from %v to %v and y from %v to %v", t.name, x.lo, x.hi, y.lo, y.hi)
		}
	}
	return nil
}

// shown are the lines without those of the kind's own that the axis has no place
// for.
func (a axis) shown(lines []refLine) (shown []refLine) {
	for _, l := range lines {
		if !l.own || a.check("", "", l) == nil {
			shown = append(shown, l)
		}
	}
	return shown
}

// check returns why the axis has no place for a line, or nil.
func (a axis) check(setter, ranger string, l refLine) error {
	switch {
	case math.IsNaN(l.at) || math.IsInf(l.at, 0):
		return fmt.Errorf("plots: %s %q is at %v, allowed are finite numbers", setter, l.label, l.at)
	case a.log && l.at <= 0:
		return fmt.Errorf("plots: %s %q is at %v, a log axis starts above 0", setter, l.label, l.at)
	case a.ranged && (l.at < a.lo || l.at > a.hi):
		return fmt.Errorf("plots: %s %q is at %v, outside of %s (%v, %v)", setter, l.label, l.at, ranger, a.lo, a.hi)
	}
	return nil
}

// The figure is width CSS pixels wide and as high as its content.
const (
	width     = 640.0
	margin    = 12.0
	titleSize = 15.0
	textSize  = 12.5
	tickSize  = 12.0 // 9 pt
)

// draw lays the figure out.
func (f *Figure) draw() (d *drawing, height float64, err error) {
	if err := f.check(); err != nil {
		return nil, 0, err
	}
	d = &drawing{text: typeset.New()}
	title := f.title
	if title == "" {
		title = f.content.title()
	}
	top := margin
	for _, line := range d.text.Wrap(title, titleSize, width-2*margin) {
		d.write(line, margin, top+titleSize, titleSize, 0, ink)
		top += 1.4 * titleSize
	}
	height = math.Ceil(f.content.draw(f, d, top+4) + margin)
	if err := d.check(); err != nil {
		return nil, 0, err
	}
	return d, height, nil
}

// PNG returns the figure as a PNG image of 1,280 pixels' width, twice the
// pixels that it is shown with, unless Scale says otherwise.
func (f *Figure) PNG() ([]byte, error) {
	image, _, err := f.png()
	return image, err
}

func (f *Figure) png() (image []byte, height int, err error) {
	d, h, err := f.draw()
	if err != nil {
		return nil, 0, err
	}
	scale := 2.0
	if f.pixelScale != nil {
		scale = *f.pixelScale
	}
	c := raster(h, scale)
	d.paint(c, h, 1)
	image, err = apng.EncodeStill(c.Image())
	return image, int(h), err
}

// raster is a canvas h CSS pixels high, with scale pixels for each of them.
func raster(h, scale float64) *vgimg.Canvas {
	return vgimg.NewWith(vgimg.UseWH(width, vg.Length(h)), vgimg.UseDPI(int(math.Round(72*scale))), vgimg.UseBackgroundColor(ground))
}

// Save writes the figure to a file; its name ends in .png, .svg or .pdf. Letters
// are outlines in all of them, so that no font is needed to read the file.
func (f *Figure) Save(name string) error {
	var file []byte
	var err error
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".png":
		file, err = f.PNG()
	case ".svg":
		file, err = f.vector(func(w, h vg.Length) vg.CanvasWriterTo { return vgsvg.New(w, h) })
		if err == nil {
			file = bytes.Replace(file, []byte("<g transform"), []byte("<title>"+escapeXML(f.describes())+"</title>\n<g transform"), 1)
		}
	case ".pdf":
		file, err = f.vector(func(w, h vg.Length) vg.CanvasWriterTo { return vgpdf.New(w, h) })
	default:
		err = fmt.Errorf("plots: the name %q ends in %q, allowed are .png, .svg and .pdf", name, ext)
	}
	if err != nil {
		return err
	}
	return os.WriteFile(name, file, 0o644)
}

// vector paints on a canvas whose unit is the point, 4/3 of a CSS pixel.
func (f *Figure) vector(canvas func(w, h vg.Length) vg.CanvasWriterTo) ([]byte, error) {
	d, h, err := f.draw()
	if err != nil {
		return nil, err
	}
	const scale = 0.75
	c := canvas(width*scale, vg.Length(h*scale))
	paper := drawing{text: d.text}
	paper.fill(ground, paper.box(rect{0, 0, width, h})...)
	paper.paint(c, h, scale)
	d.paint(c, h, scale)
	var b bytes.Buffer
	_, err = c.WriteTo(&b)
	return b.Bytes(), err
}

func escapeXML(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}
