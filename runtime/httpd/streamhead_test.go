package httpd_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/httpd"
)

// TestHeadOfStream asks for the headers of streams only. Nothing that such a client takes would hold the program up: an endless
// stream would run as fast as it can, for as long as the connection is there. The run ends with the headers, and the connection
// goes on.
func TestHeadOfStream(t *testing.T) {
	t.Parallel()
	s := serveStreams(t, httpd.Options{})
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", s.addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	read := bufio.NewReader(conn)
	for i, path := range []string{"/endless", "/count/0", "/count/3", "/limited"} {
		for _, method := range []string{http.MethodHead, http.MethodGet} {
			target := path
			if method == http.MethodGet {
				target = "/" // which shows that the connection goes on
			}
			if _, err := fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: x\r\n\r\n", method, target); err != nil {
				t.Fatal(path, err)
			}
			resp, err := http.ReadResponse(read, &http.Request{Method: method})
			if err != nil {
				t.Fatal(method, path, err)
			}
			body, err := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			if resp.StatusCode != http.StatusOK || err != nil || (len(body) > 0) != (method == http.MethodGet) {
				t.Errorf("%s %s: %s %q %v", method, path, resp.Status, body, err)
			}
		}
		if ended := s.ended.Load(); ended != int64(i+1) {
			t.Errorf("%s: %d runs have ended", path, ended)
		}
	}
}
