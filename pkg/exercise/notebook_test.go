package exercise

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// solution is a solution that a notebook shows, with its check.
type solution struct {
	id          string // as in "en/05_adam ex2"
	code, prose string
	check       string // as in "exercise.BiasedMean(fifth)"
}

var (
	codeBlock = regexp.MustCompile("(?s)```go\n(.*?)```")
	checkCall = regexp.MustCompile(`(?m)^exercise\..*$`)
	function  = regexp.MustCompile(`(?m)^func (\w+)\(`)
)

// solutions reads those of all notebooks.
func solutions(t *testing.T) []solution {
	t.Helper()
	files, err := filepath.Glob("../../notebooks/??/*.ipynb")
	if err != nil || len(files) == 0 {
		t.Fatalf("notebooks: %v, error %v", files, err)
	}
	var all []solution
	for _, file := range files {
		var notebook struct {
			Cells []struct {
				Metadata struct{ Tags []string }
				Source   []string
			}
		}
		text, err := os.ReadFile(file)
		if err == nil {
			err = json.Unmarshal(text, &notebook)
		}
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		checks := map[string]string{}
		for _, c := range notebook.Cells {
			source, tags := strings.Join(c.Source, ""), c.Metadata.Tags
			switch {
			case slices.Contains(tags, "check"):
				checks[tags[1]] = checkCall.FindString(source)
			case slices.Contains(tags, "solution"):
				dir, name := filepath.Split(file)
				s := solution{
					id:    fmt.Sprintf("%s/%s %s", filepath.Base(dir), strings.TrimSuffix(name, ".ipynb"), tags[1]),
					prose: codeBlock.ReplaceAllString(source, ""),
					check: checks[tags[1]],
				}
				if block := codeBlock.FindStringSubmatch(source); block != nil {
					s.code = block[1]
				}
				if s.code == "" || s.check == "" {
					t.Errorf("%s: code %q, check %q", s.id, s.code, s.check)
				}
				all = append(all, s)
			}
		}
	}
	return all
}

// renamed gives the functions of a cell names of their own, in code and calls.
func renamed(code, calls, suffix string) (string, string) {
	for _, name := range function.FindAllStringSubmatch(code, -1) {
		word := regexp.MustCompile(`\b` + name[1] + `\b`)
		code, calls = word.ReplaceAllString(code, name[1]+suffix), word.ReplaceAllString(calls, name[1]+suffix)
	}
	return code, calls
}

// cell is code of a program, and the calls of main that print what a check says
// of it.
type cell struct{ id, code, calls string }

// outcome is the first line that a check prints of the cell with the id.
type outcome struct{ id, line string }

// run runs one program with all cells.
func run(t *testing.T, cells []cell) []outcome {
	t.Helper()
	dir := t.TempDir()
	write := func(name, code string) string {
		imports := "import (\n"
		for _, path := range []string{"fmt", "math", "slices", "descent/pkg/exercise", "descent/pkg/lang", "descent/pkg/mlp", "descent/pkg/optim", "descent/pkg/weightinit"} {
			if regexp.MustCompile(`\b` + filepath.Base(path) + `\.`).MatchString(code) {
				imports += fmt.Sprintf("%q\n", path)
			}
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("package main\n\n"+imports+")\n\n"+code), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	args, calls := []string{"run", "-ldflags=-s"}, "lang.Lang = \"en\"\n"
	for i, c := range cells {
		code, call := renamed(c.code, c.calls, fmt.Sprintf("_%d", i))
		args = append(args, write(fmt.Sprintf("cell%d.go", i), code))
		calls += fmt.Sprintf("fmt.Println(%q)\n%s\n", "\x00"+c.id, call)
	}
	args = append(args, write("main.go", "func main() {\n"+calls+"}\n"+
		`// judge prints what a check says of numbers that stand in the solution of f and are close to it.
func judge(check func(any), f func() float64, id string, printed ...float64) {
	for _, x := range printed {
		if x != f() && math.Abs(x-f()) < 0.02*math.Abs(f()) {
			fmt.Printf("\x00%s, %v\n", id, x)
			check(func() float64 { return x })
		}
	}
}
`))
	text, err := exec.Command("go", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("error %v, printed\n%.2000s", err, text)
	}
	var all []outcome
	for _, part := range strings.Split(string(text), "\x00")[1:] {
		lines := strings.SplitN(part, "\n", 3)
		all = append(all, outcome{lines[0], lines[1]})
	}
	if len(all) < len(cells) {
		t.Fatalf("the program ends after %d of %d cells: %v", len(all), len(cells), all[len(all)-1])
	}
	return all
}

var printedNumber = regexp.MustCompile(`-?\d+(\.\d+)?`)

// What a notebook shows as the solution is right, and so is the number that its
// text prints, rounded as it is. Where that is to be rounded up, it is not.
func TestSolutions(t *testing.T) {
	var cells []cell
	seen := map[string]bool{}
	for _, s := range solutions(t) {
		calls := s.check
		name, f, _ := strings.Cut(strings.TrimSuffix(s.check, ")"), "(")
		if strings.Contains(s.code, "func "+f+"() float64") && !strings.Contains(s.code, "math.Ceil") {
			calls += fmt.Sprintf("\njudge(%s, %s, %q, %s)", name, f, s.id, strings.Join(printedNumber.FindAllString(s.prose, -1), ", "))
		} else if seen[s.check+s.code] { // the same in both languages
			continue
		}
		seen[s.check+s.code] = true
		cells = append(cells, cell{s.id, s.code, calls})
	}
	outcomes := run(t, cells)
	for _, v := range outcomes {
		if !strings.HasPrefix(v.line, "✔ ") {
			t.Errorf("%s gets %q", v.id, v.line)
		}
	}
	if rounded := len(outcomes) - len(cells); rounded < 8 {
		t.Errorf("%d rounded numbers of the notebooks are tried, want 8 or more", rounded)
	}
}
