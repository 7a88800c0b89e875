package exercise

import (
	"bytes"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/printer"
	"go/token"
	"go/types"
	"reflect"
	"strings"
	"testing"
)

// A mutant is a neighbor of a solution: with one term less, another sign,
// operator, constant or variable, or one statement less. Conditions of loops
// stay as they are, so that every loop ends.

// equivalent are the mutants that are right, by the line that differs, and why.
var equivalent = map[string]string{
	"g := make([]float64, len(grads[0])) → g := make([]float64, len(grads[1]))": "all samples have as many components",

	"return 0.1 / (1 - 0.9) → return 1":                                                                                        "the same number",
	"return (1 - 0.5) / math.Sqrt(1-0.99) → return (0.5) / math.Sqrt(1-0.99)":                                                  "the same number",
	"return 0.1 / math.Sqrt(1-0.99) / math.Sqrt(1-0.9*0.9/0.99) → return 1 / math.Sqrt(1-0.9*0.9/0.99)":                        "the same number",
	"return 1.5 * (math.Cos(math.Pi/6) - math.Sin(math.Pi/6)) → return 1.5 * (math.Cos(-(math.Pi / 6)) - math.Sin(math.Pi/6))": "the cosine is even",
	"return 1.5 * (math.Cos(math.Pi/6) - math.Sin(math.Pi/6)) → return 1.5 * (math.Cos(-math.Pi/6) - math.Sin(math.Pi/6))":     "the cosine is even",

	"w[i] = mean + std*draw() → w[i] = mean - std*draw()":      "the normal distribution is symmetric",
	"w[i] = mean + std*draw() → w[i] = mean + -(std * draw())": "the normal distribution is symmetric",
	"w[i] = mean + std*draw() → w[i] = mean + -std*draw()":     "the normal distribution is symmetric",
	"w[i] = mean + std*draw() → w[i] = mean + std*-draw()":     "the normal distribution is symmetric",
}

func TestMutants(t *testing.T) {
	var cells []cell
	seen := map[string]bool{}
	for _, s := range solutions(t) {
		if strings.HasPrefix(s.check, "exercise.Heal(") || seen[s.check+s.code] {
			continue
		}
		seen[s.check+s.code] = true
		code, neighbors := mutants(t, s.code)
		if len(neighbors) < 3 {
			t.Errorf("%s has %d mutants, want 3 or more", s.id, len(neighbors))
		}
		for _, m := range neighbors {
			cells = append(cells, cell{s.id + ": " + difference(code, m), m, s.check})
		}
	}
	right := map[string]bool{}
	for _, o := range run(t, cells) {
		_, line, _ := strings.Cut(o.id, ": ")
		if passes := strings.HasPrefix(o.line, "✔ "); passes && equivalent[line] == "" {
			t.Errorf("%s passes", o.id)
		} else if passes {
			right[line] = true
		}
	}
	for line := range equivalent {
		if !right[line] {
			t.Errorf("%s is no mutant that passes", line)
		}
	}
}

// difference returns the first line in which a mutant differs.
func difference(code, mutant string) string {
	was, is := strings.Split(code, "\n"), strings.Split(mutant, "\n")
	for i := range min(len(was), len(is)) {
		if was[i] != is[i] {
			return strings.TrimSpace(was[i]) + " → " + strings.TrimSpace(is[i])
		}
	}
	return "?"
}

// mutants returns the neighbors of the code that compile, and the code printed as
// they are.
func mutants(t *testing.T, code string) (printed string, all []string) {
	t.Helper()
	fset := token.NewFileSet()
	const header = "package main\nimport \"math\"\nvar _ = math.Pi\n"
	file, err := parser.ParseFile(fset, "", header+code, 0)
	if err != nil {
		t.Fatal(err)
	}
	f := file.Decls[len(file.Decls)-1].(*ast.FuncDecl)
	seen := map[string]bool{}
	keep := func() {
		var b bytes.Buffer
		if err := (&printer.Config{Mode: printer.UseSpaces | printer.TabIndent, Tabwidth: 8}).Fprint(&b, token.NewFileSet(), f); err != nil {
			t.Fatal(err)
		}
		text := b.String()
		if !seen[text] && compiles(header+text) {
			all = append(all, text)
		}
		seen[text] = true
	}
	keep()
	mutate(f, keep)
	return all[0], all[1:]
}

var imports = importer.Default()

func compiles(code string) bool {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", code, 0)
	if err != nil {
		return false
	}
	_, err = (&types.Config{Importer: imports}).Check("main", fset, []*ast.File{file}, nil)
	return err == nil
}

