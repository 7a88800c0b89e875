//go:build !linux

package plots

import "time"

// drainStdout gives the kernel time to read what the cell printed, so that a
// figure comes after the text before it: text and figures take two pipes.
func drainStdout() { time.Sleep(20 * time.Millisecond) }
