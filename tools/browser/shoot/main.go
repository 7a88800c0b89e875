// Shoot takes pictures of a lesson in JupyterLab, from top to bottom with all
// that is hidden unfolded: for looking at what the tests cannot judge.
//
//	go run ./tools/browser/shoot -out /tmp/shots notebooks/ko/01_sgd.ipynb
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"descent/tools/browser"
)

func main() {
	out := flag.String("out", ".descent/shots", "folder for the pictures")
	width := flag.Int("width", 1100, "of the window, in pixels")
	dark := flag.Bool("dark", false, "dark theme")
	run := flag.Bool("run", false, "run all cells before")
	folded := flag.Bool("folded", false, "leave hidden outputs and folded text as they are")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	for _, path := range flag.Args() {
		if err := shoot(ctx, path, *out, *width, *dark, *run, *folded); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", path, err)
			os.Exit(1)
		}
	}
}

func shoot(ctx context.Context, path, out string, width int, dark, run, folded bool) error {
	lang, name := filepath.Base(filepath.Dir(path)), filepath.Base(path)
	root, err := os.MkdirTemp("", "shoot")
	if err != nil {
		return err
	}
	defer os.RemoveAll(root)
	if err := os.CopyFS(filepath.Join(root, lang), os.DirFS(filepath.Dir(path))); err != nil {
		return err
	}
	address, stop, err := browser.Serve(".", root)
	if err != nil {
		return err
	}
	defer stop()
	b, err := browser.Start(ctx)
	if err != nil {
		return err
	}
	defer b.Close()
	p, err := b.Open(address+"/doc/tree/"+lang+"/"+name, width, 1000)
	if err != nil {
		return err
	}
	defer p.Close()
	steps := []func() error{func() error { return p.Ready(name) }}
	if dark {
		steps = append(steps, func() error { return p.Theme(true) })
	}
	if run {
		steps = append(steps, func() error { return p.RunAll(5 * time.Minute) })
	}
	if !folded {
		steps = append(steps, func() error { _, err := p.Tall(width); return err }, p.Unfold)
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	label := lang + "-" + strings.TrimSuffix(name, ".ipynb")
	if dark {
		label += "-dark"
	}
	files, err := p.Shots(out, label, width)
	for _, f := range files {
		fmt.Println(f)
	}
	for _, t := range p.Trouble() {
		fmt.Println("trouble:", t)
	}
	return err
}
