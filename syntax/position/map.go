package position

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// Map knows where the lines of one text start.
type Map struct {
	src    string
	starts []int // byte offset of each line's first byte; never empty
}

// NewMap reads a text once and remembers its lines.
func NewMap(src string) *Map {
	starts := make([]int, 1, 1+strings.Count(src, "\n"))
	for i := 0; i < len(src); {
		n := strings.IndexAny(src[i:], "\r\n")
		if n < 0 {
			break
		}
		i += n + 1
		if src[i-1] == '\r' && i < len(src) && src[i] == '\n' {
			i++
		}
		starts = append(starts, i)
	}
	return &Map{src: src, starts: starts}
}

// Edit is the map of src, which m's text became when the bytes from start to end were replaced. Only the lines there are read.
func (m *Map) Edit(src string, start, end int) *Map {
	grow := len(src) - len(m.src)
	from := max(1, sort.SearchInts(m.starts, start))
	to := max(from, sort.SearchInts(m.starts, end+1))
	starts := make([]int, from, len(m.starts)+max(0, grow)/16+8)
	copy(starts, m.starts)
	for i := max(1, start); i <= end+grow; i++ {
		if src[i-1] == '\n' || src[i-1] == '\r' && (i == len(src) || src[i] != '\n') {
			starts = append(starts, i)
		}
	}
	for _, at := range m.starts[to:] {
		starts = append(starts, at+grow)
	}
	return &Map{src: src, starts: starts}
}

// Source is the text that the map was made of.
func (m *Map) Source() string { return m.src }

// Lines is the number of lines: one more than the number of line ends.
func (m *Map) Lines() int { return len(m.starts) }

// Line is the 1-based number of the line that holds the byte at off. A line end belongs to the line that it ends.
func (m *Map) Line(off int) int { return m.index(m.clamp(off)) + 1 }

// LineSpan is the range of bytes of a line, counted from 1, without its line end.
func (m *Map) LineSpan(line int) (start, end int) {
	return m.span(min(max(line, 1), len(m.starts)) - 1)
}

// LineText is the text of a line, counted from 1, without its line end.
func (m *Map) LineText(line int) string {
	start, end := m.LineSpan(line)
	return m.src[start:end]
}

// Clusters is the place of off for people: line and column from 1, columns in grapheme clusters. The end of a line has
// the column after its last cluster.
func (m *Map) Clusters(off int) (line, col int) {
	i, start, end, off := m.locate(off)
	it := graphemes.FromString(m.src[start:end])
	col = 1
	for it.Next() && start+it.End() <= off {
		col++
	}
	return i + 1, col
}

// OffsetClusters is the byte offset of a place that was counted for people.
func (m *Map) OffsetClusters(line, col int) int {
	if line < 1 {
		return 0
	}
	if line > len(m.starts) {
		return len(m.src)
	}
	start, end := m.span(line - 1)
	it := graphemes.FromString(m.src[start:end])
	at := start
	for c := 1; c < col && it.Next(); c++ {
		at = start + it.End()
	}
	return at
}

// clamp brings an offset into the text.
func (m *Map) clamp(off int) int { return min(max(off, 0), len(m.src)) }

// index is the 0-based line of an offset inside the text.
func (m *Map) index(off int) int {
	return sort.Search(len(m.starts), func(i int) bool { return m.starts[i] > off }) - 1
}

// span is the range of bytes of a line, counted from 0, without its line end.
func (m *Map) span(i int) (start, end int) {
	start, end = m.starts[i], len(m.src)
	if i+1 == len(m.starts) {
		return start, end
	}
	end = m.starts[i+1] - 1
	if m.src[end] == '\n' && end > start && m.src[end-1] == '\r' {
		end--
	}
	return start, end
}

// locate finds the line of an offset, and brings the offset to the start of its character and out of the line end.
func (m *Map) locate(off int) (i, start, end, at int) {
	at = m.clamp(off)
	i = m.index(at)
	start, end = m.span(i)
	if at > end {
		at = end
	}
	return i, start, end, runeStart(m.src, start, at)
}

// runeStart moves an offset that is inside a character back to its first byte, but not before low. Stray continuation
// bytes are characters of their own.
func runeStart(s string, low, at int) int {
	if at >= len(s) || utf8.RuneStart(s[at]) {
		return at
	}
	for b := at - 1; b >= low && at-b < utf8.UTFMax; b-- {
		if utf8.RuneStart(s[b]) {
			if _, n := utf8.DecodeRuneInString(s[b:]); b+n > at {
				return b
			}
			break
		}
	}
	return at
}
