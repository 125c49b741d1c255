package httpd_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/httpd"
)

// serveHandler starts a real server with any handler. It is stopped, and waited for, when the test ends.
func serveHandler(t *testing.T, h http.HandlerFunc, o httpd.Options) (addr string, stop func() error) {
	t.Helper()
	ln, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- httpd.Serve(ctx, ln, h, o); close(done) }()
	stop = func() error { cancel(); return <-done }
	t.Cleanup(func() { _ = stop() })
	return ln.Addr().String(), stop
}

func dial(t *testing.T, addr string) net.Conn {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// answered is an answer as a client sees it.
type answered struct {
	Status  string
	Header  http.Header
	Body    string
	Err     string
	Length  int64
	Framing []string
	Goes    bool // the connection is still open
}

// exchangeOf sends pieces, with a pause so that each is read for itself, and reads one answer.
func exchangeOf(t *testing.T, addr, method string, pieces ...string) answered {
	t.Helper()
	conn := dial(t, addr)
	for i, p := range pieces {
		if i > 0 {
			time.Sleep(20 * time.Millisecond)
		}
		if _, err := io.WriteString(conn, p); err != nil {
			t.Fatal(err)
		}
	}
	in := bufio.NewReader(conn)
	req := &http.Request{Method: method}
	resp, err := http.ReadResponse(in, req)
	for err == nil && resp.StatusCode < 200 {
		resp, err = http.ReadResponse(in, req)
	}
	if err != nil {
		return answered{Err: err.Error()}
	}
	text, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if date, _ := http.ParseTime(resp.Header.Get("Date")); time.Since(date) > time.Minute && resp.Header.Get("Date") != "own" {
		t.Errorf("the date is %q", resp.Header.Get("Date"))
	}
	resp.Header.Del("Date")
	got := answered{resp.Status, resp.Header, string(text), "", resp.ContentLength, resp.TransferEncoding, !resp.Close}
	if err != nil {
		got.Err, got.Goes = err.Error(), false
	}
	if got.Goes {
		if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err == nil {
			_, err = http.ReadResponse(in, nil)
			got.Goes = err == nil
		}
	}
	return got
}

func TestDirectAnswers(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(file, []byte(strings.Repeat("கோப்பு", 5000)), 0o600); err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("அ𝒳", 10000)
	type writer = http.ResponseWriter
	for name, answer := range map[string]func(w writer, r *http.Request){
		"nothing":  func(writer, *http.Request) {},
		"a status": func(w writer, _ *http.Request) { w.WriteHeader(418) },
		"two": func(w writer, _ *http.Request) {
			w.WriteHeader(201)
			w.WriteHeader(500)
			say(w, "க்ஷ", "👍🏽")
		},
		"long":   func(w writer, _ *http.Request) { say(w, long) },
		"longer": func(w writer, _ *http.Request) { say(w, long, "கு", long) },
		"many":   func(w writer, _ *http.Request) { say(w, slices.Repeat([]string{"சொல் "}, 9000)...) },
		"flushed": func(w writer, _ *http.Request) {
			say(w, "ஒன்று")
			flush(w)
			say(w, "இரண்டு")
			flush(w)
		},
		"at once":   func(w writer, _ *http.Request) { flush(w); say(w, "பிறகு") },
		"declared":  func(w writer, _ *http.Request) { length(w, len(long)); say(w, long) },
		"in halves": func(w writer, _ *http.Request) { length(w, 2*len(long)); say(w, long); flush(w); say(w, long) },
		"too much":  func(w writer, _ *http.Request) { length(w, 3); say(w, "abc", "def") },
		"too little": func(w writer, _ *http.Request) {
			length(w, 30)
			say(w, "abc")
		},
		"no content":   func(w writer, _ *http.Request) { w.WriteHeader(204); say(w, "abc") },
		"not modified": func(w writer, _ *http.Request) { w.Header().Set("Etag", `"a"`); w.WriteHeader(304) },
		"closing":      func(w writer, _ *http.Request) { w.Header().Set("Connection", "close"); say(w, "abc") },
		"headers": func(w writer, _ *http.Request) {
			w.Header()["X-Own"] = []string{"அ\r\nX-Evil: 1", "  b\t", ""}
			w.Header()["X bad"] = []string{"1"}
			w.Header()["Date"] = []string{"own"}
			say(w, "abc")
			w.Header().Set("X-Late", "1")
		},
		"hints": func(w writer, _ *http.Request) {
			w.Header().Set("Link", "</a.css>; rel=preload")
			w.WriteHeader(http.StatusEarlyHints)
			say(w, "abc")
		},
		"a file": func(w writer, r *http.Request) { http.ServeFile(w, r, file) },
		"copied": func(w writer, _ *http.Request) {
			_, _ = io.Copy(w, io.LimitReader(strings.NewReader(long), 9999))
		},
		"gone": func(writer, *http.Request) { panic(http.ErrAbortHandler) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			addr, _ := serveHandler(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "text/plain")
				if r.URL.Path == "/ask" {
					answer(w, r)
				}
			}, httpd.Options{})
			for _, head := range []string{"GET /ask", "HEAD /ask", "POST /ask", "GET /ask HTTP/1.1\r\nRange: bytes=6-23"} {
				if !strings.Contains(head, "HTTP") {
					head += " HTTP/1.1"
				}
				method, _, _ := strings.Cut(head, " ")
				want := exchangeOf(t, addr, method, head, "\r\nHost: x\r\n\r\n") // what comes in two pieces is net/http's
				got := exchangeOf(t, addr, method, head+"\r\nHost: x\r\n\r\n")
				if got.Header["Content-Length"] != nil && want.Header["Content-Length"] == nil { // we hold more back to tell its length
					got.Header.Del("Content-Length")
					want.Length, want.Framing = got.Length, nil
				}
				if !reflect.DeepEqual(got, want) {
					t.Errorf("%s:\n%+v, want\n%+v", head, got, want)
				}
			}
		})
	}
}

