package digits_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"descent/pkg/digits"
)

// idx returns a file with the given magic number and sizes.
func idx(magic uint32, sizes []uint32, data ...byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, magic)
	for _, s := range sizes {
		b = binary.BigEndian.AppendUint32(b, s)
	}
	return append(b, data...)
}

func images(n, rows, columns uint32, data ...byte) []byte {
	return idx(0x803, []uint32{n, rows, columns}, data...)
}

func labels(data ...byte) []byte { return idx(0x801, []uint32{uint32(len(data))}, data...) }

func zipped(b []byte) []byte {
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	z.Write(b)
	z.Close()
	return buf.Bytes()
}

// Files that idx2numpy wrote, see testdata/idx.py; the training files are
// plain, the test files gzip.
func TestReadIDX(t *testing.T) {
	train, test, err := digits.ReadIDX("testdata/idx")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		set digits.Set
		n   int
	}{"train": {train, 5}, "test": {test, 3}} {
		if err := c.set.Validate(); err != nil || c.set.Len() != c.n || c.set.Dim != 12 {
			t.Fatalf("%s: %d images of %d pixels, %v", name, c.set.Len(), c.set.Dim, err)
		}
		for i, l := range c.set.Labels {
			if l != 3*i%10 {
				t.Errorf("%s: label %d is %d", name, i, l)
			}
			for p, x := range c.set.Row(i) {
				if want := float64((37*i+11*p)%256) / 255; x != want {
					t.Errorf("%s: pixel %d of image %d is %v, want %v", name, p, i, x, want)
				}
			}
		}
	}
}

// write puts files into a new folder.
func write(t *testing.T, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// The names that downloads and archives give: .gz on a file that the browser
// has unzipped, a dot before idx, a folder of the same name beside it.
func TestReadIDXNames(t *testing.T) {
	one := images(1, 1, 2, 0, 255)
	dir := write(t, map[string][]byte{
		"train-images-idx3-ubyte.gz": one,
		"train-labels.idx1-ubyte":    labels(7),
		"t10k-images.idx3-ubyte.gz":  zipped(one),
		"t10k-labels-idx1-ubyte":     zipped(labels(9)),
	})
	if err := os.Mkdir(filepath.Join(dir, "train-labels-idx1-ubyte"), 0o755); err != nil {
		t.Fatal(err)
	}
	train, test, err := digits.ReadIDX(dir)
	if err != nil || train.Labels[0] != 7 || test.Labels[0] != 9 || !slices.Equal(test.X, []float64{0, 1}) {
		t.Errorf("%v, %v, %v", train, test, err)
	}
}

func TestReadIDXErrors(t *testing.T) {
	one, other := images(1, 1, 2, 0, 255), images(1, 2, 2, 1, 2, 3, 4)
	full := map[string][]byte{
		"train-images-idx3-ubyte": one, "train-labels-idx1-ubyte": labels(7),
		"t10k-images-idx3-ubyte": one, "t10k-labels-idx1-ubyte": labels(9),
	}
	for name := range full {
		files := map[string][]byte{}
		for n, b := range full {
			if n != name {
				files[n] = b
			}
		}
		dir := write(t, files)
		_, _, err := digits.ReadIDX(dir)
		if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), dir+" holds none of "+name+", "+name+".gz, ") {
			t.Errorf("without %s: %v", name, err)
		}
		files[name] = []byte("<!DOCTYPE html>")
		dir = write(t, files)
		_, _, err = digits.ReadIDX(dir)
		if err == nil || !strings.HasPrefix(err.Error(), "digits: "+filepath.Join(dir, name)+`: starts with 0x3c21444f ("<!DO"), allowed is 0x0000080`) {
			t.Errorf("a web page in place of %s: %v", name, err)
		}
	}
	if _, _, err := digits.ReadIDX("testdata/nowhere"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	full["t10k-images-idx3-ubyte"] = other
	dir := write(t, full)
	if _, _, err := digits.ReadIDX(dir); err == nil || err.Error() != "digits: the training images in "+dir+" have 2 pixels, the test images 4" {
		t.Error(err)
	}
}

