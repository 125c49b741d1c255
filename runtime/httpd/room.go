package httpd

import (
	"errors"
	"io"
	"sync/atomic"

	"github.com/etamil-lang/etamil/runtime/host"
)

// room is the memory that what the bodies of all requests and the last messages of all sockets say may take at once, in
// bytes. A run that wants memory is ended when there is no more; a body takes it before there is a run, and many short texts
// of JSON become very much.
type room struct {
	size  int64
	taken atomic.Int64
}

// smallBody is up to how many bytes a body does not count: as many as may run at once are not much.
const smallBody = 2 << 10

// memoryOf estimates what a body that was read takes besides, as text and as values.
func memoryOf[T string | []byte](raw T, isJSON bool) int64 {
	if isJSON {
		return int64(host.ParsedSize(string(raw)))
	}
	return int64(len(raw))
}

// takeRoom tells whether there is room for so many bytes, which are the request's until leaveRoom then.
func (r *Request) takeRoom(n int64) bool {
	if r.room == nil {
		return true
	}
	r.held += n
	return r.room.taken.Add(n) <= r.room.size
}

// leaveRoom gives back what takeRoom took.
func (r *Request) leaveRoom() {
	if r.held > 0 {
		r.room.taken.Add(-r.held)
		r.held = 0
	}
}

// errNoRoom is why the rest of a body is not read.
var errNoRoom = errors.New("no room for a body")

// roomReader reads a body that takes room as it comes.
type roomReader struct {
	io.Reader
	r *Request
}

// Read reads as far as there is room.
func (b *roomReader) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if !b.r.takeRoom(int64(n)) {
		return n, errNoRoom
	}
	return n, err //nolint:wrapcheck // the body's own
}
