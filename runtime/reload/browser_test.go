package reload

import (
	"bufio"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"
)

const tag = `<script src="/_etamil/reload.js" async></script>`

// TestPages puts the script into whole pages of HTML that browsers ask for, and changes nothing else.
func TestPages(t *testing.T) {
	t.Parallel()
	const page = "<!doctype html><title>𝒳 கௌ 👍🏽</title>"
	for _, c := range []struct{ name, accept, kind, extra, body, want string }{
		{"doctype", "text/html", "text/html", "", page, "<!doctype html>" + tag + "<title>𝒳 கௌ 👍🏽</title>"},
		{"head", "text/html,*/*;q=0.8", "text/html; charset=utf-8", "", "\n<!DOCTYPE html>\n<!-- அ --><html lang=\"ta\">\n<head>\n<title>அ</title>", "\n<!DOCTYPE html>\n<!-- அ --><html lang=\"ta\">\n<head>" + tag + "\n<title>அ</title>"},
		{"html only", "text/html", "text/html", "", "<html><body>அ", "<html>" + tag + "<body>அ"},
		{"header is no head", "text/html", "text/html", "", "<!doctype html><header>அ", "<!doctype html>" + tag + "<header>அ"},
		{"a piece", "text/html", "text/html", "", "<p>அ</p>", "<p>அ</p>"},
		{"empty", "text/html", "text/html", "", "", ""},
		{"JSON", "text/html", "application/json", "", `"<html>"`, `"<html>"`},
		{"packed", "text/html", "text/html", "Content-Encoding: gzip", "<html>", "<html>"},
		{"asked by a program", "*/*", "text/html", "", page, page},
		{"nonce", "text/html", "text/html", "Content-Security-Policy: script-src 'nonce-aB3/+='", "<html>", `<html><script src="/_etamil/reload.js" nonce="aB3/+=" async></script>`},
	} {
		for _, sized := range []bool{true, false} {
			h := NewBrowsers().Wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.Contains(c.accept, "text/html") && r.Header.Get("Accept-Encoding") != "" {
					t.Errorf("%s: the page may be packed", c.name)
				}
				w.Header().Set("Content-Type", c.kind)
				if name, text, ok := strings.Cut(c.extra, ": "); ok {
					w.Header().Set(name, text)
				}
				if sized {
					w.Header().Set("Content-Length", strconv.Itoa(len(c.body)))
				}
				w.WriteHeader(http.StatusTeapot)
				_, _ = io.WriteString(w, c.body)
			}))
			r, w := httptest.NewRequest(http.MethodGet, "/", nil), httptest.NewRecorder()
			r.Header.Set("Accept", c.accept)
			r.Header.Set("Accept-Encoding", "gzip, br")
			h.ServeHTTP(w, r)
			if length := w.Header().Get("Content-Length"); w.Code != http.StatusTeapot || w.Body.String() != c.want || sized && length != strconv.Itoa(len(c.want)) {
				t.Errorf("%s: %d, length %s:\n%s\nwant\n%s", c.name, w.Code, length, w.Body, c.want)
			}
		}
	}
}

// TestStreamedPage lets pages go out in pieces, and answers that have no body keep their status.
func TestStreamedPage(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(NewBrowsers().Wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/none" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		for _, part := range []string{"<!doctype html>", "<p>அ", "<p>ஆ"} {
			_, _ = io.WriteString(w, part)
			if err := http.NewResponseController(w).Flush(); err != nil {
				t.Error(err)
			}
		}
	})))
	defer s.Close()
	if body := fetch(t, s.URL+"/", 200); body != "<!doctype html>"+tag+"<p>அ<p>ஆ" {
		t.Errorf("%s", body)
	}
	fetch(t, s.URL+"/none", 304)
}

func fetch(t *testing.T, url string, status int) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	must(t, err)
	req.Header.Set("Accept", "text/html")
	resp, err := http.DefaultClient.Do(req)
	must(t, err)
	body, err := io.ReadAll(resp.Body)
	must(t, err, resp.Body.Close())
	http.DefaultClient.CloseIdleConnections()
	if resp.StatusCode != status {
		t.Errorf("%s: %s", url, resp.Status)
	}
	return string(body)
}

// TestStream tells a page of every change, and what holds when it begins to listen.
func TestStream(t *testing.T) {
	t.Parallel()
	b := NewBrowsers()
	b.ping = time.Millisecond // so that it also pings
	s := httptest.NewServer(b.Wrap(http.NotFoundHandler()))
	defer s.Close()
	defer b.Close()
	resp, err := http.Get(s.URL + Path)
	must(t, err)
	defer func() { _ = resp.Body.Close() }()
	if kind := resp.Header.Get("Content-Type"); kind != "text/event-stream" || resp.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("%q %q", kind, resp.Header)
	}
	lines := bufio.NewScanner(resp.Body)
	next := func() string {
		for lines.Scan() {
			if text, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				return text
			}
		}
		return ""
	}
	first := next()
	boot := strings.TrimSuffix(strings.TrimPrefix(first, `{"version":"`), `.0","problems":null}`)
	b.Broken([]Problem{{Head: "பிழை \"𝒳\"\n", Line: 3, Before: "அச்சு ", Marked: "👍🏽", After: ";", Help: "உதவி"}})
	if got := next(); got != `{"version":"`+boot+`.0","problems":[{"head":"பிழை \"𝒳\"\n","line":3,"before":"அச்சு ","marked":"👍🏽","after":";","help":"உதவி"}]}` {
		t.Errorf("after an error: %s", got)
	}
	b.Reload()
	if got := next(); got != `{"version":"`+boot+`.1","problems":null}` {
		t.Errorf("after a reload: %s", got)
	}
	b.Close()
	if got := next(); got != "" {
		t.Errorf("after the end: %s", got)
	}
}

// TestOwnPaths answers pages of this machine only, and only to read.
func TestOwnPaths(t *testing.T) {
	t.Parallel()
	b := NewBrowsers()
	b.Close() // so that streams end
	h := b.Wrap(http.NotFoundHandler())
	for _, c := range []struct {
		method, path, host string
		status             int
	}{
		{"GET", ScriptPath, "localhost:8080", 200},
		{"GET", ScriptPath, "127.0.0.1:8080", 200},
		{"GET", ScriptPath, "[::1]:8080", 200},
		{"GET", ScriptPath, "kadai.localhost", 200},
		{"GET", Path, "192.168.1.7:8080", 200},
		{"GET", ScriptPath, "evil.example:8080", 403},
		{"GET", Path, "localhost.evil.example", 403},
		{"GET", Path, "", 403},
		{"POST", Path, "localhost", 405},
		{"GET", "/_etamil/", "localhost", 404},
		{"GET", Path + "/", "localhost", 404},
	} {
		r, w := httptest.NewRequest(c.method, c.path, nil), httptest.NewRecorder()
		r.Host = c.host
		h.ServeHTTP(w, r)
		if w.Code != c.status {
			t.Errorf("%s %s of %q: %d", c.method, c.path, c.host, w.Code)
		}
	}
}
