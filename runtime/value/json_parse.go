package value

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// MaxJSONDepth is how deep arrays and records of a JSON text may nest.
const MaxJSONDepth = 512

// ParseJSON reads strict JSON (RFC 8259). Numbers are exact decimals, exponents included; of equal keys the last one counts. The error is
// an *Error with code E0320, the byte offset and the reason; text after the value is refused, and so is a number that does
// not fit a decimal.
func ParseJSON(s string) (Value, error) { return parseJSON(s, false) }

// ParseUniqueJSON is ParseJSON for texts of strangers: a key that comes twice in one record is refused, because others who
// read the same text may take the first one.
func ParseUniqueJSON(s string) (Value, error) { return parseJSON(s, true) }

func parseJSON(s string, unique bool) (Value, error) {
	p := jsonParser{s: s, copies: len(s) > maxPinned, unique: unique}
	v, ok := p.value(0)
	if ok {
		p.space()
		if p.pos < len(s) {
			ok = p.refuse("text after the value")
		}
	}
	if !ok {
		return Nil, fail(CodeBadJSON, strconv.Itoa(p.at), p.reason)
	}
	return v, nil
}

// jsonParser reads s from pos. After a failure at and reason say where and why.
type jsonParser struct {
	s      string
	pos    int
	at     int
	reason string
	copies bool
	unique bool // no key twice
}

// maxPinned is the length up to which the texts of a JSON source may be parts of it. A longer source would stay in memory
// for one short text.
const maxPinned = 16 << 10

func (p *jsonParser) refuse(reason string) bool { return p.refuseAt(p.pos, reason) }

func (p *jsonParser) refuseAt(at int, reason string) bool {
	p.at, p.reason = at, reason
	return false
}

func (p *jsonParser) space() {
	for p.pos < len(p.s) {
		switch p.s[p.pos] {
		case ' ', '\t', '\n', '\r':
			p.pos++
		default:
			return
		}
	}
}

// peek is the next byte, 0 at the end.
func (p *jsonParser) peek() byte {
	if p.pos < len(p.s) {
		return p.s[p.pos]
	}
	return 0
}

func (p *jsonParser) value(depth int) (Value, bool) {
	p.space()
	switch c := p.peek(); {
	case c == '{' || c == '[':
		if depth >= MaxJSONDepth {
			return Nil, p.refuse("nested too deep")
		}
		if c == '{' {
			return p.record(depth + 1)
		}
		return p.array(depth + 1)
	case c == '"':
		s, ok := p.text()
		return FromText(s), ok
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	case c == 't':
		return FromBool(true), p.word("true")
	case c == 'f':
		return FromBool(false), p.word("false")
	case c == 'n':
		return Nil, p.word("null")
	case p.pos >= len(p.s):
		return Nil, p.refuse("the text ends early")
	}
	return Nil, p.refuse("a value is expected")
}

func (p *jsonParser) word(w string) bool {
	if !strings.HasPrefix(p.s[p.pos:], w) {
		return p.refuse("a value is expected")
	}
	p.pos += len(w)
	return true
}

func (p *jsonParser) array(depth int) (Value, bool) {
	p.pos++
	p.space()
	var items []Value
	if p.peek() == ']' {
		p.pos++
		return FromItems(items), true
	}
	for {
		v, ok := p.value(depth)
		if !ok {
			return Nil, false
		}
		items = append(items, v)
		p.space()
		switch p.peek() {
		case ',':
			p.pos++
		case ']':
			p.pos++
			return FromItems(items), true
		default:
			return Nil, p.refuse("',' or ']' is expected")
		}
	}
}

func (p *jsonParser) record(depth int) (Value, bool) {
	p.pos++
	p.space()
	r := &Record{Layout: emptyLayout()}
	if p.peek() == '}' {
		p.pos++
		return fromRecord(r), true
	}
	r.Slots = make([]Value, 0, 4)
	for {
		if !p.field(r, depth) {
			return Nil, false
		}
		p.space()
		switch p.peek() {
		case ',':
			p.pos++
			p.space()
		case '}':
			p.pos++
			return fromRecord(r), true
		default:
			return Nil, p.refuse("',' or '}' is expected")
		}
	}
}

