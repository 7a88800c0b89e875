package exact

import (
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"math/big"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Log agrees with the logarithm of package math to 4 units in the last place.
func TestLog(t *testing.T) {
	x := []float64{1, 1 - 0x1p-53, 0x1p-53, 0.5, 0.5 + 0x1p-53, math.Sqrt2 / 2, math.Nextafter(math.Sqrt2/2, 0), math.Nextafter(math.Sqrt2/2, 1), 2.2250738585072014e-308, 1 + 0x1p-52, math.MaxFloat64}
	for i := range 100_000 {
		x = append(x, float64(i+1)/100_000, 1/float64(i*i+2), float64(i+1))
	}
	for _, x := range x {
		if got, want := Log(x), math.Log(x); math.Abs(got-want) > 0x1p-50*math.Abs(want) {
			t.Errorf("Log(%v) = %v, want %v", x, got, want)
		}
	}
	// math.Log of a subnormal number is inaccurate on some processors
	for _, k := range []int{-1023, -1040, -1074} {
		if got, want := Log(math.Ldexp(1, k)), float64(k)*math.Ln2; got != want {
			t.Errorf("Log(2^%d) = %v, want %v", k, got, want)
		}
	}
	if got := Log(math.NaN()); got == got {
		t.Errorf("Log(NaN) = %v", got)
	}
}

// Log1p agrees with the series of the logarithm in exact arithmetic where x is
// small, and with Log elsewhere.
func TestLog1p(t *testing.T) {
	for _, x := range []float64{0, 5e-324, 1e-300, 1e-17, 4.5399929762484854e-05, 1e-3, 0.01, 0.2, 0.25, math.Nextafter(0.25, 0), 0.3, 1, 9, 1e6} {
		want := math.Log(1 + x)
		if x < 0.01 {
			sum, power := new(big.Float).SetPrec(300), big.NewFloat(-1).SetPrec(300)
			for n := 1.0; n < 30; n++ { // x − x²/2 + x³/3 − …
				power.Mul(power, big.NewFloat(-x))
				sum.Add(sum, new(big.Float).Quo(power, big.NewFloat(n).SetPrec(300)))
			}
			want, _ = sum.Float64()
		}
		if got := Log1p(x); math.Abs(got-want) > 0x1p-50*want {
			t.Errorf("Log1p(%v) = %v, want %v", x, got, want)
		}
	}
	if got := Log1p(math.NaN()); got == got {
		t.Errorf("Log1p(NaN) = %v", got)
	}
}

// rounded are the functions of package math that give the same bits everywhere.
const rounded = " Abs Ceil Copysign Floor Float64bits Float64frombits Frexp Inf IsInf IsNaN Ldexp Max Min Mod NaN Round RoundToEven Signbit Sqrt Trunc "

// Packages that promise the same bits everywhere call no other function of
// package math.
func TestPackagesOfEqualBits(t *testing.T) {
	for _, name := range []string{".", "../../surface", "../../weightinit", "../../mlp"} {
		files, err := filepath.Glob(filepath.Join(name, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no files in %s: %v", name, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, spec := range f.Imports {
				if path, _ := strconv.Unquote(spec.Path.Value); path == "math" && spec.Name != nil {
					t.Errorf("%s: package math has another name, so that this test does not see it", file)
				}
			}
			ast.Inspect(f, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				if f, ok := call.Fun.(*ast.SelectorExpr); ok {
					if p, ok := f.X.(*ast.Ident); ok && p.Name == "math" && !strings.Contains(rounded, " "+f.Sel.Name+" ") {
						t.Errorf("%v: math.%s differs from processor to processor", fset.Position(call.Pos()), f.Sel.Name)
					}
				}
				return true
			})
		}
	}
}
