package grpc

import (
	"encoding/base64"
	"math"
	"strconv"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/dynamicpb"

	"github.com/etamil-lang/etamil/runtime/value"
)

// value reads a value that is no message.
func (f *field) value(p part) (value.Value, *mismatch) {
	switch f.kind {
	case textKind:
		return text(p.bytes)
	case numberKind:
		n, ok := value.ParseNumber(string(p.bytes))
		if !ok {
			return value.Nil, wrong("எண் வேண்டும்", "a number is needed")
		}
		return n, nil
	case bytesKind:
		return value.FromText(base64.StdEncoding.EncodeToString(p.bytes)), nil
	case boolKind:
		return value.FromBool(p.bits != 0), nil
	case enumKind:
		return f.chosen(int32(p.bits)), nil //nolint:gosec // as protobuf cuts it
	case floatKind:
		return f.float(p.bits)
	}
	return f.whole(p.bits), nil
}

func (f *field) chosen(n int32) value.Value {
	for i := range f.enum.Len() {
		if one := f.enum.Get(i); int32(one.Number()) == n {
			return value.FromText(string(one.Name()))
		}
	}
	return value.FromInt(int64(n))
}

func (f *field) float(bits uint64) (value.Value, *mismatch) {
	x, size := math.Float64frombits(bits), 64
	if f.narrow {
		x, size = float64(math.Float32frombits(uint32(bits))), 32 //nolint:gosec // 32 bits came
	}
	return finite(x, size)
}

func finite(x float64, size int) (value.Value, *mismatch) {
	n, ok := fromFloat(x, size)
	if !ok {
		return value.Nil, wrong("இந்த எண்ணை மொழியில் எழுத முடியாது", "the language has no such number")
	}
	return n, nil
}

// whole reads a whole number.
func (f *field) whole(bits uint64) value.Value {
	switch {
	case f.kind == zigzagKind:
		return value.FromInt(protowire.DecodeZigZag(bits))
	case f.kind == unsignedKind && f.narrow:
		return value.FromInt(int64(uint32(bits))) //nolint:gosec // as protobuf cuts it
	case f.kind == unsignedKind || f.kind == fixedKind:
		n, _ := value.ParseNumber(strconv.FormatUint(bits, 10))
		return n
	case f.narrow:
		return value.FromInt(int64(int32(bits))) //nolint:gosec // as protobuf cuts it
	}
	return value.FromInt(int64(bits)) //nolint:gosec // two's complement
}

func text(raw []byte) (value.Value, *mismatch) {
	if !utf8.Valid(raw) {
		return value.Nil, wrong("உரை UTF-8 அல்ல", "the text is not UTF-8")
	}
	return value.FromText(string(raw)), nil
}

// viaJSON reads a form that protojson writes.
func (d *decoder) viaJSON(raw []byte, s *schema) (value.Value, *mismatch) {
	m := dynamicpb.NewMessage(s.desc)
	if err := (proto.UnmarshalOptions{RecursionLimit: maxDepth}).Unmarshal(raw, m); err != nil {
		return value.Nil, broken()
	}
	js, err := protojson.Marshal(m)
	if err != nil { // an Any of a type that nobody here knows
		return value.FromText(base64.StdEncoding.EncodeToString(raw)), nil
	}
	v, err := value.ParseJSON(string(js))
	if err != nil {
		return value.Nil, broken()
	}
	return v, nil
}
