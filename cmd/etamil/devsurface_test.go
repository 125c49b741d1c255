package main

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// TestDevSurfaces asks for what helps while a program is written: `etamil dev` has it, unless it is told not to, and the servers
// that people use never have.
func TestDevSurfaces(t *testing.T) {
	t.Parallel()
	file := write(t, `வழி பெறு, "/" { பதில் 200, "<!doctype html><p>அ", {"Content-Type": "text/html"}; }`)
	const script = `<script src="/_etamil/reload.js" async></script>`
	for _, c := range []struct {
		name   string
		args   []string
		status int
		page   string
	}{
		{"dev", nil, http.StatusOK, "<!doctype html>" + script + "<p>அ"},
		{"dev", []string{"--no-reload"}, http.StatusNotFound, "<!doctype html><p>அ"},
		{"serve", nil, http.StatusNotFound, "<!doctype html><p>அ"},
	} {
		addr, log := startServer(t, c.name, append(c.args, filepath.Dir(file))...)
		for _, path := range []string{"/_etamil/reload.js", "/_etamil/reload"} {
			req := newRequest(t, http.MethodGet, "http://"+addr+path)
			resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close() // a stream would not end
			if resp.StatusCode != c.status {
				t.Errorf("%s %q %s: %s\n%s", c.name, c.args, path, resp.Status, log())
			}
		}
		req := newRequest(t, http.MethodGet, "http://"+addr+"/")
		req.Header.Set("Accept", "text/html")
		if _, body, err := fetch(req); err != nil || body != c.page {
			t.Errorf("%s %q: %q %v", c.name, c.args, body, err)
		}
		if !strings.Contains(log(), "serving") {
			t.Error(log())
		}
	}
}
