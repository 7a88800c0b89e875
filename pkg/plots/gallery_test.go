package plots_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"descent/pkg/lang"
	"descent/pkg/plots"
)

// galleryFile holds the code of the gallery, one function a figure.
const galleryFile = "gallery_figures_test.go"

// entry is a figure of the gallery, still, in motion or with sliders: its name
// in testdata, its heading in Korean and English.
type entry[P picture] struct {
	name, ko, en string
	make         func() P
}

type picture interface {
	Caption() string
	Alt() string
	Save(name string) error
}

// made returns the pictures by name, in the language of the moment.
func made[P picture](entries []entry[P]) map[string]P {
	all := map[string]P{}
	for _, e := range entries {
		all[e.name] = e.make()
	}
	return all
}

// bodies returns the text of each function of the gallery, without its frame.
func bodies(t *testing.T) map[string]string {
	t.Helper()
	source, err := os.ReadFile(galleryFile)
	if err != nil {
		t.Fatal(err)
	}
	files := token.NewFileSet()
	tree, err := parser.ParseFile(files, galleryFile, source, 0)
	if err != nil {
		t.Fatal(err)
	}
	text := map[string]string{}
	for _, decl := range tree.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok {
			from, to := files.Position(f.Body.Lbrace).Offset+1, files.Position(f.Body.Rbrace).Offset
			last := files.Position(f.Body.List[len(f.Body.List)-1].Pos()).Offset
			body := string(source[from:last]) + result + string(source[last:to])
			text[f.Name.Name] = strings.ReplaceAll("\n"+strings.TrimSpace(body), "\n\t", "\n")
		}
	}
	return text
}

var pick = regexp.MustCompile(`lang\.Pick\(("(?:[^"\\]|\\.)*"), ("(?:[^"\\]|\\.)*")\)`)

// result marks the last statement of a function, the return of its figure.
const result = "\x00"

// code is what a cell in that language has where the gallery has a function.
func code(body, language string) string {
	body = pick.ReplaceAllString(body, map[string]string{"ko": "$1", "en": "$2"}[language])
	before, figure, _ := strings.Cut(body, result+"return ")
	return strings.TrimSpace(before + strings.TrimRight(figure, "\n") + ".Show()")
}

// The gallery shows the golden figures beside the code that draws them.
func TestGallery(t *testing.T) {
	text := bodies(t)
	inBothLanguages(t, func(t *testing.T, language string) {
		var page bytes.Buffer
		page.WriteString(lang.Pick("# 그림 모음\n\n`pkg/plots`가 그리는 그림과 그 코드입니다. `go test ./pkg/plots -update`가 이 쪽을 만듭니다. [English](gallery.md)\n",
			"# Gallery\n\nThe figures of `pkg/plots` with their code; `go test ./pkg/plots -update` makes this page. [한국어](gallery.ko.md)\n"))
		show := func(name, heading string, p picture, remark string) {
			body, ok := text["figure"+strings.ToUpper(name[:1])+name[1:]]
			if !ok {
				t.Fatalf("%s has no function for %s", galleryFile, name)
			}
			for line := range strings.Lines(code(body, language)) {
				if n := utf8.RuneCountInString(strings.ReplaceAll(strings.TrimRight(line, "\n"), "\t", "    ")); n > 92 {
					t.Errorf("%s: a line of %d columns, a cell in a window of 1,100 pixels has 100: %s", name, n, line)
				}
			}
			alt := strings.NewReplacer("[", "(", "]", ")", "~", `\~`, "\n", " ").Replace(p.Alt())
			page.WriteString("\n## " + heading + "\n\n```go\n" + code(body, language) + "\n```\n\n![" + alt +
				"](../pkg/plots/testdata/" + name + "_" + language + ".png)\n\n" + plots.EscapeMarkdown(p.Caption()) + "\n" + remark)
		}
		for _, e := range gallery {
			show(e.name, lang.Pick(e.ko, e.en), built(language)[e.name], "")
		}
		for _, e := range galleryMotions {
			show(e.name, lang.Pick(e.ko, e.en), e.make(), "")
		}
		for _, e := range galleryPlayers {
			show(e.name, lang.Pick(e.ko, e.en), e.make(),
				lang.Pick("\n여기에는 멈춘 그림이 있고, JupyterLab에서는 슬라이더가 있습니다.\n", "\nThis is the still picture; in JupyterLab it has sliders.\n"))
		}
		file := map[string]string{"ko": "../../docs/gallery.ko.md", "en": "../../docs/gallery.md"}[language]
		if *update {
			if err := os.WriteFile(file, page.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(page.Bytes(), want) {
			t.Errorf("%s is not up to date; run go test ./pkg/plots -update and look at the figures", file)
		}
	})
}
