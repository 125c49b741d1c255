package httpd_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/etamil-lang/etamil/runtime/httpd"
)

const streamProgram = `
வழி பெறு, "/" { பதில் 200, "வணக்கம்"; }
வழி பெறு, "/count/:n" { பதில்_ஓடை 200 { i = 0; (i < எண்ணாக்கு(param_n)?) சுற்று { ஓடை_எழுது("கி𝒳"); i = i + 1; } } }
வழி பெறு, "/cut" { பதில்_ஓடை 200 { ஓடை_எழுது("கி"); 1 / 0; } }
வழி பெறு, "/endless" { பதில்_ஓடை 200 { (மெய்) சுற்று { ஓடை_எழுது(உரை_திரும்ப("அ", 10000)); } } }
வழி பெறு, "/limited" { முயல் { (100) காலவரம்பு { பதில்_ஓடை 200 { (மெய்) சுற்று { ஓடை_எழுது(உரை_திரும்ப("அ", 10000)); } } } } பிழை (பி) { } }
வழி ஓடை, "/board" { ஓடை_சேர்("பலகை", "மற்றது"); }
வழி ஓடை, "/state" { ஓடை_சேர்("நிலை", செயல்() { ஓடை_நிகழ்வு("முதல்", ஓடை_பரப்பு("நிலை", "பிறகு", "𝒳")); }); }
வழி ஓடை, "/once" { ஓடை_நிகழ்வு("a", "கி𝒳"); }
வழி சாக்கெட், "/room" { சாக்கெட்_சேர்("அறை"); சாக்கெட்_அனுப்பு("உள்ளே"); ம = சாக்கெட்_பெறு(); (ம != இன்மை) சுற்று { சாக்கெட்_அனுப்பு(ம); ம = சாக்கெட்_பெறு(); } }
வழி சாக்கெட், "/deaf" { சாக்கெட்_சேர்("அறை"); சாக்கெட்_அனுப்பு("உள்ளே"); (மெய்) சுற்று { } }
வழி பதி, "/tell" { பதில் 200, [ஓடை_பரப்பு("பலகை", "a", கோரிக்கை.உடலுரை), சாக்கெட்_பரப்பு("அறை", கோரிக்கை.உடலுரை)]; }
`

// streamServer serves streamProgram, and knows which runs have ended.
type streamServer struct {
	addr  string
	stop  func() error
	ended atomic.Int64 // runs of streams and sockets
	over  context.CancelFunc
}

func serveStreams(t *testing.T, o httpd.Options) *streamServer {
	t.Helper()
	s := &streamServer{}
	src := strings.ReplaceAll(streamProgram, `உரை_திரும்ப("அ", 10000)`, `"`+strings.Repeat("அ", 10000)+`"`)
	routes := programRoutes(t, t.TempDir(), src)
	for i := range routes {
		run := routes[i].Run
		routes[i].Run = func(ctx context.Context, x *httpd.Exchange) error {
			err := run(ctx, x)
			if x.Raw().URL.Path != "/tell" && x.Raw().URL.Path != "/" {
				s.ended.Add(1)
			}
			return err
		}
	}
	o.Streams.Ending, s.over = context.WithCancel(context.Background())
	t.Cleanup(s.over)
	h, err := httpd.NewHandler(routes, o)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(httpd.WithHub(context.Background(), httpd.NewHub()))
	done := make(chan error, 1)
	go func() { done <- httpd.Serve(ctx, ln, h, o); close(done) }()
	s.addr = ln.Addr().String()
	s.stop = func() error { cancel(); return <-done }
	t.Cleanup(func() { _ = s.stop() })
	return s
}

// tell says something to all members of both groups.
func (s *streamServer) tell(t *testing.T, text string) string {
	t.Helper()
	resp, got := ask(t, http.MethodPost, "http://"+s.addr+"/tell", "text/plain", text)
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s %s", resp.Status, got)
	}
	return got
}

// open asks for a stream with a client.
func open(t *testing.T, c *http.Client, url string) *http.Response {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = resp.Body.Close() })
	return resp
}

