package value

import (
	"cmp"
	"slices"
	"strings"
	"unsafe"
)

// ToNumber is v in arithmetic and in index positions (semantics.md 1.4): booleans are 1 and 0, text is parsed and 0 when it is no
// number, everything else is 0. It never fails.
func ToNumber(v Value) Value {
	if v.IsNumber() {
		return v
	}
	switch v.Tag {
	case TagBool:
		return Value{Bits: v.Bits}
	case TagText:
		if n, ok := ParseNumber((*Text)(v.Ref).s); ok {
			return n
		}
	}
	return Value{}
}

// Less answers a < b (semantics.md 1.5): numbers, texts by bytes, and a text with a number numerically; false for every
// other pair.
func Less(a, b Value) bool {
	if a.Tag == b.Tag && a.Tag < TagBool {
		return a.Bits < b.Bits
	}
	c, ok := compare(a, b)
	return ok && c < 0
}

// LessEq answers a <= b, false for the pairs that Less cannot compare.
func LessEq(a, b Value) bool {
	if a.Tag == b.Tag && a.Tag < TagBool {
		return a.Bits <= b.Bits
	}
	c, ok := compare(a, b)
	return ok && c <= 0
}

// Compare orders any two values for sorting: two numbers numerically, anything else by display text in code-point order.
func Compare(a, b Value) int {
	if a.IsNumber() && b.IsNumber() {
		return compareNumbers(a, b)
	}
	return strings.Compare(a.Display(), b.Display())
}

func compare(a, b Value) (int, bool) {
	an, bn := a.IsNumber(), b.IsNumber()
	switch {
	case an && bn:
		return compareNumbers(a, b), true
	case a.Tag == TagText && b.Tag == TagText:
		return strings.Compare((*Text)(a.Ref).s, (*Text)(b.Ref).s), true
	case an && b.Tag == TagText, bn && a.Tag == TagText:
		return compareNumbers(ToNumber(a), ToNumber(b)), true
	}
	return 0, false
}

func compareNumbers(a, b Value) int {
	if a.Tag < TagBool && b.Tag < TagBool {
		if x, y, _, ok := alignSmall(a, b); ok {
			return cmp.Compare(x, y)
		}
	}
	return a.Decimal().Cmp(b.Decimal())
}

// Equal answers a == b (semantics.md 1.5): the same kind, deep, numbers by value, records whatever the order of
// their fields and only with the same shape, functions and handles by identity.
func Equal(a, b Value) bool {
	if a.Tag == b.Tag && a.Tag < TagText {
		if a.Tag != TagUnset && a.Bits == b.Bits {
			return true
		}
		return a.Tag&tagMask == TagWide && compareNumbers(a, b) == 0
	}
	if eq, sure := equalFlat(a, b); sure {
		return eq
	}
	return equalDeep(a, b)
}

// equalFlat decides everything but two aggregates of one kind that are not the same object.
func equalFlat(a, b Value) (eq, sure bool) {
	if a.IsNumber() {
		return b.IsNumber() && compareNumbers(a, b) == 0, true
	}
	if a.Tag != b.Tag {
		return false, true
	}
	switch a.Tag {
	case TagText:
		return (*Text)(a.Ref).s == (*Text)(b.Ref).s, true
	case TagArray, TagRecord, TagOk, TagErr:
		return a.Ref == b.Ref, a.Ref == b.Ref
	}
	return a.Same(b), true
}

// rememberAfter is how many aggregates Equal compares before it keeps account of them.
const rememberAfter = 100_000

// equalDeep compares aggregates with a list of what is left to do instead of recursion: values nest as deep as memory allows.
//
// After rememberAfter steps it remembers the pairs it meets, and does not look into one twice: a few objects that hold each
// other many times over have more paths than any time allows to walk.
func equalDeep(a, b Value) bool {
	todo := []Value{a, b}
	var met map[[2]unsafe.Pointer]struct{}
	for steps := 0; len(todo) > 0; steps++ {
		a, b = todo[len(todo)-2], todo[len(todo)-1]
		todo = todo[:len(todo)-2]
		if steps > rememberAfter {
			if met == nil {
				met = map[[2]unsafe.Pointer]struct{}{}
			}
			pair := [2]unsafe.Pointer{a.Ref, b.Ref}
			if _, twice := met[pair]; twice {
				continue
			}
			met[pair] = struct{}{}
		}
		var ok bool
		switch a.Tag {
		case TagArray:
			x, y := (*Array)(a.Ref).Items, (*Array)(b.Ref).Items
			todo, ok = equalItems(todo, x, y)
		case TagRecord:
			todo, ok = equalRecords(todo, (*Record)(a.Ref), (*Record)(b.Ref))
		default:
			todo, ok = equalPair(todo, a.Inner(), b.Inner())
		}
		if !ok {
			return false
		}
	}
	return true
}

func equalPair(todo []Value, a, b Value) ([]Value, bool) {
	eq, sure := equalFlat(a, b)
	if !sure {
		return append(todo, a, b), true
	}
	return todo, eq
}

func equalItems(todo, x, y []Value) ([]Value, bool) {
	if len(x) != len(y) {
		return todo, false
	}
	for i := range x {
		var ok bool
		if todo, ok = equalPair(todo, x[i], y[i]); !ok {
			return todo, false
		}
	}
	return todo, true
}

func equalRecords(todo []Value, x, y *Record) ([]Value, bool) {
	if len(x.Slots) != len(y.Slots) || x.Shape != y.Shape {
		return todo, false
	}
	if x.Layout == y.Layout || slices.Equal(x.Layout.keys, y.Layout.keys) {
		return equalItems(todo, x.Slots, y.Slots)
	}
	for i, key := range x.Layout.keys {
		j, ok := y.Layout.Slot(key)
		if !ok {
			return todo, false
		}
		if todo, ok = equalPair(todo, x.Slots[i], y.Slots[j]); !ok {
			return todo, false
		}
	}
	return todo, true
}
