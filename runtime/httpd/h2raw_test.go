package httpd_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
)

// frames is a client of HTTP/2 that sends whatever a test wants.
type frames struct {
	*http2.Framer
	conn net.Conn
	head bytes.Buffer
	enc  *hpack.Encoder
	mute bool // somebody else writes while the outcome is awaited
}

// speak begins HTTP/2 on a connection.
func speak(t *testing.T, conn net.Conn, settings ...http2.Setting) *frames {
	t.Helper()
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(2 * time.Minute))
	f := &frames{conn: conn, Framer: http2.NewFramer(conn, conn)}
	f.enc = hpack.NewEncoder(&f.head)
	f.ReadMetaHeaders = hpack.NewDecoder(4096, nil)
	f.AllowIllegalWrites = true
	say(conn, http2.ClientPreface)
	if err := f.WriteSettings(settings...); err != nil {
		t.Fatal(err)
	}
	return f
}

// request sends the headers of a request.
func (f *frames) request(stream uint32, end bool, more ...string) error {
	f.head.Reset()
	pairs := append([]string{":method", "POST", ":scheme", "http", ":authority", "x", ":path", "/"}, more...)
	for i := 0; i < len(pairs); i += 2 {
		_ = f.enc.WriteField(hpack.HeaderField{Name: pairs[i], Value: pairs[i+1]})
	}
	return f.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: f.head.Bytes(), EndStream: end, EndHeaders: true})
}

// outcome reads until a stream is answered or the connection ends: the status, or how the stream or the connection ended.
func (f *frames) outcome(stream uint32) string {
	for {
		frame, err := f.ReadFrame()
		switch frame := frame.(type) {
		case *http2.MetaHeadersFrame:
			if frame.StreamID == stream {
				return frame.PseudoValue("status")
			}
		case *http2.RSTStreamFrame:
			if frame.StreamID == stream {
				return "RST " + frame.ErrCode.String()
			}
		case *http2.GoAwayFrame:
			if frame.ErrCode != http2.ErrCodeNo {
				return "GOAWAY " + frame.ErrCode.String()
			}
		case *http2.SettingsFrame:
			if !frame.IsAck() && !f.mute {
				_ = f.WriteSettingsAck()
			}
		}
		if err != nil {
			if isTimeout(err) {
				return "nothing"
			}
			return "closed"
		}
	}
}

// TestHTTP2Settings looks at what the server allows its clients.
func TestHTTP2Settings(t *testing.T) {
	t.Parallel()
	f := speak(t, dial(t, start(t, http.NotFoundHandler(), httpd.Options{H2C: true})))
	frame, err := f.ReadFrame()
	settings, ok := frame.(*http2.SettingsFrame)
	if err != nil || !ok {
		t.Fatalf("%v %v", frame, err)
	}
	streams, _ := settings.Value(http2.SettingMaxConcurrentStreams)
	head, _ := settings.Value(http2.SettingMaxHeaderListSize)
	if streams != 250 || head < 64<<10 || head > 80<<10 {
		t.Errorf("%d streams, %d bytes of headers", streams, head)
	}
}

