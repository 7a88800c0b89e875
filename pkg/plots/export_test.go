package plots

import (
	"fmt"

	"gonum.org/v1/plot/vg"
)

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

// Crowded says which text of the figure, or of its first step if it moves, runs
// into another or leaves the paper, or nothing.
func Crowded(f *Figure) string {
	d, height, err := f.draw()
	if err != nil {
		return err.Error()
	}
	crowded := crowdedOps(d.ops, height)
	if len(d.reels) > 0 && crowded == "" {
		return crowdedOps(append(d.ops[:d.still():d.still()], d.upTo(0)...), height)
	}
	return crowded
}

func crowdedOps(ops []op, height float64) string {
	paper := rect{0, 0, width, height}
	var texts []op
	var boxes []rect
	for _, o := range ops {
		if o.text == "" || len(o.path) == 0 {
			continue
		}
		box := rect{width, height, 0, 0}
		for _, c := range o.path {
			if c.Type != vg.CloseComp {
				x, y := float64(c.Pos.X), float64(c.Pos.Y)
				box = rect{min(box.x0, x), min(box.y0, y), max(box.x1, x), max(box.y1, y)}
			}
		}
		if !box.within(paper) {
			return fmt.Sprintf("%q leaves the paper: %v", o.text, box)
		}
		for i, other := range boxes {
			if box.meets(other) {
				return fmt.Sprintf("%q runs into %q", o.text, texts[i].text)
			}
		}
		texts, boxes = append(texts, o), append(boxes, box)
	}
	return ""
}

// Still is the figure that stands where nothing can be moved.
func Still(p *Player) *Figure { return p.still }
