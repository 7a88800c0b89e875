package optim_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"descent/pkg/optim"
	"descent/pkg/optim/schedule"
)

// readmeNew makes each optimizer of README.md from an argument x. Fields that
// do not depend on x are its defaults.
var readmeNew = map[string]func(x float64) optim.Optimizer{
	"SGD":           func(x float64) optim.Optimizer { return optim.NewSGD(x) },
	"Momentum":      func(x float64) optim.Optimizer { return optim.NewMomentum(x) },
	"Nesterov":      func(x float64) optim.Optimizer { return optim.NewNesterov(x) },
	"AdaGrad":       func(x float64) optim.Optimizer { return optim.NewAdaGrad(x) },
	"RMSProp":       func(x float64) optim.Optimizer { return optim.NewRMSProp(x) },
	"Adam":          func(x float64) optim.Optimizer { return optim.NewAdam(x) },
	"AdamAsWritten": func(x float64) optim.Optimizer { return optim.NewAdamAsWritten(x) },
	"AdamW":         func(x float64) optim.Optimizer { return optim.NewAdamW(x) },
	"AMSGrad":       func(x float64) optim.Optimizer { return optim.NewAMSGrad(x) },
	"Adamax":        func(x float64) optim.Optimizer { return optim.NewAdamax(x) },
	"AdaDelta":      func(x float64) optim.Optimizer { return optim.NewAdaDelta(x) },
	"NAdam":         func(x float64) optim.Optimizer { return optim.NewNAdam(x) },
	"RAdam":         func(x float64) optim.Optimizer { return optim.NewRAdam(x) },
	"AdaBelief":     func(x float64) optim.Optimizer { return optim.NewAdaBelief(x) },
	"Yogi":          func(x float64) optim.Optimizer { return optim.NewYogi(x) },
	"Lion":          func(x float64) optim.Optimizer { return optim.NewLion(x) },
	"Rprop":         func(x float64) optim.Optimizer { return optim.NewRprop(x) },
	"ASGD":          func(x float64) optim.Optimizer { return optim.NewASGD(x) },
	"Adafactor":     func(x float64) optim.Optimizer { return optim.NewAdafactor(x) },
	"Muon":          func(x float64) optim.Optimizer { return optim.NewMuon(x) },
	"SparseAdam":    func(x float64) optim.Optimizer { return optim.NewSparseAdam(x) },
	"LARS":          func(x float64) optim.Optimizer { return optim.NewLARS(x) },
	"LAMB":          func(x float64) optim.Optimizer { return optim.NewLAMB(x) },

	"Lookahead":  func(x float64) optim.Optimizer { return optim.NewLookahead(optim.NewSGD(x)) },
	"L2":         func(x float64) optim.Optimizer { return optim.NewL2(optim.NewSGD(x), x) },
	"Decoupled":  func(x float64) optim.Optimizer { return optim.NewDecoupled(optim.NewSGD(x), &x, x) },
	"ClipValue":  func(x float64) optim.Optimizer { return optim.NewClipValue(optim.NewSGD(x), x) },
	"ClipNorm":   func(x float64) optim.Optimizer { return optim.NewClipNorm(optim.NewSGD(x), x) },
	"Accumulate": func(x float64) optim.Optimizer { return optim.NewAccumulate(optim.NewSGD(x), int(x)) },
	"EMA":        func(x float64) optim.Optimizer { return optim.NewEMA(optim.NewSGD(x), x) },
	"SWA":        func(x float64) optim.Optimizer { return optim.NewSWA(optim.NewSGD(x), int(x), int(x)) },
	"Groups":     func(x float64) optim.Optimizer { return optim.NewGroups(optim.Part{Len: int(x)}) },
	"Follow": func(x float64) optim.Optimizer {
		return optim.NewFollow(optim.NewSGD(x), &x, schedule.Constant{Value: x})
	},
}

