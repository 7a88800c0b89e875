package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"descent/tools/browser"
)

// notebook is what the tests read of one.
type notebook struct {
	Cells []struct {
		Outputs []struct {
			Text any
			Data map[string]any
		}
	}
}

// gave returns what a cell printed and how many figures it drew.
func (nb notebook) gave(i int) (printed string, figures int) {
	var b strings.Builder
	for _, o := range nb.Cells[i].Outputs {
		if o.Data["image/png"] != nil {
			figures++
		}
		switch text := o.Text.(type) {
		case string:
			b.WriteString(text)
		case []any:
			for _, line := range text {
				b.WriteString(line.(string))
			}
		}
	}
	return b.String(), figures
}

func readNotebook(t *testing.T, b []byte) (nb notebook) {
	t.Helper()
	if err := json.Unmarshal(b, &nb); err != nil {
		t.Fatalf("no notebook: %v", err)
	}
	return nb
}

// execute runs a lesson in a container and returns it with its outputs.
func (e engine) execute(t *testing.T, lesson string, flags ...string) notebook {
	t.Helper()
	out, errs, err := e.run(t, append(flags, "--", "sh", "-c", `jupyter execute --inplace "$1" >&2 && cat "$1"`, "sh", lesson)...)
	if err != nil {
		t.Fatalf("%s: %v%s", lesson, err, lines(errs))
	}
	return readNotebook(t, []byte(out))
}

// TestLesson runs lesson 00 in both languages in the strictest container, as
// a user whom nobody knows; it prints and draws what is stored.
func TestLesson(t *testing.T) {
	e := needsImage(t)
	for _, lang := range []string{"ko", "en"} {
		for _, user := range [][]string{{"--user", "4321"}, {"--user", "4321", "--group-add", "users"}, nil} {
			t.Run(lang+strings.Join(user, " "), func(t *testing.T) {
				t.Parallel()
				path := lang + "/00_getting_started.ipynb"
				b, err := os.ReadFile("../../notebooks/" + path)
				if err != nil {
					t.Fatal(err)
				}
				want := readNotebook(t, b)
				got := e.execute(t, path, append(user, hard...)...)
				figures := 0
				for i := range want.Cells {
					text, n := got.gave(i)
					wantText, wantN := want.gave(i)
					if text != wantText || n != wantN {
						t.Errorf("cell %d gave %d figures and %q, want %d and %q", i, n, text, wantN, wantText)
					}
					figures += n
				}
				if figures == 0 {
					t.Error("no figures")
				}
			})
		}
	}
}

// TestFirstFigure times the first figure of lesson 00 as the page sees it, in
// a small container and in one whose build cache was made a month ago.
func TestFirstFigure(t *testing.T) {
	e := needsImage(t)
	const aged = `find /opt/descent /usr/local/go -exec touch -h -d "40 days ago" {} +
		date -d "40 days ago" +%s >/opt/descent/.descent/gocache/trim.txt
		touch -d "40 days ago" /opt/descent/.descent/gocache/trim.txt
		exec start.sh start-notebook`
	for _, c := range []struct {
		name  string
		flags []string
	}{
		{"new", []string{"--user", "4321", "--read-only", "--tmpfs", "/tmp:exec", "--cap-drop", "ALL"}},
		{"a month old", []string{"--user", "root", "--entrypoint", "sh", "--", "-c", aged}},
	} {
		s := e.serve(t, append([]string{"--memory", "2g", "--cpus", "1"}, c.flags...)...)
		took, err := s.firstFigure(t.Context())
		if err != nil {
			t.Fatal(c.name, err)
		}
		fmt.Printf("first figure, image %s: %.2f s\n", c.name, took.Seconds())
		if took > time.Second {
			t.Errorf("%s: the first figure took %v, want 1 s at most", c.name, took)
		}
		s.remove()
	}
}

// firstFigure runs lesson 00 up to its first figure and returns the time of
// that cell.
func (s *server) firstFigure(ctx context.Context) (time.Duration, error) {
	b, err := os.ReadFile("../../notebooks/en/00_getting_started.ipynb")
	if err != nil {
		return 0, err
	}
	var nb struct {
		Cells []struct {
			Type   string   `json:"cell_type"`
			Source []string `json:"source"`
		}
	}
	if err := json.Unmarshal(b, &nb); err != nil {
		return 0, err
	}
	k, err := s.begin(ctx, "en/00_getting_started.ipynb")
	if err != nil {
		return 0, err
	}
	defer k.conn.CloseNow()
	for i, c := range nb.Cells {
		if c.Type != "code" {
			continue
		}
		r, err := k.run(ctx, strings.Join(c.Source, ""))
		if err != nil || r.failed != "" {
			return 0, fmt.Errorf("cell %d: %w %s", i, err, r.failed)
		}
		if r.figures > 0 {
			return r.took, nil
		}
	}
	return 0, errors.New("no figure")
}

