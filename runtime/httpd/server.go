package httpd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// The limits that keep slow and endless clients from holding the server.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = 60 * time.Second
	idleTimeout   = 2 * time.Minute
	maxHeader     = 64 << 10
	defaultGrace  = 10 * time.Second
)

// Serve answers requests on a listener until ctx ends. Then no new request is taken, running ones have o.Grace to finish,
// and what still runs is cancelled. The listener is closed. The error is the listener's, or nil after a stop.
func Serve(ctx context.Context, ln net.Listener, h http.Handler, o Options) error {
	base, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	srv := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		BaseContext:       func(net.Listener) context.Context { return base },
		ErrorLog:          log.New(io.Discard, "", 0), // broken clients are no news
	}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(ln) }()
	select {
	case err := <-served:
		return fmt.Errorf("serve %s: %w", ln.Addr(), err)
	case <-ctx.Done():
	}
	grace := o.Grace
	if grace <= 0 {
		grace = defaultGrace
	}
	wait, done := context.WithTimeout(base, grace)
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
