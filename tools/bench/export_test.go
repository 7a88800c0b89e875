package bench

import (
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The course's HTML, which JupyterLab's menu makes, has the alternative text of
// each figure, which nbconvert's own leaves out, and code that wraps on paper.
func TestExport(t *testing.T) {
	lesson := filepath.Join("testdata", "ko", "00_fixture.ipynb")
	nb, err := readNotebook(lesson)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cmd := exec.Command(filepath.Join("..", "..", ".descent", "bin", "lab"), "run", "--", "python", "-m", "nbconvert", "--to", "html", "--template", "descent",
		"--TemplateExporter.extra_template_basedirs="+filepath.Join("..", "export"), "--output-dir", dir, "--output", "page.html", lesson)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	file, err := os.ReadFile(filepath.Join(dir, "page.html"))
	if err != nil {
		t.Fatal(err)
	}
	page := string(file)
	figures := 0
	for _, c := range nb.Cells {
		for _, o := range c.Outputs {
			if o.data("image/png") == "" {
				continue
			}
			figures++
			if want := `<img alt="` + html.EscapeString(o.data("text/plain")) + `"`; !strings.Contains(page, want) {
				t.Errorf("cell %s: the page lacks %q", c.ID, want)
			}
		}
	}
	if figures == 0 {
		t.Fatal("the lesson has no figures")
	}
	for _, want := range []string{"pre-wrap !important", "d.open = true"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(page, "No description has been provided") {
		t.Error("an image has no alternative text")
	}
}
