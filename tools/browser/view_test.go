package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// broken holds a cell of each kind that a lesson must not have.
const broken = `{"nbformat": 4, "nbformat_minor": 5,
 "metadata": {"kernelspec": {"name": "descent", "display_name": "Go (descent)", "language": "go"}},
 "cells": [
  {"cell_type": "markdown", "id": "good", "metadata": {}, "source": "good $x$ and $$\\frac{1}{2}$$"},
  {"cell_type": "markdown", "id": "refused", "metadata": {}, "source": "refused $x^2^3$"},
  {"cell_type": "markdown", "id": "unknown", "metadata": {}, "source": "unknown $\\nonsense{x}$"},
  {"cell_type": "markdown", "id": "open", "metadata": {}, "source": "never closed $x"},
  {"cell_type": "markdown", "id": "image", "metadata": {}, "source": "![elsewhere](http://192.0.2.1/a.png)"},
  {"cell_type": "code", "id": "red", "metadata": {}, "execution_count": 1, "source": "",
   "outputs": [{"output_type": "error", "ename": "E", "evalue": "red", "traceback": ["red"]}]},
  {"cell_type": "code", "id": "figure", "metadata": {}, "execution_count": null, "source": "",
   "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"image/png": "bm90IGEgcGljdHVyZQ=="}}]},
  {"cell_type": "code", "id": "sliders", "metadata": {}, "execution_count": 3, "source": "", "outputs": [{"output_type": "display_data",
   "metadata": {"application/vnd.vega.v5+json": {"embed_options": {"renderer": "svg"}}}, "data": {"image/png": "bm90IGEgcGljdHVyZQ==",
   "application/vnd.vega.v5+json": {"width": 200, "height": 100, "marks": [{"type": "text", "encode": {"enter": {"text": {"value": "drawn"}}}}]}}}]},
  {"cell_type": "code", "id": "wide", "metadata": {}, "execution_count": 2, "source": "WIDE", "outputs": []}
 ]}`

func TestSeesWhatIsBroken(t *testing.T) {
	needsBrowser(t)
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "ko"), 0o755); err != nil {
		t.Fatal(err)
	}
	notebook := strings.Replace(broken, "WIDE", strings.Repeat("wide ", 60), 1)
	if err := os.WriteFile(filepath.Join(root, "ko", "broken.ipynb"), []byte(notebook), 0o644); err != nil {
		t.Fatal(err)
	}
	address, stop, err := Serve("../..", root)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	p, err := start(t).Open(address+"/lab/tree/ko/broken.ipynb", width, 1000)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if err := p.Ready("broken.ipynb"); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Tall(width); err != nil {
		t.Fatal(err)
	}
	v, err := p.See()
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(append(v.defects("ko", View{Cells: 9, Figures: 2}), p.Trouble()...), "\n")
	for _, want := range []string{
		`the first menu is "File", want "파일"`,
		"red cells: 1, want 0",
		"code cells without a number, which did not run: 1",
		"figures drawn: 1, want 2",
		`formulas not set: ["x^2^3" "\\nonsense" "never closed $x"]`,
		"scrolls sideways",
		"request to another host: http://192.0.2.1/a.png",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("not seen: %s; seen:\n%s", want, got)
		}
	}
}
