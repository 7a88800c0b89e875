package plots

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"strconv"
	"strings"

	"descent/pkg/lang"
)

// Digits draws a gallery of square grey images with their labels. A row of
// images holds the pixels line by line, 0 white to 1 black, as package digits
// has them.
func Digits(images [][]float64, labels []int) *Figure {
	return &Figure{content: &gallery{images: images, labels: labels}}
}

// Predictions is Digits with what a net takes the images for: those that it
// takes for something else have a thick frame and both numbers, label→prediction.
func Predictions(images [][]float64, labels, predicted []int) *Figure {
	return &Figure{content: &gallery{images: images, labels: labels, predictions: true, predicted: predicted}}
}

func (g *gallery) wrong() (n int) {
	for i, l := range g.labels {
		if g.predicted[i] != l {
			n++
		}
	}
	return n
}

type gallery struct {
	images [][]float64
	labels []int

	predictions bool
	predicted   []int
}

const maxImages = 200

func (g *gallery) kind() string {
	if g.predictions {
		return "Predictions"
	}
	return "Digits"
}

func (g *gallery) check(f *Figure) error {
	if len(g.images) == 0 {
		return fmt.Errorf("plots: %s needs at least one image", g.kind())
	}
	if len(g.images) > maxImages {
		return fmt.Errorf("plots: %s has %d images, allowed are %d at most", g.kind(), len(g.images), maxImages)
	}
	if len(g.labels) != len(g.images) {
		return fmt.Errorf("plots: %s has %s, but %s", g.kind(), plural(len(g.images), "image"), plural(len(g.labels), "label"))
	}
	if g.predictions && len(g.predicted) != len(g.images) {
		return fmt.Errorf("plots: Predictions has %s, but %s", plural(len(g.images), "image"), plural(len(g.predicted), "prediction"))
	}
	if f.x != (axis{}) || f.y != (axis{}) || len(f.hlines)+len(f.vlines)+len(f.curves) > 0 {
		return fmt.Errorf("plots: %s has no axes: only Title and Look can be set", g.kind())
	}
	n := side(g.images[0])
	for i, image := range g.images {
		if n*n != len(image) || n == 0 {
			return fmt.Errorf("plots: %s: image %d has %s, allowed are squares of one size such as 64 for 8×8", g.kind(), i, plural(len(image), "pixel"))
		}
		for j, v := range image {
			if !(v >= 0 && v <= 1) {
				return fmt.Errorf("plots: %s: image %d has the pixel %v at %d, allowed is 0 to 1", g.kind(), i, v, j)
			}
		}
	}
	return nil
}

func side(image []float64) int { return int(math.Round(math.Sqrt(float64(len(image))))) }

func (g *gallery) title() string { return "" }

func (g *gallery) draw(f *Figure, d *drawing, top float64) float64 {
	const columns, gap = 10, 14.0
	cell := (width - 2*margin - (columns-1)*gap) / columns
	n := side(g.images[0])
	pixel := math.Max(1, math.Floor(2*cell/float64(n))) / 2 // whole device pixels
	cell = float64(n) * pixel
	step := (width - 2*margin - cell) / (columns - 1)
	for i, pixels := range g.images {
		x := math.Floor(margin + float64(i%columns)*step)
		y := math.Floor(top + float64(i/columns)*(cell+textSize+16))
		box := rect{x, y, x + cell, y + cell}
		d.ops = append(d.ops, op{image: enlarged(pixels, n, int(2*pixel)), box: box})
		d.outline(stroke{color: frameInk, width: 1}, d.box(rect{x - 0.5, y - 0.5, x + cell + 0.5, y + cell + 0.5})...)
		if g.predictions && g.predicted[i] != g.labels[i] {
			d.outline(stroke{color: minimumInk, width: 2.5}, d.box(rect{x - 1.5, y - 1.5, x + cell + 1.5, y + cell + 1.5})...)
			d.write(fmt.Sprintf("%d→%d", g.labels[i], g.predicted[i]), x+cell/2, y+cell+textSize+3, textSize, 0.5, minimumInk)
			continue
		}
		d.write(fmt.Sprint(g.labels[i]), x+cell/2, y+cell+textSize+3, textSize, 0.5, ink)
	}
	rows := (len(g.images) + columns - 1) / columns
	return top + float64(rows)*(cell+textSize+16) - 8
}

// enlarged returns the image with k × k device pixels for each pixel, dark on
// white.
func enlarged(pixels []float64, n, k int) image.Image {
	img := image.NewGray(image.Rect(0, 0, n*k, n*k))
	for y := range n * k {
		for x := range n * k {
			img.SetGray(x, y, color.Gray{uint8(math.Round(255 * (1 - pixels[y/k*n+x/k])))})
		}
	}
	return img
}

func (g *gallery) caption(f *Figure) []string {
	n := side(g.images[0])
	size := lang.Pick(fmt.Sprintf("%d×%d 픽셀", n, n), panes(n, n, "pixel"))
	if g.predictions {
		return []string{fmt.Sprintf(lang.Pick("%s(%s), 아래는 정답 레이블.", "%s of %s, with their labels."), count(len(g.images), "손글씨 숫자 #개", "handwritten digit"), size),
			g.mistakes()}
	}
	return []string{fmt.Sprintf(lang.Pick("%s(%s, 픽셀 값 0은 흰색, 1은 검은색)와 그 레이블.", "%s of %s (pixel value 0 is white, 1 is black), with labels."),
		count(len(g.images), "손글씨 숫자 #개", "handwritten digit"), size)}
}

// mistakes says which predictions are wrong.
func (g *gallery) mistakes() string {
	switch n := g.wrong(); n {
	case 0:
		return lang.Pick("틀린 예측은 없음.", "All are predicted right.")
	case 1:
		return lang.Pick("테두리가 굵은 1개는 틀린 예측: 레이블→예측.", "The one with a thick frame is predicted wrong: label→prediction.")
	default:
		return fmt.Sprintf(lang.Pick("테두리가 굵은 %d개는 틀린 예측: 레이블→예측.", "The %d with a thick frame are predicted wrong: label→prediction."), n)
	}
}

func (g *gallery) alt(f *Figure) string {
	if g.predictions {
		var list []string
		for i, l := range g.labels {
			if p := g.predicted[i]; p != l {
				list = append(list, fmt.Sprintf("%d→%d", l, p))
			}
		}
		text := fmt.Sprintf("%s, %s.", count(len(g.images), "손글씨 숫자 그림 #개", "handwritten digit"), rightOf(len(g.images)-len(list), len(g.images)))
		if len(list) > 0 {
			text += lang.Pick(" 틀린 예측(레이블→예측): ", " Wrong ones (label→prediction): ") + strings.Join(list, ", ") + "."
		}
		return text
	}
	var labels []string
	for _, l := range g.labels {
		labels = append(labels, strconv.Itoa(l))
	}
	return fmt.Sprintf(lang.Pick("%s, 레이블을 차례로 읽으면 %s.", "%s, labels in reading order: %s."),
		count(len(g.images), "손글씨 숫자 그림 #개", "handwritten digit"), strings.Join(labels, " "))
}
