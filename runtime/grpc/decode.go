package grpc

import (
	"strconv"

	"google.golang.org/protobuf/encoding/protowire"

	"github.com/etamil-lang/etamil/runtime/value"
)

// baseCells is how many values a message may have whatever its length; each further byte may make one more. It keeps short
// messages from becoming large values.
const baseCells = 1 << 17

// decode reads a message from its wire form. The error is a *value.Error.
func decode(raw []byte, s *schema) (value.Value, error) {
	d := &decoder{cells: baseCells + len(raw)}
	v, bad := d.message(raw, s, 0)
	if bad != nil {
		return value.Nil, bad.of(s)
	}
	return v, nil
}

// decoder reads messages. cells is how many values it may still make.
type decoder struct{ cells int }

func broken() *mismatch {
	return wrong("பைட்டுகள் உடைந்துள்ளன", "the bytes are broken")
}

// take counts values.
func (d *decoder) take(n int) *mismatch {
	if d.cells -= n; d.cells < 0 {
		return wrong("செய்தியில் மிக அதிக மதிப்புகள்", "the message has too many values")
	}
	return nil
}

// part is one field on the wire.
type part struct {
	number protowire.Number
	typ    protowire.Type
	bits   uint64 // of varints and fixed ones
	bytes  []byte // of what has a length
}

// each walks the fields of a message on the wire.
func each(raw []byte, visit func(p part) *mismatch) *mismatch {
	for len(raw) > 0 {
		p, n := nextPart(raw)
		if n < 0 {
			return broken()
		}
		raw = raw[n:]
		if bad := visit(p); bad != nil {
			return bad
		}
	}
	return nil
}

// nextPart reads one field; n is negative when it is broken.
func nextPart(raw []byte) (p part, n int) {
	number, typ, n := protowire.ConsumeTag(raw)
	if n < 0 || number > protowire.MaxValidNumber {
		return p, min(n, -1)
	}
	p.number, p.typ = number, typ
	rest, m := raw[n:], 0
	switch typ {
	case protowire.VarintType, protowire.Fixed32Type, protowire.Fixed64Type:
		m = p.scalar(rest)
	case protowire.BytesType:
		p.bytes, m = protowire.ConsumeBytes(rest)
	default:
		m = protowire.ConsumeFieldValue(number, typ, rest)
	}
	if m < 0 {
		return p, m
	}
	return p, n + m
}

// scalar reads the bits of a part without a length; n is negative when it is broken.
func (p *part) scalar(raw []byte) (n int) {
	switch p.typ {
	case protowire.VarintType:
		p.bits, n = protowire.ConsumeVarint(raw)
	case protowire.Fixed32Type:
		var bits uint32
		bits, n = protowire.ConsumeFixed32(raw)
		p.bits = uint64(bits)
	default:
		p.bits, n = protowire.ConsumeFixed64(raw)
	}
	return n
}

func (d *decoder) message(raw []byte, s *schema, depth int) (value.Value, *mismatch) {
	if depth > maxDepth {
		return value.Nil, tooDeep()
	}
	switch s.form {
	case recordForm:
		return d.structure(raw, depth)
	case listForm:
		return d.list(raw, depth)
	case anyForm:
		return d.anything(raw, depth)
	case jsonForm:
		return d.viaJSON(raw, s)
	}
	slots, bad := d.slots(raw, s, depth)
	if bad != nil {
		return value.Nil, bad
	}
	if s.form == boxForm {
		return slots[0], nil
	}
	return s.record(slots), nil
}

// slots reads the fields that a schema has. What comes twice counts once, the last time; messages are joined, which is what
// joining their bytes does.
func (d *decoder) slots(raw []byte, s *schema, depth int) ([]value.Value, *mismatch) {
	if bad := d.take(len(s.fields)); bad != nil {
		return nil, bad
	}
	r := reading{d: d, s: s, depth: depth, slots: make([]value.Value, len(s.fields))}
	for i := range s.fields {
		r.slots[i] = s.fields[i].zero
	}
	if bad := each(raw, r.part); bad != nil {
		return nil, bad
	}
	return r.slots, r.finish()
}

// reading is one message that is being read.
type reading struct {
	d     *decoder
	s     *schema
	depth int
	slots []value.Value
	items map[int][]value.Value // of lists
	maps  map[int]*entries      // of maps
	inner map[int][]byte        // of messages
}

// entries are those of a map: the last of a key counts.
type entries struct {
	keys []string
	vals []value.Value
	at   map[string]int
}

func (e *entries) set(key string, v value.Value) {
	if e.at == nil {
		e.at = map[string]int{}
	}
	if i, ok := e.at[key]; ok {
		e.vals[i] = v
		return
	}
	e.at[key] = len(e.keys)
	e.keys, e.vals = append(e.keys, key), append(e.vals, v)
}

func (e *entries) record() value.Value { return value.FromFields(e.keys, e.vals) }

