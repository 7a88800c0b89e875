package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// image makes of what is set up what the image needs: a kernel that builds
// with the image's cache and starts gopls only where it is asked for, and the
// settings of JupyterLab in both languages.
func (c *course) image() error {
	help := c.path("help")
	if err := os.MkdirAll(help, 0o777); err != nil {
		return err
	}
	if err := os.Rename(c.path("bin", "gopls"), filepath.Join(help, "gopls.bin")); err != nil && !os.IsNotExist(err) {
		return err
	}
	// gopls heeds the first limit by collecting garbage; at the second, in KB, it ends, and cells run on without it.
	wrapper := "#!/bin/sh\nexport GOMEMLIMIT=400MiB GOPLSCACHE=/tmp/gopls-$(id -u)\nulimit -d 700000\nexec " + filepath.Join(help, "gopls.bin") + " \"$@\"\n"
	if err := writeFile(filepath.Join(help, "gopls"), []byte(wrapper)); err != nil {
		return err
	}
	if err := os.Chmod(filepath.Join(help, "gopls"), 0o755); err != nil {
		return err
	}
	err := c.writeKernel(
		// Jupyter puts the server's COURSE_HELP here, which start.sh sets.
		"PATH="+strings.Join([]string{c.path("bin"), "${COURSE_HELP}", filepath.Join(c.goenv["GOROOT"], "bin"), "/usr/bin", "/bin"}, ":"),
		"GOCACHEPROG="+c.path("bin", "gocache")+" "+c.path("gocache"))
	if err != nil {
		return err
	}
	for _, lang := range []string{"ko", "en"} {
		page := "/lab/tree/" + lang
		lessons, err := lessonFiles(filepath.Join(c.root, "notebooks", lang))
		if err != nil {
			return err
		}
		if len(lessons) > 0 {
			page += "/" + lessons[0]
		}
		err = writeSettings(c.root, c.path("jupyter", "image-"+lang), lang, page, object{
			"ip":                     "0.0.0.0", // the container's own
			"open_browser":           false,
			"contents_manager_class": "descent_contents.Contents",
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// inContainer does what start.sh and the health check of the image ask for.
// They need no Go and do not look for the checkout: the program lies where
// set-up left it, in .descent/bin.
func inContainer(args []string) (known bool, err error) {
	switch {
	case len(args) == 2 && args[0] == "copy":
		exe, err := os.Executable()
		if err != nil {
			return true, err
		}
		root := filepath.Join(filepath.Dir(exe), "..", "..")
		if err := copyLessons(filepath.Join(root, "notebooks"), args[1], os.Stdout); err != nil {
			return true, explain(err, "")
		}
		return true, nil
	case len(args) == 1 && args[0] == "health":
		return true, health(os.Getenv("JUPYTER_RUNTIME_DIR"))
	}
	return false, nil
}

// health reports whether a server that wrote its address to the folder answers.
func health(runtime string) error {
	files, _ := filepath.Glob(filepath.Join(runtime, "jpserver-*.json"))
	err := errors.New("no server in " + runtime)
	for _, file := range files {
		var s struct {
			Port   int
			Base   string `json:"base_url"`
			Secure bool
		}
		b, e := os.ReadFile(file)
		if e = errors.Join(e, json.Unmarshal(b, &s)); e != nil {
			err = e
			continue
		}
		if err = alive(s.Port, s.Base, s.Secure); err == nil {
			return nil
		}
	}
	return err
}

// alive asks a server of this machine for its version, which needs no token.
// Of one that speaks TLS it is enough that it listens.
func alive(port int, base string, secure bool) error {
	conn, err := net.DialTimeout("tcp", fmt.Sprintf("127.0.0.1:%d", port), time.Second)
	if err != nil || secure {
		return err
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(2 * time.Second))
	fmt.Fprintf(conn, "GET %sapi HTTP/1.0\r\n\r\n", base)
	status, err := bufio.NewReader(conn).ReadString('\n')
	if err == nil && !strings.Contains(status, " 200 ") {
		err = errors.New(strings.TrimSpace(status))
	}
	return err
}
