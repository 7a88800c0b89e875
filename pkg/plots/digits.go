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

func (g *gallery) check(f *Figure) error {
	if len(g.images) == 0 {
		return fmt.Errorf("plots: Digits needs at least one image")
	}
	if len(g.images) > maxImages {
		return fmt.Errorf("plots: Digits has %d images, allowed are %d at most", len(g.images), maxImages)
	}
	if len(g.labels) != len(g.images) {
		return fmt.Errorf("plots: Digits has %d images, but %d labels", len(g.images), len(g.labels))
	}
	if g.predictions && len(g.predicted) != len(g.images) {
		return fmt.Errorf("plots: Predictions has %d images, but %d predictions", len(g.images), len(g.predicted))
	}
	if f.x != (axis{}) || f.y != (axis{}) || len(f.hlines)+len(f.vlines)+len(f.curves) > 0 {
		return fmt.Errorf("plots: Digits has no axes: only Title and Look can be set")
	}
	n := side(g.images[0])
	for i, image := range g.images {
		if n*n != len(image) || n == 0 {
			return fmt.Errorf("plots: Digits: image %d has %d pixels, allowed are squares of one size such as 64 for 8×8", i, len(image))
		}
		for j, v := range image {
			if !(v >= 0 && v <= 1) {
				return fmt.Errorf("plots: Digits: image %d has the pixel %v at %d, allowed is 0 to 1", i, v, j)
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
	if g.predictions {
		return []string{fmt.Sprintf(lang.Pick("%s(%d×%d 픽셀), 아래는 정답 레이블.", "%s of %d×%d pixels, with their labels."), count(len(g.images), "손글씨 숫자 #개", "handwritten digit"), n, n),
			fmt.Sprintf(lang.Pick("테두리가 굵은 %d개는 틀린 예측: 레이블→예측.", "The %d with a thick frame are predicted wrong: label→prediction."), g.wrong())}
	}
	return []string{fmt.Sprintf(lang.Pick("%s(%d×%d 픽셀, 픽셀 값 0은 흰색, 1은 검은색)와 그 레이블.", "%s of %d×%d pixels (pixel value 0 is white, 1 is black), with labels."),
		count(len(g.images), "손글씨 숫자 #개", "handwritten digit"), n, n)}
}

func (g *gallery) alt(f *Figure) string {
	if g.predictions {
		var list []string
		for i, l := range g.labels {
			if p := g.predicted[i]; p != l {
				list = append(list, fmt.Sprintf("%d→%d", l, p))
			}
		}
		text := fmt.Sprintf(lang.Pick("%s, 예측 %d개 가운데 %d개 맞음.", "%s, of %d predictions %d are right."),
			count(len(g.images), "손글씨 숫자 그림 #개", "handwritten digit"), len(g.images), len(g.images)-len(list))
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
