package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const width = 1100

// TestLab opens the course as a student does: a clean clone in a folder with
// Hangul and spaces, an empty home folder, make lab, a browser. Lessons 00 and
// 01 and those that changed are run through the menu, all others opened
// (LESSON=03 runs one, LESSON=all all). It needs the network once, a
// Chromium and minutes, and so runs only with TEST_BROWSER=1, that of
// `make test-browser`; TEST_COURSE names a checkout that is set up already.
func TestLab(t *testing.T) {
	needsBrowser(t)
	repo, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	shots := filepath.Join(repo, ".descent", "test", "browser")
	checkout, settings := os.Getenv("TEST_COURSE"), []string(nil)
	if checkout == "" {
		checkout, settings = cleanClone(t, repo)
	}
	b := start(t)
	for i, lang := range []string{"ko", "en"} {
		t.Run(lang, func(t *testing.T) {
			lab, err := StartLab(checkout, 20*time.Minute, t.Output(), append(settings, "COURSE_LANG="+lang)...)
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := lab.Stop(); err != nil {
					t.Error(err)
				}
			}()
			fmt.Printf("%s: first page after %.1f s%s\n", lang, lab.Seconds, map[bool]string{true: ", set-up included"}[i == 0 && settings != nil])
			for _, name := range lessons(t, checkout, lang) {
				t.Run(name, func(t *testing.T) { look(t, b, lab, checkout, lang, name, shots) })
			}
		})
	}
	status := exec.Command("git", "status", "--porcelain")
	status.Dir = checkout
	if out, err := status.Output(); settings != nil && (err != nil || len(out) > 0) {
		t.Errorf("git status after use: %s %v", out, err)
	}
}

func needsBrowser(t *testing.T) {
	if os.Getenv("TEST_BROWSER") != "1" {
		t.Skip("make test-browser runs this")
	}
}

func start(t *testing.T) *Browser {
	t.Helper()
	b, err := Start(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

// cleanClone returns a clone and the settings of an empty home.
func cleanClone(t *testing.T, repo string) (checkout string, settings []string) {
	dir, err := os.MkdirTemp("", "browser")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { removeAll(dir) })
	home := filepath.Join(dir, "home")
	if err := os.MkdirAll(home, 0o755); err != nil {
		t.Fatal(err)
	}
	checkout = filepath.Join(dir, "딥러닝 강의", "2학기")
	if err := Clone(repo, checkout); err != nil {
		t.Fatal(err)
	}
	return checkout, []string{"HOME=" + home, "XDG_CONFIG_HOME=", "XDG_CACHE_HOME=", "GOPATH=", "GOMODCACHE=", "GOCACHE="}
}

// removeAll removes Go's module cache too, whose folders are not writable.
func removeAll(dir string) {
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			os.Chmod(path, 0o755)
		}
		return nil
	})
	os.RemoveAll(dir)
}

func lessons(t *testing.T, checkout, lang string) (names []string) {
	prefix := os.Getenv("LESSON")
	if prefix == "all" {
		prefix = ""
	}
	paths, err := filepath.Glob(filepath.Join(checkout, "notebooks", lang, prefix+"*.ipynb"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no lesson %q: %v", prefix, err)
	}
	for _, p := range paths {
		names = append(names, strings.TrimSuffix(filepath.Base(p), ".ipynb"))
	}
	return names
}

// look opens a lesson, not trusted and not run; then it runs lessons 00 and 01.
func look(t *testing.T, b *Browser, lab *Lab, checkout, lang, name, shots string) {
	p, err := b.Open(lab.Address+"/lab/tree/"+lang+"/"+name+".ipynb?token="+lab.Token, width, 1000)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(p.Ready(name + ".ipynb"))
	must(p.HideSidebar())
	must(p.Theme(false))
	want := stored(t, filepath.Join(checkout, "notebooks", lang, name+".ipynb"))
	check := func(state string) {
		t.Helper()
		_, err := p.Tall(width)
		must(err)
		must(p.Unfold())
		_, err = p.Tall(width)
		must(err)
		got, err := p.See()
		must(err)
		for _, defect := range got.defects(lang, want) {
			t.Errorf("%s: %s", state, defect)
		}
		_, err = p.Shots(filepath.Join(shots, state), lang+"-"+name, width)
		must(err)
	}
	check("opened")
	if runs(name) {
		start := time.Now()
		must(p.RunAll(5 * time.Minute))
		fmt.Printf("%s/%s: all cells ran in %.1f s\n", lang, name, time.Since(start).Seconds())
		check("run")
	}
	must(p.Theme(true))
	check("dark")
	for _, trouble := range p.Trouble() {
		t.Error(trouble)
	}
}

// runs reports whether a lesson is to be run: 00, 01, those that the last
// commit changed, and those that LESSON asks for.
func runs(name string) bool {
	if strings.HasPrefix(name, "00") || strings.HasPrefix(name, "01") || os.Getenv("LESSON") != "" {
		return true
	}
	diff := exec.Command("git", "diff", "--name-only", "HEAD~1", "--", ":/notebooks")
	out, _ := diff.Output() // nothing where there is one commit only
	return strings.Contains(string(out), "/"+name+".ipynb")
}

// stored says what the notebook file holds.
func stored(t *testing.T, path string) View {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var nb struct {
		Cells []struct {
			Type     string `json:"cell_type"`
			Metadata struct{ Tags []string }
			Outputs  []struct{ Data map[string]any }
		}
	}
	if err := json.Unmarshal(b, &nb); err != nil {
		t.Fatal(err)
	}
	v := View{Cells: len(nb.Cells)}
	for _, c := range nb.Cells {
		if slices.Contains(c.Metadata.Tags, "raises-exception") {
			v.Red++
		}
		for _, o := range c.Outputs {
			if o.Data["image/png"] != nil {
				v.Figures++
			}
		}
	}
	return v
}
