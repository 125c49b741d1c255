package httpd_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
)

// both runs a test over HTTP/2 with TLS and without.
func both(t *testing.T, h http.Handler, o httpd.Options, test func(t *testing.T, base string, c *http.Client)) {
	t.Helper()
	o.HeaderTimeout = time.Minute // the machine may be busy
	t.Run("h2c", func(t *testing.T) {
		o := o
		o.H2C = true
		test(t, "http://"+start(t, h, o), plainH2(t))
	})
	t.Run("h2", func(t *testing.T) {
		a, o := newAuthority(t), o
		o.TLS = newTLS(t, nil, a.issue(t, "a", 1, 1000*time.Hour))
		test(t, "https://"+start(t, h, o), a.client(t, true))
	})
}

// plainH2 is a client that knows that there is HTTP/2 without TLS.
func plainH2(t *testing.T) *http.Client {
	t.Helper()
	p := new(http.Protocols)
	p.SetUnencryptedHTTP2(true)
	tr := &http.Transport{Protocols: p}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr, Timeout: 2 * time.Minute}
}

// TestHTTP2Streams runs many requests of one connection at once, each with its own body there and back.
func TestHTTP2Streams(t *testing.T) { // not parallel: it would starve others
	h, err := httpd.NewHandler([]httpd.Route{{Method: "POST", Path: "/:பெயர்", Run: echo("உடல்")}}, httpd.Options{})
	if err != nil {
		t.Fatal(err)
	}
	both(t, h, httpd.Options{}, func(t *testing.T, base string, c *http.Client) {
		var wg sync.WaitGroup
		for i := range 200 {
			wg.Go(func() {
				body := fmt.Sprintf("%d 👍🏽 𑿀 ", i) + strings.Repeat("கொ", i*20)
				req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/%E0%AE%85", strings.NewReader(body))
				if err != nil {
					t.Error(err)
					return
				}
				req.Header.Set("Content-Type", "text/plain; charset=utf-8")
				resp, err := c.Do(req)
				if err != nil {
					t.Error(err)
					return
				}
				defer func() { _ = resp.Body.Close() }()
				if text, err := io.ReadAll(resp.Body); resp.ProtoMajor != 2 || string(text) != "உடல் "+body || err != nil {
					t.Errorf("%d: %s %.60q %v", i, resp.Proto, text, err)
				}
			})
		}
		wg.Wait()
	})
}

// TestHTTP2BigBodies sends and receives more than any window.
func TestHTTP2BigBodies(t *testing.T) { // not parallel: it would starve others
	piece := bytes.Repeat([]byte("0123456789abcdef"), 4<<10)
	const pieces = 200
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sum := sha256.New()
		n, err := io.Copy(sum, r.Body)
		w.Header().Set("X-Got", fmt.Sprintf("%d %x %v", n, sum.Sum(nil), err))
		for range pieces {
			if _, err := w.Write(piece); err != nil {
				return
			}
		}
	})
	whole := sha256.New()
	for range pieces {
		_, _ = whole.Write(piece)
	}
	want := hex.EncodeToString(whole.Sum(nil))
	both(t, h, httpd.Options{}, func(t *testing.T, base string, c *http.Client) {
		resp, err := c.Post(base, "application/octet-stream", bytes.NewReader(bytes.Repeat(piece, pieces)))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		sum := sha256.New()
		n, err := io.Copy(sum, resp.Body)
		if got := resp.Header.Get("X-Got"); n != int64(len(piece)*pieces) || err != nil || hex.EncodeToString(sum.Sum(nil)) != want || got != fmt.Sprintf("%d %s <nil>", n, want) {
			t.Errorf("%d bytes, %v; the server got %s", n, err, got)
		}
	})
}

// TestHTTP2Streaming receives the pieces of an answer while the handler waits for what the client says to them, and what
// stands behind it.
func TestHTTP2Streaming(t *testing.T) {
	t.Parallel()
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Trailer", "X-Count")
		control, in := http.NewResponseController(w), make([]byte, 1)
		count := 0
		for {
			if _, err := io.ReadFull(r.Body, in); err != nil {
				break
			}
			count++
			_, _ = fmt.Fprintf(w, "%d", count)
			_ = control.Flush()
		}
		w.Header().Set("X-Count", fmt.Sprint(count))
	})
	both(t, h, httpd.Options{}, func(t *testing.T, base string, c *http.Client) {
		r, w := io.Pipe()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base, r)
		if err != nil {
			t.Fatal(err)
		}
		go func() { _, _ = w.Write([]byte{'.'}) }()
		resp, err := c.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		got := make([]byte, 1)
		for i := range 5 {
			if _, err := io.ReadFull(resp.Body, got); err != nil || string(got) != fmt.Sprint(i+1) {
				t.Fatalf("%q %v", got, err)
			}
			if i < 4 {
				_, _ = w.Write([]byte{'.'})
			}
		}
		_ = w.Close()
		if rest, err := io.ReadAll(resp.Body); len(rest) > 0 || err != nil || resp.Trailer.Get("X-Count") != "5" {
			t.Errorf("%q %v %q", rest, err, resp.Trailer)
		}
	})
}

