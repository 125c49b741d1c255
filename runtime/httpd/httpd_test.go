package httpd_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, goleak.Cleanup(tidy)) }

// serve starts a real server and answers its address. It is stopped, and waited for, when the test ends.
func serve(t *testing.T, routes []httpd.Route, o httpd.Options) string {
	t.Helper()
	h, err := httpd.NewHandler(routes, o)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- httpd.Serve(ctx, ln, h, o) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return "http://" + ln.Addr().String()
}

// whole reads an answer to its end.
func whole(t *testing.T) func(*http.Response, error) (*http.Response, string) {
	t.Helper()
	return func(resp *http.Response, err error) (*http.Response, string) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(resp.Body)
		if err := errors.Join(err, resp.Body.Close()); err != nil {
			t.Fatal(err)
		}
		return resp, string(text)
	}
}

// ask sends one request on a connection of its own.
func ask(t *testing.T, method, url, kind, body string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	return whole(t)(client.Do(req))
}

func answer(status int64, body, headers value.Value) func(context.Context, *httpd.Exchange) error {
	return func(_ context.Context, x *httpd.Exchange) error {
		x.Response = httpd.Response{Sent: true, Status: value.FromInt(status), Body: body, Headers: headers}
		return nil
	}
}

func record(pairs ...string) value.Value {
	var keys []string
	var vals []value.Value
	for i := 0; i < len(pairs); i += 2 {
		keys, vals = append(keys, pairs[i]), append(vals, value.FromText(pairs[i+1]))
	}
	return value.FromFields(keys, vals)
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		body       value.Value
		headers    value.Value
		want, kind string
	}{
		{"record", record("பெயர்", "க்ஷ 👍🏽"), value.Nil, `{"பெயர்":"க்ஷ 👍🏽"}`, "application/json"},
		{"array", value.FromItems([]value.Value{value.FromInt(1), value.Nil}), value.Nil, `[1,null]`, "application/json"},
		{"text", value.FromText("வணக்கம்"), value.Nil, "வணக்கம்", "text/plain; charset=utf-8"},
		{"text that is JSON", value.FromText(`{"அ": 1}`), value.Nil, `{"அ": 1}`, "application/json"},
		{"number", value.FromInt(5), value.Nil, "5", "application/json"},
		{"boolean", value.FromBool(true), value.Nil, "true", "application/json"},
		{"nil", value.Nil, value.Nil, "", ""},
		{"own type", value.FromText("<p>"), record("content-type", "text/html", "X-அ", ""), "", "application/json"},
		{"own type", value.FromText("<p>"), record("content-type", "text/html", "content-length", "99"), "<p>", "text/html"},
		{"split", value.FromText("x"), record("X-A", "1\r\nSet-Cookie: a=b"), "", "application/json"},
	}
	var routes []httpd.Route
	for i, tt := range tests {
		routes = append(routes, httpd.Route{Method: "GET", Path: "/" + string(rune('a'+i)), Run: answer(200, tt.body, tt.headers)})
	}
	base := serve(t, routes, httpd.Options{})
	for i, tt := range tests {
		resp, body := ask(t, "GET", base+"/"+string(rune('a'+i)), "", "")
		if tt.headers.Kind() == value.RecordKind && tt.want == "" {
			if resp.StatusCode != 500 || strings.Contains(body, "Set-Cookie") || resp.Header.Get("Set-Cookie") != "" {
				t.Errorf("%s: %d %s", tt.name, resp.StatusCode, body)
			}
			continue
		}
		if resp.StatusCode != 200 || body != tt.want || resp.Header.Get("Content-Type") != tt.kind {
			t.Errorf("%s: %d %q %q", tt.name, resp.StatusCode, body, resp.Header.Get("Content-Type"))
		}
	}
}

// echo answers what of the request a test wants to see.
func echo(name string) func(context.Context, *httpd.Exchange) error {
	return func(_ context.Context, x *httpd.Exchange) error {
		v, err := value.Field(x.Request.Record(), name)
		x.Response = httpd.Response{Sent: true, Status: value.FromInt(200), Body: value.FromText(name + " " + v.Display()), Headers: value.Nil}
		return err
	}
}

