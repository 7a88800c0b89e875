package main

import "testing"

func TestPurl(t *testing.T) {
	for want, p := range map[string]part{
		"pkg:golang/golang.org/x/image@v0.47.0": {"golang", "golang.org/x/image", "v0.47.0", ""},
		"pkg:deb/debian/libc6@2.36-9+deb12u14":  {"deb", "libc6", "2.36-9+deb12u14", ""},
		"pkg:pypi/typing-extensions@4.16.0":     {"pypi", "Typing_Extensions", "4.16.0", ""},
		"pkg:npm/%40lumino/widgets@2.0.0":       {"npm", "@lumino/widgets", "2.0.0", ""},
		"":                                      {"course", "descent", "0.0.0", "MIT"},
	} {
		if got := purl(p); got != want {
			t.Errorf("%v: %s, want %s", p, got, want)
		}
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
