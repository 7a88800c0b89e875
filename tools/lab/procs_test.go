package main

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

func TestParsePS(t *testing.T) {
	got := parsePS("    1     0 /sbin/init\n  20     1 /a b/.descent/bin/gopls -listen unix;/tmp/x\nPID PPID COMMAND\n")
	want := []process{{1, 0, "/sbin/init "}, {20, 1, "/a b/.descent/bin/gopls -listen unix;/tmp/x "}}
	if !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestProcesses(t *testing.T) {
	cmd := exec.Command("cat", "-u", "-")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()
	defer stdin.Close()
	ours := descendants(processes(), os.Getpid())
	i := slices.IndexFunc(ours, func(p process) bool { return p.pid == cmd.Process.Pid })
	if i < 0 || ours[i].parent != os.Getpid() {
		t.Fatalf("the process table has no child %d of %d: %v", cmd.Process.Pid, os.Getpid(), ours)
	}
	if exe, err := exec.LookPath("ps"); err == nil {
		out, err := exec.Command(exe, "-axww", "-o", "pid=,ppid=,command=").Output()
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(parsePS(string(out)), ours[i]) {
			t.Errorf("ps does not show %v", ours[i])
		}
	}
}

func TestOrphans(t *testing.T) {
	c := testCourse(t)
	gonb, gopls := c.path("bin", "gonb")+" --kernel k ", c.path("bin", "gopls")+" -listen x "
	all := []process{
		{1, 0, "init "},
		{10, 1, c.path("venv", "bin", "python") + " -c … "},
		{11, 10, gonb},
		{12, 11, gopls},             // of a living kernel
		{20, 1, gopls},              // its kernel was killed hard
		{21, 5, gopls},              // the same, adopted by another process than init
		{30, 1, gonb},               // its server was killed hard
		{31, 30, gopls},             //
		{40, 1, "/other/gopls -x "}, // not ours
		{50, 1, c.path("bin", "gopls2") + " "},
	}
	var got []int
	for _, p := range c.orphans(all) {
		got = append(got, p.pid)
	}
	if want := []int{20, 21, 30}; !slices.Equal(got, want) {
		t.Errorf("orphans are %v, want %v", got, want)
	}
}

func TestReap(t *testing.T) {
	cmd := exec.Command("sleep", "60")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := process{cmd.Process.Pid, os.Getpid(), "sleep 60 "}
	reap([]process{p}, []process{{p.pid, p.parent, "another program with its number "}})
	reap([]process{p}, nil)
	if !slices.Contains(processes(), p) {
		t.Fatal("a process was killed for another one's number")
	}
	reap([]process{p}, processes())
	if err := cmd.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Errorf("the process ended with %v, want it killed", err)
	}
}

func TestMask(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"GOPROXY https://user:secret@proxy.example,direct", "GOPROXY https://…@proxy.example,direct"},
		{"http://127.0.0.1:8888/lab?token=ABC&x=1", "http://127.0.0.1:8888/lab?token=…&x=1"},
		{"PASSWORD=abc def", "PASSWORD=… def"},
		{"/home/kim/강의 https://proxy.example/a@b", "~/강의 https://proxy.example/a@b"},
	} {
		if got := mask(test.in, "/home/kim"); got != test.want {
			t.Errorf("mask(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}
