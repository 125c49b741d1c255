package httpd

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// direct answers the requests of a connection without net/http, as long as they are what nearly all requests are:
// HTTP/1.1, whole when they are read, with nothing special about them. The handler is the same, and costs half as much
// around it. The first other request goes to net/http with the connection, for good: there slow clients, chunks, upgrades
// and errors are dealt with.
type direct struct {
	g       *guarded
	l       *listener
	cancel  context.CancelFunc // ends the context of all its requests, when the client is gone while one runs
	like    *http.Request      // what all its requests have in common
	raw     syscall.RawConn    // nil where reading takes more than that
	in      []byte             // in[from:to] is read and not answered; nil while nothing is
	err     error              // of reading
	ready   func(uintptr) bool // readNow
	from    int
	to      int
	reply   reply
	running atomic.Bool // a handler runs
}

// inSize is how long a request may be that is answered here.
const inSize = 4 << 10

func newDirect(l *listener, g *guarded) *direct {
	d := &direct{g: g, l: l}
	d.reply = reply{d: d, header: http.Header{}}
	return d
}

// run answers requests until the connection ends; over tells that net/http must go on with it.
func (d *direct) run() (over bool) {
	ctx, cancel := context.WithCancel(d.l.base)
	defer cancel()
	d.cancel = cancel
	d.listen()
	d.like = (&http.Request{Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, RemoteAddr: d.g.RemoteAddr().String()}).WithContext(ctx)
	for wait := d.l.opt.HeaderTimeout; d.fill(wait); wait = d.l.opt.IdleTimeout {
		for d.from < d.to {
			r := new(received)
			if !r.parse(d.in[d.from:d.to], d.like) {
				return true
			}
			if d.from += r.size; d.from == d.to && r.ContentLength == 0 {
				d.drop() // the request has texts of its own, and may take very long
			}
			if !d.answer(r) {
				return false
			}
		}
	}
	return false
}

// fill waits for the next request.
func (d *direct) fill(wait time.Duration) bool {
	// In this order: what wakes the reader at the end must not be taken back.
	if d.g.read.set(d.l.after(wait), d.g.Conn.SetReadDeadline) != nil {
		return false
	}
	if d.l.closing.Load() && d.g.Conn.SetReadDeadline(started.Add(time.Duration(d.l.lastAt.Load()))) != nil {
		return false
	}
	d.from = 0
	d.to, d.err = d.read()
	return d.err == nil
}

// inputs are buffers of connections that have something to say.
var inputs = sync.Pool{New: func() any { return new([inSize]byte) }}

// drop gives the buffer back.
func (d *direct) drop() {
	if d.in != nil {
		inputs.Put((*[inSize]byte)(d.in))
		d.in, d.from, d.to = nil, 0, 0
	}
}

// take takes a buffer.
func (d *direct) take() {
	if d.in == nil {
		room, _ := inputs.Get().(*[inSize]byte)
		d.in = room[:]
	}
}

// answer lets the handler answer, and tells whether the connection can go on. A handler that panics loses it.
func (d *direct) answer(r *received) (more bool) {
	if d.g.write.set(d.l.after(d.l.opt.WriteTimeout), d.g.Conn.SetWriteDeadline) != nil {
		return false
	}
	d.reply.start(r)
	d.running.Store(true)
	defer func() {
		d.running.Store(false)
		r.body.Reset(nil) // its bytes are the next request's soon
		d.reply.end()
		if recover() != nil {
			more = false
		}
	}()
	d.l.handler.ServeHTTP(&d.reply, &r.Request)
	return d.reply.finish()
}

// check ends the context of a running handler whose client is gone.
func (d *direct) check() {
	if d.running.Load() && gone(d.g.Conn) {
		d.cancel()
	}
}