func opened(t *testing.T, addr, path string) *websocket.Conn {
	t.Helper()
	c, resp, err := websocket.Dial(t.Context(), "ws://"+addr+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body
	c.SetReadLimit(1 << 22)
	t.Cleanup(func() { _ = c.CloseNow() })
	return c
}

func hears(t *testing.T, c *websocket.Conn, want string) {
	t.Helper()
	if _, got, err := c.Read(t.Context()); err != nil || string(got) != want {
		t.Fatalf("%.60q %v, want %.60q", got, err, want)
	}
}

// TestJoinFirst: what is told while a stream says how things are is not lost, and comes after that.
func TestJoinFirst(t *testing.T) {
	t.Parallel()
	s := serveStreams(t, httpd.Options{})
	resp := open(t, &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}, "http://"+s.addr+"/state")
	const want = "event: முதல்\ndata: 1\n\nevent: பிறகு\ndata: 𝒳\n\n"
	got := make([]byte, len(want))
	if _, err := io.ReadFull(resp.Body, got); err != nil || string(got) != want {
		t.Errorf("%q %v, want %q", got, err, want)
	}
}

// TestStreamProtocols streams over every protocol there is.
func TestStreamProtocols(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	secured := func() httpd.Options {
		return httpd.Options{TLS: newTLS(t, nil, a.issue(t, "a", 1, 1000*time.Hour))}
	}
	for _, tt := range []struct {
		name, scheme string
		o            httpd.Options
		client       *http.Client
		major        int
	}{
		{"HTTP/1.1", "http://", httpd.Options{}, &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}, 1},
		{"h2c", "http://", httpd.Options{H2C: true}, plainH2(t), 2},
		{"TLS", "https://", secured(), a.client(t, false), 1},
		{"HTTP/2", "https://", secured(), a.client(t, true), 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := serveStreams(t, tt.o)
			base := tt.scheme + s.addr
			for path, want := range map[string]string{
				"/count/0": "", "/count/3": "கி𝒳கி𝒳கி𝒳", "/count/5000": strings.Repeat("கி𝒳", 5000), "/once": "event: a\ndata: கி𝒳\n\n",
			} {
				resp := open(t, tt.client, base+path)
				if got, err := io.ReadAll(resp.Body); err != nil || string(got) != want || resp.ProtoMajor != tt.major {
					t.Errorf("%s: %s %.80q %v", path, resp.Proto, got, err)
				}
			}
			resp := open(t, tt.client, base+"/cut")
			if got, err := io.ReadAll(resp.Body); err == nil || string(got) != "கி" {
				t.Errorf("/cut looks whole: %q", got)
			}
			board := open(t, tt.client, base+"/board")
			lines := bufio.NewReader(board.Body)
			for i := range 3 {
				if _, text := fetch(t, tt.client, http.MethodPost, base+"/tell", fmt.Sprint(i)); text != "[1,0]" {
					t.Errorf("%s were told", text)
				}
				event := ""
				for range 3 {
					line, err := lines.ReadString('\n')
					if err != nil {
						t.Fatal(err)
					}
					event += line
				}
				if event != fmt.Sprintf("event: a\ndata: %d\n\n", i) {
					t.Errorf("%q", event)
				}
			}
			if tt.major == 1 {
				greets(t, tt.client, strings.Replace(base, "http", "ws", 1))
			}
			before := s.ended.Load()
			_ = board.Body.Close()
			eventually(t, "the end of a run whose client is gone", func() bool { return s.ended.Load() > before })
		})
	}
}

// greets opens a socket and says something.
func greets(t *testing.T, client *http.Client, base string) {
	t.Helper()
	c, _, err := websocket.Dial(t.Context(), base+"/room", &websocket.DialOptions{HTTPClient: client}) //nolint:bodyclose // the library's
	if err != nil {
		t.Fatal(err)
	}
	hears(t, c, "உள்ளே")
	if err := c.Write(t.Context(), websocket.MessageText, []byte("கி𝒳")); err != nil {
		t.Fatal(err)
	}
	hears(t, c, "கி𝒳")
	if err := c.Close(websocket.StatusNormalClosure, ""); err != nil {
		t.Error(err)
	}
}

