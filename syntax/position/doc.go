// Package position converts between byte offsets of a source text and the line and column numbers that people, editors
// and protocols use. A Map is made once per text; it is immutable and safe for concurrent use. Nothing else in the
// toolchain counts columns.
//
// Lines end with "\n", "\r\n" or a lone "\r", as in the Language Server Protocol. Columns for people count grapheme
// clusters from 1, because one Tamil letter may be up to four code points; columns for protocols count code units from 0.
//
//	m := position.NewMap("எண் 𝒳 = 1;\nஅச்சு க்ஷ;")
//	line, col := m.Clusters(off)  // 2, 4: for an error message
//	line, col = m.UTF16(off)      // 1, 6: for an editor
//	off = m.OffsetUTF16(line, col)
//
// Every input has an answer: offsets and columns outside the text are clamped to the nearest place inside it, and a
// place inside a character means that character's start. A byte that is no valid UTF-8 counts as one character.
package position
