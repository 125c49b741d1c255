package httpd

import (
	"context"
	"net/http"
	"time"
)

// lastCallTime is how long connections without a request stay open when the end has begun. A client that is about to send
// one, as it may at any moment, would not know whether it was read; within this time it is answered, and told that it is the
// last one.
const lastCallTime = 300 * time.Millisecond

// lastCall takes no more connections, and waits a moment for requests that are on their way, while every answer is the last
// of its connection. net/http still gets what is not answered here.
func (l *listener) lastCall(ctx context.Context) {
	until := time.Now().Add(lastCallTime)
	l.lastAt.Store(int64(until.Sub(started)))
	l.closing.Store(true)
	_ = l.Listener.Close() // it is given up in any case
	for _, g := range l.ours() {
		_ = g.Conn.SetReadDeadline(until)
	}
	tick := time.NewTicker(lastCallTime / 30)
	defer tick.Stop()
	for time.Now().Before(until) && l.count() > 0 {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// count is how many connections there are.
func (l *listener) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.open)
}

// lastOnes makes answers of net/http the last of their connections once the end has begun, as reply does by itself. HTTP/2 has
// other means.
func (l *listener) lastOnes(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor == 1 && l.closing.Load() {
			w.Header()["Connection"] = closeHeader
		}
		h.ServeHTTP(w, r)
	})
}
