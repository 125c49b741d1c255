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
	open   sync.WaitGroup
}

type lastingKey struct{}

// newLasting also answers the context of all requests, where their handlers find it.
func newLasting(base context.Context) (*lasting, context.Context) {
	l := &lasting{}
	l.ending, l.end = context.WithCancel(base)
	return l, context.WithValue(base, lastingKey{}, l)
}

// wait waits until all sockets have ended. When ctx ends before, it answers its error.
func (l *lasting) wait(ctx context.Context) error {
	ended := make(chan struct{})
	go func() { l.open.Wait(); close(ended) }()
	select {
	case <-ended:
		return nil
	case <-ctx.Done():
		return ctx.Err() //nolint:wrapcheck // Serve words it
	}
}

func lastingOf(x *Exchange) *lasting {
	l, _ := x.Request.raw.Context().Value(lastingKey{}).(*lasting)
	return l
}

// serverEnd is a context that ends when the server is told to, or nil when nobody would tell.
func serverEnd(x *Exchange) context.Context {
	if l := lastingOf(x); l != nil {
		return l.ending
	}
	return nil
}
