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

const (
	// maxHeader is how long the headers of a request may be, in bytes.
	maxHeader = 64 << 10
	// maxStreams is how many requests may run at once on a connection of HTTP/2.
	maxStreams = 250
	// pingAfter is how long a connection of HTTP/2 may be silent before it is asked whether somebody is there.
	pingAfter = 30 * time.Second
)

// Stop is the cause of a context that ends a server whose requests may take another time to finish than Options.Grace.
type Stop struct {
	Grace time.Duration
	// HandedOver tells that another process answers on the listener already: nobody needs to notice, so that /ready says
	// nothing and Options.Drain is not waited for.
	HandedOver bool
}

// Error says what happened.
func (Stop) Error() string { return "the server was asked to stop" }

// graceOf is how long what runs may take to finish after ctx has ended.
func (o *Options) graceOf(ctx context.Context) time.Duration {
	var stop Stop
	if errors.As(context.Cause(ctx), &stop) {
		return stop.Grace
	}
	return o.Grace
}

// leave lets balancers notice that the server is about to end.
func (o *Options) leave(ctx context.Context) {
	var stop Stop
	if errors.As(context.Cause(ctx), &stop) && stop.HandedOver {
		return
	}
	if o.Stopping != nil {
		o.Stopping.Store(true)
	}
	if o.Drain > 0 {
		time.Sleep(o.Drain)
	}
}

// Serve answers requests on a listener until ctx ends. Then /ready says so for o.Drain; after that no new request is
// taken, running ones have o.Grace to finish, and what still runs is cancelled. The listener is closed. The error is the
// listener's, or nil after a stop. The listener may be of any kind that gives connections, also one that was inherited.
func Serve(ctx context.Context, ln net.Listener, h http.Handler, o Options) error {
	o.defaults()
	base, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	lasting, base := newLasting(base)
	defer lasting.end()
	if o.TLS != nil && o.HSTS > 0 {
		h = hsts(h, o.HSTS)
	}
	served, conns := make(chan error, 1), newListener(base, ln, h, o)
	srv := newServer(base, conns.lastOnes(h), o)
	var beside sync.WaitGroup
	stop := make(chan struct{})
	beside.Go(func() { conns.watch(stop) })
	conns.running.Go(conns.take)
	aside, end := context.WithCancel(ctx)
	defer beside.Wait()
	defer end()
	defer close(stop)
	if o.TLS != nil {
		o.secure(aside, base, &beside)
	}
	go func() { served <- srv.Serve(conns) }()
	select {
	case err := <-served:
		conns.cut()
		return fmt.Errorf("serve %s: %w", ln.Addr(), err)
	case <-ctx.Done():
	}
	o.leave(ctx)
	wait, done := context.WithTimeout(base, o.graceOf(ctx))
	defer done()
	lasting.end()
	conns.lastCall(wait)
	if err := errors.Join(srv.Shutdown(wait), conns.wait(wait), lasting.wait(wait)); err != nil {
		cancel()
		conns.cut()
		err = errors.Join(err, srv.Close())
		<-served
		return fmt.Errorf("requests were still running: %w", err)
	}
	<-served
	return nil
}

// newServer makes the server of net/http, which has what is not answered directly.
func newServer(base context.Context, h http.Handler, o Options) *http.Server {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetHTTP2(o.TLS != nil)
	protocols.SetUnencryptedHTTP2(o.H2C)
	return &http.Server{
		Handler:           h,
		Protocols:         protocols,
		ReadHeaderTimeout: o.HeaderTimeout,
		ReadTimeout:       o.ReadTimeout,
		WriteTimeout:      o.WriteTimeout,
		IdleTimeout:       o.IdleTimeout,
		MaxHeaderBytes:    maxHeader,
		BaseContext:       func(net.Listener) context.Context { return base },
		ConnContext:       withGuard,
		ErrorLog:          log.New(io.Discard, "", 0), // broken clients are no news
		// Every request must be counted (framedTwice).
		DisableGeneralOptionsHandler: true,
		HTTP2: &http.HTTP2Config{
			MaxConcurrentStreams: maxStreams,
			SendPingTimeout:      pingAfter,
			PingTimeout:          pingAfter / 2,
			WriteByteTimeout:     o.WriteTimeout, // a client that takes nothing holds up all its streams
		},
	}
}
