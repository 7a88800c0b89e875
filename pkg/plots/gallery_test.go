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

	"descent/pkg/lang"
	"descent/pkg/plots"
)

// galleryFile holds the code of the gallery, one function a figure.
const galleryFile = "gallery_figures_test.go"

// entry is a figure of the gallery: its name in testdata, its heading in Korean
// and English.
type entry struct {
	name, ko, en string
	make         func() *plots.Figure
}

func galleryFigures() map[string]*plots.Figure {
	all := map[string]*plots.Figure{}
	for _, e := range gallery {
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
			text[f.Name.Name] = strings.ReplaceAll("\n"+strings.TrimSpace(string(source[from:to])), "\n\t", "\n")
		}
	}
	return text
}

var pick = regexp.MustCompile(`lang\.Pick\(("(?:[^"\\]|\\.)*"), ("(?:[^"\\]|\\.)*")\)`)

// code is what a cell in that language has where the gallery has a function.
func code(body, language string) string {
	body = pick.ReplaceAllString(body, map[string]string{"ko": "$1", "en": "$2"}[language])
	at := strings.LastIndex(body, "return ") // of the function itself, whose last statement it is
	return strings.TrimSpace(body[:at] + strings.TrimRight(body[at+len("return "):], "\n") + ".Show()")
}

// The gallery shows the golden figures beside the code that draws them.
func TestGallery(t *testing.T) {
	text := bodies(t)
	inBothLanguages(t, func(t *testing.T, language string) {
		var page bytes.Buffer
		page.WriteString(lang.Pick("# 그림 모음\n\n`pkg/plots`가 그리는 그림과 그 코드입니다. `go test ./pkg/plots -update`가 이 쪽을 만듭니다. [English](gallery.md)\n",
			"# Gallery\n\nThe figures of `pkg/plots` with their code; `go test ./pkg/plots -update` makes this page. [한국어](gallery.ko.md)\n"))
		for _, e := range gallery {
			f := built(language)[e.name]
			body, ok := text["figure"+strings.ToUpper(e.name[:1])+e.name[1:]]
			if !ok {
				t.Fatalf("%s has no function for %s", galleryFile, e.name)
			}
			alt := strings.NewReplacer("[", "(", "]", ")", "\n", " ").Replace(f.Alt())
			page.WriteString("\n## " + lang.Pick(e.ko, e.en) + "\n\n```go\n" + code(body, language) + "\n```\n\n![" + alt +
				"](../pkg/plots/testdata/" + e.name + "_" + language + ".png)\n\n" + plots.EscapeMarkdown(f.Caption()) + "\n")
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
