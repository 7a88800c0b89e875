package main

import (
	"archive/zip"
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// What machines do to a set-up. Each trouble gets one line in the user's
// language; where a machine lacks the right to provoke it the test is skipped.

const (
	noNetworkKo = "네트워크에 닿지 않아 내려받지 못했습니다. 인터넷 연결과 프록시 설정을 확인하고 다시 실행하면 이어서 합니다."
	noNetworkEn = "The network cannot be reached to download what is missing: check the connection and your proxy settings; the same command then goes on from here."
	hashKo      = "내려받은 것이 강의가 정해 둔 것과 다릅니다(해시 불일치). 받다가 끊겼을 수 있으니 다시 실행하고, 또 그러면 사용 중인 미러나 프록시를 의심하세요."
	hashEn      = "A download is not what the course has pinned (its hash differs). It may have been cut off: run this again, and if that does not help, suspect your mirror or proxy."
	diskKo      = "디스크가 가득 찼습니다. 2 GB쯤 비우고 다시 실행하세요."
	diskEn      = "The disk is full: free some 2 GB and run this again."
	clockKo     = "이 컴퓨터의 날짜가 틀린 것 같습니다(내려받을 곳의 인증서가 유효한 기간이 아닙니다). 날짜와 시간을 맞추고 다시 실행하세요."
	clockEn     = "This computer's clock seems to be wrong (a certificate is outside its dates): set date and time, and run this again."
)

// withModule gives the stage a real `go mod download` of one module.
func (s *stage) withModule(module string) {
	put(s.t, s.dir, "real-mod", "")
	version := regexp.MustCompile(`(?m)^\s*` + module + ` (\S+)`).FindSubmatch(read(s.t, filepath.Join(s.root, "go.mod")))
	if version == nil {
		s.t.Fatalf("go.mod has no %s", module)
	}
	put(s.t, s.root, "go.mod", fmt.Sprintf("module descent\n\ngo 1.26.0\n\nrequire %s %s\n", module, version[1]))
	var sums []string
	for line := range strings.Lines(string(read(s.t, filepath.Join(s.root, "go.sum")))) {
		if strings.HasPrefix(line, module+" "+string(version[1])) {
			sums = append(sums, line)
		}
	}
	put(s.t, s.root, "go.sum", strings.Join(sums, ""))
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// mirror returns the folder of this machine's module cache that is laid out as
// a proxy, and skips where it lacks the module.
func mirror(t *testing.T, module string) string {
	out, err := exec.Command("go", "env", "GOMODCACHE").Output()
	dir := filepath.Join(strings.TrimSpace(string(out)), "cache", "download")
	if zips, _ := filepath.Glob(filepath.Join(dir, module, "@v", "*.zip")); err != nil || len(zips) == 0 {
		t.Skipf("the module cache has no %s", module)
	}
	return dir
}

// closed returns an address of this machine at which nobody answers.
func closed(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "http://" + l.Addr().String()
}

// cut sends half of a file and closes the connection.
func cut(w http.ResponseWriter, content []byte) {
	w.Header().Set("Content-Length", fmt.Sprint(len(content)))
	w.Write(content[:len(content)/2])
	http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

// altered returns a zip file with one file more.
func altered(content []byte) ([]byte, error) {
	r, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range r.File {
		err = errors.Join(err, w.Copy(f))
	}
	_, e := w.Create(r.File[0].Name + ".more")
	return out.Bytes(), errors.Join(err, e, w.Close())
}

// badMirror can be told how to behave.
type badMirror struct {
	*httptest.Server
	mode atomic.Value // "good", "cut", "altered", "damaged"
}

// serve serves files; mode concerns those whose name ends in suffix.
func serve(t *testing.T, suffix string, file func(path string) ([]byte, error), start func(*httptest.Server)) *badMirror {
	s := &badMirror{}
	s.mode.Store("good")
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, err := file(r.URL.Path)
		if err == nil && strings.HasSuffix(r.URL.Path, suffix) {
			switch s.mode.Load() {
			case "cut":
				cut(w, b)
			case "altered":
				b, err = altered(b)
			case "damaged":
				b = bytes.Clone(b)
				b[len(b)/2] ^= 1
			}
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusNotFound)
			return
		}
		if strings.HasSuffix(r.URL.Path, "/") {
			w.Header().Set("Content-Type", "text/html")
		}
		w.Write(b)
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	start(s.Server)
	t.Cleanup(s.Close)
	return s
}

func TestGoDownloads(t *testing.T) {
	t.Parallel()
	const module = "github.com/pkg/errors"
	dir := mirror(t, module)
	proxy := serve(t, ".zip", func(path string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, path)) }, (*httptest.Server).Start)
	s := newStage(t)
	s.withModule(module)
	for _, test := range []struct{ name, proxy, mode, ko, en string }{
		{"no network", closed(t), "", noNetworkKo, noNetworkEn},
		{"lost in mid-download", proxy.URL, "cut", noNetworkKo, noNetworkEn},
		{"another file", proxy.URL, "altered", hashKo, hashEn},
		{"a damaged file", proxy.URL, "damaged", hashKo, hashEn},
		{"GOPROXY=off", "off", "", "GOPROXY=off로 되어 있어 Go 모듈을 내려받지 못합니다. `go env GOPROXY`를 확인하고 다시 실행하세요.",
			"Go modules cannot be downloaded because GOPROXY is off: check `go env GOPROXY` and run this again."},
	} {
		t.Run(test.name, func(t *testing.T) {
			proxy.mode.Store(test.mode)
			s.t, s.env = t, []string{"GOPROXY=" + test.proxy}
			s.fails("", test.ko, test.en, "setup", "-test")
		})
	}
	t.Run("and then it works", func(t *testing.T) {
		proxy.mode.Store("good")
		s.t, s.env = t, []string{"GOPROXY=" + proxy.URL}
		s.setup()
	})
}