// readmeFields returns the fields of a struct that are set, as Go writes them,
// without those that differ in other.
func readmeFields(opt, other any) string {
	var set []string
	v, w := reflect.ValueOf(opt).Elem(), reflect.ValueOf(other).Elem()
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() || v.Field(i).IsZero() || !reflect.DeepEqual(v.Field(i).Interface(), w.Field(i).Interface()) {
			continue
		}
		set = append(set, f.Name+": "+readmeValue(v.Field(i).Interface()))
	}
	return strings.Join(set, ", ")
}

func readmeValue(x any) string {
	switch x := x.(type) {
	case float64:
		return strings.ReplaceAll(strconv.FormatFloat(x, 'g', -1, 64), "e-0", "e-")
	case [3]float64:
		return fmt.Sprintf("[3]float64{%v, %v, %v}", x[0], x[1], x[2])
	case []optim.Shape:
		return "shapes"
	case optim.Correction:
		return map[optim.Correction]string{optim.EtaT: "optim.EtaT", optim.Uncorrected: "optim.Uncorrected"}[x]
	case optim.MuonScale:
		return map[optim.MuonScale]string{optim.ScaleRMS: "optim.ScaleRMS", optim.ScaleSpectral: "optim.ScaleSpectral", optim.ScaleNone: "optim.ScaleNone"}[x]
	}
	return fmt.Sprint(x)
}

// readmePackage is what the sources of the package say.
type readmePackage struct {
	docs      map[string]string   // of each exported type
	fields    map[string][]string // exported ones of each exported struct
	file      map[string]string   // where each exported type is
	methods   map[string][]string // of each exported type
	presets   []string            // names in the cases of func preset
	testLines string              // all lines of the tests, without indentation
}

func readmeSources(t *testing.T, dir string) readmePackage {
	t.Helper()
	p := readmePackage{map[string]string{}, map[string][]string{}, map[string]string{}, map[string][]string{}, nil, ""}
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	set := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			p.testLines += readmeTrimmed(string(text))
			continue
		}
		file, err := parser.ParseFile(set, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Name.Name != "preset" || f.Recv != nil {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if c, ok := n.(*ast.CaseClause); ok {
					for _, x := range c.List {
						if s, err := strconv.Unquote(x.(*ast.BasicLit).Value); err == nil {
							p.presets = append(p.presets, s)
						}
					}
				}
				return true
			})
		}
	}
	pkg, err := doc.NewFromFiles(set, files, "descent/pkg/"+dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, typ := range pkg.Types {
		p.docs[typ.Name] = typ.Doc
		p.file[typ.Name] = set.Position(typ.Decl.Pos()).Filename
		for _, m := range typ.Methods {
			p.methods[typ.Name] = append(p.methods[typ.Name], m.Name)
		}
		if s, ok := typ.Decl.Specs[0].(*ast.TypeSpec).Type.(*ast.StructType); ok {
			for _, f := range s.Fields.List {
				for _, n := range f.Names {
					if n.IsExported() {
						p.fields[typ.Name] = append(p.fields[typ.Name], n.Name)
					}
				}
			}
		}
	}
	return p
}

// with returns the types that have the method.
func (p readmePackage) with(method string) []string {
	var types []string
	for name, methods := range p.methods {
		if slices.Contains(methods, method) {
			types = append(types, name)
		}
	}
	slices.Sort(types)
	return types
}

func readmeTrimmed(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, "\n")
}

