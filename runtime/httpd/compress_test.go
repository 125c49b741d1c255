package httpd_test

import (
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
)

// TestCompressedAnswers asks for answers that may be compressed and for those that may not, in every way to ask.
func TestCompressedAnswers(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("கௌ 👍🏽 𝒳 ", 200)
	answers := map[string]httpd.Route{
		"/text":     {Run: answer(200, value.FromText(long), value.Nil)},
		"/json":     {Run: answer(200, record("அ", long), value.Nil)},
		"/short":    {Run: answer(200, value.FromText(long[:1000]), value.Nil)},
		"/failed":   {Run: answer(503, value.FromText(long), value.Nil)},
		"/tagged":   {Run: answer(200, value.FromText(long), record("ETag", `"v1"`, "Vary", "Cookie"))},
		"/image":    {Run: answer(200, value.FromText(long), record("Content-Type", "image/png"))},
		"/events":   {Run: answer(200, value.FromText(long), record("Content-Type", "text/event-stream"))},
		"/packed":   {Run: answer(200, value.FromText(long), record("Content-Encoding", "br"))},
		"/part":     {Run: answer(206, value.FromText(long), record("Content-Range", "bytes 0-9/99"))},
		"/as-it-is": {Run: answer(200, value.FromText(long), record("Cache-Control", "private, No-Transform"))},
		"/problem":  {Run: answer(400, value.FromText(long), record("Content-Type", "application/problem+json; charset=utf-8"))},
	}
	var routes []httpd.Route
	for path, r := range answers {
		r.Method, r.Path = "GET", path
		routes = append(routes, r)
	}
	on, off := serve(t, routes, httpd.Options{Compress: true}), serve(t, routes, httpd.Options{})
	const gzip = "gzip, deflate, br"
	for _, tt := range []struct {
		path, accept string
		zipped       bool
		vary         string
	}{
		{"/text", gzip, true, "Accept-Encoding"},
		{"/json", gzip, true, "Accept-Encoding"},
		{"/failed", gzip, true, "Accept-Encoding"},
		{"/problem", gzip, true, "Accept-Encoding"},
		{"/tagged", gzip, true, "Cookie,Accept-Encoding"},
		{"/short", gzip, false, ""},
		{"/image", gzip, false, ""},
		{"/events", gzip, false, ""},
		{"/packed", gzip, false, ""},
		{"/part", gzip, false, ""},
		{"/as-it-is", gzip, false, ""},
		{"/text", "", false, "Accept-Encoding"},
		{"/text", "br", false, "Accept-Encoding"},
		{"/text", "gzip;q=0", false, "Accept-Encoding"},
		{"/text", "gzip;q=0.001", true, "Accept-Encoding"},
		{"/text", "GZIP", true, "Accept-Encoding"},
		{"/text", "*", true, "Accept-Encoding"},
		{"/text", "*;q=0", false, "Accept-Encoding"},
		{"/text", "gzip;q=0, *", false, "Accept-Encoding"},
		{"/text", "gzip;q=0.5, identity", false, "Accept-Encoding"},
		{"/text", "gzip;q=x", false, "Accept-Encoding"},
		{"/text", "gzipped", false, "Accept-Encoding"},
	} {
		for _, method := range []string{"GET", "HEAD"} {
			resp, body := request(t, method, on+tt.path, "", "Accept-Encoding: "+tt.accept)
			zipped := resp.Header.Get("Content-Encoding") == "gzip"
			if zipped != tt.zipped || strings.Join(resp.Header["Vary"], ",") != tt.vary {
				t.Errorf("%s %s with %q: %q", method, tt.path, tt.accept, resp.Header)
				continue
			}
			if tag := resp.Header.Get("Etag"); tag != "" && strings.HasPrefix(tag, "W/") != zipped {
				t.Errorf("%s: tag %s", tt.path, tag)
			}
			if method == "HEAD" {
				continue
			}
			if resp.ContentLength != int64(len(body)) || zipped && len(body) > len(long)/4 {
				t.Errorf("%s: %d of %d bytes", tt.path, len(body), resp.ContentLength)
			}
			if zipped {
				body = unzip(t, body)
			}
			if !strings.Contains(body, long[:1000]) {
				t.Errorf("%s with %q: %.100q", tt.path, tt.accept, body)
			}
		}
		if resp, body := request(t, "GET", off+tt.path, "", "Accept-Encoding: "+tt.accept); resp.Header.Get("Content-Encoding") == "gzip" ||
			strings.Contains(strings.Join(resp.Header["Vary"], ","), "Encoding") || !strings.Contains(body, long[:1000]) {
			t.Errorf("%s, with compression off: %q", tt.path, resp.Header)
		}
	}
	resp, _ := request(t, "GET", on+"/tagged", "", "Accept-Encoding: gzip", `If-None-Match: W/"v1"`)
	if resp.StatusCode != 304 {
		t.Errorf("what is compressed has changed: %d %q", resp.StatusCode, resp.Header)
	}
}
