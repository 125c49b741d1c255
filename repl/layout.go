package repl

import (
	"strings"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// row is one row of the screen: a range of the text in bytes.
type row struct {
	from, to int
	first    bool // of its line: it has the prompt; the others are soft wrapped
}

// rows breaks a text into rows of at most so many cells, between letters. A line that ends exactly at the edge has an
// empty row behind it, where the caret can stand.
func rows(text string, cells int, width func(string) int) []row {
	cells = max(cells, 2)
	var out []row
	at := 0
	for {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += at
		}
		out = append(out, wrap(text, at, end, cells, width)...)
		if end == len(text) {
			return out
		}
		at = end + 1
	}
}

func wrap(text string, from, to, cells int, width func(string) int) []row {
	out := []row{{from, from, true}}
	g := graphemes.FromString(text[from:to])
	used, at := 0, from
	for g.Next() {
		w := width(g.Value())
		if used+w > cells {
			out = append(out, row{at, at, false})
			used = 0
		}
		used += w
		at += len(g.Value())
		out[len(out)-1].to = at
	}
	if used >= cells {
		out = append(out, row{to, to, false})
	}
	return out
}

// place is the row and the cell of an offset.
func place(text string, list []row, at int, width func(string) int) (y, x int) {
	for i, r := range list {
		last := i == len(list)-1 || list[i+1].first
		if at < r.to || at == r.to && last {
			return i, width(text[r.from:max(at, r.from)])
		}
	}
	return len(list) - 1, 0
}

// offset is the edge of a letter nearest to a cell of a row.
func offset(text string, r row, x int, width func(string) int) int {
	at, used := r.from, 0
	g := graphemes.FromString(text[r.from:r.to])
	for g.Next() {
		w := width(g.Value())
		if used+(w+1)/2 > x {
			break
		}
		used += w
		at += len(g.Value())
	}
	return at
}

// fold breaks a line that is already coloured into rows of at most so many cells. Escape sequences take no room.
func fold(line string, cells int, width func(string) int) string {
	if len(line) <= cells {
		return line
	}
	var b strings.Builder
	used := 0
	for line != "" {
		if n := escapeLen(line); n > 0 {
			b.WriteString(line[:n])
			line = line[n:]
			continue
		}
		end := strings.IndexByte(line[1:], 0x1b) + 1
		if end == 0 {
			end = len(line)
		}
		g := graphemes.FromString(line[:end])
		for g.Next() {
			w := width(g.Value())
			if used+w > cells {
				b.WriteByte('\n')
				used = 0
			}
			used += w
			b.WriteString(g.Value())
		}
		line = line[end:]
	}
	return b.String()
}

// escapeLen is the length of the CSI sequence that a text begins with, 0 for none.
func escapeLen(text string) int {
	if !strings.HasPrefix(text, "\x1b[") {
		return 0
	}
	for i := 2; i < len(text); i++ {
		if c := text[i]; c >= 0x40 && c <= 0x7e {
			return i + 1
		}
	}
	return len(text)
}
