package grpc

import (
	"fmt"
	"unicode/utf8"

	"google.golang.org/protobuf/proto"

	"github.com/etamil-lang/etamil/runtime/value"
)

// message is a message of a call: a value that conforms to a schema. connect makes empty ones, which learn their schema
// before they are read.
type message struct {
	schema *schema
	v      value.Value
}

// wireCodec reads and writes messages as protobuf does. Those of connect itself, of errors, are protobuf's own.
type wireCodec struct{}

// Name is the subtype of the Content-Type.
func (wireCodec) Name() string { return "proto" }

// Marshal writes a message.
func (c wireCodec) Marshal(m any) ([]byte, error) { return c.MarshalAppend(nil, m) }

// MarshalAppend writes a message behind what dst holds.
func (wireCodec) MarshalAppend(dst []byte, m any) ([]byte, error) {
	switch m := m.(type) {
	case *message:
		return appendMessage(dst, m.v, m.schema), nil
	case proto.Message:
		return proto.MarshalOptions{}.MarshalAppend(dst, m) //nolint:wrapcheck // connect words it
	}
	return nil, fmt.Errorf("%T is no message", m)
}

// Unmarshal reads a message.
func (wireCodec) Unmarshal(raw []byte, m any) (err error) {
	switch m := m.(type) {
	case *message:
		m.v, err = decode(raw, m.schema)
		return said(err)
	case proto.Message:
		return proto.Unmarshal(raw, m) //nolint:wrapcheck // connect words it
	}
	return fmt.Errorf("%T is no message", m)
}

// jsonCodec reads and writes messages as JSON, by their fields' names in the program. Numbers keep all their digits: of
// declared fields they are written as texts, as protobuf writes what a float does not hold, and read as both.
type jsonCodec struct{ name string }

// Name is the subtype of the Content-Type.
func (c jsonCodec) Name() string { return c.name }

// Marshal writes a message.
func (jsonCodec) Marshal(m any) ([]byte, error) {
	own, ok := m.(*message)
	if !ok {
		return nil, fmt.Errorf("%T is no message", m)
	}
	return appendJSON(nil, own.v, own.schema), nil
}

// Unmarshal reads a message; nothing at all is an empty one.
func (jsonCodec) Unmarshal(raw []byte, m any) error {
	own, ok := m.(*message)
	if !ok {
		return fmt.Errorf("%T is no message", m)
	}
	if len(raw) == 0 {
		raw = []byte("{}")
	}
	if !utf8.Valid(raw) {
		return said(broken().of(own.schema))
	}
	v, err := value.ParseJSON(string(raw))
	if err == nil {
		own.v, err = conform(v, own.schema, false)
	}
	return said(err)
}

// appendJSON appends a value that conforms to a schema. Fields that are not there are left out.
func appendJSON(dst []byte, v value.Value, s *schema) []byte {
	if s.form != plainForm {
		return value.AppendJSON(dst, v)
	}
	rec, first := v.Record(), true
	dst = append(dst, '{')
	for i := range s.fields {
		f, x := &s.fields[i], rec.Slots[i]
		if x.IsNil() {
			continue
		}
		if !first {
			dst = append(dst, ',')
		}
		first = false
		dst = append(value.AppendJSONString(dst, f.key), ':')
		dst = f.appendJSON(dst, x)
	}
	return append(dst, '}')
}

func (f *field) appendJSON(dst []byte, v value.Value) []byte {
	switch {
	case f.list && v.Kind() == value.ArrayKind:
		item := *f
		item.list = false
		dst = append(dst, '[')
		for i, x := range v.Array().Items {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = item.appendJSON(dst, x)
		}
		return append(dst, ']')
	case f.kind == messageKind:
		return appendJSON(dst, v, f.message)
	case f.kind == numberKind:
		return append(value.AppendDisplay(append(dst, '"'), v), '"')
	}
	return value.AppendJSON(dst, v)
}
