package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"descent/pkg/lang"
)

// step is one thing that set-up does. It is whole when its stamp holds its
// key and its files are there.
type step struct {
	name  string   // of its stamp and its log
	title string   // shown
	key   string   // all that the result depends on
	stale bool     // to be done again in any case
	files []string // made in a folder of their own, then moved to .descent

	// make does the work, in the folder tmp; what was there before stays.
	make func(ctx context.Context, t *task, tmp string) error
}

// steps returns what the course needs, in order.
func (c *course) steps(test bool) []step {
	list := []step{
		c.modules(),
		c.gonb(),
		c.goTools("gopls", lang.Pick("Go 편집 도우미", "Go code assistance"), "tools/gopls.mod",
			"golang.org/x/tools/gopls", "golang.org/x/tools/cmd/goimports"),
		c.jupyter(),
	}
	if test {
		list = append(list, c.goTools("lint", lang.Pick("Go 검사 도구", "Go linter"), "tools/lint.mod", "honnef.co/go/tools/cmd/staticcheck"))
	}
	return append(list, step{
		name:  "warm",
		title: lang.Pick("강의의 첫 빌드", "First build of the course"),
		key:   c.goVersion() + c.modCache() + c.fileKey("go.mod", "go.sum") + strings.Join(warm, " "),
		make: func(ctx context.Context, t *task, _ string) error {
			err := t.command(ctx, c.environ(), c.gobin, append([]string{"build", "-v"}, warm...)...)
			if err != nil && (ctx.Err() != nil || trouble(string(t.output)) >= 0) {
				return err
			}
			return nil // code of the course that does not compile is a matter of its cells
		},
	})
}

// modules returns the step that downloads every module of go.mod: a cell may
// import any, and `go get`, which GoNB runs for it, reads the go.mod of all.
func (c *course) modules() step {
	_, missing := os.Stat(filepath.Join(c.modCache(), "gonum.org", "v1"))
	return step{
		name:  "modules",
		title: lang.Pick("Go 모듈", "Go modules"),
		key:   c.fileKey("go.mod", "go.sum") + c.modCache(),
		stale: missing != nil,
		make: func(ctx context.Context, t *task, _ string) error {
			if err := t.command(ctx, c.downloadEnv(), c.gobin, "mod", "download", "-x"); err != nil {
				return err
			}
			return writeFile(c.path("stamps", "modcache"), []byte(c.modCache()))
		},
	}
}

// warm lists what cells link: the course's packages, and what a cell imports
// of the standard library besides.
var warm = []string{"./pkg/...", "fmt", "math", "math/cmplx", "math/rand/v2", "os", "slices", "maps", "sort",
	"strconv", "strings", "text/tabwriter", "time", "errors", "sync", "bytes", "bufio", "image", "image/color", "runtime"}

// goTools returns the step that builds packages, pinned by a modfile, into
// .descent/bin.
func (c *course) goTools(name, title, modfile string, packages ...string) step {
	s := step{
		name: name,
		key:  c.goVersion() + c.fileKey(modfile, strings.TrimSuffix(modfile, ".mod")+".sum"),
	}
	var tools []string
	for _, p := range packages {
		tools = append(tools, filepath.Base(p))
		s.files = append(s.files, filepath.Join("bin", filepath.Base(p)))
	}
	s.title = title + " " + strings.Join(tools, ", ")
	s.make = func(ctx context.Context, t *task, tmp string) error {
		args := append([]string{"build", "-v", "-modfile=" + modfile, "-o", filepath.Join(tmp, "bin") + "/"}, packages...)
		return t.command(ctx, c.downloadEnv(), c.gobin, args...)
	}
	return s
}

// downloadEnv returns the environment in which set-up builds: the user's
// proxies and checksum settings, else the course's own.
func (c *course) downloadEnv() []string {
	env := append(c.cleanEnv(), c.goSettings()...)
	for _, name := range downloads {
		if v := c.goenv[name]; v != "" {
			env = append(env, name+"="+v)
		}
	}
	if c.modCache() == c.path("gomod") {
		env = append(env, "GOFLAGS=-ldflags=-s -modcacherw") // so that make clean can remove it
	}
	return append(env, "GOWORK=off")
}

// fileKey returns a hash of files of the checkout.
func (c *course) fileKey(names ...string) string {
	h := sha256.New()
	for _, name := range names {
		b, err := os.ReadFile(filepath.Join(c.root, filepath.FromSlash(name)))
		fmt.Fprintf(h, "%s %d %v\n%s", name, len(b), err != nil, b)
	}
	return fmt.Sprintf(" %x ", h.Sum(nil))
}

