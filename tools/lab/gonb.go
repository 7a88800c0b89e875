package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"descent/pkg/lang"
)

const gonbModule = "github.com/janpfeifer/gonb"

//go:embed runes.go
var runesSource string

// edit replaces code of GoNB that occurs once in a file.
type edit struct{ file, old, new string }

// gonbEdits are what the course changes in the pinned GoNB. It sends what a
// cell prints in pieces of 32 KB, each a JSON string, so that a character that
// falls on a border is lost; and a kernel that is killed leaves its gopls
// running.
var gonbEdits = []edit{
	{"internal/jpyexec/jpyexec.go", "_, err := io.Copy(exec.stdoutWriter, exec.cmdStdout)", "err := copyRunes(exec.stdoutWriter, exec.cmdStdout)"},
	{"internal/jpyexec/jpyexec.go", "_, err := io.Copy(exec.stderrWriter, exec.cmdStderr)", "err := copyRunes(exec.stderrWriter, exec.cmdStderr)"},
	// GoNB connects after 12 s, and stays connected as long as it lives.
	{"internal/goexec/goplsclient/exec.go", `"-listen", addr)`, `"-listen", addr, "-listen.timeout=1m")`},
}

// gonb returns the step that builds GoNB with the course's edits.
func (c *course) gonb() step {
	s := c.goTools("gonb", lang.Pick("Go 커널", "Go kernel"), "go.mod", gonbModule)
	s.key += fmt.Sprintf("%q", append(gonbEdits, edit{new: runesSource}))
	s.make = func(ctx context.Context, t *task, tmp string) error {
		env := c.downloadEnv()
		if err := t.command(ctx, env, c.gobin, "list", "-f", "{{.Dir}}", gonbModule); err != nil {
			return err
		}
		flags, err := c.editGonb(lastLine(string(t.output)), tmp)
		if err != nil {
			return err
		}
		args := append([]string{"build", "-v", "-o", filepath.Join(tmp, "bin") + "/"}, flags...)
		return t.command(ctx, env, c.gobin, append(args, gonbModule)...)
	}
	return s
}

// editGonb writes to tmp, a folder in the checkout, what go build needs to
// build the GoNB in dir with the edits, and returns the flags that say so. Go
// replaces files of a build, but none in the module cache: so a link in tmp
// stands for dir. Its paths are relative, since the go command may know the
// checkout by another one.
func (c *course) editGonb(dir, tmp string) (flags []string, err error) {
	edited, err := editedGonb(dir)
	rel, e1 := filepath.Rel(c.root, tmp)
	mod, e2 := os.ReadFile(filepath.Join(c.root, "go.mod"))
	sum, e3 := os.ReadFile(filepath.Join(c.root, "go.sum"))
	if err := errors.Join(err, e1, e2, e3); err != nil {
		return nil, err
	}
	overlay := map[string]string{}
	files := map[string]string{
		"go.mod": fmt.Sprintf("%s\nreplace %s => ./%s/gonb\n", mod, gonbModule, filepath.ToSlash(rel)),
		"go.sum": string(sum),
	}
	for name, text := range edited {
		overlay[filepath.Join(rel, "gonb", name)] = filepath.Join(rel, "edited", name)
		files[filepath.Join("edited", name)] = text
	}
	for name, text := range files {
		if err := writeFile(filepath.Join(tmp, name), []byte(text)); err != nil {
			return nil, err
		}
	}
	if err := writeJSON(filepath.Join(tmp, "overlay.json"), object{"Replace": overlay}); err != nil {
		return nil, err
	}
	flags = []string{"-modfile=" + filepath.Join(tmp, "go.mod"), "-overlay=" + filepath.Join(tmp, "overlay.json")}
	return flags, os.Symlink(dir, filepath.Join(tmp, "gonb"))
}

// editedGonb returns the files of the GoNB in dir that the edits change or add.
func editedGonb(dir string) (map[string]string, error) {
	files := map[string]string{"internal/jpyexec/runes.go": strings.Replace(runesSource, "package main", "package jpyexec", 1)}
	for _, e := range gonbEdits {
		if _, read := files[e.file]; !read {
			b, err := os.ReadFile(filepath.Join(dir, e.file))
			if err != nil {
				return nil, err
			}
			files[e.file] = string(b)
		}
		if n := strings.Count(files[e.file], e.old); n != 1 {
			return nil, fmt.Errorf("%s of GoNB: %q occurs %d times, not once", e.file, e.old, n)
		}
		files[e.file] = strings.Replace(files[e.file], e.old, e.new, 1)
	}
	return files, nil
}
