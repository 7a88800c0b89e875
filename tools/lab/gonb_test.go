package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// pieces keeps what is written, one piece a call.
type pieces []string

func (p *pieces) Write(b []byte) (int, error) { *p = append(*p, string(b)); return len(b), nil }

func TestCopyRunes(t *testing.T) {
	hangul := strings.Repeat("기울기 a é 𝜂\n", 10000)
	for _, test := range []struct {
		name, text string
		src        func(io.Reader) io.Reader
		whole      bool // each piece is UTF-8
	}{
		{"large reads", hangul, func(r io.Reader) io.Reader { return r }, true},
		{"large reads, one byte later", "." + hangul, func(r io.Reader) io.Reader { return r }, true},
		{"large reads, two bytes later", ".." + hangul, func(r io.Reader) io.Reader { return r }, true},
		{"half reads", hangul, iotest.HalfReader, true},
		{"single bytes", hangul[:1000], iotest.OneByteReader, true},
		{"data with the end", hangul, iotest.DataErrReader, true},
		{"nothing", "", iotest.OneByteReader, true},
		{"an end within a character", "가\xea\xb0", iotest.OneByteReader, false},
		{"no UTF-8", "a\xff\xfe\xea\xb0a\x80\x80\x80\x80\x80b\xf0\x9d", iotest.OneByteReader, false},
	} {
		var got pieces
		if err := copyRunes(&got, test.src(strings.NewReader(test.text))); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if strings.Join(got, "") != test.text {
			t.Errorf("%s: %d bytes arrive changed", test.name, len(test.text))
		}
		for i, piece := range got {
			if test.whole && !utf8.ValidString(piece) {
				t.Errorf("%s: piece %d ends within a character", test.name, i)
				break
			}
		}
	}
}

// What is whole is not held back: a cell that waits has shown what it printed.
func TestCopyRunesAtOnce(t *testing.T) {
	r, w := io.Pipe()
	shown := make(chan string)
	go copyRunes(writerFunc(func(b []byte) (int, error) { shown <- string(b); return len(b), nil }), r)
	for _, text := range []string{"잠시만 …", "가\xff", "a"} {
		io.WriteString(w, text)
		if got := <-shown; got != text {
			t.Errorf("of %q it shows %q", text, got)
		}
	}
	w.Close()
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

func TestCopyRunesErrors(t *testing.T) {
	broken := errors.New("broken")
	var got pieces
	if err := copyRunes(&got, io.MultiReader(strings.NewReader("가\xea"), iotest.ErrReader(broken))); err != broken || strings.Join(got, "") != "가\xea" {
		t.Errorf("with a source that breaks: %q, %v", got, err)
	}
	full := writerFunc(func([]byte) (int, error) { return 0, broken })
	if err := copyRunes(full, strings.NewReader("가")); err != broken {
		t.Errorf("with a target that breaks: %v", err)
	}
}

// The edits fit the GoNB that go.mod pins, and Go builds with the files they
// make, also where it is told another path of the checkout than the one it finds.
func TestEditGonb(t *testing.T) {
	repo, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	alias := filepath.Join(t.TempDir(), "another path")
	if err := errors.Join(os.Symlink(repo, alias), os.MkdirAll(filepath.Join(repo, ".descent"), 0o777)); err != nil {
		t.Fatal(err)
	}
	for _, root := range []string{repo, alias} {
		list := func(args ...string) string {
			cmd := exec.Command("go", append([]string{"list"}, args...)...)
			cmd.Dir = root
			cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
			cmd.Stderr = t.Output()
			out, err := cmd.Output()
			if err != nil {
				t.Fatalf("go list %q: %v", args, err)
			}
			return strings.TrimSpace(string(out))
		}
		tmp, err := os.MkdirTemp(filepath.Join(root, ".descent"), "edit")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(tmp)
		flags, err := (&course{root: root}).editGonb(list("-f", "{{.Dir}}", gonbModule), tmp)
		if err != nil {
			t.Fatal(err)
		}
		got := list(append(flags, "-f", "{{.GoFiles}} {{.DepsErrors}}", gonbModule+"/internal/jpyexec")...)
		if !strings.HasSuffix(got, " runes.go] []") {
			t.Errorf("at %s the package of GoNB that runs cells is %s", root, got)
		}
	}
}

// Another GoNB than the edits were made for is refused, whichever edit fails.
func TestEditGonbRefuses(t *testing.T) {
	for i, e := range gonbEdits {
		for n, text := range map[string]string{"0": "", "2": e.old + "\n" + e.old} {
			c, dir, tmp := testCourse(t), t.TempDir(), t.TempDir()
			putGonb(t, dir)
			b := read(t, filepath.Join(dir, e.file))
			put(t, dir, e.file, strings.Replace(string(b), e.old, text, 1))
			if _, err := c.editGonb(dir, tmp); err == nil || !strings.Contains(err.Error(), "occurs "+n+" times, not once") {
				t.Errorf("edit %d, code occurs %s times: error %v", i, n, err)
			}
		}
	}
}

// putGonb makes a GoNB of nothing but what the edits replace.
func putGonb(t *testing.T, dir string) {
	files := map[string]string{}
	for _, e := range gonbEdits {
		files[e.file] += e.old + "\n"
	}
	for name, text := range files {
		put(t, dir, name, text)
	}
}

func TestEditsRenewGonb(t *testing.T) {
	c, edits := testCourse(t), gonbEdits
	before := c.gonb().key
	defer func() { gonbEdits = edits }()
	gonbEdits = edits[1:]
	if c.gonb().key == before {
		t.Error("with another edit the GoNB that is there counts as whole")
	}
}
