package httpd

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/etamil-lang/etamil/runtime/value"
)

// FuzzHeaders gives what strangers write to everything that reads headers, and looks at what must hold of the answers.
func FuzzHeaders(f *testing.F) {
	for _, seed := range []string{
		"", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", `for="[2001:db8::1]:99";proto=https;host="a\"b", for=1.2.3.4`,
		"text/html, */*;q=0.8", "gzip;q=0.5, identity;q=0", `W/"a", "b"`, "multipart/form-data; boundary=b", "வருகை=கௌ 👍🏽", "%E0%AE", "a%0d%0ab",
		"../../x\\y", "\u202e𑿀", "1.2.3.4, 10.0.0.1:80,[::1]", "Bearer x.y.z", strings.Repeat("a=", 50),
	} {
		f.Add(seed)
	}
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	f.Fuzz(func(t *testing.T, s string) {
		if id := traceOf(s); !isHex(id, 32) || isZero(id) {
			t.Errorf("trace %q", id)
		}
		for _, what := range []string{"text/html", "gzip", "identity"} {
			if q := quality(s, what); q < 0 || q > 1000 {
				t.Errorf("quality %d", q)
			}
		}
		if elements, ok := parseForwarded(s); ok && len(elements) == 0 {
			t.Error("no element")
		}
		head := http.Header{"Forwarded": {s}, "X-Forwarded-For": {s}, "X-Forwarded-Host": {s}}
		if said, _ := whatProxiesSay(head, trusted); said.client.IsValid() && said.client.Zone() != "" {
			t.Errorf("client %v", said.client)
		}
		if hasTag(s, `"tag"`) && strings.TrimSpace(s) != "*" && !strings.Contains(s, `"tag"`) {
			t.Errorf("%q has the tag", s)
		}
		_, _, _ = mediaOf(s)
		for _, class := range []uint8{inToken, cookieOctet} {
			if enc := encodeCookie(s, class); !each(enc, class) || decodeCookie(enc) != s {
				t.Errorf("%q becomes %q", s, enc)
			}
		}
		if name := safeName(s); !utf8.ValidString(name) || len(name) > maxFileName || strings.ContainsAny(name, "/\\\x00\r\n") || strings.HasPrefix(name, ".") {
			t.Errorf("%q is no safe name", name)
		}
		x := &Exchange{}
		x.Request.raw = &http.Request{URL: &url.URL{}}
		if x.setCookie(s, s, value.FromFields([]string{"Path", "Domain"}, []value.Value{value.FromText("/" + s), value.FromText(s)}), nil) == nil {
			x.sendCookies(head)
		}
		if x.setCookie(s, s, value.Nil, nil) == nil {
			x.sendCookies(head)
		}
		for _, line := range head["Set-Cookie"] {
			if line == "" || !each(line, inValue) || strings.ContainsFunc(line, func(r rune) bool { return r > 0x7e }) {
				t.Errorf("%q sets %q", s, line)
			}
		}
	})
}
