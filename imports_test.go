package descent_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The packages import each other as docs/design.md says.
func TestImports(t *testing.T) {
	allowed := map[string]string{
		"pkg/optim": "", "pkg/surface": "", "pkg/weightinit": "", "pkg/digits": "", "pkg/lang": "",
		"pkg/optim/schedule": "optim",
		"pkg/mlp":            "digits optim weightinit",
		"pkg/exercise":       "digits lang mlp optim weightinit",
		"pkg/plots":          "digits lang mlp optim surface weightinit",
	}
	for pkg, want := range allowed {
		out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, "./"+pkg).Output()
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for path := range strings.Lines(string(out)) {
			if name, ok := strings.CutPrefix(strings.TrimSpace(path), "descent/pkg/"); ok && !strings.Contains(name, "internal/") {
				got = append(got, name)
			} else if strings.HasPrefix(path, "descent/tools") {
				t.Errorf("%s imports the tool %s", pkg, strings.TrimSpace(path))
			}
		}
		if !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s imports %v, docs/design.md says %v", pkg, got, strings.Fields(want))
		}
	}
}
