package browser

import (
	"encoding/json"
	"fmt"
)

// View is what one sees of a notebook.
type View struct {
	Menu    string   // label of the first menu
	Cells   int      // drawn
	Red     int      // cells with an error or on stderr, which look alike
	NotRun  int      // code cells without a number
	Figures int      // drawn pictures, those with sliders among them
	Missing []string // pictures that are not drawn
	Formula []string // formulas that MathJax refused or did not set
	Wide    []string // code, output and text that scroll sideways
}

// See returns the view of a notebook all of whose cells are drawn.
func (p *Page) See() (v View, err error) {
	js, err := eval[string](p, `(() => {
		const all = (q, root = document) => [...root.querySelectorAll(q)]
		const text = e => e.textContent.trim().slice(0, 80)
		const nb = `+panel+`
		const images = all('.jp-OutputArea-output img', nb)
		const drawn = i => i.complete && i.naturalWidth > 0 && i.getBoundingClientRect().width > 0
		const words = all('.jp-RenderedMarkdown', nb).flatMap(m => {
			const walk = document.createTreeWalker(m, NodeFilter.SHOW_TEXT), texts = []
			while (walk.nextNode())
				if (!walk.currentNode.parentElement.closest('code, pre, mjx-container')) texts.push(walk.currentNode.data)
			return texts
		})
		return JSON.stringify({
			Menu: text(document.querySelector('.lm-MenuBar-itemLabel')),
			Cells: all('.jp-Cell', nb).length,
			Red: all('.jp-Cell', nb).filter(c => c.querySelector('[data-mime-type="application/vnd.jupyter.stderr"], [data-mime-type="application/vnd.jupyter.error"]')).length,
			NotRun: all('.jp-CodeCell .jp-InputPrompt', nb).filter(e => !/\[\d+\]:/.test(e.textContent)).length,
			Figures: images.filter(drawn).length + all('.vega-embed svg', nb).filter(e => e.querySelector('.mark-text') && e.getBoundingClientRect().width > 100).length,
			Missing: images.filter(i => !drawn(i)).map(i => i.src.slice(0, 60)),
			Formula: all('math merror, math mtext[mathcolor=red]', nb).map(text).concat(words.filter(w => /\$|\\[a-z]/.test(w)).map(w => w.trim().slice(0, 80))),
			Wide: all('.cm-scroller, .jp-OutputArea-output, .jp-RenderedMarkdown', nb).filter(e => e.scrollWidth > e.clientWidth + 1).map(text),
		})
	})()`)
	if err != nil {
		return v, err
	}
	return v, json.Unmarshal([]byte(js), &v)
}

// defects compares what is seen with what the file holds.
func (v View) defects(lang string, want View) (found []string) {
	defect := func(bad bool, format string, args ...any) {
		if bad {
			found = append(found, fmt.Sprintf(format, args...))
		}
	}
	menu := map[string]string{"ko": "파일", "en": "File"}[lang]
	defect(v.Menu != menu, "the first menu is %q, want %q", v.Menu, menu)
	defect(v.Cells != want.Cells, "cells drawn: %d, want %d", v.Cells, want.Cells)
	defect(v.Red != want.Red, "red cells: %d, want %d", v.Red, want.Red)
	defect(v.NotRun != 0, "code cells without a number, which did not run: %d", v.NotRun)
	defect(v.Figures != want.Figures, "figures drawn: %d, want %d; not drawn: %q", v.Figures, want.Figures, v.Missing)
	defect(len(v.Formula) > 0, "formulas not set: %q", v.Formula)
	defect(len(v.Wide) > 0, "scrolls sideways: %q", v.Wide)
	return found
}

// HideSidebar gives the notebook the whole window.
func (p *Page) HideSidebar() error {
	const tab = `document.querySelector('.jp-SideBar.jp-mod-left .lm-TabBar-tab.lm-mod-current')`
	open, err := eval[bool](p, "Boolean("+tab+")")
	if err != nil || !open {
		return err
	}
	return p.click(tab)
}
