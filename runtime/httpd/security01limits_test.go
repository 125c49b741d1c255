package httpd_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
)

// short is a time that tests wait for, and patient is for everything else: the machine may be busy.
const (
	short   = time.Second
	patient = time.Minute
)

// TestSecurity01Slow lets clients be slow with each part of a request: they are cut off, with 408 where a body is late.
func TestSecurity01Slow(t *testing.T) {
	t.Parallel()
	drops := func(conn net.Conn, drop string, gone <-chan struct{}) {
		for {
			select {
			case <-gone:
				return
			case <-time.After(20 * time.Millisecond):
			}
			if _, err := io.WriteString(conn, drop); err != nil {
				return
			}
		}
	}
	for _, tt := range []struct {
		name, begin, drop, want string
		o                       httpd.Options
	}{
		{"headers", "POST / HTTP/1.1\r\nHost: x\r\n", "X-A: 1\r\n", "", httpd.Options{HeaderTimeout: short}},
		{"a request line", "G", "G", "400", httpd.Options{HeaderTimeout: short}},
		{"a body", postHead + "Content-Length: 99999\r\n\r\n", "x", "408", httpd.Options{ReadTimeout: 2 * short}},
		{"chunks", postHead + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n", "408", httpd.Options{ReadTimeout: 2 * short}},
		{"a chunk's size", postHead + "Transfer-Encoding: chunked\r\n\r\n", "0", "4", httpd.Options{ReadTimeout: 2 * short}},
		{"the next request", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "", "200", httpd.Options{IdleTimeout: short}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h, _ := echoed(t, httpd.Options{})
			for _, w := range ways(t, h, tt.o) {
				conn, in := w.open(t)
				gone := make(chan struct{})
				say(conn, tt.begin)
				if tt.drop != "" {
					go drops(conn, tt.drop, gone)
				}
				all, err := io.ReadAll(in)
				close(gone)
				if got := statuses(all); !strings.HasPrefix(got, tt.want) || tt.want == "" && got != "" || isTimeout(err) {
					t.Errorf("%s: %q %v", w.name, got, err)
				}
			}
		})
	}
}

// TestSecurity01SlowReader never takes an answer: its handler is not held up for ever.
func TestSecurity01SlowReader(t *testing.T) {
	t.Parallel()
	for _, at := range []int{0, 1, 2} {
		ended := make(chan struct{}, 3)
		h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/warm" {
				return
			}
			piece := make([]byte, 1<<20)
			for {
				if _, err := w.Write(piece); err != nil {
					ended <- struct{}{}
					return
				}
			}
		})
		w := ways(t, h, httpd.Options{WriteTimeout: short})[at]
		conn, _ := w.open(t)
		say(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
		select {
		case <-ended:
		case <-time.After(patient):
			t.Fatalf("%s: the handler writes for ever", w.name)
		}
	}
}

// TestSecurity01Sizes sends more than there may be of each part, and parts without an end.
func TestSecurity01Sizes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, begin, endless, want string }{
		{"one large header", "GET / HTTP/1.1\r\nHost: x\r\nX-A: " + strings.Repeat("அ", 40<<10) + "\r\n\r\n", "", "431"},
		{"many headers", "GET / HTTP/1.1\r\nHost: x\r\n" + strings.Repeat("X-A: 1\r\n", 20<<10) + "\r\n", "", "431"},
		{"a long path", "GET /" + strings.Repeat("a", 100<<10) + " HTTP/1.1\r\nHost: x\r\n\r\n", "", "431"},
		{"an endless header", "GET / HTTP/1.1\r\nHost: x\r\nX-A: ", "aaaaaaaaaaaaaaaa", "431"},
		{"endless headers", "GET / HTTP/1.1\r\nHost: x\r\n", "X-A: 1\r\nX-B: 2\r\n", "431"},
		{"a long body that is announced", postHead + "Content-Length: 9999999999\r\n\r\n", "xxxxxxxxxxxxxxxx", "413"},
		{"endless chunks", postHead + "Transfer-Encoding: chunked\r\n\r\n", "10\r\nxxxxxxxxxxxxxxxx\r\n", "413"},
		{"an endless chunk extension", postHead + "Transfer-Encoding: chunked\r\n\r\n1;", "aaaaaaaaaaaaaaaa", "4"},
		{"endless trailers", postHead + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X-A: 1\r\nX-B: 2\r\n", "4"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h, _ := echoed(t, httpd.Options{})
			for _, w := range ways(t, h, httpd.Options{}) {
				conn, in := w.open(t)
				sent := make(chan int, 1)
				go func() {
					say(conn, tt.begin)
					n, err := 0, error(nil)
					for piece := strings.Repeat(tt.endless, 1000); piece != "" && err == nil && n < 512<<20; n += len(piece) {
						_, err = io.WriteString(conn, piece)
					}
					sent <- n
				}()
				all, err := io.ReadAll(in)
				_ = conn.Close()
				got := statuses(all)
				if !strings.HasPrefix(got, tt.want) && !(got == "" && tt.endless != "") || isTimeout(err) { // what the server says may be lost when it closes
					t.Errorf("%s: %q %v", w.name, got, err)
				}
				if n := <-sent; n > 256<<20 {
					t.Errorf("%s: %d bytes were taken", w.name, n)
				}
			}
		})
	}
}

// TestSecurity01Connections opens more connections than there may be: the server says so, and goes on when there is room.
func TestSecurity01Connections(t *testing.T) {
	t.Parallel()
	h, _ := echoed(t, httpd.Options{})
	addr := start(t, h, httpd.Options{MaxConns: 3})
	var open []net.Conn
	for range 3 {
		conn := dial(t, addr)
		say(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
		if resp, err := http.ReadResponse(bufio.NewReader(conn), nil); err != nil || resp.StatusCode != 200 {
			t.Fatalf("%v %v", resp, err)
		}
		open = append(open, conn)
	}
	for range 5 {
		conn := dial(t, addr)
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if resp.StatusCode != 503 || resp.Header.Get("Retry-After") == "" || !strings.Contains(string(text), "இப்போது முடியவில்லை") {
			t.Errorf("%d %q %s", resp.StatusCode, resp.Header, text)
		}
	}
	_ = open[0].Close()
	eventually(t, "room for a connection", func() bool {
		conn := dial(t, addr)
		defer func() { _ = conn.Close() }()
		say(conn, lastOne)
		all, _ := io.ReadAll(conn)
		return statuses(all) == "200"
	})
	for _, conn := range open[1:] { // they are alive
		say(conn, lastOne)
		if all, _ := io.ReadAll(conn); statuses(all) != "200" {
			t.Errorf("%q", all)
		}
	}
}

// TestSecurity01Deadline ends a handler that takes too long, on each way.
func TestSecurity01Deadline(t *testing.T) {
	t.Parallel()
	h, err := httpd.NewHandler([]httpd.Route{
		{Method: "GET", Path: "/", Run: func(ctx context.Context, _ *httpd.Exchange) error {
			<-ctx.Done()
			return ctx.Err()
		}},
		{Method: "GET", Path: "/warm", Run: answer(200, value.FromText("ok"), value.Nil)},
	}, httpd.Options{Timeout: short})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range ways(t, h, httpd.Options{}) {
		conn, in := w.open(t)
		say(conn, lastOne)
		if all, err := io.ReadAll(in); statuses(all) != "503" || isTimeout(err) {
			t.Errorf("%s: %q %v", w.name, all, err)
		}
	}
}
