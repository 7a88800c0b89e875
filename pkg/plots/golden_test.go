package plots_test

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"descent/pkg/lang"
	"descent/pkg/plots"
)

var update = flag.Bool("update", false, "write the golden figures and captions anew")

func inBothLanguages(t *testing.T, test func(t *testing.T, language string)) {
	t.Cleanup(func() { lang.Lang = "" })
	for _, language := range []string{"ko", "en"} {
		lang.Lang = language
		test(t, language)
	}
}

var byLanguage = map[string]map[string]*plots.Figure{}

// built returns the figures in the language of the moment; some take a while to
// train their nets.
func built(language string) map[string]*plots.Figure {
	if byLanguage[language] == nil {
		byLanguage[language] = figures()
	}
	return byLanguage[language]
}

// Pixels are the same on every amd64; elsewhere the rounding of a*b+c differs,
// and a few pixels along edges with it.
func TestGoldenFigures(t *testing.T) {
	inBothLanguages(t, func(t *testing.T, language string) {
		for name, f := range built(language) {
			got, err := f.PNG()
			if err != nil {
				t.Fatalf("%s in %s: %v", name, language, err)
			}
			if len(got) > 80<<10 {
				t.Errorf("%s in %s: the PNG has %d KB, allowed are 80", name, language, len(got)>>10)
			}
			golden(t, filepath.Join("testdata", name+"_"+language+".png"), got)
		}
	})
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	share := differing(t, got, want)
	if allowed := map[bool]float64{true: 0, false: 0.01}[runtime.GOARCH == "amd64"]; share > allowed {
		t.Errorf("%s: %.2f %% of the pixels differ; if they should, run go test ./pkg/plots -update and look at them", file, 100*share)
	}
}

// differing returns the share of pixels that differ, and 1 if the sizes do.
func differing(t *testing.T, a, b []byte) float64 {
	t.Helper()
	decode := func(file []byte) image.Image {
		img, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		return img
	}
	x, y := decode(a), decode(b)
	if x.Bounds() != y.Bounds() {
		return 1
	}
	n := 0
	for j := range x.Bounds().Dy() {
		for i := range x.Bounds().Dx() {
			if color.RGBAModel.Convert(x.At(i, j)) != color.RGBAModel.Convert(y.At(i, j)) {
				n++
			}
		}
	}
	return float64(n) / float64(x.Bounds().Dx()*x.Bounds().Dy())
}

func TestGoldenCaptions(t *testing.T) {
	inBothLanguages(t, func(t *testing.T, language string) {
		var got strings.Builder
		all := built(language)
		for _, name := range slices.Sorted(maps.Keys(all)) {
			fmt.Fprintf(&got, "%s\n%s\n%s\n\n", name, all[name].Caption(), all[name].Alt())
		}
		file := filepath.Join("testdata", "captions_"+language+".txt")
		if *update {
			if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got.String() != string(want) {
			t.Errorf("captions differ from %s:\n%s", file, got.String())
		}
	})
}

func TestSameBytesTwice(t *testing.T) {
	lang.Lang = "en"
	t.Cleanup(func() { lang.Lang = "" })
	first, second := built("en"), figures()
	for name, f := range first {
		a, err := f.PNG()
		if err != nil {
			t.Fatal(err)
		}
		b, _ := f.PNG()
		c, _ := second[name].PNG()
		if !bytes.Equal(a, b) || !bytes.Equal(a, c) {
			t.Errorf("%s: three drawings, not all the same", name)
		}
	}
}

func BenchmarkTrajectory(b *testing.B) {
	f := figures()["trajectory"]
	for b.Loop() {
		if _, err := f.PNG(); err != nil {
			b.Fatal(err)
		}
	}
}
