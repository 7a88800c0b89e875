// Package browser looks at lessons as a student does: in JupyterLab, in a real
// Chromium.
package browser

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Browser is a Chromium without a window.
type Browser struct {
	ctx   context.Context
	Close func()
}

// Start starts Chromium, that of the variable CHROMIUM or the first of the
// usual names.
func Start(ctx context.Context) (*Browser, error) {
	path := os.Getenv("CHROMIUM")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path == "" {
			path, _ = exec.LookPath(name)
		}
	}
	if path == "" {
		return nil, errors.New("no Chromium: install the package chromium, or name one in CHROMIUM")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.Flag("lang", "en"))
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	if conf, err := fonts(); err == nil {
		options = append(options, chromedp.Env("FONTCONFIG_FILE="+conf))
	}
	allocator, stop := chromedp.NewExecAllocator(ctx, options...)
	bctx, cancel := chromedp.NewContext(allocator)
	b := &Browser{ctx: bctx, Close: func() { cancel(); stop() }}
	if err := chromedp.Do(bctx); err != nil {
		b.Close()
		return nil, fmt.Errorf("%s does not start: %w", path, err)
	}
	return b, nil
}

// fonts writes a configuration that adds the course's Hangul font to those of
// the system, which may have none.
func fonts() (string, error) {
	_, file, _, _ := runtime.Caller(0)
	dir := filepath.Join(filepath.Dir(file), "..", "..", "pkg", "plots", "internal", "typeset", "fonts")
	conf := filepath.Join(os.TempDir(), "descent-fonts.conf")
	return conf, os.WriteFile(conf, []byte(`<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>`+dir+`</dir></fontconfig>
`), 0o644)
}

// Page is a tab. It keeps a record of what the course promises not to do.
type Page struct {
	ctx   context.Context
	Close func()

	height  int // at which all of the notebook was drawn
	mu      sync.Mutex
	trouble []string
}

// Open shows the address in a tab of the given size that knows nothing of
// other tabs.
func (b *Browser) Open(address string, width, height int) (*Page, error) {
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	p := &Page{ctx: ctx, Close: cancel}
	if err := chromedp.Do(ctx); err != nil {
		cancel()
		return nil, err
	}
	p.watch()
	if err := p.do(60*time.Second, chromedp.EmulateViewport(int64(width), int64(height)), chromedp.Navigate(address)); err != nil {
		cancel()
		return nil, fmt.Errorf("%s: %w", address, err)
	}
	return p, nil
}

// do runs steps within a time.
func (p *Page) do(limit time.Duration, steps ...chromedp.Action[chromedp.Void]) error {
	ctx, cancel := context.WithTimeout(p.ctx, limit)
	defer cancel()
	return chromedp.Do(ctx, steps...)
}

// watch notes requests to other hosts and errors on the console, until the
// page is closed.
func (p *Page) watch() {
	messages := chromedp.Console(p.ctx)
	requests := chromedp.Events(p.ctx, network.RequestWillBeSent)
	sockets := chromedp.Events(p.ctx, network.WebSocketCreated)
	go func() {
		for m, err := range messages {
			if err == nil && (m.Type == chromedp.ConsoleError || m.Type == chromedp.ConsoleException) {
				p.note("console: " + m.Text + " " + m.URL)
			}
		}
	}()
	go func() {
		for r, err := range requests {
			if err == nil && elsewhere(r.Request.URL) {
				p.note("request to another host: " + r.Request.URL)
			}
		}
	}()
	go func() {
		for s, err := range sockets {
			if err == nil && elsewhere(s.URL) {
				p.note("connection to another host: " + s.URL)
			}
		}
	}()
}

func (p *Page) note(what string) {
	p.mu.Lock()
	p.trouble = append(p.trouble, what)
	p.mu.Unlock()
}

// Trouble returns what was noted so far.
func (p *Page) Trouble() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.trouble...)
}

func elsewhere(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return true
	}
	switch u.Scheme {
	case "http", "https", "ws", "wss":
		return u.Hostname() != "127.0.0.1" && u.Hostname() != "localhost"
	}
	return false // data:, blob:
}

// eval returns the value of a JavaScript expression.
func eval[T any](p *Page, js string) (T, error) {
	ctx, cancel := context.WithTimeout(p.ctx, 30*time.Second)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](js))
}

// until waits for a JavaScript expression to be true.
func (p *Page) until(limit time.Duration, js string) error {
	err := p.do(limit, chromedp.Poll[chromedp.Void]("Boolean("+js+")",
		chromedp.WithPollingInterval(100*time.Millisecond), chromedp.WithPollingTimeout(limit)))
	if err != nil {
		return fmt.Errorf("%v passed without %s: %w", limit, js, err)
	}
	return nil
}
