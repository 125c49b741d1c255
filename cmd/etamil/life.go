package main

import (
	"context"
	"net"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
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
	manager *lifecycle.Manager
	handed  chan int        // the process that serves in place of this one
	serving context.Context // ends with the server
	still   func()          // lets nothing change any more; nil when nothing does

	listeners []lifecycle.Inherited // that a new process would get
	upgrading atomic.Bool

	mu      sync.Mutex
	current *service
}

// newLive makes it hear signals from now on; run must follow.
func newLive(a *app, log *serverLog, o serveOptions, s *service) *live {
	l := &live{
		app: a, log: log, o: o, current: s, signals: make(chan os.Signal, 16), handed: make(chan int),
		manager: lifecycle.NewManager(os.Getenv, os.Getpid()),
	}
	l.listen()
	return l
}

// run answers requests with h until ctx ends, the program stops its server or another process has taken it over, and then
// ends everything in order: /ready says 503, no schedule begins, the program's blocks for the signal run; for as long as Drain
// nothing else changes; then no connection is taken, and requests and streams, schedules, and tasks end, in all within the
// grace period; then the நிறுத்தும்போது blocks run, and pools and databases are closed.
func (l *live) run(ctx context.Context, ln net.Listener, h http.Handler, opt httpd.Options) error {
	serving, stop := context.WithCancelCause(context.WithoutCancel(ctx))
	l.serving = serving
	l.listeners = []lifecycle.Inherited{{Name: mainListener, Listener: ln}}
	if opt.Redirect != nil {
		l.listeners = append(l.listeners, lifecycle.Inherited{Name: redirectListener, Listener: opt.Redirect})
	}
	l.version().schedule(ctx)
	ending := make(chan ending, 1)
	over := make(chan struct{})
	var beside sync.WaitGroup
	beside.Go(func() {
		end := l.await(ctx, over, &beside)
		ending <- end
		stop(httpd.Stop{Grace: time.Until(end.deadline) - end.drain, HandedOver: end.handed})
	})
	beside.Go(func() { l.manager.Watch(serving, l.alive) })
	l.tell("READY=1", "STATUS="+ln.Addr().String())
	l.word()
	err := httpd.Serve(serving, ln, h, opt)
	close(over)
	beside.Wait()
	if l.still != nil {
		l.still()
	}
	signal.Stop(l.signals)
	l.end(ctx, (<-ending).deadline)
	return err //nolint:wrapcheck // it names the address
}

// ending is how a server ends.
type ending struct {
	deadline time.Time // when everything but the blocks of the end must have ended
	drain    time.Duration
	handed   bool // another process serves
}

// await handles signals until the server is to end, or has ended by itself.
func (l *live) await(ctx context.Context, over <-chan struct{}, beside *sync.WaitGroup) ending {
	for {
		select {
		case s := <-l.signals:
			if !l.signalled(ctx, lifecycle.NameOf(s), beside) {
				continue
			}
		case pid := <-l.handed:
			return l.leave(ctx, pid)
		case <-ctx.Done():
		case <-l.o.life.Stopping():
		case <-over:
			return ending{deadline: time.Now().Add(l.o.grace)}
		}
		return l.unready(ctx)
	}
}

// unready is the beginning of the end: nobody should ask any more, and the program's blocks for the signal run.
func (l *live) unready(ctx context.Context) ending {
	l.o.stopping.Store(true)
	l.tell("STOPPING=1", lifecycle.Extend(l.o.drain+3*l.o.grace))
	s := l.version()
	s.running.halt()
	if i, ok := context.Cause(ctx).(lifecycle.Interrupt); ok { //nolint:errorlint // main's own
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.o.grace)
		s.signalled(limited, lifecycle.NameOf(i.Signal))
		cancel()
	}
	return ending{deadline: time.Now().Add(l.o.drain + l.o.life.Grace(l.o.grace)), drain: l.o.drain}
}

// leave is the beginning of the end when another process serves: nobody needs to notice.
func (l *live) leave(ctx context.Context, pid int) ending {
	l.tell("MAINPID=" + strconv.Itoa(pid))
	for _, ln := range l.listeners {
		if u, ok := ln.Listener.(*net.UnixListener); ok {
			u.SetUnlinkOnClose(false) // it is the other one's now
		}
	}
	s := l.version()
	s.running.halt()
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.o.grace)
	s.sayFarewell(limited)
	cancel()
	return ending{deadline: time.Now().Add(l.o.grace), handed: true}
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

// listen hears the signals that the version of now handles, but for those that end the server, which main hears; and the one
// that asks for a new process, or ends a server whose terminal is closed. What an older version has handled is still heard, and
// then ignored: between two versions no signal may end the process.
func (l *live) listen() {
	names := l.version().signalNames()
	if hangUp, _ := lifecycle.Signal(hangUpName); hangUp != nil && !signal.Ignored(hangUp) {
		names = append(names, hangUpName)
	}
	for _, name := range names {
		if s, _ := lifecycle.Signal(name); s != nil && name != "SIGINT" && name != "SIGTERM" {
			signal.Notify(l.signals, s)
		}
	}
}

// hangUpName is the signal that asks for a new process in place of this one, unless the program handles it.
const hangUpName = "SIGHUP"

// signalled does what a signal asks for; it answers whether the server ends.
func (l *live) signalled(ctx context.Context, name string, beside *sync.WaitGroup) (ends bool) {
	s := l.version()
	switch {
	case name != hangUpName || slices.Contains(s.signalNames(), name):
		s.signalled(context.WithoutCancel(ctx), name)
	case l.o.dev || hasTerminal():
		return true
	default:
		beside.Go(func() { l.upgrade(ctx) })
	}
	return false
}

// alive tells systemd's watchdog that nothing holds the server up.
func (l *live) alive() bool { return l.version() != nil }

// tell tells systemd something, if it has started us.
func (l *live) tell(lines ...string) {
	if err := l.manager.Tell(lines...); err != nil {
		l.log.say("✗ " + err.Error())
	}
}

func (l *live) version() *service {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.current
}