// part reads one field.
func (r *reading) part(p part) *mismatch {
	i, ok := r.s.wire[p.number]
	if !ok || r.s.fields[i].kind == groupKind {
		return nil
	}
	f := &r.s.fields[i]
	switch {
	case f.keys != nil:
		return r.entry(i, f, p)
	case f.list:
		return r.item(i, f, p)
	case p.typ != f.wireType():
		return broken().in(f.key)
	}
	r.alone(f)
	if f.kind == messageKind {
		if r.inner == nil {
			r.inner = map[int][]byte{}
		}
		before, was := r.inner[i]
		all, bad := joined(before, was, p.bytes)
		r.inner[i] = all
		return bad
	}
	v, bad := f.value(p)
	if bad != nil {
		return bad.in(f.key)
	}
	r.slots[i] = v
	return nil
}

// joined is the bytes of a message that comes again: put behind each other they are the two joined, as long as each of them
// is whole.
func joined(before []byte, was bool, more []byte) ([]byte, *mismatch) {
	if bad := each(more, func(part) *mismatch { return nil }); bad != nil {
		return nil, bad
	}
	if was {
		return append(before, more...), nil
	}
	return more[:len(more):len(more)], nil // what follows it is not ours
}

// alone takes back the other fields of a group of which one may be there.
func (r *reading) alone(f *field) {
	if f.oneof == 0 {
		return
	}
	for i := range r.s.fields {
		if other := &r.s.fields[i]; other.oneof == f.oneof && other.number != f.number {
			r.slots[i] = other.zero
			delete(r.inner, i)
		}
	}
}

// item reads an item of a list, or several that are packed.
func (r *reading) item(i int, f *field, p part) *mismatch {
	if r.items == nil {
		r.items = map[int][]value.Value{}
	}
	if p.typ == protowire.BytesType && f.wireType() != protowire.BytesType {
		return r.packed(i, f, p.bytes)
	}
	if p.typ != f.wireType() {
		return broken().in(f.key)
	}
	v, bad := r.d.single(p, f, r.depth)
	if bad != nil {
		return bad.item(len(r.items[i])).in(f.key)
	}
	r.items[i] = append(r.items[i], v)
	return nil
}

func (r *reading) packed(i int, f *field, raw []byte) *mismatch {
	for len(raw) > 0 {
		p := part{typ: f.wireType()}
		n := p.scalar(raw)
		if n < 0 {
			return broken().in(f.key)
		}
		raw = raw[n:]
		v, bad := r.d.single(p, f, r.depth)
		if bad != nil {
			return bad.item(len(r.items[i])).in(f.key)
		}
		r.items[i] = append(r.items[i], v)
	}
	return nil
}

// entry reads one entry of a map.
func (r *reading) entry(i int, f *field, p part) *mismatch {
	if p.typ != protowire.BytesType {
		return broken().in(f.key)
	}
	k, v := f.keys.empty(), f.empty()
	var inner []byte
	bad := each(p.bytes, func(q part) (bad *mismatch) {
		switch {
		case q.number == entryKey && q.typ == f.keys.wireType():
			k, bad = f.keys.value(q)
		case q.number != entryValue || q.typ != f.wireType():
		case f.kind == messageKind:
			inner, bad = joined(inner, inner != nil, q.bytes)
		default:
			v, bad = f.value(q)
		}
		return bad
	})
	if bad == nil && f.kind == messageKind {
		v, bad = r.d.message(inner, f.message, r.depth+1)
	}
	if bad != nil {
		return bad.in(f.key)
	}
	if bad := r.d.take(1); bad != nil {
		return bad
	}
	if r.maps == nil {
		r.maps = map[int]*entries{}
	}
	if r.maps[i] == nil {
		r.maps[i] = &entries{}
	}
	r.maps[i].set(keyText(k), v)
	return nil
}

// keyText is the key of a map as the name of a record's field.
func keyText(k value.Value) string {
	if k.Kind() == value.BooleanKind {
		return strconv.FormatBool(k.Bool())
	}
	return k.Display()
}

// empty is the value of an entry that does not say it; messages have one of their own.
func (f *field) empty() value.Value {
	switch f.kind {
	case boolKind:
		return value.FromBool(false)
	case textKind, bytesKind:
		return value.FromText("")
	case enumKind:
		return f.chosen(0)
	}
	return value.FromInt(0)
}

// finish puts what was collected into its place.
func (r *reading) finish() *mismatch {
	for i, items := range r.items {
		r.slots[i] = value.FromItems(items)
	}
	for i, e := range r.maps {
		r.slots[i] = e.record()
	}
	for i, raw := range r.inner {
		f := &r.s.fields[i]
		v, bad := r.d.message(raw, f.message, r.depth+1)
		if bad != nil {
			return bad.in(f.key)
		}
		r.slots[i] = v
	}
	return nil
}

// single reads one value: an item of a list, or of an entry of a map.
func (d *decoder) single(p part, f *field, depth int) (value.Value, *mismatch) {
	if bad := d.take(1); bad != nil {
		return value.Nil, bad
	}
	if f.kind == messageKind {
		return d.message(p.bytes, f.message, depth+1)
	}
	return f.value(p)
}
