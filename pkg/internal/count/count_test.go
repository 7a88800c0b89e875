package count

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestOf(t *testing.T) {
	for n, want := range map[int]string{0: "0 rows", 1: "1 row", 2: "2 rows", -1: "-1 rows"} {
		if got := Of(n, "row"); got != want {
			t.Errorf("Of(%d) is %q, want %q", n, got, want)
		}
	}
}

// No text of the packages puts a plural behind a number that may be 1. Those of
// pkg/plots have two languages and rules of their own.
func TestNoPluralBehindANumber(t *testing.T) {
	plural := regexp.MustCompile(`%d ([a-z]+s|are)\b`)
	verbs := regexp.MustCompile(`^(is|has|as)$`)
	neverOne := regexp.MustCompile(`of the %d bytes of the header|1 to %d numbers in all|the net has %d classes|minimum found in %d steps|line %d of the embedded file has %d numbers`)
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.Name() == "plots" {
			return filepath.SkipDir
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "count.go") {
			return nil
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			text, ok := n.(*ast.BasicLit)
			if !ok || text.Kind != token.STRING {
				return true
			}
			for _, m := range plural.FindAllStringSubmatch(neverOne.ReplaceAllString(text.Value, ""), -1) {
				if !verbs.MatchString(m[1]) {
					t.Errorf("%v: %q in %s: with 1 it is wrong, see Of", fset.Position(text.Pos()), m[0], text.Value)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
