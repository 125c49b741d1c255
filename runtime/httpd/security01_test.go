package httpd_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
)

// Point 1 of design/backend.md 6: time limits, sizes and numbers of what clients may send, and one reading of every request,
// on each of the ways that lead to a handler.

// way is one way to a handler: how a client gets there, and what it must send first.
type way struct {
	name  string
	dial  func(t *testing.T) net.Conn
	first string // a request that is answered before
}

// warm is a request that is net/http's, and the whole connection with it.
const warm = "GET /warm HTTP/1.1\r\nHost: x\r\nTE: trailers\r\n\r\n"

// ways serves a handler for plain requests directly, by net/http, and over TLS.
func ways(t *testing.T, h http.Handler, o httpd.Options) []way {
	t.Helper()
	a := newAuthority(t)
	plain := start(t, h, o)
	o.TLS = newTLS(t, nil, a.issue(t, "a", 1, 1000*time.Hour))
	secure := start(t, h, o)
	over := func(t *testing.T) net.Conn {
		t.Helper()
		conn, err := tls.Dial("tcp", secure, &tls.Config{RootCAs: a.pool})
		for again := 0; err != nil && again < 5; again++ { // as in open
			conn, err = tls.Dial("tcp", secure, &tls.Config{RootCAs: a.pool})
		}
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.SetDeadline(time.Now().Add(time.Minute))
		t.Cleanup(func() { _ = conn.Close() })
		return conn
	}
	direct := func(t *testing.T) net.Conn {
		t.Helper()
		conn := dial(t, plain)
		_ = conn.SetDeadline(time.Now().Add(time.Minute))
		return conn
	}
	return []way{{"direct", direct, ""}, {"net/http", direct, warm}, {"TLS", over, ""}}
}

// open is a connection on which the first request is answered.
func (w way) open(t *testing.T) (net.Conn, *bufio.Reader) {
	t.Helper()
	conn := w.dial(t)
	in := bufio.NewReader(conn)
	if w.first == "" {
		return conn, in
	}
	for range 5 { // where time is short, a busy machine may be too slow for it
		say(conn, w.first)
		if resp, err := http.ReadResponse(in, nil); err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			_ = resp.Body.Close()
			return conn, in
		}
		conn = w.dial(t)
		in = bufio.NewReader(conn)
	}
	t.Fatalf("%s: the first request is not answered", w.name)
	return nil, nil
}

var statusLine = regexp.MustCompile(`HTTP/1\.[01] (\d{3}) `)

// statuses are those of all answers that came.
func statuses(all []byte) string {
	var list []string
	for _, m := range statusLine.FindAllSubmatch(all, -1) {
		list = append(list, string(m[1]))
	}
	return strings.Join(list, " ")
}

const (
	postHead = "POST / HTTP/1.1\r\nHost: x\r\n"
	hidden   = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n"
	lastOne  = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
)

