package plots

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"descent/pkg/lang"
	"descent/pkg/optim"
	"descent/pkg/surface"
)

func (c *contours) caption(f *Figure) []string {
	formula := c.formula()
	x, y := c.view(f)
	var s []string
	if c.kind == "Field" {
		s = []string{
			lang.Pick(formula+"의 등고선과 기울기 벡터장.", "Contour lines of "+formula+" and its gradient field."),
			lang.Pick("화살표: −∇f의 방향, 길이는 기울기 크기의 제곱근에 비례.", "Arrows: direction of −∇f, their length grows with the square root of the gradient's length."),
		}
	} else {
		s = []string{lang.Pick(formula+"의 등고선과 "+c.whose(), "Contour lines of "+formula+" and "+c.whose()), c.ends()}
	}
	for _, p := range c.paths {
		s = append(s, oddities(p, plane{x: x, y: y})...)
	}
	switch c.arrowed {
	case "step":
		s = append(s, lang.Pick("화살촉: 갱신 방향.", "Arrowheads: direction of the steps."))
	case "velocity":
		s = append(s, lang.Pick("화살표: 속도 v, 길이는 |v|에 비례.", "Arrows: velocity v, their length is proportional to |v|."))
	}
	if c.startSeen(x, y) {
		circle := lang.Pick("동그라미: 시작점", "Circle: start")
		start := c.paths[0].W[0]
		if !slices.ContainsFunc(c.paths, func(p *optim.Path) bool { return !slices.Equal(p.W[0], start) }) {
			circle += " " + place(start[0], start[1])
		}
		s = append(s, circle+".")
	}
	if seen := c.minimaSeen(x, y); len(seen) > 0 {
		s = append(s, lang.Pick("별: 최소점 ", "Star: minimum ")+places(seen)+".")
	}
	if len(c.paths) == 1 {
		return append(s, lang.Pick("경로의 숫자는 스텝, 등고선의 숫자는 f의 값.", "Numbers on the path are steps, those on the contour lines values of f."))
	}
	return append(s, lang.Pick("등고선의 숫자는 f의 값.", "Numbers on the contour lines are values of f."))
}

// oddities says where a path leaves the picture and why it ended early.
func oddities(path *optim.Path, view plane) []string {
	var s []string
	name := methodOf(path)
	switch last, leaves := visible(view, path); {
	case leaves && last > 0:
		s = append(s, fmt.Sprintf(lang.Pick("%s: %s스텝에서 그림 밖으로 나감(화살표).", "%s leaves the picture at step %s (arrow)."), name, group(fmt.Sprint(last))))
	case leaves:
		s = append(s, fmt.Sprintf(lang.Pick("%s: 그림 밖에 있음.", "%s lies outside of the picture."), name))
	}
	if path.Err != nil {
		s = append(s, fmt.Sprintf(lang.Pick("%s: %s 뒤에 멈춤(%s).", "%s stops after %s (%s)."), name, steps(path), reason(path)))
	}
	return s
}

// methodOf names the method of a path in a sentence.
func methodOf(p *optim.Path) string {
	return cmp.Or(pretty(p.Method), lang.Pick("이름 없는 경로", "The unnamed path"))
}

// whose names the path, or counts the paths, with their steps.
func (c *contours) whose() string {
	first := c.paths[0]
	if len(c.paths) == 1 {
		if pretty(first.Method) == "" {
			return fmt.Sprintf(lang.Pick("갱신 경로(%s).", "a trajectory of %s."), steps(first))
		}
		return fmt.Sprintf(lang.Pick("%s의 경로(%s).", "the trajectory of %s over %s."), pretty(first.Method), steps(first))
	}
	if c.sameSteps() {
		return fmt.Sprintf(lang.Pick("갱신 경로 %d개(%s).", "%d trajectories of %s."), len(c.paths), steps(first))
	}
	return fmt.Sprintf(lang.Pick("갱신 경로 %d개.", "%d trajectories."), len(c.paths))
}

func steps(p *optim.Path) string { return count(p.Steps(), "#스텝", "step") }

