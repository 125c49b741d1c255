package httpd

import (
	"net/url"
	"strings"
	"testing"
)

// FuzzScanner feeds bytes whole and in pieces: what is found must not depend on where reads end.
func FuzzScanner(f *testing.F) {
	for _, s := range []string{
		"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"POST / HTTP/1.1\nContent-Length: 3\n\nabcPOST / HTTP/1.1\nTransfer-Encoding: x\nContent-Length: 1\n\n", "\r\n\r\nவணக்கம்\n\n", "X\r\nContent-Length: -1\r\n\r\n",
	} {
		f.Add(s, 3)
	}
	f.Fuzz(func(t *testing.T, s string, step int) {
		var whole, pieces scanner
		want, got := whole.feed([]byte(s)), false
		for step = max(step, 1); s != "" && !got; {
			n := min(step, len(s))
			got = pieces.feed([]byte(s[:n]))
			s = s[n:]
		}
		if want != got || want && whole.requests != pieces.requests {
			t.Errorf("whole: %v %d, in pieces: %v %d", want, whole.requests, got, pieces.requests)
		}
	})
}

// FuzzRoutes finds routes of any path: never a panic, and the values of parameters are segments of the path.
func FuzzRoutes(f *testing.F) {
	root, err := tree([]Route{
		{Method: "GET", Path: "/"}, {Method: "GET", Path: "/:அ"}, {Method: "GET", Path: "/அ/:ஆ/ஆ"}, {Method: "PUT", Path: "/அ/:x/:y"}, {Method: "GET", Path: "/a/b/c"},
	})
	if err != nil {
		f.Fatal(err)
	}
	for _, p := range []string{"/", "//", "/அ/க்ஷ/ஆ", "/a/b/c/", "/%2e%2e", "/👍🏽", "/a//b", "/அ/1/2"} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, path string) {
		u := &url.URL{Path: path}
		if badPath(u) != nil {
			return
		}
		for m := range methods {
			l, values, seen := root.find(m, path, nil)
			if l != nil && len(values) != len(l.names) {
				t.Fatalf("%q: %v has values %q", path, l.Route, values)
			}
			for _, v := range values {
				if v == "" || strings.Contains(v, "/") || !strings.Contains(path, v) {
					t.Fatalf("%q: the value %q", path, v)
				}
			}
			if l == nil && seen[m] {
				t.Fatalf("%q has %s, which was not found", path, methods[m])
			}
		}
	})
}
