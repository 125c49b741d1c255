package httpd

import (
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// reply is the answer to a received request. What is small goes out in one piece, with its length; what a handler writes
// on and on goes out as it comes, in chunks unless the handler has said how long it is. A handler says itself what its
// body is: nothing is guessed.
type reply struct {
	d      *direct
	header http.Header
	buf    *[]byte
	out    []byte // what is not sent yet: status line and headers, the gap, the body
	from   int    // where in out it begins
	gap    int    // where in out the gap is
	begun  bool   // the gap is closed: what has gone out, or will, has its framing
	isHead bool
	bare   bool // the status has no body
	chunks bool
	last   bool // the connection ends with this answer
	status int
	length int64 // of the body as the handler says, -1 when it does not
	body   int64 // bytes of it so far
	err    error // of the connection
}

const (
	// gapSize has room for the last header and the size of the first chunk.
	gapSize = 64
	// maxHeld is how much of a body waits for the rest of it.
	maxHeld = 16 << 10
)

var lineEnd = []byte("\r\n")

// start makes a reply ready for a request.
func (w *reply) start(r *received) {
	clear(w.header)
	*w = reply{d: w.d, header: w.header, length: -1, isHead: r.Method == http.MethodHead, last: r.last}
	w.take()
}

// take takes a buffer.
func (w *reply) take() {
	if w.buf == nil {
		w.buf, _ = buffers.Get().(*[]byte)
		w.out = (*w.buf)[:0]
	}
}

// end gives back what the reply holds.
func (w *reply) end() {
	if w.buf != nil && cap(w.out) <= maxPooled {
		*w.buf = w.out[:0]
		buffers.Put(w.buf)
	}
	w.buf, w.out = nil, nil
}

// Header is what goes out with the answer, until WriteHeader.
func (w *reply) Header() http.Header { return w.header }

// WriteHeader fixes status and headers. One of 1xx is sent at once, and the answer follows.
func (w *reply) WriteHeader(status int) {
	if w.status != 0 {
		return
	}
	w.statusLine(status)
	if status < http.StatusOK {
		w.headers()
		w.out = append(w.out, "\r\n"...)
		w.send()
		return
	}
	w.status = status
	w.bare = status == http.StatusNoContent || status == http.StatusNotModified
	w.declared()
	w.headers()
	if w.header["Date"] == nil {
		w.out = append(w.out, *w.d.l.date.Load()...)
	}
	if w.last = w.last || w.d.l.closing.Load(); w.last {
		w.out = append(w.out, "Connection: close\r\n"...)
	}
	w.gap = len(w.out)
	w.out = append(w.out, make([]byte, gapSize)...)
}

func (w *reply) statusLine(status int) {
	w.out = append(w.out, "HTTP/1.1 "...)
	w.out = strconv.AppendInt(w.out, int64(status), 10)
	w.out = append(w.out, ' ')
	if text := http.StatusText(status); text != "" {
		w.out = append(w.out, text...)
	} else {
		w.out = strconv.AppendInt(append(w.out, "status code "...), int64(status), 10)
	}
	w.out = append(w.out, "\r\n"...)
}

// declared reads what the handler says about the message.
func (w *reply) declared() {
	for _, text := range w.header["Connection"] {
		w.last = w.last || strings.EqualFold(text, "close")
	}
	if lengths := w.header["Content-Length"]; len(lengths) == 1 && !w.bare {
		if n, err := strconv.ParseInt(lengths[0], 10, 64); err == nil && n >= 0 {
			w.length = n
		}
	}
}

// headers writes the headers in the order of their names, but for those that are the connection's.
func (w *reply) headers() {
	var room [16]string
	names := room[:0]
	for name := range w.header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		switch name {
		case "Connection", "Transfer-Encoding":
			continue
		case "Content-Length":
			if w.length < 0 {
				continue
			}
		case "Content-Type":
			if w.status == http.StatusNotModified {
				continue
			}
		}
		if isToken(name) {
			for _, text := range w.header[name] {
				w.line(name, text)
			}
		}
	}
}

// line writes one header, on one line whatever is in it.
func (w *reply) line(name, text string) {
	w.out = append(append(w.out, name...), ": "...)
	text = strings.Trim(text, " \t")
	at := len(w.out)
	w.out = append(append(w.out, text...), "\r\n"...)
	if !each(text, inValue) {
		for i, c := range w.out[at : at+len(text)] {
			if classes[c]&inValue == 0 {
				w.out[at+i] = ' '
			}
		}
	}
}

