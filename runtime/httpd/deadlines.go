package httpd

import (
	"sync"
	"sync/atomic"
	"time"
)

// checkEvery is how often the deadlines of connections are looked at.
const checkEvery = 250 * time.Millisecond

// deadline is one of a connection. net/http sets five of them for each request, most of which never come: they are only
// written down here, and whoever looks at all connections every so often lets those fire that are over.
type deadline struct {
	at    atomic.Int64 // nanoseconds since started; 0 is none
	fired atomic.Bool  // the connection itself has a deadline in the past
}

// started is what deadlines are counted from, so that a clock that is set ends no connection and keeps none.
var started = time.Now()

// wakes tells whether a time is not meant as a deadline but to wake a reader.
func wakes(t time.Time) bool { return !t.IsZero() && t.Unix() <= int64(time.Hour/time.Second) }

// set writes a deadline down; apply sets the connection's own, which is needed to wake a reader at once, and to go on
// after a deadline has fired.
func (d *deadline) set(t time.Time, apply func(time.Time) error) error {
	at := int64(0)
	if !t.IsZero() {
		at = max(1, int64(t.Sub(started)))
	}
	d.at.Store(at)
	past := wakes(t)
	if !past && !d.fired.Load() {
		return nil
	}
	d.fired.Store(past)
	if !past {
		t = time.Time{}
	}
	return apply(t)
}

// fire lets a deadline that is over do its work. Should a new one be set in this moment, then it comes too early; but what
// should have been over by then was not.
func (d *deadline) fire(now time.Time, apply func(time.Time) error) {
	if at := d.at.Load(); at != 0 && int64(now.Sub(started)) > at && !d.fired.Load() {
		d.fired.Store(apply(now) == nil)
	}
}

// SetDeadline sets both.
func (g *guarded) SetDeadline(t time.Time) error {
	if err := g.SetReadDeadline(t); err != nil {
		return err
	}
	return g.SetWriteDeadline(t)
}

// SetReadDeadline is when reads begin to fail, a moment later at most. One in the past wakes the reader that waits while a
// handler runs, which needs no help of the system when it is only parked.
func (g *guarded) SetReadDeadline(t time.Time) error {
	if !g.given.Load() && g.ahead.abort(wakes(t)) {
		return nil
	}
	return g.read.set(t, g.Conn.SetReadDeadline)
}

// SetWriteDeadline is when writes begin to fail, a moment later at most.
func (g *guarded) SetWriteDeadline(t time.Time) error {
	return g.write.set(t, g.Conn.SetWriteDeadline)
}

func (g *guarded) check(now time.Time) {
	g.ahead.release(false)
	g.read.fire(now, g.Conn.SetReadDeadline)
	g.write.fire(now, g.Conn.SetWriteDeadline)
	if g.direct != nil {
		g.direct.check()
	}
}

// ahead is the reader that net/http starts while a handler runs, to hear when the client goes. Most handlers end before it
// could hear anything: it is parked until the next look at all connections, and reads only then.
type ahead struct {
	mu      sync.Mutex
	cond    sync.Cond
	parked  bool
	reading bool
	aborted bool
	closed  bool
}

// park waits; false when the reader was woken to give up.
func (a *ahead) park() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.cond.L = &a.mu
	a.parked = !a.aborted && !a.closed
	for a.parked {
		a.cond.Wait()
	}
	a.reading = !a.aborted
	return a.reading
}

// done tells that the read is over.
func (a *ahead) done() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.reading = false
}

// abort wakes the reader to give up, or takes that back. It answers true when the connection's own deadline is not needed.
func (a *ahead) abort(past bool) (enough bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.aborted = past
	if past && a.parked {
		a.parked = false
		a.cond.Signal()
	}
	return past && !a.reading
}

// release lets a parked reader read; after the last time none is parked any more.
func (a *ahead) release(last bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closed = a.closed || last
	if a.parked {
		a.parked = false
		a.cond.Signal()
	}
}
