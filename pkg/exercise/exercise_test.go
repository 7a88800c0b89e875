package exercise

import (
	"bytes"
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

func TestProblems(t *testing.T) {
	number := func() float64 { panic(NotYet) }
	t.Run("WhatStays", hold("WhatStays", whatStays, func() string { panic(NotYet) }))
	t.Run("Mean", hold("Mean", mean, func([]float64) float64 { panic(NotYet) }))
	t.Run("Gradient", hold("Gradient", gradient, func(_, _ float64) (float64, float64) { panic(NotYet) }))
	t.Run("SGD", hold("SGD", sgd, func(_, _ []float64, _ float64) { panic(NotYet) }))
	t.Run("LargestRate", hold("LargestRate", largestRate, number))
	t.Run("StepsToTenth", hold("StepsToTenth", stepsToTenth, number))
	t.Run("MeanGradient", hold("MeanGradient", meanGradient, func([][]float64) []float64 { panic(NotYet) }))
	t.Run("NoiseOfBatch", hold("NoiseOfBatch", noiseOfBatch, number))
}

func TestOtherwiseWrong(t *testing.T) {
	odd := func(w, _ []float64, _ float64) { w[0] = 99 }
	want := "✘ Wrong. For w = [1 -2 0.5], grad = [0.25 0 -4], η = 0.3 the result should be [0.925 -2 1.7], but it is [99 -2 0.5].\n"
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
	defer func(d time.Duration) { limit = d }(limit)
	limit = 20 * time.Millisecond
	forever := make(chan int)
	s := said(t, "ko", func() { LargestRate(func() float64 { <-forever; return 0 }) })
	if !strings.HasPrefix(s, "✘ 0.02초 안에 끝나지 않았습니다.") {
		t.Errorf("got %q", s)
	}
}

func TestWrongSignature(t *testing.T) {
	s := said(t, "en", func() { SGD(func(w, grad []float64) {}) })
	want := "✘ The function takes or returns other types. Needed: func([]float64, []float64, float64), got: func([]float64, []float64).\n"
	if s != want {
		t.Errorf("got %q, want %q", s, want)
	}
	if s := said(t, "ko", func() { SGD(nil) }); !strings.HasPrefix(s, "✘ 함수가 받거나 돌려주는 값의 형이 다릅니다.") {
		t.Errorf("got %q", s)
	}
}
