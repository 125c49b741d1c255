package httpd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// Limits of a server that nothing changes.
const (
	maxHeader = 64 << 10
	maxConns  = 10000
)

// Serve answers requests on a listener until ctx ends. Then /ready says so for o.Drain; after that no new request is
// taken, running ones have o.Grace to finish, and what still runs is cancelled. The listener is closed. The error is the
// listener's, or nil after a stop.
func Serve(ctx context.Context, ln net.Listener, h http.Handler, o Options) error {
	o.defaults()
	base, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	srv := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: o.HeaderTimeout,
		ReadTimeout:       o.ReadTimeout,
		WriteTimeout:      o.WriteTimeout,
		IdleTimeout:       o.IdleTimeout,
		MaxHeaderBytes:    maxHeader,
		BaseContext:       func(net.Listener) context.Context { return base },
		ConnContext:       withGuard,
		ErrorLog:          log.New(io.Discard, "", 0), // broken clients are no news
	}
	served, conns := make(chan error, 1), &listener{Listener: ln, open: map[*guarded]struct{}{}}
	var watching sync.WaitGroup
	stop := make(chan struct{})
	watching.Go(func() { conns.watch(stop) })
	defer watching.Wait()
	defer close(stop)
	go func() { served <- srv.Serve(conns) }()
	select {
	case err := <-served:
		return fmt.Errorf("serve %s: %w", ln.Addr(), err)
	case <-ctx.Done():
	}
	if o.Stopping != nil {
		o.Stopping.Store(true)
	}
	if o.Drain > 0 {
		time.Sleep(o.Drain)
	}
	wait, done := context.WithTimeout(base, o.Grace)
	defer done()
	if err := srv.Shutdown(wait); err != nil {
		cancel()
		err = errors.Join(err, srv.Close())
		<-served
		return fmt.Errorf("requests were still running: %w", err)
	}
	<-served
	return nil
}

// listener guards its connections, bounds how many there are and looks at their deadlines.
type listener struct {
	net.Listener
	mu   sync.Mutex
	open map[*guarded]struct{}
}

// Accept answers the next connection that may stay.
func (l *listener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err //nolint:wrapcheck // net/http looks at it
		}
		tcp, ok := c.(*net.TCPConn)
		if !ok {
			return c, nil
		}
		g := &guarded{TCPConn: tcp, list: l}
		if l.add(g) {
			return g, nil
		}
		_ = c.SetWriteDeadline(time.Now().Add(time.Second))
		_, _ = c.Write(rawError(http.StatusServiceUnavailable)) // one small piece, which the system takes at once
		_ = c.Close()
	}
}

func (l *listener) add(g *guarded) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.open) >= maxConns {
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

// watch looks at the deadlines of all connections until stop is closed.
func (l *listener) watch(stop <-chan struct{}) {
	tick := time.NewTicker(checkEvery)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case now := <-tick.C:
			l.mu.Lock()
			for g := range l.open {
				g.check(now)
			}
			l.mu.Unlock()
		}
	}
}
