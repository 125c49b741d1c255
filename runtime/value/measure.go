package value

import "unicode/utf8"

// A few objects that hold each other many times over may show as more text than any memory holds: x = [x, x], forty times.
// So whoever builds text of an aggregate measures it first, which costs no more steps than the limit and no memory.

// DisplaySize is the length in bytes of the display text of v, or some number above limit when it is longer than limit.
func DisplaySize(v Value, limit int) int { return measured(v, limit, false) }

// JSONSize is the length in bytes of what AppendJSON appends for v, or some number above limit when it is longer than limit.
func JSONSize(v Value, limit int) int { return measured(v, limit, true) }

// briefLimit is the most display text, in bytes, that Brief takes into a message.
const briefLimit = 64 << 10

// Brief is the display text of v for an error message: […] and the like where there would be too much of it.
func Brief(v Value) string {
	if v.Tag == TagText || DisplaySize(v, briefLimit) <= briefLimit {
		return v.Display()
	}
	switch v.Tag {
	case TagRecord:
		return "{…}"
	case TagOk:
		return "சரி(…)"
	case TagErr:
		return "தவறு(…)"
	}
	return "[…]"
}

func measured(v Value, limit int, json bool) int {
	m := measure{left: limit, json: json}
	m.value(v, 0)
	return limit - m.left
}

// measure walks as appendDisplay and appendJSON do, and only counts.
type measure struct {
	left int // of the limit; the walk ends when it is negative
	json bool
}

func (m *measure) value(v Value, depth int) {
	switch v.Tag {
	case TagText:
		m.left -= m.text((*Text)(v.Ref).s)
	case TagArray, TagRecord, TagOk, TagErr:
		m.nested(v, depth)
	case 0:
		m.left -= digits(v.Bits)
	default:
		var buf [64]byte
		if m.json {
			m.left -= len(appendJSON(buf[:0], v, depth))
		} else {
			flat, _ := appendFlat(buf[:0], v)
			m.left -= len(flat)
		}
	}
}

func (m *measure) nested(v Value, depth int) {
	switch {
	case m.json && (depth >= MaxDisplayDepth || v.Tag == TagOk || v.Tag == TagErr):
		m.left -= len("null")
	case depth >= MaxDisplayDepth:
		m.left -= len("…")
	case v.Tag == TagArray:
		items := (*Array)(v.Ref).Items
		m.left -= 2 + m.between(len(items))
		for i := 0; i < len(items) && m.left >= 0; i++ {
			m.value(items[i], depth+1)
		}
	case v.Tag == TagRecord:
		m.record((*Record)(v.Ref), depth+1)
	case v.Tag == TagOk:
		m.left -= len("சரி()")
		m.value(v.Inner(), depth+1)
	default:
		m.left -= len("தவறு()")
		m.value(v.Inner(), depth+1)
	}
}

func (m *measure) record(r *Record, depth int) {
	m.left -= 2 + m.between(len(r.Slots))
	if r.Shape != nil && !m.json {
		m.left -= len(r.Shape.Name)
	}
	colon := len(": ")
	if m.json {
		colon = len(":")
	}
	for i := 0; i < len(r.Slots) && m.left >= 0; i++ {
		m.left -= m.text(r.Layout.keys[i]) + colon
		m.value(r.Slots[i], depth)
	}
}

// between is the length of what stands between n items.
func (m *measure) between(n int) int {
	if m.json {
		return max(n-1, 0)
	}
	return 2 * max(n-1, 0)
}

// text is the length of a text or key as it is written.
func (m *measure) text(s string) int {
	if !m.json {
		return len(s)
	}
	n := len(s) + 2
	for i := 0; i < len(s); {
		c, size := s[i], 1
		switch {
		case c >= utf8.RuneSelf:
			var r rune
			if r, size = utf8.DecodeRuneInString(s[i:]); r == utf8.RuneError && size == 1 {
				n += len("\uFFFD") - 1
			}
		case c == '"', c == '\\', c == '\n', c == '\r', c == '\t':
			n++
		case c < 0x20:
			n += len(`u0000`)
		}
		i += size
	}
	return n
}

// digits is the length of a whole number in decimal digits, with its sign.
func digits(n int64) int {
	length, u := 1, uint64(n)
	if n < 0 {
		length, u = 2, -u
	}
	for ; u >= 10; u /= 10 {
		length++
	}
	return length
}
