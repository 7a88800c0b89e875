// Package exercise answers the check cells of the lessons: right, not yet, or
// wrong with a hint. It speaks the language of the notebook (package lang).
//
// A check prints one message and never stops the notebook: it recovers from
// panics, ends endless loops after a time limit and explains a wrong
// signature. The first character of the message tells the outcome: ✔ right,
// … not yet, ✘ wrong.
package exercise

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"os"
	"reflect"
	"slices"

	"descent/pkg/lang"
)

// NotYet is what the stub of an unsolved exercise panics with.
const NotYet = unsolved("exercise: not yet solved")

type unsolved string

// out is where messages go; nil is os.Stdout.
var out io.Writer

// A problem is a function for the student to write. Its typical mistakes are
// programs too: whoever computes what one of them does gets its hint.
type problem[F any] struct {
	apply    func(F) []float64 // what a function computes on the test inputs
	right    F
	mistakes []mistake[F]
	// the test inputs as the message shows them; empty if the message must not give
	// the answer away
	input  string
	ko, en string // what to say of any other answer, in place of the input
	pencil bool   // the answer is a number that may be rounded
	whole  bool   // the answer is a whole number
}

type mistake[F any] struct {
	f      F
	ko, en string // hint
}

// A rounded answer by pencil is as good as its expression; one that is rounded
// more is nearly right.
const (
	rounding = 2e-3
	nearly   = 2e-2
)

// check judges the student's function and prints the outcome.
func check[F any](p problem[F], student any) {
	f, ok := student.(F)
	if !ok {
		otherType(p.right, student)
		return
	}
	if reflect.ValueOf(student).IsNil() {
		say("✘", "함수가 nil입니다.", "The function is nil.")
		return
	}
	guard(limit, func() verdict {
		v := p.judge(p.apply(f))
		if text := judged(f); text != "" {
			v.ko += "\n  판정한 답: " + text
			v.en += "\n  Judged: " + text
		}
		return v
	})
}

// judge compares a result with the right one, then with those of the mistakes,
// first to the last digit, then rounded.
func (p problem[F]) judge(got []float64) verdict {
	want := p.apply(p.right)
	if same(got, want) {
		return verdict{"✔", "맞았습니다.", "Right."}
	}
	for _, m := range p.mistakes {
		if wrong := p.apply(m.f); same(got, wrong) && differ(wrong, want) {
			return verdict{"✘", m.ko, m.en}
		}
	}
	if p.pencil && near(got, want, rounding) {
		return verdict{"✔", "맞았습니다.", "Right."}
	}
	if p.pencil || p.whole && got[0] != math.Trunc(got[0]) {
		for _, m := range p.mistakes {
			if near(got, p.apply(m.f), rounding) {
				return verdict{"✘", m.ko, m.en}
			}
		}
	}
	switch {
	case slices.ContainsFunc(got, math.IsNaN):
		return verdict{"✘", "결과에 NaN이 있습니다. 0을 0으로 나누었거나 음수의 제곱근이나 로그를 구한 곳을 찾으세요.",
			"There is a NaN in the result. Look for 0 divided by 0, or the root or logarithm of a negative number."}
	case p.pencil && near(got, want, nearly):
		return verdict{"✘", "바른 값에 가깝지만 다릅니다. 반올림하지 말고 식으로 쓰세요.",
			"Close to the right value, but another one. Write the expression, not a rounded number."}
	case p.input == "":
		return verdict{"✘", p.ko, p.en}
	}
	wanted, given := shown(want, got)
	return verdict{"✘", fmt.Sprintf("틀렸습니다. %s일 때 바른 값은 %s, 나온 값은 %s입니다.", p.input, wanted, given),
		fmt.Sprintf("Wrong. For %s the result should be %s, but it is %s.", p.input, wanted, given)}
}

func otherType(needed, got any) {
	say("✘", fmt.Sprintf("함수가 받거나 돌려주는 값의 형이 다릅니다. 필요한 것: %T, 받은 것: %T.", needed, got),
		fmt.Sprintf("The function takes or returns other types. Needed: %T, got: %T.", needed, got))
}

