package httpd

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/coder/websocket"

	"github.com/etamil-lang/etamil/runtime/value"
)

// receive waits for the next message; false once there will be none. In a காலவரம்பு (bounded) the reading must outlast it, and
// is done beside the program.
func (s *socket) receive(ctx context.Context, bounded bool) (m incoming, more bool, err error) {
	s.mu.Lock()
	s.away = false
	switch {
	case s.told, s.closed && !s.taking && len(s.inbox) == 0:
		s.told = true
		s.mu.Unlock()
		return m, false, nil
	case len(s.inbox) == 0 && !s.taking && !s.closed && !bounded:
		if s.quit {
			s.mu.Unlock()
			return m, false, errGone
		}
		s.taking, s.inline = true, true
		s.mu.Unlock()
		return s.read(ctx)
	}
	s.take()
	s.mu.Unlock()
	select {
	case m, more = <-s.inbox:
		s.received(more)
		return m, more, nil
	case <-ctx.Done():
		return m, false, ctx.Err() //nolint:wrapcheck // a context's errors are compared
	}
}

// received notes what the program knows now, and that it will be away with it.
func (s *socket) received(more bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told, s.away = !more, more
	if more {
		s.look.Reset(awayFor)
	}
	if s.lastWord != nil {
		s.lastWord.Stop()
		if more {
			s.lastWord.Reset(askWithin)
		}
	}
}

// read receives a message for the program itself.
func (s *socket) read(ctx context.Context) (incoming, bool, error) {
	m, err := s.next()
	s.mu.Lock()
	s.taking, s.inline = false, false
	if err != nil && !s.quit {
		s.fate = closeCode(err)
	}
	s.mu.Unlock()
	switch {
	case err == nil:
		s.received(true)
		return m, true, nil
	case ctx.Err() != nil:
		return m, false, ctx.Err() //nolint:wrapcheck // a context's errors are compared
	}
	s.received(false)
	s.async(func() { s.close(websocket.StatusProtocolError, "") }) // or fate
	return m, false, nil
}

// closeCode is what answers an error of reading that coder/websocket has not answered.
func closeCode(err error) websocket.StatusCode {
	if errors.Is(err, errNotText) {
		return websocket.StatusInvalidFramePayloadData
	}
	return websocket.StatusProtocolError
}

// take lets a message be read beside the program, if there is room for it and nobody does; mu is held.
func (s *socket) take() {
	if !s.taking && !s.closed && !s.over && len(s.inbox) < maxInbox {
		s.taking = true
		s.running.Go(s.readBeside)
	}
}

// readBeside receives a message for when the program asks.
func (s *socket) readBeside() {
	m, err := s.next()
	s.mu.Lock()
	if err == nil {
		s.taking = false
		s.inbox <- m // there is room
		s.mu.Unlock()
		return
	}
	s.warn()
	close(s.inbox) // taking stays, so that nobody reads any more
	s.mu.Unlock()
	s.close(closeCode(err), "")
}

// warn lets the run end soon unless it asks, and so learns, that the client is gone; mu is held.
func (s *socket) warn() {
	if !s.told && !s.over && s.lastWord == nil {
		s.lastWord = time.AfterFunc(askWithin, func() { s.x.run.end(errGone) })
	}
}

// lookAround reads while the program is away for long.
func (s *socket) lookAround() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.away && !s.over {
		s.take()
		s.look.Reset(awayFor)
	}
}

// errNotText is why a text message is refused.
var errNotText = errors.New("a text message is not UTF-8")

// firstRoom is how much room a message gets before its length is known.
const firstRoom = 512

// next receives one message. A text is refused as soon as it cannot become UTF-8 any more.
func (s *socket) next() (incoming, error) {
	kind, r, err := s.conn.Reader(context.Background())
	if err != nil {
		return incoming{}, err //nolint:wrapcheck // nobody is shown it
	}
	m := incoming{binary: kind == websocket.MessageBinary, data: make([]byte, 0, firstRoom)}
	valid := 0
	for {
		if len(m.data) == cap(m.data) {
			m.data = slices.Grow(m.data, len(m.data))
		}
		n, err := r.Read(m.data[len(m.data):cap(m.data)])
		m.data = m.data[:len(m.data)+n]
		s.heard.Add(1)
		if !m.binary {
			var ok bool
			if valid, ok = validUpTo(m.data, valid, err != nil); !ok {
				return m, errNotText
			}
		}
		if errors.Is(err, io.EOF) {
			return m, nil
		}
		if err != nil {
			return m, err //nolint:wrapcheck // nobody is shown it
		}
	}
}

