package value

import (
	"slices"
	"sync/atomic"
	"unsafe"
)

// Record is the content of a record value: field i of the layout's keys is in Slots[i]. Shape is the declared shape of a
// shaped record, else nil. The rules of Array about writing hold.
type Record struct {
	Layout *Layout
	Slots  []Value
	Shape  *Shape
	shared atomic.Bool
}

// Shared tells whether somebody else may hold the record: then a write copies first.
func (r *Record) Shared() bool { return r.shared.Load() }

// FromFields makes a record of keys and their values, which it does not keep. Of a key that comes twice the first wins.
func FromFields(keys []string, vals []Value) Value {
	layout := emptyLayout()
	slots := make([]Value, 0, len(vals))
	for i, key := range keys {
		if _, twice := layout.Slot(key); twice {
			continue
		}
		layout = layout.grow(key)
		slots = append(slots, vals[i])
	}
	return fromRecord(&Record{Layout: layout, Slots: slots})
}

// FromSlots makes a record that owns slots, one for each key of layout. The layout must come from NewLayout or With.
func FromSlots(layout *Layout, slots []Value) Value {
	return fromRecord(&Record{Layout: layout, Slots: slots})
}

// Records of few fields are allocated together with them.
type (
	record4 struct {
		Record
		fields [4]Value
	}
	record8 struct {
		Record
		fields [8]Value
	}
)

// CopySlots makes a record of a copy of slots, one for each key of layout. The layout must come from NewLayout or With.
func CopySlots(layout *Layout, slots []Value) Value {
	n := len(slots)
	switch {
	case n <= 4:
		r := &record4{}
		copy(r.fields[:], slots)
		r.Layout, r.Slots = layout, r.fields[:n]
		return fromRecord(&r.Record)
	case n <= 8:
		r := &record8{}
		copy(r.fields[:], slots)
		r.Layout, r.Slots = layout, r.fields[:n]
		return fromRecord(&r.Record)
	}
	return FromSlots(layout, append([]Value(nil), slots...))
}

// ShapeRecord makes a record of the shape sh that owns slots, one for each key of layout.
func ShapeRecord(sh *Shape, layout *Layout, slots []Value) Value {
	return fromRecord(&Record{Layout: layout, Slots: slots, Shape: sh})
}

func fromRecord(r *Record) Value { return Value{Tag: TagRecord, Ref: unsafe.Pointer(r)} }

// Record is the record behind v, nil when v is none.
func (v Value) Record() *Record {
	if v.Tag != TagRecord {
		return nil
	}
	return (*Record)(v.Ref)
}

// Get answers the field key, if there is one.
func (r *Record) Get(key string) (Value, bool) {
	if slot, ok := r.Layout.Slot(key); ok {
		return r.Slots[slot], true
	}
	return Nil, false
}

// Keys are the record's fields in code-point order. The caller must not change the list.
func (r *Record) Keys() []string { return r.Layout.SortedKeys() }

// add puts a new field at the end. The record must be unshared and without the field.
func (r *Record) add(key string, x Value) {
	r.Layout = r.Layout.grow(key)
	r.Slots = append(r.Slots, x)
}

// clone copies the record with room for more fields, and marks the aggregates in it shared. A private layout is copied too.
func (r *Record) clone(room int) *Record {
	layout := r.Layout
	if layout.private {
		layout = layout.copyPrivate()
	}
	return &Record{Layout: layout, Slots: cloneItems(r.Slots, room), Shape: r.Shape}
}

// sortedSlots orders the slots of the layout by key.
func (l *Layout) sortedSlots() []int {
	return l.order().slots
}

// SortedKeys are the keys in code-point order. The caller must not change the list.
func (l *Layout) SortedKeys() []string { return l.order().keys }

// sortedOrder is the order in which a layout's fields are shown.
type sortedOrder struct {
	keys  []string
	slots []int
	json  atomic.Pointer[[]string] // see quoted
}

func (l *Layout) order() *sortedOrder {
	if o := l.sorted.Load(); o != nil {
		return o
	}
	o := &sortedOrder{keys: make([]string, len(l.keys)), slots: make([]int, len(l.keys))}
	for i := range o.slots {
		o.slots[i] = i
	}
	slices.SortFunc(o.slots, func(i, j int) int { return compareKeys(l.keys[i], l.keys[j]) })
	for i, slot := range o.slots {
		o.keys[i] = l.keys[slot]
	}
	l.sorted.Store(o)
	return o
}
