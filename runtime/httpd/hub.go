package httpd

import (
	"context"
	"sync"
)

// Hub has the groups of streams and sockets that are told of things together. It belongs to a server, not to a version of its
// program, so that those who stay with an old version still hear what a new one says. It is safe for concurrent use.
type Hub struct {
	mu     sync.RWMutex
	groups map[groupKey]map[member]struct{}
}

// NewHub makes a hub without groups.
func NewHub() *Hub { return &Hub{groups: map[groupKey]map[member]struct{}{}} }

// groupKey is a group: sockets and streams have groups of their own, because they are told different things.
type groupKey struct {
	sockets bool
	name    string
}

// member is a stream or socket in groups.
type member interface {
	// offer leaves a message to be sent, and tells whether it will be. It never waits: a member that is too far behind is dropped.
	offer(m *message) bool
}

// message is what all members of a group are told: made once, sent as it is.
type message struct {
	text   string // of a stream
	data   []byte // of a socket
	binary bool   // on a socket
}

func (m *message) size() int { return len(m.text) + len(m.data) }

type hubKey struct{}

// WithHub puts a hub into the context that the runs of a program are made from: its prelude, requests, tasks and schedules.
func WithHub(ctx context.Context, h *Hub) context.Context { return context.WithValue(ctx, hubKey{}, h) }

// hubOf finds the hub of a run, nil where there is no server.
func hubOf(ctx context.Context) *Hub {
	h, _ := ctx.Value(hubKey{}).(*Hub)
	return h
}

// join makes m a member of a group; twice is once.
func (h *Hub) join(k groupKey, m member) {
	if h == nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.groups[k] == nil {
		h.groups[k] = map[member]struct{}{}
	}
	h.groups[k][m] = struct{}{}
}

// leave takes m out of a group. The last one closes it.
func (h *Hub) leave(k groupKey, m member) {
	if h == nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.groups[k], m)
	if len(h.groups[k]) == 0 {
		delete(h.groups, k)
	}
}

// tell offers a message to all members of a group, and answers how many take it. It never waits for any of them.
func (h *Hub) tell(k groupKey, m *message) int {
	if h == nil {
		return 0
	}
	h.mu.RLock()
	defer h.mu.RUnlock()
	n := 0
	for one := range h.groups[k] {
		if one.offer(m) {
			n++
		}
	}
	return n
}

// What a member may be behind.
const (
	maxBehind      = 256     // messages
	maxBehindBytes = 1 << 20 // bytes of them, but for the first
)

// queue holds the messages that a member was not sent yet.
type queue struct {
	mu    sync.Mutex
	list  []*message
	bytes int
	over  bool // the member was dropped, or has ended
}

// placed is what became of a message.
type placed uint8

const (
	refused placed = iota // the member was dropped before, or has ended
	full                  // it is dropped now: there was no room
	first                 // nobody is about to take it yet
	behind                // others are before it
)

// put adds a message.
func (q *queue) put(m *message) placed {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.over {
		return refused
	}
	if len(q.list) >= maxBehind || len(q.list) > 0 && q.bytes+m.size() > maxBehindBytes {
		q.drop()
		return full
	}
	q.list = append(q.list, m)
	q.bytes += m.size()
	if len(q.list) == 1 {
		return first
	}
	return behind
}

// take takes all messages.
func (q *queue) take() []*message {
	q.mu.Lock()
	defer q.mu.Unlock()
	list := q.list
	q.list, q.bytes = nil, 0
	return list
}

// end takes nothing any more.
func (q *queue) end() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.drop()
}

func (q *queue) drop() { q.over, q.list, q.bytes = true, nil, 0 }
