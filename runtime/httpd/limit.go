package httpd

import (
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// RouteLimits are what a route allows in the place of the server's Options; a zero value leaves it at that.
type RouteLimits struct {
	// Body is the longest body in bytes, also a multipart one. File is the longest file in it.
	Body, File int64
	// Timeout is how long a handler may run.
	Timeout time.Duration
	// Rate is how many requests a second a client may send to this route, besides the server's own limit.
	Rate float64
}

// limits are how much of a request to this route is read.
func (l *leaf) limits(server limits) limits {
	if l.Limits.Body > 0 {
		server.body, server.upload = l.Limits.Body, l.Limits.Body
	}
	server.file = orElse(l.Limits.File, server.upload)
	return server
}

// maxClients is how many clients a limiter remembers. The one that was quiet for the longest time is forgotten first; by
// then it may send again anyway, unless there are more clients than this at once.
const maxClients = 1 << 16

// limiter bounds the requests of each client, with a bucket of tokens that fills at a steady rate.
type limiter struct {
	name  string
	rate  float64 // a second
	burst int

	mu      sync.Mutex
	clients map[netip.Addr]*bucket
	ring    bucket // before the client that was seen last, after the one that was quiet longest
}

// bucket is one client's.
type bucket struct {
	key        netip.Addr
	tokens     *rate.Limiter
	prev, next *bucket
}

// newLimiter makes a limiter, or none when perSecond is 0. A burst of 0 is twice the rate, at least one request.
func newLimiter(name string, perSecond float64, burst int) *limiter {
	if perSecond <= 0 {
		return nil
	}
	if burst <= 0 {
		burst = max(1, int(math.Ceil(2*perSecond)))
	}
	l := &limiter{name: name, rate: perSecond, burst: burst, clients: map[netip.Addr]*bucket{}}
	l.ring.prev, l.ring.next = &l.ring, &l.ring
	return l
}

// subscriber is whose bucket an address shares: a client of IPv6 has a whole network of 64 bits.
func subscriber(addr netip.Addr) netip.Addr {
	if !addr.Is6() {
		return addr
	}
	p, err := addr.Prefix(64)
	if err != nil {
		return addr
	}
	return p.Addr()
}

// take takes a token of a client's bucket. left are the tokens after it, negative when there was none.
func (l *limiter) take(client netip.Addr, now time.Time) (left float64) {
	key := subscriber(client)
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.clients[key]
	switch {
	case b != nil:
		b.unlink()
	case len(l.clients) < maxClients:
		b = &bucket{key: key, tokens: rate.NewLimiter(rate.Limit(l.rate), l.burst)}
	default:
		b = l.ring.prev
		b.unlink()
		delete(l.clients, b.key)
		b.key, b.tokens = key, rate.NewLimiter(rate.Limit(l.rate), l.burst)
	}
	l.clients[key] = b
	b.prev, b.next = &l.ring, l.ring.next
	b.prev.next, b.next.prev = b, b
	if !b.tokens.AllowN(now, 1) {
		return b.tokens.TokensAt(now) - 1
	}
	return b.tokens.TokensAt(now)
}

func (b *bucket) unlink() { b.prev.next, b.next.prev = b.next, b.prev }

// limited tells whether a request comes too soon, and answers it then. The headers say what is left, as
// draft-ietf-httpapi-ratelimit-headers has them.
func (l *limiter) limited(x *Exchange) bool {
	if l == nil {
		return false
	}
	left := l.take(x.Client(), time.Now())
	head := x.writer.Header()
	seconds := func(tokens float64) int { return max(1, int(math.Ceil(tokens/l.rate))) }
	head["Ratelimit-Policy"] = append(head["Ratelimit-Policy"], fmt.Sprintf(`"%s";q=%d;w=%d`, l.name, l.burst, seconds(float64(l.burst))))
	head["Ratelimit"] = append(head["Ratelimit"], fmt.Sprintf(`"%s";r=%d;t=%d`, l.name, max(0, int(left)), seconds(float64(l.burst)-left)))
	if left >= 0 {
		return false
	}
	head["Retry-After"] = []string{fmt.Sprint(seconds(-left))}
	x.refuse(&refusal{status: http.StatusTooManyRequests, code: CodeTooSoon, args: []string{fmt.Sprint(seconds(-left))}})
	return true
}
