package httpd

import (
	"context"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"
)

// socket is a WebSocket. Its frames are coder/websocket's. The program reads itself when it asks for a message, so that it has
// answered one message before the next one, or the close, is looked at. While it does something else for longer, a goroutine
// reads, so that pings and closes are answered; another one writes what groups are told, while there is something.
type socket struct {
	x       *Exchange
	opt     StreamOptions
	timeout time.Duration   // of one message
	conn    *websocket.Conn // nil until the first word of the socket
	net     net.Conn        // below it
	inbox   chan incoming   // what was read beside the program; closed when no message will come
	running sync.WaitGroup  // what runs beside the program
	heard   atomic.Int64    // pieces of messages that came
	queue   queue           // what groups were told
	hub     *Hub
	groups  map[groupKey]struct{}
	shut    bool  // by the program itself
	held    int64 // of the room for bodies, by the last message

	writing sync.Mutex // held while messages are written, so that they keep their order

	mu       sync.Mutex
	taking   bool                 // somebody reads a message
	inline   bool                 // it is the program itself
	away     bool                 // the program does not wait for a message
	below    context.Context      // of the message that waits for the client
	quit     bool                 // no message waits any more
	closed   bool                 // a close is on its way, or done
	over     bool                 // nothing may begin to run any more
	fate     websocket.StatusCode // why nothing more is read from the client, which any close tells
	told     bool                 // the program knows that nothing will come
	beat     *time.Timer          // sends pings
	look     *time.Timer          // reads while the program is away
	lastWord *time.Timer          // ends a run that does not ask, once the client is gone
}

// incoming is a message of the client.
type incoming struct {
	data   []byte
	binary bool
}

const (
	// maxInbox is how many messages wait for the program before the client must.
	maxInbox = 4
	// awayFor is how long the program may do something else before somebody looks what its client does.
	awayFor = time.Second
	// askWithin is how long a run may go on without asking for the next message once its client is gone.
	askWithin = 5 * time.Second
	// closeWithin is how long a client may take to answer a close.
	closeWithin = 5 * time.Second
)

// answerSocket serves a வழி சாக்கெட். The socket opens with its first word; until then பதில் answers instead.
func (h *handler) answerSocket(x *Exchange, l *leaf) {
	if refused := h.upgradable(x); refused != nil {
		x.refuse(refused)
		return
	}
	last := lastingOf(x)
	last.enter()
	defer last.leave()
	s := &socket{x: x, opt: h.opt.Streams, timeout: h.opt.WriteTimeout, away: true}
	x.socket = s
	x.run.release(Ending(x.Request.raw), h.opt.Streams.Ending)
	err := safely(l.Run, x)
	if s.conn == nil && err == nil && !x.Response.Sent {
		err = s.open()
	}
	if s.conn == nil {
		h.instead(x, err)
		return
	}
	s.end(h.farewell(x, err))
}

// farewell is the code and the reason that a run's end closes its socket with.
func (h *handler) farewell(x *Exchange, err error) (websocket.StatusCode, string) {
	switch {
	case err == nil:
		return websocket.StatusNormalClosure, ""
	case h.cancelled(x, err):
		return websocket.StatusGoingAway, ""
	}
	if h.opt.Report != nil {
		h.opt.Report(x.Trace(), x.Request.raw, err)
	}
	return websocket.StatusInternalError, x.Trace()
}

// send writes a message, after those that groups were told before. It waits until the connection has taken it. In a காலவரம்பு (bounded)
// ctx may end before the run does.
func (s *socket) send(ctx context.Context, bounded bool, m *message) error {
	if bounded {
		defer context.AfterFunc(ctx, func() { s.hurry(ctx) })()
	}
	err := s.flush(ctx, m)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err() //nolint:wrapcheck // a context's errors are compared
	}
	s.x.run.end(errGone)
	return errGone
}

// flush writes what groups were told, and more after it.
func (s *socket) flush(ctx context.Context, more ...*message) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	for _, m := range append(s.queue.take(), more...) {
		if err := s.write(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// write writes one message; writing is held.
func (s *socket) write(ctx context.Context, m *message) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.leave()
	kind := websocket.MessageText
	if m.binary {
		kind = websocket.MessageBinary
	}
	return s.conn.Write(context.Background(), kind, m.data) //nolint:wrapcheck // nobody is shown it
}

// enter begins a write that the client may keep waiting.
func (s *socket) enter(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.quit {
		return net.ErrClosed
	}
	if err := ctx.Err(); err != nil { // hurry may have looked before
		return err //nolint:wrapcheck // a context's errors are compared
	}
	s.below = ctx
	return s.net.SetWriteDeadline(time.Now().Add(s.timeout)) //nolint:wrapcheck // nobody is shown it
}

func (s *socket) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.below = nil
	if !s.quit {
		_ = s.net.SetWriteDeadline(time.Time{})
	}
}

// hurry lets the write of a context that has ended fail.
func (s *socket) hurry(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.below == ctx {
		_ = s.net.SetWriteDeadline(past)
	}
}

// interrupt lets what the program waits for fail, and all that it would wait for later.
func (s *socket) interrupt() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.quit = true
	if s.below != nil {
		_ = s.net.SetWriteDeadline(past)
	}
	if s.inline {
		_ = s.net.SetReadDeadline(past)
	}
}

// offer leaves a message of a group to be sent. A client that is too far behind is closed with 1013.
func (s *socket) offer(m *message) bool {
	what := s.queue.put(m)
	switch what {
	case full:
		s.async(func() { s.close(websocket.StatusTryAgainLater, "") })
	case first:
		s.async(func() {
			if s.flush(&s.x.run) != nil {
				s.x.run.end(errGone)
			}
		})
	}
	return what >= first
}

// async runs f beside the program, unless the socket is over.
func (s *socket) async(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.over {
		s.running.Go(f)
	}
}
