// Image builds the container image of the course; its tests try the image as
// students and hubs use it.
//
//	image build    Dockerfile, as descent (TAG names another)
//	image load     students who come at once to a JupyterHub on this machine; -h lists the flags
package main

import (
	"fmt"
	"os"
	"os/exec"
)

func main() {
	if err := command(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "image:", err)
		os.Exit(1)
	}
}

func command(args []string) error {
	if len(args) > 0 && args[0] == "load" {
		return load(os.Stdout, args[1:])
	}
	if len(args) != 1 || args[0] != "build" {
		return fmt.Errorf("usage: image build|load")
	}
	e, err := findEngine()
	if err != nil {
		return err
	}
	return e.build(tag())
}

func tag() string {
	if t := os.Getenv("TAG"); t != "" {
		return t
	}
	return "descent"
}

// engine is the command that builds and runs containers here.
type engine string

// findEngine returns the engine that ENGINE names, else the first one that
// works: a docker command may be there without its service.
func findEngine() (engine, error) {
	names := []string{"docker", "podman", "buildah"}
	if want := os.Getenv("ENGINE"); want != "" {
		names = []string{want}
	}
	for _, name := range names {
		if exec.Command(name, "info").Run() == nil {
			return engine(name), nil
		}
	}
	return "", fmt.Errorf("no container engine answers: tried %v with `info`", names)
}

// build makes the image from the checkout. Only docker's format has health
// checks, so the others are told to use it.
func (e engine) build(tag string) error {
	args := []string{"build", "-t", tag}
	if e != "docker" {
		args = append(args, "--format", "docker", "--layers")
	}
	cmd := exec.Command(string(e), append(args, ".")...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}
