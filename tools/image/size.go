package main

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// weight is what a layer takes: its files on disk, and compressed on its way.
type weight struct {
	unpacked, packed int64
	folder           string // which holds all of it
}

// size writes a table of the layers of an image, measured on the archive that
// the engine saves: engines count in different ways.
func size(w io.Writer, e engine, tag string) error {
	if e == "buildah" {
		dir, err := os.MkdirTemp("", "image")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		file := filepath.Join(dir, "image.tar")
		if out, err := exec.Command("buildah", "push", tag, "docker-archive:"+file).CombinedOutput(); err != nil {
			return fmt.Errorf("buildah push: %w: %s", err, out)
		}
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		defer f.Close()
		return table(w, f)
	}
	cmd := exec.Command(string(e), "save", tag)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	return errors.Join(table(w, out), cmd.Wait())
}

// table reads an archive of an image and writes a line for each layer.
func table(w io.Writer, archive io.Reader) error {
	layers := map[string]weight{}
	texts := map[string][]byte{}
	for r := tar.NewReader(archive); ; {
		h, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		if h.Typeflag == tar.TypeSymlink || h.Typeflag == tar.TypeLink {
			layers[h.Name] = layers[filepath.Join(filepath.Dir(h.Name), h.Linkname)]
			continue
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		if h.Size < 1<<20 { // a layer may be that small, too
			if texts[h.Name], err = io.ReadAll(r); err != nil {
				return err
			}
			if layers[h.Name], err = weigh(strings.NewReader(string(texts[h.Name]))); err != nil {
				return err
			}
			continue
		}
		if layers[h.Name], err = weigh(r); err != nil {
			return err
		}
	}
	var manifest []struct {
		Config string
		Layers []string
	}
	if err := json.Unmarshal(texts["manifest.json"], &manifest); err != nil || len(manifest) != 1 {
		return fmt.Errorf("not the archive of one image: %v", err)
	}
	var config struct {
		History []struct {
			CreatedBy string `json:"created_by"`
			Empty     bool   `json:"empty_layer"`
		}
	}
	if err := json.Unmarshal(texts[manifest[0].Config], &config); err != nil {
		return err
	}
	var made []string
	for _, h := range config.History {
		if !h.Empty {
			made = append(made, short(h.CreatedBy))
		}
	}
	var sum weight
	fmt.Fprintf(w, "%9s %11s  %s\n", "MB", "compressed", "layer")
	for i, name := range manifest[0].Layers {
		l := layers[name]
		by := "base"
		if l.folder != "/" {
			by = l.folder
		} else if k := i - len(manifest[0].Layers) + len(made); k > 0 {
			by = made[k]
		}
		sum.unpacked, sum.packed = sum.unpacked+l.unpacked, sum.packed+l.packed
		fmt.Fprintf(w, "%9.1f %11.1f  %s\n", mb(l.unpacked), mb(l.packed), by)
	}
	fmt.Fprintf(w, "%9.1f %11.1f  all\n", mb(sum.unpacked), mb(sum.packed))
	return nil
}

func mb(n int64) float64 { return float64(n) / 1e6 }

var noise = regexp.MustCompile(`^/bin/sh -c |#\(nop\) ?|# buildkit|\|\d+ \S+|\bsha256:\w+|\s+`)

// short is the first words of the command that made a layer.
func short(by string) string {
	r := []rune(strings.TrimSpace(noise.ReplaceAllString(by, " ")))
	return string(r[:min(len(r), 80)])
}

// weigh reads a layer, compressed or not.
func weigh(r io.Reader) (sum weight, err error) {
	in := bufio.NewReader(r)
	r = in
	if magic, _ := in.Peek(2); string(magic) == "\x1f\x8b" {
		z, err := gzip.NewReader(in)
		if err != nil {
			return weight{}, err
		}
		r = z
	}
	var packed counter
	z := gzip.NewWriter(&packed)
	tee := io.TeeReader(r, z)
	for t := tar.NewReader(tee); ; {
		h, err := t.Next()
		if err != nil { // the end, or a file that is no layer
			break
		}
		sum.unpacked += h.Size
		if h.Typeflag != tar.TypeDir {
			sum.folder = common(sum.folder, path.Join("/", h.Name))
		}
	}
	if _, err := io.Copy(io.Discard, tee); err != nil {
		return sum, err
	}
	err = z.Close()
	sum.packed = int64(packed)
	return sum, err
}

// common returns the folder that holds the file and all of the folder, which
// is empty at first.
func common(folder, file string) string {
	dir := path.Dir(file)
	if folder == "" {
		return dir
	}
	for folder != "/" && dir != folder && !strings.HasPrefix(dir, folder+"/") {
		folder = path.Dir(folder)
	}
	return folder
}

type counter int64

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}
