package httpd_test

import (
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/runtime/httpd"
)

// TestOddLengths says the length of a body in ways that are read by some and not by others.
func TestOddLengths(t *testing.T) {
	t.Parallel()
	base := serve(t, []httpd.Route{{Method: "POST", Path: "/", Run: echo("உடலுரை")}}, httpd.Options{})
	const post, chunked, hidden = "POST / HTTP/1.1\r\nHost: x\r\n", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n"
	wide := strings.Repeat(" ", 5000)
	for _, tt := range []struct{ name, request, want string }{
		{"on the next line", post + "Content-Length:\r\n 4\r\n" + chunked + hidden, "400"},
		{"far away", post + "Content-Length:" + wide + "4\r\n" + chunked + hidden, "400"},
		{"first alone", post + "Content-Length:\r\n 2\r\n\r\nok" + post + "Content-Length: 4\r\n" + chunked + hidden, "400"},
		{"first far away", post + "Content-Length:" + wide + "2\r\n\r\nok" + post + "Content-Length: 4\r\n" + chunked + hidden, "400"},
		{"on two lines", post + "Content-Length: 2\r\n 2\r\n\r\nok" + hidden, "400"},
		{"after a question about the server", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n" + post + "Content-Length: 4\r\n" + chunked + hidden, "204 HTTP/1.1 400"},
		{"a header on two lines", post + "X: Content-Length:\r\n 9\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok", "200"},
	} {
		conn := dial(t, base[len("http://"):])
		say(conn, tt.request)
		all, _ := io.ReadAll(conn) // an error here is the server's close while bytes were on their way
		if got := strings.Join(regexp.MustCompile(`HTTP/1\.1 \d+`).FindAllString(string(all), -1), " "); got != "HTTP/1.1 "+tt.want {
			t.Errorf("%s: %s, want %s:\n%s", tt.name, got, tt.want, all)
		}
	}
}
