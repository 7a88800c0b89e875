package browser

import (
	"context"
	"encoding/json"
	"errors"
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
// Hangul, spaces and quotes below somebody's go.work, an empty home folder, make lab, a browser. Lessons 00 and
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
				t.Run(name, func(t *testing.T) { look(t, b, lab, checkout, lang, name, repo, shots) })
			}
		})
	}
	if settings != nil { // the lessons of TEST_COURSE stay as they are
		t.Run("kept", func(t *testing.T) { keeps(t, b, checkout, settings, shots) })
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
	if err := os.WriteFile(filepath.Join(dir, "go.work"), []byte("not ours\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	checkout = filepath.Join(dir, "딥러닝 강의", `it's "2학기"`)
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

// keeps edits a lesson of a course and saves it; after the lab was closed and
// opened the edit is there, and still after the course was renewed, when a
// lesson that was not edited is renewed and the edited one's new form lies
// beside it.
func keeps(t *testing.T, b *Browser, checkout string, settings []string, shots string) {
	const mine = "// 내가 쓴 줄"
	two := lessons(t, checkout, "ko") // or one, with LESSON=03
	two = two[:min(2, len(two))]
	edited := two[0]
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	// within opens the edited lesson in a lab of its own.
	within := func(do func(p *Page)) {
		t.Helper()
		lab, err := StartLab(checkout, 5*time.Minute, t.Output(), append(settings, "COURSE_LANG=ko")...)
		if err != nil {
			t.Fatal(err)
		}
		defer lab.Stop()
		p := open(t, b, lab, "ko", edited)
		defer p.Close()
		_, err = p.Tall(width) // all cells are drawn
		must(err)
		do(p)
		for _, trouble := range p.Trouble() {
			t.Error(trouble)
		}
	}
	holds := func(p *Page) {
		t.Helper()
		got, err := p.Code(0)
		must(err)
		if !strings.Contains(got, mine) {
			t.Errorf("the edit is gone: the first code cell holds %q", got)
		}
	}
	within(func(p *Page) {
		must(p.Type(0, mine))
		must(p.Save())
	})
	within(holds)
	for _, name := range two {
		path := filepath.Join(checkout, "notebooks", "ko", name+".ipynb")
		was, err := os.ReadFile(path)
		must(err)
		defer os.WriteFile(path, was, 0o644)
		now := strings.Replace(string(was), `"# `, `"# 새 판: `, 1)
		if now == string(was) {
			t.Fatalf("%s has no title to change", name)
		}
		must(os.WriteFile(path, []byte(now), 0o644))
	}
	within(func(p *Page) {
		holds(p)
		title, err := p.Title()
		must(err)
		if strings.Contains(title, "새 판") {
			t.Errorf("the edited lesson was replaced: its title is %q", title)
		}
		_, err = p.Shots(filepath.Join(shots, "kept"), "ko-"+edited, width)
		must(err)
	})
	renewed := map[string]bool{edited: false, edited + " (새 판)": true}
	for _, name := range two[1:] {
		renewed[name] = true
	}
	for name, want := range renewed {
		b, err := os.ReadFile(filepath.Join(checkout, "my", "ko", name+".ipynb"))
		if got := strings.Contains(string(b), "# 새 판: "); err != nil || got != want {
			t.Errorf("my/ko/%s.ipynb is the renewed lesson: %v (%v), want %v", name, got, err, want)
		}
	}
}

// open shows a lesson in the whole window.
func open(t *testing.T, b *Browser, lab *Lab, lang, name string) *Page {
	t.Helper()
	p, err := b.Open(lab.Address+"/lab/tree/"+lang+"/"+name+".ipynb?token="+lab.Token, width, 1000)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(p.Ready(name+".ipynb"), p.HideSidebar()); err != nil {
		t.Fatal(err)
	}
	return p
}

// look opens a lesson, not trusted and not run; then it runs those that runs
// names.
func look(t *testing.T, b *Browser, lab *Lab, checkout, lang, name, repo, shots string) {
	p := open(t, b, lab, lang, name)
	defer p.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	trusted, err := p.Trusted()
	must(err)
	if trusted && os.Getenv("TEST_COURSE") == "" {
		t.Error("opened: the lesson is trusted before it was run")
	}
	must(p.Theme(false))
	want := stored(t, filepath.Join(checkout, "notebooks", lang, name+".ipynb"))
	check := func(state string) {
		t.Helper()
		// JupyterLab draws cell after cell when it is idle, on a busy machine one
		// in some seconds: what is amiss and stays so for a minute is a defect
		var defects []string
		for changed := time.Now(); ; time.Sleep(time.Second) {
			_, err := p.Tall(width)
			must(err)
			must(p.Unfold())
			_, err = p.Tall(width)
			must(err)
			got, err := p.See()
			must(err)
			before := defects
			defects = got.defects(lang, want)
			if !slices.Equal(defects, before) {
				changed = time.Now()
			}
			if len(defects) == 0 || time.Since(changed) > time.Minute {
				break
			}
		}
		for _, defect := range defects {
			t.Errorf("%s: %s", state, defect)
		}
		_, err = p.Shots(filepath.Join(shots, state), lang+"-"+name, width)
		must(err)
	}
	check("opened")
	if runs(repo, name) {
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

// runs reports whether a lesson is to be run: 00, 01, those that differ from
// the previous commit of the repo, and those that LESSON asks for.
func runs(repo, name string) bool {
	if strings.HasPrefix(name, "00") || strings.HasPrefix(name, "01") || os.Getenv("LESSON") != "" {
		return true
	}
	for _, args := range [][]string{
		{"diff", "--name-only", "HEAD~1", "--", "notebooks"}, // fails where there is one commit only
		{"ls-files", "--others", "--exclude-standard", "notebooks"},
	} {
		git := exec.Command("git", args...)
		git.Dir = repo
		if out, _ := git.Output(); strings.Contains(string(out), "/"+name+".ipynb") {
			return true
		}
	}
	return false
}

func TestRuns(t *testing.T) {
	repo := t.TempDir()
	t.Setenv("LESSON", "")
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-c", "user.name=test", "-c", "user.email=test@example.org"}, args...)...)
		cmd.Dir = repo
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v: %s", args, err, out)
		}
	}
	write := func(name, content string) {
		t.Helper()
		path := filepath.Join(repo, "notebooks", "ko", name+".ipynb")
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(content), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	names := []string{"00_a", "01_b", "02_before", "03_last", "04_edited", "05_new"}
	expect := func(when string, want ...string) {
		t.Helper()
		if got := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !runs(repo, name) }); !slices.Equal(got, want) {
			t.Errorf("%s: runs %v, want %v", when, got, want)
		}
	}
	git("init", "-q")
	for _, name := range names[:5] {
		write(name, "1")
	}
	git("add", "-A")
	git("commit", "-q", "-m", "first")
	expect("one commit", "00_a", "01_b")
	write("02_before", "2")
	git("commit", "-qam", "second")
	write("03_last", "2")
	git("commit", "-qam", "third")
	expect("committed", "00_a", "01_b", "03_last")
	write("04_edited", "2")
	write("05_new", "1")
	expect("being written", "00_a", "01_b", "03_last", "04_edited", "05_new")
	t.Setenv("LESSON", "all")
	expect("LESSON=all", names...)
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
