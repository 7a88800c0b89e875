package plots

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/janpfeifer/gonb/gonbui"

	"descent/pkg/lang"
)

// Bar shows in a notebook cell how far some runs have come, side by side or one
// after another. Outside of a notebook it shows nothing.
//
//	bar := plots.Progress(5)
//	mlp.Seeds(5, func(seed uint64) *mlp.Run {
//		return mlp.Train(net(seed), opt(), set, mlp.TrainConfig{Epochs: 20, Progress: bar.Run()})
//	})
//
// What is left of it when all runs have come to their end is the same every
// time, so that a lesson's stored output does not change.
type Bar struct {
	update func(markdown string)

	mu          sync.Mutex
	done, total []int // of each run
	runs        int   // that are to come in all
	shown       time.Time
}

// Progress returns a bar for the given number of runs. It panics if runs < 1.
func Progress(runs int) *Bar {
	if runs < 1 {
		panic(fmt.Sprintf("plots: the number of runs is %d, allowed is 1 or more", runs))
	}
	id := "progress_" + gonbui.UniqueId()
	return &Bar{runs: runs, update: func(markdown string) { gonbui.UpdateMarkdown(id, markdown) }}
}

// Run returns the function that one run calls with the steps done and the steps
// in all. Runs may call theirs from goroutines of their own.
func (b *Bar) Run() func(done, total int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	run := len(b.done)
	b.done, b.total = append(b.done, 0), append(b.total, 0)
	return func(done, total int) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.done[run], b.total[run] = done, total
		share := b.share()
		// ten pictures a second are enough, but the last one must come
		if share == 1 || time.Since(b.shown) > 100*time.Millisecond {
			if b.shown.IsZero() {
				drainStdout()
			}
			b.shown = time.Now()
			b.update(b.String())
		}
	}
}

// share returns the part of all runs that is done, from 0 to 1.
func (b *Bar) share() float64 {
	sum := 0.0
	for i, total := range b.total {
		if total > 0 {
			sum += float64(b.done[i]) / float64(total)
		}
	}
	return sum / float64(max(b.runs, len(b.done)))
}

// String is the bar as text.
func (b *Bar) String() string {
	const width = 30
	share := b.share()
	full := int(share * width)
	text := fmt.Sprintf("`%s%s` %d%%", strings.Repeat("■", full), strings.Repeat("□", width-full), int(100*share))
	if n := max(b.runs, len(b.done)); n > 1 {
		text += lang.Pick(fmt.Sprintf(" (%d번 실행)", n), fmt.Sprintf(" of %d runs", n))
	}
	return text
}
