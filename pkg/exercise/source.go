package exercise

import (
	"fmt"
	"os"
	"reflect"
	"runtime"
	"strings"
)

// Where an answer cell does not compile, its older declaration still stands, and
// is what a check judges. So the check shows the code that it has judged.

// judged returns the code of f on one line, cut where it is long; nothing if it
// can't be read.
func judged(f any) string {
	pc := runtime.FuncForPC(reflect.ValueOf(f).Pointer())
	if pc == nil || !fromCell(pc.Name()) {
		return ""
	}
	lines, first := code(pc)
	if lines == nil {
		return ""
	}
	body := lines[first-1]
	if !strings.HasSuffix(strings.TrimSpace(body), "}") {
		for _, line := range lines[first:] {
			body += " " + strings.TrimSpace(line)
			if line == "}" {
				break
			}
		}
	}
	const longest = 100
	if runes := []rune(body); len(runes) > longest {
		body = string(runes[:longest]) + " …"
	}
	return body
}

// whereItPanicked says, inside a deferred function, in which line of the cell
// the function panicked.
func whereItPanicked() (ko, en string) {
	callers := make([]uintptr, 64)
	frames := runtime.CallersFrames(callers[:runtime.Callers(1, callers)])
	for {
		frame, more := frames.Next()
		if fromCell(frame.Function) && frame.Func != nil {
			lines, first := code(frame.Func)
			if frame.Line > len(lines) || frame.Line < first {
				return "", ""
			}
			line, n := strings.TrimSpace(lines[frame.Line-1]), frame.Line-first+1
			return fmt.Sprintf("\n  멈춘 곳은 함수의 %d번째 줄입니다: %s", n, line),
				fmt.Sprintf("\n  It stopped in line %d of the function: %s", n, line)
		}
		if !more {
			return "", ""
		}
	}
}

// fromCell reports whether a function stands in a cell, whose program is package
// main.
func fromCell(function string) bool { return strings.HasPrefix(function, "main.") }

// code returns the lines of the file in which f stands, and the number of its
// first line.
func code(f *runtime.Func) (lines []string, first int) {
	file, first := f.FileLine(f.Entry())
	text, err := os.ReadFile(file)
	if lines = strings.Split(string(text), "\n"); err != nil || first < 1 || first > len(lines) {
		return nil, 0
	}
	return lines, first
}
