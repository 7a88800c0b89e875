package exercise

import (
	"bytes"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"descent/pkg/lang"
)

// said returns what a check prints in the language.
func said(t *testing.T, language string, call func()) string {
	t.Helper()
	var b bytes.Buffer
	out, lang.Lang = &b, language
	defer func() { out, lang.Lang = nil, "" }()
	call()
	return b.String()
}

// hold tries the solution, each mistake and a stub of one problem.
func hold[F any](name string, p problem[F], stub F) func(*testing.T) {
	return func(t *testing.T) {
		for _, l := range []string{"ko", "en"} {
			if s := said(t, l, func() { check(p, p.right) }); !strings.HasPrefix(s, "✔ ") {
				t.Errorf("%s, %s: the solution gets %q", name, l, s)
			}
			if s := said(t, l, func() { check(p, stub) }); !strings.HasPrefix(s, "… ") {
				t.Errorf("%s, %s: the stub gets %q", name, l, s)
			}
			hints := map[string]bool{}
			for i, m := range p.mistakes {
				want := "✘ " + map[string]string{"ko": m.ko, "en": m.en}[l] + "\n"
				if s := said(t, l, func() { check(p, m.f) }); s != want {
					t.Errorf("%s, %s: mistake %d gets %q, want %q", name, l, i, s, want)
				}
				hints[want] = true
			}
			if len(hints) != len(p.mistakes) {
				t.Errorf("%s, %s: two mistakes share a hint", name, l)
			}
		}
	}
}

func TestOtherwiseWrong(t *testing.T) {
	odd := func(w, _ []float64, _ float64) { w[0] = 99 }
	want := "✘ Wrong. For w = [1 -2 0.5], grad = [0.25 0 -4], η = 0.3; w = [4 -1 3 0.5], grad = [-2 3 0.5 1], η = 0.05 " +
		"the result should be [0.925 -2 1.7 4.1 -1.15 2.975 0.45], but it is [99 -2 0.5 99 -1 3 0.5].\n"
	if s := said(t, "en", func() { SGD(odd) }); s != want {
		t.Errorf("got %q, want %q", s, want)
	}
	if s := said(t, "en", func() { LargestRate(func() float64 { return 7 }) }); s != "✘ No. Start again from the formula in the text.\n" {
		t.Errorf("got %q", s)
	}
}

func TestPanicIsReported(t *testing.T) {
	s := said(t, "en", func() { SGD(func(w, _ []float64, _ float64) { w[len(w)] = 1 }) })
	if !strings.HasPrefix(s, "✘ The function panicked: runtime error: index out of range [3] with length 3") {
		t.Errorf("got %q", s)
	}
}

func TestEndlessLoopEnds(t *testing.T) {
	ended := false
	defer func(d time.Duration) { limit, end = d, os.Exit }(limit)
	limit, end = 20*time.Millisecond, func(code int) { ended = code == 0 }
	forever := make(chan int)
	s := said(t, "ko", func() { LargestRate(func() float64 { <-forever; return 0 }) })
	if !strings.HasPrefix(s, "✘ 0.02초 안에 끝나지 않았습니다.") || !ended {
		t.Errorf("got %q, ended %v", s, ended)
	}
}

// runaways are functions that would end the kernel with the memory of the
// machine, or with a stack that overflows, which no program survives.
var runaways = map[string]func() float64{
	"recursion": func() float64 {
		var f func(float64) float64
		f = func(x float64) float64 { return f(x+1) + 1 }
		return f(0)
	},
	"append": func() float64 {
		all := []float64{1}
		for all[len(all)-1] == 1 {
			all = append(all, 1)
		}
		return 0
	},
	"loop": func() float64 {
		n := 0.0
		for {
			n++
		}
	},
}

// A runaway ends the cell's program with its message, as if all were well, so
// that what the cell has printed stays.
func TestRunaway(t *testing.T) {
	if f, ok := runaways[os.Getenv("RUNAWAY")]; ok {
		lang.Lang = "en"
		LargestRate(f)
		select {}
	}
	for name, want := range map[string]string{
		"recursion": "✘ It takes more and more memory.",
		"append":    "✘ It takes more and more memory.",
		"loop":      "✘ It did not end within 2 s.",
	} {
		cell := exec.Command(os.Args[0], "-test.run=^TestRunaway$")
		cell.Env = append(os.Environ(), "RUNAWAY="+name)
		if text, err := cell.CombinedOutput(); err != nil || !strings.HasPrefix(string(text), want) {
			t.Errorf("%s: error %v, printed %.300q, want %q", name, err, text, want)
		}
	}
}

