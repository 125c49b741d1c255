package grpc

import (
	"encoding/base64"
	"math"
	"strconv"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	"github.com/etamil-lang/etamil/runtime/value"
)

// appendMessage appends the wire form of a value that conforms to a schema.
func appendMessage(dst []byte, v value.Value, s *schema) []byte {
	switch s.form {
	case recordForm:
		return appendStruct(dst, v)
	case listForm:
		return appendList(dst, v)
	case anyForm:
		return appendAny(dst, v)
	case boxForm:
		return appendField(dst, v, &s.fields[0])
	case jsonForm:
		m, err := fromJSON(v, s)
		if err != nil {
			return dst // it has conformed
		}
		raw, err := proto.MarshalOptions{Deterministic: true}.Marshal(m)
		if err != nil {
			return dst
		}
		return append(dst, raw...)
	}
	rec := v.Record()
	for i := range s.fields {
		dst = appendField(dst, rec.Slots[i], &s.fields[i])
	}
	return dst
}

func appendField(dst []byte, v value.Value, f *field) []byte {
	switch {
	case v.IsNil():
		return dst
	case f.keys != nil:
		rec := v.Record()
		for _, key := range rec.Keys() {
			item, _ := rec.Get(key)
			dst = nested(dst, f.number, func(dst []byte) []byte {
				e := *f
				e.number, e.keys = entryValue, nil
				return appendTagged(appendTagged(dst, keyValue(key, f.keys.kind), f.keys), item, &e)
			})
		}
		return dst
	case f.list && f.packed:
		items := v.Array().Items
		if len(items) == 0 {
			return dst
		}
		return nested(dst, f.number, func(dst []byte) []byte {
			for _, item := range items {
				dst = appendScalar(dst, item, f)
			}
			return dst
		})
	case f.list:
		for _, item := range v.Array().Items {
			dst = appendTagged(dst, item, f)
		}
		return dst
	case !f.zero.IsNil() && value.Equal(v, f.zero): // absent is the same
		return dst
	}
	return appendTagged(dst, v, f)
}

// keyValue is the key of a map's entry.
func keyValue(key string, k kind) value.Value {
	switch k {
	case textKind:
		return value.FromText(key)
	case boolKind:
		return value.FromBool(key == "true")
	}
	n, _ := value.ParseNumber(key)
	return n
}

// nested appends something with its length before it.
func nested(dst []byte, number protowire.Number, content func([]byte) []byte) []byte {
	dst = protowire.AppendTag(dst, number, protowire.BytesType)
	at := len(dst)
	dst = content(append(dst, 0)) // nearly always one byte is enough
	n := len(dst) - at - 1
	if more := protowire.SizeVarint(uint64(n)) - 1; more > 0 {
		dst = append(dst, make([]byte, more)...)
		copy(dst[at+1+more:], dst[at+1:])
	}
	protowire.AppendVarint(dst[:at], uint64(n))
	return dst
}

// appendTagged appends one value with its tag.
func appendTagged(dst []byte, v value.Value, f *field) []byte {
	switch f.kind {
	case messageKind:
		return nested(dst, f.number, func(dst []byte) []byte { return appendMessage(dst, v, f.message) })
	case textKind, numberKind:
		return appendText(dst, f.number, v)
	case bytesKind:
		raw, _ := base64.StdEncoding.DecodeString(v.Text())
		return protowire.AppendBytes(protowire.AppendTag(dst, f.number, protowire.BytesType), raw)
	}
	return appendScalar(protowire.AppendTag(dst, f.number, f.wireType()), v, f)
}

// appendText appends the display text of a value.
func appendText(dst []byte, number protowire.Number, v value.Value) []byte {
	if v.IsText() {
		return protowire.AppendString(protowire.AppendTag(dst, number, protowire.BytesType), v.Text())
	}
	return nested(dst, number, func(dst []byte) []byte { return value.AppendDisplay(dst, v) })
}

// wireType is how a single value of the field is framed.
func (f *field) wireType() protowire.Type {
	switch f.kind {
	case boolKind, signedKind, zigzagKind, unsignedKind, enumKind:
		return protowire.VarintType
	case fixedKind, sfixedKind, floatKind:
		if f.narrow {
			return protowire.Fixed32Type
		}
		return protowire.Fixed64Type
	case groupKind:
		return protowire.StartGroupType
	}
	return protowire.BytesType
}

