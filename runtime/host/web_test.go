package host

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/value"
)

// web is a world with a client of its own, whose waits are short.
func web(t *testing.T, e Env, total time.Duration) *host {
	t.Helper()
	h := newHost(e)
	client := newWebClient(h.getenv, total/2, total, e.PublicOnly)
	h.web = func() *webClient { return client }
	t.Cleanup(client.close)
	return h
}

// ask calls a web word.
func ask(h *host, id string, args ...any) (value.Value, error) {
	return webWords[id].fn(&call{host: h, machine: &meter{left: math.MaxInt}, word: id, args: vals(args...)})
}

// said is what a call came to, as text.
func said(h *host, id string, args ...any) string {
	v, err := ask(h, id, args...)
	if err != nil {
		return "! " + err.Error()
	}
	return v.Display()
}

// serve starts a server on the loopback.
func serve(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	return s.URL
}

// echo answers what it was asked.
func echo(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	w.Header().Set("X-Answer", "பதில்")
	w.Header().Add("X-Two", "1")
	w.Header().Add("X-Two", "2")
	w.WriteHeader(http.StatusTeapot)
	_, _ = fmt.Fprintf(w, "%s %s host=%s type=%s agent=%s body=%s", r.Method, r.RequestURI, r.Host,
		r.Header.Get("Content-Type"), r.Header.Get("User-Agent"), body)
	_, _ = fmt.Fprintf(w, " name=%s", r.Header.Get("X-Name"))
}

func TestWebWords(t *testing.T) {
	t.Parallel()
	h := web(t, Env{}, 10*time.Second)
	url := serve(t, echo)
	addr := strings.TrimPrefix(url, "http://")
	for _, c := range []struct {
		word string
		args []any
		want string
	}{
		{"httpGet", list(url+"/அ", fields{"X-Name", "கௌ 𝒳"}), "GET /%E0%AE%85 host=" + addr + " type= agent=etamil body= name=கௌ 𝒳"},
		{"httpGet", list(url+"?q=அ b&r=\"1\"", nil), "GET /?q=%E0%AE%85%20b&r=%221%22 host=" + addr + " type= agent=etamil body= name="},
		{"httpGet", list(" "+url+"/x ", "none"), "GET /x host=" + addr + " type= agent=etamil body= name="},
		{"httpPost", list(url+"/p", "உடல் 👍🏽", fields{}), "POST /p host=" + addr + " type=text/plain; charset=utf-8 agent=etamil body=உடல் 👍🏽 name="},
		{"httpPost", list(url+"/p", list(1, nil), fields{"content-type", "x/y", "user-agent", "நான்"}), "POST /p host=" + addr + " type=x/y agent=நான் body=[1, nil] name="},
		{"httpRequest", list("put", url+"/u", nil, fields{"HOST", "shop.example"}), "PUT /u host=shop.example type= agent=etamil body= name="},
		{"httpRequest", list("Delete", url+"/u", "", nil), "DELETE /u host=" + addr + " type=text/plain; charset=utf-8 agent=etamil body= name="},
	} {
		v, err := ask(h, c.word, c.args...)
		if err != nil || v.Kind() != value.OkKind {
			t.Errorf("%s(%v) = %s, %v", c.word, c.args, v.Display(), err)
			continue
		}
		r := v.Inner()
		heads := at(r, "தலைப்புகள்")
		if got := at(r, "உடலுரை").Text(); got != c.want || at(r, "நிலைக்_குறி").Display() != "418" {
			t.Errorf("%s(%v)\ngot  %s\nwant %s", c.word, c.args, got, c.want)
		}
		if at(heads, "x-answer").Text() != "பதில்" || at(heads, "x-two").Text() != "1, 2" {
			t.Errorf("headers %s", heads.Display())
		}
	}
}

// What cannot be asked is தவறு in both languages, and never reaches a server.
func TestWebRefuses(t *testing.T) {
	t.Parallel()
	h := web(t, Env{}, 5*time.Second)
	reached := false
	url := serve(t, func(http.ResponseWriter, *http.Request) { reached = true })
	for _, c := range []struct {
		word string
		args []any
		want string
	}{
		{"httpGet", list("file:///etc/passwd", nil), "must be http or https"},
		{"httpGet", list("gopher://x/", nil), "must be http or https"},
		{"httpGet", list("", nil), "must be http or https"},
		{"httpGet", list("அ", nil), "must be http or https"},
		{"httpGet", list("http:///x", nil), "names no host"},
		{"httpGet", list("http://a b/", nil), "web \"?\""},
		{"httpGet", list(url, fields{"X", "a\r\nY: b"}), "the header \"X\" cannot be sent"},
		{"httpGet", list(url, fields{"X", "a\x00"}), "the header \"X\" cannot be sent"},
		{"httpGet", list(url, fields{"X\nY", "1"}), "cannot be sent"},
		{"httpGet", list(url, fields{"", "1"}), "cannot be sent"},
		{"httpGet", list(url, fields{"பெயர்", "1"}), "the header \"பெயர்\" cannot be sent"},
		{"httpRequest", list("GET /x", url, nil, nil), "the method cannot be sent"},
		{"httpRequest", list("", url, nil, nil), "the method cannot be sent"},
		{"httpRequest", list("connect", url, nil, nil), "the method cannot be sent"},
		{"httpGet", list("http://no-such-host.invalid/?key=இரகசியம்", nil), "(web \"http://no-such-host.invalid/\""},
	} {
		got := said(h, c.word, c.args...)
		if !strings.HasPrefix(got, "தவறு(வலை ") || !strings.Contains(got, c.want) || strings.Contains(got, "இரகசியம்") {
			t.Errorf("%s(%v) = %s, want …%s…", c.word, c.args, got, c.want)
		}
	}
	if reached {
		t.Error("a bad request reached the server")
	}
}

