// Lab sets the course up and opens it in JupyterLab; `make lab` runs it.
//
// Everything it installs lies in the folder .descent of the checkout, except
// Go's modules, which stay in the user's module cache.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"descent/pkg/lang"
)

const usage = `usage: lab COMMAND

  lab            set up what is missing and open a lesson in JupyterLab, from the copies in my/
  edit           the same with the lessons of notebooks/ themselves
  setup [-test]  set up what is missing; -test adds what the tests need
  run -- CMD …   run a command in the environment of the course
  env            print that environment, a line KEY=VALUE each
  doctor         print what a bug report needs
  image          make of what is set up what Dockerfile puts into the image

LESSON=01 COURSE_LANG=en|ko PORT=8890 OPEN=0 in the environment choose the
lesson, the language, the port, and that no browser opens`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	lang.Lang = locale(os.Getenv)
	err := command(ctx, os.Args[1:])
	switch {
	case err == nil:
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stderr, lang.Pick(
			"멈추었습니다. 같은 명령을 다시 실행하면 이어서 합니다.",
			"Stopped. The same command goes on from here."))
		os.Exit(130)
	default:
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			os.Exit(exit.ExitCode())
		}
		fmt.Fprintln(os.Stderr, "descent: "+err.Error())
		os.Exit(1)
	}
}

func command(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return errors.New(usage)
	}
	if known, err := inContainer(args); known {
		return err
	}
	c, err := openCourse()
	if err != nil {
		return err
	}
	switch name, args := args[0], args[1:]; {
	case name == "lab" && len(args) == 0:
		return c.lab(ctx, false)
	case name == "edit" && len(args) == 0:
		return c.lab(ctx, true)
	case name == "setup" && len(args) == 0:
		return c.setup(ctx, false)
	case name == "setup" && len(args) == 1 && args[0] == "-test":
		return c.setup(ctx, true)
	case name == "run" && len(args) >= 2 && args[0] == "--":
		return c.run(args[1:])
	case name == "env" && len(args) == 0:
		for _, kv := range c.environ() {
			fmt.Println(kv)
		}
		return nil
	case name == "doctor" && len(args) == 0:
		return c.doctor(os.Stdout)
	case name == "image" && len(args) == 0:
		return c.image()
	}
	return errors.New(usage)
}
