package httpd_test

import (
	"bufio"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
)

// reports collects what a server reports.
type reports struct {
	mu  sync.Mutex
	all []string
}

func (r *reports) add(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var known *value.Error
	if errors.As(err, &known) {
		r.all = append(r.all, diag.Message(known.Code, diag.Both, known.Args...)+" ["+known.Code+"]")
		return
	}
	r.all = append(r.all, err.Error())
}

func (r *reports) list() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string(nil), r.all...)
}

// eventually waits for something that comes soon.
func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for start := time.Now(); !done(); time.Sleep(10 * time.Millisecond) {
		if time.Since(start) > time.Minute {
			t.Fatalf("it does not come: %s", what)
		}
	}
}

func newTLS(t *testing.T, report func(error), pairs ...httpd.Pair) *httpd.TLS {
	t.Helper()
	security, err := httpd.NewTLS(pairs, httpd.ACME{}, report)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(security.Close)
	return security
}

// start serves a handler on loopback.
func start(t *testing.T, h http.Handler, o httpd.Options) (addr string) {
	t.Helper()
	addr, _ = serveHandler(t, h.ServeHTTP, o)
	return addr
}

// fetch asks and answers the text.
func fetch(t *testing.T, c *http.Client, method, url, body string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return whole(t)(c.Do(req))
}

// TestTLS speaks both versions of HTTP over TLS: the handler knows, and browsers are told to stay there.
func TestTLS(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	addr := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, err := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s %v %v %s %v", r.Proto, r.TLS != nil, r.TLS != nil && r.TLS.HandshakeComplete, text, err)
	}), httpd.Options{TLS: newTLS(t, nil, a.issue(t, "a", 7, 1000*time.Hour)), HSTS: time.Hour})
	long := strings.Repeat("நீளம்👍🏽", 20000)
	for two, proto := range map[bool]string{true: "HTTP/2.0", false: "HTTP/1.1"} {
		c := a.client(t, two)
		for _, body := range []string{"𝒳 𑿀", long} {
			resp, text := fetch(t, c, "POST", "https://"+addr+"/", body)
			if want := proto + " true true " + body + " <nil>"; text != want || resp.Header.Get("Strict-Transport-Security") != "max-age=3600" {
				t.Errorf("%s: %.80q %q", proto, text, resp.Header)
			}
		}
	}
}

// TestTLSHandshakes refuses what is too old, what is no TLS, and who only stands there.
func TestTLSHandshakes(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	addr := start(t, http.NotFoundHandler(), httpd.Options{TLS: newTLS(t, nil, a.issue(t, "a", 7, 1000*time.Hour)), HeaderTimeout: 2 * time.Second})
	if conn, err := tls.Dial("tcp", addr, &tls.Config{RootCAs: a.pool, MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}); err == nil {
		_ = conn.Close()
		t.Error("TLS 1.1 was agreed on")
	}
	plain := dial(t, addr)
	say(plain, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	if text, _ := io.ReadAll(plain); !strings.HasPrefix(string(text), "HTTP/1.1 400 Bad Request\r\n") || !strings.Contains(string(text), "this port speaks https") {
		t.Errorf("plain HTTP was answered %q", text)
	}
	for name, first := range map[string]string{"silence": "", "half a hello": "\x16\x03\x01\x02\x00\x01", "noise": "வணக்கம்\r\n\r\n"} {
		conn := dial(t, addr)
		say(conn, first)
		if _, err := io.Copy(io.Discard, conn); isTimeout(err) {
			t.Errorf("%s: the server waits", name)
		}
	}
	late, err := tls.Dial("tcp", addr, &tls.Config{RootCAs: a.pool})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = late.Close() }()
	_ = late.SetDeadline(time.Now().Add(20 * time.Second))
	say(late, "GET / HTTP/1.1\r\nHost:")
	if _, err := io.Copy(io.Discard, late); isTimeout(err) {
		t.Error("slow headers: the server waits")
	}
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}

// TestKeepAliveTLS ends a server while connections of both versions are idle and one is in the middle of a handshake:
// nothing holds it up.
func TestKeepAliveTLS(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	h := func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.Proto) }
	addr, stop := serveHandler(t, h, httpd.Options{TLS: newTLS(t, nil, a.issue(t, "a", 7, 1000*time.Hour)), Grace: time.Minute, HeaderTimeout: time.Minute})
	for _, two := range []bool{true, false} {
		fetch(t, a.client(t, two), "GET", "https://"+addr, "")
	}
	half := dial(t, addr)
	say(half, "\x16\x03\x01")
	done := make(chan error, 1)
	go func() { done <- stop() }()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(time.Minute):
		t.Fatal("the server does not end")
	}
}

// TestCertificateChosen asks for names: each client is shown the certificate that has the name, and the first otherwise.
func TestCertificateChosen(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	addr := start(t, http.NotFoundHandler(), httpd.Options{TLS: newTLS(t, nil,
		a.issue(t, "first", 11, 1000*time.Hour, "one.example"), a.issue(t, "second", 12, 1000*time.Hour, "two.example", "*.shop.example"), a.issue(t, "third", 13, 1000*time.Hour, "xn--mkc5ae.example"))})
	for name, want := range map[string]int64{
		"two.example": 12, "TWO.example": 12, "a.shop.example": 12, "a.b.shop.example": 11, "xn--mkc5ae.example": 13, "other.example": 11, "": 11,
	} {
		if got := a.shown(t, addr, name); got != want {
			t.Errorf("%q is shown %d, want %d", name, got, want)
		}
	}
}