// shown prints two results that differ, single numbers without brackets, with
// as many digits as it takes to see a difference.
func shown(a, b []float64) (string, string) {
	for digits := 6; ; digits++ {
		x, y := text(a, digits), text(b, digits)
		if x != y || digits == 17 {
			return x, y
		}
	}
}

func text(v []float64, digits int) string {
	if len(v) == 1 {
		return fmt.Sprintf("%.*g", digits, v[0])
	}
	return fmt.Sprintf("%.*g", digits, v)
}

// same reports whether two results agree to nine digits; NaN agrees with NaN.
func same(a, b []float64) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if math.IsNaN(a[i]) != math.IsNaN(b[i]) || math.Abs(a[i]-b[i]) > allowance(1e-9, max(1, math.Abs(b[i]))) {
			return false
		}
	}
	return true
}

// differ reports whether two results differ in a number: a NaN, which has many
// causes, is evidence of none.
func differ(a, b []float64) bool {
	for i := range a {
		if i < len(b) && !math.IsNaN(a[i]) && math.Abs(a[i]-b[i]) > allowance(1e-9, max(1, math.Abs(b[i]))) {
			return true
		}
	}
	return len(a) != len(b)
}

// near reports whether the number a is b but for a relative error of share; 0.167
// is 1/6 but for 2e-3, with a rounding error of its own.
func near(a, b []float64, share float64) bool {
	return math.Abs(a[0]-b[0]) <= allowance(share+1e-12, math.Abs(b[0]))
}

// allowance is a share of x, finite even where x is not: no number is close to
// infinity.
func allowance(share, x float64) float64 { return share * min(x, math.MaxFloat64) }

func say(mark, ko, en string) {
	fmt.Fprintln(cmp.Or[io.Writer](out, os.Stdout), mark, lang.Pick(ko, en))
}

// answer makes a problem of a question with a number for an answer, which may be
// rounded to three digits.
func answer(right float64, wrong ...mistake[func() float64]) problem[func() float64] {
	p := whole(right, wrong...)
	p.pencil, p.whole = true, false
	return p
}

// whole makes a problem of a question whose answer is a whole number.
func whole(right float64, wrong ...mistake[func() float64]) problem[func() float64] {
	isZero := func(m mistake[func() float64]) bool { return m.f() == 0 }
	if right != 0 && !slices.ContainsFunc(wrong, isZero) {
		wrong = append(wrong, number(0,
			"0은 답이 아닙니다. 나눗셈을 썼다면, Go에서 정수를 정수로 나누면 소수점 아래가 버려집니다. 2.0/5처럼 실수로 쓰세요.",
			"0 is not the answer. If you wrote a quotient: in Go, an integer divided by an integer loses its decimals. Write 2.0/5, with a point."))
	}
	return problem[func() float64]{
		apply:    func(f func() float64) []float64 { return []float64{f()} },
		right:    func() float64 { return right },
		mistakes: wrong,
		whole:    true,
		ko:       "아닙니다. 본문의 식에서 다시 시작해 보세요.",
		en:       "No. Start again from the formula in the text.",
	}
}

// choice makes a problem of a question whose answer is a letter.
func choice(right string, wrong ...mistake[func() string]) problem[func() string] {
	return problem[func() string]{
		apply: func(f func() string) []float64 {
			var runes []float64
			for _, r := range f() {
				runes = append(runes, float64(r))
			}
			return runes
		},
		right:    func() string { return right },
		mistakes: wrong,
		ko:       "보기의 글자 하나를 소문자로 돌려주세요. 예: return \"a\"",
		en:       "Return one small letter of the choices, as in return \"a\".",
	}
}

func number(x float64, ko, en string) mistake[func() float64] {
	return mistake[func() float64]{func() float64 { return x }, ko, en}
}

func letter(s, ko, en string) mistake[func() string] {
	return mistake[func() string]{func() string { return s }, ko, en}
}
