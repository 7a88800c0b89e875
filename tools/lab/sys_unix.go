//go:build unix

package main

import (
	"os"
	"os/exec"
	"syscall"
	"time"
)

// lockFile takes the lock of a file, exclusive or shared with others; it
// returns nil if someone else has it. The lock ends with the file, and with
// every process that inherited it.
func lockFile(path string, exclusive bool) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	how := syscall.LOCK_SH
	if exclusive {
		how = syscall.LOCK_EX
	}
	err = syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
	if err == nil {
		return f, nil
	}
	f.Close()
	if err == syscall.EWOULDBLOCK {
		err = nil
	}
	return nil, err
}

// group puts cmd into a process group of its own.
func group(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	dieWithParent(cmd.SysProcAttr)
}

// groupEnds does as group, and terminates the group when the context of cmd
// ends.
func groupEnds(cmd *exec.Cmd) {
	group(cmd)
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	cmd.WaitDelay = 3 * time.Second
}

// become replaces this process by a command.
func become(bin string, args, env []string) error { return syscall.Exec(bin, args, env) }

func terminate(pid int) { syscall.Kill(pid, syscall.SIGTERM) }
func kill(pid int)      { syscall.Kill(pid, syscall.SIGKILL) }
func killGroup(pid int) { syscall.Kill(-pid, syscall.SIGKILL) }
