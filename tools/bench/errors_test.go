package bench

import (
	"fmt"
	"html"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	tableMessage = regexp.MustCompile("(?m)^\\| `([^`]+)` \\|")
	goBlock      = regexp.MustCompile("(?s)```go\n(.*?)```")
)

// The kernel answers each broken cell that lesson 00 shows with the message
// that stands in its table, in the same order.
func TestErrorMessages(t *testing.T) {
	for _, nb := range lessons(t).notebooks() {
		table, broken := nb.cell("errors"), nb.cell("broken")
		if table == nil || broken == nil {
			continue
		}
		t.Run(nb.String(), func(t *testing.T) {
			t.Parallel()
			messages := tableMessage.FindAllStringSubmatch(string(table.Source), -1)
			blocks := goBlock.FindAllStringSubmatch(string(broken.Source), -1)
			if len(messages) == 0 || len(messages) != len(blocks) {
				t.Fatalf("%d messages and %d broken cells", len(messages), len(blocks))
			}
			cells := &Notebook{}
			for i, b := range blocks {
				cells.Cells = append(cells.Cells, &Cell{ID: fmt.Sprint("broken", i), Type: "code", Source: text(b[1])})
			}
			in := filepath.Join(t.TempDir(), nb.Lang, nb.Name+".ipynb")
			if err := cells.write(in); err != nil {
				t.Fatal(err)
			}
			came, err := descent.run(in, scratch("broken", nb.Lang, nb.Name+".ipynb"), false)
			if err != nil {
				t.Fatal(err)
			}
			for i, c := range came.Cells {
				if said := everything(c); !c.failed() || !strings.Contains(said, messages[i][1]) {
					t.Errorf("%s promises %q for\n%s\nbut the kernel says\n%s", nb, messages[i][1], c.Source, said)
				}
			}
		})
	}
}

// everything returns all text that the cell put out.
func everything(c *Cell) string {
	var b strings.Builder
	for _, o := range c.Outputs {
		b.WriteString(string(o.Text) + o.Value + html.UnescapeString(o.data("text/html")))
	}
	return b.String()
}
