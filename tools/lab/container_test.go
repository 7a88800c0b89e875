package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestImageSettings(t *testing.T) {
	c := testCourse(t)
	put(t, c.dir, "bin/gopls", "program")
	put(t, c.root, "notebooks/ko/00_시작.ipynb", "{}")
	if err := c.image(); err != nil {
		t.Fatal(err)
	}
	if err := c.image(); err != nil { // once more changes nothing
		t.Fatal(err)
	}
	var spec struct{ Env map[string]string }
	if err := json.Unmarshal(read(t, c.path("jupyter", "kernels", "descent", "kernel.json")), &spec); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"GOCACHEPROG": c.path("bin", "gocache") + " " + c.path("gocache"),
		"PATH":        c.path("bin") + ":${COURSE_HELP}:/go/bin:/usr/bin:/bin",
		"GOPROXY":     "off",
	} {
		if spec.Env[name] != want {
			t.Errorf("%s=%s, want %s", name, spec.Env[name], want)
		}
	}
	for lang, want := range map[string]string{"ko": "/lab/tree/ko/00_시작.ipynb", "en": "/lab/tree/en"} {
		var config struct {
			ServerApp, LabApp struct {
				Default string `json:"default_url"`
				IP      string
			}
		}
		if err := json.Unmarshal(read(t, c.path("jupyter", "image-"+lang, "jupyter_config.json")), &config); err != nil {
			t.Fatal(err)
		}
		if config.ServerApp.Default != want || config.LabApp.Default != want || config.ServerApp.IP != "0.0.0.0" {
			t.Errorf("%s: %+v, want %s", lang, config, want)
		}
	}
	if string(read(t, c.path("help", "gopls.bin"))) != "program" || isFile(c.path("bin", "gopls")) {
		t.Error("gopls is not out of the way")
	}
}

func TestHealth(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/user/a/api", func(http.ResponseWriter, *http.Request) {})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go http.Serve(l, mux)
	port := l.Addr().(*net.TCPAddr).Port
	for _, c := range []struct{ name, file, want string }{
		{"answers", fmt.Sprintf(`{"port": %d, "base_url": "/user/a/"}`, port), ""},
		{"TLS", fmt.Sprintf(`{"port": %d, "base_url": "/", "secure": true}`, port), ""},
		{"elsewhere", fmt.Sprintf(`{"port": %d, "base_url": "/"}`, port), "404"},
		{"gone", `{"port": 1, "base_url": "/"}`, "refused"},
		{"cut short", `{"port`, "JSON"},
		{"none", "", "no server"},
	} {
		dir := t.TempDir()
		if c.file != "" {
			put(t, dir, "jpserver-1.json", c.file)
		}
		if err := health(dir); (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	// One that was killed left its file behind.
	dir := t.TempDir()
	put(t, dir, "jpserver-1.json", `{"port": 1, "base_url": "/"}`)
	put(t, dir, "jpserver-2.json", fmt.Sprintf(`{"port": %d, "base_url": "/user/a/"}`, port))
	if err := health(dir); err != nil {
		t.Error(err)
	}
}

func TestInContainerKnowsItsCommands(t *testing.T) {
	for _, args := range [][]string{{"lab"}, {"copy"}, {"copy", "a", "b"}, {"health", "x"}, {"setup"}} {
		if known, _ := inContainer(args); known {
			t.Errorf("takes %q for a command of the image", args)
		}
	}
	// The program lies in .descent/bin of the course.
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(filepath.Dir(exe), "..", "..")
	put(t, root, "notebooks/ko/00_a.ipynb", "{}")
	defer os.RemoveAll(filepath.Join(root, "notebooks"))
	dir := t.TempDir()
	if known, err := inContainer([]string{"copy", dir}); !known || err != nil || !isFile(filepath.Join(dir, "ko", "00_a.ipynb")) {
		t.Error(known, err)
	}
}
