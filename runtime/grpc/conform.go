package grpc

import (
	"encoding/base64"
	"errors"
	"math"
	"strconv"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/dynamicpb"

	"github.com/etamil-lang/etamil/runtime/value"
)

// maxDepth is how deep the parts of a message may nest; other languages read no more by default.
const maxDepth = 100

// conform makes a value that was written by people, in a program or as JSON, into one that follows a schema: a record with
// all its fields, by their keys, of the types that they travel as. With strict, fields that the schema does not have are
// refused; else they are dropped, as protobuf drops them. The error is a *value.Error.
func conform(v value.Value, s *schema, strict bool) (value.Value, error) {
	c := conforming{strict: strict}
	out, bad := c.message(v, s, 0)
	if bad != nil {
		return value.Nil, bad.of(s)
	}
	return out, nil
}

type conforming struct{ strict bool }

func (c conforming) message(v value.Value, s *schema, depth int) (value.Value, *mismatch) {
	if depth > maxDepth {
		return value.Nil, tooDeep()
	}
	switch s.form {
	case recordForm:
		if v.Kind() != value.RecordKind {
			return value.Nil, needs("பொருள்", "a record", v)
		}
		return v, sendable(v, depth)
	case listForm:
		if v.Kind() != value.ArrayKind {
			return value.Nil, needs("அணி", "an array", v)
		}
		return v, sendable(v, depth)
	case anyForm:
		return v, sendable(v, depth)
	case boxForm:
		return c.single(v, &s.fields[0], depth)
	case jsonForm:
		return v, fitsJSON(v, s)
	}
	return c.fields(v, s, depth)
}

// fields takes the fields that a schema has.
func (c conforming) fields(v value.Value, s *schema, depth int) (value.Value, *mismatch) {
	rec := v.Record()
	if rec == nil {
		return value.Nil, needs("பொருள்", "a record", v)
	}
	slots := make([]value.Value, len(s.fields))
	for i := range s.fields {
		slots[i] = s.fields[i].zero
	}
	for i, key := range rec.Layout.Keys() {
		at, ok := s.places[key]
		if !ok {
			if c.strict {
				return value.Nil, wrong("இப்பெயரில் புலம் இல்லை", "there is no such field").in(key)
			}
			continue
		}
		if rec.Slots[i].IsNil() {
			continue
		}
		x, bad := c.field(rec.Slots[i], &s.fields[at], depth)
		if bad != nil {
			return value.Nil, bad.in(key)
		}
		slots[at] = x
	}
	return s.record(slots), nil
}

// record makes a record of all fields of a schema.
func (s *schema) record(slots []value.Value) value.Value {
	switch {
	case s.shape != nil:
		return value.ShapeRecord(s.shape, s.layout, slots)
	case s.layout != nil:
		return value.FromSlots(s.layout, slots)
	}
	return value.FromFields(s.keys, slots)
}

func (c conforming) field(v value.Value, f *field, depth int) (value.Value, *mismatch) {
	switch {
	case f.list:
		if v.Kind() != value.ArrayKind {
			return value.Nil, needs("அணி", "an array", v)
		}
		items := make([]value.Value, len(v.Array().Items))
		for i, item := range v.Array().Items {
			x, bad := c.single(item, f, depth)
			if bad != nil {
				return value.Nil, bad.item(i)
			}
			items[i] = x
		}
		return value.FromItems(items), nil
	case f.keys != nil:
		return c.entries(v, f, depth)
	}
	return c.single(v, f, depth)
}

// entries takes a map.
func (c conforming) entries(v value.Value, f *field, depth int) (value.Value, *mismatch) {
	rec := v.Record()
	if rec == nil {
		return value.Nil, needs("பொருள்", "a record", v)
	}
	keys := rec.Keys()
	out := make([]value.Value, len(keys))
	for i, key := range keys {
		if !goodKey(key, f.keys.kind) {
			return value.Nil, wrong("திறவுகோலின் வகை பொருந்தாது", "the key is of another type").in(key)
		}
		item, _ := rec.Get(key)
		x, bad := c.single(item, f, depth)
		if bad != nil {
			return value.Nil, bad.in(key)
		}
		out[i] = x
	}
	return value.FromFields(keys, out), nil
}

func goodKey(key string, k kind) bool {
	switch k {
	case textKind:
		return true
	case boolKind:
		return key == "true" || key == "false"
	}
	if _, err := strconv.ParseInt(key, 10, 64); err == nil {
		return true
	}
	_, err := strconv.ParseUint(key, 10, 64)
	return err == nil && (k == unsignedKind || k == fixedKind)
}

