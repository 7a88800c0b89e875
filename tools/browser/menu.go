package browser

import (
	"fmt"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// Theme changes to the dark or the light theme. The server remembers it.
func (p *Page) Theme(dark bool) error {
	name, light := "JupyterLab Light", "true"
	if dark {
		name, light = "JupyterLab Dark", "false"
	}
	if err := p.choose(settingsMenu, "apputils:change-theme", name); err != nil {
		return err
	}
	return p.until(20*time.Second, `document.body.dataset.jpThemeLight === '`+light+`'`)
}

// RunAll runs all cells and waits until none is waiting any more: all have
// run, or one has failed.
func (p *Page) RunAll(limit time.Duration) error {
	if err := p.choose(runMenu, "runmenu:run-all", ""); err != nil {
		return err
	}
	const waiting = `[...` + panel + `.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].some(e => e.textContent.includes('*'))`
	if err := p.until(limit, waiting); err != nil {
		return err
	}
	return p.until(limit, "!"+waiting+" && "+panel+`.querySelector('.jp-Notebook-ExecutionIndicator').dataset.status === 'idle'`)
}

// The main menu is File, Edit, View, Run, Kernel, Tabs, Settings, Help, in
// whatever language.
const (
	fileMenu     = 0
	runMenu      = 3
	settingsMenu = -2 // counted from the end
)

// choose clicks the item of a command in a main menu or a menu below it, the
// one whose label holds the words.
func (p *Page) choose(menu int, command, words string) error {
	if err := p.click(fmt.Sprintf(`[...document.querySelectorAll('.lm-MenuBar-item')].at(%d)`, menu)); err != nil {
		return err
	}
	item := fmt.Sprintf(`[...document.querySelectorAll('.lm-Menu-item[data-command="%s"]')].find(e => e.textContent.includes(%q))`, command, words)
	for submenu := 0; submenu < 10; submenu++ {
		if there, err := eval[bool](p, "Boolean("+item+")"); err != nil {
			return err
		} else if there {
			return p.click(item)
		}
		if err := p.click(fmt.Sprintf(`document.querySelectorAll('.lm-Menu-item[data-type=submenu]')[%d]`, submenu)); err != nil {
			return err
		}
	}
	return fmt.Errorf("the menu has no command %s %s", command, words)
}

// click clicks the middle of the element that a JavaScript expression gives.
func (p *Page) click(element string) error {
	at, err := eval[[]float64](p, `(r => [r.x + r.width / 2, r.y + r.height / 2])((`+element+`).getBoundingClientRect())`)
	if err != nil {
		return fmt.Errorf("%s: %w", element, err)
	}
	return p.do(10*time.Second, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0], at[1]),
		chromedp.MouseClickXY(at[0], at[1]), chromedp.Sleep(300*time.Millisecond))
}
