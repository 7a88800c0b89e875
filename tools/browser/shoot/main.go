// Shoot takes pictures of a lesson in JupyterLab, from top to bottom with all
// that is hidden unfolded: for looking at what the tests cannot judge.
//
//	go run ./tools/browser/shoot -out /tmp/shots notebooks/ko/01_sgd.ipynb
package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
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
	address, stop, err := serve(root)
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
		steps = append(steps, p.Dark)
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

// serve starts a JupyterLab of the course on the folder and returns its
// address.
func serve(root string) (address string, stop func(), err error) {
	settings := filepath.Join(root, ".settings")
	quiet := filepath.Join(settings, "@jupyterlab", "apputils-extension", "notification.jupyterlab-settings")
	if err := os.MkdirAll(filepath.Dir(quiet), 0o755); err != nil {
		return "", nil, err
	}
	if err := os.WriteFile(quiet, []byte(`{"fetchNews": "false", "checkForUpdates": false}`), 0o644); err != nil {
		return "", nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	address = "http://" + l.Addr().String()
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	cmd := exec.Command(".descent/bin/lab", "run", "--", "python", "-m", "jupyterlab", "--no-browser", "--allow-root",
		fmt.Sprintf("--ServerApp.port=%d", port), "--IdentityProvider.token=", "--ServerApp.root_dir="+root,
		"--LabApp.user_settings_dir="+settings)
	log, err := os.Create(filepath.Join(root, ".log"))
	if err != nil {
		return "", nil, err
	}
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		return "", nil, fmt.Errorf("%w (make setup installs what is needed)", err)
	}
	stop = func() { // it ends its kernels first
		cmd.Process.Signal(syscall.SIGTERM)
		cmd.Wait()
	}
	for range 200 {
		if r, err := http.Get(address + "/api"); err == nil {
			r.Body.Close()
			return address, stop, nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	cmd.Process.Kill()
	said, _ := os.ReadFile(log.Name())
	return "", nil, fmt.Errorf("JupyterLab did not start:\n%s", said)
}
