package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"descent/pkg/lang"
)

// lab opens a lesson in JupyterLab and stays until that ends: the copies in
// my/, or with edit the lessons of notebooks/ themselves.
func (c *course) lab(ctx context.Context, edit bool) error {
	notebooks := filepath.Join(c.root, "notebooks")
	o, err := readOptions(os.Getenv, notebooks)
	if err != nil {
		return err
	}
	if err := c.setup(ctx, false); err != nil {
		return err
	}
	open, err := lockFile(c.path("open.lock"), false)
	if err != nil {
		return explain(err, "")
	}
	if open == nil {
		return say("지금 다른 창에서 설치하고 있습니다. 끝난 뒤에 다시 실행하세요.",
			"A set-up is running in another terminal: run this again when it has ended.")
	}
	defer open.Close()
	warmed := make(chan error, 1)
	go func() { warmed <- c.warmUp(ctx) }()
	home := notebooks
	if !edit {
		home = filepath.Join(c.root, "my")
		if err := copyLessons(notebooks, home, os.Stdout); err != nil {
			return explain(err, "")
		}
	}
	s := &server{course: c, options: o, home: home, token: rand.Text()}
	if err := s.configure(); err != nil {
		return explain(err, "")
	}
	if err := s.run(ctx, open); err != nil {
		return err
	}
	return <-warmed
}

// warmUp builds what cells link, so that no entry of the build cache is
// missing or falls to Go's trimming. That takes a moment when nothing is to do.
func (c *course) warmUp(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, c.gobin, append([]string{"build"}, warm...)...)
	cmd.Dir, cmd.Env = c.root, c.environ()
	groupEnds(cmd)
	out, err := cmd.CombinedOutput()
	if err == nil || ctx.Err() != nil {
		return nil
	}
	fmt.Println(lang.Pick("미리 빌드하지 못했습니다. 셀이 느리거나 실패할 수 있습니다. 기록: ",
		"Building ahead failed, so cells may be slow or fail. Log: ") + c.path("log", "warm.log"))
	return os.WriteFile(c.path("log", "warm.log"), out, 0o666)
}
