package main

import (
	"context"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"time"

	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/httpd"
	"github.com/etamil-lang/etamil/runtime/lifecycle"
)

// defaultGrace is how long what runs has to end when neither the command nor the program says.
const defaultGrace = 10 * time.Second

// newLife makes the life of a server, whose programs may name their default database.
func newLife() *lifecycle.Life {
	l := lifecycle.New()
	l.Database = func(ctx context.Context, url string) {
		if session := data.From(ctx); session != nil {
			session.SetDefault(url)
		}
	}
	return l
}

// live is a program that is being served: its version of now, the signals that it handles, and its end.
type live struct {
	app     *app
	log     *serverLog
	o       serveOptions
	signals chan os.Signal

	mu      sync.Mutex
	current *service
}

func newLive(a *app, log *serverLog, o serveOptions, s *service) *live {
	return &live{app: a, log: log, o: o, signals: make(chan os.Signal, 16), current: s}
}

// run answers requests with h until ctx ends or the program stops its server, and then ends everything in order: /ready says
// 503, no schedule begins, the program's blocks for the signal run; for as long as Drain nothing else changes; then no
// connection is taken, and requests and streams, schedules, and tasks end, in all within the grace period; then the
// நிறுத்தும்போது blocks run, and pools and databases are closed.
func (l *live) run(ctx context.Context, ln net.Listener, h http.Handler, opt httpd.Options) error {
	serving, stop := context.WithCancelCause(context.WithoutCancel(ctx))
	l.version().schedule()
	l.listen()
	until := make(chan time.Time, 1)
	over := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		deadline, asked := l.await(ctx, over)
		until <- deadline
		if asked {
			stop(httpd.Stop{Grace: time.Until(deadline) - l.o.drain})
		}
	})
	err := httpd.Serve(serving, ln, h, opt)
	close(over)
	watching.Wait()
	stop(nil)
	signal.Stop(l.signals)
	l.end(ctx, <-until)
	return err //nolint:wrapcheck // it names the address
}

// await handles signals until the server is to end, and answers when everything must have ended; asked is false when the
// server has ended by itself.
func (l *live) await(ctx context.Context, over <-chan struct{}) (deadline time.Time, asked bool) {
	for {
		select {
		case s := <-l.signals:
			l.version().signalled(context.WithoutCancel(ctx), lifecycle.NameOf(s))
			continue
		case <-ctx.Done():
		case <-l.o.life.Stopping():
		case <-over:
			return time.Now().Add(l.o.grace), false
		}
		l.o.stopping.Store(true)
		s := l.version()
		s.running.halt()
		if i, ok := context.Cause(ctx).(lifecycle.Interrupt); ok { //nolint:errorlint // main's own
			limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.o.grace)
			s.signalled(limited, lifecycle.NameOf(i.Signal))
			cancel()
		}
		return time.Now().Add(l.o.drain + l.o.life.Grace(l.o.grace)), true
	}
}

// end ends what has no requests any more. The blocks of the end have a grace period of their own.
func (l *live) end(ctx context.Context, deadline time.Time) {
	s := l.version()
	limited, cancel := context.WithDeadline(context.WithoutCancel(ctx), deadline)
	s.finish(limited)
	cancel()
	limited, cancel = context.WithTimeout(context.WithoutCancel(ctx), l.o.grace)
	s.shutDown(limited)
	cancel()
	s.close()
}

// listen hears the signals that the version of now handles, but for those that end the server, which main hears.
func (l *live) listen() {
	signal.Stop(l.signals)
	for _, name := range l.version().signalNames() {
		if s, _ := lifecycle.Signal(name); s != nil && name != "SIGINT" && name != "SIGTERM" {
			signal.Notify(l.signals, s)
		}
	}
}

func (l *live) version() *service {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.current
}
