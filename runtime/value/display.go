package value

import (
	"math/bits"
	"strconv"
)

// MaxDisplayDepth bounds how deep AppendDisplay and AppendJSON follow arrays, records and results into each other. Below
// it they show "…" and null, so that no value can exhaust the stack.
const MaxDisplayDepth = 10_000

// Display is the text that அச்சு and & show for v (semantics.md 1.1).
func (v Value) Display() string {
	if v.Tag == TagText {
		return (*Text)(v.Ref).s
	}
	var buf [64]byte
	if flat, ok := appendFlat(buf[:0], v); ok {
		return string(flat)
	}
	return string(appendDisplay(nil, v, 0))
}

// AppendDisplay appends the display text of v to dst.
func AppendDisplay(dst []byte, v Value) []byte { return appendDisplay(dst, v, 0) }

func appendDisplay(dst []byte, v Value, depth int) []byte {
	dst, ok := appendFlat(dst, v)
	switch {
	case ok:
		return dst
	case depth >= MaxDisplayDepth:
		return append(dst, "…"...)
	}
	return appendNested(dst, v, depth+1)
}

// appendFlat appends what holds no other values; ok is false for the rest. It does not recurse, so that a caller's buffer stays on the stack.
func appendFlat(dst []byte, v Value) (out []byte, ok bool) {
	switch v.Tag & tagMask {
	case TagBool:
		return strconv.AppendBool(dst, v.Bits != 0), true
	case TagNil, TagUnset:
		return append(dst, "nil"...), true
	case TagText:
		return append(dst, (*Text)(v.Ref).s...), true
	case TagArray, TagRecord, TagOk, TagErr:
		return dst, false
	case TagFunc:
		return appendFunc(dst, v.Func()), true
	case TagHandle:
		return appendHandle(dst, v.Handle()), true
	case TagShape:
		return append(append(append(dst, "<வடிவம் "...), v.Shape().Name...), '>'), true
	}
	return appendNumber(dst, v), true
}

func appendNested(dst []byte, v Value, depth int) []byte {
	switch v.Tag {
	case TagArray:
		dst = append(dst, '[')
		for i, x := range v.Array().Items {
			if i > 0 {
				dst = append(dst, ", "...)
			}
			dst = appendDisplay(dst, x, depth)
		}
		return append(dst, ']')
	case TagRecord:
		return appendRecord(dst, v.Record(), depth)
	case TagOk:
		dst = append(dst, "சரி("...)
	default:
		dst = append(dst, "தவறு("...)
	}
	dst = appendDisplay(dst, v.Inner(), depth)
	return append(dst, ')')
}

func appendRecord(dst []byte, r *Record, depth int) []byte {
	if r.Shape != nil {
		dst = append(dst, r.Shape.Name...)
	}
	dst = append(dst, '{')
	keys := r.Layout.keys
	for i, slot := range r.Layout.sortedSlots() {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = append(dst, keys[slot]...)
		dst = append(dst, ": "...)
		dst = appendDisplay(dst, r.Slots[slot], depth)
	}
	return append(dst, '}')
}

func appendFunc(dst []byte, f *Func) []byte {
	dst = append(dst, "<செயல்"...)
	if f.Name != "" {
		dst = append(append(dst, ' '), f.Name...)
	}
	return append(dst, '>')
}

func appendHandle(dst []byte, h *Handle) []byte {
	dst = append(append(dst, '<'), h.Kind...)
	if h.Name != "" {
		dst = append(dst, ' ', '"')
		dst = append(dst, h.Name...)
		dst = append(dst, '"')
	}
	return append(dst, '>')
}

func appendNumber(dst []byte, v Value) []byte {
	if v.Tag == 0 {
		return strconv.AppendInt(dst, v.Bits, 10)
	}
	return v.Decimal().Append(dst)
}

// String is the number in plain digits, without zeros at the end of the fraction and never with an exponent.
func (d Decimal) String() string {
	var buf [40]byte
	return string(d.Append(buf[:0]))
}

// Append appends String to dst.
func (d Decimal) Append(dst []byte) []byte {
	d = d.Trim()
	var buf [40]byte
	i := len(buf)
	left := int(d.Scale) // digits to write before the point comes
	digit := func(c uint64) {
		i--
		buf[i] = byte('0' + c)
		if left--; left == 0 {
			i--
			buf[i] = '.'
		}
	}
	lo, hi := d.Lo, uint64(d.Hi)
	for hi != 0 {
		// Eighteen digits at a time keep the divisions in one word.
		var rem uint64
		q := hi / 1e18
		lo, rem = bits.Div64(hi%1e18, lo, 1e18)
		hi = q
		for range 18 {
			digit(rem % 10)
			rem /= 10
		}
	}
	for ; lo != 0; lo /= 10 {
		digit(lo % 10)
	}
	for left > 0 {
		digit(0)
	}
	if i == len(buf) || buf[i] == '.' {
		i--
		buf[i] = '0'
	}
	if d.Neg {
		i--
		buf[i] = '-'
	}
	return append(dst, buf[i:]...)
}
