//go:build unix && !linux

package main

import "syscall"

// dieWithParent does nothing where the system offers nothing.
func dieWithParent(*syscall.SysProcAttr) {}
