package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"time"
)

// doctor prints what a bug report needs, without secrets.
func (c *course) doctor(w io.Writer) error {
	var b bytes.Buffer
	section := func(title string) { fmt.Fprintf(&b, "\n%s\n", title) }
	line := func(name, value string) { fmt.Fprintf(&b, "  %-12s %s\n", name, strings.TrimSpace(value)) }

	section("machine")
	line("system", runtime.GOOS+"/"+runtime.GOARCH+" "+c.output("uname", "-sr"))
	line("processors", fmt.Sprint(runtime.NumCPU()))
	line("language", locale(os.Getenv))
	line("time", time.Now().Format(time.RFC3339))
	for _, name := range []string{"HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy"} {
		if v := os.Getenv(name); v != "" {
			line(name, v)
		}
	}
	line("disk", lastLine(c.output("df", "-k", ".")))

	section("course")
	line("folder", c.root)
	line("commit", c.output("git", "log", "-1", "--format=%h %cI"))
	line("changed", strings.Join(strings.Fields(c.output("git", "status", "--porcelain")), " "))

	section("Go")
	line("command", c.gobin)
	for _, name := range []string{"GOVERSION", "GOROOT", "GOMODCACHE", "GOPROXY", "GOSUMDB", "GOENV"} {
		line(name, c.goenv[name])
	}

	section("Python")
	for _, name := range append([]string{os.Getenv("PYTHON")}, pythons...) {
		if p := c.askPython(context.Background(), name); p.path != "" {
			line(name, fmt.Sprintf("%s %s venv:%v", p.version, p.path, p.venv))
		}
	}

	section("set-up")
	steps := c.steps(true)
	for _, s := range steps {
		state := "done"
		if !c.done(s) {
			state = "not done"
		}
		line(s.name, state)
	}
	line("size", c.output("du", "-sk", c.dir))
	line("processes", fmt.Sprint(len(c.ours(processes()))))

	section("variables that are not passed on")
	for _, kv := range os.Environ() {
		if name, _, _ := strings.Cut(kv, "="); foreign.MatchString(kv) {
			line(name, "")
		}
	}

	for _, s := range c.undone(steps) {
		if log, err := os.ReadFile(c.path("log", s.name+".log")); err == nil {
			section("end of the log of " + s.name)
			b.Write(log[max(0, len(log)-2000):])
		}
	}
	_, err := io.WriteString(w, mask(b.String(), os.Getenv("HOME")))
	return err
}

// output returns what a command prints, or why it does not.
func (c *course) output(name string, args ...string) string {
	cmd := exec.Command(name, args...)
	cmd.Dir = c.root
	out, err := cmd.Output()
	if err != nil {
		return err.Error()
	}
	return string(out)
}

// ours returns the kernels and gopls of this checkout.
func (c *course) ours(all []process) []process {
	var list []process
	for _, p := range all {
		if strings.HasPrefix(p.command, c.path("bin")+"/") {
			list = append(list, p)
		}
	}
	return list
}

var secret = regexp.MustCompile(`://[^/@\s]*@|(?i:token|password|secret|key)=[^&\s]+|(?i:authorization): .*`)

// mask hides passwords, tokens and the name of the home folder.
func mask(s, home string) string {
	s = secret.ReplaceAllStringFunc(s, func(m string) string {
		if strings.HasPrefix(m, "://") {
			return "://…@"
		}
		i := strings.IndexAny(m, "=:")
		return m[:i+1] + "…"
	})
	if len(home) > 1 {
		s = strings.ReplaceAll(s, home, "~")
	}
	return s
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}