func TestRouting(t *testing.T) {
	t.Parallel()
	base := serve(t, []httpd.Route{
		{Method: "GET", Path: "/பொருள்/:எண்", Run: echo("அளவுருக்கள்")},
		{Method: "GET", Path: "/பொருள்/புதிய", Run: answer(200, value.FromText("exact"), value.Nil)},
		{Method: "PUT", Path: "/பொருள்/:எண்", Run: echo("உடல்")},
		{Method: "GET", Path: "/:a/x/:b", Run: echo("அளவுருக்கள்")},
		{Method: "POST", Path: "/", Run: echo("உடல்")},
		{Method: "GET", Path: "/q", Run: echo("வினா")},
		{Method: "GET", Path: "/guarded", Guards: []string{"auth"}, Run: answer(200, value.FromText("secret"), value.Nil)},
		{Method: "GET", Path: "/none", Run: func(context.Context, *httpd.Exchange) error { return nil }},
		{Method: "GET", Path: "/bad", Run: answer(700, value.Nil, value.Nil)},
		{Method: "GET", Path: "/panic", Run: func(context.Context, *httpd.Exchange) error { panic("a bug") }},
	}, httpd.Options{MaxBody: 100})
	tests := []struct {
		method, path, kind, body string
		status                   int
		want, allow              string
	}{
		{"GET", "/பொருள்/7", "", "", 200, "அளவுருக்கள் {எண்: 7}", ""},
		{"GET", "/%E0%AE%AA%E0%AF%8A%E0%AE%B0%E0%AF%81%E0%AE%B3%E0%AF%8D/a%20b%20%F0%9F%91%8D/", "", "", 200, "அளவுருக்கள் {எண்: a b 👍}", ""},
		{"GET", "//பொருள்//புதிய/", "", "", 200, "exact", ""},
		{"GET", "/பொருள்/x/2", "", "", 200, "அளவுருக்கள் {a: பொருள், b: 2}", ""},
		{"PUT", "/பொருள்/1", "application/json", `{"விலை": 1.50}`, 200, "உடல் {விலை: 1.5}", ""},
		{"PUT", "/பொருள்/1", "application/json; charset=utf-8", `{`, 400, "Bad Request", ""},
		{"POST", "/", "application/x-www-form-urlencoded", "a=1&a=2&b=%E0%AE%85", 200, "உடல் {a: 2, b: அ}", ""},
		{"POST", "/", "text/plain", "க்ஷ", 200, "உடல் க்ஷ", ""},
		{"POST", "/", "", strings.Repeat("x", 101), 413, "Content Too Large", ""},
		{"GET", "/q?x=1&x=2&%E0%AE%85=+", "", "", 200, "வினா {x: 2, அ:  }", ""},
		{"GET", "/இல்லை", "", "", 404, `{"type":"about:blank","title":"Not Found","status":404,`, ""},
		{"DELETE", "/பொருள்/7", "", "", 405, "Method Not Allowed", "GET, PUT, OPTIONS, HEAD"},
		{"OPTIONS", "/q", "", "", 204, "", "GET, OPTIONS, HEAD"},
		{"HEAD", "/q", "", "", 200, "", ""},
		{"GET", "/guarded", "", "", 401, "Unauthorized", ""},
		{"GET", "/none", "", "", 200, "Handler executed successfully", ""},
		{"GET", "/bad", "", "", 500, `"instance":"urn:trace:`, ""},
		{"GET", "/panic", "", "", 500, "Internal Server Error", ""},
	}
	for _, tt := range tests {
		resp, body := ask(t, tt.method, base+tt.path, tt.kind, tt.body)
		if resp.StatusCode != tt.status || !strings.Contains(body, tt.want) || resp.Header.Get("Allow") != tt.allow {
			t.Errorf("%s %s: %d %q, allow %q", tt.method, tt.path, resp.StatusCode, body, resp.Header.Get("Allow"))
		}
		if strings.Contains(body, "bug") || strings.Contains(body, "secret") {
			t.Errorf("%s %s tells too much: %s", tt.method, tt.path, body)
		}
	}
}

