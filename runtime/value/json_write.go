package value

import "unicode/utf8"

// AppendJSON appends v as compact JSON: keys sorted by code point, numbers in normal form, control characters as \u00xx (or \n, \r,
// \t). சரி, தவறு, functions, handles and shapes are null, as is what nests deeper than MaxDisplayDepth. It never fails.
func AppendJSON(dst []byte, v Value) []byte { return appendJSON(dst, v, 0) }

func appendJSON(dst []byte, v Value, depth int) []byte {
	switch v.Tag & tagMask {
	case TagBool, TagNil:
		if v.Tag == TagBool {
			return appendDisplay(dst, v, depth)
		}
	case TagText:
		return AppendJSONString(dst, (*Text)(v.Ref).s)
	case TagArray:
		if depth < MaxDisplayDepth {
			return appendJSONArray(dst, (*Array)(v.Ref).Items, depth+1)
		}
	case TagRecord:
		if depth < MaxDisplayDepth {
			return appendJSONRecord(dst, (*Record)(v.Ref), depth+1)
		}
	default:
		if v.IsNumber() {
			if v.Decimal().IsZero() {
				return append(dst, '0')
			}
			return appendNumber(dst, v)
		}
	}
	return append(dst, "null"...)
}

func appendJSONArray(dst []byte, items []Value, depth int) []byte {
	dst = append(dst, '[')
	for i, x := range items {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendJSON(dst, x, depth)
	}
	return append(dst, ']')
}

func appendJSONRecord(dst []byte, r *Record, depth int) []byte {
	dst = append(dst, '{')
	order := r.Layout.order()
	quoted := order.quoted(r.Layout.private)
	for i, slot := range order.slots {
		if i > 0 {
			dst = append(dst, ',')
		}
		if quoted != nil {
			dst = append(dst, quoted[i]...)
		} else {
			dst = append(AppendJSONString(dst, order.keys[i]), ':')
		}
		dst = appendJSON(dst, r.Slots[slot], depth)
	}
	return append(dst, '}')
}

// quoted are the keys as JSON writes them, with their colons. They are made once for a layout that records share; a
// private one changes too often, and there it answers nil.
func (o *sortedOrder) quoted(private bool) []string {
	if private {
		return nil
	}
	if q := o.json.Load(); q != nil {
		return *q
	}
	q := make([]string, len(o.keys))
	for i, key := range o.keys {
		q[i] = string(append(AppendJSONString(nil, key), ':'))
	}
	o.json.Store(&q)
	return q
}

const hexDigits = "0123456789abcdef"

// AppendJSONString appends s as a JSON string; bytes that are no UTF-8 become U+FFFD.
func AppendJSONString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	if isPlainJSON(s) {
		dst = append(dst, s...)
		return append(dst, '"')
	}
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				dst = append(append(dst, s[start:i]...), "\uFFFD"...)
				start = i + 1
			}
			i += size
			continue
		}
		i++
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		dst = append(dst, s[start:i-1]...)
		start = i
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\r':
			dst = append(dst, '\\', 'r')
		case '\t':
			dst = append(dst, '\\', 't')
		default:
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

// isPlainJSON tells whether s stands in JSON as it is, as most texts do.
func isPlainJSON(s string) bool {
	high := byte(0)
	for i := range len(s) {
		c := s[i]
		if c < 0x20 || c == '"' || c == '\\' {
			return false
		}
		high |= c
	}
	return high < utf8.RuneSelf || utf8.ValidString(s)
}
