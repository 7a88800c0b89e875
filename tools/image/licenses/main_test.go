package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	if err := write([]part{{"pypi", "jupyterlab", "4.6.0", "BSD-3-Clause"}, {"npm", "@lumino/widgets", "2.0.0", ""}}, dir); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "licenses.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(string(text)) {
		got = append(got, strings.Join(strings.Fields(line), " "))
	}
	want := []string{"pypi jupyterlab 4.6.0 BSD-3-Clause", "npm @lumino/widgets 2.0.0 see its files"}
	if strings.Join(got[1:], "; ") != strings.Join(want, "; ") {
		t.Errorf("licenses.txt has the lines %q, want %q", got[1:], want)
	}
}

func TestLicenses(t *testing.T) {
	if got := copyright("Files: *\nLicense: GPL-2+\n text\n\nFiles: x\nLicense: MIT\n\nLicense: GPL-2+\n"); got != "GPL-2+, MIT" {
		t.Errorf("copyright file: %q", got)
	}
	if got := unescape(escape("github.com/BurntSushi/toml@v1")); got != "github.com/BurntSushi/toml@v1" || escape("B") != "!b" {
		t.Errorf("module path: %q", got)
	}
	if got := field("Package: a\nVersion: 1:2 \n", "Version"); got != "1:2" {
		t.Errorf("field: %q", got)
	}
}
