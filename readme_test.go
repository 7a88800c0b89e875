// Package descent_test holds what the READMEs promise.
package descent_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var readmes = []string{"README.md", "README.ko.md"}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// block returns the first fenced block of the language that contains text.
func block(t *testing.T, doc, language, text string) string {
	t.Helper()
	for _, m := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(doc, -1) {
		if strings.Contains(m[1], text) {
			return m[1]
		}
	}
	t.Fatalf("no %s block with %q", language, text)
	return ""
}

// The program runs in a fresh module after the command that the README gives,
// without network, and prints what its last comment says.
func TestProgramRuns(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range readmes {
		doc := read(t, name)
		dir := t.TempDir()
		program := block(t, doc, "go", "package main")
		if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(program), 0o644); err != nil {
			t.Fatal(err)
		}
		run := func(args ...string) string {
			cmd := exec.Command("go", args...)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=", "GOWORK=off")
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%s: go %s: %v\n%s", name, strings.Join(args, " "), err, out)
			}
			return string(out)
		}
		run("mod", "init", "example")
		for line := range strings.Lines(block(t, doc, "sh", "go mod edit")) {
			line = strings.ReplaceAll(strings.TrimSpace(line), "/path/to/this/folder", here)
			args := strings.SplitN(line, " -replace=", 2) // the path may hold spaces
			words := strings.Fields(args[0])[1:]
			if len(args) == 2 {
				words = append(words, "-replace="+args[1])
			}
			out := run(words...)
			if words[0] == "run" {
				if want := regexp.MustCompile(`// Output: (.*)`).FindStringSubmatch(program)[1]; strings.TrimSpace(out) != want {
					t.Errorf("%s: the program prints %q, promised is %q", name, out, want)
				}
			}
		}
	}
}

// A Go program that imports an optimizer or an initializer compiles neither
// the kernel nor the drawing.
func TestLightPackages(t *testing.T) {
	for _, pkg := range []string{"./pkg/optim", "./pkg/surface", "./pkg/weightinit", "./pkg/digits"} {
		out, err := exec.Command("go", "list", "-deps", pkg).Output()
		if err != nil {
			t.Fatal(err)
		}
		for dep := range strings.Lines(string(out)) {
			dep = strings.TrimSpace(dep)
			if strings.Contains(dep, ".") && !strings.HasPrefix(dep, "vendor/") || strings.HasPrefix(dep, "descent/") && dep != "descent"+pkg[1:] && !strings.HasPrefix(dep, "descent/pkg/internal/") {
				t.Errorf("%s depends on %s", pkg, dep)
			}
		}
	}
}
