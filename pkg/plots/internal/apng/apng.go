// Package apng writes pictures as PNG with a palette, and several as one that
// moves.
package apng

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"time"
)

// frame is one picture of an animation and how long it stays.
type Frame struct {
	Image *image.Paletted
	Stays time.Duration
}

// Encode writes an animated PNG: the first frame, which is all that one sees
// where nothing moves, then of each other one only the rectangle that changes.
// All have the size of the first and its palette, whose color 0 is transparent.
// The animation plays the given number of times, 0 means forever.
//
// The format is that of PNG with three kinds of chunks more (W3C, Portable
// Network Graphics, third edition, section 11.3.2): acTL counts the frames, fcTL
// places each, and fdAT holds its pixels as IDAT does. Each picture is encoded
// by image/png; here its chunks are only put in order.
func Encode(frames []Frame, plays int) ([]byte, error) {
	out := &bytes.Buffer{}
	sequence := uint32(0)
	next := func() uint32 { sequence++; return sequence - 1 }
	var before *image.Paletted
	for _, f := range frames {
		part := changed(before, f.Image)
		chunks, err := pngChunks(part)
		if err != nil {
			return nil, err
		}
		r, placed := part.Rect, false
		for _, c := range chunks {
			if c.kind == "IDAT" && !placed {
				writeChunk(out, "fcTL", next(), uint32(r.Dx()), uint32(r.Dy()), uint32(r.Min.X), uint32(r.Min.Y),
					uint16(f.Stays.Milliseconds()), uint16(1000), [2]byte{disposeNone, blendOver})
				placed = true
			}
			switch {
			case before != nil && c.kind == "IDAT":
				writeChunk(out, "fdAT", next(), c.data())
			case before == nil && c.kind != "IEND":
				out.Write(c.bytes)
			}
			if before == nil && c.kind == "IHDR" {
				writeChunk(out, "acTL", uint32(len(frames)), uint32(plays))
			}
		}
		before = f.Image
	}
	writeChunk(out, "IEND")
	return out.Bytes(), nil
}

const (
	signatureSize          = 8
	disposeNone, blendOver = 0, 1
)

// chunk is a part of a PNG file: length, kind, data and checksum. The signature
// before the first stands here as a chunk without a kind.
type chunk struct {
	kind  string
	bytes []byte
}

func (c chunk) data() []byte { return c.bytes[8 : len(c.bytes)-4] }

// pngChunks encodes img and takes the file apart.
func pngChunks(img *image.Paletted) ([]chunk, error) {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return nil, err
	}
	chunks := []chunk{{"", b.Bytes()[:signatureSize]}}
	for rest := b.Bytes()[signatureSize:]; len(rest) > 0; {
		n := 12 + binary.BigEndian.Uint32(rest)
		chunks = append(chunks, chunk{string(rest[4:8]), rest[:n]})
		rest = rest[n:]
	}
	return chunks, nil
}

// writeChunk writes a chunk whose data are fields one after the other: numbers
// of fixed size or bytes.
func writeChunk(out *bytes.Buffer, kind string, fields ...any) {
	body := bytes.NewBufferString(kind)
	for _, f := range fields {
		binary.Write(body, binary.BigEndian, f) // into memory: cannot fail
	}
	binary.Write(out, binary.BigEndian, uint32(body.Len()-len(kind)))
	out.Write(body.Bytes())
	binary.Write(out, binary.BigEndian, crc32.ChecksumIEEE(body.Bytes()))
}

// changed returns the smallest rectangle of b outside of which it equals a, with
// transparent pixels where it equals a inside; all of b if a is nil, and one
// transparent pixel where nothing changes.
func changed(a, b *image.Paletted) *image.Paletted {
	if a == nil {
		return b
	}
	var r image.Rectangle
	w := b.Rect.Dx()
	for y := range b.Rect.Dy() {
		from, to := y*b.Stride, y*b.Stride+w
		if bytes.Equal(a.Pix[from:to], b.Pix[from:to]) {
			continue
		}
		x0, x1 := 0, w
		for a.Pix[from+x0] == b.Pix[from+x0] {
			x0++
		}
		for a.Pix[from+x1-1] == b.Pix[from+x1-1] {
			x1--
		}
		r = r.Union(image.Rect(x0, y, x1, y+1))
	}
	if r.Empty() {
		r = image.Rect(0, 0, 1, 1)
	}
	part := image.NewPaletted(r, b.Palette)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if i := y*b.Stride + x; a.Pix[i] != b.Pix[i] {
				part.Pix[part.PixOffset(x, y)] = b.Pix[i]
			}
		}
	}
	return part
}

// Transparent returns images of one palette with a transparent color
// before its others.
func Transparent(images []*image.Paletted) {
	palette := append(color.Palette{color.RGBA{}}, images[0].Palette...)
	for _, img := range images {
		img.Palette = palette
		for i := range img.Pix {
			img.Pix[i]++
		}
	}
}
