package httpd

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/value"
)

// TestTrustedProxies gives a handler requests of proxies, of clients that play one, and of proxies that pass lies on.
func TestTrustedProxies(t *testing.T) {
	t.Parallel()
	const proxy, stranger = "10.0.0.1:4000", "203.0.113.9:4000"
	for _, tt := range []struct {
		name, peer string
		head       []string // name and text
		client     string
		https      bool
		host       string
	}{
		{"nobody between", stranger, nil, "203.0.113.9", false, "here.example"},
		{"a stranger who plays a proxy", stranger, []string{"X-Forwarded-For", "1.2.3.4", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "evil.example"}, "203.0.113.9", false, "here.example"},
		{"a stranger with Forwarded", stranger, []string{"Forwarded", "for=1.2.3.4;proto=https;host=evil.example"}, "203.0.113.9", false, "here.example"},
		{"a proxy that says nothing", proxy, nil, "10.0.0.1", false, "here.example"},
		{"one proxy", proxy, []string{"X-Forwarded-For", "1.2.3.4", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "kadai.example"}, "1.2.3.4", true, "kadai.example"},
		{"a client that wrote the header first", proxy, []string{"X-Forwarded-For", "6.6.6.6, 1.2.3.4"}, "1.2.3.4", false, "here.example"},
		{"two lines", proxy, []string{"X-Forwarded-For", "6.6.6.6", "X-Forwarded-For", "1.2.3.4"}, "1.2.3.4", false, "here.example"},
		{"a chain of ours", proxy, []string{"X-Forwarded-For", "6.6.6.6, 1.2.3.4, 10.1.1.1,10.2.2.2"}, "1.2.3.4", false, "here.example"},
		{"only ours", proxy, []string{"X-Forwarded-For", "10.3.3.3, 10.1.1.1"}, "10.3.3.3", false, "here.example"},
		{"with a port", proxy, []string{"X-Forwarded-For", "1.2.3.4:9999"}, "1.2.3.4", false, "here.example"},
		{"IPv6", proxy, []string{"X-Forwarded-For", "[2001:db8::1]:9999"}, "2001:db8::1", false, "here.example"},
		{"IPv4 in IPv6", proxy, []string{"X-Forwarded-For", "::ffff:1.2.3.4"}, "1.2.3.4", false, "here.example"},
		{"a proxy over IPv6", "[fd00::1]:1", []string{"X-Forwarded-For", "1.2.3.4"}, "1.2.3.4", false, "here.example"},
		{"no address", proxy, []string{"X-Forwarded-For", "அறியாதவர்"}, "10.0.0.1", false, "here.example"},
		{"no address before one of ours", proxy, []string{"X-Forwarded-For", "unknown, 10.1.1.1"}, "10.1.1.1", false, "here.example"},
		{"a host that is none", proxy, []string{"X-Forwarded-Host", "a b<script>"}, "10.0.0.1", false, "here.example"},
		{"Forwarded", proxy, []string{"Forwarded", `for="[2001:db8::1]:99";proto=HTTPS;host="kadai.example:8443"`}, "2001:db8::1", true, "kadai.example:8443"},
		{"Forwarded of several", proxy, []string{"Forwarded", `For=6.6.6.6;proto=https, for=1.2.3.4;by=10.0.0.1 , for=10.1.1.1; proto=http`}, "1.2.3.4", false, "here.example"},
		{"Forwarded with a quote", proxy, []string{"Forwarded", `for="1.2.\3.4";ext="a,b;c=\"d"`}, "1.2.3.4", false, "here.example"},
		{"Forwarded that is broken", proxy, []string{"Forwarded", `for="1.2.3.4`}, "10.0.0.1", false, "here.example"},
		{"Forwarded twice in one", proxy, []string{"Forwarded", `for=1.2.3.4;for=6.6.6.6`}, "10.0.0.1", false, "here.example"},
		{"both agree", proxy, []string{"X-Forwarded-For", "1.2.3.4", "Forwarded", "for=1.2.3.4;proto=https"}, "1.2.3.4", true, "here.example"},
		{"both disagree", proxy, []string{"X-Forwarded-For", "6.6.6.6", "Forwarded", "for=1.2.3.4;proto=https"}, "10.0.0.1", false, "here.example"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var seen string
			var client netip.Addr
			var secure bool
			h, err := NewHandler([]Route{{Method: "GET", Path: "/", Run: func(_ context.Context, x *Exchange) error {
				seen = string(value.AppendJSON(nil, x.Request.Headers()))
				return nil
			}}}, Options{
				TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")},
				Access:         func(x *Exchange, _ int, _ time.Duration) { client, secure = x.Client(), x.secure() },
			})
			if err != nil {
				t.Fatal(err)
			}
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://here.example/", nil)
			r.RemoteAddr = tt.peer
			for i := 0; i < len(tt.head); i += 2 {
				r.Header.Add(tt.head[i], tt.head[i+1])
			}
			h.ServeHTTP(httptest.NewRecorder(), r)
			if client.String() != tt.client || secure != tt.https || r.Host != tt.host {
				t.Errorf("client %s, secure %v, host %s", client, secure, r.Host)
			}
			if hidden := tt.peer == stranger && len(tt.head) > 0; hidden && seen != `{"host":"here.example"}` {
				t.Errorf("a program sees what a stranger says: %s", seen)
			}
		})
	}
}