// rawServer answers every connection with the same bytes, however little sense they make.
func rawServer(t *testing.T, answer string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = http.ReadRequest(bufio.NewReader(conn))
			_, _ = io.WriteString(conn, answer)
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() { _ = l.Close(); <-done })
	return "http://" + l.Addr().String()
}

// Servers that break the rules, break off, answer too much or not at all.
func TestWebBadServers(t *testing.T) {
	t.Parallel()
	h, patient := web(t, Env{}, 1500*time.Millisecond), web(t, Env{}, 30*time.Second)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := "http://" + free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	slow := func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/body" {
			_, _ = io.WriteString(w, "தொடக்கம்")
			_ = http.NewResponseController(w).Flush()
		}
		<-r.Context().Done()
	}
	endless := func(zip bool) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			var out io.Writer = w
			if zip {
				w.Header().Set("Content-Encoding", "gzip")
				z := gzip.NewWriter(w)
				defer func() { _ = z.Close() }()
				out = z
			}
			for block := make([]byte, 1<<16); r.Context().Err() == nil; {
				if _, err := out.Write(block); err != nil {
					return
				}
			}
		}
	}
	for _, c := range []struct{ url, want string }{
		{closed, "the connection was refused"},
		{serve(t, slow) + "/head", "no answer came in time"},
		{serve(t, slow) + "/body", "no answer came in time"},
		{serve(t, endless(false)), "larger than 10 MB"},
		{serve(t, endless(true)), "larger than 10 MB"},
		{serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("கௌ\xff")) }), "is not UTF-8 text"},
		{rawServer(t, ""), "closed without an answer"},
		{rawServer(t, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), "ended half way"},
		{rawServer(t, "this is no HTTP\r\n\r\n"), "(web \"http://127.0.0.1:"},
		{rawServer(t, "HTTP/1.1 200 OK\r\nX: "+strings.Repeat("y", maxWebHeader+5000)+"\r\n\r\n"), "(web \"http://127.0.0.1:"},
	} {
		began, client := time.Now(), patient
		if strings.Contains(c.want, "in time") {
			client = h
		}
		got := said(client, "httpGet", c.url, nil)
		if !strings.HasPrefix(got, "தவறு(வலை ") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %.300s, want …%s…", c.url, got, c.want)
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s took %v", c.url, took)
		}
	}
}

func TestWebRedirects(t *testing.T) {
	t.Parallel()
	h := web(t, Env{}, 10*time.Second)
	show := func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, _ = fmt.Fprintf(w, "%s %s auth=%s cookie=%s key=%s lang=%s ref=%s body=%s", r.Method, r.URL.Path, r.Header.Get("Authorization"),
			r.Header.Get("Cookie"), r.Header.Get("X-Api-Key"), r.Header.Get("Accept-Language"), r.Header.Get("Referer"), body)
	}
	other := serve(t, show)
	var url string
	url = serve(t, func(w http.ResponseWriter, r *http.Request) {
		var n, code int
		switch path := r.URL.Path; path {
		case "/away":
			http.Redirect(w, r, other+"/there", http.StatusFound)
		case "/keep":
			http.Redirect(w, r, "/end", http.StatusTemporaryRedirect)
		case "/file":
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(http.StatusFound)
		case "/nowhere":
			w.WriteHeader(http.StatusFound)
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/back":
			http.Redirect(w, r, strings.Replace(url, "127.0.0.1", "localhost", 1)+"/back2", http.StatusFound)
		case "/back2":
			http.Redirect(w, r, url+"/end", http.StatusFound)
		default:
			if k, _ := fmt.Sscanf(path, "/%d/%d", &n, &code); k == 2 && n > 0 {
				http.Redirect(w, r, fmt.Sprintf("/%d/%d", n-1, code), code)
				return
			}
			show(w, r)
		}
	})
	heads := fields{"Authorization", "Bearer இ", "Cookie", "a=b", "X-Api-Key", "k", "Accept-Language", "ta"}
	const all = "auth=Bearer இ cookie=a=b key=k lang=ta ref= body="
	for _, c := range []struct{ method, path, want string }{
		{"GET", "/5/302", "சரி({உடலுரை: GET /0/302 " + all + ","},
		{"GET", "/6/302", "more than five redirects"},
		{"POST", "/1/303", "சரி({உடலுரை: GET /0/303 " + all + ","},
		{"POST", "/1/302", "சரி({உடலுரை: GET /0/302 " + all + ","},
		{"PUT", "/keep", "சரி({உடலுரை: PUT /end " + all + "உடல்,"},
		{"GET", "/away", "சரி({உடலுரை: GET /there auth= cookie= key= lang=ta ref= body=,"},
		{"GET", "/back", "சரி({உடலுரை: GET /end auth= cookie= key= lang=ta ref= body=,"},
		{"GET", "/file", "must be http or https"},
		{"GET", "/loop", "more than five redirects"},
		{"GET", "/nowhere", "நிலைக்_குறி: 302"}, // an answer like any other
	} {
		var body any
		if c.method != "GET" {
			body = "உடல்"
		}
		got := said(h, "httpRequest", c.method, url+c.path, body, heads)
		if !strings.Contains(got, c.want) {
			t.Errorf("%s %s\ngot  %s\nwant …%s…", c.method, c.path, got, c.want)
		}
	}
}

