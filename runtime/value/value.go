package value

import "unsafe"

// Value is one eTamil value in 24 bytes (runtime.md 1a). Small decimals, wide decimals, booleans and nil live in the
// words themselves; everything else is behind Ref. The fields are exported for the machine's fast paths only: other
// packages use the constructors and accessors.
//
// Tag is 0..18 for a small decimal: its scale, with the signed coefficient in Bits. Else the low seven bits are one of the
// tag constants below. A wide decimal holds its scale in bits 8–15, its sign in bit 16 and the upper 32 bits of its coefficient in bits
// 32–63 of Tag, and the lower 64 bits of the coefficient in Bits.
type Value struct {
	Tag  uint64
	Bits int64
	Ref  unsafe.Pointer
}

// MaxSmallScale is the largest scale of a small decimal.
const MaxSmallScale = 18

// Tags of values that are not small decimals. Those from TagText up use Ref.
const (
	TagBool   = 32 // Bits is 0 or 1
	TagNil    = 33
	TagUnset  = 34 // a variable that was never assigned; no program ever sees it
	TagWide   = 35
	TagText   = 64 // *Text
	TagArray  = 65 // *Array
	TagRecord = 66 // *Record
	TagOk     = 67 // *Result
	TagErr    = 68 // *Result
	TagFunc   = 69 // *Func
	TagHandle = 70 // *Handle
	TagShape  = 71 // *Shape

	tagMask = 127
)

// Kind is what a program calls the kind of a value.
type Kind uint8

// The kinds of values (language/semantics.md 1).
const (
	NumberKind Kind = iota
	BooleanKind
	NilKind
	TextKind
	ArrayKind
	RecordKind
	OkKind
	ErrKind
	FuncKind
	HandleKind
	ShapeKind
	UnsetKind
)

// Nil is இன்மை.
var Nil = Value{Tag: TagNil}

// Unset is the content of a variable that was never assigned. It is for the machine only; no program sees it.
var Unset = Value{Tag: TagUnset}

// Kind tells the kind of v. Small and wide decimals are both numbers.
func (v Value) Kind() Kind {
	switch v.Tag & tagMask {
	case TagBool:
		return BooleanKind
	case TagNil:
		return NilKind
	case TagUnset:
		return UnsetKind
	case TagText:
		return TextKind
	case TagArray:
		return ArrayKind
	case TagRecord:
		return RecordKind
	case TagOk:
		return OkKind
	case TagErr:
		return ErrKind
	case TagFunc:
		return FuncKind
	case TagHandle:
		return HandleKind
	case TagShape:
		return ShapeKind
	}
	return NumberKind
}

// IsNumber tells whether v is a number, small or wide.
func (v Value) IsNumber() bool { return v.Tag < TagBool || v.Tag&tagMask == TagWide }

// IsNil tells whether v is இன்மை.
func (v Value) IsNil() bool { return v.Tag == TagNil }

// Same tells whether a and b are the same words: the same number in the same form, or the same object.
func (v Value) Same(w Value) bool { return v.Tag == w.Tag && v.Bits == w.Bits && v.Ref == w.Ref }

// KindName is what the word வகை answers: "a number", "a string", "a boolean", "an array", "a record", "a result", "nil",
// "a function"; a shaped record answers its shape's name, a handle its kind (பணி, சேனல் …), a shape "a shape".
func (v Value) KindName() string {
	switch v.Kind() {
	case NumberKind:
		return "a number"
	case BooleanKind:
		return "a boolean"
	case TextKind:
		return "a string"
	case ArrayKind:
		return "an array"
	case RecordKind:
		if sh := v.Record().Shape; sh != nil {
			return sh.Name
		}
		return "a record"
	case OkKind, ErrKind:
		return "a result"
	case FuncKind:
		return "a function"
	case HandleKind:
		return v.Handle().Kind
	case ShapeKind:
		return "a shape"
	}
	return "nil"
}