// TestUsers starts containers as the users that the contract of docker-stacks
// knows, and asks who runs.
func TestUsers(t *testing.T) {
	e := needsImage(t)
	who := []string{"--", "sh", "-c", `echo $(id -u) $(id -g) $(stat -c %u "$COURSE_DIR/ko") "$HOME"; grep -E "CapEff|NoNewPrivs" /proc/self/status | tr -s "\n\t" " "`}
	for _, c := range []struct {
		name, want, says string
		flags            []string
	}{
		{"default", "1000 100 1000 /home/jovyan", "", nil},
		{"any uid, group users", "4321 0 4321 /home/jovyan", "", []string{"--user", "4321", "--group-add", "users"}},
		{"any uid and group", "4321 100 4321 /home/jovyan", "", []string{"--user", "4321:100"}},
		{"any uid alone", "4321 0 4321 /tmp/home-4321", "--group-add users", []string{"--user", "4321"}},
		{"as root", "1000 100 1000 /home/jovyan", "", []string{"--user", "root"}},
		{"as root, NB_UID", "4321 500 4321 /home/jovyan", "", []string{"--user", "root", "-e", "NB_UID=4321", "-e", "NB_GID=500"}},
		{"as root, NB_UID=0", "", "NB_UID=0", []string{"--user", "root", "-e", "NB_UID=0"}},
		{"as root, no rights", "", "leave --user root out", []string{"--user", "root", "--cap-drop", "ALL"}},
		{"NB_UID without root", "1000 100 1000 /home/jovyan", "", []string{"-e", "NB_UID=4321"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			out, errs, err := e.run(t, append(append([]string{"--network", "none"}, c.flags...), who...)...)
			if (err == nil) != (c.want != "") || !strings.HasPrefix(out, c.want) {
				t.Errorf("ran as %q (%v), want %q%s", out, err, c.want, lines(errs))
			}
			if err == nil && !strings.Contains(out, "CapEff: 0000000000000000") {
				t.Errorf("has rights: %s", out)
			}
			if !strings.Contains(errs, c.says) {
				t.Errorf("said%s\nwant %q", lines(errs), c.says)
			}
		})
	}
	t.Run("no way to root", func(t *testing.T) {
		out, _, _ := e.run(t, "--user", "root", "--entrypoint", "sh", "--", "-c", "command -v sudo; find / -xdev -perm /6000 -type f")
		if out != "" {
			t.Errorf("found %s", out)
		}
	})
}

// TestFolders mounts folders over HOME and over work, writable and not.
func TestFolders(t *testing.T) {
	e := needsImage(t)
	const check = `ls ko en >/dev/null && jupyter kernelspec list 2>/dev/null | grep -c descent; touch ok && echo "$COURSE_DIR"`
	for _, c := range []struct {
		name, at, want, says string
		owner                int
		flags                []string
	}{
		{"over HOME", "/home/jovyan", "1\n/home/jovyan/work\n", "", 1000, nil},
		{"over work", "/home/jovyan/work", "1\n/home/jovyan/work\n", "", 1000, nil},
		{"of another owner", "/home/jovyan/work", "1\n/home/jovyan/work\n", "", 4321, []string{"--user", "4321", "--group-add", "users"}},
		{"of root", "/home/jovyan/work", "1\n/tmp/work-1000\n", "is not writable: what you write now is lost", 0, nil},
		{"of root, in Korean", "/home/jovyan/work", "1\n/tmp/work-1000\n", "컨테이너와 함께 사라집니다", 0, []string{"-e", "COURSE_LANG=ko"}},
		{"HOME of root", "/home/jovyan", "1\n/tmp/home-1000/work\n", "settings will be lost", 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t, c.owner, 0o755)
			flags := append([]string{"--network", "none", "-v", dir + ":" + c.at}, c.flags...)
			out, errs, err := e.run(t, append(flags, "--", "sh", "-c", check)...)
			if err != nil || out != c.want || !strings.Contains(errs, c.says) {
				t.Errorf("%v: %q, want %q; said%s\nwant %q", err, out, c.want, lines(errs), c.says)
			}
			if c.owner == 0 {
				return
			}
			// What a student changed stays, and what they did not is renewed.
			out, errs, err = e.run(t, append(flags, "--", "sh", "-c", `sed -i "s/# 00 /# mine /" en/00_*; rm en/01_*`)...)
			if err != nil {
				t.Fatal(err, out, errs)
			}
			out, _, err = e.run(t, append(flags, "--", "sh", "-c", `grep -c "# mine" en/00_*.ipynb; ls en/01_* | wc -l`)...)
			if err != nil || out != "1\n1\n" {
				t.Errorf("%v: %q after a restart", err, out)
			}
		})
	}
}

