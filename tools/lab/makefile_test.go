package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestMakefile runs the Makefile with a go that only tells its version.
func TestMakefile(t *testing.T) {
	if _, err := exec.LookPath("make"); err != nil {
		t.Skip("no make")
	}
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	needed, err := strconv.Atoi(string(regexp.MustCompile(`(?m)^go 1\.(\d+)`).FindSubmatch(mod)[1]))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), `it's "q" 강의`)
	put(t, dir, "Makefile", string(makefile))
	bin := filepath.Join(dir, "the go")
	tooOld := func(v string) string {
		return fmt.Sprintf("descent: %s is too old: install Go 1.%d or newer from https://go.dev/dl", v, needed)
	}
	passed := "descent: Building the set-up program failed: go build -o .descent/bin/lab ./tools/lab"
	for _, test := range []struct{ version, env, want string }{
		{"go1.4", "", tooOld("go1.4")},
		{"go1.9.7", "", tooOld("go1.9.7")},
		{"go1.18", "", tooOld("go1.18")},
		{"go1.21rc2", "", tooOld("go1.21rc2")},
		{fmt.Sprintf("go1.%d.9", needed-1), "", tooOld(fmt.Sprintf("go1.%d.9", needed-1))},
		{fmt.Sprintf("go1.%d", needed), "", passed},
		{fmt.Sprintf("go1.%d.8", needed), "GOFLAGS=-x", passed},
		{"go1.30rc1", "GOWORK=/x", passed},
		{"go1.100.2", "GOTOOLCHAIN=go1.9", passed},
		{"devel go1.40-abc", "", passed},
		{"go1.18", "LANG=ko_KR.UTF-8", fmt.Sprintf("descent: go1.18은(는) 너무 오래되었습니다. https://go.dev/dl 에서 Go 1.%d 이상을 설치하세요.", needed)},
		{"", "", fmt.Sprintf("descent: Go is missing: install 1.%d or newer from https://go.dev/dl", needed)},
		{"", "LANG=ko_KR.UTF-8", fmt.Sprintf("descent: Go가 없습니다. https://go.dev/dl 에서 1.%d 이상을 설치하세요.", needed)},
	} {
		os.Remove(bin)
		if test.version != "" {
			put(t, dir, "the go", fmt.Sprintf(`#!/bin/sh
case "$GOENV $GOWORK $GOTOOLCHAIN $GOFLAGS" in "off off local ") ;; *) echo "hostile: $GOENV $GOWORK $GOTOOLCHAIN $GOFLAGS"; exit 1 ;; esac
test -n "$HOME" || { echo no HOME; exit 1; }
case "$1 $2" in "env GOVERSION") echo %s ;; *) echo go "$@"; exit 1 ;; esac
`, test.version))
			if err := os.Chmod(bin, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		cmd := exec.Command("make", "lab", "GO="+bin)
		cmd.Dir = dir
		cmd.Env = []string{"PATH=" + os.Getenv("PATH")}
		if test.env != "" {
			cmd.Env = append(cmd.Env, test.env)
		}
		out, err := cmd.CombinedOutput()
		if err == nil {
			t.Errorf("%s: make succeeds", test.version)
		}
		if !strings.Contains("\n"+string(out), "\n"+test.want+"\n") {
			t.Errorf("%s %s: got\n%swant the line\n%s", test.version, test.env, out, test.want)
		}
	}
}

// withSources gives the stage the Makefile and the set-up program, to be built
// by the real Go.
func (s *stage) withSources() {
	s.t.Helper()
	if _, err := exec.LookPath("make"); err != nil {
		s.t.Skip("no make")
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		s.t.Fatal(err)
	}
	put(s.t, s.root, "Makefile", string(read(s.t, "../../Makefile")))
	put(s.t, s.root, "pkg/lang/lang.go", string(read(s.t, "../../pkg/lang/lang.go")))
	for _, name := range sources {
		if !strings.HasSuffix(name, "_test.go") {
			put(s.t, s.root, "tools/lab/"+name, string(read(s.t, name)))
		}
	}
	built, err := filepath.Abs("../../.descent/labcache")
	if _, e := os.Stat(built); err != nil || e != nil {
		s.t.Skip("the set-up program was never built: make setup does it")
	}
	if err := os.MkdirAll(filepath.Join(s.root, ".descent"), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.Symlink(built, filepath.Join(s.root, ".descent", "labcache")); err != nil {
		s.t.Fatal(err)
	}
}

// makes runs make with the real Go and expects one line of our own, and that
// make fails.
func (s *stage) makes(language, want string) {
	s.t.Helper()
	cmd := exec.Command("make", "setup")
	cmd.Dir = s.root
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + s.home, "COURSE_LANG=" + language}, s.env...)
	d := run(s.t, cmd)
	ours := slices.DeleteFunc(strings.Split(d.stderr, "\n"), func(l string) bool { return l == "" || strings.HasPrefix(l, "make") })
	if d.code == 0 || !slices.Equal(ours, []string{"descent: " + want}) {
		s.t.Errorf("make ends with %d and says\n%swant the line\ndescent: %s", d.code, d.stderr, want)
	}
}

// From make on, with the real Go: a path that is refused, a disk that is full.
func TestMakeReally(t *testing.T) {
	t.Parallel()
	t.Run("comma", func(t *testing.T) {
		s := newStageIn(t, t.TempDir(), "a,b")
		s.withSources()
		put(t, s.dir, "go.work", "nonsense\n")
		s.env = []string{"GOFLAGS=-mod=vendor", "GOWORK=/nowhere", "GOTOOLCHAIN=go1.99.0"}
		s.makes("ko", "강의 폴더의 경로에 ',' 문자가 있어 쓸 수 없습니다. 폴더를 옮기거나 이름을 바꾸세요: "+s.root)
		s.makes("en", "The path of the course must not contain ',': move or rename the folder "+s.root)
	})
	t.Run("disk full", func(t *testing.T) {
		s := newStageIn(t, tmpfs(t, "2m"), "course")
		s.withSources()
		s.makes("ko", diskKo)
		s.makes("en", diskEn)
	})
	t.Run("not writable", func(t *testing.T) {
		s := newStage(t)
		s.withSources()
		s.unprivileged()
		s.env = []string{"GO=" + filepath.Join(s.dir, "bin", "go")}
		for language, want := range map[string]string{"ko": s.root + " 폴더에 쓸 수 없습니다. 쓸 수 있는 폴더에서 강의를 다시 받으세요.",
			"en": "The folder " + s.root + " is not writable: put the course in a folder of your own."} {
			line := append(slices.Clone(s.wrap), "make", "setup")
			cmd := exec.Command(line[0], line[1:]...)
			cmd.Dir = s.root
			cmd.Env = append([]string{"PATH=/usr/bin:/bin:" + filepath.Join(s.dir, "bin"), "HOME=" + s.home, "COURSE_LANG=" + language}, s.env...)
			if d := run(t, cmd); d.code == 0 || !strings.HasPrefix(d.stderr, "descent: "+want+"\n") {
				t.Errorf("make ends with %d and says\n%swant the line\ndescent: %s", d.code, d.stderr, want)
			}
		}
	})
}