// readmeTable returns the rows of the table below a heading of README.md, by
// the name in their first cell. Each row has its file first, if it is linked.
func readmeTable(t *testing.T, heading string) map[string][]string {
	t.Helper()
	_, section, ok := strings.Cut(readmeText(t), "\n## "+heading+"\n")
	if !ok {
		t.Fatalf("README.md has no section %q", heading)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	rows := map[string][]string{}
	for line := range strings.Lines(section) {
		line = strings.ReplaceAll(strings.TrimSpace(line), `\|`, "│")
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "|---") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(strings.ReplaceAll(cells[i], "│", "|"))
		}
		name := cells[0]
		if m := regexp.MustCompile(`^\[(.*?)\]\((.*?)\)$`).FindStringSubmatch(name); m != nil {
			name, cells[0] = m[1], m[2]
		}
		name = strings.Trim(name, "`")
		if rows[name] != nil {
			t.Errorf("README.md, %s: %s has two rows", heading, name)
		}
		rows[name] = cells
	}
	for name, cells := range rows { // the head
		if len(cells) < 2 || name == "name" || name == "method" || name == "wrapper" || name == "schedule" {
			delete(rows, name)
		}
	}
	return rows
}

func readmeText(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var readmeSource = regexp.MustCompile(`arXiv:\d{4}\.\d{5}|doi:10\.[^\s\]]+[\w)-]|PMLR \d+\(\d+\)|JMLR \d+|openreview\.net/forum\?id=\w+|kellerjordan\.github\.io/posts/\w+`)

// readmeRow holds one row against the documentation of its type: the file, each
// line of the formula, and the sources.
func readmeRow(t *testing.T, p readmePackage, name string, cells []string) {
	t.Helper()
	if cells[0] != p.file[name] {
		t.Errorf("%s: linked is %s, the type is in %s", name, cells[0], p.file[name])
	}
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	text := squeeze(p.docs[name])
	for _, line := range regexp.MustCompile("`(.*?)`").FindAllStringSubmatch(cells[1], -1) {
		if !strings.Contains(text, squeeze(line[1])) {
			t.Errorf("%s: the formula %q is not in its documentation", name, line[1])
		}
	}
	if !strings.Contains(cells[1], "`") && strings.Contains(p.docs[name], "\n\t") {
		t.Errorf("%s: its row has no formula", name)
	}
	in := func(s string) []string {
		found := readmeSource.FindAllString(s, -1)
		slices.Sort(found)
		return slices.Compact(found)
	}
	if got, want := in(cells[len(cells)-1]), in(squeeze(p.docs[name])); !slices.Equal(got, want) {
		t.Errorf("%s: sources %q, in its documentation %q", name, got, want)
	}
}

// Every optimizer has a row in one of two tables, with the formula of its
// documentation, the defaults of its constructor, names that the frameworks
// have, and the sources of its documentation.
func TestReadmeMethods(t *testing.T) {
	p := readmeSources(t, ".")
	known := readmeFrameworkNames(t)
	rows := readmeTable(t, "Methods")
	wrappers := readmeTable(t, "Wrappers")
	for name := range wrappers {
		if rows[name] != nil {
			t.Errorf("%s stands in both tables", name)
		}
	}
	maps.Copy(rows, wrappers)
	if got, want := slices.Sorted(maps.Keys(rows)), p.with("Step"); !slices.Equal(got, want) {
		t.Fatalf("README.md has rows for %q, the package has %q", got, want)
	}
	for name, cells := range rows {
		if len(cells) != 5 {
			t.Errorf("%s: %d cells, want 5", name, len(cells))
			continue
		}
		readmeRow(t, p, name, cells)
		if readmeNew[name] == nil {
			t.Errorf("%s: readmeNew lacks it", name)
			continue
		}
		want := readmeFields(readmeNew[name](2), readmeNew[name](4))
		if want != "" {
			want = "`" + want + "`"
		}
		if cells[2] != want {
			t.Errorf("%s: defaults %s, the constructor sets %s", name, cells[2], want)
		}
		for _, m := range regexp.MustCompile("`((?:torch|keras|optax)\\.[\\w.]+)`").FindAllStringSubmatch(cells[3], -1) {
			if !known[m[1]] {
				t.Errorf("%s: %s has no trace in testdata", name, m[1])
			}
		}
	}
}

// readmeFrameworkNames are those in testdata, whose traces the package is held
// against.
func readmeFrameworkNames(t *testing.T) map[string]bool {
	t.Helper()
	known := map[string]bool{}
	for _, file := range []string{"testdata/golden.json", "schedule/testdata/golden.json"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var all struct{ Cases []struct{ Key string } }
		if err := json.Unmarshal(data, &all); err != nil {
			t.Fatal(err)
		}
		for _, c := range all.Cases {
			known[c.Key] = true
		}
	}
	return known
}

// The table of schedules has a row for each type with At, with the formula and
// the fields that it has.
func TestReadmeSchedules(t *testing.T) {
	p := readmeSources(t, "schedule")
	known := readmeFrameworkNames(t)
	rows := readmeTable(t, "Schedules")
	if got, want := slices.Sorted(maps.Keys(rows)), p.with("At"); !slices.Equal(got, want) {
		t.Fatalf("README.md has rows for %q, the package has %q", got, want)
	}
	for name, cells := range rows {
		if len(cells) != 7 {
			t.Errorf("%s: %d cells, want 7", name, len(cells))
			continue
		}
		readmeRow(t, p, name, cells)
		if want := "`" + strings.Join(p.fields[name], ", ") + "`"; len(p.fields[name]) > 0 && cells[2] != want {
			t.Errorf("%s: fields %s, want %s", name, cells[2], want)
		}
		for i, framework := range []string{"torch", "keras", "optax"} {
			for _, m := range regexp.MustCompile("`([\\w.]+)`").FindAllStringSubmatch(cells[3+i], -1) {
				if !known[framework+"."+m[1]] {
					t.Errorf("%s: %s.%s has no trace in testdata", name, framework, m[1])
				}
			}
		}
	}
}

// The presets of the table are those of Preset, with the literal and the
// learning rate that they stand for, and each reproduces the framework.
func TestReadmePresets(t *testing.T) {
	p := readmeSources(t, ".")
	rows := readmeTable(t, "Presets")
	slices.Sort(p.presets)
	if got := slices.Sorted(maps.Keys(rows)); !slices.Equal(got, p.presets) {
		t.Fatalf("README.md has the presets %q, Preset knows %q", got, p.presets)
	}
	for name, cells := range rows {
		opt, err := optim.Preset(name, 2, optim.Shape{Rows: 200, Cols: 300})
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		other, _ := optim.Preset(name, 2, optim.Shape{Rows: 200, Cols: 300})
		want := fmt.Sprintf("`&%s{%s}`", strings.TrimPrefix(fmt.Sprintf("%T", opt), "*"), readmeFields(opt, other))
		if want = strings.Replace(want, "LR: 2", "LR: lr", 1); cells[2] != want {
			t.Errorf("%s: literal %s, want %s", name, cells[2], want)
		}
	}

	all := readTraces(t)
	held := map[string]bool{}
	for _, c := range all.Cases {
		if c.Options != "" && !regexp.MustCompile(`^learning_rate=[\d.]+$`).MatchString(c.Options) || strings.Contains(c.Key, "_utils.") {
			continue
		}
		if last := c.Shapes[len(c.Shapes)-1]; strings.HasSuffix(strings.ToLower(c.Key), "muon") && len(last) == 1 {
			continue // vectors get another method there
		}
		lr := c.LR
		if lr == 0 {
			lr = 1 // optax.adafactor without one
		}
		opt, err := optim.Preset(c.Key, lr, c.shapes()...)
		if err != nil {
			t.Errorf("testdata/golden.json has %s with its defaults, but: %v", c.Key, err)
			continue
		}
		held[c.Key] = true
		if want := fmt.Sprint(c.LR); c.Options == "" && !strings.HasPrefix(c.Key, "optax") && rows[c.Key][1] != want {
			t.Errorf("%s: learning rate %s, testdata/golden.json has %s", c.Key, rows[c.Key][1], want)
		}
		if strings.HasPrefix(c.Key, "optax") && rows[c.Key][1] != "none" {
			t.Errorf("%s: learning rate %s, optax has none", c.Key, rows[c.Key][1])
		}
		w := slices.Clone(all.Start)
		for i, grad := range all.Grads {
			if err := step(opt, w, grad, c, i); err != nil {
				t.Fatalf("%s: %v", c.Key, err)
			}
			if d := distance(w, c.W[i]); !(d <= c.Tol) {
				t.Errorf("Preset(%q, %v) %v differs by %.2g at step %d, allowed is %.2g", c.Key, lr, c.Shapes, d, i+1, c.Tol)
				break
			}
		}
	}
	for name := range rows {
		if !held[name] {
			t.Errorf("testdata/golden.json has no trace of %s with its defaults", name)
		}
	}
}

// In the table of ε every number stands in the preset or in the constructor of
// its column.
func TestReadmeEpsilon(t *testing.T) {
	columns := []string{"", "torch.optim.", "keras.optimizers.", "optax."}
	for name, cells := range readmeTable(t, "Which ε stands where") {
		if len(cells) != 5 {
			t.Errorf("%s: %d cells, want 5", name, len(cells))
			continue
		}
		for i, cell := range cells[1:] {
			var opt optim.Optimizer = readmeNew[name](2)
			if i > 0 {
				opt = nil
				for preset := range readmeTable(t, "Presets") {
					if o, _ := optim.Preset(preset, 2, optim.Shape{Rows: 200, Cols: 300}); strings.HasPrefix(preset, columns[i]) && fmt.Sprintf("%T", o) == "*optim."+name && preset != "optax.sign_sgd" {
						opt = o
					}
				}
				if opt == nil && name == "AMSGrad" { // amsgrad=True of Adam
					opt, _ = optim.Preset(columns[i]+"Adam", 2)
				}
			}
			numbers := regexp.MustCompile(`\d+(?:\.\d+)?e-\d+|0\.\d+`).FindAllString(cell, -1)
			if (opt == nil) != (cell == "") {
				t.Errorf("%s, column %d: %q, but there is %v", name, i+1, cell, opt)
			}
			if opt == nil {
				continue
			}
			var all []string // all ε, and what the accumulator starts at
			for _, f := range []string{"Eps", "EpsRoot", "EpsInside", "EpsOutside", "Eps1", "Floor", "Initial"} {
				if v := reflect.ValueOf(opt).Elem().FieldByName(f); v.IsValid() && !v.IsZero() {
					all = append(all, readmeValue(v.Float()))
				}
			}
			slices.Sort(all)
			slices.Sort(numbers)
			if !slices.Equal(slices.Compact(numbers), slices.Compact(all)) {
				t.Errorf("%s, column %d: the numbers are %q, those of %v are %q", name, i+1, numbers, opt, all)
			}
		}
	}
}

// Programs stand in a test as they stand in README.md, and linked files exist.
func TestReadmeProgramsAndLinks(t *testing.T) {
	p := readmeSources(t, ".")
	text := readmeText(t)
	programs := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(text, -1)
	if len(programs) == 0 {
		t.Error("README.md shows no program")
	}
	for _, m := range programs {
		if !strings.Contains(p.testLines, readmeTrimmed(m[1])) {
			t.Errorf("README.md has a program that stands in no test:\n%s", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`\]\(([^)]*)\)`).FindAllStringSubmatch(text, -1) {
		if strings.HasPrefix(m[1], "https://") {
			continue
		}
		if section, ok := strings.CutPrefix(m[1], "#"); ok {
			if !strings.Contains(strings.ToLower(text), "\n## "+section+"\n") {
				t.Errorf("README.md links to a section %q that it has not", section)
			}
			continue
		}
		if _, err := os.Stat(m[1]); err != nil {
			t.Errorf("README.md links to %s: %v", m[1], err)
		}
	}
}
