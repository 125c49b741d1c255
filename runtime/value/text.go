package value

import (
	"sync/atomic"
	"unsafe"
)

// Text is the content of a text value. It is immutable; the cluster index is built at the first need and published
// atomically.
type Text struct {
	s string
	// tail is the buffer whose bytes end with s, when the text was made by Concat: the next Concat may grow it in place.
	tail *tail
	// index counts the clusters of s, or of a prefix of s when it is shorter (inherited by Concat).
	index atomic.Pointer[clusterIndex]
}

// FromText makes a text. s must be valid UTF-8.
func FromText(s string) Value {
	if s == "" {
		return Value{Tag: TagText, Ref: unsafe.Pointer(emptyText)}
	}
	return Value{Tag: TagText, Ref: unsafe.Pointer(&Text{s: s})}
}

// emptyText is the text without content; like every Text it never changes.
var emptyText = &Text{}

// Text is the text behind v, "" when v is none (Display converts).
func (v Value) Text() string {
	if v.Tag != TagText {
		return ""
	}
	return (*Text)(v.Ref).s
}

// IsText tells whether v is text.
func (v Value) IsText() bool { return v.Tag == TagText }

// tail is a buffer that several texts may share: each is a prefix of what is used, and whoever moves used forward owns
// the bytes between.
type tail struct {
	buf  []byte // its capacity is its length
	used atomic.Int64
}

// minTail is the size from which Concat keeps room for more.
const minTail = 64

// Concat answers a & b: the display texts joined. Appending to the result of an earlier Concat costs the length of b only
// (amortised), also when several texts share the buffer or goroutines append to one text at the same time.
func Concat(a, b Value) Value {
	if a.Tag != TagText || b.Tag != TagText {
		return concatDisplay(a, b)
	}
	left, right := (*Text)(a.Ref), (*Text)(b.Ref)
	if right.s == "" {
		return a
	}
	if left.s == "" {
		return b
	}
	return Value{Tag: TagText, Ref: unsafe.Pointer(left.append(right.s))}
}

// concatDisplay is Concat where one of the two is no text.
func concatDisplay(a, b Value) Value {
	if a.Tag != TagText {
		a = FromText(a.Display())
		if b.Tag == TagText {
			return Concat(a, b)
		}
	}
	left := (*Text)(a.Ref)
	var buf [64]byte
	right, ok := appendFlat(buf[:0], b)
	if !ok {
		return Concat(a, FromText(b.Display()))
	}
	if left.s == "" {
		return FromText(string(right))
	}
	// append copies what it is given, so that the text may be a view of the buffer.
	return Value{Tag: TagText, Ref: unsafe.Pointer(left.append(unsafe.String(unsafe.SliceData(right), len(right))))}
}

// Extend answers a & p & q … for all parts in a row. It is Concat after Concat with one new text instead of several.
func Extend(a Value, parts []Value) Value {
	var buf [128]byte
	right := buf[:0]
	for _, p := range parts {
		right = AppendDisplay(right, p)
	}
	if a.Tag != TagText {
		a = FromText(a.Display())
	}
	left := (*Text)(a.Ref)
	switch {
	case len(right) == 0:
		return a
	case left.s == "":
		return FromText(string(right))
	}
	// append copies what it is given, so that the text may be a view of the buffer.
	return Value{Tag: TagText, Ref: unsafe.Pointer(left.append(unsafe.String(unsafe.SliceData(right), len(right))))}
}

// append makes the text t & right.
func (t *Text) append(right string) *Text {
	n := len(t.s) + len(right)
	if n < minTail {
		return &Text{s: t.s + right}
	}
	joined := &Text{}
	if t.tail == nil || !t.tail.claim(len(t.s), n) {
		joined.tail = &tail{buf: make([]byte, 2*n)}
		joined.tail.used.Store(int64(n))
		copy(joined.tail.buf, t.s)
	} else {
		joined.tail = t.tail
	}
	copy(joined.tail.buf[len(t.s):], right)
	joined.s = unsafe.String(unsafe.SliceData(joined.tail.buf), n)
	if index := t.index.Load(); index != nil {
		joined.index.Store(index)
	}
	return joined
}

// claim reserves the bytes from..to for the caller when nobody has used them and they exist.
func (t *tail) claim(from, to int) bool {
	return to <= len(t.buf) && t.used.CompareAndSwap(int64(from), int64(to))
}

// Joined makes one text of the display texts of vals.
func Joined(vals ...Value) Value {
	n := 0
	for _, v := range vals {
		n += len(v.Text())
	}
	buf := make([]byte, 0, n+16)
	for _, v := range vals {
		buf = AppendDisplay(buf, v)
	}
	return FromText(unsafe.String(unsafe.SliceData(buf), len(buf)))
}
