package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// lived is what one student met.
type lived struct {
	err                        error
	server, opened, saw, ended time.Duration // since the one before
	cells, figures             int
}

// load lets students come to a hub at once. Each logs in, opens a lesson, runs
// all its cells and saves it; their servers stay, so that what they take at
// rest can be measured.
func load(w io.Writer, args []string) error {
	flags := flag.NewFlagSet("load", flag.ContinueOnError)
	hub := flags.String("hub", "http://127.0.0.1:8000", "address of the hub")
	students := flags.Int("students", 5, "how many, named student1 and so on")
	first := flags.Int("first", 1, "number of the first")
	lesson := flags.String("lesson", "ko/01_sgd.ipynb", "what they open")
	limit := flags.Duration("limit", 5*time.Minute, "time for all of it")
	if err := flags.Parse(args); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), *limit)
	defer cancel()
	all := make([]lived, *students)
	var there sync.WaitGroup
	for i := range all {
		there.Go(func() { all[i] = study(ctx, *hub, fmt.Sprintf("student%d", *first+i), *lesson) })
	}
	there.Wait()
	failed := 0
	for i, s := range all {
		if s.err != nil {
			failed++
			fmt.Fprintf(w, "student%d: %v\n", *first+i, s.err)
		}
	}
	spread := func(name string, of func(lived) time.Duration) {
		var d []float64
		for _, s := range all {
			if s.err == nil {
				d = append(d, of(s).Seconds())
			}
		}
		if len(d) > 0 {
			slices.Sort(d)
			fmt.Fprintf(w, "  %-34s median %6.1f s   longest %6.1f s\n", name, d[len(d)/2], d[len(d)-1])
		}
	}
	fmt.Fprintf(w, "students at once: %d, failed: %d, %s\n", *students, failed, *lesson)
	spread("from login to the server's answer", func(s lived) time.Duration { return s.server })
	spread("to open the lesson and its kernel", func(s lived) time.Duration { return s.opened })
	spread("from Run All to the first figure", func(s lived) time.Duration { return s.saw })
	spread("from there to the last cell", func(s lived) time.Duration { return s.ended })
	if failed > 0 {
		return errors.New("a student's lesson failed")
	}
	return nil
}

// study is the lesson of one student.
func study(ctx context.Context, hub, name, lesson string) (s lived) {
	c := visitor(hub)
	clock := time.Now()
	lap := func(d *time.Duration) { *d = time.Since(clock); clock = time.Now() }
	if s.err = c.login(ctx, name); s.err != nil {
		return s
	}
	lap(&s.server)
	code, b, err := c.request("GET", "/api/contents/"+lesson, nil)
	var file struct {
		Content struct {
			Cells []struct {
				Type   string `json:"cell_type"`
				Source string
			}
		}
	}
	if err = errors.Join(err, json.Unmarshal(b, &file)); err != nil || code != 200 {
		s.err = fmt.Errorf("the lesson: %d %v %.100s", code, err, b)
		return s
	}
	k, err := c.begin(ctx, lesson)
	if err != nil {
		s.err = err
		return s
	}
	defer k.conn.CloseNow()
	lap(&s.opened)
	for i, cell := range file.Content.Cells {
		if cell.Type != "code" {
			continue
		}
		r, err := k.run(ctx, cell.Source)
		if err != nil || r.failed != "" {
			s.err = fmt.Errorf("cell %d: %v %s", i, err, r.failed)
			return s
		}
		s.cells++
		if r.figures > 0 && s.figures == 0 {
			lap(&s.saw)
		}
		s.figures += r.figures
	}
	lap(&s.ended)
	if s.figures == 0 {
		s.err = errors.New("no figure")
		return s
	}
	code, b, err = c.request("PUT", "/api/contents/saved.ipynb", big(1, 1))
	if err != nil || code/100 != 2 {
		s.err = fmt.Errorf("saving: %d %v %.100s", code, err, b)
	}
	return s
}

// visitor is a client of a hub to which nobody has logged in.
func visitor(hub string) *client {
	jar, _ := cookiejar.New(nil)
	// The proxy closes a connection that rests for 5 s, and unlike a browser Go does not send a save once more.
	return &client{Client: http.Client{Jar: jar, Transport: &http.Transport{DisableKeepAlives: true}}, base: hub}
}

// login logs a student in, has the hub start the server, and makes c the
// client of that server.
func (c *client) login(ctx context.Context, name string) error {
	form := func(path string, values url.Values) error {
		if _, _, err := c.request("GET", path, nil); err != nil {
			return err
		}
		values.Set("_xsrf", c.cookie(path, "_xsrf"))
		r, err := c.PostForm(c.base+path, values)
		if err != nil {
			return err
		}
		defer r.Body.Close()
		// 503: logged in, and sent on to a server that died and is not yet missed.
		if b, _ := io.ReadAll(r.Body); r.StatusCode != 200 && r.StatusCode != 503 {
			return fmt.Errorf("%s: %s %.200s", path, r.Status, b)
		}
		return nil
	}
	if err := form("/hub/login", url.Values{"username": {name}, "password": {"descent-class"}}); err != nil {
		return err
	}
	user := "/user/" + name
	for {
		c.request("GET", user+"/lab", nil) // the page, which brings the server's cookies once there is one
		code, b, err := c.request("GET", user+"/api/status", nil)
		if err == nil && code == 200 && strings.HasPrefix(string(b), "{") {
			break
		}
		if code == 424 { // there is none; the hub refuses to start one that is about to come
			form("/hub/spawn", url.Values{"lang": {"ko"}})
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("no server: %d %v", code, err)
		case <-time.After(time.Second):
		}
	}
	c.header = http.Header{"X-Xsrftoken": {c.cookie(user+"/", "_xsrf")}}
	c.base += user
	return nil
}

func (c *client) cookie(path, name string) string {
	u, _ := url.Parse(c.base + path)
	for _, k := range c.Jar.Cookies(u) {
		if k.Name == name {
			return k.Value
		}
	}
	return ""
}

// big is a notebook of some megabytes whose metadata hold n.
func big(n int64, megabytes int) []byte {
	return fmt.Appendf(nil, `{"type": "notebook", "format": "json", "content": {"nbformat": 4, "nbformat_minor": 5, "metadata": {"n": %d}, "cells":
		[{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "%s"}]}}`, n, strings.Repeat("x", megabytes<<20))
}
