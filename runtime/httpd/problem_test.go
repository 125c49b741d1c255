package httpd_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
)

// request is one request with headers, "Name: text" each.
func request(t *testing.T, method, url, body string, headers ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range headers {
		name, text, _ := strings.Cut(line, ": ")
		if name == "Host" {
			req.Host = text
		}
		if name != "" {
			req.Header.Add(name, text)
		}
	}
	return whole(t)((&http.Transport{DisableKeepAlives: true, DisableCompression: true}).RoundTrip(req))
}

// TestProblems reads problem bodies (RFC 9457) as clients do, and finds their trace ids in the reports.
func TestProblems(t *testing.T) {
	t.Parallel()
	const sent = "4bf92f3577b34da6a3ce929d0e0e4736"
	reported := make(chan string, 16)
	base := serve(t, []httpd.Route{
		{Method: "GET", Path: "/fails", Run: func(context.Context, *httpd.Exchange) error { return errors.New("<இரகசியம்>") }},
		{Method: "GET", Path: "/may-not", Run: func(context.Context, *httpd.Exchange) error { return httpd.ErrForbidden }},
		{Method: "POST", Path: "/", Run: answer(200, value.Nil, value.Nil)},
	}, httpd.Options{Report: func(id string, _ *http.Request, _ error) { reported <- id }})
	newID := regexp.MustCompile(`^[0-9a-f]{32}$`)
	for _, tt := range []struct {
		method, path, traceparent string
		status                    int
		same                      bool // the trace is the client's
	}{
		{"GET", "/fails", "", 500, false},
		{"GET", "/fails", "00-" + sent + "-00f067aa0ba902b7-01", 500, true},
		{"GET", "/fails", "cc-" + sent + "-00f067aa0ba902b7-01-what-comes", 500, true},
		{"GET", "/fails", "00-" + sent + "-00f067aa0ba902b7-01-what-comes", 500, false},
		{"GET", "/fails", "ff-" + sent + "-00f067aa0ba902b7-01", 500, false},
		{"GET", "/fails", "00-" + strings.Repeat("0", 32) + "-00f067aa0ba902b7-01", 500, false},
		{"GET", "/fails", "00-" + sent + "-" + strings.Repeat("0", 16) + "-01", 500, false},
		{"GET", "/fails", "00-" + strings.ToUpper(sent) + "-00f067aa0ba902b7-01", 500, false},
		{"GET", "/fails", "00-" + sent + "-00f067aa0ba902b7", 500, false},
		{"GET", "/fails", "அ", 500, false},
		{"GET", "/may-not", "00-" + sent + "-00f067aa0ba902b7-01", 403, true},
		{"GET", "/இல்லை", "00-" + sent + "-00f067aa0ba902b7-00", 404, true},
		{"GET", "/", "", 405, false},
	} {
		resp, body := request(t, tt.method, base+tt.path, "", "traceparent: "+tt.traceparent)
		var p struct {
			Type, Title, Instance string
			Detail                *string
			Status                int
		}
		if err := json.Unmarshal([]byte(body), &p); err != nil {
			t.Fatalf("%s: %v in %s", tt.path, err, body)
		}
		id := strings.TrimPrefix(p.Instance, "urn:trace:")
		if resp.StatusCode != tt.status || p.Status != tt.status || p.Type != "about:blank" || p.Title != http.StatusText(tt.status) ||
			!strings.Contains(body, `"பிழை":"`) || p.Detail != nil || resp.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s", tt.path, resp.StatusCode, body)
		}
		if !newID.MatchString(id) || (id == sent) != tt.same {
			t.Errorf("%s with %q: trace %q", tt.path, tt.traceparent, id)
		}
		if tt.status == 500 {
			if got := <-reported; got != id {
				t.Errorf("the log says %s, the client was told %s", got, id)
			}
		}
	}
}

// TestProblemPages shows people a page, and nothing in it is markup that was not ours.
func TestProblemPages(t *testing.T) {
	t.Parallel()
	base := serve(t, []httpd.Route{{Method: "GET", Path: "/", Run: func(context.Context, *httpd.Exchange) error {
		return errors.New(`<script>"அ"&</script>`)
	}}}, httpd.Options{Detail: true})
	const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
	for _, tt := range []struct {
		accept string
		page   bool
	}{
		{browser, true},
		{"TEXT/HTML", true},
		{"text/*, application/problem+json;q=0.5", true},
		{"*/*", false},
		{"", false},
		{"application/json", false},
		{"text/html;q=0", false},
		{"text/html;q=0.5, application/problem+json", false},
		{"text/html;q=2", false},
		{"text/html;q=NaN", false},
	} {
		resp, body := request(t, "GET", base, "", "Accept: "+tt.accept)
		page := strings.HasPrefix(body, "<!doctype html>")
		if resp.StatusCode != 500 || page != tt.page || strings.Contains(resp.Header.Get("Content-Type"), "html") != tt.page || resp.Header.Get("Vary") != "Accept" {
			t.Errorf("Accept: %s: %q %s", tt.accept, resp.Header, body)
		}
		if page && (strings.Contains(body, "<script") || !strings.Contains(body, "&lt;script&gt;") || !strings.Contains(body, "உட்பிழை") ||
			!strings.Contains(body, "urn:trace:") || resp.Header.Get("Content-Security-Policy") == "") {
			t.Errorf("the page: %q %s", resp.Header, body)
		}
	}
}
