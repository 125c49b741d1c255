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
	Number Kind = iota
	Boolean
	Nil_
	TextKind
	ArrayKind
	RecordKind
	OkKind
	ErrKind
	FuncKind
	HandleKind
	ShapeKind
	Unset
)
