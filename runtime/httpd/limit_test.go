package httpd

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestBuckets follows the tokens of clients over a time that the test makes.
func TestBuckets(t *testing.T) {
	t.Parallel()
	l := newLimiter("client", 2, 4)
	now := time.Unix(1_000_000, 0)
	a, b := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("192.0.2.2")
	for i := range 4 {
		if left := l.take(a, now); left != float64(3-i) {
			t.Errorf("request %d leaves %v", i, left)
		}
	}
	if left := l.take(a, now); left != -1 {
		t.Errorf("the fifth leaves %v", left)
	}
	if left := l.take(b, now); left != 3 {
		t.Errorf("another client's leaves %v", left)
	}
	if left := l.take(a, now.Add(time.Second)); left != 1 {
		t.Errorf("a second later it leaves %v", left)
	}
	if left := l.take(a, now.Add(time.Hour)); left != 3 {
		t.Errorf("an hour later it leaves %v", left)
	}
	if newLimiter("x", 0, 5) != nil || newLimiter("x", 0.1, 0).burst != 1 || newLimiter("x", 10, 0).burst != 20 {
		t.Error("defaults")
	}
}

// TestBucketsOfNetworks gives a network of IPv6 one bucket, and forgets those who are quiet for the longest time.
func TestBucketsOfNetworks(t *testing.T) {
	t.Parallel()
	l := newLimiter("client", 1, 1)
	now := time.Unix(1_000_000, 0)
	if l.take(netip.MustParseAddr("2001:db8::1"), now) < 0 || l.take(netip.MustParseAddr("2001:db8::2"), now) >= 0 ||
		l.take(netip.MustParseAddr("2001:db8:0:1::1"), now) < 0 {
		t.Error("a client of IPv6 is a /64")
	}
	addr := netip.MustParseAddr("10.0.0.0")
	first := addr
	for range 2 * maxClients {
		l.take(addr, now)
		l.take(first, now) // is never quiet
		addr = addr.Next()
	}
	linked := 0
	for b := l.ring.next; b != &l.ring; b = b.next {
		linked++
	}
	if len(l.clients) != maxClients || linked != maxClients {
		t.Errorf("%d clients, %d in the ring", len(l.clients), linked)
	}
	if l.take(first, now) >= 0 {
		t.Error("one who asks on and on was forgotten")
	}
}

// TestRateLimited asks a handler more than it lets pass: of one client, of another, and of a route with its own limit.
func TestRateLimited(t *testing.T) {
	t.Parallel()
	h, err := NewHandler([]Route{
		{Method: "GET", Path: "/", Run: noRun},
		{Method: "GET", Path: "/login", Run: noRun, Limits: RouteLimits{Rate: 1e-3}},
	}, Options{Rate: 1e-3, Burst: 3})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(path, peer string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		r.RemoteAddr = peer
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for i, tt := range []struct {
		path, peer string
		status     int
	}{
		{"/login", "192.0.2.1:1", 200},
		{"/login", "192.0.2.1:2", 429},
		{"/", "192.0.2.1:3", 200},
		{"/", "192.0.2.1:4", 429},
		{"/இல்லை", "192.0.2.1:4", 429},
		{"/", "192.0.2.2:1", 200},
		{"/login", "192.0.2.2:1", 200},
	} {
		w := ask(tt.path, tt.peer)
		if w.Code != tt.status || w.Header().Get("Ratelimit") == "" || w.Header().Get("Ratelimit-Policy") == "" {
			t.Errorf("%d: %d %v", i, w.Code, w.Header())
		}
		if tt.status == 429 && !strings.Contains(w.Body.String(), "too many requests; wait ") {
			t.Errorf("%d: %s", i, w.Body)
		}
		wait, err := strconv.Atoi(w.Header().Get("Retry-After"))
		if limited := tt.status == 429; limited != (err == nil && wait > 900 && wait <= 1000) {
			t.Errorf("%d: Retry-After %q", i, w.Header().Get("Retry-After"))
		}
	}
	if w := ask("/", "192.0.2.3:1"); w.Header().Get("Ratelimit") != `"client";r=2;t=1000` || w.Header().Get("Ratelimit-Policy") != `"client";q=3;w=3000` {
		t.Errorf("%v", w.Header())
	}
}

func noRun(context.Context, *Exchange) error { return nil }
