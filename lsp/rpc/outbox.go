package rpc

import (
	"io"
	"sync"
)

// maxWaiting is how much may wait for a client that does not read, in bytes; who writes more waits with it.
const maxWaiting = MaxFrame

// outbox writes in the background, so that a client which writes before it reads never stops the server from reading.
type outbox struct {
	out     io.Writer
	mu      sync.Mutex
	changed *sync.Cond
	waiting []byte
	closed  bool
	err     error
	done    chan struct{} // closed when the last byte is out, or none goes out any more
}

func newOutbox(out io.Writer) *outbox {
	b := &outbox{out: out, done: make(chan struct{})}
	b.changed = sync.NewCond(&b.mu)
	go b.send()
	return b
}

// put queues a frame, which it copies.
func (b *outbox) put(head, body []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.waiting) > maxWaiting && b.err == nil && !b.closed {
		b.changed.Wait()
	}
	if b.closed && b.err == nil {
		return io.ErrClosedPipe
	}
	if b.err != nil {
		return b.err
	}
	b.waiting = append(append(b.waiting, head...), body...)
	b.changed.Broadcast()
	return nil
}

// send writes what waits until the box is closed and empty.
func (b *outbox) send() {
	defer close(b.done)
	var spare []byte
	for {
		b.mu.Lock()
		for len(b.waiting) == 0 && !b.closed {
			b.changed.Wait()
		}
		batch := b.waiting
		b.waiting = spare[:0]
		b.changed.Broadcast()
		b.mu.Unlock()
		if len(batch) == 0 {
			return
		}
		if _, err := b.out.Write(batch); err != nil {
			b.mu.Lock()
			b.err = err
			b.changed.Broadcast()
			b.mu.Unlock()
			return
		}
		if spare = batch; cap(spare) > 1<<20 {
			spare = nil // one long answer should not be paid for ever after
		}
	}
}

// close takes no more, and waits until what waits is out.
func (b *outbox) close() {
	b.mu.Lock()
	b.closed = true
	b.changed.Broadcast()
	b.mu.Unlock()
	<-b.done
}
