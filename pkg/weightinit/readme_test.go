package weightinit

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// others are the initializers of the README that are not in laws.
var others = map[string]Initializer{
	"NewZeros()":              NewZeros(),
	"NewConstant(0.1)":        NewConstant(0.1),
	"NewOrthogonal(GainReLU)": NewOrthogonal(GainReLU),
	"NewSparse(0.9, 0.01)":    NewSparse(0.9, 0.01),
	"NewIdentity(1)":          NewIdentity(1),
}

// measured is what frameworks.json holds of an initializer of PyTorch, Keras
// or JAX, as frameworks.py found it.
type measured struct {
	Kind                                     string
	Mean, Std, Low, High, Value, Gain, Zeros float64
}

type frameworks struct {
	Torch, Keras, JAX map[string]measured
	Gain              map[string]float64
	GainLeakyReLU     map[string]float64 `json:"gain leaky_relu"`
}

func readFrameworks(t *testing.T) (f frameworks) {
	t.Helper()
	b, err := os.ReadFile("testdata/frameworks.json")
	if err == nil {
		err = json.Unmarshal(b, &f)
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// agrees reports whether a framework draws from the law.
func (m measured) agrees(l law) bool {
	switch m.Kind {
	case "uniform":
		return l.std == 0 && near(m.Low, l.low) && near(m.High, l.high)
	case "normal":
		return near(m.Mean, l.mean) && near(m.Std, l.std) && math.IsInf(l.low, -1) && math.IsInf(l.high, 1)
	case "truncated":
		return near(m.Mean, l.mean) && near(m.Std, l.std) && near(m.Low, l.low) && near(m.High, l.high)
	}
	return false
}

// agreesWith reports whether a framework does the same with 50 inputs and 30
// units as an initializer that has no law.
func (m measured) agreesWith(init Initializer) bool {
	w := make([]float64, 50*30)
	init.Fill(w, 50, 30, rand.NewPCG(1, 2))
	zeros, sq := 0, 0.0
	for i, x := range w {
		if x == 0 && i%30 == 0 {
			zeros++
		}
		sq += x * x
	}
	switch m.Kind {
	case "constant":
		return w[0] == m.Value && w[1] == m.Value
	case "identity":
		return w[0] == m.Gain && w[1] == 0 && w[31] == m.Gain
	case "orthogonal":
		return math.Abs(sq-30*m.Gain*m.Gain) < 1e-12 // 30 singular values
	case "sparse":
		return zeros == int(m.Zeros) && math.Abs(sq/150/(m.Std*m.Std)-1) < 4.5*math.Sqrt(2.0/150)
	}
	return false
}

// Each row of the table in the README names an initializer, its standard
// deviation and range at the fans of 50 and 30, and expressions of the
// frameworks that do the same.
func TestREADME(t *testing.T) {
	doc, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	f := readFrameworks(t)
	named, used := map[string]bool{}, map[string]bool{}
	for line := range strings.Lines(string(doc)) {
		cells := strings.Split(line, "|")
		if len(cells) < 3 || !strings.HasPrefix(cells[1], " `") {
			continue
		}
		if len(cells) != 10 {
			t.Errorf("a row has %d cells: %s", len(cells)-2, line)
			continue
		}
		for i := range cells {
			cells[i] = strings.Trim(cells[i], " `")
		}
		name := cells[1]
		named[name] = true
		c, random := laws[name]
		init, other := others[name]
		if !random && !other {
			t.Errorf("%s is in the README, but not in the tests", name)
			continue
		}
		std, limit := "", "" // as the README prints them
		switch {
		case random:
			_, s := c.law.moments()
			std, limit = fmt.Sprintf("%.4g", s), fmt.Sprintf("%.4g", c.law.high)
			if math.IsInf(c.law.high, 1) {
				limit = ""
			}
		case strings.HasPrefix(name, "NewOrthogonal"):
			std = fmt.Sprintf("%.4g", math.Sqrt2/math.Sqrt(50)) // 30 unit vectors of length √2 in 1500 numbers
		case strings.HasPrefix(name, "NewSparse"):
			std = fmt.Sprintf("%.4g", 0.01*math.Sqrt(0.1))
		default:
			w := make([]float64, 50*30)
			init.Fill(w, 50, 30, nil)
			limit = fmt.Sprint(w[0])
			if w[1] == w[0] {
				std = "0"
			}
		}
		if cells[3] != std || cells[4] != limit {
			t.Errorf("%s: the README says std %q and range %q, true is %q and %q", name, cells[3], cells[4], std, limit)
		}
		for i, framework := range []map[string]measured{f.Torch, f.Keras, f.JAX} {
			expression := cells[5+i]
			if expression == "" {
				continue
			}
			used[fmt.Sprint(i, expression)] = true
			m, ok := framework[expression]
			if !ok {
				t.Errorf("%s: %s is not in frameworks.json", name, expression)
			} else if random && !m.agrees(c.law) || other && !m.agreesWith(init) {
				t.Errorf("%s: %s of the frameworks is %+v", name, expression, m)
			}
		}
	}
	for name := range others {
		if !named[name] {
			t.Errorf("%s is not in the README", name)
		}
	}
	if n := len(f.Torch) + len(f.Keras) + len(f.JAX); len(used) != n {
		t.Errorf("the README uses %d expressions, frameworks.json has %d", len(used), n)
	}
}

// Every constructor of the package is in the README, and the expressions by
// which laws and others are known are their source.
func TestNames(t *testing.T) {
	doc, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	constructors, expressions := 0, 0
	fset := token.NewFileSet()
	for _, name := range files {
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if strings.HasPrefix(n.Name.Name, "New") {
					constructors++
					if !strings.Contains(string(doc), "| `"+n.Name.Name+"(") {
						t.Errorf("%s is not in the README", n.Name.Name)
					}
				}
			case *ast.ValueSpec:
				if name := n.Names[0].Name; name != "laws" && name != "others" {
					return false
				}
				for _, e := range n.Values[0].(*ast.CompositeLit).Elts {
					expressions++
					kv := e.(*ast.KeyValueExpr)
					value := kv.Value
					if entry, ok := value.(*ast.CompositeLit); ok && entry.Type == nil {
						value = entry.Elts[0]
					}
					var source strings.Builder
					if err := printer.Fprint(&source, fset, value); err != nil {
						t.Fatal(err)
					}
					if key := kv.Key.(*ast.BasicLit).Value; key != `"`+source.String()+`"` {
						t.Errorf("%s stands for %s", key, source.String())
					}
				}
			}
			return true
		})
	}
	if constructors < 18 || expressions != len(laws)+len(others) {
		t.Errorf("%d constructors and %d expressions found", constructors, expressions)
	}
}

