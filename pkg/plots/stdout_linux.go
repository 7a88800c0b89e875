package plots

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// drainStdout waits until the kernel has read what the cell printed, so that a
// figure comes after the text before it: text and figures take two pipes.
func drainStdout() {
	for range 200 {
		n, err := unix.IoctlGetInt(int(os.Stdout.Fd()), unix.TIOCINQ)
		if err != nil || n == 0 {
			break
		}
		time.Sleep(100 * time.Microsecond)
	}
	time.Sleep(2 * time.Millisecond)
}
