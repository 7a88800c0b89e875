package surface_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"descent/pkg/surface"
)

// tested holds the surfaces of the package and some made of them.
func tested() []*surface.Surface {
	return append(surface.All(),
		surface.Bowl(0.3, 0.7),
		surface.Ravine.Rotate(30),
		surface.Ravine.Shift(3, 1),
		surface.Beale.Rotate(-110).Shift(-1.5, 0.25),
		surface.Himmelblau.Shift(1, -2).Rotate(200),
		surface.Rastrigin.Rotate(17),
		surface.Ackley.Shift(0.5, -0.75).Rotate(45),
	)
}

// missing returns the names of the fields without which a surface is not whole.
// A new field is asked for until it is named here.
func missing(s *surface.Surface) []string {
	var names []string
	v := reflect.ValueOf(*s)
	for i := range v.NumField() {
		switch name := v.Type().Field(i).Name; name {
		case "Lowest", "Kinks", "Start": // may be zero
		case "Minima":
			if (len(s.Minima) == 0) != math.IsInf(s.Lowest, -1) {
				names = append(names, name)
			}
		default:
			if v.Field(i).IsZero() {
				names = append(names, name)
			}
		}
	}
	return names
}

func TestSurfacesAreWhole(t *testing.T) {
	for _, s := range tested() {
		if m := missing(s); len(m) > 0 {
			t.Errorf("%s lacks %v", s.Name, m)
		}
		if !(s.Min[0] < s.Max[0] && s.Min[1] < s.Max[1]) {
			t.Errorf("%s: domain from %v to %v", s.Name, s.Min, s.Max)
		}
		for _, p := range append([]surface.Point{s.Start}, s.Minima...) {
			if p[0] < s.Min[0] || p[0] > s.Max[0] || p[1] < s.Min[1] || p[1] > s.Max[1] {
				t.Errorf("%s: %v lies outside of the domain", s.Name, p)
			}
		}
	}
}

func TestMissing(t *testing.T) {
	fields := reflect.TypeOf(surface.Surface{})
	for i := range fields.NumField() {
		s := *surface.Booth
		reflect.ValueOf(&s).Elem().Field(i).SetZero()
		name := fields.Field(i).Name
		optional := name == "Lowest" || name == "Kinks" || name == "Start"
		if m := missing(&s); optional && len(m) > 0 || !optional && !reflect.DeepEqual(m, []string{name}) {
			t.Errorf("without %s a surface is said to lack %v", name, m)
		}
	}
	s := *surface.Saddle
	s.Lowest = 0
	if m := missing(&s); len(m) != 1 {
		t.Error("a surface without minima must be unbounded below")
	}
}

// Every variable &Surface{…} of the source is in All, and the table of the
// package comment has its name and formula, in the same order.
func TestAll(t *testing.T) {
	names, table := map[string]string{}, ""
	for _, file := range []string{"surface.go", "ravine.go", "polynomial.go", "ripples.go"} {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if file == "surface.go" {
			table = f.Doc.Text()
		}
		ast.Inspect(f, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok || len(v.Values) != 1 {
				return true
			}
			ast.Inspect(v.Values[0], func(n ast.Node) bool {
				if kv, ok := n.(*ast.KeyValueExpr); ok && kv.Key.(*ast.Ident).Name == "Name" {
					name, _ := strconv.Unquote(kv.Value.(*ast.BasicLit).Value)
					names[name] = v.Names[0].Name
				}
				return true
			})
			return true
		})
	}
	all := surface.All()
	if len(names) != len(all) {
		t.Errorf("the source has %d surfaces, All %d", len(names), len(all))
	}
	at := 0
	for _, s := range all {
		row := -1
		for i, line := range strings.Split(table, "\n") {
			if fields := strings.Fields(line); len(fields) > 0 && fields[0] == names[s.Name] && strings.Contains(line, " "+s.Formula+" ") {
				row = i
			}
		}
		if row <= at {
			t.Errorf("%s: no row %q with %q after row %d", s.Name, names[s.Name], s.Formula, at)
		}
		at = row
	}
	all[0] = nil
	if surface.All()[0] == nil {
		t.Error("All returns the same slice twice")
	}
}

// random returns a point of the domain that is not near a kink.
func random(s *surface.Surface, rng *rand.Rand) (x, y float64) {
	x = s.Min[0] + rng.Float64()*(s.Max[0]-s.Min[0])
	y = s.Min[1] + rng.Float64()*(s.Max[1]-s.Min[1])
	for _, k := range s.Kinks {
		if math.Hypot(x-k[0], y-k[1]) < 0.1 {
			return random(s, rng)
		}
	}
	return x, y
}

// slope returns the derivative of f at 0 from four values. The error is
// h⁴/30 times the fifth derivative, and some rounding errors of f divided by h:
// at most 3e-8 on the surfaces here (Ackley near its tip), 2e-9 without Ackley.
func slope(f func(h float64) float64) float64 {
	const h = 1e-3
	return (8*(f(h)-f(-h)) - (f(2*h) - f(-2*h))) / (12 * h)
}

