package httpd

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync/atomic"
)

// guarded is a connection that is read along with net/http. A request that says its length in two ways (RFC 9112, 6.3) is
// taken as chunked by net/http, which tells nobody: behind a proxy that believes the other length, what follows would be
// a request that the proxy has never seen. Here it is answered with 400 and the connection closed, as is one whose length
// stands on the line after its name, or far behind it, where not everybody looks.
//
// Only requests without a body or with a Content-Length can be followed by another one, because every chunked request is
// the last of its connection (framedTwice), so that the places of the headers are found without reading chunks.
type guarded struct {
	net.Conn // what HTTP is spoken on: the connection itself, or TLS over it
	scan     scanner
	bad      atomic.Int64 // the number of the request that is refused, from 1; 0 for none
	chunked  atomic.Int64 // the number of the request that says that it comes in chunks; 0 for none
	handled  int64        // requests that a handler has begun
	given    atomic.Bool  // net/http has given it away: what follows is no HTTP
	busy     atomic.Bool  // a handler has begun to answer; what is written is no error of net/http
	read     deadline
	write    deadline
	ahead    ahead
	list     *listener
	early    bool    // net/http does not have the connection yet; under the list's lock, as the next
	direct   *direct // while it is answered here
	before   []byte  // was read before net/http had it
}

// guardKey finds the connection in the context of a request.
type guardKey struct{}

// framedTwice tells whether a request must not be answered by the program, and marks every chunked one as the last.
func framedTwice(w http.ResponseWriter, r *http.Request) bool {
	if r.ProtoMajor > 1 { // frames know their length, and net/http compares it with the first that is said, if it is a number
		said := r.Header["Content-Length"]
		return len(said) > 1 || len(said) == 1 && (said[0] == "" || !each(said[0], digit))
	}
	if len(r.TransferEncoding) > 0 {
		w.Header()["Connection"] = closeHeader
	}
	g, _ := r.Context().Value(guardKey{}).(*guarded)
	if g == nil {
		return false
	}
	g.handled++
	g.busy.Store(true)
	// Chunks came with HTTP/1.1: net/http takes such a request of HTTP/1.0 as one without a body (RFC 9112, 6.1).
	old := !r.ProtoAtLeast(1, 1) && g.chunked.Load() == g.handled
	return old || g.bad.Load() == g.handled
}

func withGuard(ctx context.Context, c net.Conn) context.Context {
	switch c := c.(type) {
	case *guarded:
		return context.WithValue(ctx, guardKey{}, c)
	case *secured:
		return context.WithValue(ctx, guardKey{}, c.guarded)
	}
	return ctx
}

// Read reads, and looks at what it has read.
func (g *guarded) Read(p []byte) (int, error) {
	if g.given.Load() {
		return g.next(p)
	}
	switch {
	case g.scan.frames: // nothing to look for, and what is written is never replaced
	case len(p) > 1 || len(g.before) > 0:
		g.busy.Store(false)
	default: // net/http reads one byte ahead while a handler runs
		if !g.ahead.park() {
			return 0, os.ErrDeadlineExceeded
		}
		defer g.ahead.done()
	}
	n, err := g.next(p)
	if n > 0 && g.bad.Load() == 0 && g.scan.feed(p[:n]) {
		g.bad.Store(g.scan.requests)
	}
	if g.scan.chunked {
		g.chunked.Store(g.scan.requests)
	}
	if g.scan.frames {
		g.busy.Store(true)
	}
	return n, err
}

// next reads what was read before, then from the connection.
func (g *guarded) next(p []byte) (int, error) {
	if len(g.before) == 0 {
		return g.Conn.Read(p) //nolint:wrapcheck // net/http knows these
	}
	n := copy(p, g.before)
	if g.before = g.before[n:]; len(g.before) == 0 {
		g.before = nil
	}
	return n, nil
}

// Write replaces the errors that net/http writes by itself, which are one line of English, by ours.
func (g *guarded) Write(p []byte) (int, error) {
	if status := ownError(p); status > 0 && !g.busy.Load() {
		if _, err := g.Conn.Write(rawError(status)); err != nil {
			return 0, err //nolint:wrapcheck // net/http knows these
		}
		return len(p), nil
	}
	return g.Conn.Write(p) //nolint:wrapcheck // net/http knows these
}

// ReadFrom lets the system copy a file where it can.
func (g *guarded) ReadFrom(r io.Reader) (int64, error) {
	return io.Copy(g.Conn, r) //nolint:wrapcheck // net/http knows these
}

