package position

import "unicode/utf8"

// Encoding is the unit in which a protocol counts columns.
type Encoding uint8

// The position encodings of the Language Server Protocol 3.17.
const (
	UTF16 Encoding = iota // code units of UTF-16, the protocol's default
	UTF8                  // bytes
	UTF32                 // code points
)

// At is the place of a byte offset: line and column from 0, columns in units of e.
func (m *Map) At(off int, e Encoding) (line, col int) {
	i, start, _, off := m.locate(off)
	if e == UTF8 {
		return i, off - start
	}
	for at := start; at < off; {
		units, size := unitsAt(m.src[at:], e)
		col += units
		at += size
	}
	return i, col
}

// Offset is the byte offset of a place that is counted from 0 in units of e. A column past the end of its line means
// the end of that line; a line past the last one means the end of the text.
func (m *Map) Offset(line, col int, e Encoding) int {
	if line < 0 {
		return 0
	}
	if line >= len(m.starts) {
		return len(m.src)
	}
	start, end := m.span(line)
	if col <= 0 {
		return start
	}
	if e == UTF8 {
		if col > end-start {
			return end
		}
		return runeStart(m.src, start, start+col)
	}
	at := start
	for at < end {
		units, size := unitsAt(m.src[at:], e)
		if col -= units; col < 0 {
			break
		}
		at += size
	}
	return at
}

// UTF16 is the place of a byte offset from 0, with columns in UTF-16 code units.
func (m *Map) UTF16(off int) (line, col int) { return m.At(off, UTF16) }

// OffsetUTF16 is the byte offset of a place counted in UTF-16 code units.
func (m *Map) OffsetUTF16(line, col int) int { return m.Offset(line, col, UTF16) }

// UTF8 is the place of a byte offset from 0, with columns in bytes.
func (m *Map) UTF8(off int) (line, col int) { return m.At(off, UTF8) }

// OffsetUTF8 is the byte offset of a place counted in bytes.
func (m *Map) OffsetUTF8(line, col int) int { return m.Offset(line, col, UTF8) }

// UTF32 is the place of a byte offset from 0, with columns in code points.
func (m *Map) UTF32(off int) (line, col int) { return m.At(off, UTF32) }

// OffsetUTF32 is the byte offset of a place counted in code points.
func (m *Map) OffsetUTF32(line, col int) int { return m.Offset(line, col, UTF32) }

// unitsAt is the width in units and in bytes of the first character of s, which is not empty.
func unitsAt(s string, e Encoding) (units, size int) {
	r, size := utf8.DecodeRuneInString(s)
	if e == UTF16 && r > 0xFFFF {
		return 2, size
	}
	return 1, size
}