// TestHTTP2Smuggling says the length of a body in ways that a server of HTTP/1.1 behind this one might read differently: the
// handler must not see such a request, or must see that its body is broken.
func TestHTTP2Smuggling(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var taken []string
	h, err := httpd.NewHandler([]httpd.Route{{Method: "POST", Path: "/", Run: func(_ context.Context, x *httpd.Exchange) error {
		mu.Lock()
		defer mu.Unlock()
		taken = append(taken, x.Raw().Header.Get("X-Test"))
		x.Response = httpd.Response{Sent: true, Status: value.FromInt(200), Body: value.FromText("ok"), Headers: value.Nil}
		return nil
	}}}, httpd.Options{})
	if err != nil {
		t.Fatal(err)
	}
	addr := start(t, h, httpd.Options{H2C: true})
	for _, tt := range []struct {
		name, want string
		more       []string
		body       string
	}{
		{"a length", "200", []string{"content-length", "2"}, "ok"},
		{"too short a length", "!200", []string{"content-length", "1"}, "ok"},
		{"too long a length", "!200", []string{"content-length", "9"}, "ok"},
		{"two lengths", "!200", []string{"content-length", "2", "content-length", "3"}, "ok"},
		{"no number", "!200", []string{"content-length", "+2"}, "ok"},
		{"a coding", "!200", []string{"transfer-encoding", "chunked"}, "0\r\n\r\n"},
		{"a connection header", "!200", []string{"connection", "x-a"}, "ok"},
		{"capital letters", "!200", []string{"X-A", "1"}, "ok"},
		{"a line end in a value", "!200", []string{"x-a", "1\r\nx-b: 2"}, "ok"},
		{"a line end in a name", "!200", []string{"x-a: 1\r\nx-b", "2"}, "ok"},
		{"a null byte", "!200", []string{"x-a", "a\x00b"}, "ok"},
		{"a second path", "!200", []string{":path", "/other"}, "ok"},
		{"a pseudo header behind", "!200", []string{"x-a", "1", ":x", "/other"}, "ok"},
		{"a path of two lines", "!200", []string{":path", "/ HTTP/1.1\r\nHost: y\r\n\r\n"}, "ok"},
	} {
		f := speak(t, dial(t, addr))
		if err := errors.Join(f.request(1, false, append([]string{"x-test", tt.name}, tt.more...)...), f.WriteData(1, true, []byte(tt.body))); err != nil {
			t.Fatal(err)
		}
		if got := f.outcome(1); (got == "200") != (tt.want == "200") || got == "nothing" {
			t.Errorf("%s: %s", tt.name, got)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if len(taken) != 1 {
		t.Errorf("taken as whole: %q", taken)
	}
}

// TestHTTP2Limits sends more headers than there may be, in one piece and in endlessly many.
func TestHTTP2Limits(t *testing.T) { // not parallel: it would starve others
	addr := start(t, http.NotFoundHandler(), httpd.Options{H2C: true})
	f := speak(t, dial(t, addr))
	var many []string
	for range 100 {
		many = append(many, "x-a", strings.Repeat("அ", 500))
	}
	f.head.Reset()
	for _, p := range [][2]string{{":method", "GET"}, {":scheme", "http"}, {":authority", "x"}, {":path", "/"}} {
		_ = f.enc.WriteField(hpack.HeaderField{Name: p[0], Value: p[1]})
	}
	for i := 0; i < len(many); i += 2 {
		_ = f.enc.WriteField(hpack.HeaderField{Name: many[i], Value: many[i+1] + string(rune('a'+i%26)), Sensitive: true})
	}
	block := f.head.Bytes()
	_ = f.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: block[:1000], EndStream: true})
	for block = block[1000:]; len(block) > 0; {
		n := min(len(block), 16000)
		_ = f.WriteContinuation(1, n == len(block), block[:n])
		block = block[n:]
	}
	if got := f.outcome(1); got != "431" && !strings.HasPrefix(got, "GOAWAY") && got != "closed" {
		t.Errorf("large headers: %s", got)
	}
	endless := speak(t, dial(t, addr))
	_ = endless.request(1, true) // a stream of its own, so that the next is in the middle of headers
	_ = endless.WriteHeaders(http2.HeadersFrameParam{StreamID: 3, EndStream: true})
	endless.mute = true
	done := make(chan int, 1)
	go func() {
		n := 0
		for n < 256<<20 && endless.WriteContinuation(3, false, bytes.Repeat([]byte{0x00, 0x01, 'a', 0x01, 'b'}, 3000)) == nil {
			n += 15000
		}
		done <- n
	}()
	if got := endless.outcome(3); got == "nothing" || got == "200" {
		t.Errorf("endless headers: %s", got)
	}
	_ = endless.conn.Close()
	if n := <-done; n > 64<<20 {
		t.Errorf("%d bytes of headers were taken", n)
	}
}

