package httpd_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"testing"

	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/value"
)

// TestHalfClosed lets a client say that it sends nothing more, and wait: its handler is ended as that of a client that is
// gone, so that the answer must be no success. The second request is net/http's.
func TestHalfClosed(t *testing.T) {
	t.Parallel()
	base := serve(t, []httpd.Route{{Method: "GET", Path: "/", Run: func(ctx context.Context, x *httpd.Exchange) error {
		<-ctx.Done()
		return ctx.Err()
	}}, {Method: "GET", Path: "/quick", Run: answer(200, value.FromText("வந்தது"), value.Nil)}}, httpd.Options{})
	for target, want := range map[string]int{"/": http.StatusServiceUnavailable, "/quick": http.StatusOK} {
		for _, end := range []string{"\r\n", "\n"} {
			conn := dial(t, base[len("http://"):])
			say(conn, "GET "+target+" HTTP/1.1"+end+"Host: x"+end+end)
			tcp, _ := conn.(*net.TCPConn)
			if err := tcp.CloseWrite(); err != nil {
				t.Fatal(err)
			}
			resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			if resp.StatusCode != want || err != nil {
				t.Errorf("%s: %s %q %v", target, resp.Status, text, err)
			}
		}
	}
}
