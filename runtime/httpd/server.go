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
		// Every request must be counted (framedTwice).
		DisableGeneralOptionsHandler: true,
	}
	served, conns := make(chan error, 1), newListener(base, ln, h, o)
	var watching sync.WaitGroup
	stop := make(chan struct{})
	watching.Go(func() { conns.watch(stop) })
	conns.running.Go(conns.take)
	defer watching.Wait()
	defer close(stop)
	go func() { served <- srv.Serve(conns) }()
	select {
	case err := <-served:
		conns.cut()
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
	if err := errors.Join(srv.Shutdown(wait), conns.wait(wait)); err != nil {
		cancel()
		conns.cut()
		err = errors.Join(err, srv.Close())
		<-served
		return fmt.Errorf("requests were still running: %w", err)
	}
	<-served
	return nil
}