func TestFailureIsReported(t *testing.T) {
	t.Parallel()
	type seen struct{ id, text string }
	reports := make(chan seen, 1)
	base := serve(t, []httpd.Route{{Method: "GET", Path: "/", Run: func(context.Context, *httpd.Exchange) error {
		return errors.New("கணிதம்")
	}}}, httpd.Options{Detail: true, Report: func(id string, _ *http.Request, err error) { reports <- seen{id, err.Error()} }})
	_, body := ask(t, "GET", base, "", "")
	got := <-reports
	if got.text != "கணிதம்" || len(got.id) != 32 || !strings.Contains(body, got.id) || !strings.Contains(body, `"detail":"கணிதம்"`) {
		t.Errorf("report %v, body %s", got, body)
	}
}

func TestConflicts(t *testing.T) {
	t.Parallel()
	run := answer(200, value.Nil, value.Nil)
	tests := []struct {
		routes       []httpd.Route
		code         string
		index, other int
	}{
		{[]httpd.Route{{Method: "GET", Path: "/a/:x"}, {Method: "PUT", Path: "/a/:x"}, {Method: "GET", Path: "/a/:அ/"}}, httpd.CodeConflict, 2, 0},
		{[]httpd.Route{{Method: "GET", Path: "/பொ"}, {Method: "GET", Path: "/ப\u0bc6\u0bbe"}}, httpd.CodeConflict, 1, 0},
		{[]httpd.Route{{Method: "GET", Path: "/"}, {Method: "BREW", Path: "/"}}, httpd.CodeMethod, 1, -1},
		{[]httpd.Route{{Method: "GET", Path: "/:a/:a"}}, httpd.CodePattern, 0, -1},
		{[]httpd.Route{{Method: "GET", Path: "/:"}}, httpd.CodePattern, 0, -1},
		{[]httpd.Route{{Method: "GET", Path: "/a/../b"}}, httpd.CodePattern, 0, -1},
		{[]httpd.Route{{Method: "GET", Path: "/a?b"}}, httpd.CodePattern, 0, -1},
	}
	for _, tt := range tests {
		for i := range tt.routes {
			tt.routes[i].Run = run
		}
		_, err := httpd.NewHandler(tt.routes, httpd.Options{})
		var got *httpd.RouteError
		if !errors.As(err, &got) || got.Code != tt.code || got.Index != tt.index || got.Other != tt.other {
			t.Errorf("%v: %v %+v", tt.routes, err, got)
		}
	}
}

// TestStop lets a running request finish, and cancels one that does not.
func TestStop(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		grace time.Duration
		ends  bool
	}{{"finishes", 5 * time.Second, true}, {"is cancelled", 50 * time.Millisecond, false}} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			started, release := make(chan struct{}), make(chan struct{})
			h, err := httpd.NewHandler([]httpd.Route{{Method: "GET", Path: "/", Run: func(ctx context.Context, _ *httpd.Exchange) error {
				close(started)
				select {
				case <-release:
				case <-ctx.Done():
					return ctx.Err()
				}
				return nil
			}}}, httpd.Options{})
			if err != nil {
				t.Fatal(err)
			}
			ln, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(context.Background())
			done, asked := make(chan error, 1), make(chan error, 1)
			go func() { done <- httpd.Serve(ctx, ln, h, httpd.Options{Grace: tt.grace}) }()
			go func() {
				client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
				resp, err := client.Get("http://" + ln.Addr().String())
				if err == nil {
					err = resp.Body.Close()
				}
				asked <- err
			}()
			<-started
			stop()
			if tt.ends {
				close(release)
			}
			if err := <-done; (err == nil) != tt.ends {
				t.Errorf("Serve: %v", err)
			}
			if err := <-asked; tt.ends && err != nil {
				t.Errorf("the request was cut off: %v", err)
			}
		})
	}
}
