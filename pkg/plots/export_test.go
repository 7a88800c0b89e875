package plots

import "fmt"

// EscapeMarkdown is for the gallery, a page of Markdown.
var EscapeMarkdown = escapeMarkdown

// Check returns what of a figure cannot be drawn, or nil.
func Check(f *Figure) error { return f.check() }

// Overhang says what of the figure lies outside of the paper, or nothing.
func Overhang(f *Figure) string {
	d, height, err := f.draw()
	if err != nil {
		return err.Error()
	}
	paper := rect{0, 0, width, height}
	for _, o := range d.ops {
		if o.image != nil && !o.box.within(paper) {
			return fmt.Sprintf("an image at %v on %v", o.box, paper)
		}
		for _, c := range o.path {
			if p := (point{float64(c.Pos.X), float64(c.Pos.Y)}); (p.x != 0 || p.y != 0) && !paper.holds(p) {
				return fmt.Sprintf("a point at %v on %v", p, paper)
			}
		}
	}
	return ""
}
