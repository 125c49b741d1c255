package task

import (
	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// defaultRoom is how many messages a channel holds that was made without a number, and maxRoom the most that one may hold.
const (
	defaultRoom = 1024
	maxRoom     = 1_000_000
)

// Channel hands messages from party to party. All of it is guarded by the group's lock.
type Channel struct {
	handle             value.Handle
	g                  *Group
	room               int
	ring               []value.Value // of messages that wait, from head on; it grows up to room
	head               int
	count              int
	closed             bool
	senders, receivers queue
}

func newChannel(g *Group, room int) *Channel {
	ch := &Channel{g: g, room: room}
	ch.handle = value.Handle{Kind: KindChannel, Impl: ch}
	return ch
}

func (ch *Channel) label() string   { return KindChannel }
func (ch *Channel) blocker() *party { return nil }

func (ch *Channel) push(v value.Value) {
	if ch.count == len(ch.ring) {
		bigger := make([]value.Value, min(max(2*len(ch.ring), 8), ch.room))
		n := copy(bigger, ch.ring[ch.head:])
		copy(bigger[n:], ch.ring[:ch.head])
		ch.ring, ch.head = bigger, 0
	}
	at := ch.head + ch.count
	if at >= len(ch.ring) {
		at -= len(ch.ring)
	}
	ch.ring[at] = v
	ch.count++
}

func (ch *Channel) pop() value.Value {
	v := ch.ring[ch.head]
	ch.ring[ch.head] = value.Nil
	if ch.head++; ch.head == len(ch.ring) {
		ch.head = 0
	}
	ch.count--
	return v
}

// send gives a message to whoever waits for one, or keeps it; while the channel is full it waits.
func (p *party) send(c *vm.Call, ch *Channel, v value.Value) error {
	g := ch.g
	g.mu.Lock()
	switch r := ch.receivers.first(); {
	case ch.closed:
		g.mu.Unlock()
		return &value.Error{Code: CodeClosed}
	case r != nil:
		r.msg, r.ok, r.hit = v, true, &ch.receivers
		r.wake()
		g.mu.Unlock()
		return nil
	case ch.count < ch.room:
		ch.push(v)
		g.mu.Unlock()
		return nil
	}
	p.msg = v
	p.join(&ch.senders)
	err := p.park(c, sending{ch})
	p.msg = value.Nil
	return err
}

// sending is a channel for those that wait for room in it.
type sending struct{ *Channel }

func (s sending) label() string { return KindChannel + " ⟵" }

// take answers a message if there is one; g.mu is held.
func (ch *Channel) take() (value.Value, bool) {
	s := ch.senders.first()
	switch {
	case ch.count > 0:
		v := ch.pop()
		if s != nil {
			ch.push(s.msg)
			s.wake()
		}
		return v, true
	case s != nil:
		v := s.msg
		s.wake()
		return v, true
	}
	return value.Nil, false
}

// receive answers the next message, or false once the channel is closed and empty.
func (p *party) receive(c *vm.Call, ch *Channel) (value.Value, bool, error) {
	g := ch.g
	g.mu.Lock()
	if v, ok := ch.take(); ok || ch.closed {
		g.mu.Unlock()
		return v, ok, nil
	}
	p.join(&ch.receivers)
	if err := p.park(c, ch); err != nil {
		return value.Nil, false, err
	}
	v, ok := p.msg, p.ok
	p.msg = value.Nil
	return v, ok, nil
}

// Next makes ஒவ்வொரு receive until the channel is closed (vm.Source).
func (ch *Channel) Next(c *vm.Call) (v value.Value, more bool, err error) {
	p, err := partyOf(c, "சேனல்_பெறு")
	if err != nil {
		return value.Nil, false, err
	}
	return p.receive(c, ch)
}

// close lets nothing more in: receivers get what is there, and those that wait to send fail.
func (ch *Channel) close() {
	ch.g.mu.Lock()
	defer ch.g.mu.Unlock()
	if ch.closed {
		return
	}
	ch.closed = true
	for p := ch.receivers.first(); p != nil; p = ch.receivers.first() {
		p.msg, p.ok, p.hit = value.Nil, false, &ch.receivers
		p.wake()
	}
	for p := ch.senders.first(); p != nil; p = ch.senders.first() {
		p.err = &value.Error{Code: CodeClosed}
		p.wake()
	}
}

// choice is what somebody waits for who waits for the first message of several channels.
type choice []*Channel

func (choice) label() string   { return KindChannel + " | …" }
func (choice) blocker() *party { return nil }

// choose answers the first message that one of the channels has and which one, or -1 when all are closed and empty. Where several
// have one, each gets its turn.
func (p *party) choose(c *vm.Call, channels choice) (int, value.Value, error) {
	g := p.g
	g.mu.Lock()
	for {
		open := false
		g.turn++
		for i := range channels {
			at := int((g.turn + uint(i)) % uint(len(channels)))
			if v, ok := channels[at].take(); ok {
				g.mu.Unlock()
				return at, v, nil
			}
			open = open || !channels[at].closed
		}
		if !open {
			g.mu.Unlock()
			return -1, value.Nil, nil
		}
		for _, ch := range channels {
			if !ch.closed {
				p.join(&ch.receivers)
			}
		}
		if err := p.park(c, channels); err != nil {
			return -1, value.Nil, err
		}
		if p.ok {
			v := p.msg
			p.msg = value.Nil
			for at, ch := range channels {
				if p.hit == &ch.receivers {
					return at, v, nil
				}
			}
		}
		g.mu.Lock() // one of them was closed
	}
}
