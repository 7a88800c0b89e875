package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// process is a line of the process table.
type process struct {
	pid, parent int
	command     string // with its arguments
}

// processes returns the process table, from /proc or else from ps.
func processes() []process {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	if len(stats) == 0 {
		out, _ := exec.Command("ps", "-axww", "-o", "pid=,ppid=,command=").Output()
		return parsePS(string(out))
	}
	var all []process
	for _, stat := range stats {
		b, err := os.ReadFile(stat)
		if err != nil {
			continue // it has ended
		}
		args, _ := os.ReadFile(filepath.Join(filepath.Dir(stat), "cmdline"))
		_, rest, _ := strings.Cut(string(b), " ")
		fields := strings.Fields(rest[strings.LastIndex(rest, ")")+1:]) // state, parent, …
		if len(fields) < 2 || fields[0] == "Z" {
			continue
		}
		p := process{command: strings.TrimRight(strings.ReplaceAll(string(args), "\x00", " "), " ") + " "}
		p.pid, _ = strconv.Atoi(filepath.Base(filepath.Dir(stat)))
		p.parent, _ = strconv.Atoi(fields[1])
		all = append(all, p)
	}
	return all
}

// parsePS reads the lines "pid ppid command" of ps.
func parsePS(out string) []process {
	var all []process
	for line := range strings.Lines(out) {
		fields := strings.Fields(line)
		if len(fields) < 3 {
			continue
		}
		pid, err1 := strconv.Atoi(fields[0])
		parent, err2 := strconv.Atoi(fields[1])
		if err1 != nil || err2 != nil {
			continue
		}
		_, command, _ := strings.Cut(strings.TrimLeft(line, " "), " ")
		_, command, _ = strings.Cut(strings.TrimLeft(command, " "), " ")
		all = append(all, process{pid, parent, strings.TrimSpace(command) + " "})
	}
	return all
}

// descendants returns the children of a process, their children, and so on.
func descendants(all []process, pid int) []process {
	var list []process
	for _, p := range all {
		if p.parent == pid {
			list = append(append(list, p), descendants(all, p.pid)...)
		}
	}
	return list
}

// reap kills those of list that still live, by number and command.
func reap(list, now []process) {
	for _, p := range list {
		for _, q := range now {
			if p.pid == q.pid && p.command == q.command {
				kill(p.pid)
			}
		}
	}
}

// orphans returns the kernels and gopls of this checkout whose parent is gone:
// the gopls of a GoNB that was killed hard lives on for a minute.
func (c *course) orphans(all []process) []process {
	gonb, gopls := c.path("bin", "gonb")+" ", c.path("bin", "gopls")+" "
	parent := map[int]string{}
	for _, p := range all {
		parent[p.pid] = p.command
	}
	var list []process
	for _, p := range all {
		if strings.HasPrefix(p.command, gopls) && !strings.HasPrefix(parent[p.parent], gonb) ||
			strings.HasPrefix(p.command, gonb) && p.parent == 1 {
			list = append(list, p)
		}
	}
	return list
}