// Gradient and Hessian agree with differences of F and Gradient at random
// points and at the minima.
func TestDerivatives(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, s := range tested() {
		check := func(what string, x, y, got, want float64) {
			if !(math.Abs(got-want) <= 1e-7*math.Max(1, math.Abs(want))) {
				t.Errorf("%s: %s at (%v, %v) is %v, by differences %v", s.Name, what, x, y, got, want)
			}
		}
		at := func(x, y float64) {
			dx, dy := s.Gradient(x, y)
			check("∂f/∂x", x, y, dx, slope(func(h float64) float64 { return s.F(x+h, y) }))
			check("∂f/∂y", x, y, dy, slope(func(h float64) float64 { return s.F(x, y+h) }))
			xx, xy, yy := s.Hessian(x, y)
			check("∂²f/∂x²", x, y, xx, slope(func(h float64) float64 { d, _ := s.Gradient(x+h, y); return d }))
			check("∂²f/∂x∂y", x, y, xy, slope(func(h float64) float64 { d, _ := s.Gradient(x, y+h); return d }))
			check("∂²f/∂y∂x", x, y, xy, slope(func(h float64) float64 { _, d := s.Gradient(x+h, y); return d }))
			check("∂²f/∂y²", x, y, yy, slope(func(h float64) float64 { _, d := s.Gradient(x, y+h); return d }))
		}
		for range 200 {
			at(random(s, rng))
		}
		if len(s.Kinks) == 0 {
			for _, m := range s.Minima {
				at(m[0], m[1])
			}
		}
	}
}

// At a minimum f is Lowest, the gradient is 0, the Hessian has no negative
// eigenvalue, and no random point is lower.
func TestMinima(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	for _, s := range tested() {
		for _, m := range s.Minima {
			if f := s.F(m[0], m[1]); math.Abs(f-s.Lowest) > 1e-13 {
				t.Errorf("%s: f%v is %v, Lowest %v", s.Name, m, f, s.Lowest)
			}
			dx, dy := s.Gradient(m[0], m[1])
			xx, xy, yy := s.Hessian(m[0], m[1])
			// a minimum rounded by 1e-15 leaves a gradient of 1e-15 curvatures
			if len(s.Kinks) == 0 && (math.Hypot(dx, dy) > 1e-14*(xx+yy) || xx < 0 || yy < 0 || xx*yy < xy*xy) {
				t.Errorf("%s: ∇f%v = (%v, %v), ∇²f = (%v, %v, %v)", s.Name, m, dx, dy, xx, xy, yy)
			}
			for range 2000 {
				x, y := random(s, rng)
				if f := s.F(x, y); f < s.Lowest {
					t.Fatalf("%s: f(%v, %v) = %v is below Lowest", s.Name, x, y, f)
				}
			}
		}
	}
	x, y := surface.Saddle.Gradient(0, 0)
	xx, xy, yy := surface.Saddle.Hessian(0, 0)
	if x != 0 || y != 0 || xx*yy-xy*xy >= 0 {
		t.Error("the saddle has no saddle point at (0, 0)")
	}
}

// What the comments say of other places.
func TestClaims(t *testing.T) {
	for _, c := range []struct {
		s       *surface.Surface
		x, y, f float64
		sign    float64 // of both curvatures
	}{
		{surface.ThreeHumpCamel, 1.7476, -0.8738, 0.2986, 1},
		{surface.ThreeHumpCamel, -1.7476, 0.8738, 0.2986, 1},
		{surface.StyblinskiTang, 2.7468, -2.9035, -64.196, 1},
		{surface.StyblinskiTang, -2.9035, 2.7468, -64.196, 1},
		{surface.StyblinskiTang, 2.7468, 2.7468, -50.059, 1},
		{surface.Himmelblau, -0.270845, -0.923039, 181.617, -1},
	} {
		dx, dy := c.s.Gradient(c.x, c.y)
		xx, xy, yy := c.s.Hessian(c.x, c.y)
		if math.Hypot(dx, dy) > 2e-3 || xx*c.sign <= 0 || xx*yy <= xy*xy || math.Abs(c.s.F(c.x, c.y)-c.f) > 5e-4 {
			t.Errorf("%s: f(%v, %v) = %v, ∇f = (%v, %v)", c.s.Name, c.x, c.y, c.s.F(c.x, c.y), dx, dy)
		}
	}
	xx, xy, yy := surface.Rosenbrock.Hessian(1, 1)
	root := math.Sqrt((xx-yy)*(xx-yy) + 4*xy*xy)
	if low, high := (xx+yy-root)/2, (xx+yy+root)/2; math.Abs(low-0.399) > 5e-4 || math.Abs(high-1001.6) > 0.05 {
		t.Errorf("Rosenbrock has the curvatures %v and %v at (1, 1)", low, high)
	}
}

