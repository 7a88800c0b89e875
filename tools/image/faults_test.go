package main

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestFaults does to a student's container what happens in class, while a
// neighbor works: what was saved stays, the container's limits hold, and the
// student goes on.
func TestFaults(t *testing.T) {
	e := needsImage(t)
	limits := []string{"--memory", "1g", "--memory-swap", "1g", "--cpus", "1"}
	s, neighbor := e.serve(t, limits...), e.serve(t, limits...)
	ctx := t.Context()
	k, err := s.begin(ctx, "en/00_getting_started.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	other, err := neighbor.begin(ctx, "en/00_getting_started.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	if code, b, err := s.request("PUT", "/api/contents/saved.ipynb", big(7, 1)); err != nil || code/100 != 2 {
		t.Fatal(code, string(b), err)
	}
	// well runs a cell on a kernel, which must succeed.
	well := func(who string, k *kernel) time.Duration {
		t.Helper()
		r, err := k.run(ctx, "%%\nfmt.Println(6 * 7)")
		if err != nil || r.failed != "" || !strings.Contains(r.printed, "42") {
			t.Errorf("%s: %v %+v", who, err, r)
		}
		return r.took
	}
	well("the student, at first", k)
	rest := well("the neighbor, at first", other)
	fault := func(name string, do func()) {
		do()
		took := well("the neighbor, "+name, other)
		after := well("the student, "+name, k)
		code, b, err := s.request("GET", "/api/contents/saved.ipynb", nil)
		if err != nil || code != 200 || !strings.Contains(string(b), `"n": 7`) {
			t.Errorf("%s: what was saved: %d %v", name, code, err)
		}
		fmt.Printf("%s: the neighbor's next cell %.1f s (%.1f before), the student's %.1f s\n", name, took.Seconds(), rest.Seconds(), after.Seconds())
	}
	fault("an endless loop, until it is interrupted", func() {
		if _, err := k.send(ctx, "%%\nfor {\n}"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(3 * time.Second)
		well("the neighbor, during the loop", other)
		if code, _, err := s.request("POST", "/api/kernels/"+k.id+"/interrupt", nil); err != nil || code != 204 {
			t.Fatal(code, err)
		}
	})
	fault("a slice of 10 GB", func() {
		r, err := k.run(ctx, "%%\nx := make([]byte, 10<<30)\nfor i := range x {\n\tx[i] = 1\n}\nfmt.Println(len(x))")
		if err != nil || r.failed == "" {
			t.Errorf("10 GB fit into 1 GB: %v %+v", err, r)
		}
		fmt.Printf("a slice of 10 GB: the cell ends after %.1f s with %q\n", r.took.Seconds(), r.failed)
	})
	fault("the kernel is killed in a cell", func() {
		go func() {
			time.Sleep(3 * time.Second)
			s.exec("sh", "-c", `for p in /proc/[0-9]*; do case $(readlink $p/exe) in */gonb) kill -9 ${p#/proc/} ;; esac; done`)
		}()
		r, err := k.run(ctx, "%%\nfor {\n}")
		if err != nil || r.failed != "the kernel died" {
			t.Errorf("%v %+v", err, r)
		}
	})
}
