package httpd

import (
	"bytes"
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// listener takes connections, guards them, bounds how many there are and looks at their deadlines. It answers them itself
// (direct) until net/http must go on, whose Accept hands them over.
type listener struct {
	net.Listener
	handler http.Handler
	base    context.Context // of all requests
	opt     Options
	secure  *tls.Config // nil for plain HTTP

	handed  chan net.Conn // for net/http
	failed  chan error    // of the listener, for net/http, which knows when to go on
	done    chan struct{} // closed by Close
	closing atomic.Bool
	lastAt  atomic.Int64           // when the last call is over, in nanoseconds since started; 0 before it
	now     atomic.Int64           // of the last look at the connections, in nanoseconds since started
	date    atomic.Pointer[string] // the header Date, as of then
	running sync.WaitGroup         // take, and the connections that are answered here

	mu   sync.Mutex
	open map[*guarded]struct{}
}

func newListener(ctx context.Context, ln net.Listener, h http.Handler, o Options) *listener {
	l := &listener{
		Listener: ln, handler: h, base: ctx, opt: o, open: map[*guarded]struct{}{},
		handed: make(chan net.Conn), failed: make(chan error), done: make(chan struct{}),
	}
	l.opt.MaxConns = min(o.MaxConns, max(openFiles()-keptFiles, 1))
	if o.TLS != nil {
		l.secure = o.TLS.config()
	}
	l.look(time.Now())
	return l
}

// keptFiles is how many of the files that the process may open are not for connections: the program has files too.
const keptFiles = 128

// take takes connections until the listener is closed.
func (l *listener) take() {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			if l.closing.Load() {
				return
			}
			select {
			case l.failed <- err:
				continue
			case <-l.done:
				return
			}
		}
		g := &guarded{Conn: c, list: l, early: true}
		switch {
		case l.secure != nil:
			g.Conn = tls.Server(&registered{c, g}, l.secure)
		case directly:
			g.direct = newDirect(l, g)
		}
		switch {
		case !l.add(g):
			l.turnAway(c)
		case l.secure != nil:
			l.running.Go(func() { l.agree(g) })
		case directly:
			l.running.Go(func() { l.answer(g) })
		default:
			l.handOver(l.given(g))
		}
	}
}

// turnAway closes a connection that is one too many.
func (l *listener) turnAway(c net.Conn) {
	if l.secure == nil {
		_ = c.SetWriteDeadline(time.Now().Add(time.Second))
		answer := bytes.Replace(rawError(http.StatusServiceUnavailable), lineEnd, []byte("\r\nRetry-After: 1\r\n"), 1)
		_, _ = c.Write(answer) // one small piece, which the system takes at once
	}
	_ = c.Close()
}

// answer answers the requests of a connection, and gives it to net/http or closes it in the end.
func (l *listener) answer(g *guarded) {
	d := g.direct
	if !d.run() {
		_ = g.Close()
		return
	}
	g.before = d.in[d.from:d.to]
	l.handOver(l.given(g))
}

// given is a connection that is net/http's from now on.
func (l *listener) given(g *guarded) *guarded {
	l.mu.Lock()
	defer l.mu.Unlock()
	g.early, g.direct = false, nil
	return g
}

func (l *listener) handOver(c net.Conn) {
	select {
	case l.handed <- c:
	case <-l.done:
		_ = c.Close()
	}
}

// Accept answers the next connection for net/http.
func (l *listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.handed:
		return c, nil
	case err := <-l.failed:
		return nil, err
	case <-l.done:
		return nil, net.ErrClosed
	}
}

// Close takes no more connections, and lets those end that wait for a request here. It must be called once only, as
// net/http does.
func (l *listener) Close() error {
	closed := l.closing.Swap(true)
	close(l.done)
	for _, g := range l.ours() {
		_ = g.Conn.SetReadDeadline(time.Unix(1, 0))
	}
	if closed {
		return nil // lastCall has closed it
	}
	return l.Listener.Close() //nolint:wrapcheck // net/http looks at it
}

// wait waits until no connection is answered here any more. When ctx ends before, it answers its error.
func (l *listener) wait(ctx context.Context) error {
	ended := make(chan struct{})
	go func() { l.running.Wait(); close(ended) }()
	select {
	case <-ended:
		return nil
	case <-ctx.Done():
		return ctx.Err() //nolint:wrapcheck // Serve words it
	}
}

func (l *listener) add(g *guarded) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.open) >= l.opt.MaxConns {
		return false
	}
	l.open[g] = struct{}{}
	return true
}

func (l *listener) remove(g *guarded) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.open, g)
}

// cut closes all connections that net/http does not have.
func (l *listener) cut() {
	for _, g := range l.ours() {
		_ = g.Conn.Close()
	}
}

// ours are the connections that net/http does not have.
func (l *listener) ours() []*guarded {
	l.mu.Lock()
	defer l.mu.Unlock()
	var list []*guarded
	for g := range l.open {
		if g.early {
			list = append(list, g)
		}
	}
	return list
}

// watch looks at the connections every so often until stop is closed.
func (l *listener) watch(stop <-chan struct{}) {
	tick := time.NewTicker(checkEvery)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case now := <-tick.C:
			l.look(now)
		}
	}
}

func (l *listener) look(now time.Time) {
	l.now.Store(int64(now.Sub(started)))
	date := "Date: " + now.UTC().Format(http.TimeFormat) + "\r\n"
	l.date.Store(&date)
	l.mu.Lock()
	defer l.mu.Unlock()
	for g := range l.open {
		g.check(now)
	}
}

// after is a deadline; as now may be as old as a look at the connections, that much is added.
func (l *listener) after(d time.Duration) time.Time {
	return started.Add(time.Duration(l.now.Load()) + d + checkEvery)
}