// TestHTTP2RapidReset opens and drops streams as fast as it can, while handlers run on: no more of them run than streams may,
// the client is sent away, and others are served.
func TestHTTP2RapidReset(t *testing.T) { // not parallel: it would starve others
	var running, most atomic.Int64
	release := make(chan struct{})
	h := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			return
		}
		now := running.Add(1)
		for old := most.Load(); now > old && !most.CompareAndSwap(old, now); old = most.Load() {
		}
		<-release
		running.Add(-1)
	})
	addr := start(t, h, httpd.Options{H2C: true})
	f := speak(t, dial(t, addr))
	f.mute = true
	ended := make(chan string, 1)
	go func() { ended <- f.outcome(0) }()
	for i := range uint32(5000) {
		if errors.Join(f.request(2*i+1, true), f.WriteRSTStream(2*i+1, http2.ErrCodeCancel)) != nil {
			break // it was sent away
		}
	}
	if got := <-ended; got != "GOAWAY ENHANCE_YOUR_CALM" && got != "closed" {
		t.Errorf("the client is told: %s", got)
	}
	if most.Load() > 250 {
		t.Errorf("%d handlers ran at once", most.Load())
	}
	if resp, _ := ask(t, "GET", "http://"+addr, "", ""); resp.StatusCode != 200 {
		t.Errorf("another client is answered %d", resp.StatusCode)
	}
	close(release)
}

// TestHTTP2SlowReader gives the server no room for the answer: the handler ends when the client's time is over.
func TestHTTP2SlowReader(t *testing.T) {
	t.Parallel()
	ended := make(chan error, 1)
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		piece := make([]byte, 64<<10)
		for {
			if _, err := w.Write(piece); err != nil {
				ended <- err
				return
			}
		}
	})
	f := speak(t, dial(t, start(t, h, httpd.Options{H2C: true, WriteTimeout: 300 * time.Millisecond})), http2.Setting{ID: http2.SettingInitialWindowSize, Val: 10})
	if err := f.request(1, true); err != nil {
		t.Fatal(err)
	}
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Fatal("the handler writes for ever")
	}
}

// TestHTTP2SlowBody sends a body drop by drop.
func TestHTTP2SlowBody(t *testing.T) {
	t.Parallel()
	ended := make(chan error, 1)
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := io.Copy(io.Discard, r.Body)
		ended <- err
	})
	f := speak(t, dial(t, start(t, h, httpd.Options{H2C: true, ReadTimeout: 300 * time.Millisecond})))
	if err := errors.Join(f.request(1, false), f.WriteData(1, false, []byte("x"))); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err == nil {
			t.Error("half a body was taken as whole")
		}
	case <-time.After(time.Minute):
		t.Fatal("the handler reads for ever")
	}
}

// TestHTTP2GoAway tells clients that are there which requests will be answered when the server ends.
func TestHTTP2GoAway(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	for name, o := range map[string]httpd.Options{"h2c": {H2C: true}, "h2": {TLS: newTLS(t, nil, a.issue(t, "a", 1, 1000*time.Hour))}} {
		release := make(chan struct{})
		addr, stop := serveHandler(t, func(http.ResponseWriter, *http.Request) { <-release }, o)
		var conn net.Conn
		if o.TLS == nil {
			conn = dial(t, addr)
		} else {
			secure, err := tls.Dial("tcp", addr, &tls.Config{RootCAs: a.pool, NextProtos: []string{"h2"}})
			if err != nil {
				t.Fatal(err)
			}
			conn = secure
		}
		f := speak(t, conn)
		if err := f.request(1, true); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		var once atomic.Bool
		var order []string
		for len(order) < 2 {
			frame, err := f.ReadFrame()
			if err != nil {
				t.Fatalf("%s: %v after %v", name, err, order)
			}
			switch frame := frame.(type) {
			case *http2.SettingsFrame:
				if !frame.IsAck() {
					_ = f.WriteSettingsAck()
				}
				if frame.IsAck() && once.CompareAndSwap(false, true) { // it has our request by now
					go func() { done <- stop() }()
				}
			case *http2.GoAwayFrame:
				if frame.ErrCode != http2.ErrCodeNo {
					t.Errorf("%s: %v", name, frame.ErrCode)
				}
				if len(order) == 0 {
					order = append(order, "goaway")
					close(release)
				}
			case *http2.MetaHeadersFrame:
				order = append(order, frame.PseudoValue("status"))
			}
		}
		if got := strings.Join(order, " "); got != "goaway 200" {
			t.Errorf("%s: %s", name, got)
		}
		if err := <-done; err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
