// Package digits holds 1,797 images of handwritten digits, 8×8 pixels each,
// reads MNIST and Fashion-MNIST from a folder, and draws batches from labeled
// data.
//
// The images that it holds are the test part of "Optical Recognition of Handwritten Digits"
// by E. Alpaydin and C. Kaynak (1998), UCI Machine Learning Repository,
// doi:10.24432/C50P49, licensed under CC BY 4.0
// (https://creativecommons.org/licenses/by/4.0/). They are unchanged in
// digits.csv.gz; the functions below divide the pixels by 16.
package digits

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"sync"
)

// Width, Height and Classes describe the images that the package holds. Those of
// ReadIDX have as many classes.
const (
	Width   = 8  // pixels a row
	Height  = 8  // rows
	Classes = 10 // digits 0 to 9
)

//go:embed digits.csv.gz
var csv []byte

// All returns the 1,797 images in the order of the file, pixels in [0, 1].
// Like Train and Test it returns the same data at each call: do not change it.
func All() Set { return all() }

// Train returns the 1,438 images whose index in All leaves a remainder other
// than 4 when divided by 5.
func Train() Set { return train() }

// Test returns the other 359 images.
func Test() Set { return test() }

var (
	all   = sync.OnceValue(func() Set { return parse(csv) })
	train = sync.OnceValue(func() Set { return all().where(func(i int) bool { return i%5 != 4 }) })
	test  = sync.OnceValue(func() Set { return all().where(func(i int) bool { return i%5 == 4 }) })
)

// parse reads lines of 64 pixels from 0 to 16 and a label. It panics on
// anything else, which would be a defect of the embedded file.
func parse(csv []byte) Set {
	zip, err := gzip.NewReader(bytes.NewReader(csv))
	if err != nil {
		panic(fmt.Sprintf("digits: the embedded file: %v", err))
	}
	text, err := io.ReadAll(zip)
	if err != nil {
		panic(fmt.Sprintf("digits: the embedded file: %v", err))
	}
	const count = 1797
	s := Set{Dim: Width * Height}
	s.X = make([]float64, 0, count*s.Dim)
	s.Labels = make([]int, 0, count)
	line := make([]int, 0, s.Dim+1)
	n := 0
	for _, c := range text {
		switch {
		case '0' <= c && c <= '9':
			n = 10*n + int(c-'0')
		case c == ',' || c == '\n':
			line = append(line, n)
			n = 0
		}
		if c != '\n' {
			continue
		}
		if len(line) != s.Dim+1 {
			panic(fmt.Sprintf("digits: line %d of the embedded file has %d numbers, not %d", s.Len()+1, len(line), s.Dim+1))
		}
		for _, pixel := range line[:s.Dim] {
			s.X = append(s.X, float64(pixel)/16)
		}
		s.Labels = append(s.Labels, line[s.Dim])
		line = line[:0]
	}
	return s
}
