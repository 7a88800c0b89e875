package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The test binary is the set-up program too, so that it can be run, killed
// and run twice at once.
func TestMain(m *testing.M) {
	if os.Getenv("STAGE_LAB") == "1" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// stage is a checkout on which set-up runs with a go and a python that only
// pretend: they note that they were called, take milliseconds, and can be held
// in any step.
type stage struct {
	t    *testing.T
	dir  string // holds all that follows
	root string // the checkout
	home string
	env  []string // further variables
	wrap []string // a command that runs the program with less rights
	exe  string   // the program, if it is not this one
}

const (
	fakeGo = `#!/bin/sh
PATH=/usr/bin:/bin
stage='STAGE' out= last=
for arg do
	test "$last" = -o && out=$arg
	last=$arg
done
case "$*" in
env*) exec 'GO' "$@" ;;
list*) echo "$stage/gonb"; exit ;;
mod*) step=modules; test -e "$stage/real-mod" && exec 'GO' "$@"; mkdir -p "$GOMODCACHE/gonum.org/v1" ;;
*janpfeifer/gonb) step=gonb ;;
*cmd/goimports) step=gopls ;;
*staticcheck) step=lint ;;
*) step=warm ;;
esac
echo $step >> "$stage/calls"
env > "$stage/env-$step"
while test -e "$stage/hold-$step"; do echo > "$stage/held"; sleep 0.02; done
for name in gonb gopls goimports staticcheck; do
	case "$*" in */$name*) mkdir -p "$out" && cat "$stage/version" > "$out$name" && chmod +x "$out$name" ;; esac
done
exit 0
`
	fakePip = `#!/bin/sh
PATH=/usr/bin:/bin
stage='STAGE'
case "$*" in
-c*) printf '%s\n' "$0" 3.12.1 False False True; exit ;;
*config*) exit ;;
*" venv "*) step=venv
	for dir do :; done
	mkdir -p "$dir/bin" && cp "$0" "$dir/bin/python" && echo "version = 3.12.1" > "$dir/pyvenv.cfg"
	cat "$stage/version" > "$dir/made" ;;
*ensurepip*) step=ensurepip ;;
*install*) step=pip ;;
esac
echo $step >> "$stage/calls"
env > "$stage/env-$step"
while test -e "$stage/hold-$step"; do echo > "$stage/held"; sleep 0.02; done
exit 0
`
)

// steps are those of a set-up for tests, as the pretenders call them.
var stageSteps = []string{"modules", "gonb", "gopls", "venv", "ensurepip", "pip", "lint", "warm"}

// newStage makes a stage in a folder whose name asks for quoting.
func newStage(t *testing.T) *stage { return newStageIn(t, t.TempDir(), `딥 러닝 "it's" 1`) }

func newStageIn(t *testing.T, dir, folder string) *stage {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("no shell")
	}
	dir, err := filepath.EvalSymlinks(dir) // as the program sees it
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{t: t, dir: dir, root: filepath.Join(dir, folder), home: filepath.Join(dir, "home")}
	for _, name := range []string{"go.mod", "go.sum", "tools/gopls.mod", "tools/gopls.sum", "tools/lint.mod", "tools/lint.sum", "tools/requirements.txt"} {
		b, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		put(t, s.root, name, string(b))
	}
	put(t, s.root, "tools/lab/course.go", "")
	for _, name := range []string{"ko/00_a.ipynb", "ko/01_b.ipynb", "en/00_a.ipynb", "en/01_b.ipynb"} {
		put(t, s.root, "notebooks/"+name, lesson("1", ""))
	}
	put(t, dir, "version", "1")
	putGonb(t, filepath.Join(dir, "gonb"))
	goBin, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	for name, script := range map[string]string{"bin/go": fakeGo, "bin/python3": fakePip} {
		script = strings.NewReplacer("STAGE", dir, "'GO'", "'"+goBin+"'").Replace(script)
		put(t, dir, name, script)
		if err := os.Chmod(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(s.home, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // Go makes its module cache read-only
		filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() {
				os.Chmod(path, 0o755)
			}
			return nil
		})
	})
	return s
}

// command returns the set-up program on the stage, in a clean environment.
func (s *stage) command(args ...string) *exec.Cmd {
	exe := s.exe
	if exe == "" {
		var err error
		if exe, err = os.Executable(); err != nil {
			s.t.Fatal(err)
		}
	}
	line := slices.Concat(s.wrap, []string{exe}, args)
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Dir = s.root
	cmd.Env = append([]string{"STAGE_LAB=1", "PATH=" + filepath.Join(s.dir, "bin"), "HOME=" + s.home}, s.env...)
	if s.home == "" {
		cmd.Env = slices.DeleteFunc(cmd.Env, func(kv string) bool { return kv == "HOME=" })
	}
	return cmd
}

// done is what became of a command.
type done struct {
	stdout, stderr string
	code           int
}

