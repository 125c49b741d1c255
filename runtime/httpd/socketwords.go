package httpd

import (
	"github.com/coder/websocket"

	"github.com/etamil-lang/etamil/runtime/value"
	"github.com/etamil-lang/etamil/runtime/vm"
)

// openSocket is the socket that a word is about, open.
func openSocket(c *vm.Call, id string) (*socket, error) {
	x := exchange(c)
	if x == nil {
		return nil, refuseWord(CodeOutside, id)
	}
	if x.socket == nil {
		return nil, refuseWord(CodeNoSocket, id)
	}
	if err := x.pause(c); err != nil {
		return nil, err
	}
	return x.socket, x.socket.open()
}

// wsReceive is சாக்கெட்_பெறு(): the next message, இன்மை once the socket is closed.
func wsReceive(c *vm.Call) (value.Value, error) {
	s, err := openSocket(c, "wsReceive")
	if err != nil {
		return value.Nil, err
	}
	m, more, err := s.receive(c.Context(), c.Bounded())
	if err != nil || !more {
		return value.Nil, err
	}
	if !s.hold(m.size()) {
		s.overfull()
		return value.Nil, nil
	}
	if err := c.Grow(int(m.size())); err != nil {
		return value.Nil, err //nolint:wrapcheck // the machine's own
	}
	return m.value(), nil
}

// wsSend is சாக்கெட்_அனுப்பு(MESSAGE[, {"பைட்டுகள்": மெய்}]).
func wsSend(c *vm.Call) (value.Value, error) {
	s, err := openSocket(c, "wsSend")
	if err != nil {
		return value.Nil, err
	}
	m, err := newMessage(c.Args[0], c.Args[1:])
	if err != nil {
		return value.Nil, err
	}
	if s.shut {
		return value.Nil, &value.Error{Code: CodeSocketClosed}
	}
	return value.Nil, s.send(c.Context(), c.Bounded(), m)
}

// newMessage makes a message of a value: a text, as payload has it, or bytes.
func newMessage(v value.Value, options []value.Value) (*message, error) {
	binary := false
	if len(options) > 0 && !options[0].IsNil() {
		rec := options[0].Record()
		if rec == nil {
			return nil, &value.Error{Code: CodeStreamOption, Args: []string{"…", options[0].KindName()}}
		}
		for i, key := range rec.Layout.Keys() {
			if key != "பைட்டுகள்" || rec.Slots[i].Kind() != value.BooleanKind {
				return nil, &value.Error{Code: CodeStreamOption, Args: []string{key, rec.Slots[i].Display()}}
			}
			binary = rec.Slots[i].Truthy()
		}
	}
	if !binary {
		return &message{data: []byte(payload(v))}, nil
	}
	if v.Kind() != value.ArrayKind {
		return nil, &value.Error{Code: CodeNotBytes}
	}
	data := make([]byte, len(v.Array().Items))
	for i, item := range v.Array().Items {
		n, ok := item.Int()
		if !ok || !item.IsNumber() || n < 0 || n > 255 {
			return nil, &value.Error{Code: CodeNotBytes}
		}
		data[i] = byte(n)
	}
	return &message{data: data, binary: true}, nil
}

// maxReason is how many bytes the reason of a close may have (RFC 6455, 5.5).
const maxReason = 123

// wsClose is சாக்கெட்_மூடு([CODE[, REASON]]).
func wsClose(c *vm.Call) (value.Value, error) {
	s, err := openSocket(c, "wsClose")
	if err != nil {
		return value.Nil, err
	}
	code, reason := int64(websocket.StatusNormalClosure), ""
	if len(c.Args) > 0 {
		n, ok := c.Args[0].Int()
		if !ok || !c.Args[0].IsNumber() || !closable(n) {
			return value.Nil, &value.Error{Code: CodeCloseCode, Args: []string{c.Args[0].Display()}}
		}
		code = n
	}
	if len(c.Args) > 1 {
		reason = payload(c.Args[1])
	}
	if len(reason) > maxReason {
		return value.Nil, &value.Error{Code: CodeCloseReason, Args: []string{value.FromInt(int64(len(reason))).Display()}}
	}
	return value.Nil, s.closeNow(c.Context(), websocket.StatusCode(code), reason)
}

// closable tells whether a program may close a socket with a code (RFC 6455, 7.4).
func closable(n int64) bool {
	return n >= 1000 && n <= 1003 || n >= 1007 && n <= 1014 && n != 1010 || n >= 3000 && n <= 4999
}

// wsJoin is சாக்கெட்_சேர்(GROUP): the socket is sent what the group is told, until it leaves or closes.
func wsJoin(c *vm.Call) (value.Value, error) {
	s, err := openSocket(c, "wsJoin")
	if err != nil {
		return value.Nil, err
	}
	k := groupKey{sockets: true, name: c.Args[0].Display()}
	if s.groups == nil {
		s.hub, s.groups = hubOf(c.Context()), map[groupKey]struct{}{}
	}
	s.groups[k] = struct{}{}
	s.hub.join(k, s)
	return value.Nil, nil
}

// wsLeave is சாக்கெட்_பிரி(GROUP).
func wsLeave(c *vm.Call) (value.Value, error) {
	s, err := openSocket(c, "wsLeave")
	if err != nil {
		return value.Nil, err
	}
	k := groupKey{sockets: true, name: c.Args[0].Display()}
	delete(s.groups, k)
	s.hub.leave(k, s)
	return value.Nil, nil
}

// wsBroadcast is சாக்கெட்_பரப்பு(GROUP, MESSAGE[, OPTIONS]): how many sockets were told.
func wsBroadcast(c *vm.Call) (value.Value, error) {
	m, err := newMessage(c.Args[1], c.Args[2:])
	if err != nil {
		return value.Nil, err
	}
	n := hubOf(c.Context()).tell(groupKey{sockets: true, name: c.Args[0].Display()}, m)
	return value.FromInt(int64(n)), nil
}