var broken = []struct {
	name           string
	images, labels []byte
	want           string
}{
	{"labels in place of images", labels(7), labels(7), `digits: images: starts with 0x00000801 ("\x00\x00\b\x01"), allowed is 0x00000803 for unsigned bytes in 3 dimensions, or 0x1f8b for gzip`},
	{"float32", idx(0xd03, []uint32{1, 1, 1}, 0, 0, 0, 0), labels(7), "digits: images: starts with 0x00000d03"},
	{"gzip of something else", zipped([]byte("PK\x03\x04")), labels(7), `digits: images: starts with 0x504b0304 ("PK\x03\x04"), allowed is 0x00000803 for unsigned bytes in 3 dimensions` + "\x00"},
	{"no gzip after all", []byte("\x1f\x8bnot a gzip file"), labels(7), "digits: images: starts as gzip, but its header is damaged: gzip: invalid header"},
	{"gzip, twice", zipped(zipped(images(1, 1, 1, 5))), labels(7), "digits: images: starts with 0x1f8b0800"},
	{"nothing", nil, labels(7), "digits: images: only 0 of the 16 bytes of the header can be read: EOF"},
	{"half a header", images(1, 1, 1)[:9], labels(7), "digits: images: only 9 of the 16 bytes of the header can be read: unexpected EOF"},
	{"half a header of labels", images(1, 1, 1, 5), labels(7)[:3], "digits: labels: only 3 of the 8 bytes of the header can be read: unexpected EOF"},
	{"truncated", images(2, 2, 2, 1, 2, 3), labels(7, 8), "digits: images: truncated, the header promises 2×2×2 = 8 bytes, found 3"},
	{"truncated labels", images(1, 1, 1, 5), idx(0x801, []uint32{3}, 1), "digits: labels: truncated, the header promises 3 = 3 bytes, found 1"},
	{"truncated gzip", zipped(images(1, 1, 4, 1, 2, 3, 4))[:30], labels(7), "digits: images: "},
	{"gzip without its end", zipped(images(1, 1, 1, 5))[:len(zipped(images(1, 1, 1, 5)))-3], labels(7), "digits: images: damaged, after 1 of 1 byte: unexpected EOF"},
	{"gzip of a wrong sum", flip(zipped(images(1, 1, 1, 5)), -5), labels(7), "digits: images: damaged, after 1 of 1 byte: gzip: invalid checksum"},
	{"too long", images(1, 1, 1, 1, 2), labels(7), "digits: images: too long, the header promises 1×1×1 = 1 byte, more are there"},
	{"no images", images(0, 28, 28), labels(), "digits: labels: the header promises 0, allowed are 1 to 67108864 numbers in all"},
	{"no rows", images(1, 0, 28), labels(7), "digits: images: the header promises 1×0×28, allowed are 1 to 67108864 numbers in all"},
	{"4 GB", images(4294967295, 1, 1), labels(7), "digits: images: the header promises 4294967295×1×1, allowed"},
	{"more than a number holds", images(4294967295, 4294967295, 4294967295), labels(7), "digits: images: the header promises 4294967295×4294967295×4294967295, allowed"},
	{"one row too many", images(65536, 1, 1025), labels(7), "digits: images: the header promises 65536×1×1025, allowed"},
	{"512 MB of labels", images(1, 1, 1, 5), idx(0x801, []uint32{1 << 29}), "digits: labels: the header promises 536870912, allowed"},
	{"different counts", images(2, 1, 1, 5, 6), labels(7), "digits: images has 2 images, but labels has 1 label"},
	{"label 10", images(2, 1, 1, 5, 6), labels(9, 10), "digits: labels: label 1 is 10, allowed is 0 to 9"},
}

// flip returns b with one byte changed, counted from the end.
func flip(b []byte, at int) []byte {
	b[len(b)+at] ^= 0xff
	return b
}