// A public server may not send the program to this machine or its networks; one on this machine may.
func TestWebRedirectsInward(t *testing.T) {
	t.Parallel()
	h := web(t, Env{}, 5*time.Second)
	reached := false
	url := serve(t, func(http.ResponseWriter, *http.Request) { reached = true })
	step := func(private bool) error {
		trip := &trip{client: h.web(), first: "https://example.com:443", private: private}
		req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := trip.RoundTrip(req)
		if err == nil {
			err = resp.Body.Close()
		}
		return err
	}
	if err := step(true); err != nil || !reached {
		t.Errorf("from a private server: %v", err)
	}
	reached = false
	if err := step(false); !errors.Is(err, errInward) || reached {
		t.Errorf("from a public server: %v", err)
	}
	for address, inward := range map[string]bool{
		"127.0.0.1:80": true, "[::1]:80": true, "[::ffff:127.0.0.1]:80": true, "10.1.2.3:1": true, "192.168.0.1:1": true, "172.31.0.1:1": true,
		"169.254.169.254:80": true, "[fe80::1]:1": true, "[fd00::1]:1": true, "100.64.0.1:1": true, "0.0.0.0:1": true, "224.0.0.1:1": true,
		"255.255.255.255:1": true, "8.8.8.8:53": false, "[2606:4700::1111]:443": false, "172.32.0.1:1": false, "nonsense": true,
	} {
		if err := publicOnly("tcp", address, nil); (err != nil) != inward {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// A stopped run ends its request, and the body is charged.
func TestWebBelongsToTheRun(t *testing.T) {
	t.Parallel()
	h := web(t, Env{}, 20*time.Second)
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/wait" {
			<-r.Context().Done()
		}
		_, _ = io.WriteString(w, strings.Repeat("அ", 1000))
	})
	ctx, stop := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer stop()
	get := func(m *meter, path string) error {
		_, err := httpGet(&call{host: h, machine: m, word: "httpGet", args: vals(url+path, nil)})
		return err
	}
	if err := get(&meter{left: math.MaxInt, ctx: ctx}, "/wait"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a stopped run: %v", err)
	}
	m := &meter{left: 100}
	if err := get(m, "/"); !errors.Is(err, errMemory) || m.flushed != 1 {
		t.Errorf("with 100 bytes left: %v, written %d times", err, m.flushed)
	}
}

// FuzzAddress holds that any address and header either cannot be asked, or reach the one server they name whole.
func FuzzAddress(f *testing.F) {
	for _, seed := range []string{"http://a/", "https://அ.இந்தியா/?q=கௌ", "http://u:p@[::1]:80/%2e%2e/", "HTTP://x?\r\nA: b", "//x", "http://x#\x00"} {
		f.Add(seed, "X-A", "கௌ\r\n")
	}
	f.Fuzz(func(t *testing.T, address, name, text string) {
		r := webRequest{method: "GET", address: address}
		err := r.setHeaders(val(fields{name, text}))
		var req *http.Request
		if err == nil {
			req, err = r.build(context.Background())
		}
		if err != nil {
			if tamil, english := webReason(err); tamil == "" || english == "" {
				t.Fatalf("%q has no reason", err)
			}
			return
		}
		var wire strings.Builder
		if err := req.Write(&wire); err != nil {
			return
		}
		again, err := http.ReadRequest(bufio.NewReader(strings.NewReader(wire.String())))
		if err != nil {
			t.Fatalf("%q is sent as %q: %v", address, wire.String(), err)
		}
		if n := strings.Count(wire.String(), "\r\n"); n > 5 || again.Method != http.MethodGet {
			t.Fatalf("%q became %q", address, wire.String())
		}
	})
}