func TestRounded(t *testing.T) {
	pencil := answer(1.0/3, number(1.0/6, "", "half of it"), number(-1.0/3, "", "the sign"))
	steps := whole(1022, number(1021.1, "", "round up"), number(1021, "", "one less"))
	free := whole(0)
	log := whole(5, number(math.Inf(1), "", "the logarithm of 0"))
	for _, c := range []struct {
		problem problem[func() float64]
		got     float64
		want    string
	}{
		{pencil, 1.0 / 3, "✔ Right."},
		{pencil, 0.333, "✔ Right."},
		{pencil, 0.3334, "✔ Right."},
		{pencil, 0.33, "✘ Close to the right value"},
		{pencil, 0.3, "✘ No."},
		{pencil, 0.167, "✘ half of it"},
		{pencil, -0.333, "✘ the sign"},
		{pencil, 0, "✘ 0 is not the answer."},
		{pencil, math.NaN(), "✘ There is a NaN"},
		{pencil, math.Inf(1), "✘ No."},
		{steps, 1022, "✔ Right."},
		{steps, 1021, "✘ one less"},
		{steps, 1021.1, "✘ round up"},
		{steps, 1021.12, "✘ round up"},
		{steps, 1021.9, "✘ round up"},
		{steps, 1020, "✘ No."},
		{steps, 1023, "✘ No."},
		{free, 0, "✔ Right."},
		{free, 1e-3, "✘ No."},
		{log, math.Inf(1), "✘ the logarithm of 0"},
		{log, 7, "✘ No."},
		{log, 7.5, "✘ No."},
	} {
		s := said(t, "en", func() { check(c.problem, func() float64 { return c.got }) })
		if !strings.HasPrefix(s, c.want) {
			t.Errorf("%v gets %q, want %q", c.got, s, c.want)
		}
	}
}

// A NaN is evidence of no mistake: only a number that is wrong, too, tells.
func TestMistakeWithNaN(t *testing.T) {
	first := func(x ...float64) func() []float64 { return func() []float64 { return x } }
	p := problem[func() []float64]{
		input: "x", apply: func(f func() []float64) []float64 { return f() }, right: first(1, 2),
		mistakes: []mistake[func() []float64]{{f: first(math.NaN(), 2), en: "only NaN"}, {f: first(math.NaN(), 3), en: "and 3"}},
	}
	for want, got := range map[string]func() []float64{
		"✘ There is a NaN": first(math.NaN(), 2), "✘ and 3": first(math.NaN(), 3), "✔ Right.": first(1, 2),
	} {
		if s := said(t, "en", func() { check(p, got) }); !strings.HasPrefix(s, want) {
			t.Errorf("got %q, want %q", s, want)
		}
	}
}

func TestDifferentNumbersLookDifferent(t *testing.T) {
	a, b := shown([]float64{0.1, 1}, []float64{0.1, 1.00000001})
	if a != "[0.1 1]" || b != "[0.1 1.00000001]" {
		t.Errorf("shown as %s and %s", a, b)
	}
}

// What the answer cells define is package main; its code is shown.
func TestJudgedCode(t *testing.T) {
	dir := t.TempDir()
	cell := filepath.Join(dir, "main.go")
	if err := os.WriteFile(cell, []byte(`package main

import (
	"descent/pkg/exercise"
	"descent/pkg/lang"
)

func third() float64 { return 1.0 / 3 }

func sgdStep(w, grad []float64, lr float64) {
	for i := range w {
		w[i] -= lr * grad[i]
	}
}

func wrong(w, grad []float64, lr float64) {
	for i := range w {
		w[i+3] -= lr * grad[i]
	}
}

func main() {
	lang.Lang = "en"
	exercise.LargestRate(third)
	exercise.SGD(sgdStep)
	exercise.SGD(wrong)
}
`), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := exec.Command("go", "run", "-ldflags=-s", cell).CombinedOutput()
	want := `✔ Right.
  Judged: func third() float64 { return 1.0 / 3 }
✔ Right.
  Judged: func sgdStep(w, grad []float64, lr float64) { for i := range w { w[i] -= lr * grad[i] } }
✘ The function panicked: runtime error: index out of range [3] with length 3
  It stopped in line 3 of the function: w[i+3] -= lr * grad[i]
`
	if err != nil || string(got) != want {
		t.Errorf("error %v, printed\n%swant\n%s", err, got, want)
	}
}

func TestWrongSignature(t *testing.T) {
	s := said(t, "en", func() { SGD(func(w, grad []float64) {}) })
	want := "✘ The function takes or returns other types. Needed: func([]float64, []float64, float64), got: func([]float64, []float64).\n"
	if s != want {
		t.Errorf("got %q, want %q", s, want)
	}
	var none func(w, grad []float64, lr float64)
	if s := said(t, "en", func() { SGD(none) }); s != "✘ The function is nil.\n" {
		t.Errorf("got %q", s)
	}
	if s := said(t, "ko", func() { SGD(nil) }); !strings.HasPrefix(s, "✘ 함수가 받거나 돌려주는 값의 형이 다릅니다.") {
		t.Errorf("got %q", s)
	}
}
