package exercise

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

// trial is what a problem is held to, beside its solution and its mistakes.
type trial[F any] struct {
	check func(any)
	p     problem[F]
	forms []F // right answers in other forms, two or more
	wrong []F // that must not pass, with a hint or without
}

func (c trial[F]) run(t *testing.T) {
	answer := reflect.TypeOf(c.p.right)
	stub := reflect.MakeFunc(answer, func([]reflect.Value) []reflect.Value { panic(NotYet) }).Interface().(F)
	hold(t.Name(), c.p, stub)(t)

	if len(c.forms) < 2 {
		t.Errorf("%d right forms, want 2 or more", len(c.forms))
	}
	for i, f := range c.forms {
		if s := said(t, "en", func() { c.check(f) }); s != "✔ Right.\n" {
			t.Errorf("right form %d gets %q", i, s)
		}
	}
	for i, f := range c.wrong {
		if s := said(t, "en", func() { c.check(f) }); !strings.HasPrefix(s, "✘ ") {
			t.Errorf("wrong answer %d gets %q", i, s)
		}
	}
	for _, a := range absurd[F]() {
		for _, l := range []string{"ko", "en"} {
			if s := said(t, l, func() { c.check(a.f) }); !strings.HasPrefix(s, map[string]string{"ko": "✘ " + a.ko, "en": "✘ " + a.en}[l]) {
				t.Errorf("%s, %s, gets %q", a.what, l, s)
			}
		}
	}
}

// absurdity is an answer that no problem takes, with the begin of its message.
type absurdity struct {
	what   string
	f      any
	ko, en string
}

// absurd makes answers that no problem takes; they have the type F, if it is a
// matter of type.
func absurd[F any]() []absurdity {
	const ko, en = "함수가 받거나 돌려주는 값의 형이 다릅니다.", "The function takes or returns other types."
	const nanKo, nanEn = "결과에 NaN이 있습니다.", "There is a NaN in the result."
	answer := reflect.TypeFor[F]()
	returns := func(result func(reflect.Type) reflect.Value) any {
		return reflect.MakeFunc(answer, func(in []reflect.Value) (out []reflect.Value) {
			for _, v := range in {
				if numbers, ok := v.Interface().([]float64); ok {
					for i := range numbers {
						numbers[i] = math.NaN()
					}
				}
			}
			for i := range answer.NumOut() {
				out = append(out, result(answer.Out(i)))
			}
			return out
		}).Interface()
	}
	all := []absurdity{
		{"no function", nil, ko, en},
		{"a number", 1.5, ko, en},
		{"a function of another type", func(struct{}) {}, ko, en},
		{"a nil function", reflect.Zero(answer).Interface(), "함수가 nil입니다.", "The function is nil."},
		{"a panic", reflect.MakeFunc(answer, func([]reflect.Value) []reflect.Value { panic("by mistake") }).Interface(),
			"함수가 패닉으로 멈췄습니다: by mistake", "The function panicked: by mistake"},
	}
	switch {
	case answer.NumOut() == 0 || answer.Out(0).Kind() == reflect.Float64:
		all = append(all, absurdity{"NaN", returns(func(reflect.Type) reflect.Value { return reflect.ValueOf(math.NaN()) }), nanKo, nanEn})
	case answer.Out(0).Kind() == reflect.Slice:
		for _, n := range []int{0, 1, 2, 100} {
			all = append(all, absurdity{fmt.Sprintf("%d numbers", n),
				returns(func(reflect.Type) reflect.Value { return reflect.ValueOf(make([]float64, n)) }), "", ""})
		}
		nan := func(reflect.Type) reflect.Value { return reflect.ValueOf([]float64{math.NaN(), math.NaN()}) }
		all = append(all, absurdity{"NaN", returns(nan), nanKo, nanEn})
	default:
		all = append(all, absurdity{"nothing", returns(reflect.Zero), "", ""})
	}
	return all
}

// code holds a problem whose answer is a program to four mistakes or more.
func (c trial[F]) code(t *testing.T) {
	if n := len(c.p.mistakes); n < 4 {
		t.Errorf("%d mistakes, want 4 or more", n)
	}
	c.run(t)
}

// byNumber holds a problem whose answer is a number: what else is written for it
// passes; constants and neighbors of it do not, and its mistakes get their hints
// when they are rounded, too.
func byNumber(check func(any), p problem[func() float64], forms ...float64) func(*testing.T) {
	return func(t *testing.T) {
		right := p.right()
		c := trial[func() float64]{check: check, p: p}
		for _, x := range forms {
			c.forms = append(c.forms, func() float64 { return x })
		}
		if p.pencil {
			c.forms = append(c.forms, func() float64 { return roundedTo(4, right) })
		}
		for _, x := range []float64{0, 1, -1, 2, 3, 4, 5, 10, 20, 50, 100, 0.5, 0.25, 0.1, math.E, math.Pi, math.NaN(), math.Inf(1), math.Inf(-1),
			-right, 2 * right, right / 2, 10 * right, 1 / right, right * right, math.Sqrt(math.Abs(right)), right + 1, right - 1, 1.01 * right, 0.99 * right} {
			if !(math.Abs(x-right) <= rounding*math.Abs(right)) {
				c.wrong = append(c.wrong, func() float64 { return x })
			}
		}
		c.code(t)
		for i, m := range p.mistakes {
			if x := m.f(); p.pencil && near([]float64{x}, []float64{right}, rounding) {
				t.Errorf("mistake %v is the right answer %v, rounded", x, right)
			}
			for _, n := range p.mistakes[:i] {
				x, y := m.f(), n.f()
				apart := p.whole && (x == math.Trunc(x) || y == math.Trunc(y)) // whole numbers are exact
				if !apart && near([]float64{x}, []float64{y}, rounding) {
					t.Errorf("mistakes %v and %v are equal when rounded, so their hints are mixed up", x, y)
				}
			}
			rounded := roundedTo(4, m.f())
			if p.whole {
				rounded = roundedTo(6, m.f())
			}
			if s := said(t, "en", func() { check(func() float64 { return rounded }) }); s != "✘ "+m.en+"\n" {
				t.Errorf("%v gets %q, want the hint of %v: %q", rounded, s, m.f(), m.en)
			}
		}
	}
}

func roundedTo(digits int, x float64) float64 {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', digits, 64), 64)
	return rounded
}

// byLetter holds a problem whose answer is one of the letters of choices: each
// other one has its hint.
func byLetter(check func(any), p problem[func() string], choices string) func(*testing.T) {
	return func(t *testing.T) {
		right := p.right()
		c := trial[func() string]{check: check, p: p, forms: []func() string{p.right, func() string { return string([]byte{right[0]}) }}}
		for _, x := range []string{"", strings.ToUpper(right), right + right, "x", "1"} {
			c.wrong = append(c.wrong, func() string { return x })
		}
		c.run(t)
		for _, r := range choices {
			if x := string(r); x != right {
				if s := said(t, "en", func() { check(func() string { return x }) }); !strings.HasPrefix(s, "✘ ") || strings.Contains(s, p.en) {
					t.Errorf("%s gets %q, want a hint of its own", x, s)
				}
			}
		}
	}
}