func (c *contours) sameSteps() bool {
	return !slices.ContainsFunc(c.paths, func(p *optim.Path) bool { return p.Steps() != c.paths[0].Steps() })
}

// ends lists f after the last step of each path.
func (c *contours) ends() string {
	if len(c.paths) == 1 {
		return lang.Pick("마지막 f = ", "Final f = ") + c.final(c.paths[0]) + "."
	}
	var ends []string
	for _, p := range c.paths {
		end := methodOf(p) + " " + c.final(p)
		if !c.sameSteps() {
			end += lang.Pick("", " ") + "(" + steps(p) + ")"
		}
		ends = append(ends, end)
	}
	return lang.Pick("마지막 f: ", "Final f: ") + strings.Join(ends, ", ") + "."
}

// final is f at the end of the path, which may have been made by hand, without
// losses.
func (c *contours) final(p *optim.Path) string { return format(c.surface.Func(p.Last()), 4) }

// reason says in the reader's language why a run ended early.
func reason(p *optim.Path) string {
	var field *optim.FieldError
	var grad *optim.GradientError
	switch {
	case errors.As(p.Err, &field):
		return field.Error()
	case errors.As(p.Err, &grad) && !math.IsNaN(grad.Value) && !math.IsInf(grad.Value, 0):
		return lang.Pick("기울기가 너무 큼", "its gradient is too large")
	case errors.As(p.Err, &grad):
		return lang.Pick("기울기가 유한하지 않음", "its gradient is not finite")
	}
	return lang.Pick("다음 값이 유한하지 않음", "the next values are not finite")
}

func places(points []surface.Point) string {
	var s []string
	for _, p := range points {
		s = append(s, place(p[0], p[1]))
	}
	return strings.Join(s, ", ")
}

func place(x, y float64) string { return "(" + format(x, 4) + ", " + format(y, 4) + ")" }

func (c *contours) alt(f *Figure) string {
	x, y := c.view(f)
	formula := c.formula()
	text := fmt.Sprintf(lang.Pick("%s의 등고선 그림, 가로축 %s~%s, 세로축 %s~%s", "Contour plot of %s, x from %s to %s, y from %s to %s"),
		formula, format(x.lo, 4), format(x.hi, 4), format(y.lo, 4), format(y.hi, 4))
	if len(c.surface.Minima) > 0 {
		text += lang.Pick(", 최소점 ", ", minimum at ") + places(c.surface.Minima)
	}
	parts := []string{text + "."}
	if c.kind == "Field" {
		parts = append(parts, c.fieldAlt(x, y))
	}
	for _, p := range c.paths {
		end := p.Last()
		text := fmt.Sprintf(lang.Pick("%s: 시작점 %s, %s, y 방향으로 %s 되돌아감, 끝점 %s, f = %s", "%s: from %s, %s, %s along y, ends at %s, f = %s"),
			methodOf(p), place(p.W[0][0], p.W[0][1]), steps(p), count(p.Flips(1), "#번", "reversal"), place(end[0], end[1]), c.final(p))
		if last, leaves := visible(plane{x: x, y: y}, p); leaves && last > 0 {
			text += fmt.Sprintf(lang.Pick(", %s스텝에서 그림 밖으로 나감", ", leaves the picture at step %s"), group(fmt.Sprint(last)))
		}
		parts = append(parts, text+".")
	}
	return strings.Join(parts, " ")
}

// fieldAlt says how the steepest slopes along both axes compare.
func (c *contours) fieldAlt(x, y scale) string {
	gx, gy := 0.0, 0.0
	for i := range 21 {
		for j := range 21 {
			dx, dy := c.surface.Gradient(x.value(float64(i)/20), y.value(float64(j)/20))
			gx, gy = max(gx, math.Abs(dx)), max(gy, math.Abs(dy))
		}
	}
	return fmt.Sprintf(lang.Pick(
		"화살표는 −∇f를 따르며, 기울기 성분의 최댓값은 x 방향 %s, y 방향 %s.",
		"Arrows follow −∇f; the largest component of the gradient is %s along x, %s along y."), format(gx, 3), format(gy, 3))
}
