package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// client speaks to one Jupyter server, by a token or with the cookies of a
// student who logged in.
type client struct {
	http.Client
	base   string // up to and without /api
	header http.Header
}

func (c *client) request(method, path string, body []byte) (int, []byte, error) {
	r, err := http.NewRequest(method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	for name, values := range c.header {
		r.Header[name] = values
	}
	answer, err := c.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	return answer.StatusCode, b, err
}

// kernel is a running kernel of a notebook.
type kernel struct {
	id   string
	conn *websocket.Conn
}

// begin opens a notebook with a kernel of its own.
func (c *client) begin(ctx context.Context, path string) (*kernel, error) {
	body := fmt.Appendf(nil, `{"path": %q, "name": "", "type": "notebook", "kernel": {"name": "descent"}}`, path)
	code, b, err := c.request("POST", "/api/sessions", body)
	if err != nil {
		return nil, err
	}
	var session struct{ Kernel struct{ ID string } }
	if err := json.Unmarshal(b, &session); err != nil || code != 201 {
		return nil, fmt.Errorf("no kernel: %d %.200s", code, b)
	}
	conn, _, err := websocket.Dial(ctx, strings.Replace(c.base, "http", "ws", 1)+"/api/kernels/"+session.Kernel.ID+"/channels",
		&websocket.DialOptions{HTTPClient: &c.Client, HTTPHeader: c.header})
	if err != nil {
		return nil, err
	}
	conn.SetReadLimit(64 << 20)
	return &kernel{session.Kernel.ID, conn}, nil
}

// ran is what a cell did.
type ran struct {
	failed  string // the error's text
	printed string
	figures int
	took    time.Duration
}

// message is what travels between server and page.
type message struct {
	Header       map[string]any `json:"header"`
	ParentHeader map[string]any `json:"parent_header"`
	Metadata     map[string]any `json:"metadata"`
	Content      map[string]any `json:"content"`
	Channel      string         `json:"channel"`
}

var messages atomic.Int64

// send asks the kernel to run a cell and returns the message's id.
func (k *kernel) send(ctx context.Context, code string) (string, error) {
	id := fmt.Sprintf("m%d", messages.Add(1))
	return id, wsjson.Write(ctx, k.conn, message{
		Header:       map[string]any{"msg_id": id, "msg_type": "execute_request", "username": "", "session": "s", "version": "5.3", "date": time.Now().Format(time.RFC3339Nano)},
		ParentHeader: map[string]any{}, Metadata: map[string]any{}, Channel: "shell",
		Content: map[string]any{"code": code, "silent": false, "store_history": true, "user_expressions": map[string]any{}, "allow_stdin": false, "stop_on_error": true},
	})
}

// run runs a cell and waits for its end.
func (k *kernel) run(ctx context.Context, code string) (r ran, err error) {
	start := time.Now()
	id, err := k.send(ctx, code)
	if err != nil {
		return r, err
	}
	for replied, idle := false, false; !replied || !idle; {
		var m message
		if err := wsjson.Read(ctx, k.conn, &m); err != nil {
			return r, err
		}
		if m.Header["msg_type"] == "status" && (m.Content["execution_state"] == "dead" || m.Content["execution_state"] == "restarting") {
			r.failed = "the kernel died"
			return r, nil
		}
		if m.ParentHeader["msg_id"] != id {
			continue
		}
		switch m.Header["msg_type"] {
		case "execute_reply":
			replied = true
		case "status":
			idle = idle || m.Content["execution_state"] == "idle"
		case "error":
			r.failed = fmt.Sprint(m.Content["ename"], ": ", m.Content["evalue"])
		case "stream":
			r.printed += fmt.Sprint(m.Content["text"])
		case "display_data", "execute_result", "update_display_data":
			if data, ok := m.Content["data"].(map[string]any); ok && data["image/png"] != nil {
				r.figures++
			}
		}
	}
	r.took = time.Since(start)
	return r, nil
}
