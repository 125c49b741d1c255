package httpd

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"
)

// StreamOptions are about streamed answers, server-sent events and sockets. The zero value is fit for a public server.
type StreamOptions struct {
	// Heartbeat is how long a stream of events may be silent before it sends a comment; 0 is 15 seconds.
	Heartbeat time.Duration
	// Ping is how often a client of a socket is asked whether it is there; 0 is 30 seconds. Pong is how long it may take to
	// answer; 0 is as long.
	Ping, Pong time.Duration
	// MaxMessage is the longest message that a socket takes, in bytes; 0 is 1 MiB. A longer one closes it with 1009.
	MaxMessage int64
	// Ending, when it is not nil, ends streams of events and sockets (1001) once it has ended: their program is being replaced.
	Ending context.Context
}

func (o *StreamOptions) defaults() {
	o.Heartbeat = orElse(o.Heartbeat, 15*time.Second)
	o.Ping = orElse(o.Ping, 30*time.Second)
	o.Pong = orElse(o.Pong, o.Ping)
	o.MaxMessage = orElse(o.MaxMessage, 1<<20)
}

// past is a deadline that wakes who writes or reads at once.
var past = time.Unix(1, 0)

// stream is an answer that the program sends piece by piece. Each piece waits until the connection has taken it.
type stream struct {
	x       *Exchange
	rc      *http.ResponseController
	status  int
	timeout time.Duration // of one piece
	events  bool          // வழி ஓடை, where pieces are events
	bare    bool          // the client wants the headers only (HEAD)
	whole   bool          // the block of பதில்_ஓடை has ended as it should
	broken  bool          // the block of பதில்_ஓடை was left by an error
	beat    *time.Timer   // of events
	silence time.Duration // before a heartbeat

	gate  sync.Mutex      // held for a moment
	quit  bool            // the run must end: no piece waits any more
	gone  bool            // the answer is over: its writer is somebody else's soon
	below context.Context // of the piece that waits

	mu   sync.Mutex // held while a piece is written
	open bool       // the headers are out
	over bool       // nothing more may be written
	err  error      // of the connection
	last time.Time  // when the last piece was out
}

func newStream(x *Exchange, h *handler) *stream {
	return &stream{
		x: x, rc: http.NewResponseController(x.writer), timeout: h.opt.WriteTimeout, silence: h.opt.Streams.Heartbeat,
		bare: x.Request.raw.Method == http.MethodHead,
	}
}

// errGone is what a run ends with whose client has gone; it is no failure.
var errGone = context.Canceled

// write sends one piece. When the client is gone, too slow, or has all that it wants, the run ends. In a காலவரம்பு (bounded) ctx may end before the run does.
func (s *stream) write(ctx context.Context, bounded bool, piece string) error {
	if bounded {
		defer context.AfterFunc(ctx, func() { s.hurry(ctx) })()
	}
	err := s.send(ctx, piece)
	switch {
	case err == nil && !s.bare:
		return nil
	case ctx.Err() != nil:
		return ctx.Err() //nolint:wrapcheck // a context's errors are compared
	}
	s.x.run.end(errGone)
	return errGone
}

// send writes a piece, after the headers when they are not out yet.
func (s *stream) send(ctx context.Context, piece string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return errGone
	}
	if s.err == nil {
		s.err = s.enter(ctx)
	}
	if s.err == nil {
		s.header()
		_, s.err = io.WriteString(s.x.writer, piece)
	}
	if s.err == nil {
		s.err = s.rc.Flush()
	}
	s.leave()
	s.last = time.Now()
	return s.err
}

// enter begins a piece that the client may keep waiting, but not long.
func (s *stream) enter(ctx context.Context) error {
	s.gate.Lock()
	defer s.gate.Unlock()
	if s.quit {
		return errGone
	}
	s.below = ctx
	if err := ctx.Err(); err != nil { // hurry may have looked before
		return err //nolint:wrapcheck // a context's errors are compared
	}
	return unsupported(s.rc.SetWriteDeadline(time.Now().Add(s.timeout)))
}