func TestDecodeIDXErrors(t *testing.T) {
	for _, c := range broken {
		set, err := digits.DecodeIDX(bytes.NewReader(c.images), bytes.NewReader(c.labels))
		want, whole := strings.CutSuffix(c.want, "\x00")
		if err == nil || !strings.HasPrefix(err.Error(), want) || whole && err.Error() != want {
			t.Errorf("%s: error %v, want %s", c.name, err, want)
		}
		if !reflect.DeepEqual(set, digits.Set{}) {
			t.Errorf("%s: a set beside the error", c.name)
		}
	}
	failing := io.MultiReader(bytes.NewReader(images(1, 1, 3, 5)), broken1{})
	if _, err := digits.DecodeIDX(failing, bytes.NewReader(labels(7))); err == nil || err.Error() != "digits: images: damaged, after 1 of 3 bytes: the disk is gone" {
		t.Error(err)
	}
}

type broken1 struct{}

func (broken1) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }

// A header that promises what is not there makes nothing be allocated: neither
// the 64 MB that are allowed, nor more.
func TestDecodeIDXMemory(t *testing.T) {
	for name, c := range map[string][]byte{
		"allowed":     images(1<<16, 32, 32, 1, 2, 3),
		"too much":    images(1<<22, 32, 32, 1, 2, 3),
		"zipped":      zipped(images(1<<16, 32, 32, 1, 2, 3)),
		"a long file": zipped(append(images(1, 1, 1, 5), make([]byte, 50<<20)...)),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := digits.DecodeIDX(bytes.NewReader(c), bytes.NewReader(labels(7)))
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; err == nil || n > 1<<18 {
			t.Errorf("%s: %d bytes allocated, error %v", name, n, err)
		}
	}
}

// Images of the size of MNIST go through all that a Set can do.
func TestSetOf784(t *testing.T) {
	const n = 300
	pixels, classes := make([]byte, n*784), make([]byte, n)
	for i := range pixels {
		pixels[i] = byte(i * 7 / 3)
	}
	for i := range classes {
		classes[i] = byte(i % 10)
	}
	set, err := digits.DecodeIDX(bytes.NewReader(zipped(images(n, 28, 28, pixels...))), bytes.NewReader(labels(classes...)))
	if err != nil {
		t.Fatal(err)
	}
	if err := set.Validate(); err != nil || set.Dim != 784 || set.Len() != n {
		t.Fatalf("%d rows of %d, %v", set.Len(), set.Dim, err)
	}
	x, l := make([]float64, 64*784), make([]int, 64)
	batches := digits.NewSampler(set.Len(), 64, 1)
	for range batches.PerEpoch() {
		idx := batches.Next()
		set.Gather(x, l, idx)
		sub := set.Subset(idx)
		if !slices.Equal(sub.X, x) || !slices.Equal(sub.Labels, l) {
			t.Error("Gather and Subset differ")
		}
		for k, i := range idx {
			if l[k] != i%10 || x[k*784+783] != float64(pixels[i*784+783])/255 || !slices.Equal(set.Row(i), x[k*784:(k+1)*784]) {
				t.Fatalf("row %d is not image %d", k, i)
			}
		}
	}
}

// Whatever the files hold, DecodeIDX returns an error that says in which, or a
// set that is valid and holds just their bytes.
func FuzzIDX(f *testing.F) {
	f.Fuzz(func(t *testing.T, imagesFile, labelsFile []byte) {
		set, err := digits.DecodeIDX(bytes.NewReader(imagesFile), bytes.NewReader(labelsFile))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "digits: images") && !strings.HasPrefix(err.Error(), "digits: labels: ") {
				t.Errorf("error %v", err)
			}
			return
		}
		if err := set.Validate(); err != nil {
			t.Fatal(err)
		}
		for i, l := range set.Labels {
			if l < 0 || l > 9 {
				t.Errorf("label %d is %d", i, l)
			}
		}
		if bytes.HasPrefix(imagesFile, []byte{0x1f, 0x8b}) {
			return
		}
		for i, x := range set.X {
			if x*255 != float64(imagesFile[16+i]) {
				t.Errorf("pixel %d is %v, its byte %d", i, x, imagesFile[16+i])
			}
		}
		again, err := digits.DecodeIDX(bytes.NewReader(zipped(imagesFile)), bytes.NewReader(labelsFile))
		if err != nil || !reflect.DeepEqual(set, again) {
			t.Errorf("zipped, the same images differ: %v", err)
		}
	})
}