// validUpTo goes on from where a text is known to be UTF-8, and tells whether it still may be. At the end of the text a
// character must be whole.
func validUpTo(p []byte, from int, end bool) (valid int, ok bool) {
	for from < len(p) {
		if p[from] < utf8.RuneSelf {
			from++
			continue
		}
		if !end && !utf8.FullRune(p[from:]) {
			return from, true
		}
		r, size := utf8.DecodeRune(p[from:])
		if r == utf8.RuneError && size == 1 {
			return from, false
		}
		from += size
	}
	return from, true
}

// ping asks whether the client is still there. While the program does not receive, nobody could hear the answer.
func (s *socket) ping() {
	heard := s.heard.Load()
	if s.listens() {
		ctx, cancel := context.WithTimeout(context.Background(), s.opt.Pong)
		err := s.conn.Ping(ctx)
		cancel()
		if err != nil && heard == s.heard.Load() && s.listens() {
			_ = s.conn.CloseNow() // which who reads notices
			return
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed && !s.over {
		s.beat.Reset(s.opt.Ping)
	}
}

// listens tells whether somebody reads.
func (s *socket) listens() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.taking
}

// close closes the socket with a code and a reason, and waits for the client to agree, but not long. Only the first close counts.
func (s *socket) close(code websocket.StatusCode, reason string) {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.closed, s.quit = true, true
	s.warn()
	if s.fate != 0 {
		code, reason = s.fate, ""
	}
	soon := time.Now().Add(closeWithin)
	_ = s.net.SetWriteDeadline(soon)
	_ = s.net.SetReadDeadline(soon)
	s.mu.Unlock()
	s.queue.end()
	_ = s.conn.Close(code, reason) // it may be gone
}

// closeNow is சாக்கெட்_மூடு.
func (s *socket) closeNow(ctx context.Context, code websocket.StatusCode, reason string) error {
	s.shut = true
	s.mu.Lock()
	s.told = true
	s.mu.Unlock()
	done := make(chan struct{})
	s.async(func() {
		defer close(done)
		_ = s.flush(ctx)
		s.close(code, reason)
	})
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err() //nolint:wrapcheck // a context's errors are compared
	}
}

// end closes the socket when its run has ended, and waits for all that runs beside it.
func (s *socket) end(code websocket.StatusCode, reason string) {
	for k := range s.groups {
		s.hub.leave(k, s)
	}
	_ = s.flush(&s.x.run)
	s.close(code, reason)
	s.mu.Lock()
	s.over = true
	s.beat.Stop()
	s.look.Stop()
	if s.lastWord != nil {
		s.lastWord.Stop()
	}
	s.mu.Unlock()
	s.running.Wait()
	s.hold(0)
}

// hold takes room for a message, in the place of the one before, which the program had until now; false when there is none.
func (s *socket) hold(size int64) bool {
	room := &s.x.handler.bodies
	taken := room.taken.Add(size - s.held)
	s.held = size
	return taken <= room.size
}

// overfull closes a socket whose message finds no room: its program hears that nothing more comes.
func (s *socket) overfull() {
	s.hold(0)
	s.mu.Lock()
	s.told, s.fate = true, websocket.StatusTryAgainLater
	s.mu.Unlock()
	s.async(func() { s.close(websocket.StatusTryAgainLater, "") })
}

// size is how many bytes a message takes in the program.
func (m incoming) size() int64 {
	if m.binary {
		return int64(value.SizeArray + len(m.data)*value.SizeValue)
	}
	return int64(value.SizeText + len(m.data))
}

// value is a message as the program has it: a text, or an array of bytes.
func (m incoming) value() value.Value {
	if !m.binary {
		return value.FromText(string(m.data))
	}
	items := make([]value.Value, len(m.data))
	for i, b := range m.data {
		items[i] = value.FromInt(int64(b))
	}
	return value.FromItems(items)
}
