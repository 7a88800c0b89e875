package digits

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"descent/pkg/internal/count"
)

// maxPixels bounds what a file may hold: 512 MB of float64. The training images
// of MNIST have 47,040,000 pixels.
const maxPixels = 1 << 26

// ReadIDX reads MNIST, Fashion-MNIST or another data set of the same form from
// the folder dir:
//
//	train-images-idx3-ubyte  train-labels-idx1-ubyte
//	t10k-images-idx3-ubyte   t10k-labels-idx1-ubyte
//
// The names may end in .gz, and may have a dot before idx. Whether a file is
// gzip, its first two bytes decide. Nothing is downloaded: get the files from
// where their owners offer them.
//
// Pixels are divided by 255, labels are 0 to 9. Images of 28×28 have 784
// features; the training set of MNIST fills 376 MB.
//
// An error names the file, what it holds and what is allowed: files that are
// missing, of another kind, truncated, too long or too large (more than
// 67,108,864 pixels), different counts of images and labels, a label above 9.
// A header alone makes nothing be allocated. What is missing satisfies
// errors.Is(err, fs.ErrNotExist).
//
// Source: LeCun, Cortes and Burges, The MNIST database of handwritten digits,
// for the format; Xiao, Rasul and Vollgraf 2017, arXiv:1708.07747, for
// Fashion-MNIST.
func ReadIDX(dir string) (train, test Set, err error) {
	if train, err = readPair(dir, "train"); err != nil {
		return Set{}, Set{}, err
	}
	if test, err = readPair(dir, "t10k"); err != nil {
		return Set{}, Set{}, err
	}
	if train.Dim != test.Dim {
		return Set{}, Set{}, fmt.Errorf("digits: the training images in %s have %s, the test images %d", dir, count.Of(train.Dim, "pixel"), test.Dim)
	}
	return train, test, nil
}

func readPair(dir, part string) (Set, error) {
	images, err := open(dir, part+"-images", "idx3-ubyte")
	if err != nil {
		return Set{}, err
	}
	defer images.Close()
	labels, err := open(dir, part+"-labels", "idx1-ubyte")
	if err != nil {
		return Set{}, err
	}
	defer labels.Close()
	return decode(images.Name(), images, labels.Name(), labels)
}

// open opens the file under whichever of its names is there.
func open(dir, name, form string) (*os.File, error) {
	names := []string{name + "-" + form, name + "-" + form + ".gz", name + "." + form, name + "." + form + ".gz"}
	for _, n := range names {
		path := filepath.Join(dir, n)
		// archives unpack to folders of the same name
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			f, err := os.Open(path)
			if err != nil {
				return nil, fmt.Errorf("digits: %w", err)
			}
			return f, nil
		}
	}
	return nil, fmt.Errorf("digits: the folder %s holds none of %s: %w", dir, strings.Join(names, ", "), fs.ErrNotExist)
}

// DecodeIDX reads images and their labels from files of the form that ReadIDX
// describes, plain or gzip, for sets with other names.
func DecodeIDX(images, labels io.Reader) (Set, error) {
	return decode("images", images, "labels", labels)
}

func decode(imagesName string, images io.Reader, labelsName string, labels io.Reader) (Set, error) {
	classes, n, err := decodeFile(labelsName, labels, 1)
	if err != nil {
		return Set{}, err
	}
	pixels, size, err := decodeFile(imagesName, images, 3)
	if err != nil {
		return Set{}, err
	}
	if n[0] != size[0] {
		return Set{}, fmt.Errorf("digits: %s has %s, but %s has %s", imagesName, count.Of(size[0], "image"), labelsName, count.Of(n[0], "label"))
	}
	s := Set{X: make([]float64, len(pixels)), Labels: make([]int, len(classes)), Dim: size[1] * size[2]}
	for i, c := range classes {
		if c >= Classes {
			return Set{}, fmt.Errorf("digits: %s: label %d is %d, allowed is 0 to %d", labelsName, i, c, Classes-1)
		}
		s.Labels[i] = int(c)
	}
	for i, p := range pixels {
		s.X[i] = float64(p) / 255
	}
	return s, nil
}

// decodeFile reads a file of unsigned bytes in the given number of dimensions:
//
//	magic number 0x000008dd, dd being the dimensions; the sizes; the bytes
//
// Numbers have 4 bytes, the highest first.
func decodeFile(name string, r io.Reader, dims int) (data []byte, size []int, err error) {
	buffered := bufio.NewReader(r)
	r = buffered
	zipped := false
	if start, _ := buffered.Peek(2); string(start) == "\x1f\x8b" {
		zipped = true
		if r, err = gzip.NewReader(buffered); err != nil {
			return nil, nil, fmt.Errorf("digits: %s: starts as gzip, but its header is damaged: %w", name, err)
		}
	}
	header := make([]byte, 4+4*dims)
	n, err := io.ReadFull(r, header)
	magic := 0x0800 | uint32(dims)
	if n >= 4 {
		if m := binary.BigEndian.Uint32(header); m != magic {
			also := ", or 0x1f8b for gzip"
			if zipped {
				also = ""
			}
			return nil, nil, fmt.Errorf("digits: %s: starts with %#08x (%q), allowed is %#08x for unsigned bytes in %s%s",
				name, m, header[:4], magic, count.Of(dims, "dimension"), also)
		}
	}
	if err != nil {
		return nil, nil, fmt.Errorf("digits: %s: only %d of the %d bytes of the header can be read: %w", name, n, len(header), err)
	}
	total := 1
	for d := range dims {
		s := int64(binary.BigEndian.Uint32(header[4+4*d:]))
		if s < 1 || s > int64(maxPixels/total) {
			return nil, nil, fmt.Errorf("digits: %s: the header promises %s, allowed are 1 to %d numbers in all", name, promise(header, dims), maxPixels)
		}
		size = append(size, int(s))
		total *= int(s)
	}
	// the buffer grows with what is there, not with what is promised
	data, err = io.ReadAll(io.LimitReader(r, int64(total)+1))
	switch {
	case len(data) < total && (err == nil || errors.Is(err, io.ErrUnexpectedEOF)):
		return nil, nil, fmt.Errorf("digits: %s: truncated, the header promises %s = %s, found %d", name, promise(header, dims), count.Of(total, "byte"), len(data))
	case err != nil:
		return nil, nil, fmt.Errorf("digits: %s: damaged, after %d of %s: %w", name, len(data), count.Of(total, "byte"), err)
	case len(data) > total:
		return nil, nil, fmt.Errorf("digits: %s: too long, the header promises %s = %s, more are there", name, promise(header, dims), count.Of(total, "byte"))
	}
	return data, size, nil
}

// promise prints the sizes of a header, as in 60000×28×28.
func promise(header []byte, dims int) string {
	sizes := make([]string, dims)
	for d := range sizes {
		sizes[d] = fmt.Sprint(binary.BigEndian.Uint32(header[4+4*d:]))
	}
	return strings.Join(sizes, "×")
}