func say(w io.Writer, texts ...string) {
	for _, s := range texts {
		_, _ = io.WriteString(w, s)
	}
}

func length(w http.ResponseWriter, n int) { w.Header().Set("Content-Length", strconv.Itoa(n)) }

func flush(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }

// TestDirectFraming gives headers that would break the framing of the answer: they are not sent.
func TestDirectFraming(t *testing.T) {
	t.Parallel()
	addr, _ := serveHandler(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Transfer-Encoding"] = []string{"gzip"}
		w.Header()["Content-Length"] = []string{"1", "2"}
		w.Header()["Connection"] = []string{"Upgrade"}
		w.Header()["X-A"] = []string{"1\r\n\r\nevil"}
		say(w, "அஆ")
	}, httpd.Options{})
	got := exchangeOf(t, addr, "GET", "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	want := answered{"200 OK", http.Header{"Content-Length": {"6"}, "X-A": {"1    evil"}}, "அஆ", "", 6, nil, true}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// echoPath answers with the path and the body.
func echoPath(w http.ResponseWriter, r *http.Request) {
	text, err := io.ReadAll(r.Body)
	w.Header().Set("Content-Type", "text/plain")
	say(w, r.URL.Path, " ", string(text))
	if err != nil {
		say(w, err.Error())
	}
}

// TestPipelining sends many requests at once, cut in every way, of which a later one must be net/http's.
func TestPipelining(t *testing.T) {
	t.Parallel()
	addr, _ := serveHandler(t, echoPath, httpd.Options{})
	const all = "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nPOST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nக்அPUT /3 HTTP/1.1\r\nHost: x\r\n\r\n" +
		"GET /4 HTTP/1.1\nHost: x\n\nPOST /5 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nxGET /6 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
	for cut := 1; cut < len(all); cut += 7 {
		conn := dial(t, addr)
		for _, piece := range []string{all[:cut], all[cut:]} {
			if _, err := io.WriteString(conn, piece); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Millisecond)
		}
		var got []string
		in := bufio.NewReader(conn)
		for {
			resp, err := http.ReadResponse(in, nil)
			if err != nil {
				break
			}
			text, _ := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			got = append(got, string(text))
		}
		_ = conn.Close()
		if want := []string{"/1 ", "/2 க்அ", "/3 ", "/4 ", "/5 x", "/6 "}; !slices.Equal(got, want) {
			t.Errorf("cut at %d: %q", cut, got)
		}
	}
}

// TestUpgrade takes a connection over that has been answered directly before.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	addr, _ := serveHandler(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Upgrade") == "" {
			echoPath(w, r)
			return
		}
		conn, rw, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		say(rw, "HTTP/1.1 101 Switching Protocols\r\n\r\n")
		_ = rw.Flush()
		line, _ := rw.ReadString('\n')
		say(conn, "நீ சொன்னது: "+line)
		_ = conn.Close()
	}, httpd.Options{})
	conn := dial(t, addr)
	say(conn, "GET /அ HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: own\r\n\r\nவணக்கம்\n")
	all, err := io.ReadAll(conn)
	if err != nil || !strings.Contains(string(all), "/அ HTTP/1.1 101 ") || !strings.HasSuffix(string(all), "\r\n\r\nநீ சொன்னது: வணக்கம்\n") {
		t.Errorf("%s %v", all, err)
	}
}

// TestStopIdle stops a server whose clients wait: it does not wait for them, and who is being answered hears of the end.
func TestStopIdle(t *testing.T) {
	t.Parallel()
	began, release := make(chan struct{}), make(chan struct{})
	addr, stop := serveHandler(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/wait" {
			close(began)
			<-release
		}
		echoPath(w, r)
	}, httpd.Options{Grace: time.Minute})
	idle, fresh, busy := dial(t, addr), dial(t, addr), dial(t, addr)
	say(idle, "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n")
	if resp, err := http.ReadResponse(bufio.NewReader(idle), nil); err != nil || resp.Close {
		t.Errorf("%+v %v", resp, err)
	}
	say(busy, "GET /wait HTTP/1.1\r\nHost: x\r\n\r\n")
	<-began
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	if _, err := fresh.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		t.Errorf("a client that has asked nothing: %v", err)
	}
	close(release)
	if resp, err := http.ReadResponse(bufio.NewReader(busy), nil); err != nil || !resp.Close || resp.StatusCode != 200 {
		t.Errorf("%+v %v", resp, err)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}
