package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"

	"github.com/etamil-lang/etamil/runtime/httpd"
)

// live is a server whose program is replaced when its files change. The listener and its connections stay.
type live struct {
	mu      sync.RWMutex
	current *service
	stop    func()         // ends the schedules of current
	retired sync.WaitGroup // programs that still have requests
}

// develop serves a program until ctx ends, and its next version whenever a file of it changes.
func develop(ctx context.Context, ln net.Listener, s *service, o serveOptions, opt httpd.Options, file, dir string) error {
	l := &live{current: s, stop: s.schedule(ctx)}
	watching, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	wg.Go(func() {
		w := newWatcher(file, s.prog)
		defer w.close()
		for w.next(watching) {
			l.replace(watching, s.app, s.log, o, w, file, dir)
		}
	})
	err := httpd.Serve(ctx, ln, l, opt)
	cancel()
	wg.Wait()
	l.stop()
	l.current.close()
	l.retired.Wait()
	return err //nolint:wrapcheck // it names the address
}

// ServeHTTP lets the version answer that is there when the request comes.
func (l *live) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.mu.RLock()
	s := l.current
	s.running.Add(1)
	l.mu.RUnlock()
	defer s.running.Done()
	s.handler.ServeHTTP(w, r)
}

// replace starts the program as its files are now. When it does not start, which was shown, the old one goes on.
func (l *live) replace(ctx context.Context, a *app, log *serverLog, o serveOptions, w *watcher, file, dir string) {
	next, err := a.start(ctx, log, o, file, dir)
	w.watch(next.prog)
	if err != nil {
		next.close()
		if ctx.Err() != nil {
			return
		}
		var shown status
		if !errors.As(err, &shown) {
			log.say("✗ " + err.Error())
		}
		log.say(a.text("பிழை உள்ளது; பழைய பதிப்பே தொடர்கிறது", "there are errors; the old version goes on"))
		return
	}
	stop := next.schedule(ctx)
	l.mu.Lock()
	old := l.current
	l.current = next
	l.mu.Unlock()
	l.stop()
	l.stop = stop
	l.retired.Go(func() {
		old.running.Wait()
		old.close()
	})
	log.say(a.text("↻ புதிய பதிப்பு வழங்கப்படுகிறது", "the new version is served"))
	next.table()
}
