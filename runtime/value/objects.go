package value

import "unsafe"

// Func is a function value. Impl is the machine's; Captured holds the copies a lambda took of the locals it reads.
type Func struct {
	Name     string
	Impl     any
	Captured []Value
}

// Handle is one shared thing outside the values: a task, a channel, a connection … (services.md rule 14). It is compared by identity
// and shows as <Kind "Name">. Impl is its service's.
type Handle struct {
	Kind, Name string
	Impl       any
}

// Shape is a declared record type. Decl is the machine's.
type Shape struct {
	Name   string
	Fields []string
	Decl   any
}

// Result is the content of சரி and தவறு. It is immutable.
type Result struct{ inner Value }

// FromInt makes the number n.
func FromInt(n int64) Value { return Value{Bits: n} }

// FromBool makes மெய் or பொய்.
func FromBool(b bool) Value {
	if b {
		return Value{Tag: TagBool, Bits: 1}
	}
	return Value{Tag: TagBool}
}

// FromOk makes சரி(x). What it holds counts as shared from then on, so that Share need not follow results into each other.
func FromOk(x Value) Value {
	Share(x)
	return Value{Tag: TagOk, Ref: unsafe.Pointer(&Result{x})}
}

// FromErr makes தவறு(x), as FromOk makes சரி(x).
func FromErr(x Value) Value {
	Share(x)
	return Value{Tag: TagErr, Ref: unsafe.Pointer(&Result{x})}
}

// FromFunc makes a function value.
func FromFunc(f *Func) Value { return Value{Tag: TagFunc, Ref: unsafe.Pointer(f)} }

// FromHandle makes the value that refers to h.
func FromHandle(h *Handle) Value { return Value{Tag: TagHandle, Ref: unsafe.Pointer(h)} }

// FromShape makes the value of a shape's name.
func FromShape(s *Shape) Value { return Value{Tag: TagShape, Ref: unsafe.Pointer(s)} }

// Inner is the content of சரி or தவறு, Nil for any other value.
func (v Value) Inner() Value {
	if t := v.Tag; t == TagOk || t == TagErr {
		return (*Result)(v.Ref).inner
	}
	return Nil
}

// Func is the function behind v, nil when v is none.
func (v Value) Func() *Func {
	if v.Tag != TagFunc {
		return nil
	}
	return (*Func)(v.Ref)
}

// Handle is the handle behind v, nil when v is none.
func (v Value) Handle() *Handle {
	if v.Tag != TagHandle {
		return nil
	}
	return (*Handle)(v.Ref)
}

// Shape is the shape behind v, nil when v is none.
func (v Value) Shape() *Shape {
	if v.Tag != TagShape {
		return nil
	}
	return (*Shape)(v.Ref)
}

// Bool tells whether v is மெய் itself. Truthy is what conditions ask.
func (v Value) Bool() bool { return v.Tag == TagBool && v.Bits != 0 }

// Truthy tells whether v counts as true (semantics.md 1.2): everything but இன்மை, 0, "", பொய், [], {} and தவறு(x).
func (v Value) Truthy() bool {
	switch v.Tag & tagMask {
	case TagBool:
		return v.Bits != 0
	case TagNil, TagUnset, TagErr:
		return false
	case TagWide:
		return v.Bits != 0 || v.Tag>>32 != 0
	case TagText:
		return (*Text)(v.Ref).s != ""
	case TagArray:
		return len((*Array)(v.Ref).Items) > 0
	case TagRecord:
		return len((*Record)(v.Ref).Slots) > 0
	case TagOk, TagFunc, TagHandle, TagShape:
		return true
	}
	return v.Bits != 0
}
