package main

import (
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"testing"

	"descent/pkg/lang"
)

func from(m map[string]string) func(string) string {
	return func(name string) string { return m[name] }
}

func TestLocale(t *testing.T) {
	for _, test := range []struct {
		env  map[string]string
		want string
	}{
		{nil, "en"},
		{map[string]string{"LANG": "ko_KR.UTF-8"}, "ko"},
		{map[string]string{"LANG": "C.UTF-8"}, "en"},
		{map[string]string{"LANG": "ko_KR.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"},
		{map[string]string{"LANG": "en_US.UTF-8", "LC_MESSAGES": "ko_KR.eucKR"}, "ko"},
		{map[string]string{"LC_MESSAGES": "de_DE", "LC_ALL": "ko"}, "ko"},
		{map[string]string{"LANG": "ko_KR.UTF-8", "COURSE_LANG": "en"}, "en"},
		{map[string]string{"LANG": "en_US.UTF-8", "COURSE_LANG": "ko"}, "ko"},
		{map[string]string{"LANG": "ko_KR.UTF-8", "LC_ALL": ""}, "ko"},
		{map[string]string{"LANG": "ko_KR.UTF-8", "COURSE_LANG": "fr"}, "ko"},
	} {
		if got := locale(from(test.env)); got != test.want {
			t.Errorf("locale(%v) = %s, want %s", test.env, got, test.want)
		}
	}
}

func TestReadOptions(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	busy := fmt.Sprint(taken.Addr().(*net.TCPAddr).Port)
	dir := t.TempDir()
	for _, name := range []string{"ko/00_a.ipynb", "ko/01_sgd.ipynb", "ko/10_z.ipynb", "ko/notes.ipynb", "en/00_a.ipynb"} {
		put(t, dir, name, "{}")
	}
	for _, test := range []struct {
		env  string // NAME=value …
		want string
	}{
		{"", "en 00_a.ipynb 0 true"},
		{"COURSE_LANG=ko OPEN=0", "ko 00_a.ipynb 0 false"},
		{"COURSE_LANG=ko LESSON=1", "ko 01_sgd.ipynb 0 true"},
		{"COURSE_LANG=ko LESSON=01", "ko 01_sgd.ipynb 0 true"},
		{"COURSE_LANG=ko LESSON=01_sgd", "ko 01_sgd.ipynb 0 true"},
		{"COURSE_LANG=ko LESSON=10_z.ipynb OPEN=1", "ko 10_z.ipynb 0 true"},
		{"COURSE_LANG=ko LESSON=2", "LESSON=2: there is no such lesson. The lessons are 00 01 10."},
		{"COURSE_LANG=ko LESSON=notes", "LESSON=notes: there is no such lesson. The lessons are 00 01 10."},
		{"COURSE_LANG=fr", "COURSE_LANG=fr: the course is written in ko and en."},
		{"PORT=0", "PORT=0: must be a number from 1 to 65535."},
		{"PORT=70000", "PORT=70000: must be a number from 1 to 65535."},
		{"PORT=x", "PORT=x: must be a number from 1 to 65535."},
		{"PORT=" + busy, "PORT=" + busy + ": in use by another program, or not allowed. Choose another one, or leave PORT out."},
	} {
		env := map[string]string{}
		for _, kv := range strings.Fields(test.env) {
			name, value, _ := strings.Cut(kv, "=")
			env[name] = value
		}
		o, err := readOptions(from(env), dir)
		got := fmt.Sprint(o.lang, " ", o.lesson, " ", o.port, " ", o.open)
		if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.env, got, test.want)
		}
	}
	if o, err := readOptions(from(nil), filepath.Join(dir, "none")); err != nil || o.lesson != "" {
		t.Errorf("without lessons: %v, %v", o, err)
	}
}

func TestSayKorean(t *testing.T) {
	lang.Lang = "ko"
	defer func() { lang.Lang = "" }()
	if got, want := say("%d번", "no. %d", 3).Error(), "3번"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
