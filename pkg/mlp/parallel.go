package mlp

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// A job is work in parts that may be done in any order and side by side. The
// caller works, too, and waits for no helper that is busy elsewhere.
type job struct {
	do     func(part int)
	parts  int32
	next   atomic.Int32
	wait   sync.WaitGroup
	failed atomic.Pointer[any] // what a part panicked with
}

// helpers takes jobs to the goroutines that wait for one, as many as there are
// cores for beside that of the caller.
var helpers = sync.OnceValue(func() chan *job {
	jobs := make(chan *job)
	for range runtime.GOMAXPROCS(0) - 1 {
		go func() {
			for j := range jobs {
				j.work()
				j.wait.Done()
			}
		}()
	}
	return jobs
})

// run does all parts. If a part panics, so does run, with the same value.
func (j *job) run(parts int) {
	j.parts = int32(parts)
	j.next.Store(0)
	j.failed.Store(nil)
	for range min(parts, runtime.GOMAXPROCS(0)) - 1 {
		j.wait.Add(1)
		select {
		case helpers() <- j:
		default:
			j.wait.Done()
		}
	}
	j.work()
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