// wheel returns a Python package.
func wheel(t *testing.T) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range map[string]string{
		"demo.py":                     "x = '" + rand.Text() + strings.Repeat(" ", 1000) + "'\n",
		"demo-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n",
		"demo-1.0.dist-info/WHEEL":    "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
		"demo-1.0.dist-info/RECORD":   "",
	} {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name}) // stored, so that half of it is a lot
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, content)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// realPython gives the stage this machine's Python.
func (s *stage) realPython() {
	s.t.Helper()
	for _, name := range pythons {
		if p := (&course{}).askPython(s.t.Context(), name); p.path != "" && !p.old && p.venv {
			s.env = append(s.env, "PYTHON="+p.path)
			return
		}
	}
	s.t.Skip("no Python with venv")
}

func TestPipDownloads(t *testing.T) {
	t.Parallel()
	const name = "demo-1.0-py3-none-any.whl"
	content := wheel(t)
	files := func(path string) ([]byte, error) {
		switch path {
		case "/simple/demo/":
			return []byte(`<a href="/` + name + `">` + name + `</a>`), nil
		case "/" + name:
			return content, nil
		}
		return nil, os.ErrNotExist
	}
	index := serve(t, ".whl", files, (*httptest.Server).Start)
	s := newStage(t)
	sum := sha256.Sum256(content)
	put(t, s.root, "tools/requirements.txt", "demo==1.0 --hash=sha256:"+hex.EncodeToString(sum[:])+"\n")
	s.realPython()
	env := append(s.env, "PIP_RETRIES=0", "PIP_TARGET=/nowhere", "PYTHONPATH=/nowhere")
	for _, test := range []struct{ name, lang, index, mode, ko, en string }{
		{"no network", "ko", closed(t), "", noNetworkKo, noNetworkEn},
		{"lost in mid-download", "en", index.URL, "cut", noNetworkKo, noNetworkEn + " | " + hashEn}, // the latter before pip 25.1
		{"another file", "ko", index.URL, "altered", hashKo, hashEn},
	} {
		t.Run(test.name, func(t *testing.T) {
			index.mode.Store(test.mode)
			s.t, s.env = t, append(env, "PIP_INDEX_URL="+test.index+"/simple/")
			s.fails(test.lang, test.ko, test.en, "setup", "-test")
		})
	}
	t.Run("and then it works", func(t *testing.T) {
		index.mode.Store("good")
		s.t, s.env = t, append(env, "PIP_INDEX_URL="+index.URL+"/simple/")
		s.setup()
		python := filepath.Join(s.root, ".descent", "venv", "bin", "python")
		if out, err := exec.Command(python, "-c", "import demo").CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
		if scripts, _ := filepath.Glob(filepath.Join(filepath.Dir(python), "pip*")); len(scripts) > 0 {
			t.Errorf("%v name the folder where they were made", scripts)
		}
	})
}