// Write adds to the body.
func (w *reply) Write(p []byte) (int, error) { return add(w, p) }

// WriteString adds to the body.
func (w *reply) WriteString(s string) (int, error) { return add(w, s) }

func add[T []byte | string](w *reply, p T) (int, error) {
	if err := w.more(int64(len(p))); err != nil || w.isHead {
		return len(p), err
	}
	w.take()
	if !w.begun && len(w.out)+len(p) <= maxHeld {
		w.out = append(w.out, p...)
		return len(p), w.err
	}
	w.begin()
	if w.chunks && len(p) > 0 {
		w.out = append(strconv.AppendInt(w.out, int64(len(p)), 16), "\r\n"...)
		defer func() { w.out = append(w.out, "\r\n"...) }()
	}
	if len(w.out)+len(p) > maxHeld {
		w.send()
		if len(p) > maxHeld && w.err == nil {
			_, w.err = w.d.g.Conn.Write([]byte(p))
			return len(p), w.err
		}
	}
	w.out = append(w.out, p...)
	return len(p), w.err
}

// more counts bytes of the body, and tells why they may not be.
func (w *reply) more(n int64) error {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	if w.bare {
		return http.ErrBodyNotAllowed
	}
	if w.body += n; w.length >= 0 && w.body > w.length {
		return http.ErrContentLength
	}
	return nil
}

// begin fixes how the body is framed before its end is known.
func (w *reply) begin() {
	if w.begun {
		return
	}
	held := len(w.out) - w.gap - gapSize
	if w.chunks = w.length < 0 && !w.isHead && !w.bare; !w.chunks {
		w.close(lineEnd)
		return
	}
	var room [gapSize]byte
	tail := append(room[:0], "Transfer-Encoding: chunked\r\n\r\n"...)
	if held > 0 {
		tail = append(strconv.AppendInt(tail, int64(held), 16), "\r\n"...)
		w.out = append(w.out, "\r\n"...)
	}
	w.close(tail)
}

// close closes the gap with what ends the headers, by moving what stands before it.
func (w *reply) close(tail []byte) {
	w.begun = true
	w.from = gapSize - len(tail)
	copy(w.out[w.from:], w.out[:w.gap])
	copy(w.out[w.from+w.gap:], tail)
}

// send writes what is held to the connection.
func (w *reply) send() {
	if w.err == nil && len(w.out) > w.from {
		_, w.err = w.d.g.Conn.Write(w.out[w.from:])
	}
	w.out, w.from = w.out[:0], 0
}

// finish ends the answer, and tells whether the connection can go on.
func (w *reply) finish() (more bool) {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	w.take()
	switch {
	case w.chunks:
		w.out = append(w.out, "0\r\n\r\n"...)
	case w.begun:
	case w.bare, w.length >= 0, w.isHead && w.body == 0:
		w.close(lineEnd)
	default:
		var room [gapSize]byte
		tail := append(room[:0], "Content-Length: "...)
		tail = append(strconv.AppendInt(tail, w.body, 10), "\r\n\r\n"...)
		w.close(tail)
	}
	w.send()
	kept := w.length < 0 || w.length == w.body || w.isHead // else the client waits for what does not come
	return w.err == nil && !w.last && kept
}

// Flush sends what is there.
func (w *reply) Flush() { _ = w.FlushError() }

// FlushError is Flush for a ResponseController.
func (w *reply) FlushError() error {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	w.begin()
	w.send()
	w.end() // the next piece may take very long
	return w.err
}

// ReadFrom lets the system copy a file whose length was said.
func (w *reply) ReadFrom(src io.Reader) (int64, error) {
	if err := w.more(0); err != nil {
		return 0, err
	}
	if w.length < 0 || w.isHead {
		return io.Copy(struct{ io.Writer }{w}, src) //nolint:wrapcheck // a writer's error is its own
	}
	if err := w.FlushError(); err != nil {
		return 0, err
	}
	if part, ok := src.(*io.LimitedReader); !ok || part.N > w.length-w.body {
		src = io.LimitReader(src, w.length-w.body)
	}
	n, err := w.d.g.ReadFrom(src)
	w.body += n
	return n, err //nolint:wrapcheck // a writer's error is its own
}

// SetReadDeadline has nothing to wait for: the request is there whole.
func (*reply) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline is when the client must have taken the answer.
func (w *reply) SetWriteDeadline(t time.Time) error { return w.d.g.SetWriteDeadline(t) }
