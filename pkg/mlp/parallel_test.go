package mlp

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
)

// Each part of each job is done once, also where many run side by side, and
// run returns only when all are done.
func TestJob(t *testing.T) {
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			var done [50]atomic.Int32
			var j job
			j.do = func(part int) { done[part].Add(1) }
			for round := range 200 {
				parts := 1 + (g+7*round)%50
				j.run(parts)
				for i := range done {
					want := int32(0)
					if i < parts {
						want = 1
					}
					if got := done[i].Swap(0); got != want {
						t.Errorf("part %d of %d was done %d times", i, parts, got)
					}
				}
			}
		})
	}
	all.Wait()
}

// A panic in any part comes out of run, and the job goes on afterwards.
func TestJobPanics(t *testing.T) {
	for bad := range 20 {
		var j job
		j.do = func(part int) {
			if part == bad {
				panic(fmt.Sprintf("part %d", part))
			}
		}
		func() {
			defer func() {
				if r := recover(); r != fmt.Sprintf("part %d", bad) {
					t.Errorf("panic %v, want part %d", r, bad)
				}
			}()
			j.run(20)
		}()
		bad = -1
		j.run(20)
	}
}
