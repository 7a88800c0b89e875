package plots_test

import (
	"io"
	"os"
	"strings"
	"testing"

	"descent/pkg/plots"
	"descent/pkg/surface"
)

// Outside of a notebook Show says what to do instead, and names a file that
// Save accepts.
func TestShowOutside(t *testing.T) {
	f := plots.Trajectory(surface.Ravine, sgd(0.1, 3))
	wants := map[string]string{
		"ko": "노트북 밖에서는 Show로 그림을 볼 수 없습니다.",
		"en": "plots: Show needs a notebook",
	}
	t.Chdir(t.TempDir())
	inBothLanguages(t, func(t *testing.T, language string) {
		for file, figure := range map[string]interface {
			Show()
			Save(string) error
		}{"figure.png": f, "motion.png": f.Animate(), "figure.vg.json": f.Play()} {
			got := stderr(t, figure.Show)
			if !strings.Contains(got, wants[language]) || !strings.Contains(got, `Save("`+file+`")`) {
				t.Errorf("Show says %q, want %q and %s", got, wants[language], file)
			}
			if err := figure.Save(file); err != nil {
				t.Errorf("Save(%q): %v", file, err)
			}
		}
	})
}

func stderr(t *testing.T, f func()) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	before := os.Stderr
	os.Stderr = w
	f()
	os.Stderr = before
	w.Close()
	got, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(got)
}
