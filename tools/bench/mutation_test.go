package bench

import (
	"bytes"
	"encoding/base64"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// edit replaces old, which must be there, in the source of a cell.
func edit(t *testing.T, nb *Notebook, id, old, new string) {
	t.Helper()
	c := find(t, nb, id)
	if !strings.Contains(string(c.Source), old) {
		t.Fatalf("%s, cell %s: nothing to break, no %q", nb, id, old)
	}
	c.Source = text(strings.Replace(string(c.Source), old, new, 1))
}

func find(t *testing.T, nb *Notebook, id string) *Cell {
	t.Helper()
	for _, c := range nb.Cells {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("%s: no cell %s", nb, id)
	return nil
}

func remove(t *testing.T, nb *Notebook, id string) {
	c := find(t, nb, id)
	kept := []*Cell{}
	for _, o := range nb.Cells {
		if o != c {
			kept = append(kept, o)
		}
	}
	nb.Cells = kept
}

// mutations break a copy of the small lesson in one way each.
var mutations = []struct {
	name   string
	mutate func(t *testing.T, l *Lesson)
	cell   string // that must be named
	says   string // part of the message
}{
	{"sign in a formula", func(t *testing.T, l *Lesson) { edit(t, l.KO, "formula", "W - ", "W + ") }, "ko/00_fixture, cell formula", "F01 does not stand verbatim"},
	{"formula dropped", func(t *testing.T, l *Lesson) { remove(t, l.KO, "formula"); remove(t, l.EN, "formula") }, "en/00_fixture", "F01 does not stand verbatim"},
	{"digit in a verdict", func(t *testing.T, l *Lesson) { edit(t, l.EN, "slow-verdict", "1.34", "1.43") }, "en/00_fixture, cell slow-verdict", "1.43 is no number that the measuring cell of C01"},
	{"sign in a sentence", func(t *testing.T, l *Lesson) { edit(t, l.EN, "slow-verdict", "1.34", "−1.34") }, "en/00_fixture, cell slow-verdict", "−1.34 is no number that the measuring cell of C01"},
	{"sign in a calculation", func(t *testing.T, l *Lesson) { edit(t, l.KO, "summary", "−6.8607", "6.8706") }, "ko/00_fixture, cell summary", "6.8706 is no number"},
	{"digit in a calculation", func(t *testing.T, l *Lesson) { edit(t, l.EN, "hand", "-6.93", "-6.94") }, "en/00_fixture, cell hand", "−6.94 is no number"},
	{"digit in a caption", func(t *testing.T, l *Lesson) {
		edit(t, l.KO, "figure", ".Show()", `.Look("끝에서 손실은 0.0134입니다.").Show()`)
		c := find(t, l.KO, "figure")
		c.Outputs[1].Data["text/markdown"] = c.Outputs[1].data("text/markdown") + " 끝에서 손실은 0.0134입니다."
	}, "ko/00_fixture, cell figure", "0.0134 is no number"},
	{"cell dropped from one language", func(t *testing.T, l *Lesson) { remove(t, l.EN, "hand") }, "ko/00_fixture, cell hand", "hand in Korean and step in English"},
	{"code changed in one language", func(t *testing.T, l *Lesson) { edit(t, l.EN, "figure", "0.95", "0.59") }, "ko/00_fixture, cell figure", `"0.95"`},
	{"other numbers printed in one language", func(t *testing.T, l *Lesson) {
		find(t, l.EN, "slow-measure").Outputs[0].Text = "first 6.4500, after 30 steps 1.3495\n"
	}, "ko/00_fixture, cell slow-measure", "1.3495"},
	{"untranslated text", func(t *testing.T, l *Lesson) { find(t, l.KO, "hand").Source = find(t, l.EN, "hand").Source }, "ko/00_fixture, cell hand", "is not translated: From $x"},
	{"untranslated comment", func(t *testing.T, l *Lesson) {
		edit(t, l.KO, "ex1-stub", `return "a", "b", "c" 가운데 하나로 바꾸세요`, `put return and "a", "b" or "c" here`)
	}, "ko/00_fixture, cell ex1-stub", "is not translated"},
	{"Korean in the English lesson", func(t *testing.T, l *Lesson) { find(t, l.EN, "hand").Source = find(t, l.KO, "hand").Source }, "en/00_fixture, cell hand", "Korean words"},
	{"wrong particle", func(t *testing.T, l *Lesson) { edit(t, l.KO, "formula", `$\eta$를`, `$\eta$을 `) }, "ko/00_fixture, cell formula", "를, 는, 와, 로"},
	{"wrong term", func(t *testing.T, l *Lesson) { edit(t, l.KO, "slow-claim", "손실은", "손실함수는") }, "ko/00_fixture, cell slow-claim", "손실 함수"},
	{"dash", func(t *testing.T, l *Lesson) { edit(t, l.EN, "summary", "Two steps", "Two — steps") }, "en/00_fixture, cell summary", "comma, colon"},
	{"claim dropped", func(t *testing.T, l *Lesson) {
		for _, nb := range l.notebooks() {
			remove(t, nb, "slow-claim")
		}
	}, "ko/00_fixture", "C01 has no cell tagged claim"},
	{"claim tidied", func(t *testing.T, l *Lesson) { edit(t, l.KO, "slow-claim", "속도는 빠름", "속도가 빠름") }, "ko/00_fixture, cell slow-claim", "C01 is not quoted verbatim"},
	{"claim not measured", func(t *testing.T, l *Lesson) { find(t, l.KO, "slow-measure").Metadata.Tags = []string{"measure"} }, "ko/00_fixture", "C01 has no cell tagged measure"},
	{"result in sight", func(t *testing.T, l *Lesson) { find(t, l.EN, "slow-measure").Metadata.Jupyter.Hidden = false }, "en/00_fixture, cell slow-measure", "hidden"},
	{"verdict turned", func(t *testing.T, l *Lesson) { edit(t, l.EN, "slow-verdict", "holds.", "does not hold as written.") }, "en/00_fixture, cell slow-verdict", `claims.json says "holds"`},
	{"verdict open", func(t *testing.T, l *Lesson) { edit(t, l.KO, "slow-verdict", "<details>", "") }, "ko/00_fixture, cell slow-verdict", "not folded"},
	{"solution dropped", func(t *testing.T, l *Lesson) { remove(t, l.KO, "ex2-solution") }, "ko/00_fixture", "solution is missing"},
	{"exercise solved in the lesson", func(t *testing.T, l *Lesson) { find(t, l.KO, "ex3-check").Outputs[0].Text = "✔ 맞았습니다.\n" }, "ko/00_fixture, cell ex3-check", "not yet"},
	{"notebook too large", func(t *testing.T, l *Lesson) {
		l.EN.raw = append(l.EN.raw, bytes.Repeat([]byte(" "), maxBytes+1-len(l.EN.raw))...)
	}, "en/00_fixture", "has 1500001 bytes, allowed are 1500000"},
	{"figure too large", func(t *testing.T, l *Lesson) {
		find(t, l.KO, "figure").Outputs[0].Data["image/png"] = base64.StdEncoding.EncodeToString(make([]byte, maxFigure+1))
	}, "ko/00_fixture, cell figure", "has a figure of 81921 bytes, allowed are 81920"},
	{"cell too long", func(t *testing.T, l *Lesson) {
		edit(t, l.KO, "seconds", "%%\n", "%%\n"+strings.Repeat("fmt.Println()\n", 15))
	}, "ko/00_fixture, cell seconds", "19 lines, allowed are 18"},
	{"line too long", func(t *testing.T, l *Lesson) { edit(t, l.KO, "ex1-stub", "바꾸세요", strings.Repeat("바", 50)) }, "ko/00_fixture, cell ex1-stub", "columns, allowed are 100"},
	{"code not formatted", func(t *testing.T, l *Lesson) { edit(t, l.KO, "step", "\tfmt", "fmt") }, "ko/00_fixture, cell step", "line 4 is not as gofmt writes it"},
	{"not executed", func(t *testing.T, l *Lesson) { find(t, l.KO, "step").Count = nil }, "ko/00_fixture, cell step", "not executed"},
	{"red cell", func(t *testing.T, l *Lesson) { find(t, l.KO, "step").Outputs = find(t, l.KO, "red").Outputs }, "ko/00_fixture, cell step", "red cells"},
	{"writes to stderr", func(t *testing.T, l *Lesson) { find(t, l.KO, "step").Outputs[0].Stream = "stderr" }, "ko/00_fixture, cell step", "stderr"},
	{"timing of other code", func(t *testing.T, l *Lesson) { edit(t, l.KO, "seconds", "1e5", "1e4") }, "ko/00_fixture, cell seconds", "timed output of another source"},
	{"control character", func(t *testing.T, l *Lesson) { edit(t, l.KO, "formula", "를", "\b") }, "ko/00_fixture, cell formula", "control character"},
	{"range that strikes out", func(t *testing.T, l *Lesson) { edit(t, l.EN, "summary", "Two steps", "Two~three steps or four~five") }, "en/00_fixture, cell summary", "strikes out"},
	{"no slide", func(t *testing.T, l *Lesson) { find(t, l.KO, "step").Metadata.Slideshow.Type = "" }, "ko/00_fixture, cell step", "slide type"},
	{"id twice", func(t *testing.T, l *Lesson) { find(t, l.KO, "step").ID = "hand" }, "ko/00_fixture, cell hand", "id of its own"},
	{"heading level skipped", func(t *testing.T, l *Lesson) { edit(t, l.EN, "formula", "##", "###") }, "en/00_fixture, cell formula", "level 3 after level 1"},
	{"solution changed in one language", func(t *testing.T, l *Lesson) { edit(t, l.EN, "ex3-solution", "-=", "+=") }, "ko/00_fixture, cell ex3-solution", "differs from en/00_fixture in its code"},
	{"Korean words in a link", func(t *testing.T, l *Lesson) { edit(t, l.EN, "hand", "From ", "[손](https://go.dev) From ") }, "en/00_fixture, cell hand", "Korean words"},
	{"claim that is none", func(t *testing.T, l *Lesson) { edit(t, l.EN, "summary", "Two steps", "Two steps (C77)") }, "en/00_fixture, cell summary", "mentions C77"},
	{"paper that is none", func(t *testing.T, l *Lesson) { edit(t, l.EN, "summary", "Two steps", "arXiv:14126980 has two steps") }, "en/00_fixture, cell summary", "no DOI or arXiv number"},
	{"pair not linked", func(t *testing.T, l *Lesson) { edit(t, l.KO, "title", "[English](../en/00_fixture.ipynb)", "") }, "ko/00_fixture, cell title", "no link to en/00_fixture.ipynb"},
	{"solution too wide", func(t *testing.T, l *Lesson) {
		edit(t, l.KO, "ex2-solution", "sum := 0.0", "sum := 0.0 // "+strings.Repeat("더", 50))
	}, "ko/00_fixture, cell ex2-solution", "columns, allowed are 100"},
	{"link broken", func(t *testing.T, l *Lesson) { edit(t, l.EN, "title", "../ko/", "../kr/") }, "en/00_fixture, cell title", "links to ../kr/00_fixture.ipynb"},
	{"figure without alt text", func(t *testing.T, l *Lesson) { delete(find(t, l.KO, "figure").Outputs[0].Data, "text/plain") }, "ko/00_fixture, cell figure", "without alt text"},
	{"figure without caption", func(t *testing.T, l *Lesson) { c := find(t, l.KO, "figure"); c.Outputs = c.Outputs[:1] }, "ko/00_fixture, cell figure", "without a caption"},
}

// fixture reads a fresh copy of the small lesson.
func fixture(t *testing.T) *Course {
	t.Helper()
	c, err := load("testdata", "")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func problems(c *Course) (all []string) {
	for _, check := range checks {
		for _, p := range check.find(c) {
			all = append(all, p.String())
		}
	}
	return all
}

func TestBenchFindsWhatIsBroken(t *testing.T) {
	if found := problems(fixture(t)); len(found) > 0 {
		t.Fatalf("the unbroken lesson has problems:\n%s", strings.Join(found, "\n"))
	}
	for _, m := range mutations {
		t.Run(m.name, func(t *testing.T) {
			c := fixture(t)
			m.mutate(t, c.Lessons[0])
			found := problems(c)
			for _, p := range found {
				if strings.HasPrefix(p, m.cell) && strings.Contains(p, m.says) {
					return
				}
			}
			t.Errorf("want a problem of %q that says %q, got:\n%s", m.cell, m.says, strings.Join(found, "\n"))
		})
	}
}

func TestBenchComparesOutputs(t *testing.T) {
	for _, m := range []struct {
		name   string
		mutate func(*testing.T, *Notebook)
		want   string
	}{
		{"nothing", func(*testing.T, *Notebook) {}, ""},
		{"text", func(t *testing.T, nb *Notebook) { find(t, nb, "step").Outputs[0].Text = "스텝 0: x = -7.1\n" },
			`cell step: output 1 differs in its text: line 1: stored "스텝 0: x = -7.0000, y = 2.0000", came "스텝 0: x = -7.1"`},
		{"output lost", func(t *testing.T, nb *Notebook) { find(t, nb, "step").Outputs = nil }, "cell step: stores outputs [stdout], but [] came"},
		{"red", func(t *testing.T, nb *Notebook) { find(t, nb, "step").Outputs = find(t, nb, "red").Outputs }, "cell step: is red: "},
		{"metadata", func(t *testing.T, nb *Notebook) { delete(nb.meta, "language_info") }, "ko/00_fixture: differs in its metadata"},
		{"caption", func(t *testing.T, nb *Notebook) { find(t, nb, "figure").Outputs[1].Data["text/markdown"] = "…" }, "cell figure: output 2 differs in its text/markdown"},
		{"pixels", func(t *testing.T, nb *Notebook) { repaint(t, &find(t, nb, "figure").Outputs[0]) }, "cell figure: output 1 is a figure of which 1 of "},
	} {
		t.Run(m.name, func(t *testing.T) {
			stored, came := fixture(t).Lessons[0].KO, fixture(t).Lessons[0].KO
			m.mutate(t, came)
			dir := t.TempDir()
			found := compare(stored, came, dir)
			switch {
			case m.want == "" && len(found) > 0, m.want != "" && len(found) != 1:
				t.Errorf("want %q, got %v", m.want, found)
			case m.want != "" && !strings.Contains(found[0].String(), m.want):
				t.Errorf("want %q, got %q", m.want, found[0])
			}
			for _, name := range []string{"stored", "came", "difference"} {
				if file := dir + "/ko/00_fixture/figure-1-" + name + ".png"; exists(file) != (m.name == "pixels") {
					t.Errorf("%s: exists = %v", file, exists(file))
				}
			}
		})
	}
}

// repaint changes one pixel of a figure.
func repaint(t *testing.T, o *Output) {
	raw, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(o.data("image/png"), "\n", ""))
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	canvas := img.(draw.Image)
	to := color.Color(color.Black)
	if colorDistance(canvas.At(5, 5), to) < 128 {
		to = color.White
	}
	canvas.Set(5, 5, to)
	var out bytes.Buffer
	if err := png.Encode(&out, canvas); err != nil {
		t.Fatal(err)
	}
	o.Data["image/png"] = base64.StdEncoding.EncodeToString(out.Bytes())
}

// Two more ways to break a lesson show only when it runs.
func TestBenchFindsWhatGoesWrong(t *testing.T) {
	t.Run("data of a figure", func(t *testing.T) {
		t.Parallel()
		stored := fixture(t).Lessons[0].KO
		figure := find(t, stored, "figure")
		stored.Cells = []*Cell{figure}
		broken := *figure
		broken.Source = text(strings.Replace(string(figure.Source), "0.95", "0.94", 1))
		in := t.TempDir() + "/ko/00_fixture.ipynb"
		if err := (&Notebook{Cells: []*Cell{&broken}}).write(in); err != nil {
			t.Fatal(err)
		}
		came, err := descent.run(in, scratch("broken", "figure.ipynb"), false)
		if err != nil {
			t.Fatal(err)
		}
		expect(t, compare(stored, came, t.TempDir()), "ko/00_fixture, cell figure: output 1 is a figure of which ")
	})
	t.Run("solution that does not solve", func(t *testing.T) {
		t.Parallel()
		nb := fixture(t).Lessons[0].EN
		edit(t, nb, "ex3-solution", "-=", "+=")
		expect(t, runSolved(t, nb), `en/00_fixture, cell ex3-check: ex3: the check of the solution should say "✔"`)
	})
}

func expect(t *testing.T, found []problem, want string) {
	t.Helper()
	if len(found) == 0 || !strings.HasPrefix(found[0].String(), want) {
		t.Errorf("want %q, got %v", want, found)
	}
}

// A claim that may be cited in place of a measurement needs a source.
func TestBenchWantsSources(t *testing.T) {
	for source, want := range map[string]string{"": "C01 is not measured, and its verdict names no source", "(doi:10.1214/aoms/1177729586)": ""} {
		c := fixture(t)
		c.Table.Claims[0].Cited = true
		for _, nb := range c.notebooks() {
			remove(t, nb, "slow-measure")
			edit(t, nb, "slow-verdict", "</details>", source+"\n\n</details>")
		}
		var got string
		if found := checkClaims(c); len(found) > 0 {
			got = found[0].what
		}
		if got != want {
			t.Errorf("with the source %q: got %q, want %q", source, got, want)
		}
	}
}

// A sentence of a book is held like one of the document, beside its source.
func TestBenchHoldsSayings(t *testing.T) {
	c := fixture(t)
	saying := c.Table.Claims[0]
	saying.ID, saying.From = "S01", Source{KO: "책 6.1.7절", EN: "the book, 6.1.7"}
	c.Table.Claims, c.Table.Sayings = nil, []Claim{saying}
	for _, nb := range c.notebooks() {
		for _, cell := range nb.Cells {
			cell.Source = text(strings.ReplaceAll(string(cell.Source), "C01", "S01"))
			for i, tag := range cell.Metadata.Tags {
				cell.Metadata.Tags[i] = strings.Replace(tag, "C01", "S01", 1)
			}
		}
	}
	edit(t, c.Lessons[0].KO, "slow-claim", "(문서 S01)", "(책 6.1.7절 S01)")
	expect(t, checkClaims(c), "en/00_fixture, cell slow-claim: S01 is not quoted verbatim: want the line > “"+saying.KO+"” (the book, 6.1.7, S01)")
	edit(t, c.Lessons[0].EN, "slow-claim", "(document, S01)", "(the book, 6.1.7, S01)")
	if found := problems(c); len(found) > 0 {
		t.Errorf("a saying with its source: %v", found)
	}
	edit(t, c.Lessons[0].EN, "slow-verdict", "1.34", "1.43")
	expect(t, checkNumbers(c), "en/00_fixture, cell slow-verdict: 1.43 is no number that the measuring cell of S01")
}

// A verdict with chance in it needs a test in pkg.
func TestBenchWantsTests(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "pkg", "mlp"), 0o755); err != nil {
		t.Fatal(err)
	}
	c := fixture(t)
	if found := checkChance(c, dir); len(found) > 0 {
		t.Errorf("a measurement without chance: %v", found)
	}
	edit(t, c.Lessons[0].KO, "slow-measure", "%%\n", "%%\nseed := 3\n_ = seed\n")
	expect(t, checkChance(c, dir), "ko/00_fixture, cell slow-measure: C01 is measured with chance, but no test in pkg")
	held := "package mlp_test\n\n// C01: it is so\n// at five seeds.\nfunc TestSlow(t *testing.T) {}\n"
	if err := os.WriteFile(filepath.Join(dir, "pkg", "mlp", "claims_test.go"), []byte(held), 0o644); err != nil {
		t.Fatal(err)
	}
	if found := checkChance(c, dir); len(found) > 0 {
		t.Errorf("a measurement with a test: %v", found)
	}
}

