package exercise

import (
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
	fails := reflect.MakeFunc(answer, func([]reflect.Value) []reflect.Value { panic("by mistake") }).Interface()
	for want, absurd := range map[string]any{
		"✘ The function panicked: by mistake":           fails,
		"✘ The function is nil.":                        reflect.Zero(answer).Interface(),
		"✘ The function takes or returns other types. ": nil,
	} {
		if s := said(t, "en", func() { c.check(absurd) }); !strings.HasPrefix(s, want) {
			t.Errorf("got %q, want %q", s, want)
		}
	}
	if s := said(t, "en", func() { c.check(struct{}{}) }); !strings.HasPrefix(s, "✘ The function takes or returns other types. ") {
		t.Errorf("a value of another type gets %q", s)
	}
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
				if x, y := m.f(), n.f(); near([]float64{x}, []float64{y}, rounding) {
					t.Errorf("mistakes %v and %v are equal when rounded, so their hints are mixed up", x, y)
				}
			}
			rounded, _ := strconv.ParseFloat(strconv.FormatFloat(m.f(), 'g', 4, 64), 64)
			if s := said(t, "en", func() { check(func() float64 { return rounded }) }); s != "✘ "+m.en+"\n" {
				t.Errorf("%v gets %q, want the hint of %v: %q", rounded, s, m.f(), m.en)
			}
		}
	}
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
