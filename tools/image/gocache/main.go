// Gocache is the build cache of the image, which the go command starts
// (GOCACHEPROG): it finds entries made with the image in a folder that nobody
// can write or trim, and keeps new ones in a folder of the user's own. So the
// first figure is as fast in an image that is a year old, in a container that
// is read-only, and for two hundred students who share one copy.
//
//	gocache BASE
//
// Both folders are laid out as the go command lays out its own cache.
package main

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// room is what the user's own folder may hold, in bytes.
const room = 128 << 20

// request and response are the messages of cmd/go/internal/cacheprog.
type request struct {
	ID                 int64
	Command            string
	ActionID, OutputID []byte
	BodySize           int64
}

type response struct {
	ID            int64
	Err           string     `json:",omitempty"`
	KnownCommands []string   `json:",omitempty"`
	Miss          bool       `json:",omitempty"`
	OutputID      []byte     `json:",omitempty"`
	Size          int64      `json:",omitempty"`
	Time          *time.Time `json:",omitempty"`
	DiskPath      string     `json:",omitempty"`
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gocache BASE")
		os.Exit(2)
	}
	own := folder(filepath.Join(os.TempDir(), fmt.Sprintf("descent-cache-%d", os.Getuid())))
	if own == "" { // where it cannot be, nothing is kept
		own = folder(filepath.Join(os.TempDir(), fmt.Sprintf("descent-cache-%d-%d", os.Getuid(), os.Getpid())))
		defer os.RemoveAll(own)
	}
	if err := serve(os.Stdin, os.Stdout, layer(os.Args[1]), layer(own)); err != nil {
		fmt.Fprintln(os.Stderr, "gocache:", err)
		os.Exit(1)
	}
}

// folder makes a folder that is the user's alone, or returns "".
func folder(path string) string {
	os.Mkdir(path, 0o700)
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() || info.Sys().(*syscall.Stat_t).Uid != uint32(os.Getuid()) {
		return ""
	}
	return path
}

// serve answers requests until the go command closes.
func serve(r io.Reader, w io.Writer, base, own layer) error {
	requests, responses := json.NewDecoder(r), json.NewEncoder(w)
	responses.Encode(response{KnownCommands: []string{"get", "put", "close"}})
	wrote := false
	for {
		var q request
		if err := requests.Decode(&q); err != nil {
			return ended(err)
		}
		a := response{Miss: true}
		switch q.Command {
		case "get":
			for _, l := range []layer{base, own} {
				if a = l.get(q.ActionID); !a.Miss {
					break
				}
			}
		case "put":
			var body []byte
			if q.BodySize > 0 {
				if err := requests.Decode(&body); err != nil {
					return ended(err)
				}
			}
			a, wrote = own.put(q.ActionID, q.OutputID, body), true
		case "close":
			if wrote {
				own.trim(room)
			}
			return responses.Encode(response{ID: q.ID})
		default:
			a = response{Err: "unknown command " + q.Command}
		}
		a.ID = q.ID
		if err := responses.Encode(a); err != nil {
			return err
		}
	}
}

func ended(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil // the go command was killed
	}
	return err
}

// layer is a folder of entries: xx/…-a names an output, xx/…-d is one.
type layer string

func (l layer) file(id []byte, kind string) string {
	name := hex.EncodeToString(id)
	return filepath.Join(string(l), name[:2], name+kind)
}

// get finds an action's output; a file that is missing or cut short is a miss.
func (l layer) get(action []byte) response {
	miss := response{Miss: true}
	if len(action) == 0 || l == "" {
		return miss
	}
	entry, err := os.ReadFile(l.file(action, "-a"))
	f := strings.Fields(string(entry)) // v1 action output size nanoseconds
	if err != nil || len(f) != 5 {
		return miss
	}
	output, err := hex.DecodeString(f[2])
	size, err2 := strconv.ParseInt(f[3], 10, 64)
	nano, err3 := strconv.ParseInt(f[4], 10, 64)
	if errors.Join(err, err2, err3) != nil || len(output) == 0 {
		return miss
	}
	path := l.file(output, "-d")
	info, err := os.Stat(path)
	if err != nil || info.Size() != size {
		return miss
	}
	t := time.Unix(0, nano)
	return response{OutputID: output, Size: size, Time: &t, DiskPath: path}
}

// put stores an output and then the entry that names it, each at once.
func (l layer) put(action, output, body []byte) response {
	if len(action) == 0 || len(output) == 0 || l == "" {
		return response{Err: "nowhere to keep it"}
	}
	now := time.Now()
	path := l.file(output, "-d")
	err := replace(path, body)
	if err == nil {
		err = replace(l.file(action, "-a"), fmt.Appendf(nil, "v1 %x %x %20d %20d\n", action, output, len(body), now.UnixNano()))
	}
	if err != nil {
		return response{Err: err.Error()}
	}
	return response{OutputID: output, Size: int64(len(body)), Time: &now, DiskPath: path}
}

func replace(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "tmp-*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(data)
	if e := tmp.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		os.Remove(tmp.Name())
	}
	return err
}

// trim removes the oldest outputs beyond the limit. Those of the last minute
// stay: another go command may be reading them.
func (l layer) trim(limit int64) {
	type file struct {
		path string
		fs.FileInfo
	}
	var files []file
	filepath.WalkDir(string(l), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if info, err := d.Info(); err == nil {
				files = append(files, file{path, info})
			}
		}
		return nil
	})
	slices.SortFunc(files, func(a, b file) int { return b.ModTime().Compare(a.ModTime()) })
	for _, f := range files {
		if limit -= f.Size(); limit < 0 && time.Since(f.ModTime()) > time.Minute {
			os.Remove(f.path)
		}
	}
}
