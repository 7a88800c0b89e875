package mlp

import (
	"fmt"
	"runtime"
	"sync"
)

// Seeds calls run with the seeds 1 to n, side by side on all cores, and
// returns what each call returned, in the order of the seeds: rows of numbers
// for Across, or a *Run each. Rows may differ in length: a run that diverges has
// recorded less.
//
// run must not share a Net between calls. If a call panics, Seeds panics with
// its value. It panics if n < 1.
func Seeds[T any](n int, run func(seed uint64) T) []T {
	if n < 1 {
		panic(fmt.Sprintf("mlp: the number of seeds is %d, allowed is 1 or more", n))
	}
	rows := make([]T, n)
	failed := make([]any, n)
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for i := range rows {
		free <- struct{}{}
		wg.Go(func() {
			defer func() {
				failed[i] = recover()
				<-free
			}()
			rows[i] = run(uint64(i + 1))
		})
	}
	wg.Wait()
	for _, f := range failed {
		if f != nil {
			panic(f)
		}
	}
	return rows
}
