package bench

import (
	"bytes"
	"encoding/json"
	"go/format"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestCarry(t *testing.T) {
	for _, tc := range []struct {
		name, from, to, want string
		foreign, lost        string // joined with " | "
	}{
		{"equal code stays as it is", "x := 1 // 하나", "x := 1", "x := 1", "", ""},
		{"a changed digit", "%%\nfmt.Println(\"손실\", f(0.9)) // 마지막", "%%\nfmt.Println(\"loss\", f(0.1)) // the last",
			"%%\nfmt.Println(\"loss\", f(0.9)) // the last", "", ""},
		{"a new line", "a := 1 // 가\nb := 2\nprint(\"합\", a+b)", "a := 1 // one\nprint(\"sum\", a)",
			"a := 1 // one\nb := 2\nprint(\"sum\", a+b)", "", ""},
		{"a new line that speaks", "print(\"가\", a)\nprint(\"나\", b)", "print(\"first\", a)",
			"print(\"first\", a)\nprint(\"나\", b)", `"나"`, ""},
		{"a line that went", "print(\"둘째\", b)", "// note\nprint(\"first\", a)\nprint(\"second\", b)",
			"print(\"second\", b)", "", `// note | "first"`},
		{"another verb", `fmt.Printf("손실 %.4f\n", x+1)`, `fmt.Printf("loss %d\n", x)`,
			`fmt.Printf("loss %d\n", x+1)`, `"loss %d\n" has other verbs than "손실 %.4f\n"`, ""},
		{"comment above", "// 합\ns := f(1, 2)\n", "// the sum\ns := f(1)\n", "// the sum\ns := f(1, 2)\n", "", ""},
		{"a new comment", "s := f(1, 2) // 새 설명", "s := f(1)", "s := f(1, 2) // 새 설명", "// 새 설명", ""},
		{"a comment inside", "s := f(1, /* 가 */ 2, 3)", "s := f(1, /* a */ 2)", "s := f(1 /* a */, 2, 3)", "", ""},
		{"a command", "%env A=2\nf()", "%env A=1\nf()", "%env A=2\nf()", "", ""},
		{"from nothing", "%%\nprint(\"합\")", "", "%%\nprint(\"합\")", `"합"`, ""},
		{"no Go", "for {{ // 가", "for ) // one", "for {{ // 가", "// 가", "// one"},
	} {
		c := carry(tc.from, tc.to)
		if c.source != tc.want || strings.Join(c.foreign, " | ") != tc.foreign || strings.Join(c.lost, " | ") != tc.lost {
			t.Errorf("%s:\n got %q\n     to translate %q, lost %q\nwant %q\n     to translate %q, lost %q",
				tc.name, c.source, c.foreign, c.lost, tc.want, tc.foreign, tc.lost)
		}
	}
}

// Whatever the change, the code arrives, and each word of the target is in the
// result or told as lost.
func FuzzCarry(f *testing.F) {
	for _, nb := range must(load("testdata", "")).notebooks() {
		for _, c := range nb.Cells {
			if c.code() {
				f.Add(string(c.Source), strings.Replace(string(c.Source), "\n", "\nx := 3 // 셋\n", 1))
			}
		}
	}
	f.Fuzz(func(t *testing.T, from, to string) {
		if strings.ContainsAny(from+to, "\r`\x00") || !isGo(from) || !isGo(to) {
			t.Skip() // what is no Go has no tokens to go by
		}
		c := carry(from, to)
		if got, want := goTokens(c.source), goTokens(formattedCode(from)); !slices.Equal(got, want) {
			t.Errorf("from %q to %q gives %q:\ntokens %q\nwant   %q", from, to, c.source, got, want)
		}
		if slices.Equal(goTokens(from), goTokens(to)) {
			return
		}
		// gofmt may move what stands in a comment
		have := strings.Join(strings.Fields(strings.Join(slices.Concat(words(c.source), c.lost), "")), "")
		for _, w := range words(to) {
			if speaks(w) && !strings.Contains(have, strings.Join(strings.Fields(strings.TrimPrefix(w, "//")), "")) {
				t.Errorf("from %q to %q gives %q: %q is lost", from, to, c.source, w)
			}
		}
	})
}

// isGo reports whether gofmt can read each part of a cell.
func isGo(source string) bool {
	var part []string
	for _, l := range append(strings.Split(source, "\n"), "%") {
		if !command(l) {
			part = append(part, l)
		} else if _, err := format.Source([]byte(strings.Join(part, "\n"))); err != nil {
			return false
		} else {
			part = nil
		}
	}
	return true
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// TestSync changes a copy of the small lesson in Korean, carries the change
// over, and finds the pair in step again.
func TestSync(t *testing.T) {
	dir, keep := t.TempDir(), t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata")); err != nil {
		t.Fatal(err)
	}
	ko, en := filepath.Join(dir, "ko", "00_fixture.ipynb"), filepath.Join(dir, "en", "00_fixture.ipynb")
	sync := func() string {
		t.Helper()
		var said bytes.Buffer
		if err := Sync(dir, "00", "ko", keep, &said); err != nil {
			t.Fatal(err)
		}
		return said.String()
	}
	was := must(os.ReadFile(en))
	if said := sync(); said != "en/00_fixture: nothing to carry\n" || !bytes.Equal(was, must(os.ReadFile(en))) {
		t.Fatalf("a pair in step is changed: %s", said)
	}

	var file map[string]any
	if err := json.Unmarshal(must(os.ReadFile(ko)), &file); err != nil {
		t.Fatal(err)
	}
	cells := list(file["cells"])
	for i, c := range cells {
		switch cell := object(c); cell["id"] {
		case "step":
			cell["source"] = strings.Replace(joined(cell["source"]), "0.1", "0.2", 1)
		case "ex1-stub":
			object(cell["metadata"])["tags"] = []string{"stub", "ex1", "new"}
		case "hand":
			fresh := map[string]any{"id": "more", "cell_type": "code", "metadata": map[string]any{}, "outputs": []any{},
				"execution_count": 3, "source": "%%\nfmt.Println(\"더\")"}
			cells = slices.Insert(cells, i+1, any(fresh))
		}
	}
	file["cells"] = cells
	if err := os.WriteFile(ko, must(formatted(must(json.Marshal(file)))), 0o644); err != nil {
		t.Fatal(err)
	}
	said := sync()
	for _, want := range []string{"cell more: new\n", `cell more: to translate: "더"`, "cell step: changed\n", "cell ex1-stub: has the metadata", "now run make outputs"} {
		if !strings.Contains(said, want) {
			t.Errorf("sync does not say %q:\n%s", want, said)
		}
	}
	if !bytes.Equal(was, must(os.ReadFile(filepath.Join(keep, "en", "00_fixture.ipynb")))) {
		t.Error("the notebook as it was is not kept")
	}
	c := must(load(dir, ""))
	for _, p := range checkPairs(c) {
		t.Errorf("after sync: %s", p)
	}
	if now := find(t, c.Lessons[0].EN, "step"); !strings.Contains(string(now.Source), "step") {
		t.Errorf("the English words are gone: %s", now.Source)
	}
	if said := sync(); said != "en/00_fixture: nothing to carry\n" {
		t.Errorf("a second sync says %s", said)
	}
}

func TestSyncRefuses(t *testing.T) {
	for _, tc := range []struct{ prefix, from, want string }{
		{"99", "ko", `no lesson "99"`},
		{"00", "fr", "FROM=fr"},
	} {
		if err := Sync("testdata", tc.prefix, tc.from, t.TempDir(), &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s from %s: got %v, want %q", tc.prefix, tc.from, err, tc.want)
		}
	}
}
