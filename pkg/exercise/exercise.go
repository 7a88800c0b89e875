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
	"time"

	"descent/pkg/lang"
)

// NotYet is what the stub of an unsolved exercise panics with.
const NotYet = unsolved("exercise: not yet solved")

type unsolved string

// limit is how long a student's function may run.
var limit = 2 * time.Second

// out is where messages go; nil is os.Stdout.
var out io.Writer

// A problem is a function for the student to write. Its typical mistakes are
// programs too: whoever computes what one of them does gets its hint.
type problem[F any] struct {
	apply    func(F) []float64 // what a function computes on the test input
	right    F
	mistakes []mistake[F]
	input    string // the test input as the message shows it; empty if the message must not give the answer away
	ko, en   string // what to say of any other answer, in place of the input
}

type mistake[F any] struct {
	f      F
	ko, en string // hint
}

// check judges the student's function and prints the outcome.
func check[F any](p problem[F], student any) {
	f, ok := student.(F)
	if !ok {
		otherType(p.right, student)
		return
	}
	done := make(chan func(), 1)
	go func() {
		defer func() {
			switch r := recover(); {
			case r == NotYet:
				done <- func() {
					say("…", "아직 풀지 않은 문제입니다. 답을 썼다면 답 셀을 먼저 실행하세요.",
						"Not solved yet. If you have written your answer, run its cell first.")
				}
			case r != nil:
				done <- func() {
					say("✘", fmt.Sprintf("함수가 패닉으로 멈췄습니다: %v", r), fmt.Sprintf("The function panicked: %v", r))
				}
			}
		}()
		got := p.apply(f)
		done <- func() { p.judge(got) }
	}()
	select {
	case report := <-done:
		report()
	case <-time.After(limit):
		say("✘", fmt.Sprintf("%v초 안에 끝나지 않았습니다. 반복문이 끝나는 조건을 확인하세요.", limit.Seconds()),
			fmt.Sprintf("It did not end within %v s. Look at the condition that ends the loop.", limit.Seconds()))
	}
}

func (p problem[F]) judge(got []float64) {
	want := p.apply(p.right)
	if same(got, want) {
		say("✔", "맞았습니다.", "Right.")
		return
	}
	for _, m := range p.mistakes {
		if same(got, p.apply(m.f)) {
			say("✘", m.ko, m.en)
			return
		}
	}
	if p.input == "" {
		say("✘", p.ko, p.en)
		return
	}
	say("✘", fmt.Sprintf("틀렸습니다. %s일 때 바른 값은 %s, 나온 값은 %s입니다.", p.input, shown(want), shown(got)),
		fmt.Sprintf("Wrong. For %s the result should be %s, but it is %s.", p.input, shown(want), shown(got)))
}

func otherType(needed, got any) {
	say("✘", fmt.Sprintf("함수가 받거나 돌려주는 값의 형이 다릅니다. 필요한 것: %T, 받은 것: %T.", needed, got),
		fmt.Sprintf("The function takes or returns other types. Needed: %T, got: %T.", needed, got))
}

// shown prints a result, a single number without brackets.
func shown(v []float64) string {
	if len(v) == 1 {
		return fmt.Sprintf("%.6g", v[0])
	}
	return fmt.Sprintf("%.6g", v)
}

// same reports whether two results agree to nine digits; NaN agrees with NaN.
func same(a, b []float64) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if math.IsNaN(a[i]) != math.IsNaN(b[i]) || math.Abs(a[i]-b[i]) > 1e-9*math.Max(1, math.Abs(b[i])) {
			return false
		}
	}
	return true
}

func say(mark, ko, en string) {
	fmt.Fprintln(cmp.Or[io.Writer](out, os.Stdout), mark, lang.Pick(ko, en))
}

// answer makes a problem of a question with a number for an answer.
func answer(right float64, wrong ...mistake[func() float64]) problem[func() float64] {
	return problem[func() float64]{
		apply: func(f func() float64) []float64 { return []float64{f()} },
		right: func() float64 { return right },
		mistakes: append(wrong, number(0,
			"0은 답이 아닙니다. 나눗셈을 썼다면, Go에서 정수를 정수로 나누면 소수점 아래가 버려집니다. 2.0/5처럼 실수로 쓰세요.",
			"0 is not the answer. If you wrote a quotient: in Go, an integer divided by an integer loses its decimals. Write 2.0/5, with a point.")),
		ko: "아닙니다. 본문의 식에서 다시 시작해 보세요.",
		en: "No. Start again from the formula in the text.",
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