// leave ends a piece.
func (s *stream) leave() {
	s.gate.Lock()
	defer s.gate.Unlock()
	s.below = nil
	if !s.quit && s.err == nil {
		_ = s.rc.SetWriteDeadline(time.Time{})
	}
}

// hurry lets the piece of a context that has ended fail.
func (s *stream) hurry(ctx context.Context) {
	s.gate.Lock()
	defer s.gate.Unlock()
	if s.below == ctx && !s.gone {
		_ = s.rc.SetWriteDeadline(past)
	}
}

// unsupported lets writers without deadlines, as tests have them, write.
func unsupported(err error) error {
	if errors.Is(err, http.ErrNotSupported) {
		return nil
	}
	return err
}

// header sends the headers once; mu is held.
func (s *stream) header() {
	if s.open {
		return
	}
	s.open = true
	s.x.sendCookies(s.x.writer.Header())
	s.x.writer.WriteHeader(s.status)
	if s.events {
		s.beat = time.AfterFunc(s.silence, s.heartbeat)
	}
}

// heartbeat sends a comment when nothing else was sent for a while, which no client looks at, but which finds out those
// that are gone.
func (s *stream) heartbeat() {
	s.mu.Lock()
	quiet, over := time.Since(s.last), s.over || s.err != nil
	s.mu.Unlock()
	if over {
		return
	}
	if quiet >= s.silence {
		if s.send(&s.x.run, comment) != nil {
			s.x.run.end(errGone)
			return
		}
		quiet = 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.over {
		s.beat.Reset(s.silence - quiet)
	}
}

// comment is a line of a stream of events that says nothing.
const comment = ":\n\n"

// interrupt lets the piece that waits for the client fail, and all later ones.
func (s *stream) interrupt() {
	s.gate.Lock()
	defer s.gate.Unlock()
	s.quit = true
	if !s.gone {
		_ = s.rc.SetWriteDeadline(past)
	}
}

// close ends the writing, and waits for a heartbeat that is on its way.
func (s *stream) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
	if s.beat != nil {
		s.beat.Stop()
	}
	s.gate.Lock()
	defer s.gate.Unlock()
	s.gone = true
	if s.err == nil && s.open { // the end of it must go out
		_ = s.rc.SetWriteDeadline(time.Now().Add(s.timeout))
	}
}

// begin makes the stream the answer of its exchange: it may take as long as its client stays.
func (s *stream) begin(ends ...context.Context) {
	s.x.stream = s
	s.x.run.release(ends...)
	s.x.run.AfterFunc(s.interrupt)
	_ = s.rc.SetReadDeadline(time.Time{}) // net/http's, which would end the context of a request that takes long
}

// answerLasting answers a route whose answer lasts as long as its client stays: it is not counted among the requests that may
// run at once.
func (h *handler) answerLasting(x *Exchange, l *leaf) {
	h.running.Add(-1)
	defer h.running.Add(1)
	if l.Kind == Socket {
		h.answerSocket(x, l)
		return
	}
	h.answerEvents(x, l)
}

// endStream ends a streamed answer. What failed before the first byte is answered as any failure; after it the client must
// see that something is missing: the connection is cut.
func (h *handler) endStream(x *Exchange, err error) {
	s := x.stream
	h.running.Add(1) // respondStream took it out
	if err == nil && s.whole && !s.open {
		err = s.send(&x.run, "")
	}
	s.close()
	switch {
	case err != nil && !s.open:
		h.fail(x, err)
		return
	case err != nil && !h.cancelled(x, err) && h.opt.Report != nil:
		h.opt.Report(x.Trace(), x.Request.raw, err)
	}
	x.cut = s.err != nil || !s.bare && (err != nil || s.broken)
}

// cancelled tells whether an error is only that the client is gone, or that the server ends.
func (h *handler) cancelled(x *Exchange, err error) bool {
	return errors.Is(err, context.Canceled) && x.run.Err() != nil
}

// abort lets the connection of an answer that was not finished end, in the way that net/http, HTTP/2 and direct know.
func (x *Exchange) abort() {
	if x.cut {
		panic(http.ErrAbortHandler)
	}
}