// single takes one value: of a field, of an item of a list or of an entry of a map.
func (c conforming) single(v value.Value, f *field, depth int) (value.Value, *mismatch) {
	switch f.kind {
	case messageKind:
		return c.message(v, f.message, depth+1)
	case textKind:
		if v.IsNumber() {
			return value.FromText(v.Display()), nil
		}
		if !v.IsText() {
			return value.Nil, needs("உரை", "a text", v)
		}
	case bytesKind:
		if _, err := base64.StdEncoding.DecodeString(v.Text()); err != nil || !v.IsText() {
			return value.Nil, needs("Base64 உரை", "a text in Base64", v)
		}
	case boolKind:
		if v.Kind() != value.BooleanKind {
			return value.Nil, needs("மெய் அல்லது பொய்", "மெய் or பொய்", v)
		}
	case enumKind:
		return oneOf(v, f)
	case groupKind:
		return value.Nil, wrong("பழைய வகைப் புலம்", "groups are not sent")
	default:
		return f.number64(v)
	}
	return v, nil
}

// number64 takes a number, which JSON may also have as text.
func (f *field) number64(v value.Value) (value.Value, *mismatch) {
	if v.IsText() {
		n, ok := value.ParseNumber(v.Text())
		if !ok {
			return value.Nil, needs("எண்", "a number", v)
		}
		v = n
	}
	if !v.IsNumber() {
		return value.Nil, needs("எண்", "a number", v)
	}
	if f.kind == numberKind || f.kind == floatKind {
		return v, nil
	}
	text := v.Decimal().Trim().String()
	bits := 64
	if f.narrow {
		bits = 32
	}
	var err error
	if f.kind == unsignedKind || f.kind == fixedKind {
		_, err = strconv.ParseUint(text, 10, bits)
	} else {
		_, err = strconv.ParseInt(text, 10, bits)
	}
	if err != nil {
		return value.Nil, wrong(strconv.Itoa(bits)+" பிட் முழு எண் வேண்டும்", "a whole number of "+strconv.Itoa(bits)+" bits is needed")
	}
	return v, nil
}

// oneOf takes the name of a choice, or its number.
func oneOf(v value.Value, f *field) (value.Value, *mismatch) {
	if n, ok := v.Int(); ok && v.IsNumber() && n >= math.MinInt32 && n <= math.MaxInt32 {
		return v, nil
	}
	for i := range f.enum.Len() {
		if v.IsText() && string(f.enum.Get(i).Name()) == v.Text() {
			return v, nil
		}
	}
	return value.Nil, wrong("இந்தப் பெயர் தேர்வுகளில் இல்லை", "no choice has this name")
}

// sendable tells why a value cannot go into a Struct.
func sendable(v value.Value, depth int) *mismatch {
	if depth > maxDepth {
		return tooDeep()
	}
	switch v.Kind() {
	case value.ArrayKind:
		for i, item := range v.Array().Items {
			if bad := sendable(item, depth+1); bad != nil {
				return bad.item(i)
			}
		}
	case value.RecordKind:
		for _, key := range v.Record().Keys() {
			item, _ := v.Record().Get(key)
			if bad := sendable(item, depth+1); bad != nil {
				return bad.in(key)
			}
		}
	case value.NilKind, value.NumberKind, value.BooleanKind, value.TextKind:
	default:
		return wrong("இதைச் செய்தியில் அனுப்ப முடியாது", v.KindName()+" cannot go into a message")
	}
	return nil
}

func tooDeep() *mismatch {
	return wrong("பகுதிகள் மிக ஆழம்", "the parts nest more than "+strconv.Itoa(maxDepth)+" deep")
}

// errJSON is why a form that protojson writes cannot be read.
var errJSON = errors.New("not its JSON")

// fitsJSON asks protojson whether a value is one of its forms.
func fitsJSON(v value.Value, s *schema) *mismatch {
	if _, err := fromJSON(v, s); err != nil {
		return wrong("'"+s.name+"' வடிவத்தில் இல்லை", "this is no "+s.name)
	}
	return nil
}

// fromJSON makes the message of a form that protojson reads.
func fromJSON(v value.Value, s *schema) (*dynamicpb.Message, error) {
	if sendable(v, 0) != nil {
		return nil, errJSON
	}
	m := dynamicpb.NewMessage(s.desc)
	if err := protojson.Unmarshal(value.AppendJSON(nil, v), m); err != nil {
		return nil, errors.Join(errJSON, err)
	}
	return m, nil
}