func run(t *testing.T, cmd *exec.Cmd) done {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return done{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// setup runs a set-up that must succeed.
func (s *stage) setup() done {
	s.t.Helper()
	d := run(s.t, s.command("setup", "-test"))
	if d.code != 0 || d.stderr != "" {
		s.t.Fatalf("set-up ends with %d: %s%s", d.code, d.stdout, d.stderr)
	}
	return d
}

// calls returns the steps that the pretenders were called for.
func (s *stage) calls() []string {
	b, _ := os.ReadFile(filepath.Join(s.dir, "calls"))
	return strings.Fields(string(b))
}

// forget lets calls begin anew.
func (s *stage) forget() { os.Remove(filepath.Join(s.dir, "calls")) }

// renew changes every pin, and what the pretenders make.
func (s *stage) renew() {
	for _, name := range []string{"go.mod", "tools/gopls.mod", "tools/lint.mod", "tools/requirements.txt"} {
		b, err := os.ReadFile(filepath.Join(s.root, name))
		if err != nil {
			s.t.Fatal(err)
		}
		comment := "// new\n"
		if strings.HasSuffix(name, ".txt") {
			comment = "# new\n"
		}
		put(s.t, s.root, name, string(b)+comment)
	}
	put(s.t, s.dir, "version", "2")
}

// versions returns which version of each result is in place.
func (s *stage) versions() string {
	var all []string
	for _, name := range []string{"bin/gonb", "bin/gopls", "bin/goimports", "venv/made", "bin/staticcheck"} {
		b, err := os.ReadFile(filepath.Join(s.root, ".descent", name))
		if err != nil {
			b = []byte("-")
		}
		all = append(all, string(b))
	}
	return strings.Join(all, " ")
}

// hold makes a step wait until the returned function is called.
func (s *stage) hold(step string) (release func()) {
	put(s.t, s.dir, "hold-"+step, "")
	os.Remove(filepath.Join(s.dir, "held"))
	return func() { os.Remove(filepath.Join(s.dir, "hold-"+step)) }
}

// waitFor waits for something to become true.
func waitFor(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("a minute passed without %s", what)
		}
	}
}

func (s *stage) waitHeld(step string) {
	s.t.Helper()
	waitFor(s.t, step+" being held", func() bool { return isFile(filepath.Join(s.dir, "held")) })
}