// framings are requests of which the length can be read in more than one way, or which hide another one. hidden must never
// be answered.
func framings() []struct{ name, request, want string } {
	chunked, empty := "Transfer-Encoding: chunked\r\n", "0\r\n\r\n"
	inside := fmt.Sprintf("Content-Length: %d\r\n\r\n", len(hidden)) + hidden
	return []struct{ name, request, want string }{
		// What is allowed.
		{"a request in a body", postHead + inside + lastOne, "200 200"},
		{"a request in the body of a GET", "GET / HTTP/1.1\r\nHost: x\r\n" + inside + lastOne, "200 200"},
		{"leading zeros", postHead + "Content-Length: 0002\r\n\r\nok" + lastOne, "200 200"},
		{"the same length twice", postHead + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nok" + lastOne, "200 200"},
		{"bare line ends", "POST / HTTP/1.1\nHost: x\nContent-Length: 2\n\nok" + lastOne, "200 200"},
		{"a coding in other letters", postHead + "transfer-ENCODING: Chunked\r\n\r\n" + empty + hidden, "200"},
		{"chunks are the last", postHead + chunked + "\r\n2\r\nok\r\n" + empty + hidden, "200"},
		{"a name that is nearly one", postHead + "Transfer_Encoding: chunked\r\n" + inside + lastOne, "200 200"},
		{"the last that was announced", lastOne + hidden, "200"},

		// Two lengths.
		{"a length and chunks", postHead + "Content-Length: 5\r\n" + chunked + "\r\n" + empty + hidden, "400"},
		{"chunks and a length", postHead + chunked + "Content-Length: 5\r\n\r\n" + empty + hidden, "400"},
		{"a folded coding", postHead + "Content-Length: 5\r\nTransfer-Encoding:\r\n chunked\r\n\r\n" + empty + hidden, "400"},
		{"a coding behind spaces", postHead + "Content-Length: 5\r\nTransfer-Encoding:  \t chunked \r\n\r\n" + empty + hidden, "400"},
		{"two lengths that differ", postHead + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + empty + hidden, "400"},
		{"two lengths on one line", postHead + "Content-Length: 5, 6\r\n\r\n" + empty + hidden, "400"},
		{"one length twice on a line", postHead + "Content-Length: 5, 5\r\n\r\n" + empty + hidden, "400"},
		{"chunks of HTTP/1.0", "POST / HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n" + chunked + "\r\n" + hidden, "400"},
		{"chunks of HTTP/1.0 and a length", "POST / HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\nContent-Length: 5\r\n" + chunked + "\r\n" + empty + hidden, "400"},

		// Lengths that are no numbers.
		{"a sign", postHead + "Content-Length: +5\r\n\r\n" + empty + hidden, "400"},
		{"a negative length", postHead + "Content-Length: -5\r\n\r\n" + empty + hidden, "400"},
		{"a hexadecimal length", postHead + "Content-Length: 0x5\r\n\r\n" + empty + hidden, "400"},
		{"Tamil digits", postHead + "Content-Length: ௫\r\n\r\n" + empty + hidden, "400"},
		{"no length", postHead + "Content-Length:\r\n\r\n" + hidden, "400"},
		{"a length beyond all numbers", postHead + "Content-Length: 18446744073709551621\r\n\r\n" + empty + hidden, "400"},
		{"a length on the next line", postHead + "Content-Length:\r\n 5\r\n\r\n" + empty + hidden, "400"},

		// Codings that some know and some do not.
		{"an unknown coding", postHead + "Transfer-Encoding: xchunked\r\n\r\n" + empty + hidden, "501"},
		{"two codings", postHead + "Transfer-Encoding: gzip, chunked\r\n\r\n" + empty + hidden, "501"},
		{"chunks twice", postHead + chunked + chunked + "\r\n" + empty + hidden, "501"},
		{"no coding", postHead + "Transfer-Encoding: identity\r\n\r\n" + hidden, "501"},
		{"a coding in quotes", postHead + "Transfer-Encoding: \"chunked\"\r\n\r\n" + empty + hidden, "501"},
		{"an empty coding", postHead + "Transfer-Encoding:\r\n\r\n" + hidden, "501"},
		{"a control character", postHead + "Transfer-Encoding: \x0bchunked\r\n\r\n" + empty + hidden, "400"},

		// Lines.
		{"a space before the colon", postHead + "Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n" + empty + hidden, "400"},
		{"a null byte in a name", postHead + "Content-Length\x00: 5\r\n\r\n" + empty + hidden, "400"},
		{"a null byte in a value", postHead + "X-A: \x00\r\n\r\n" + hidden, "400"},
		{"a bare carriage return", postHead + "X-A: 1\rTransfer-Encoding: chunked\r\n\r\n" + hidden, "400"},
		{"a folded first line", "GET / HTTP/1.1\r\n Host: x\r\n\r\n" + hidden, "400"},
		{"empty lines before", "\r\n\r\n" + hidden, "400"},
		{"a space before", " " + hidden, "400"},
		{"no colon", postHead + "X-A\r\n\r\n" + hidden, "400"},
		{"no name", postHead + ": 1\r\n\r\n" + hidden, "400"},
		{"two hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n" + hidden, "400"},
		{"no host", "GET / HTTP/1.1\r\n\r\n" + hidden, "400"},
		{"more behind the version", "GET / HTTP/1.1 x\r\nHost: x\r\n\r\n" + hidden, "400"},
		{"a trailer that is a length", postHead + chunked + "Trailer: Content-Length\r\n\r\n" + empty + hidden, "400"},

		// Chunks that some read and some do not.
		{"a chunk of hexadecimal with a sign", postHead + chunked + "\r\n0x2\r\nok\r\n" + empty + hidden, "400"},
		{"a chunk with a sign", postHead + chunked + "\r\n+2\r\nok\r\n" + empty + hidden, "400"},
		{"a chunk beyond all numbers", postHead + chunked + "\r\n10000000000000002\r\nok\r\n" + empty + hidden, "400"},
		{"a chunk that is too long", postHead + chunked + "\r\n2\r\nokay\r\n" + empty + hidden, "400"},
		{"no number of a chunk", postHead + chunked + "\r\n\r\nok\r\n" + empty + hidden, "400"},
	}
}

// echoed is a handler that reads the body, and counts whoever asks for the hidden path.
func echoed(t *testing.T, o httpd.Options) (h http.Handler, found *atomic.Int64) {
	t.Helper()
	found = new(atomic.Int64)
	run := func(_ context.Context, x *httpd.Exchange) error {
		if x.Raw().URL.Path == "/hidden" {
			found.Add(1)
		}
		x.Response = httpd.Response{Sent: true, Status: value.FromInt(200), Body: value.FromText("ok"), Headers: value.Nil}
		return nil
	}
	h, err := httpd.NewHandler([]httpd.Route{{Method: "GET", Path: "/", Run: run}, {Method: "POST", Path: "/", Run: run}, {Method: "GET", Path: "/:x", Run: run}}, o)
	if err != nil {
		t.Fatal(err)
	}
	return h, found
}

// TestSecurity01Smuggling sends every framing in one piece and byte by byte, on each way.
func TestSecurity01Smuggling(t *testing.T) {
	t.Parallel()
	h, found := echoed(t, httpd.Options{})
	for _, w := range ways(t, h, httpd.Options{}) {
		for _, tt := range framings() {
			for _, slow := range []bool{false, true} {
				conn, in := w.open(t)
				go func() {
					if !slow {
						say(conn, tt.request)
						return
					}
					for i := range len(tt.request) {
						say(conn, tt.request[i:i+1])
					}
				}()
				all, _ := io.ReadAll(in) // an error here is the server's close while bytes were on their way
				_ = conn.Close()
				if got := statuses(all); got != tt.want && !(got == "" && slow && tt.want[0] != '2') {
					t.Errorf("%s, %s (slowly: %v): %q, want %s", w.name, tt.name, slow, got, tt.want)
				}
			}
		}
	}
	if n := found.Load(); n > 0 {
		t.Errorf("hidden requests were answered %d times", n)
	}
}

// pipes is a listener whose connections are pipes: a write is one read of the other side.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.done) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "unix"} }

// TestSecurity01Fragments cuts every framing in two at every byte: what is answered does not depend on where reads end.
func TestSecurity01Fragments(t *testing.T) {
	t.Parallel()
	h, found := echoed(t, httpd.Options{})
	ln := &pipes{conns: make(chan net.Conn), done: make(chan struct{})}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- httpd.Serve(ctx, ln, h, httpd.Options{}) }()
	for _, tt := range framings() {
		for at := 1; at < len(tt.request); at++ {
			client, server := net.Pipe()
			ln.conns <- server
			go func() { say(client, tt.request[:at], tt.request[at:]) }()
			all, _ := io.ReadAll(client)
			_ = client.Close()
			if got := statuses(all); got != tt.want {
				t.Errorf("%s, cut at %d: %q, want %s", tt.name, at, got, tt.want)
				break
			}
		}
	}
	if n := found.Load(); n > 0 {
		t.Errorf("hidden requests were answered %d times", n)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