// TestNoExec starts containers in whose /tmp no program may run, as Docker
// mounts it by default: cells are built in HOME, or it is said what to do.
func TestNoExec(t *testing.T) {
	e := needsImage(t)
	flags := []string{"--network", "none", "--read-only", "--tmpfs", "/tmp:noexec,mode=1777"}
	e.execute(t, "en/00_getting_started.ipynb", append(flags, "-v", folder(t, 1000, 0o755)+":/home/jovyan")...)
	if _, errs, err := e.run(t, append(flags, "--", "true")...); err != nil || !strings.Contains(errs, "--tmpfs /tmp:exec") {
		t.Errorf("without: %v%s", err, lines(errs))
	}
}

// TestHooks runs a container with a hook of each kind; one that fails is told
// and stops nothing.
func TestHooks(t *testing.T) {
	e := needsImage(t)
	dir := folder(t, 1000, 0o755)
	for name, text := range map[string]string{"10.sh": "export HOOK=sourced", "20": "#!/bin/sh\necho ran >&2", "30": "#!/bin/sh\nexit 1"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, at := range []string{"start-notebook.d", "before-notebook.d"} {
		out, errs, err := e.run(t, "--network", "none", "-v", dir+":/usr/local/bin/"+at, "--", "sh", "-c", "echo $HOOK")
		if err != nil || out != "sourced\n" || !strings.Contains(errs, "ran\n") || !strings.Contains(errs, at+"/30 failed") {
			t.Errorf("%s: %v %q%s", at, err, out, lines(errs))
		}
	}
}

// TestServer starts JupyterLab on one processor, looks at its health, opens
// lesson 00 in Chromium in both languages and runs it there.
func TestServer(t *testing.T) {
	e := needsImage(t)
	b, err := browser.Start(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for _, lang := range []string{"ko", "en"} {
		t.Run(lang, func(t *testing.T) {
			s := e.serve(t, "--user", "4321", "--read-only", "--tmpfs", "/tmp:exec", "--memory", "2g", "--cpus", "1", "--cap-drop", "ALL", "-e", "COURSE_LANG="+lang)
			fmt.Printf("JupyterLab answers after %.1f s (%s)\n", s.ready.Seconds(), lang)
			if s.ready > 5*time.Second {
				t.Errorf("JupyterLab answered after %v, want 5 s at most", s.ready)
			}
			if out, err := s.exec("/opt/descent/.descent/bin/lab", "health"); err != nil {
				t.Errorf("health: %v %s", err, out)
			}
			if out, err := s.exec("env", "JUPYTER_RUNTIME_DIR=/tmp/none", "/opt/descent/.descent/bin/lab", "health"); err == nil {
				t.Errorf("healthy without a server: %s", out)
			}
			r, err := http.Get(s.base + "/?token=" + s.token)
			if err != nil || !strings.HasSuffix(r.Request.URL.Path, "/lab/tree/"+lang+"/00_getting_started.ipynb") {
				t.Errorf("the first page is %v %v", r.Request.URL, err)
			}
			p, err := b.Open(s.base+"/lab/tree/"+lang+"/00_getting_started.ipynb?token="+s.token, 1100, 900)
			if err != nil {
				t.Fatal(err)
			}
			defer p.Close()
			if err := p.Ready("00_getting_started.ipynb"); err != nil {
				t.Fatal(err)
			}
			if err := p.HideSidebar(); err != nil {
				t.Fatal(err)
			}
			if _, err := p.Tall(1100); err != nil {
				t.Fatal(err)
			}
			if err := p.RunAll(3 * time.Minute); err != nil {
				t.Fatal(err)
			}
			if _, err := p.Shots("../../.descent/test/image", lang, 1100); err != nil {
				t.Fatal(err)
			}
			v, err := p.See()
			if err != nil || v.Red != 0 || v.NotRun != 0 || v.Figures == 0 || v.Menu != map[string]string{"ko": "파일", "en": "File"}[lang] {
				t.Errorf("%v: %+v", err, v)
			}
			for _, trouble := range p.Trouble() {
				t.Error(trouble)
			}
		})
	}
}

var saved = regexp.MustCompile(`"n": (\d+)`)

// TestStop ends servers in the middle of saves, while a cell loops without
// end: asked to, they end in 2 s; and asked or killed, what they said is
// saved is on disk, and no notebook is cut short.
func TestStop(t *testing.T) {
	e := needsImage(t)
	for _, signal := range []string{"TERM", "TERM", "TERM", "KILL", "KILL", "KILL"} {
		t.Run(signal, func(t *testing.T) {
			dir := folder(t, 1000, 0o777)
			s := e.serve(t, "-v", dir+":/home/jovyan/work", "--cpus", "1", "--memory", "2g")
			k, err := s.begin(t.Context(), "en/00_getting_started.ipynb")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := k.send(t.Context(), "%%\nfor {\n}"); err != nil {
				t.Fatal(err)
			}
			var acknowledged atomic.Int64
			done := make(chan struct{})
			go func() {
				defer close(done)
				for n := int64(1); ; n++ {
					code, _, err := s.request("PUT", "/api/contents/saved.ipynb", big(n, 2))
					if err != nil {
						return
					}
					if code/100 == 2 {
						acknowledged.Store(n)
					}
				}
			}()
			time.Sleep(3 * time.Second)
			wait := exec.Command(string(e), "wait", s.id)
			if err := wait.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Second) // the engine's command is on its way
			start := time.Now()
			if out, err := exec.Command(string(e), "kill", "--signal", signal, s.id).CombinedOutput(); err != nil {
				t.Fatal(err, string(out))
			}
			wait.Wait()
			took := time.Since(start)
			<-done
			last := acknowledged.Load()
			fmt.Printf("SIG%s: ended after %.2f s, %d saves acknowledged\n", signal, took.Seconds(), last)
			if took > 2*time.Second {
				t.Errorf("ended after %v, want 2 s at most", took)
			}
			b, err := os.ReadFile(filepath.Join(dir, "saved.ipynb"))
			if err != nil || last == 0 {
				t.Fatal(last, err)
			}
			m := saved.FindSubmatch(b)
			var n int64
			if m != nil {
				fmt.Sscan(string(m[1]), &n)
			}
			if !json.Valid(b) || n < last {
				t.Errorf("on disk: %d bytes, valid %v, save %d; acknowledged %d", len(b), json.Valid(b), n, last)
			}
		})
	}
}

// TestDiskFull saves until the disk is full: the server says so, and the file
// is the last one that it said is saved.
func TestDiskFull(t *testing.T) {
	e := needsImage(t)
	s := e.serve(t, "--user", "root", "--tmpfs", "/home/jovyan/work:size=24m") // the lessons take half of it
	last := 0
	for n := 1; n <= 16; n++ {
		code, body, err := s.request("PUT", "/api/contents/saved.ipynb", big(int64(n), n))
		if err != nil {
			t.Fatal(err)
		}
		if code/100 == 2 {
			last = n
			continue
		}
		if code != 500 || !strings.Contains(string(body), "No space left on device") {
			t.Errorf("a full disk is answered by %d %s", code, body)
		}
		break
	}
	code, body, err := s.request("GET", "/api/contents/saved.ipynb", nil)
	if last == 0 || last == 16 || err != nil || code != 200 || !strings.Contains(string(body), fmt.Sprintf(`"n": %d`, last)) {
		t.Errorf("after %d saves: %d %v %.80s", last, code, err, body)
	}
	if out, err := s.exec("sh", "-c", "ls -A /home/jovyan/work | grep '^\\.saving'"); err == nil {
		t.Errorf("left behind: %s", out)
	}
}

// TestLicenses reads the list of what is inside.
func TestLicenses(t *testing.T) {
	e := needsImage(t)
	out, errs, err := e.run(t, "--network", "none", "--", "cat", "/opt/descent/licenses.txt")
	if err != nil {
		t.Fatal(err, errs)
	}
	names := map[string]bool{}
	var bare []string
	_, table, _ := strings.Cut(out, "\n")
	for line := range strings.Lines(table) {
		name := strings.Fields(line)[1]
		names[name] = true
		if strings.HasSuffix(line, " see its files\n") {
			bare = append(bare, name)
		}
	}
	for _, want := range []string{"libc6", "jupyterlab", "jupyterhub", "gonum.org/v1/plot", "github.com/janpfeifer/gonb", "golang.org/x/tools/gopls", "go", "@lumino/widgets"} {
		if !names[want] {
			t.Errorf("the list of what is inside lacks %s", want)
		}
	}
	if len(bare) > len(names)/50 {
		t.Errorf("%d of %d have no license: %q", len(bare), len(names), bare)
	}
}
