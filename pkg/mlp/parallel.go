package mlp

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// A job is work in parts that can run in any order and at the same time. The
// caller works too, and does alone what no other core has time for.
type job struct {
	do     func(part int)
	parts  int32
	next   atomic.Int32
	helped atomic.Int32 // offers of it that are not finished
	wait   sync.WaitGroup
	failed atomic.Pointer[any] // what a part panicked with
}

// run does all parts. If a part panics, so does run, with the same value.
func (j *job) run(parts int) {
	j.parts = int32(parts)
	j.next.Store(0)
	j.failed.Store(nil)
	jobs := queue()
	for range parts - 1 {
		if idle.Add(-1) < 0 {
			idle.Add(1)
			break
		}
		j.wait.Add(1)
		j.helped.Add(1)
		jobs <- j
	}
	j.work()
	// the caller does what no goroutine has taken
	for j.helped.Load() > 0 {
		if !take(jobs) && !spinUntil(func() bool { return j.helped.Load() == 0 || len(jobs) > 0 }) {
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
	// idle is how many jobs may still be offered: one for each core beside that
	// of the caller.
	idle atomic.Int32
	// queue takes jobs to the goroutines that help.
	queue = sync.OnceValue(func() chan *job {
		n := runtime.GOMAXPROCS(0) - 1
		idle.Store(int32(n))
		jobs := make(chan *job, n)
		for range n {
			go func() {
				for {
					spinUntil(func() bool { return len(jobs) > 0 })
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
	idle.Add(1)
	j.helped.Add(-1)
	j.wait.Done()
}

// spinTime is how long a core looks for work before it sleeps: waking it takes
// longer than many parts do, and in training the next job comes soon.
const spinTime = 200 * time.Microsecond

// spinUntil waits until ready is true, but not longer than spinTime.
func spinUntil(ready func() bool) bool {
	for start := time.Now(); time.Since(start) < spinTime; runtime.Gosched() {
		for range 100 {
			if ready() {
				return true
			}
		}
	}
	return false
}
