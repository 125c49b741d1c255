package value

import (
	"slices"
	"sync/atomic"
	"unsafe"
)

// Array is the content of an array value. Items may be read by anyone; only the writers of this package, or the machine after asking
// Shared, may change them.
type Array struct {
	Items  []Value
	shared atomic.Bool
}

// Shared tells whether somebody else may hold the array: then a write copies first.
func (a *Array) Shared() bool { return a.shared.Load() }

// FromItems makes an array that owns items.
func FromItems(items []Value) Value {
	return Value{Tag: TagArray, Ref: unsafe.Pointer(&Array{Items: items})}
}

// Array is the array behind v, nil when v is none.
func (v Value) Array() *Array {
	if v.Tag != TagArray {
		return nil
	}
	return (*Array)(v.Ref)
}

// Share marks the array or record behind v as held by more than one owner. The mark stays. It is set only when it is not set yet, so that
// sharing a shared value writes nothing. What is inside சரி or தவறு was marked when the result was made.
func Share(v Value) {
	switch v.Tag {
	case TagArray:
		mark(&(*Array)(v.Ref).shared)
	case TagRecord:
		mark(&(*Record)(v.Ref).shared)
	}
}

func mark(flag *atomic.Bool) {
	if !flag.Load() {
		flag.Store(true)
	}
}

// IsShared tells whether a write to the array or record v would copy it first.
func IsShared(v Value) bool {
	switch v.Tag {
	case TagArray:
		return (*Array)(v.Ref).shared.Load()
	case TagRecord:
		return (*Record)(v.Ref).shared.Load()
	}
	return false
}

// Own answers v itself when nobody else holds it, else a copy of one level that nobody else holds; what is inside is then marked shared.
// Values without parts come back as they are.
func Own(v Value) Value {
	switch v.Tag {
	case TagArray:
		if a := (*Array)(v.Ref); a.shared.Load() {
			return FromItems(cloneItems(a.Items, 0))
		}
	case TagRecord:
		if r := (*Record)(v.Ref); r.shared.Load() {
			return Value{Tag: TagRecord, Ref: unsafe.Pointer(r.clone(0))}
		}
	}
	return v
}

// cloneItems copies items with room for more, and marks the aggregates among them shared.
func cloneItems(items []Value, room int) []Value {
	c := make([]Value, len(items), len(items)+room)
	copy(c, items)
	for _, x := range c {
		if x.Tag >= TagArray {
			Share(x)
		}
	}
	return c
}

// Append answers the array arr with x at its end. An array that nobody shares grows in place and comes back itself. The
// error is E0310 when arr is no array.
func Append(arr, x Value) (Value, error) {
	if arr.Tag != TagArray {
		return Nil, fail(CodeNotArray, arr.KindName())
	}
	a := (*Array)(arr.Ref)
	if a.shared.Load() {
		items := cloneItems(a.Items, len(a.Items)/4+4)
		return FromItems(append(items, x)), nil
	}
	if len(a.Items) == cap(a.Items) {
		a.Items = slices.Grow(a.Items, max(4, len(a.Items)))
	}
	a.Items = append(a.Items, x)
	return arr, nil
}
