//go:build !unix

package main

import (
	"fmt"
	"os"
	"os/exec"
)

func init() {
	fmt.Fprintln(os.Stderr, "descent: Windows에서는 WSL이나 Docker를 쓰세요. / On Windows, use WSL or Docker.")
	os.Exit(1)
}

func lockFile(string, bool) (*os.File, error) { return nil, nil }
func group(*exec.Cmd)                         {}
func groupEnds(*exec.Cmd)                     {}
func become(string, []string, []string) error { return nil }
func terminate(int)                           {}
func kill(int)                                {}
func killGroup(int)                           {}