// CloseWrite tells the client that nothing more follows.
func (g *guarded) CloseWrite() error {
	if half, ok := g.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite() //nolint:wrapcheck // net/http knows these
	}
	return nil
}

// Close closes the connection.
func (g *guarded) Close() error {
	g.list.remove(g)
	defer g.ahead.release(true) // what it reads then is the end
	return g.Conn.Close()       //nolint:wrapcheck // net/http knows these
}

// ownError is the status of an error that net/http writes past all handlers, 0 for everything else.
func ownError(p []byte) int {
	rest, ok := bytes.CutPrefix(p, []byte("HTTP/1.1 "))
	if !ok || len(rest) < 4 {
		return 0
	}
	_, after, ok := bytes.Cut(rest, []byte("\r\n"))
	if !ok || !bytes.HasPrefix(after, []byte("Content-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n")) {
		return 0
	}
	status, err := strconv.Atoi(string(rest[:3]))
	if err != nil || status < 400 {
		return 0
	}
	return status
}

// rawError is an error as it goes over the wire, after which nothing follows; more is as errorBody has it.
func rawError(status int, more ...string) []byte {
	body := errorBody(status, more...)
	out := []byte("HTTP/1.1 " + strconv.Itoa(status) + " " + englishStatus(status) +
		"\r\nContent-Type: " + problemType + "\r\nConnection: close\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n")
	return append(out, body...)
}

// scanner follows the requests of one connection.
type scanner struct {
	requests int64 // begun so far
	line     []byte
	length   int64 // of the body, as the headers say
	skip     int64 // of the body, still to come
	sized    bool  // Content-Length was there
	chunked  bool  // Transfer-Encoding was there
	odd      bool  // Content-Length was there in a form that others may read in another way, or not at all
	inside   bool  // headers have begun
	over     bool  // nothing more to look for
	frames   bool  // HTTP/2 was begun
}

// maxLine is how much of a header line is kept: enough for the two that matter.
const maxLine = 128

// feed looks at bytes of the connection and answers true when a request says its length in two ways, or oddly.
func (s *scanner) feed(p []byte) (twice bool) {
	for len(p) > 0 && !s.over {
		if s.skip > 0 {
			n := min(s.skip, int64(len(p)))
			s.skip -= n
			p = p[n:]
			continue
		}
		i := bytes.IndexByte(p, '\n')
		if i < 0 {
			s.keep(p)
			return false
		}
		line := p[:i]
		if len(s.line) > 0 {
			s.keep(line)
			line = s.line
		}
		p = p[i+1:]
		line = line[:min(len(line), maxLine)] // as when it came in pieces
		if s.take(bytes.TrimSuffix(line, []byte("\r"))) {
			s.over = true
			return true
		}
		s.line = s.line[:0]
	}
	return false
}

func (s *scanner) keep(p []byte) {
	if room := maxLine - len(s.line); room > 0 {
		s.line = append(s.line, p[:min(room, len(p))]...)
	}
}

// The names that matter.
var (
	colon            = []byte(":")
	contentLength    = []byte("Content-Length")
	transferEncoding = []byte("Transfer-Encoding")
	preface          = []byte("PRI * HTTP/2.0") // the first line of HTTP/2 (RFC 9113, 3.4)
)

// take takes one whole line.
func (s *scanner) take(line []byte) (twice bool) {
	if !s.inside {
		if len(line) > 0 { // empty lines before a request do not count
			s.inside, s.sized, s.chunked, s.odd, s.length = true, false, false, false, 0
			s.requests++
			s.frames = s.requests == 1 && bytes.Equal(line, preface)
			s.over = s.frames
		}
		return false
	}
	if len(line) == 0 {
		s.inside, s.skip = false, s.length
		s.over = s.chunked // it is the last one
		return s.sized && s.chunked || s.odd
	}
	if c := line[0] | 0x20; c != 'c' && c != 't' {
		return false
	}
	name, text, _ := bytes.Cut(line, colon)
	switch {
	case bytes.EqualFold(name, contentLength):
		s.sized = true
		n, err := strconv.ParseInt(string(bytes.TrimSpace(text)), 10, 64)
		s.odd = s.odd || err != nil || n < 0 // net/http goes on to read it on the next line, or far away
		s.length = n
	case bytes.EqualFold(name, transferEncoding):
		s.chunked = true
	}
	return false
}