// TestCertificateReload replaces files under a running server. What cannot be used is reported once, and the old goes on.
func TestCertificateReload(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	var said reports
	pair := a.issue(t, "a", 21, 1000*time.Hour)
	addr := start(t, http.NotFoundHandler(), httpd.Options{TLS: newTLS(t, said.add, pair)})
	if got := a.shown(t, addr, "x"); got != 21 {
		t.Fatalf("shown %d", got)
	}
	a.issue(t, "a", 22, 1000*time.Hour)
	eventually(t, "the new certificate", func() bool { return a.shown(t, addr, "x") == 22 })
	if err := os.WriteFile(pair.Cert, []byte("-----BEGIN CERTIFICATE-----\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	eventually(t, "a report", func() bool { a.shown(t, addr, "x"); return len(said.list()) > 0 })
	if got := a.shown(t, addr, "x"); got != 22 {
		t.Errorf("with a broken file %d is shown", got)
	}
	if err := os.Remove(pair.Cert); err != nil {
		t.Fatal(err)
	}
	eventually(t, "another report", func() bool { a.shown(t, addr, "x"); return len(said.list()) > 1 })
	a.issue(t, "a", 23, 1000*time.Hour)
	eventually(t, "the certificate after that", func() bool { return a.shown(t, addr, "x") == 23 })
	got := said.list()
	if len(got) != 2 || !strings.Contains(got[0], "[E0541]") || !strings.Contains(got[1], "[E0540]") {
		t.Errorf("reported %q", got)
	}
}

// TestCertificateFaults gives files that are not what they should be, and certificates that are not fresh.
func TestCertificateFaults(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	good, other := a.issue(t, "good", 1, 1000*time.Hour, "x"), a.issue(t, "other", 2, 1000*time.Hour, "x")
	empty := a.dir + "/வெறுமை.pem"
	if err := os.WriteFile(empty, []byte("இது PEM அல்ல 👍🏽\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		code string
		pair httpd.Pair
		want string
	}{
		{httpd.CodeCertFile, httpd.Pair{Cert: a.dir + "/இல்லை.pem", Key: good.Key}, "no such file"},
		{httpd.CodeCertFile, httpd.Pair{Cert: a.dir, Key: good.Key}, "is a directory"},
		{httpd.CodeNoPEM, httpd.Pair{Cert: empty, Key: good.Key}, "வெறுமை.pem"},
		{httpd.CodeNoPEM, httpd.Pair{Cert: good.Cert}, "PRIVATE KEY"},
		{httpd.CodeKeyPair, httpd.Pair{Cert: good.Cert, Key: other.Key}, "other.key"},
	} {
		_, err := httpd.NewTLS([]httpd.Pair{tt.pair}, httpd.ACME{}, nil)
		var fault *value.Error
		if !errors.As(err, &fault) || fault.Code != tt.code || !strings.Contains(diag.Message(fault.Code, diag.Both, fault.Args...), tt.want) {
			t.Errorf("%v: %v", tt.pair, err)
		}
	}
	now := time.Now()
	for code, life := range map[string][2]time.Duration{
		httpd.CodeCertEnded: {-800 * time.Hour, -time.Hour}, httpd.CodeCertSoon: {-800 * time.Hour, 24 * time.Hour},
		httpd.CodeCertEarly: {time.Hour, 2000 * time.Hour}, "": {-time.Hour, 800 * time.Hour},
	} {
		var said reports
		security := newTLS(t, said.add, a.issueFor(t, "aged"+code, 3, now.Add(life[0]), now.Add(life[1]), "x"))
		addr := start(t, http.NotFoundHandler(), httpd.Options{TLS: security})
		if got := a.shown(t, addr, "x"); got != 3 {
			t.Errorf("%s: %d is shown", code, got)
		}
		if got := strings.Join(said.list(), "|"); (code == "") != (got == "") || !strings.Contains(got, code) {
			t.Errorf("%s: reported %q", code, got)
		}
	}
}

// TestRedirect leads clients of plain HTTP to https.
func TestRedirect(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	plain, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	start(t, http.NotFoundHandler(), httpd.Options{TLS: newTLS(t, nil, a.issue(t, "a", 1, 1000*time.Hour)), Redirect: plain, SecurePort: 8443})
	for host, want := range map[string]string{
		"kadai.example": "https://kadai.example:8443", "kadai.example:80": "https://kadai.example:8443", "[::1]:80": "https://[::1]:8443", "[::1]": "https://[::1]:8443",
	} {
		conn := dial(t, plain.Addr().String())
		say(conn, "GET /%E0%AE%85?q=1 HTTP/1.1\r\nHost: "+host+"\r\nConnection: close\r\n\r\n")
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if got := resp.Header.Get("Location"); resp.StatusCode != 308 || got != want+"/%E0%AE%85?q=1" || resp.Header.Get("Strict-Transport-Security") != "" {
			t.Errorf("%s: %d %s", host, resp.StatusCode, got)
		}
	}
}
