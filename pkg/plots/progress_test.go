package plots

import (
	"strings"
	"sync"
	"testing"

	"descent/pkg/lang"
)

func TestProgress(t *testing.T) {
	defer func(l string) { lang.Lang = l }(lang.Lang)
	for language, want := range map[string]string{
		"en": "`" + strings.Repeat("■", 30) + "` 100% of 3 runs",
		"ko": "`" + strings.Repeat("■", 30) + "` 100% (3번 실행)",
	} {
		lang.Lang = language
		var shown []string
		bar := Progress(3)
		bar.update = func(markdown string) { shown = append(shown, markdown) }
		var wait sync.WaitGroup
		for range 3 {
			run := bar.Run()
			wait.Go(func() {
				for done := 0; done <= 7; done++ {
					run(done, 7)
				}
			})
		}
		wait.Wait()
		if len(shown) < 2 || shown[len(shown)-1] != want {
			t.Errorf("shown %q, want %q at the end", shown, want)
		}
		if !strings.Contains(shown[0], "□") {
			t.Errorf("the first is %q, a full bar", shown[0])
		}
	}
	bar := Progress(1)
	bar.update = func(string) {}
	bar.Run()(3, 4)
	if got, want := bar.String(), "`"+strings.Repeat("■", 22)+strings.Repeat("□", 8)+"` 75%"; got != want {
		t.Errorf("3 of 4 steps are %s, want %s", got, want)
	}
	defer func() {
		if r := recover(); r != "plots: the number of runs is 0, allowed is 1 or more" {
			t.Errorf("panic %v", r)
		}
	}()
	Progress(0)
}
