package mlp

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// A job is work in parts that may be done in any order and side by side. The
// caller works, too, and does alone what no core is free for.
type job struct {
	do     func(part int)
	parts  int32
	next   atomic.Int32
	helped atomic.Int32 // how often it was offered and is not yet done with
	wait   sync.WaitGroup
	failed atomic.Pointer[any] // what a part panicked with
}

// run does all parts. If a part panics, so does run, with the same value.
func (j *job) run(parts int) {
	j.parts = int32(parts)
	j.next.Store(0)
	j.failed.Store(nil)
	jobs := offers()
	for range parts - 1 {
		if free.Add(-1) < 0 {
			free.Add(1)
			break
		}
		j.wait.Add(1)
		j.helped.Add(1)
		jobs <- j
	}
	j.work()
	// what nobody has taken up comes back here
	for j.helped.Load() > 0 {
		if !take(jobs) && !soon(func() bool { return j.helped.Load() == 0 || len(jobs) > 0 }) {
			break
		}
	}
	j.wait.Wait()
	if f := j.failed.Load(); f != nil {
		panic(*f)
	}
}

func (j *job) work() {
	defer func() {
		if r := recover(); r != nil {
			failed := r
			j.failed.Store(&failed)
		}
	}()
	for {
		part := j.next.Add(1) - 1
		if part >= j.parts {
			return
		}
		j.do(int(part))
	}
}

var (
	// free is how many jobs may still be offered: one for each core beside that
	// of the caller.
	free atomic.Int32
	// offers takes jobs to the goroutines that help.
	offers = sync.OnceValue(func() chan *job {
		n := runtime.GOMAXPROCS(0) - 1
		free.Store(int32(n))
		jobs := make(chan *job, n)
		for range n {
			go func() {
				for {
					soon(func() bool { return len(jobs) > 0 })
					help(<-jobs)
				}
			}()
		}
		return jobs
	})
)

// take helps with a job that is on offer, if there is one.
func take(jobs chan *job) bool {
	select {
	case j := <-jobs:
		help(j)
		return true
	default:
		return false
	}
}

func help(j *job) {
	j.work()
	free.Add(1)
	j.helped.Add(-1)
	j.wait.Done()
}

// patience is how long a core looks for work before it sleeps: waking it takes
// longer than many a part, and in training the next job comes soon.
const patience = 200 * time.Microsecond

// soon waits until ready is true, but not longer than patience.
func soon(ready func() bool) bool {
	for start := time.Now(); time.Since(start) < patience; runtime.Gosched() {
		for range 100 {
			if ready() {
				return true
			}
		}
	}
	return false
}
