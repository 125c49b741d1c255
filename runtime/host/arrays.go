package host

import (
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
)

// arrayWords are the words over arrays, and length, which also takes records and text.
var arrayWords = table{
	"length":      pure(1, length).of(0),
	"append":      keeping(2, appendItem).of(0, 1),
	"sort":        keeping(1, sortItems).of(0),
	"sortByField": keeping(3, sortByField).of(0, 2),
}

// length is நீளம்: items, fields or grapheme clusters.
func length(c *call) (value.Value, error) {
	switch v := c.args[0]; v.Kind() {
	case value.ArrayKind:
		return value.FromInt(int64(len(v.Array().Items))), nil
	case value.RecordKind:
		return value.FromInt(int64(len(v.Record().Slots))), nil
	case value.TextKind:
		return value.FromInt(int64(value.ClusterLen(v))), nil
	default:
		return value.Nil, c.fault(CodeNoLength, v.KindName())
	}
}

// appendItem is இணை: a new array with one more item. The machine's own x = இணை(x, v) does not come here.
func appendItem(c *call) (value.Value, error) {
	items, err := c.array(0)
	if err != nil {
		return value.Nil, err
	}
	if err := c.growItems(len(items) + 1); err != nil {
		return value.Nil, err
	}
	out := make([]value.Value, len(items)+1)
	shareInto(out, items)
	out[len(items)] = c.args[1]
	return value.FromItems(out), nil
}

// sortItems is வரிசையாக்கு: stable, ascending, by number when every item is one, else by display text.
func sortItems(c *call) (value.Value, error) {
	items, err := c.array(0)
	if err != nil {
		return value.Nil, err
	}
	if err := c.growItems(2 * len(items)); err != nil {
		return value.Nil, err
	}
	out := make([]value.Value, len(items))
	shareInto(out, items)
	if !slices.ContainsFunc(out, func(v value.Value) bool { return v.Kind() != value.NumberKind }) {
		slices.SortStableFunc(out, byNumber)
		return value.FromItems(out), nil
	}
	keys := make([]string, len(out))
	for i, v := range out {
		if keys[i], err = c.display(v); err != nil {
			return value.Nil, err
		}
	}
	return value.FromItems(arrange(out, func(a, b int) int { return strings.Compare(keys[a], keys[b]) })), nil
}

// sortByField is புலத்தால்_வரிசையாக்கு(array, field, descending): stable, by the numeric value of a field; what has no
// such field or no number in it counts as 0. Descending turns the comparison round, not the order of equals.
func sortByField(c *call) (value.Value, error) {
	items, err := c.array(0)
	if err != nil {
		return value.Nil, err
	}
	if err := c.growItems(2 * len(items)); err != nil {
		return value.Nil, err
	}
	out := make([]value.Value, len(items))
	shareInto(out, items)
	name := c.text(1)
	keys := make([]value.Value, len(out))
	for i, v := range out {
		keys[i] = fieldNumber(v, name)
	}
	sign := 1
	if c.args[2].Truthy() {
		sign = -1
	}
	return value.FromItems(arrange(out, func(a, b int) int { return sign * byNumber(keys[a], keys[b]) })), nil
}

// fieldNumber is the numeric value of a record's field, 0 when there is none.
func fieldNumber(v value.Value, name string) value.Value {
	if v.Kind() == value.RecordKind {
		if x, ok := v.Record().Get(name); ok {
			return value.ToNumber(x)
		}
	}
	return value.FromInt(0)
}

// arrange answers the items in the stable order of compare, which is given their present places.
func arrange(items []value.Value, compare func(a, b int) int) []value.Value {
	order := make([]int, len(items))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, compare)
	out := make([]value.Value, len(items))
	for i, at := range order {
		out[i] = items[at]
	}
	return out
}

// byNumber compares two numbers.
func byNumber(a, b value.Value) int {
	switch {
	case value.Less(a, b):
		return -1
	case value.Less(b, a):
		return 1
	}
	return 0
}

// growItems charges an array of n items.
func (c *call) growItems(n int) error { return c.Grow(value.SizeArray + n*value.SizeValue) }

// shareInto copies items to dst. Both arrays hold them from now on, so a later write through either must copy.
func shareInto(dst, items []value.Value) {
	for i, v := range items {
		value.Share(v)
		dst[i] = v
	}
}