// A clock that is a day slow finds every certificate of today not yet valid:
// here it is a certificate of tomorrow that meets a clock that is right.
func TestClockWrong(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("SSL_CERT_FILE counts on Linux only")
	}
	t.Parallel()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tomorrow := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(24 * time.Hour), NotAfter: time.Now().Add(48 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, tomorrow, tomorrow, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	nothing := func(string) ([]byte, error) { return nil, os.ErrNotExist }
	server := serve(t, "", nothing, func(s *httptest.Server) {
		s.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
		s.StartTLS()
	})
	s := newStage(t)
	put(t, s.dir, "ca.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})))
	ca := filepath.Join(s.dir, "ca.pem")
	t.Run("Go", func(t *testing.T) {
		s.t, s.env = t, []string{"GOPROXY=" + server.URL, "SSL_CERT_FILE=" + ca}
		put(t, s.dir, "real-mod", "")
		s.fails("", clockKo, clockEn, "setup")
		os.Remove(filepath.Join(s.dir, "real-mod"))
	})
	t.Run("pip", func(t *testing.T) {
		s.t, s.env = t, []string{"PIP_INDEX_URL=" + server.URL, "PIP_CERT=" + ca, "PIP_RETRIES=0"}
		s.realPython()
		s.fails("en", clockKo, clockEn, "setup")
	})
}

// tmpfs mounts a disk of that size on a folder.
func tmpfs(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+size, "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no right to mount a small disk: %s", bytes.TrimSpace(out))
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
	return dir
}

func TestDiskFull(t *testing.T) {
	t.Parallel()
	t.Run("Go", func(t *testing.T) {
		const module = "golang.org/x/text"
		dir := mirror(t, module)
		s := newStageIn(t, tmpfs(t, "4m"), "course")
		s.withModule(module)
		s.env = []string{"GOPROXY=file://" + dir}
		s.fails("", diskKo, diskEn, "setup", "-test")
	})
	t.Run("Python", func(t *testing.T) {
		s := newStageIn(t, tmpfs(t, "4m"), "course")
		s.realPython()
		s.fails("en", diskKo, diskEn, "setup", "-test")
	})
	t.Run("lessons", func(t *testing.T) {
		dir := tmpfs(t, "1m")
		s := newStageIn(t, dir, "course")
		s.setup()
		put(t, s.root, "my/ko/00_a.ipynb", lesson("mine", ""))
		put(t, s.root, "notebooks/ko/02_c.ipynb", lesson(strings.Repeat("long ", 60000), ""))
		os.WriteFile(filepath.Join(dir, "fill"), make([]byte, 1<<20), 0o644)
		s.fails("", diskKo, diskEn, "lab")
	})
}

// unprivileged makes the checkout read-only for the program; root, for whom
// nothing is, runs it as a user to whom nothing belongs.
func (s *stage) unprivileged() {
	s.t.Helper()
	if os.Getuid() != 0 {
		put(s.t, s.root, "my/ko/00_a.ipynb", lesson("mine", ""))
		err := filepath.WalkDir(s.root, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.Type()&fs.ModeSymlink == 0 {
				err = os.Chmod(path, 0o555)
			}
			return err
		})
		if err != nil {
			s.t.Fatal(err)
		}
		return
	}
	setpriv, err := exec.LookPath("setpriv")
	if err != nil {
		s.t.Skip("no right to become another user")
	}
	exe, err := os.Executable()
	if err != nil {
		s.t.Fatal(err)
	}
	b := read(s.t, exe)
	put(s.t, s.dir, "lab", string(b))
	for dir := s.dir; dir != os.TempDir() && dir != "/"; dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			s.t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(s.dir, "lab"), 0o755); err != nil {
		s.t.Fatal(err)
	}
	s.wrap = []string{setpriv, "--reuid=65534", "--regid=65534", "--clear-groups", "--"}
	s.exe = filepath.Join(s.dir, "lab")
}

func TestNotWritable(t *testing.T) {
	t.Parallel()
	t.Run("folder", func(t *testing.T) {
		s := newStage(t)
		s.unprivileged()
		dir := filepath.Join(s.root, ".descent")
		s.fails("", dir+"에 쓸 수 없습니다. 권한을 고치거나, 쓸 수 있는 폴더에서 강의를 다시 받으세요.",
			dir+" is not writable: fix its permissions, or put the course in a folder of your own.", "setup")
	})
	t.Run("set up by another user", func(t *testing.T) {
		s := newStage(t)
		s.setup()
		s.unprivileged()
		s.fails("", "쓸 수 없는 폴더가 있습니다. 권한을 고치고 다시 실행하세요.",
			"A folder is not writable: fix its permissions and run this again.", "lab")
	})
	t.Run("a file in the way", func(t *testing.T) {
		s := newStage(t)
		put(t, s.root, ".descent", "")
		dir := filepath.Join(s.root, ".descent")
		s.fails("", dir+"에 쓸 수 없습니다. 권한을 고치거나, 쓸 수 있는 폴더에서 강의를 다시 받으세요.",
			dir+" is not writable: fix its permissions, or put the course in a folder of your own.", "setup")
	})
}

