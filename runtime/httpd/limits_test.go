package httpd_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
)

// send writes pieces with pauses between them on one connection, and answers what came back and how long it took.
func send(t *testing.T, base string, pause time.Duration, pieces ...string) (string, time.Duration) {
	t.Helper()
	start := time.Now()
	conn, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", strings.TrimPrefix(base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(start.Add(20 * time.Second))
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, p := range pieces {
			if _, err := io.WriteString(conn, p); err != nil {
				return // the server has closed
			}
			time.Sleep(pause)
		}
	}()
	all, _ := io.ReadAll(conn) // an error here is the server's close while bytes were on their way
	took := time.Since(start)
	_ = conn.Close()
	<-done
	return string(all), took
}

// TestSlowClients sends headers and bodies drop by drop, and nothing at all.
func TestSlowClients(t *testing.T) {
	t.Parallel()
	base := serve(t, []httpd.Route{{Method: "POST", Path: "/", Run: answer(200, value.FromText("ok"), value.Nil)}}, httpd.Options{
		HeaderTimeout: 300 * time.Millisecond, ReadTimeout: 600 * time.Millisecond, IdleTimeout: 300 * time.Millisecond,
	})
	drops := strings.Split(strings.Repeat("X-A: 1\r\n|", 200), "|")
	for _, tt := range []struct {
		name, want string
		pieces     []string
	}{
		{"silence", "", nil},
		{"slow headers", "", append([]string{"POST / HTTP/1.1\r\nHost: x\r\n"}, drops...)},
		{"a slow body", "HTTP/1.1 408 Request Timeout\r\n", append([]string{"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\n"}, drops...)},
		{"slow chunks", "HTTP/1.1 408 Request Timeout\r\n", append([]string{"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"}, strings.Split(strings.Repeat("1\r\nx\r\n|", 200), "|")...)},
		{"a pause between requests", "HTTP/1.1 200 OK\r\n", []string{"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, took := send(t, base, 50*time.Millisecond, tt.pieces...)
			if !strings.HasPrefix(got, tt.want) || tt.want == "" && got != "" || took > 5*time.Second {
				t.Errorf("after %v: %s", took, got)
			}
			if strings.Contains(tt.want, "408") && (!strings.Contains(got, "the body did not come in time") || !strings.Contains(got, "உடல் நேரத்துக்குள் வரவில்லை")) {
				t.Errorf("no words: %s", got)
			}
		})
	}
}

// TestSlowReader takes the answer more slowly than a server waits.
func TestSlowReader(t *testing.T) {
	t.Parallel()
	base := serve(t, []httpd.Route{{Method: "GET", Path: "/", Run: answer(200, value.FromText(strings.Repeat("x", 32<<20)), value.Nil)}},
		httpd.Options{WriteTimeout: 300 * time.Millisecond})
	conn, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", strings.TrimPrefix(base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	if n, _ := io.Copy(io.Discard, conn); n >= 32<<20 {
		t.Errorf("all %d bytes came", n)
	}
}

// TestTooManyRequests runs as many handlers as may run, and one more.
func TestTooManyRequests(t *testing.T) {
	t.Parallel()
	release, started := make(chan struct{}), make(chan struct{}, 2)
	base := serve(t, []httpd.Route{{Method: "GET", Path: "/", Run: func(ctx context.Context, _ *httpd.Exchange) error {
		started <- struct{}{}
		<-release
		return nil
	}}}, httpd.Options{MaxRequests: 2})
	done := make(chan int, 2)
	for range 2 {
		go func() {
			resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get(base)
			if err != nil {
				done <- 0
				return
			}
			_ = resp.Body.Close()
			done <- resp.StatusCode
		}()
		<-started
	}
	resp, body := ask(t, "GET", base, "", "")
	if resp.StatusCode != 503 || resp.Header.Get("Retry-After") != "1" || !strings.Contains(body, "இப்போது முடியவில்லை") {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	close(release)
	for range 2 {
		if status := <-done; status != 200 {
			t.Errorf("a request that ran was answered %d", status)
		}
	}
}

// TestHandlerContext ends handlers that wait: at their time, and when the client goes.
func TestHandlerContext(t *testing.T) {
	t.Parallel()
	ended := make(chan error, 2)
	reports := make(chan string, 2)
	base := serve(t, []httpd.Route{{Method: "GET", Path: "/", Run: func(ctx context.Context, _ *httpd.Exchange) error {
		child, cancel := context.WithCancel(ctx)
		defer cancel()
		<-child.Done()
		ended <- ctx.Err()
		return ctx.Err()
	}}}, httpd.Options{Timeout: 300 * time.Millisecond, Report: func(id string, _ *http.Request, _ error) { reports <- id }})
	resp, body := ask(t, "GET", base, "", "")
	if err := <-ended; resp.StatusCode != 503 || !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(body, <-reports) {
		t.Errorf("%d %s %v", resp.StatusCode, body, err)
	}
	conn, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	time.Sleep(50 * time.Millisecond)
	_ = conn.Close()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the client is gone: %v", err)
	}
}

// TestDrain asks /ready while the server waits for balancers to notice that it ends.
func TestDrain(t *testing.T) {
	t.Parallel()
	o := httpd.Options{Stopping: new(atomic.Bool), Drain: 500 * time.Millisecond}
	h, err := httpd.NewHandler(nil, o)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- httpd.Serve(ctx, ln, h, o) }()
	base := "http://" + ln.Addr().String()
	if resp, body := ask(t, "GET", base+"/ready", "", ""); resp.StatusCode != 200 || body != `{"status":"ready"}` {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	stop()
	for !o.Stopping.Load() {
		time.Sleep(time.Millisecond)
	}
	if resp, body := ask(t, "GET", base+"/ready", "", ""); resp.StatusCode != 503 || body != `{"status":"stopping"}` {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	if resp, _ := ask(t, "GET", base+"/health", "", ""); resp.StatusCode != 200 {
		t.Errorf("%d", resp.StatusCode)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	if _, err := net.Dial("tcp", ln.Addr().String()); err == nil {
		t.Error("the server still listens")
	}
}

// TestKeepAlive sends requests of every framing on one connection, in one piece.
func TestKeepAlive(t *testing.T) {
	t.Parallel()
	base := serve(t, []httpd.Route{
		{Method: "GET", Path: "/", Run: answer(200, value.FromText("ஒன்று"), value.Nil)}, {Method: "POST", Path: "/", Run: echo("உடலுரை")},
	}, httpd.Options{})
	conn, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	all := "GET / HTTP/1.1\r\nHost: x\r\n\r\nPOST / HTTP/1.1\nHost: x\nContent-Length: 6\n\n\r\n\r\nabGET / HTTP/1.1\r\nHost: x\r\n\r\nPOST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"
	if _, err := io.WriteString(conn, all); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(conn)
	for _, want := range []string{"ஒன்று", "உடலுரை \r\n\r\nab", "ஒன்று", "உடலுரை x"} {
		resp, err := http.ReadResponse(in, nil)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil || string(body) != want || resp.StatusCode != 200 {
			t.Errorf("%d %q %v, want %q", resp.StatusCode, body, err, want)
		}
	}
	if _, err := in.ReadByte(); err != io.EOF {
		t.Errorf("after a chunked request the connection ends: %v", err)
	}
}