// At the tip of Ackley f rises by 2√2 in every direction, the gradient is
// defined as 0, and the Hessian is NaN. A gradient in its neighborhood is as
// long as that, however near.
func TestAckleyTip(t *testing.T) {
	s := surface.Ackley
	if f := s.F(0, 0); f != 0 {
		t.Errorf("f(0, 0) = %v", f)
	}
	if dx, dy := s.Gradient(0, 0); dx != 0 || dy != 0 {
		t.Errorf("∇f(0, 0) = (%v, %v)", dx, dy)
	}
	if xx, xy, yy := s.Hessian(0, 0); !math.IsNaN(xx) || !math.IsNaN(xy) || !math.IsNaN(yy) {
		t.Errorf("∇²f(0, 0) = (%v, %v, %v)", xx, xy, yy)
	}
	for _, r := range []float64{1e-8, 1e-12, 1e-100, 1e-150} {
		for angle := range 12 {
			x, y := r*math.Cos(float64(angle)), r*math.Sin(float64(angle))
			if rise := s.F(x, y) / r; math.Abs(rise-2*math.Sqrt2) > 1e-6 {
				t.Errorf("f rises by %v at (%v, %v)", rise, x, y)
			}
			dx, dy := s.Gradient(x, y)
			if math.Abs(math.Hypot(dx, dy)-2*math.Sqrt2) > 1e-6 || math.Abs(dx*y-dy*x) > 1e-12*r {
				t.Errorf("∇f = (%v, %v) at (%v, %v)", dx, dy, x, y)
			}
		}
	}
	for _, k := range surface.Ackley.Shift(2, 1).Kinks {
		if k != (surface.Point{2, 1}) {
			t.Errorf("the tip is shifted to %v", k)
		}
	}
}

func mustPanic(t *testing.T, want string, call func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if got, _ := recover().(string); !strings.HasPrefix(got, want) {
			t.Errorf("panic %q, want %q", got, want)
		}
	}()
	call()
}

func TestPanics(t *testing.T) {
	q := surface.NewQuadratic(1, 2, 3)
	for _, c := range []struct {
		want string
		call func()
	}{
		{"surface: a vector has length 1, allowed is 2", func() { surface.Ravine.Func([]float64{1}) }},
		{"surface: a vector has length 3, allowed is 2", func() { surface.Ravine.Grad(make([]float64, 3), []float64{1, 2}) }},
		{"surface: a vector has length 1, allowed is 2", func() { surface.Ravine.Grad(make([]float64, 2), []float64{1}) }},
		{"surface: a vector has length 3, allowed is 4", func() { surface.Ravine.Hess(make([]float64, 3), []float64{1, 2}) }},
		{"surface: a vector has length 3, allowed is 2", func() { surface.Ravine.Hess(make([]float64, 4), []float64{1, 2, 3}) }},
		{"surface: Shift by NaN, allowed is a finite number", func() { surface.Ravine.Shift(math.NaN(), 0) }},
		{"surface: Shift by -Inf, allowed is a finite number", func() { surface.Ravine.Shift(0, math.Inf(-1)) }},
		{"surface: Rotate by +Inf, allowed is a finite number", func() { surface.Ravine.Rotate(math.Inf(1)) }},
		{"surface: Bowl has the curvatures 0 and 1, allowed", func() { surface.Bowl(0, 1) }},
		{"surface: Bowl has the curvatures 1 and 0, allowed", func() { surface.Bowl(1, 0) }},
		{"surface: Bowl has the curvatures 1 and -2, allowed", func() { surface.Bowl(1, -2) }},
		{"surface: Bowl has the curvatures NaN and 1, allowed", func() { surface.Bowl(math.NaN(), 1) }},
		{"surface: Bowl has the curvatures 1 and +Inf, allowed", func() { surface.Bowl(1, math.Inf(1)) }},
		{"surface: NewQuadratic needs at least one eigenvalue", func() { surface.NewQuadratic() }},
		{"surface: eigenvalue 1 is NaN, allowed is a finite number", func() { surface.NewQuadratic(1, math.NaN()) }},
		{"surface: eigenvalue 0 is +Inf, allowed is a finite number", func() { surface.NewQuadratic(math.Inf(1)) }},
		{"surface: a vector has length 2, allowed is 3", func() { q.Func([]float64{1, 2}) }},
		{"surface: a vector has length 4, allowed is 3", func() { q.Grad(make([]float64, 4), []float64{1, 2, 3}) }},
		{"surface: a vector has length 2, allowed is 3", func() { q.Grad(make([]float64, 3), []float64{1, 2}) }},
		{"surface: a vector has length 6, allowed is 9", func() { q.Hess(make([]float64, 6), []float64{1, 2, 3}) }},
		{"surface: a vector has length 2, allowed is 3", func() { q.Hess(make([]float64, 9), []float64{1, 2}) }},
		{"surface: ReddiTheorem1: C is 2, allowed is a finite number > 2", func() { surface.ReddiTheorem1(2) }},
		{"surface: ReddiTheorem1: C is +Inf, allowed", func() { surface.ReddiTheorem1(math.Inf(1)) }},
		{"surface: Online: t is 0 and Period 3, allowed", func() { surface.ReddiTheorem1(3).Slope(0) }},
		{"surface: Online: t is 1 and Period 1, allowed", func() { surface.Online{Period: 1}.Func(1, 0) }},
	} {
		mustPanic(t, c.want, c.call)
	}
}