func TestNoNetwork(t *testing.T) {
	t.Parallel()
	unshare, err := exec.LookPath("unshare")
	if err != nil || exec.Command(unshare, "-n", "true").Run() != nil {
		t.Skip("no right to take the network away")
	}
	s := newStage(t)
	s.withModule("github.com/pkg/errors")
	s.wrap = []string{unshare, "-n"}
	s.fails("", noNetworkKo, noNetworkEn, "setup")
}

func TestWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := fmt.Sprint(taken.Addr().(*net.TCPAddr).Port)
	s := newStage(t)
	for _, test := range []struct{ env, ko, en string }{
		{"PORT=" + port, "PORT=" + port + ": 다른 프로그램이 쓰고 있거나 허용되지 않은 포트입니다. 다른 수를 주거나 PORT를 빼세요.",
			"PORT=" + port + ": in use by another program, or not allowed. Choose another one, or leave PORT out."},
		{"PORT=x", "PORT=x: 1에서 65535까지의 수여야 합니다.", "PORT=x: must be a number from 1 to 65535."},
		{"LESSON=77", "LESSON=77: 그런 강의가 없습니다. 있는 강의: 00 01", "LESSON=77: there is no such lesson. The lessons are 00 01."},
		{"COURSE_LANG=fr", "COURSE_LANG=fr: 이 강의는 ko와 en으로 되어 있습니다.", "COURSE_LANG=fr: the course is written in ko and en."},
	} {
		s.env = []string{test.env}
		s.fails("", test.ko, test.en, "lab")
	}
	if len(s.calls()) > 0 {
		t.Errorf("set-up began all the same: %v", s.calls())
	}
	s = newStageIn(t, t.TempDir(), "a,b")
	s.fails("", "강의 폴더의 경로에 ',' 문자가 있어 쓸 수 없습니다. 폴더를 옮기거나 이름을 바꾸세요: "+s.root,
		"The path of the course must not contain ',': move or rename the folder "+s.root, "setup")
}

