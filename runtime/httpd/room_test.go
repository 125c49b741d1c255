package httpd_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
)

// TestRoomOfBodies holds bodies of JSON that become very much in memory: those for which there is no room are refused, the others
// are answered, and afterwards there is room again.
func TestRoomOfBodies(t *testing.T) {
	t.Parallel()
	inside, leave := make(chan struct{}), make(chan struct{})
	base := serve(t, []httpd.Route{{Method: "POST", Path: "/", Run: func(_ context.Context, x *httpd.Exchange) error {
		inside <- struct{}{}
		<-leave
		x.Response.Sent, x.Response.Body = true, value.FromText("சரி")
		return nil
	}}}, httpd.Options{MaxBodies: 15 << 20})
	long := "[" + strings.Repeat("[],", 100_000) + "[]]" // some 8 MB
	first := make(chan int, 1)
	for range 2 {
		go func() {
			status := http.StatusServiceUnavailable
			for status == http.StatusServiceUnavailable { // the one before may give its room back a moment after its answer
				status = posts(t.Context(), base, long)
			}
			first <- status
		}()
		<-inside
		resp, body := ask(t, http.MethodPost, base+"/", "application/json", long)
		if resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") == "" {
			t.Errorf("%s %q %s", resp.Status, resp.Header, body)
		}
		leave <- struct{}{}
		if status := <-first; status != http.StatusOK {
			t.Error(status)
		}
	}
	for media, text := range map[string]string{
		"text/plain": strings.Repeat("கி", 100_000), "application/json": `{"அ": 1}`, "application/x-www-form-urlencoded": "a=1",
	} {
		go func() { <-inside; leave <- struct{}{} }()
		if resp, body := ask(t, http.MethodPost, base+"/", media, text); resp.StatusCode != http.StatusOK {
			t.Errorf("%s: %s %s", media, resp.Status, body)
		}
	}
}

// posts is the status of an answer, 0 when there is none.
func posts(ctx context.Context, url, text string) int {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(text))
	if err != nil {
		return 0
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0
	}
	_ = resp.Body.Close()
	return resp.StatusCode
}

// TestRoomOfMessages holds messages of sockets, as programs do that wait for the next one: a socket whose message finds no room is
// closed, and those that have ended leave theirs.
func TestRoomOfMessages(t *testing.T) {
	t.Parallel()
	s := serveStreams(t, httpd.Options{MaxBodies: 1 << 20})
	text := strings.Repeat("அ", 200_000)
	first := opened(t, s.addr, "/room")
	says := func(c *websocket.Conn) error {
		hears(t, c, "உள்ளே")
		return c.Write(t.Context(), websocket.MessageText, []byte(text))
	}
	if err := says(first); err != nil {
		t.Fatal(err)
	}
	hears(t, first, text)
	second := opened(t, s.addr, "/room")
	if err := says(second); err != nil {
		t.Fatal(err)
	}
	if _, _, err := second.Read(t.Context()); websocket.CloseStatus(err) != websocket.StatusTryAgainLater {
		t.Error(err)
	}
	if err := first.Write(t.Context(), websocket.MessageText, []byte("𝒳")); err != nil {
		t.Fatal(err)
	}
	hears(t, first, "𝒳")
	third := opened(t, s.addr, "/room")
	if err := says(third); err != nil {
		t.Fatal(err)
	}
	hears(t, third, text)
}