// mutate makes one change of f after the other, each undone after try.
func mutate(f *ast.FuncDecl, try func()) {
	var names []string
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			for _, name := range n.Names {
				names = append(names, name.Name)
			}
		case *ast.AssignStmt:
			if name, ok := n.Lhs[0].(*ast.Ident); ok && n.Tok == token.DEFINE {
				names = append(names, name.Name)
			}
		case *ast.RangeStmt:
			for _, x := range []ast.Expr{n.Key, n.Value} {
				if name, ok := x.(*ast.Ident); ok {
					names = append(names, name.Name)
				}
			}
		}
		return true
	})
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			for _, op := range operators[n.Op] {
				with(&n.Op, op, try)
			}
		case *ast.AssignStmt:
			for _, op := range assignments[n.Tok] {
				with(&n.Tok, op, try)
			}
		case *ast.Ident:
			for _, name := range names {
				with(&n.Name, name, try)
			}
		case *ast.BasicLit:
			others := []string{"0", "1", "2"}
			if n.Kind == token.STRING {
				others = []string{`""`, `"a"`, `"b"`, `"c"`, `"d"`, `"A"`}
			}
			for _, x := range others {
				if x != n.Value {
					with(&n.Value, x, try)
				}
			}
		case *ast.BlockStmt:
			for i := range n.List {
				without := append(append([]ast.Stmt{}, n.List[:i]...), n.List[i+1:]...)
				with(&n.List, without, try)
			}
		case *ast.RangeStmt:
			with(&n.Body.List, append(append([]ast.Stmt{}, n.Body.List...), &ast.BranchStmt{Tok: token.BREAK}), try)
			ast.Inspect(n.Body, visit)
			return false
		case *ast.IfStmt:
			with(&n.Cond, ast.Expr(ast.NewIdent("true")), try)
			with(&n.Cond, ast.Expr(ast.NewIdent("false")), try)
		}
		for _, place := range operands(n) {
			for _, x := range simpler(*place) {
				with(place, x, try)
			}
			if c, ok := (*place).(*ast.CallExpr); ok && types.ExprString(c.Fun) == "len" {
				continue
			}
			for _, name := range names {
				with(place, call("float64", call("len", ast.NewIdent(name))), try)
			}
		}
		return true
	}
	ast.Inspect(f.Body, visit)
}

// with tries what the place is with another value.
func with[T any](place *T, value T, try func()) {
	was := *place
	*place = value
	try()
	*place = was
}

var (
	operators = map[token.Token][]token.Token{
		token.ADD: {token.SUB, token.MUL}, token.SUB: {token.ADD}, token.MUL: {token.QUO, token.ADD}, token.QUO: {token.MUL, token.SUB},
		token.EQL: {token.NEQ, token.LSS, token.LEQ, token.GEQ}, token.LSS: {token.LEQ, token.GTR}, token.LAND: {token.LOR}, token.LOR: {token.LAND},
	}
	assignments = map[token.Token][]token.Token{
		token.ADD_ASSIGN: {token.ASSIGN, token.SUB_ASSIGN, token.MUL_ASSIGN},
		token.SUB_ASSIGN: {token.ASSIGN, token.ADD_ASSIGN, token.QUO_ASSIGN},
		token.ASSIGN:     {token.ADD_ASSIGN, token.SUB_ASSIGN},
	}
)

func call(f string, x ast.Expr) ast.Expr {
	return &ast.CallExpr{Fun: ast.NewIdent(f), Args: []ast.Expr{x}}
}

// operands returns the places of the expressions in a node.
func operands(n ast.Node) (places []*ast.Expr) {
	if n == nil {
		return nil
	}
	v := reflect.ValueOf(n).Elem()
	for i := range v.NumField() {
		switch field := v.Field(i).Addr().Interface().(type) {
		case *ast.Expr:
			if *field != nil {
				places = append(places, field)
			}
		case *[]ast.Expr:
			for k := range *field {
				places = append(places, &(*field)[k])
			}
		}
	}
	return places
}

// simpler returns what an expression is with something left out: an operand, a
// function, the brackets of an index.
func simpler(x ast.Expr) (all []ast.Expr) {
	switch x := x.(type) {
	case *ast.BinaryExpr:
		all = append(all, x.X, x.Y)
	case *ast.UnaryExpr:
		all = append(all, x.X)
	case *ast.ParenExpr:
		all = append(all, x.X)
	case *ast.CallExpr:
		all = append(all, x.Args...)
	case *ast.IndexExpr:
		all = append(all, x.Index, call("float64", x.Index))
	}
	for _, constant := range []string{"0", "1", "2"} {
		all = append(all, &ast.BasicLit{Kind: token.INT, Value: constant})
	}
	if _, literal := x.(*ast.BasicLit); !literal {
		all = append(all, &ast.UnaryExpr{Op: token.SUB, X: x})
	}
	return all
}