// copyOfPython makes a Python that lacks parts of its library.
func copyOfPython(t *testing.T, lacks string) (path, version string) {
	t.Helper()
	dir := t.TempDir()
	out, err := exec.Command("python3", "-c", `import os, sys
print(os.path.realpath(sys.executable), sys.platlibdir if sys.version_info >= (3, 9) else "lib", os.path.dirname(os.__file__), "%d.%d.%d" % sys.version_info[:3], sep="\n")`).Output()
	fields := strings.Split(strings.TrimSpace(string(out)), "\n")
	if err != nil || len(fields) != 4 {
		t.Skip("no Python")
	}
	bin, lib := filepath.Join(dir, "bin", "python3"), filepath.Join(dir, fields[1], filepath.Base(fields[2]))
	put(t, filepath.Dir(bin), "python3", string(read(t, fields[0])))
	if err := os.Chmod(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(fields[2])
	if err == nil {
		err = os.MkdirAll(lib, 0o755)
	}
	for _, e := range entries {
		if err == nil && e.Name() != lacks {
			err = os.Symlink(filepath.Join(fields[2], e.Name()), filepath.Join(lib, e.Name()))
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(bin, "-c", "import "+lacks).CombinedOutput(); err == nil || !strings.Contains(string(out), "No module named '"+lacks) {
		t.Skipf("this Python cannot be copied without %s: %s", lacks, out)
	}
	return bin, fields[3]
}

func TestPythons(t *testing.T) {
	t.Parallel()
	for _, lacks := range []string{"venv", "ensurepip"} {
		t.Run("without "+lacks, func(t *testing.T) {
			bin, version := copyOfPython(t, lacks)
			s := newStage(t)
			s.env = []string{"PYTHON=" + bin}
			s.fails("", "Python "+version+"에 venv가 없습니다. 설치하고 다시 실행하세요(Debian·Ubuntu: sudo apt install python3-venv).",
				"Python "+version+" lacks venv: install it and run this again (Debian, Ubuntu: sudo apt install python3-venv).", "setup")
		})
	}
	t.Run("none", func(t *testing.T) {
		s := newStage(t)
		os.Remove(filepath.Join(s.dir, "bin", "python3"))
		s.fails("", "Python을 찾을 수 없습니다(python3). 3.10–3.13을 설치하고, 필요하면 `make lab PYTHON=python3.13`처럼 알려 주세요.",
			"Python is missing (python3): install 3.10–3.13 and, where needed, name it as in `make lab PYTHON=python3.13`.", "setup")
	})
	home, _ := os.UserHomeDir()
	for _, name := range []string{"2.7", "3.6", "3.9"} {
		t.Run("really "+name, func(t *testing.T) {
			found, _ := filepath.Glob(filepath.Join(home, ".pyenv", "versions", name+"*", "bin", "python"))
			if path, err := exec.LookPath("python" + name); err == nil {
				found = append(found, path)
			}
			for _, path := range found {
				if p := (&course{}).askPython(t.Context(), path); p.path != "" {
					s := newStage(t)
					s.env = []string{"PYTHON=" + path}
					s.fails("", "Python "+p.version+"은(는) 너무 오래되었습니다. 3.10–3.13을 설치하고, 필요하면 `make lab PYTHON=python3.13`처럼 알려 주세요.",
						"Python "+p.version+" is too old: install 3.10–3.13 and, where needed, name it as in `make lab PYTHON=python3.13`.", "setup")
					return
				}
			}
			t.Skipf("no Python %s", name)
		})
	}
}

// A home folder that is missing or cannot be made does not keep set-up from
// its work: the modules go to the course's own folder.
func TestHomes(t *testing.T) {
	t.Parallel()
	for _, home := range []string{"", "/dev/null/home"} {
		t.Run("HOME="+home, func(t *testing.T) {
			s := newStage(t)
			s.home = home
			s.setup()
			env := string(read(t, filepath.Join(s.dir, "env-gonb")))
			if want := "GOMODCACHE=" + filepath.Join(s.root, ".descent"); !strings.Contains(env, want) {
				t.Errorf("modules do not go to %s…:\n%s", want, env)
			}
		})
	}
}

// What steers Go, Python and Jupyter elsewhere reaches no command of set-up:
// variables, `go env -w`, a go.work above the checkout.
func TestHostileSetup(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for name, value := range hostile {
		s.env = append(s.env, name+"="+value)
	}
	put(t, s.home, ".config/go/env", "GOFLAGS=-mod=vendor\nGOTOOLCHAIN=go1.99.0\n")
	put(t, s.home, "Library/Application Support/go/env", "GOFLAGS=-mod=vendor\nGOTOOLCHAIN=go1.99.0\n")
	put(t, s.dir, "go.work", "nonsense\n")
	s.setup()
	for _, step := range stageSteps {
		env := variables(t, strings.Split(string(read(t, filepath.Join(s.dir, "env-"+step))), "\n"), true)
		for name, value := range hostile {
			if env[name] == value && name != "GOPROXY" { // the way to the modules is the user's
				t.Errorf("%s=%s reaches %s", name, value, step)
			}
		}
		if slices.Contains([]string{"modules", "gonb", "gopls", "lint", "warm"}, step) {
			for name, want := range map[string]string{"GOFLAGS": "-ldflags=-s", "GOWORK": "off", "GOENV": "off", "GOTOOLCHAIN": "local"} {
				if env[name] != want {
					t.Errorf("%s: %s is %q, want %q", step, name, env[name], want)
				}
			}
		}
	}
}

// Doctor tells what a bug report needs, and no secret.
func TestDoctor(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.setup()
	s.renew()
	put(t, s.root, ".descent/log/jupyter.log", "Looking in indexes: https://kim:SECRET@index.example/simple\nhttp://127.0.0.1:8888/?token=SECRET\n"+
		s.home+"/x\nAuthorization: Bearer SECRET\nAPI_KEY=SECRET\n")
	s.env = []string{"GOPROXY=https://kim:SECRET@proxy.example,direct", "PIP_INDEX_URL=https://kim:SECRET@index.example/simple", "JUPYTER_TOKEN=SECRET",
		"GITHUB_TOKEN=SECRET", "HTTPS_PROXY=http://kim:SECRET@proxy.example:3128"}
	d := run(t, s.command("doctor"))
	if d.code != 0 || d.stderr != "" {
		t.Fatalf("doctor ends with %d: %s", d.code, d.stderr)
	}
	if strings.Contains(d.stdout, "SECRET") || strings.Contains(d.stdout, s.home) {
		t.Errorf("doctor tells a secret:\n%s", d.stdout)
	}
	for _, want := range []string{"system       " + runtime.GOOS, "GOVERSION    go1.", "https://…@proxy.example,direct", "python3      3.12.1",
		"jupyter      not done", "PIP_INDEX_URL", "end of the log of jupyter", "time         20", "HTTPS_PROXY"} {
		if !strings.Contains(d.stdout, want) {
			t.Errorf("doctor does not tell %q:\n%s", want, d.stdout)
		}
	}
}
