package grpc

import (
	"math"

	"google.golang.org/protobuf/encoding/protowire"

	"github.com/etamil-lang/etamil/runtime/value"
)

// This file reads google.protobuf.Struct, ListValue and Value: messages without a declared shape.

func (d *decoder) structure(raw []byte, depth int) (value.Value, *mismatch) {
	var e entries
	bad := each(raw, func(p part) *mismatch {
		if p.number != structFields {
			return nil
		}
		if p.typ != protowire.BytesType {
			return broken()
		}
		key, v, bad := d.entry(p.bytes, depth)
		if bad != nil {
			return bad.in(key)
		}
		e.set(key, v)
		return nil
	})
	return e.record(), bad
}

// entry reads one field of a Struct.
func (d *decoder) entry(raw []byte, depth int) (key string, v value.Value, bad *mismatch) {
	var inner []byte
	bad = each(raw, func(p part) (bad *mismatch) {
		switch {
		case p.number > entryValue:
			return nil
		case p.typ != protowire.BytesType:
			return broken()
		case p.number == entryValue:
			inner, bad = joined(inner, inner != nil, p.bytes)
			return bad
		}
		k, bad := text(p.bytes)
		key = k.Text()
		return bad
	})
	if bad == nil {
		v, bad = d.anything(inner, depth+1)
	}
	return key, v, bad
}

func (d *decoder) list(raw []byte, depth int) (value.Value, *mismatch) {
	var items []value.Value
	bad := each(raw, func(p part) *mismatch {
		if p.number != listValues {
			return nil
		}
		if p.typ != protowire.BytesType {
			return broken()
		}
		v, bad := d.anything(p.bytes, depth+1)
		if bad != nil {
			return bad.item(len(items))
		}
		items = append(items, v)
		return nil
	})
	return value.FromItems(items), bad
}

// anything reads a Value, of whose fields the last one counts; a Struct or a list that comes again is joined.
func (d *decoder) anything(raw []byte, depth int) (value.Value, *mismatch) {
	if bad := d.take(1); bad != nil {
		return value.Nil, bad
	}
	if depth > maxDepth {
		return value.Nil, tooDeep()
	}
	v, last, inner := value.Nil, valueNull, []byte(nil)
	bad := each(raw, func(p part) (bad *mismatch) {
		if want, known := valueTypes[p.number]; !known {
			return nil
		} else if p.typ != want {
			return broken()
		}
		again := last == p.number
		switch last = p.number; p.number {
		case valueStruct, valueList:
			inner, bad = joined(inner, again, p.bytes)
		case valueNumber:
			v, bad = finite(math.Float64frombits(p.bits), 64)
		case valueText:
			v, bad = text(p.bytes)
		case valueBool:
			v = value.FromBool(p.bits != 0)
		}
		return bad
	})
	switch {
	case bad != nil || last == valueNumber || last == valueText || last == valueBool:
		return v, bad
	case last == valueStruct:
		return d.structure(inner, depth)
	case last == valueList:
		return d.list(inner, depth)
	}
	return value.Nil, nil
}

// valueTypes are how the fields of a Value are framed.
var valueTypes = map[protowire.Number]protowire.Type{
	valueNull: protowire.VarintType, valueNumber: protowire.Fixed64Type, valueText: protowire.BytesType,
	valueBool: protowire.VarintType, valueStruct: protowire.BytesType, valueList: protowire.BytesType,
}