// TestHeartbeat finds clients that are gone, and keeps those that are there.
func TestHeartbeat(t *testing.T) {
	t.Parallel()
	s := serveStreams(t, httpd.Options{Streams: httpd.StreamOptions{Heartbeat: 10 * time.Millisecond}, Timeout: 5 * time.Millisecond, WriteTimeout: time.Second})
	resp := open(t, http.DefaultClient, "http://"+s.addr+"/board")
	lines := bufio.NewReader(resp.Body)
	for range 400 { // no handler, and no answer, may take so long; no piece of it does
		if line, err := lines.ReadString('\n'); err != nil || line != ":\n" && line != "\n" {
			t.Fatalf("%q %v", line, err)
		}
	}
	if s.ended.Load() != 0 {
		t.Error("the run has ended")
	}
	s.tell(t, "x")
	for line := ""; line != "data: x\n"; {
		var err error
		if line, err = lines.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
}

// TestPings closes sockets whose clients do not answer, and keeps the others.
func TestPings(t *testing.T) {
	t.Parallel()
	strict := serveStreams(t, httpd.Options{Streams: httpd.StreamOptions{Ping: 20 * time.Millisecond}})
	quiet := dial(t, strict.addr) // never answers a ping
	if _, err := io.WriteString(quiet, socketRequest); err != nil {
		t.Fatal(err)
	}
	_ = quiet.SetDeadline(time.Now().Add(time.Minute))
	if _, err := io.Copy(io.Discard, quiet); err != nil && !strings.Contains(err.Error(), "reset") {
		t.Errorf("a client that answers no ping: %v", err)
	}
	eventually(t, "the end of its run", func() bool { return strict.ended.Load() == 1 })

	patient := serveStreams(t, httpd.Options{Streams: httpd.StreamOptions{Ping: 10 * time.Millisecond, Pong: time.Minute}})
	pings := make(chan struct{}, 5)
	alive, _, err := websocket.Dial(t.Context(), "ws://"+patient.addr+"/room", &websocket.DialOptions{ //nolint:bodyclose // the library's
		OnPingReceived: func(context.Context, []byte) bool {
			select {
			case pings <- struct{}{}:
			default:
			}
			return true
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = alive.CloseNow() })
	hears(t, alive, "உள்ளே")
	heard := make(chan error, 1)
	go func() { // answers pings as long as it reads
		_, got, err := alive.Read(t.Context())
		if string(got) != "போதும்" {
			err = errors.Join(err, fmt.Errorf("heard %q", got))
		}
		heard <- err
	}()
	for range 5 { // each comes after the answer to the one before
		<-pings
	}
	if err := alive.Write(t.Context(), websocket.MessageText, []byte("போதும்")); err != nil {
		t.Fatal(err)
	}
	if err := <-heard; err != nil {
		t.Error(err)
	}
}

const socketRequest = "GET /room HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"

// TestSlowMembers holds that members that do not read are dropped, while the others hear everything and the sender never waits.
func TestSlowMembers(t *testing.T) {
	t.Parallel()
	s := serveStreams(t, httpd.Options{})
	slowStream, slowSocket := dial(t, s.addr), dial(t, s.addr)
	for conn, request := range map[net.Conn]string{slowStream: "GET /board HTTP/1.1\r\nHost: a\r\n\r\n", slowSocket: socketRequest} {
		_ = conn.SetDeadline(time.Now().Add(2 * time.Minute))
		if _, err := io.WriteString(conn, request); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(conn, make([]byte, 10)); err != nil { // and nothing more
			t.Fatal(err)
		}
	}
	quick := opened(t, s.addr, "/room")
	hears(t, quick, "உள்ளே")
	board := open(t, http.DefaultClient, "http://"+s.addr+"/board")
	events := bufio.NewReader(board.Body)
	eventually(t, "all members", func() bool { return s.tell(t, "-") == "[2,2]" })
	text := strings.Repeat("அ", 100_000)
	for i := 0; ; i++ {
		if i == 1000 {
			t.Fatal("nobody is ever dropped", s.tell(t, "x"), s.ended.Load())
		}
		got := s.tell(t, text)
		for heard := ""; heard != text; {
			_, p, err := quick.Read(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			heard = string(p)
		}
		for line := ""; line != "data: "+text+"\n"; {
			var err error
			if line, err = events.ReadString('\n'); err != nil {
				t.Fatal(err)
			}
		}
		if got == "[1,1]" {
			break
		}
	}
	eventually(t, "the ends of their runs", func() bool { return s.ended.Load() == 2 })
	if _, err := io.Copy(io.Discard, slowSocket); err != nil && !strings.Contains(err.Error(), "reset") {
		t.Error(err)
	}
}

// TestStreamLimits holds that streams and sockets take no place of requests.
func TestStreamLimits(t *testing.T) {
	t.Parallel()
	s := serveStreams(t, httpd.Options{MaxRequests: 1})
	for range 3 {
		open(t, http.DefaultClient, "http://"+s.addr+"/board")
		hears(t, opened(t, s.addr, "/room"), "உள்ளே")
		open(t, http.DefaultClient, "http://"+s.addr+"/endless")
		if resp, body := ask(t, http.MethodGet, "http://"+s.addr+"/", "", ""); resp.StatusCode != http.StatusOK {
			t.Errorf("%s %s", resp.Status, body)
		}
	}
}

// TestStreamEnd ends a server, and a version of its program: those who listen are told, and those who take nothing hold up nobody.
func TestStreamEnd(t *testing.T) {
	t.Parallel()
	for _, version := range []bool{false, true} {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			t.Parallel()
			s := serveStreams(t, httpd.Options{Grace: time.Hour})
			board := open(t, &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}, "http://"+s.addr+"/board")
			room, deaf, busy := opened(t, s.addr, "/room"), opened(t, s.addr, "/deaf"), opened(t, s.addr, "/room")
			for _, c := range []*websocket.Conn{room, deaf, busy} {
				hears(t, c, "உள்ளே")
			}
			stuck := dial(t, s.addr)
			if _, err := io.WriteString(stuck, strings.Replace(socketRequest, "/room", "/board", 1)); err != nil {
				t.Fatal(err)
			}
			if _, err := io.ReadFull(stuck, make([]byte, 10)); err != nil {
				t.Fatal(err)
			}
			s.finish(t, version)
			if rest, err := io.ReadAll(board.Body); err != nil || len(rest) > 0 {
				t.Errorf("the stream ends with %q %v", rest, err)
			}
			for i, c := range []*websocket.Conn{room, deaf, busy} {
				if _, _, err := c.Read(t.Context()); websocket.CloseStatus(err) != websocket.StatusGoingAway {
					t.Errorf("socket %d: %v", i, err)
				}
			}
			eventually(t, "the ends of all runs", func() bool { return s.ended.Load() == 5 })
			if err := s.stop(); err != nil {
				t.Error(err)
			}
		})
	}
}

// finish ends the program's version, or begins to end the server.
func (s *streamServer) finish(t *testing.T, version bool) {
	t.Helper()
	if version {
		s.over()
		return
	}
	go func() {
		if err := s.stop(); err != nil {
			t.Error(err)
		}
	}()
}

// TestStreamInLimit holds that a காலவரம்பு ends a write that its client keeps waiting, and that what was cut does not look whole.
func TestStreamInLimit(t *testing.T) {
	t.Parallel()
	s := serveStreams(t, httpd.Options{})
	conn := dial(t, s.addr)
	if _, err := io.WriteString(conn, "GET /limited HTTP/1.1\r\nHost: a\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the end of the run", func() bool { return s.ended.Load() == 1 })
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if n, err := io.Copy(io.Discard, resp.Body); err == nil || n == 0 {
		t.Errorf("%d bytes look whole", n)
	}
}