// A lesson looked at alone still has neighbors.
func TestBenchSeesNeighbors(t *testing.T) {
	c := fixture(t)
	c.Names = []string{"00_fixture", "01_next"}
	expect(t, checkLinks(c), "ko/00_fixture, cell title: has no link to 01_next.ipynb")
}

func TestSummaryOfWhatIsBroken(t *testing.T) {
	got := broken([]problem{{"ko/01_sgd", "see", "a"}, {"ko/01_sgd", "see", "b"}, {"ko/01_sgd", "", "c"}, {"en/00_x", "c01", "d"}})
	want := "NOT RIGHT: 4 problems, each with its message above\n  en/00_x: c01\n  ko/01_sgd: see, as a whole"
	if got, _, _ := strings.Cut(got, "\nfigures"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestBenchReadsDocuments(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"README.md":            "Run it — now, see [docs](docs/none.md), [README](README.md) and [Go](https://go.dev).\n",
		"README.ko.md":         "초기값을 봅니다.\n`초기값`\n",
		"pkg/plots/plots.go":   "package plots\n\n// 초기값\nvar label = \"손실함수\"\n",
		"pkg/plots/ok_test.go": "package plots\n\nvar slip = \"손실함수\"\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, p := range checkTexts(lessons(t), dir) {
		got = append(got, strings.TrimPrefix(p.String(), dir+"/"))
	}
	want := []string{
		"README.ko.md: says \"초기값\", the glossary \"초깃값\": 초기값을 봅니다.",
		"README.md: says \"—\", the glossary \"comma, colon or a new sentence (both languages)\": Run it — now, see [docs](docs/none.md), [README](README.md) and [Go](h…",
		"README.md: links to docs/none.md, which is not there",
		"pkg/plots/plots.go:4: says \"손실함수\", the glossary \"손실 함수\": 손실함수",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
