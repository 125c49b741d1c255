package httpd

import (
	"sync/atomic"
	"time"
)

// checkEvery is how often the deadlines of connections are looked at.
const checkEvery = 250 * time.Millisecond

// deadline is one of a connection. net/http sets five of them for each request, most of which never come: they are only
// written down here, and whoever looks at all connections every so often lets those fire that are over.
type deadline struct {
	at    atomic.Int64 // nanoseconds since 1970; 0 is none
	fired atomic.Bool  // the connection itself has a deadline in the past
}

// longAgo is a time, in nanoseconds since 1970, that nobody means as a deadline but to wake a reader.
const longAgo = int64(time.Hour)

// set writes a deadline down; apply sets the connection's own, which is needed to wake a reader at once, and to go on
// after a deadline has fired.
func (d *deadline) set(t time.Time, apply func(time.Time) error) error {
	at := int64(0)
	if !t.IsZero() {
		at = t.UnixNano()
	}
	d.at.Store(at)
	past := at != 0 && at <= longAgo
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
	if at := d.at.Load(); at != 0 && now.UnixNano() > at && !d.fired.Load() {
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

// SetReadDeadline is when reads begin to fail, a moment later at most.
func (g *guarded) SetReadDeadline(t time.Time) error { return g.read.set(t, g.TCPConn.SetReadDeadline) }

// SetWriteDeadline is when writes begin to fail, a moment later at most.
func (g *guarded) SetWriteDeadline(t time.Time) error {
	return g.write.set(t, g.TCPConn.SetWriteDeadline)
}

func (g *guarded) check(now time.Time) {
	g.read.fire(now, g.TCPConn.SetReadDeadline)
	g.write.fire(now, g.TCPConn.SetWriteDeadline)
}