// The constants are the doubles that calculate_gain of PyTorch returns.
func TestGains(t *testing.T) {
	f := readFrameworks(t)
	for name, gain := range map[string]float64{
		"linear": GainLinear, "conv2d": GainLinear, "sigmoid": GainSigmoid, "tanh": GainTanh,
		"relu": GainReLU, "selu": GainSELU, "leaky_relu": GainLeakyReLU(0.01),
	} {
		if f.Gain[name] != gain {
			t.Errorf("the gain of %s is %v, in PyTorch %v", name, gain, f.Gain[name])
		}
	}
	if len(f.Gain) != 7 || len(f.GainLeakyReLU) != 5 {
		t.Errorf("frameworks.json has %d gains and %d of leaky ReLU", len(f.Gain), len(f.GainLeakyReLU))
	}
	for slope, want := range f.GainLeakyReLU {
		var s float64
		if _, err := fmt.Sscan(slope, &s); err != nil || GainLeakyReLU(s) != want {
			t.Errorf("the gain of leaky ReLU of slope %s is %v, in PyTorch %v", slope, GainLeakyReLU(s), want)
		}
	}
}

// 1/√fanIn, whatever the fans: what is left of √5.
func TestTorchLinear(t *testing.T) {
	for _, fanIn := range []int{1, 2, 50, 784, 1000003} {
		w := []float64{0}
		NewTorchLinear().Fill(w, fanIn, 10, &script{0})
		if want := -1 / math.Sqrt(float64(fanIn)); !near(w[0], want) {
			t.Errorf("fanIn %d: the lowest weight is %v, want %v", fanIn, w[0], want)
		}
	}
}
