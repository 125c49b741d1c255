package httpd

import (
	"context"
	"sync"
)

// lasting is what of a server may last: streams of events and sockets, which are told to end when the server ends, and which
// net/http does not wait for once it has given a connection away.
type lasting struct {
	ending context.Context
	end    context.CancelFunc

	mu   sync.Mutex
	open int           // sockets
	none chan struct{} // closed once there are none; nil until somebody waits
}

type lastingKey struct{}

// newLasting also answers the context of all requests, where their handlers find it.
func newLasting(base context.Context) (*lasting, context.Context) {
	l := &lasting{}
	l.ending, l.end = context.WithCancel(base)
	return l, context.WithValue(base, lastingKey{}, l)
}

// enter counts a socket.
func (l *lasting) enter() {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open++
}

// leave takes enter back.
func (l *lasting) leave() {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open--; l.open == 0 && l.none != nil {
		close(l.none)
		l.none = nil
	}
}

// wait waits until there are no sockets. When ctx ends before, it answers its error.
func (l *lasting) wait(ctx context.Context) error {
	l.mu.Lock()
	if l.open == 0 {
		l.mu.Unlock()
		return nil
	}
	if l.none == nil {
		l.none = make(chan struct{})
	}
	none := l.none
	l.mu.Unlock()
	select {
	case <-none:
		return nil
	case <-ctx.Done():
		return ctx.Err() //nolint:wrapcheck // Serve words it
	}
}

func lastingOf(x *Exchange) *lasting {
	l, _ := x.Request.raw.Context().Value(lastingKey{}).(*lasting)
	return l
}
