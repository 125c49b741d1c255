package httpd

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"
)

// once is a listener with one connection.
type once struct {
	net.Listener
	conn chan net.Conn
	stop sync.Once
}

func (o *once) Accept() (net.Conn, error) {
	c, ok := <-o.conn
	if !ok {
		return nil, net.ErrClosed
	}
	return c, nil
}
func (o *once) Close() error   { o.stop.Do(func() { close(o.conn) }); return nil }
func (o *once) Addr() net.Addr { return &net.TCPAddr{} }

// seen is what a handler sees of a request.
type seen struct {
	Method, Target, Host, Path, RawPath, Query, Body string
	Length                                           int64
	Close, NoBody                                    bool
	Header                                           http.Header
}

func see(r *http.Request) seen {
	text, err := io.ReadAll(r.Body)
	if err != nil {
		text = []byte(err.Error())
	}
	return seen{
		r.Method, r.RequestURI, r.Host, r.URL.Path, r.URL.RawPath, r.URL.RawQuery, string(text), r.ContentLength, r.Close, r.Body == http.NoBody, r.Header,
	}
}

// bySystem is what net/http makes of bytes, nil when it refuses them.
func bySystem(input []byte) *seen {
	client, server := net.Pipe()
	ln := &once{conn: make(chan net.Conn, 1)}
	ln.conn <- server
	var got *seen
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := see(r)
		got = &s
		w.Header()["Connection"] = closeHeader
	})}
	done := make(chan struct{})
	go func() { defer close(done); _ = srv.Serve(ln) }()
	go func() { _, _ = client.Write(input) }()
	_, _ = io.Copy(io.Discard, client)
	_ = client.Close()
	_ = srv.Close()
	<-done
	return got
}

// FuzzParse compares what is read here with what net/http reads: whatever is accepted here is the same request there.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET /a/b.c?x=1&y=%20 HTTP/1.1\r\nHost: 127.0.0.1:80\r\nUser-Agent: a (b; c)\r\naccept:*/*\r\nAccept: b \t\r\n\r\n",
		"POST /அ HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nabcdGET / HTTP/1.1\r\n\r\n", "GET /%e0%ae%85%2f?# HTTP/1.1\r\nHost: x\r\nX: அ👍🏽\r\n\r\n",
		"PUT /a?b? HTTP/1.1\r\nHost: [::1]:8\r\nContent-Length: 0\r\nConnection: Close\r\n\r\n", "DELETE //x//?a#b HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n",
		"GET /! HTTP/1.1\r\nHost: x\r\nCookie: a=b\r\nCookie: c=d\r\nCOOKIE: e\r\n\r\n", "GET /? HTTP/1.1\r\nHost: x\r\nX:\r\nY: \x01\r\n\r\n",
		"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", "GET / HTTP/1.1\r\nHost: x\r\nA: 1\r\n b\r\n\r\n",
		"GET http://y/ HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 010\r\n\r\n0123456789",
		"HEAD /:80?%zz HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"a\", W/\"b\"\r\n\r\n", "GET /a:b@c HTTP/1.1\r\nHost: x\r\nauthorization: Basic eDp5\r\n\r\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		var r received
		if !r.parse(input, &http.Request{Proto: "HTTP/1.1"}) {
			return
		}
		want, got := bySystem(input), see(&r.Request)
		if want == nil || !reflect.DeepEqual(*want, got) {
			t.Errorf("%q\nread as %+v\nnot as  %+v", input, got, want)
		}
		if r.size > len(input) || !bytes.HasSuffix(input[:r.size], []byte(got.Body)) {
			t.Errorf("%q: %d bytes", input, r.size)
		}
	})
}

// TestParse holds what is read here, and what is left to net/http.
func TestParse(t *testing.T) {
	t.Parallel()
	const ok, host = true, "Host: x\r\n\r\n"
	for _, tt := range []struct {
		input string
		ok    bool
	}{
		{"GET / HTTP/1.1\r\n" + host, ok},
		{"GET /அ/பொருள்?எ=1 HTTP/1.1\r\n" + host, ok},
		{"GET /%e0%ae%85?x=👍🏽 HTTP/1.1\r\nConnection: close\r\n" + host, ok},
		{"POST / HTTP/1.1\r\nContent-Length: 3\r\n" + host + "abcGET", ok},
		{"POST / HTTP/1.1\r\nContent-Length: 3\r\n" + host + "ab", !ok},
		{"POST / HTTP/1.1\r\nContent-Length: 9999999\r\n" + host + "ab", !ok},
		{"POST / HTTP/1.1\r\nContent-Length: +3\r\n" + host + "abc", !ok},
		{"POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 3\r\n" + host + "abc", !ok},
		{"POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n" + host + "abc", !ok},
		{"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n" + host + "0\r\n\r\n", !ok},
		{"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n" + host + "abc", !ok},
		{"GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" + host, !ok},
		{"GET / HTTP/1.1\r\nUpgrade: h2c\r\n" + host, !ok},
		{"GET / HTTP/1.1\r\nConnection: keep-alive, X-A\r\n" + host, !ok},
		{"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", !ok},
		{"GET / HTTP/1.0\r\n" + host, !ok},
		{"GET / HTTP/1.1 \r\n" + host, !ok},
		{"GET  / HTTP/1.1\r\n" + host, !ok},
		{"\r\nGET / HTTP/1.1\r\n" + host, !ok},
		{"GET / HTTP/1.1\n" + host, !ok},
		{"get / HTTP/1.1\r\n" + host, !ok},
		{"BREW / HTTP/1.1\r\n" + host, !ok},
		{"GET x HTTP/1.1\r\n" + host, !ok},
		{"GET http://x/ HTTP/1.1\r\n" + host, !ok},
		{"GET /\x00 HTTP/1.1\r\n" + host, !ok},
		{"GET /%zz HTTP/1.1\r\n" + host, !ok},
		{"GET / HTTP/1.1\r\n\r\n", !ok},
		{"GET / HTTP/1.1\r\nHost: y\r\n" + host, !ok},
		{"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", !ok},
		{"GET / HTTP/1.1\r\nX : 1\r\n" + host, !ok},
		{"GET / HTTP/1.1\r\nX: 1\r\n 2\r\n" + host, !ok},
		{"GET / HTTP/1.1\r\nX: 1\n2\r\n" + host, !ok},
		{"GET / HTTP/1.1\r\nX: 1\r2\r\n" + host, !ok},
		{"GET / HTTP/1.1\r\nX: \x7f\r\n" + host, !ok},
		{"GET / HTTP/1.1\r\nஅ: 1\r\n" + host, !ok},
		{"GET / HTTP/1.1\r\nX\r\n" + host, !ok},
		{"GET / HTTP/1.1\r\n" + strings.Repeat("X: 1\r\n", maxLines) + host, !ok},
		{"GET / HTTP/1.1\r\nHost: x\r\n", !ok},
	} {
		var r received
		if got := r.parse([]byte(tt.input), &http.Request{}); got != tt.ok {
			t.Errorf("%q: %v", tt.input, got)
		}
	}
}
