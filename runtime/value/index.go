package value

import (
	"slices"
	"strconv"
	"strings"
)

// Index answers base[i]: an item of an array, a field of a record by the display text of i, a cluster of a text. The errors are
// E0303, E0304, E0305, E0306 and E0313. The result is not marked shared: who keeps it calls Share; who wants to write below base calls Own on base
// first.
func Index(base, i Value) (Value, error) {
	switch base.Tag {
	case TagArray:
		items := (*Array)(base.Ref).Items
		if i.Tag == 0 && uint64(i.Bits) < uint64(len(items)) {
			return items[i.Bits], nil
		}
		n, err := position(i, len(items))
		if err != nil {
			return Nil, err
		}
		return items[n], nil
	case TagRecord:
		key, err := Key(i)
		if err != nil {
			return Nil, err
		}
		return Field(base, key)
	case TagText:
		length := ClusterLen(base)
		n, err := position(i, length)
		if err != nil {
			return Nil, err
		}
		c, _ := ClusterAt(base, n)
		return c, nil
	}
	return Nil, fail(CodeNotIndexable, base.KindName())
}

// maxKey is the most display text, in bytes, that an array, record or result may have as a key.
const maxKey = 1 << 20

// Key is the name of the field that i stands for between [ ]: its display text. The error is E0313.
func Key(i Value) (string, error) {
	if i.Tag >= TagArray && i.Tag <= TagErr && DisplaySize(i, maxKey) > maxKey {
		return "", fail(CodeKeyTooLong, i.KindName(), strconv.Itoa(maxKey>>20))
	}
	return i.Display(), nil
}

// position makes the index i a whole number in 0 … length-1.
func position(i Value, length int) (int, error) {
	i = ToNumber(i)
	n, whole := i.Int()
	if !whole && !i.Decimal().IsWhole() {
		return 0, fail(CodeIndexNotWhole, i.Display())
	}
	if !whole || n < 0 || n >= int64(length) {
		return 0, fail(CodeIndexRange, i.Display(), strconv.Itoa(length))
	}
	return int(n), nil
}

// SetIndex answers base with x at place i. What nobody shares changes in place and comes back itself. The errors are E0303, E0304 for
// arrays (which do not grow), E0308 for text, E0311 for values without parts, E0312 for a shape's record, E0313.
func SetIndex(base, i, x Value) (Value, error) {
	switch base.Tag {
	case TagArray:
		n, err := position(i, len((*Array)(base.Ref).Items))
		if err != nil {
			return Nil, err
		}
		base = Own(base)
		(*Array)(base.Ref).Items[n] = x
		return base, nil
	case TagRecord:
		key, err := Key(i)
		if err != nil {
			return Nil, err
		}
		return SetField(base, key, x)
	case TagText:
		return Nil, fail(CodeTextAssign)
	}
	return Nil, fail(CodeNotSettable, base.KindName())
}

// Field answers the field name of a record. The errors are E0305 and E0307. The result is not marked shared.
func Field(base Value, name string) (Value, error) {
	if base.Tag != TagRecord {
		return Nil, fail(CodeNotRecord, base.KindName(), name)
	}
	r := (*Record)(base.Ref)
	if slot, ok := r.Layout.Slot(name); ok {
		return r.Slots[slot], nil
	}
	if long, ok := errorAlias(r, name); ok {
		return Field(base, long)
	}
	return Nil, fail(CodeNoField, name, listFields(r))
}

// maxListed bounds the fields that an error names.
const maxListed = 20

func listFields(r *Record) string {
	keys := r.Layout.SortedKeys()
	if len(keys) > maxListed {
		keys = append(slices.Clip(keys[:maxListed]), "…")
	}
	return strings.Join(keys, ", ")
}

// SetField answers the record base with field name set to x; a record that nobody shares changes in place and comes back itself.
// The errors are E0308, E0311, and E0312 for a field that the record's shape does not have.
func SetField(base Value, name string, x Value) (Value, error) {
	switch base.Tag {
	case TagRecord:
	case TagText:
		return Nil, fail(CodeTextAssign)
	default:
		return Nil, fail(CodeNotRecord, base.KindName(), name)
	}
	r := (*Record)(base.Ref)
	slot, ok := r.Layout.Slot(name)
	if !ok && r.Shape != nil {
		return Nil, fail(CodeShapeField, r.Shape.Name, name, strings.Join(r.Shape.Fields, ", "))
	}
	base = Own(base)
	r = (*Record)(base.Ref)
	if ok {
		r.Slots[slot] = x
		return base, nil
	}
	r.add(name, x)
	return base, nil
}
