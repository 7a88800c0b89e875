package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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
		{"go1.18", "LANG=ko_KR.UTF-8", fmt.Sprintf("descent: go1.18은(는) 너무 오래되었습니다. https://go.dev/dl 에서 Go 1.%d 이상을 설치하십시오.", needed)},
		{"", "", fmt.Sprintf("descent: Go is missing: install 1.%d or newer from https://go.dev/dl", needed)},
		{"", "LANG=ko_KR.UTF-8", fmt.Sprintf("descent: Go가 없습니다. https://go.dev/dl 에서 1.%d 이상을 설치하십시오.", needed)},
	} {
		os.Remove(bin)
		if test.version != "" {
			put(t, dir, "the go", fmt.Sprintf(`#!/bin/sh
case "$GOENV $GOWORK $GOTOOLCHAIN $GOFLAGS" in "off off local ") ;; *) echo "hostile: $GOENV $GOWORK $GOTOOLCHAIN $GOFLAGS"; exit 1 ;; esac
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