func (p *jsonParser) field(r *Record, depth int) bool {
	if p.peek() != '"' {
		return p.refuse("a key in quotes is expected")
	}
	start := p.pos
	key, ok := p.text()
	if !ok {
		return false
	}
	p.space()
	if p.peek() != ':' {
		return p.refuse("':' is expected")
	}
	p.pos++
	v, ok := p.value(depth)
	if !ok {
		return false
	}
	if slot, twice := r.Layout.Slot(key); twice {
		if p.unique {
			return p.refuseAt(start, "a key twice in one record")
		}
		r.Slots[slot] = v
		return true
	}
	r.add(key, v)
	return true
}

// number reads -?(0|[1-9]digits)(.digits)?([eE][+-]?digits)?.
func (p *jsonParser) number() (Value, bool) {
	start := p.pos
	if p.peek() == '-' {
		p.pos++
	}
	zero := p.peek() == '0'
	if n := p.digits(); n == 0 || zero && n > 1 {
		return Nil, p.refuseAt(start, "this is not a JSON number")
	}
	if p.peek() == '.' {
		p.pos++
		if p.digits() == 0 {
			return Nil, p.refuseAt(start, "this is not a JSON number")
		}
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		p.pos++
		if c := p.peek(); c == '+' || c == '-' {
			p.pos++
		}
		if p.digits() == 0 {
			return Nil, p.refuseAt(start, "this is not a JSON number")
		}
	}
	v, ok := ParseNumber(p.s[start:p.pos])
	if !ok {
		return Nil, p.refuseAt(start, "the number does not fit")
	}
	return v, true
}

func (p *jsonParser) digits() (n int) {
	for p.peek() >= '0' && p.peek() <= '9' {
		p.pos++
		n++
	}
	return n
}

// text reads a string in quotes. Without escapes it is a part of the source and costs no copy.
func (p *jsonParser) text() (string, bool) {
	p.pos++
	start := p.pos
	for p.pos < len(p.s) {
		switch c := p.s[p.pos]; {
		case c == '"':
			s := p.s[start:p.pos]
			p.pos++
			if !utf8.ValidString(s) {
				return "", p.refuseAt(start, "the text is not UTF-8")
			}
			if p.copies {
				s = strings.Clone(s)
			}
			return s, true
		case c == '\\':
			return p.escaped(start)
		case c < 0x20:
			return "", p.refuse("a control character in a text")
		}
		p.pos++
	}
	return "", p.refuse("the text ends early")
}

// escaped continues text at its first escape.
func (p *jsonParser) escaped(start int) (string, bool) {
	buf := append(make([]byte, 0, 2*(p.pos-start)+16), p.s[start:p.pos]...)
	for p.pos < len(p.s) {
		c := p.s[p.pos]
		switch {
		case c == '"':
			p.pos++
			if !utf8.Valid(buf) {
				return "", p.refuseAt(start, "the text is not UTF-8")
			}
			return string(buf), true
		case c == '\\':
			var ok bool
			if buf, ok = p.escape(buf); !ok {
				return "", false
			}
			continue
		case c < 0x20:
			return "", p.refuse("a control character in a text")
		}
		buf = append(buf, c)
		p.pos++
	}
	return "", p.refuse("the text ends early")
}

func (p *jsonParser) escape(buf []byte) ([]byte, bool) {
	p.pos++
	c := p.peek()
	if c == 'u' {
		return p.unicode(buf)
	}
	const names, meanings = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	i := strings.IndexByte(names, c)
	if c == 0 || i < 0 {
		return buf, p.refuse("an unknown escape")
	}
	p.pos++
	return append(buf, meanings[i]), true
}

// unicode reads uXXXX, and a second one when the first is half of a pair. A half alone becomes U+FFFD, as no text can hold it.
func (p *jsonParser) unicode(buf []byte) ([]byte, bool) {
	r, ok := p.hex()
	if !ok {
		return buf, false
	}
	if utf16.IsSurrogate(r) {
		if after := p.pos; strings.HasPrefix(p.s[p.pos:], `\u`) {
			p.pos++
			second, ok := p.hex()
			if !ok {
				return buf, false
			}
			if r = utf16.DecodeRune(r, second); r == utf8.RuneError {
				p.pos = after
			}
		} else {
			r = utf8.RuneError
		}
	}
	return utf8.AppendRune(buf, r), true
}

func (p *jsonParser) hex() (rune, bool) {
	if p.pos+5 > len(p.s) {
		return 0, p.refuse("\\u needs four hexadecimal digits")
	}
	n, err := strconv.ParseUint(p.s[p.pos+1:p.pos+5], 16, 32)
	if err != nil {
		return 0, p.refuse("\\u needs four hexadecimal digits")
	}
	p.pos += 5
	return rune(n), true
}
