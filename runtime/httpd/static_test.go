package httpd_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
)

// longPage is a text that is worth compressing.
var longPage = "<h1>வணக்கம்</h1>" + strings.Repeat("<p>கௌ 👍🏽 𝒳 𑿀</p>", 200)

// site lays files out, with a secret beside them and a link out.
func site(t *testing.T) string {
	t.Helper()
	base := t.TempDir()
	dir := filepath.Join(base, "public")
	for name, text := range map[string]string{
		"../secret.txt": "ரகசியம்", "index.html": longPage, "சொல்.txt": "உரை", "app-3f9a2b7c.js": "let a = 1;", "report-20261125.txt": "r",
		"a/index.html": "a", "a/b.svg": "<svg/>", "empty/x.bin": "x", ".env": "SECRET=1", ".git/config": "c", ".well-known/security.txt": "s",
		"old.css": strings.Repeat("a{}", 500), "old.css.gz": "older", "new.css": strings.Repeat("b{}", 500), "x.unknown": "?",
	} {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(p), 0o755), os.WriteFile(p, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	past := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	err := errors.Join(
		os.WriteFile(filepath.Join(dir, "new.css.gz"), zip(t, "made before"), 0o600),
		os.Chtimes(filepath.Join(dir, "new.css"), past, past),
		os.Chtimes(filepath.Join(dir, "old.css.gz"), past, past),
		os.Chtimes(filepath.Join(dir, "சொல்.txt"), past, past),
		os.Symlink(filepath.Join(base, "secret.txt"), filepath.Join(dir, "link.txt")),
		os.Symlink(base, filepath.Join(dir, "up")),
	)
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func zip(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func unzip(t *testing.T, body string) string {
	t.Helper()
	r, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestStatic(t *testing.T) {
	t.Parallel()
	dir := site(t)
	base := serve(t, []httpd.Route{{Method: "GET", Path: "/p/report-20261125.txt", Run: answer(200, value.FromText("வழி"), value.Nil)}},
		httpd.Options{Static: map[string]string{"/p": dir, "/p/படங்கள்": filepath.Join(dir, "a")}})
	const js, html, text = "text/javascript; charset=utf-8", "text/html; charset=utf-8", "text/plain; charset=utf-8"
	for _, tt := range []struct {
		method, path string
		status       int
		body, kind   string
	}{
		{"GET", "/p/", 200, longPage, html},
		{"GET", "/p/index.html", 200, longPage, html},
		{"HEAD", "/p/", 200, "", html},
		{"GET", "/p", 301, "", ""},
		{"GET", "/p/a", 301, "", ""},
		{"GET", "/p/a/", 200, "a", html},
		{"GET", "/p/a/b.svg", 200, "<svg/>", "image/svg+xml"},
		{"GET", "/p/படங்கள்/b.svg", 200, "<svg/>", "image/svg+xml"},
		{"GET", "/p/%E0%AE%9A%E0%AF%8A%E0%AE%B2%E0%AF%8D.txt", 200, "உரை", text},
		{"GET", "//p//சொல்.txt", 200, "உரை", text},
		{"GET", "/p/app-3f9a2b7c.js", 200, "let a = 1;", js},
		{"GET", "/p/report-20261125.txt", 200, "வழி", text},
		{"GET", "/p/x.unknown", 200, "?", "application/octet-stream"},
		{"GET", "/p/.well-known/security.txt", 200, "s", text},
		{"GET", "/p/சொல்.txt/", 404, "", ""},
		{"GET", "/p/empty/", 404, "", ""},
		{"GET", "/p/empty", 404, "", ""},
		{"GET", "/p/none", 404, "", ""},
		{"GET", "/சொல்.txt", 404, "", ""},
		{"GET", "/p/.env", 404, "", ""},
		{"GET", "/p/.git/config", 404, "", ""},
		{"GET", "/p/link.txt", 404, "", ""},
		{"GET", "/p/up/secret.txt", 404, "", ""},
		{"GET", "/p/../secret.txt", 400, "", ""},
		{"GET", "/p/%2e%2e/secret.txt", 400, "", ""},
		{"GET", "/p/..%2fsecret.txt", 400, "", ""},
		{"GET", "/p/..%5csecret.txt", 400, "", ""},
		{"GET", "/p/x%00.txt", 400, "", ""},
		{"GET", "/p/%252e%252e/secret.txt", 404, "", ""},
		{"POST", "/p/x.unknown", 405, "", ""},
		{"OPTIONS", "/p/x.unknown", 204, "", ""},
	} {
		resp, body := request(t, tt.method, base+tt.path, "", "")
		if resp.StatusCode != tt.status || tt.status == 200 && (body != tt.body || resp.Header.Get("Content-Type") != tt.kind) || strings.Contains(body, "ரகசியம்") {
			t.Errorf("%s %s: %d %q %.100s", tt.method, tt.path, resp.StatusCode, resp.Header, body)
		}
		switch {
		case tt.status == 301 && resp.Header.Get("Location") != "./"+filepath.Base(tt.path)+"/":
			t.Errorf("%s: to %q", tt.path, resp.Header.Get("Location"))
		case tt.status == 405 && resp.Header.Get("Allow") != "GET, HEAD, OPTIONS":
			t.Errorf("%s: %q", tt.path, resp.Header)
		case tt.status == 200 && body != "வழி":
			want := "no-cache"
			if strings.Contains(tt.path, "3f9a2b7c") {
				want = "public, max-age=31536000, immutable"
			}
			if resp.Header.Get("Cache-Control") != want || !strings.HasPrefix(resp.Header.Get("Etag"), `"`) || resp.Header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("%s: %q", tt.path, resp.Header)
			}
		}
	}
	resp, _ := request(t, "GET", base+"/p/a?x=1&y=%0d%0a", "")
	if got := resp.Header.Get("Location"); got != "./a/?x=1&y=%0d%0a" {
		t.Errorf("redirected to %q", got)
	}
	var none *value.Error
	if _, err := httpd.NewHandler(nil, httpd.Options{Static: map[string]string{"/": filepath.Join(dir, "இல்லை")}}); !errors.As(err, &none) || none.Code != httpd.CodeStatic {
		t.Errorf("no folder: %v", err)
	}
	if _, err := httpd.NewHandler(nil, httpd.Options{Static: map[string]string{"/": filepath.Join(dir, "index.html")}}); err == nil {
		t.Error("a file is no folder")
	}
}

// TestConditions asks for files that the client has, or has parts of.
func TestConditions(t *testing.T) {
	t.Parallel()
	base := serve(t, []httpd.Route{
		{Method: "GET", Path: "/value", Run: answer(200, value.FromText("மதிப்பு"), record("ETag", `"v1"`))},
		{Method: "GET", Path: "/dated", Run: answer(200, value.FromText("மதிப்பு"), record("Last-Modified", "Fri, 02 Jan 2026 03:04:05 GMT"))},
		{Method: "POST", Path: "/value", Run: answer(200, value.FromText("மதிப்பு"), record("ETag", `"v1"`))},
		{Method: "GET", Path: "/failed", Run: answer(500, value.FromText("மதிப்பு"), record("ETag", `"v1"`))},
	}, httpd.Options{Static: map[string]string{"/": site(t)}})
	resp, text := request(t, "GET", base+"/சொல்.txt", "")
	tag, date := resp.Header.Get("Etag"), "Fri, 02 Jan 2026 03:04:05 GMT"
	if resp.Header.Get("Last-Modified") != date || tag == "" {
		t.Fatalf("%q", resp.Header)
	}
	for _, tt := range []struct {
		method, path, head string
		status             int
		body               string
	}{
		{"GET", "/சொல்.txt", "If-None-Match: " + tag, 304, ""},
		{"GET", "/சொல்.txt", "If-None-Match: \"x\", W/" + tag, 304, ""},
		{"GET", "/சொல்.txt", "If-None-Match: *", 304, ""},
		{"GET", "/சொல்.txt", `If-None-Match: "x"`, 200, text},
		{"GET", "/சொல்.txt", "If-Modified-Since: " + date, 304, ""},
		{"GET", "/சொல்.txt", "If-Modified-Since: Fri, 02 Jan 2026 03:04:04 GMT", 200, text},
		{"GET", "/சொல்.txt", "If-Modified-Since: நேற்று", 200, text},
		{"GET", "/சொல்.txt", "If-Match: " + tag, 200, text},
		{"GET", "/சொல்.txt", `If-Match: "x"`, 412, ""},
		{"GET", "/சொல்.txt", "If-Unmodified-Since: Fri, 02 Jan 2026 03:04:04 GMT", 412, ""},
		{"GET", "/சொல்.txt", "Range: bytes=0-2", 206, text[:3]},
		{"GET", "/சொல்.txt", "Range: bytes=-3", 206, text[len(text)-3:]},
		{"GET", "/சொல்.txt", "Range: bytes=3-", 206, text[3:]},
		{"GET", "/சொல்.txt", "Range: bytes=99-", 416, ""},
		{"GET", "/சொல்.txt", "Range: bytes=2-1", 416, ""},
		{"GET", "/சொல்.txt", "Range: lines=1-2", 416, ""},
		{"GET", "/value", `If-None-Match: "v1"`, 304, ""},
		{"HEAD", "/value", `If-None-Match: "v0","v1"`, 304, ""},
		{"GET", "/value", `If-None-Match: "v0`, 200, "மதிப்பு"},
		{"GET", "/value", `If-None-Match: v1`, 200, "மதிப்பு"},
		{"GET", "/dated", "If-Modified-Since: " + date, 304, ""},
		{"GET", "/dated", "If-Modified-Since: Fri, 02 Jan 2026 03:04:04 GMT", 200, "மதிப்பு"},
		{"GET", "/dated", `If-None-Match: "v1"`, 200, "மதிப்பு"},
		{"POST", "/value", `If-None-Match: "v1"`, 200, "மதிப்பு"},
		{"GET", "/failed", `If-None-Match: "v1"`, 500, "மதிப்பு"},
	} {
		resp, body := request(t, tt.method, base+tt.path, "", tt.head)
		if resp.StatusCode != tt.status || tt.status < 400 && tt.method != "HEAD" && body != tt.body {
			t.Errorf("%s %s with %s: %d %q %s", tt.method, tt.path, tt.head, resp.StatusCode, resp.Header, body)
		}
		if problem := strings.HasPrefix(body, `{"type":"about:blank"`); problem != (tt.status == 412 || tt.status == 416) {
			t.Errorf("%s with %s: %s", tt.path, tt.head, body)
		}
	}
	for condition, status := range map[string]int{tag: 206, `"x"`: 200, date: 206, "Fri, 02 Jan 2026 03:04:04 GMT": 200} {
		if resp, _ := request(t, "GET", base+"/சொல்.txt", "", "Range: bytes=0-2", "If-Range: "+condition); resp.StatusCode != status {
			t.Errorf("If-Range: %s: %d", condition, resp.StatusCode)
		}
	}
}

// TestCompressedFiles takes what was compressed before when it is new enough, and compresses the rest on its way.
func TestCompressedFiles(t *testing.T) {
	t.Parallel()
	dir := site(t)
	base := serve(t, nil, httpd.Options{Static: map[string]string{"/": dir}, Compress: true})
	for _, tt := range []struct {
		path, head string
		zipped     bool
		want       string
	}{
		{"/", "Accept-Encoding: gzip", true, longPage},
		{"/", "Accept-Encoding: br", false, longPage},
		{"/", "Range: bytes=0-3", false, longPage[:4]},
		{"/new.css", "Accept-Encoding: gzip", true, "made before"},
		{"/new.css", "Accept-Encoding: identity", false, strings.Repeat("b{}", 500)},
		{"/old.css", "Accept-Encoding: gzip", true, strings.Repeat("a{}", 500)},
		{"/சொல்.txt", "Accept-Encoding: gzip", false, "உரை"},
		{"/new.css.gz", "Accept-Encoding: gzip", false, string(zip(t, "made before"))},
	} {
		heads := []string{tt.head}
		if strings.HasPrefix(tt.head, "Range") {
			heads = append(heads, "Accept-Encoding: gzip")
		}
		resp, body := request(t, "GET", base+tt.path, "", heads...)
		if got := resp.Header.Get("Content-Encoding") == "gzip"; got != tt.zipped {
			t.Errorf("%s with %s: %q", tt.path, tt.head, resp.Header)
			continue
		}
		if tt.zipped {
			body = unzip(t, body)
		}
		varies := resp.Header.Get("Vary") == "Accept-Encoding"
		if body != tt.want || tt.zipped && (!varies || resp.Header.Get("Content-Range") != "") {
			t.Errorf("%s with %s: %q %.100q", tt.path, tt.head, resp.Header, body)
		}
		if tt.zipped {
			again, _ := request(t, "GET", base+tt.path, "", tt.head, "If-None-Match: "+resp.Header.Get("Etag"))
			if again.StatusCode != http.StatusNotModified || again.Header.Get("Content-Encoding") != "" || again.Header.Get("Etag") == "" {
				t.Errorf("%s: %d %q", tt.path, again.StatusCode, again.Header)
			}
		}
	}
}

// TestOverHTTP2 asks for the same things over TLS and HTTP/2: cookies are Secure there.
func TestOverHTTP2(t *testing.T) {
	t.Parallel()
	routes := programRoutes(t, t.TempDir(), `வழி பெறு, "/cookie" { குக்கீ_அமை("a", "1"); பதில் 200, "ok"; }`)
	routes = append(routes, httpd.Route{Method: "GET", Path: "/mine", Guards: []string{"auth"}, Run: answer(200, value.Nil, value.Nil)})
	h, err := httpd.NewHandler(routes, httpd.Options{Static: map[string]string{"/": site(t)}, Compress: true})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewUnstartedServer(h)
	srv.EnableHTTP2 = true
	srv.StartTLS()
	defer srv.Close()
	for _, tt := range []struct {
		path, head  string
		status      int
		name, value string
	}{
		{"/cookie", "", 200, "Set-Cookie", "a=1; Path=/; HttpOnly; Secure; SameSite=Lax"},
		{"/mine", "", 401, "Www-Authenticate", "Bearer"},
		{"/", "Accept-Encoding: gzip", 200, "Content-Encoding", "gzip"},
		{"/சொல்.txt", "Range: bytes=0-2", 206, "Content-Range", "bytes 0-2/9"},
		{"/none", "", 404, "Content-Type", "application/problem+json"},
		{"/a", "", 301, "Location", "./a/"},
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+tt.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if name, text, ok := strings.Cut(tt.head, ": "); ok {
			req.Header.Set(name, text)
		}
		resp, err := srv.Client().Transport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		if err := resp.Body.Close(); err != nil {
			t.Error(err)
		}
		if resp.ProtoMajor != 2 || resp.StatusCode != tt.status || resp.Header.Get(tt.name) != tt.value {
			t.Errorf("%s: %s %d %q", tt.path, resp.Proto, resp.StatusCode, resp.Header)
		}
	}
}