// A clean set-up does each step once and a second one none. Times that are
// wrong by a day change nothing.
func TestSetup(t *testing.T) {
	s := newStage(t)
	s.setup()
	if !slices.Equal(s.calls(), stageSteps) {
		t.Errorf("set-up does %v, want %v", s.calls(), stageSteps)
	}
	for _, day := range []time.Duration{24 * time.Hour, -24 * time.Hour} {
		then := time.Now().Add(day)
		err := filepath.WalkDir(s.root, func(path string, _ fs.DirEntry, err error) error {
			if err == nil {
				err = os.Chtimes(path, then, then)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		s.forget()
		if d := s.setup(); len(s.calls()) > 0 || d.stdout != "" {
			t.Errorf("with files of %s set-up does %v, says %q", then, s.calls(), d.stdout)
		}
	}
}

// Killed or interrupted in any step of an upgrade, set-up leaves what was
// there, and goes on when run again.
func TestKilledAtEveryStep(t *testing.T) {
	for _, how := range []syscall.Signal{syscall.SIGKILL, syscall.SIGINT} {
		for i, step := range stageSteps {
			t.Run(fmt.Sprint(step, " ", how), func(t *testing.T) {
				t.Parallel()
				s := newStage(t)
				s.setup()
				s.renew()
				s.forget()
				release := s.hold(step)
				cmd := s.command("setup", "-test")
				var stderr bytes.Buffer
				cmd.Stderr = &stderr
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				s.waitHeld(step)
				was := s.versions()
				for j, v := range strings.Fields(was) { // each result is whole: the new one or the old one
					if v != "1" && v != "2" {
						t.Errorf("result %d is %q", j, v)
					}
				}
				cmd.Process.Signal(how)
				cmd.Wait()
				if how == syscall.SIGINT && (cmd.ProcessState.ExitCode() != 130 || stderr.String() != "Stopped. The same command goes on from here.\n") {
					t.Errorf("interrupted it ends with %d and says %q", cmd.ProcessState.ExitCode(), stderr.String())
				}
				if s.versions() != was {
					t.Errorf("it leaves %s, there was %s", s.versions(), was)
				}
				release()
				s.setup()
				if s.versions() != "2 2 2 2 2" {
					t.Errorf("run again, it leaves %s", s.versions())
				}
				again := s.calls()[i+1:] // what was done stays done
				if want := stageSteps[restart(i):]; !slices.Equal(again, want) {
					t.Errorf("run again, it does %v, want %v", again, want)
				}
			})
		}
	}
}

// restart returns where a set-up that ended in step i begins again: venv,
// ensurepip and pip are one.
func restart(i int) int {
	if step := stageSteps[i]; step == "ensurepip" || step == "pip" {
		return slices.Index(stageSteps, "venv")
	}
	return i
}

func TestTwoSetupsAtOnce(t *testing.T) {
	for _, test := range []struct{ lang, waits string }{
		{"ko", "다른 창에서 설치하고 있습니다. 끝나기를 기다립니다.\n"},
		{"en", "Another set-up is running: waiting for it.\n"},
	} {
		t.Run(test.lang, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			s.env = []string{"COURSE_LANG=" + test.lang}
			release := s.hold("gonb")
			first := s.command("setup", "-test")
			if err := first.Start(); err != nil {
				t.Fatal(err)
			}
			s.waitHeld("gonb")
			said := filepath.Join(s.dir, "said")
			out, err := os.Create(said)
			if err != nil {
				t.Fatal(err)
			}
			defer out.Close()
			second := s.command("setup", "-test")
			second.Stdout, second.Stderr = out, out
			if err := second.Start(); err != nil {
				t.Fatal(err)
			}
			waitFor(t, "the second one waiting", func() bool { b, _ := os.ReadFile(said); return string(b) == test.waits })
			release()
			if err := errors.Join(first.Wait(), second.Wait()); err != nil {
				t.Error(err)
			}
			if !slices.Equal(s.calls(), stageSteps) {
				t.Errorf("the two do %v, want each step once: %v", s.calls(), stageSteps)
			}
			if b, _ := os.ReadFile(said); string(b) != test.waits {
				t.Errorf("the second one says %q", b)
			}
		})
	}
}

// New pins while a lab is open: nothing is replaced under it.
func TestUpgradeUnderOpenLab(t *testing.T) {
	s := newStage(t)
	s.setup()
	s.renew()
	open, err := lockFile(filepath.Join(s.root, ".descent", "open.lock"), false)
	if err != nil || open == nil {
		t.Fatal(open, err)
	}
	s.fails("", "강의가 열려 있는 동안에는 설치를 바꿀 수 없습니다. 그 터미널에서 Ctrl-C로 닫고 다시 실행하세요.",
		"Set-up has something to renew, and a lab is open: close it with Ctrl-C in its terminal, then run this again.", "setup", "-test")
	if s.versions() != "1 1 1 1 1" {
		t.Errorf("it leaves %s", s.versions())
	}
	open.Close()
	s.setup()
	if s.versions() != "2 2 2 2 2" {
		t.Errorf("with the lab closed it leaves %s", s.versions())
	}
}

// fails runs the program in both languages, or only in the one named, and
// expects one line each, exit status 1, and nothing of the user's or of an
// earlier set-up touched. The line may end with the place of a log or a cause
// in brackets; " | " parts two that are right.
func (s *stage) fails(only, ko, en string, args ...string) {
	s.t.Helper()
	put(s.t, s.root, "my/ko/00_a.ipynb", lesson("mine", ""))
	was := s.versions()
	for _, lang := range []string{"ko", "en"} {
		if only != "" && only != lang {
			continue
		}
		want, locale, log := ko, "ko_KR.UTF-8", " 기록: "
		if lang == "en" {
			want, locale, log = en, "en_US.UTF-8", " Log: "
		}
		cmd := s.command(args...)
		cmd.Env = append(cmd.Env, "LANG="+locale)
		d := run(s.t, cmd)
		right := slices.ContainsFunc(strings.Split(want, " | "), func(want string) bool {
			rest, ok := strings.CutPrefix(d.stderr, "descent: "+want)
			return ok && want != "" && (rest == "\n" || strings.HasPrefix(rest, log) || strings.HasPrefix(rest, " ("))
		})
		if !right || d.code != 1 || strings.Count(d.stderr, "\n") != 1 {
			s.t.Errorf("%s: got exit status %d and\n%swant 1 and\ndescent: %s\n%s", lang, d.code, d.stderr, want, s.logs())
		}
		s.t.Logf("%s: %s", lang, strings.TrimSpace(d.stderr))
	}
	mine, err := os.ReadFile(filepath.Join(s.root, "my", "ko", "00_a.ipynb"))
	if string(mine) != lesson("mine", "") {
		s.t.Errorf("what the user wrote is gone: %s %v", mine, err)
	}
	for i, now := range strings.Fields(s.versions()) {
		if was := strings.Fields(was)[i]; was != "-" && was != now {
			s.t.Errorf("of result %d there was %s, it leaves %s", i, was, now)
		}
	}
}

// logs returns the logs of the steps.
func (s *stage) logs() (all string) {
	names, _ := filepath.Glob(filepath.Join(s.root, ".descent", "log", "*"))
	for _, name := range names {
		b, _ := os.ReadFile(name)
		all += fmt.Sprintf("--- %s\n%s", filepath.Base(name), b[max(0, len(b)-1500):])
	}
	return all
}
