package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"regexp"
	"strings"
	"testing"
)

// archived returns an archive of files; a size in place of a text stands for
// that many zeros.
func archived(t *testing.T, files ...any) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		data, ok := files[i+1].([]byte)
		if !ok {
			data = make([]byte, files[i+1].(int))
		}
		if err := w.WriteHeader(&tar.Header{Name: files[i].(string), Typeflag: tar.TypeReg, Mode: 0o644, Size: int64(len(data))}); err != nil {
			t.Fatal(err)
		}
		w.Write(data)
	}
	w.Close()
	return b.Bytes()
}

func TestTable(t *testing.T) {
	base := archived(t, "etc/a", 2_000_000, "usr/b", 500_000)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write(archived(t, "opt/x/bin/a", 3_000_000, "opt/x/lib/b", 1_000_000))
	z.Close()
	made := archived(t, "etc/c", 100_000, "usr/d", 0)
	var out strings.Builder
	err := table(&out, bytes.NewReader(archived(t, "a.tar", base, "b.tar", packed.Bytes(), "c.tar", made,
		"c.json", []byte(`{"history": [{"created_by": "/bin/sh -c #(nop) ADD file:1 in /"}, {"created_by": "COPY x"}, {"created_by": "ENV a", "empty_layer": true}, {"created_by": "RUN make it # buildkit"}]}`),
		"manifest.json", []byte(`[{"Config": "c.json", "Layers": ["a.tar", "b.tar", "c.tar"]}]`))))
	if err != nil {
		t.Fatal(err)
	}
	got := regexp.MustCompile(`(?m)^ +(\S+) +\S+ +`).ReplaceAllString(out.String(), "$1 ")
	if want := "MB layer\n2.5 base\n4.0 /opt/x\n0.1 RUN make it\n6.6 all\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if err := table(&out, bytes.NewReader(archived(t, "x", []byte("y")))); err == nil {
		t.Error("an archive without a manifest is taken for an image")
	}
}