// appendScalar appends a value without tag and length.
func appendScalar(dst []byte, v value.Value, f *field) []byte {
	switch f.kind {
	case boolKind:
		return protowire.AppendVarint(dst, protowire.EncodeBool(v.Bool()))
	case enumKind:
		return protowire.AppendVarint(dst, uint64(f.choice(v)))
	case floatKind:
		x := float(v)
		if f.narrow {
			return protowire.AppendFixed32(dst, math.Float32bits(float32(x)))
		}
		return protowire.AppendFixed64(dst, math.Float64bits(x))
	case zigzagKind:
		return protowire.AppendVarint(dst, protowire.EncodeZigZag(signed(v)))
	}
	bits := uint64(signed(v))
	if f.kind == unsignedKind || f.kind == fixedKind {
		bits, _ = strconv.ParseUint(v.Decimal().Trim().String(), 10, 64)
	}
	switch {
	case f.kind == signedKind || f.kind == unsignedKind:
		return protowire.AppendVarint(dst, bits)
	case f.narrow:
		return protowire.AppendFixed32(dst, uint32(bits)) //nolint:gosec // it has conformed
	}
	return protowire.AppendFixed64(dst, bits)
}

func signed(v value.Value) int64 {
	n, _ := strconv.ParseInt(v.Decimal().Trim().String(), 10, 64)
	return n
}

// choice is the number of a choice.
func (f *field) choice(v value.Value) int64 {
	if v.IsText() {
		for i := range f.enum.Len() {
			if one := f.enum.Get(i); string(one.Name()) == v.Text() {
				return int64(one.Number())
			}
		}
	}
	n, _ := v.Int()
	return n
}

// float is the nearest float of a number.
func float(v value.Value) float64 {
	x, _ := strconv.ParseFloat(v.Display(), 64)
	return x
}

// The fields of google.protobuf.Struct, Value and ListValue.
const (
	structFields protowire.Number = 1
	entryKey     protowire.Number = 1
	entryValue   protowire.Number = 2
	valueNull    protowire.Number = 1
	valueNumber  protowire.Number = 2
	valueText    protowire.Number = 3
	valueBool    protowire.Number = 4
	valueStruct  protowire.Number = 5
	valueList    protowire.Number = 6
	listValues   protowire.Number = 1
)

func appendStruct(dst []byte, v value.Value) []byte {
	rec := v.Record()
	for _, key := range rec.Keys() {
		item, _ := rec.Get(key)
		dst = nested(dst, structFields, func(dst []byte) []byte {
			dst = protowire.AppendString(protowire.AppendTag(dst, entryKey, protowire.BytesType), key)
			return nested(dst, entryValue, func(dst []byte) []byte { return appendAny(dst, item) })
		})
	}
	return dst
}

func appendList(dst []byte, v value.Value) []byte {
	for _, item := range v.Array().Items {
		dst = nested(dst, listValues, func(dst []byte) []byte { return appendAny(dst, item) })
	}
	return dst
}

// appendAny appends a google.protobuf.Value. Its numbers are floats: a number that none of them says exactly goes as text, so
// that no digit is lost.
func appendAny(dst []byte, v value.Value) []byte {
	switch v.Kind() {
	case value.NumberKind:
		if x := float(v); isExactly(v, x) {
			return protowire.AppendFixed64(protowire.AppendTag(dst, valueNumber, protowire.Fixed64Type), math.Float64bits(x))
		}
		return appendText(dst, valueText, v)
	case value.TextKind:
		return appendText(dst, valueText, v)
	case value.BooleanKind:
		return protowire.AppendVarint(protowire.AppendTag(dst, valueBool, protowire.VarintType), protowire.EncodeBool(v.Bool()))
	case value.RecordKind:
		return nested(dst, valueStruct, func(dst []byte) []byte { return appendStruct(dst, v) })
	case value.ArrayKind:
		return nested(dst, valueList, func(dst []byte) []byte { return appendList(dst, v) })
	}
	return protowire.AppendVarint(protowire.AppendTag(dst, valueNull, protowire.VarintType), 0)
}

// isExactly tells whether reading a float gives the number again.
func isExactly(v value.Value, x float64) bool {
	n, ok := fromFloat(x, 64)
	return ok && value.Equal(n, v)
}

// fromFloat is the shortest number that is read as a float again; ok is false for what no number is.
func fromFloat(x float64, bits int) (value.Value, bool) {
	return value.ParseNumber(strconv.FormatFloat(x, 'f', -1, bits))
}