// done reports whether s is complete.
func (c *course) done(s step) bool {
	stamp, err := os.ReadFile(c.path("stamps", s.name))
	if err != nil || string(stamp) != s.key || s.stale {
		return false
	}
	for _, file := range s.files {
		if _, err := os.Stat(c.path(file)); err != nil {
			return false
		}
	}
	return true
}

// undone returns the steps that are not complete.
func (c *course) undone(steps []step) []step {
	var list []step
	for _, s := range steps {
		if !c.done(s) {
			list = append(list, s)
		}
	}
	return list
}

// setup does the steps that are not done, and writes the kernelspec.
func (c *course) setup(ctx context.Context, test bool) error {
	if len(c.undone(c.steps(test))) > 0 {
		if err := c.install(ctx, test); err != nil {
			return err
		}
	}
	if err := c.writeKernel(); err != nil {
		return explain(err, "")
	}
	return nil
}

// install does the steps that are not done. Of two at once the second waits,
// and nothing is replaced under a lab that is open.
func (c *course) install(ctx context.Context, test bool) error {
	lock, err := c.lock(ctx)
	if err != nil {
		return err
	}
	defer lock.Close()
	open, err := lockFile(c.path("open.lock"), true)
	if err != nil {
		return explain(err, "")
	}
	if open == nil {
		return say("강의가 열려 있는 동안에는 설치를 바꿀 수 없습니다. 그 터미널에서 Ctrl-C로 닫고 다시 실행하세요.",
			"Set-up has something to renew, and a lab is open: close it with Ctrl-C in its terminal, then run this again.")
	}
	defer open.Close()
	steps := c.undone(c.steps(test)) // another set-up may have done them meanwhile
	if len(steps) > 1 {
		fmt.Println(lang.Pick("강의에 필요한 것을 .descent 폴더에 설치합니다. 처음에는 몇 분 걸리고, 중단해도 다음에 이어서 합니다.",
			"Setting the course up in the folder .descent: some minutes the first time, and it can be interrupted."))
	}
	for i, s := range steps {
		if err := c.doStep(ctx, s, fmt.Sprintf("[%d/%d] %s", i+1, len(steps), s.title), lock); err != nil {
			return err
		}
	}
	return nil
}

// doStep does one step, and stamps it once it is whole.
func (c *course) doStep(ctx context.Context, s step, title string, lock *os.File) error {
	t, err := newTask(title, c.path("log", s.name+".log"), c.root, lock)
	if err != nil {
		return explain(err, "")
	}
	return t.end(ctx, c.place(ctx, s, t))
}

// place makes the files of a step and then moves them to their places, so
// that a failure leaves what was there.
func (c *course) place(ctx context.Context, s step, t *task) error {
	tmp, old := c.path("tmp", s.name), c.path("tmp", "old")
	for _, dir := range []string{tmp, old} {
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	if err := s.make(ctx, t, tmp); err != nil {
		return err
	}
	stamp := c.path("stamps", s.name)
	if err := os.Remove(stamp); err != nil && !os.IsNotExist(err) {
		return err
	}
	for _, file := range s.files {
		for _, dir := range []string{filepath.Dir(c.path(file)), old} {
			if err := os.MkdirAll(dir, 0o777); err != nil {
				return err
			}
		}
		if err := os.Rename(c.path(file), filepath.Join(old, filepath.Base(file))); err != nil && !os.IsNotExist(err) {
			return err
		}
		if err := os.Rename(filepath.Join(tmp, file), c.path(file)); err != nil {
			return err
		}
	}
	if err := os.RemoveAll(c.path("tmp")); err != nil {
		return err
	}
	return writeFile(stamp, []byte(s.key))
}

// lock takes the lock of set-up. Commands that set-up starts hold it too, so
// the next set-up waits for one that survives when set-up is killed.
func (c *course) lock(ctx context.Context) (*os.File, error) {
	if !writable(c.dir) {
		return nil, say("%s에 쓸 수 없습니다. 권한을 고치거나, 쓸 수 있는 폴더에서 강의를 다시 받으세요.",
			"%s is not writable: fix its permissions, or put the course in a folder of your own.", c.dir)
	}
	for told := false; ; told = true {
		lock, err := lockFile(c.path("setup.lock"), true)
		if err != nil {
			return nil, explain(err, "")
		}
		if lock != nil {
			return lock, nil
		}
		if !told {
			fmt.Println(lang.Pick("다른 창에서 설치하고 있습니다. 끝나기를 기다립니다.", "Another set-up is running: waiting for it."))
		}
		if err := sleep(ctx, pollTime); err != nil {
			return nil, err
		}
	}
}
