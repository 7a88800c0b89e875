package browser

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// panel is the notebook in front; others may be open behind it.
const panel = `document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden)')`

// Ready waits until the notebook of a file name is in front and drawn, and so
// are all eight menus.
func (p *Page) Ready(name string) error {
	return p.until(60*time.Second, fmt.Sprintf(`[...document.querySelectorAll(".lm-TabBar-tab.lm-mod-current .lm-TabBar-tabLabel")].some(e => e.textContent === %q) && %s?.querySelector('.jp-Cell') &&
		document.querySelectorAll('.lm-MenuBar-item').length === 8 && !document.querySelector('.jp-Spinner')`, name, panel))
}

// Unfold shows what the lesson hides at first: outputs and folded text.
func (p *Page) Unfold() error {
	_, err := eval[chromedp.Void](p, panel+`.querySelectorAll('.jp-OutputPlaceholder').forEach(e => e.click());
		`+panel+`.querySelectorAll('details').forEach(e => e.open = true)`)
	return err
}

// Tall makes the window as tall as the notebook, so that all cells are drawn,
// and returns the height.
func (p *Page) Tall(width int) (height int, err error) {
	for height = max(p.height, 4000); height < 100_000; height *= 2 {
		if err := p.do(60*time.Second, size(width, height)); err != nil {
			return 0, err
		}
		bottom, err := p.bottom()
		if err != nil {
			return 0, err
		}
		if bottom < float64(height) {
			p.height = height
			return int(bottom) + 20, nil
		}
	}
	return 0, fmt.Errorf("the notebook is taller than %d pixels", height)
}

// bottom returns where the last cell ends once that no longer changes:
// JupyterLab draws cells one after the other, slowly on a busy machine.
func (p *Page) bottom() (y float64, err error) {
	for range 60 {
		if err := p.do(10*time.Second, chromedp.Sleep(time.Second)); err != nil {
			return 0, err
		}
		before := y
		y, err = eval[float64](p, panel+`.querySelector('.jp-WindowedPanel-outer').scrollTop = 0,
			[...`+panel+`.querySelectorAll('.jp-Cell')].at(-1).getBoundingClientRect().bottom`)
		if err != nil || y == before {
			return y, err
		}
	}
	return 0, fmt.Errorf("the notebook keeps growing: its last cell ends at %v", y)
}

// Code returns what stands in the n-th code cell.
func (p *Page) Code(n int) (string, error) {
	return eval[string](p, fmt.Sprintf(`%s.querySelectorAll('.jp-CodeCell')[%d].querySelector('.cm-content').innerText`, panel, n))
}

// Title returns the notebook's first heading.
func (p *Page) Title() (string, error) {
	return eval[string](p, panel+`.querySelector('h1').textContent`)
}

// Type writes a line at the end of the n-th code cell, as a student does.
func (p *Page) Type(n int, line string) error {
	editor := fmt.Sprintf(`%s.querySelectorAll('.jp-CodeCell')[%d].querySelector('.cm-line:last-child')`, panel, n)
	if _, err := eval[chromedp.Void](p, editor+`.scrollIntoView({block: 'center'})`); err != nil {
		return err
	}
	if err := p.click(editor); err != nil {
		return err
	}
	return p.do(10*time.Second, chromedp.KeyEvent(kb.End), chromedp.KeyEvent(kb.Enter), chromedp.KeyEvent(line))
}

// Save saves the notebook through the menu and waits until it is.
func (p *Page) Save() error {
	if err := p.choose(fileMenu, "docmanager:save", ""); err != nil {
		return err
	}
	return p.until(20*time.Second, `!document.querySelector('.lm-TabBar-tab.lm-mod-current.jp-mod-dirty')`)
}

// Trusted reports whether JupyterLab counts the notebook as trusted.
func (p *Page) Trusted() (bool, error) {
	const icon = `document.querySelector('.jp-StatusItem-trust svg')`
	if err := p.until(10*time.Second, icon); err != nil {
		return false, err
	}
	// with no cells loaded yet, all of them count as trusted
	untrusted := p.until(20*time.Second, icon+`.dataset.icon === 'ui-components:not-trusted'`)
	return untrusted != nil, nil
}

func size(width, height int) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: int64(width), Height: int64(height), DeviceScaleFactor: 1})
		return err
	})
}

// Shots writes pictures of the whole notebook, in slices dir/name-01.png and
// so on, and returns their names.
func (p *Page) Shots(dir, name string, width int) (files []string, err error) {
	height, err := p.Tall(width)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	const slice = 1400
	for y := 0; y < height; y += slice {
		png, err := p.picture(page.Viewport{Y: float64(y), Width: float64(width), Height: float64(min(slice, height-y)), Scale: 1})
		if err != nil {
			return files, err
		}
		file := filepath.Join(dir, fmt.Sprintf("%s-%02d.png", name, len(files)+1))
		if err := os.WriteFile(file, png, 0o644); err != nil {
			return files, err
		}
		files = append(files, file)
	}
	return files, nil
}

// picture returns the PNG of a part of the page.
func (p *Page) picture(part page.Viewport) (png []byte, err error) {
	err = p.do(60*time.Second, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		shot, err := cdp.Call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{Clip: &part})
		png = shot.Data
		return err
	}))
	return png, err
}