// TestHTTP2Gone cancels the handler of a stream that the client gives up, and no other.
func TestHTTP2Gone(t *testing.T) {
	t.Parallel()
	ended, begun := make(chan string, 2), make(chan struct{}, 2)
	release := make(chan struct{})
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun <- struct{}{}
		select {
		case <-r.Context().Done():
			ended <- r.URL.Path
		case <-release:
			_, _ = io.WriteString(w, "முடிந்தது")
		}
	})
	base, c := "http://"+start(t, h, httpd.Options{H2C: true}), plainH2(t)
	answered := askBeside(c, base+"/stays")
	<-begun
	ctx, cancel := context.WithCancel(t.Context())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/goes", nil)
	if err != nil {
		t.Fatal(err)
	}
	go func() { <-begun; cancel() }()
	if resp, err := c.Do(req); err == nil {
		_ = resp.Body.Close()
		t.Error("a request that was given up was answered")
	}
	if got := <-ended; got != "/goes" {
		t.Errorf("%s was cancelled", got)
	}
	close(release)
	if got := <-answered; got != "முடிந்தது" {
		t.Errorf("the other was answered %q", got)
	}
}

// askBeside asks for something; what was answered, or the error, comes in its time.
func askBeside(c *http.Client, url string) <-chan string {
	answered := make(chan string, 1)
	go func() {
		resp, err := c.Get(url)
		if err != nil {
			answered <- err.Error()
			return
		}
		text, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		answered <- string(text)
	}()
	return answered
}

// TestHTTP2Drain ends the server while a request runs: it is answered, and the next one finds nobody.
func TestHTTP2Drain(t *testing.T) {
	t.Parallel()
	begun, release := make(chan struct{}), make(chan struct{})
	h := func(w http.ResponseWriter, r *http.Request) {
		close(begun)
		<-release
		_, _ = io.WriteString(w, "வந்தது")
	}
	addr, stop := serveHandler(t, h, httpd.Options{H2C: true, Grace: time.Minute})
	c := plainH2(t)
	done, answered := make(chan error, 1), askBeside(c, "http://"+addr)
	<-begun
	go func() { done <- stop() }()
	eventually(t, "the end of the listener", func() bool {
		resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get("http://" + addr + "/late")
		if err == nil {
			_ = resp.Body.Close()
		}
		return err != nil
	})
	close(release)
	if got := <-answered; got != "வந்தது" {
		t.Errorf("the running request was answered %q", got)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestHTTP2Tools lets nghttp2's own clients ask.
func TestHTTP2Tools(t *testing.T) { // not parallel: it would starve others
	a := newAuthority(t)
	h, err := httpd.NewHandler([]httpd.Route{
		{Method: "GET", Path: "/", Run: answer(200, value.FromText("வணக்கம்"), value.Nil)}, {Method: "POST", Path: "/", Run: echo("உடல்")},
	}, httpd.Options{})
	if err != nil {
		t.Fatal(err)
	}
	plain := "http://" + start(t, h, httpd.Options{H2C: true})
	secure := "https://" + start(t, h, httpd.Options{TLS: newTLS(t, nil, a.issue(t, "a", 1, 1000*time.Hour))})
	for _, base := range []string{plain, secure} {
		out := tool(t, "h2load", "-n", "2000", "-c", "4", "-m", "100", base+"/")
		if !strings.Contains(out, "2000 succeeded, 0 failed, 0 errored, 0 timeout") || !strings.Contains(out, "status codes: 2000 2xx") {
			t.Errorf("h2load %s:\n%s", base, out)
		}
		out = tool(t, "nghttp", "-v", "-m", "20", base+"/")
		if n := len(regexp.MustCompile(`recv \(stream_id=\d+(, noind)?\) :status: 200`).FindAllString(out, -1)); n != 20 || strings.Contains(out, "RST_STREAM") {
			t.Errorf("nghttp %s: %d answers:\n%s", base, n, out)
		}
	}
}

// tool runs a client and answers what it says.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v (on Debian: apt-get install nghttp2-client)\n%s", name, err, out)
	}
	return string(out)
}
