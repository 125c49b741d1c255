package httpd

import (
	"context"
	"net/http"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/words"
)

// StreamWords are the words of streams and sockets (services.md section 2), by words.Word.ID.
func StreamWords() vm.Natives {
	return vm.Natives{
		"respondStream":       {Min: 1, Max: 2, Enters: true, Fn: respondStream},
		"respondStream.leave": {Min: 2, Max: 2, Fn: endRespondStream},
		"streamWrite":         {Min: 1, Max: 1, Fn: streamWrite},
		"streamEvent":         {Min: 2, Max: 3, Fn: streamEvent},
		"streamJoin":          {Min: 1, Max: -1, Fn: streamJoin},
		"streamBroadcast":     {Min: 3, Max: 4, Fn: streamBroadcast},
		"wsReceive":           {Fn: wsReceive},
		"wsSend":              {Min: 1, Max: 2, Fn: wsSend},
		"wsClose":             {Max: 2, Fn: wsClose},
		"wsJoin":              {Min: 1, Max: 1, Fn: wsJoin},
		"wsLeave":             {Min: 1, Max: 1, Fn: wsLeave},
		"wsBroadcast":         {Min: 2, Max: 3, Fn: wsBroadcast},
	}
}

// refuseWord is the error of a word that stands where it cannot work.
func refuseWord(code, id string) error {
	return &value.Error{Code: code, Args: []string{words.ByID(id).Tamil[0]}}
}

// respondStream is பதில்_ஓடை STATUS[, HEADERS] { … }.
func respondStream(c *vm.Call) (value.Value, error) {
	x := exchange(c)
	if x == nil || x.writer == nil { // a call of gRPC has none
		return value.Nil, refuseWord(CodeOutside, "respondStream")
	}
	if x.stream != nil || x.socket != nil {
		return value.Nil, &value.Error{Code: CodeStreamTwice}
	}
	resp := Response{Status: c.Args[0]}
	status, err := resp.status()
	if err != nil {
		return value.Nil, err
	}
	if status == http.StatusNoContent || status == http.StatusNotModified {
		return value.Nil, &value.Error{Code: CodeBodiless, Args: []string{c.Args[0].Display()}}
	}
	head := x.writer.Header()
	if len(c.Args) == 2 {
		if err := setHeaders(head, c.Args[1]); err != nil {
			return value.Nil, err
		}
	}
	if head["Content-Type"] == nil {
		head["Content-Type"] = textHeader
	}
	protect(head)
	s := newStream(x, x.handler)
	s.status = status
	x.handler.running.Add(-1) // it may take as long as its client stays
	s.begin()
	return value.Nil, nil
}

// endRespondStream ends the block of பதில்_ஓடை.
func endRespondStream(c *vm.Call) (value.Value, error) {
	s := exchange(c).stream
	s.broken = vm.Stopped(c.Args[1])
	s.whole = !s.broken
	return value.Nil, nil
}

// openStream is the stream that a word writes to.
func openStream(c *vm.Call, id string) (*stream, error) {
	x := exchange(c)
	if x == nil {
		return nil, refuseWord(CodeOutside, id)
	}
	if x.stream == nil || x.stream.whole || x.stream.broken {
		return nil, refuseWord(CodeNoStream, id)
	}
	return x.stream, nil
}

// streamWrite is ஓடை_எழுது(TEXT): a piece of the answer; in a stream of events, an event without a name.
func streamWrite(c *vm.Call) (value.Value, error) {
	s, err := openStream(c, "streamWrite")
	if err != nil {
		return value.Nil, err
	}
	text := payload(c.Args[0])
	if s.events {
		return value.Nil, s.put(c, event{data: text}.text())
	}
	return value.Nil, s.put(c, text)
}

// streamEvent is ஓடை_நிகழ்வு(NAME, DATA[, OPTIONS]).
func streamEvent(c *vm.Call) (value.Value, error) {
	s, err := openStream(c, "streamEvent")
	if err != nil {
		return value.Nil, err
	}
	e, err := newEvent(c.Args[0], c.Args[1], c.Args[2:])
	if err != nil {
		return value.Nil, err
	}
	return value.Nil, s.put(c, e.text())
}

// pause is what a run does before it waits for its client: others see what it has printed, and have what it does not need.
func (x *Exchange) pause(c *vm.Call) error {
	if x.Resting != nil {
		if err := x.Resting.Rest(); err != nil {
			return err
		}
	}
	return c.Flush() //nolint:wrapcheck // the run's output is broken
}

// put writes a piece for a word.
func (s *stream) put(c *vm.Call, piece string) error {
	if err := s.x.pause(c); err != nil {
		return err
	}
	return s.write(c.Context(), c.Bounded(), piece)
}

// streamJoin is ஓடை_சேர்(GROUP, …[, FUNCTION]): from now on the stream sends what these groups are told, until its client
// leaves. The function is called once the stream is a member, and what it sends comes first: so that who begins with how things
// are misses no change of them.
func streamJoin(c *vm.Call) (value.Value, error) {
	s, err := openStream(c, "streamJoin")
	if err != nil {
		return value.Nil, err
	}
	if err := s.x.pause(c); err != nil {
		return value.Nil, err
	}
	hub := hubOf(c.Context())
	sub := &follower{s: s, ready: make(chan struct{}, 1)}
	defer sub.queue.end()
	groups, first := c.Args, value.Nil
	if last := len(groups) - 1; groups[last].Kind() == value.FuncKind && last > 0 {
		groups, first = groups[:last], groups[last]
	}
	for _, name := range groups {
		k := groupKey{name: name.Display()}
		hub.join(k, sub)
		defer hub.leave(k, sub)
	}
	if !first.IsNil() {
		if _, err := c.Invoke(first); err != nil {
			return value.Nil, err //nolint:wrapcheck // the program's own
		}
		if err := s.x.pause(c); err != nil {
			return value.Nil, err
		}
	}
	return value.Nil, sub.forward(c.Context(), c.Bounded())
}

// streamBroadcast is ஓடை_பரப்பு(GROUP, NAME, DATA[, OPTIONS]): how many streams were told.
func streamBroadcast(c *vm.Call) (value.Value, error) {
	e, err := newEvent(c.Args[1], c.Args[2], c.Args[3:])
	if err != nil {
		return value.Nil, err
	}
	n := hubOf(c.Context()).tell(groupKey{name: c.Args[0].Display()}, &message{text: e.text()})
	return value.FromInt(int64(n)), nil
}

// follower is a stream in groups.
type follower struct {
	s     *stream
	queue queue
	ready chan struct{}
}

// offer leaves a message to be sent. A client that is too far behind loses its stream.
func (b *follower) offer(m *message) bool {
	what := b.queue.put(m)
	switch what {
	case full:
		b.s.x.run.end(errGone)
	case first:
		select {
		case b.ready <- struct{}{}:
		default:
		}
	}
	return what >= first
}

// forward sends what the groups are told until the run must end.
func (b *follower) forward(ctx context.Context, bounded bool) error {
	if err := b.s.write(ctx, bounded, ""); err != nil { // with which the client learns that it is heard
		return err
	}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err() //nolint:wrapcheck // a context's errors are compared
		case <-b.ready:
		}
		if err := b.s.write(ctx, bounded, joined(b.queue.take())); err != nil {
			return err
		}
	}
}

// joined is the text of messages that go out at once.
func joined(list []*message) string {
	if len(list) == 1 {
		return list[0].text
	}
	var all strings.Builder
	for _, m := range list {
		all.WriteString(m.text)
	}
	return all.String()
}
