package bench

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// compare holds what a run gave to what the notebook stores. Figures that
// differ go to dir: the stored one, the new one and their difference.
func compare(stored, came *Notebook, dir string) (found []problem) {
	if a, b := shown(stored.meta), shown(came.meta); a != b {
		found = append(found, stored.problem(nil, "differs in its metadata: %s", firstDifference(a, b)))
	}
	for i, s := range stored.Cells {
		c := came.Cells[i]
		if !s.code() {
			continue
		}
		if c.failed() && !s.tagged("raises-exception") {
			found = append(found, stored.problem(s, "is red: %s", failure(c)))
			continue
		}
		if a, b := kinds(s.Outputs), kinds(c.Outputs); !slices.Equal(a, b) {
			found = append(found, stored.problem(s, "stores outputs %v, but %v came%s", a, b, firstText(c)))
			continue
		}
		for j := range s.Outputs {
			for _, what := range differOutputs(s.Outputs[j], c.Outputs[j], filepath.Join(dir, stored.Lang, stored.Name, fmt.Sprintf("%s-%d", s.ID, j+1))) {
				found = append(found, stored.problem(s, "output %d %s", j+1, what))
			}
		}
	}
	return found
}

// kinds names the outputs: stdout, error, image/png+text/plain.
func kinds(outputs []Output) (all []string) {
	for _, o := range outputs {
		switch {
		case o.Type == "stream":
			all = append(all, o.Stream)
		case o.Type == "error":
			all = append(all, "error")
		default:
			all = append(all, strings.Join(keys(o.Data), "+"))
		}
	}
	return all
}

func firstText(c *Cell) string {
	for _, o := range c.Outputs {
		if o.Text != "" {
			return ": " + excerpt(string(o.Text))
		}
	}
	return ""
}

func differOutputs(stored, came Output, figure string) (what []string) {
	differ := func(name, a, b string) {
		if a != b {
			what = append(what, fmt.Sprintf("differs in its %s: %s", name, firstDifference(a, b)))
		}
	}
	differ("text", string(stored.Text), string(came.Text))
	differ("error", stored.Name+": "+stored.Value, came.Name+": "+came.Value)
	for _, mime := range keys(stored.Data) {
		if mime == "image/png" {
			if err := differFigures(stored.data(mime), came.data(mime), figure); err != nil {
				what = append(what, err.Error())
			}
			continue
		}
		differ(mime, shown(stored.Data[mime]), shown(came.Data[mime]))
	}
	differ("metadata", shown(stored.Metadata), shown(came.Metadata))
	return what
}

// shown returns the text of an output, and JSON for data that is not text.
func shown(v any) string {
	if s := joined(v); s != "" {
		return s
	}
	b, _ := json.Marshal(v)
	return string(b)
}

// firstDifference shows the first line in which two texts differ, from a few
// characters before the difference on.
func firstDifference(stored, came string) string {
	a, b := strings.Split(stored, "\n"), strings.Split(came, "\n")
	line := 0
	for line < min(len(a), len(b)) && a[line] == b[line] {
		line++
	}
	part := func(lines, others []string) string {
		if line >= len(lines) {
			return "no more lines"
		}
		r, n := []rune(lines[line]), 0
		if line < len(others) {
			n = len([]rune(lines[line][:commonPrefix(lines[line], others[line])]))
		}
		from, to := max(0, n-40), min(len(r), n+40)
		return fmt.Sprintf("%q", string(r[from:to]))
	}
	return fmt.Sprintf("line %d: stored %s, came %s", line+1, part(a, b), part(b, a))
}

// Figures agree when their pixels do. Elsewhere than on amd64 products are
// rounded once less, and some edges come out otherwise.
const (
	tolerance  = 32   // of a colour, of 255
	maxOutside = 0.01 // share of pixels
)

// differFigures compares two PNGs in base64 and writes what differs to files
// that begin with path. Of an animation it decodes the first frame; on amd64
// the others are held byte by byte.
func differFigures(stored, came, path string) error {
	if stored == came {
		return nil
	}
	var raws [2][]byte
	var images [2]image.Image
	for i, s := range []string{stored, came} {
		var err error
		if raws[i], err = rawFigure(s); err != nil {
			return err
		}
		if images[i], err = png.Decode(bytes.NewReader(raws[i])); err != nil {
			return fmt.Errorf("is no PNG: %w", err)
		}
	}
	limit, share := 0, 0.0
	if runtime.GOARCH != "amd64" {
		limit, share = tolerance, maxOutside
	}
	a, b := images[0], images[1]
	if a.Bounds() != b.Bounds() {
		return writeFigures(path, a, b, fmt.Errorf("is a figure of %v, stored is one of %v", b.Bounds().Size(), a.Bounds().Size()))
	}
	outside, most := 0, 0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			d := colorDistance(a.At(x, y), b.At(x, y))
			most = max(most, d)
			if d > limit {
				outside++
			}
		}
	}
	if n := a.Bounds().Dx() * a.Bounds().Dy(); float64(outside) > share*float64(n) {
		return writeFigures(path, a, b, fmt.Errorf("is a figure of which %d of %d pixels differ, by up to %d of 255", outside, n, most))
	}
	if runtime.GOARCH == "amd64" && animated(raws[0]) {
		return writeFigures(path, a, b, fmt.Errorf("is an animation that differs after its first frame"))
	}
	return nil
}

// rawFigure is the PNG that an output holds in base64.
func rawFigure(figure string) ([]byte, error) {
	raw, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(strings.TrimSpace(figure), "\n", ""))
	if err != nil {
		return nil, fmt.Errorf("is no base64: %w", err)
	}
	return raw, nil
}

func animated(raw []byte) bool { return bytes.Contains(raw, []byte("acTL")) }

// colorDistance is the largest difference of a channel, 0–255.
func colorDistance(a, b color.Color) int {
	p, q := color.NRGBAModel.Convert(a).(color.NRGBA), color.NRGBAModel.Convert(b).(color.NRGBA)
	d := 0
	for _, c := range [][2]uint8{{p.R, q.R}, {p.G, q.G}, {p.B, q.B}, {p.A, q.A}} {
		d = max(d, int(max(c[0], c[1])-min(c[0], c[1])))
	}
	return d
}

// writeFigures stores both figures and, in red on a pale copy, where they
// differ; it returns why with the folder's name.
func writeFigures(path string, stored, came image.Image, why error) error {
	r := stored.Bounds().Union(came.Bounds())
	difference := image.NewNRGBA(r)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if colorDistance(stored.At(x, y), came.At(x, y)) > 0 {
				difference.Set(x, y, color.NRGBA{255, 0, 0, 255})
				continue
			}
			g := color.GrayModel.Convert(stored.At(x, y)).(color.Gray).Y
			difference.Set(x, y, color.Gray{Y: 191 + g/4})
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	for name, img := range map[string]image.Image{"stored": stored, "came": came, "difference": difference} {
		f, err := os.Create(path + "-" + name + ".png")
		if err != nil {
			return err
		}
		if err := png.Encode(f, img); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return fmt.Errorf("%w (both and their difference: %s-*.png)", why, path)
}
