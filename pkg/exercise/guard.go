package exercise

import (
	"fmt"
	"os"
	"runtime/metrics"
	"time"
)

// verdict is what a check says of an answer.
type verdict struct{ mark, ko, en string }

func (v verdict) say() { say(v.mark, v.ko, v.en) }

// limit is how long a student's function may run.
var limit = 2 * time.Second

// memoryLimit is how many bytes more than at its start the program may hold
// while a student's function runs; a small container has a gigabyte.
const memoryLimit = 256 << 20

// end ends the cell's program: Go has no way to stop a function from outside.
// The kernel lives on, as each cell is a program of its own.
var end = os.Exit

// guard runs f, which calls a student's function, and prints its verdict. It
// recovers from panics. A function that runs on after the time limit, or takes
// more and more memory (an endless recursion, an endless append), gets its
// message and ends the cell's program.
func guard(limit time.Duration, f func() verdict) {
	done := make(chan verdict, 1)
	go func() {
		defer func() {
			switch r := recover(); {
			case r == NotYet:
				done <- verdict{"…",
					"아직 풀지 않은 문제입니다. 답을 썼다면 답 셀을 먼저 실행하세요.\n  답 셀에 빨간 상자가 나왔다면 그 오류부터 고치세요.",
					"Not solved yet. If you have written your answer, run its cell first.\n  If that cell shows a red box, fix that error first."}
			case r != nil:
				ko, en := whereItPanicked()
				done <- verdict{"✘", fmt.Sprintf("함수가 패닉으로 멈췄습니다: %v%s", r, ko), fmt.Sprintf("The function panicked: %v%s", r, en)}
			}
		}()
		done <- f()
	}()
	allowed := memory() + memoryLimit
	look := time.NewTicker(2 * time.Millisecond)
	defer look.Stop()
	late := time.After(limit)
	for {
		select {
		case v := <-done:
			v.say()
			return
		case <-look.C:
			if memory() > allowed {
				say("✘", "메모리를 끝없이 씁니다. 자기 자신을 부르는 함수나 append를 되풀이하는 반복문이 끝나는 조건을 확인하세요.",
					"It takes more and more memory. Look at the condition that ends the recursion, or the loop with append.")
				end(0)
				return
			}
		case <-late:
			say("✘", fmt.Sprintf("%v초 안에 끝나지 않았습니다. 반복문이 끝나는 조건을 확인하세요.", limit.Seconds()),
				fmt.Sprintf("It did not end within %v s. Look at the condition that ends the loop.", limit.Seconds()))
			end(0)
			return
		}
	}
}

// memory returns the bytes that stacks and the heap hold.
func memory() uint64 {
	held := []metrics.Sample{
		{Name: "/memory/classes/heap/stacks:bytes"},
		{Name: "/memory/classes/heap/objects:bytes"},
	}
	metrics.Read(held)
	return held[0].Value.Uint64() + held[1].Value.Uint64()
}
