package format

import (
	"strings"

	"github.com/etamil-lang/etamil/syntax"
)

// only keeps the layout inside a range of lines: what stands between two tokens of the range is the new, everything else
// stays what it was.
func (l *laidOut) only(f *syntax.File, r Range) *laidOut {
	out := &laidOut{marks: make([]int32, len(l.marks))}
	line, start, newStart := 1, 0, 0
	for i := range f.Tokens {
		t := &f.Tokens[i]
		old := f.Src[start:t.Pos.Offset]
		fresh := string(l.text[newStart:])
		if i < len(f.Tokens)-1 {
			fresh = string(l.text[newStart:l.marks[i]])
		}
		end := line + strings.Count(old, "\n")
		if i == len(f.Tokens)-1 && strings.HasSuffix(f.Src, "\n") && old != "" {
			end-- // behind the last line break stands no line
		}
		out.text = append(out.text, r.choose(old, fresh, line, end)...)
		out.marks[i] = int32(len(out.text))
		if i == len(f.Tokens)-1 {
			break
		}
		out.text = append(out.text, t.Value...)
		start = t.Pos.Offset + len(t.Value)
		newStart = int(l.marks[i]) + len(t.Value)
		line = line + strings.Count(old, "\n") + strings.Count(t.Value, "\n")
	}
	return out
}

// choose picks the old or the new gap between two tokens, which stands on these lines.
func (r Range) choose(old, fresh string, from, to int) string {
	switch {
	case from >= r.From && to <= r.To:
		return fresh
	case from < r.From && to >= r.From && to <= r.To:
		// The line of the token behind the gap is in the range: its indentation is.
		i, j := strings.LastIndexByte(old, '\n'), strings.LastIndexByte(fresh, '\n')
		if i >= 0 && j >= 0 {
			return old[:i] + fresh[j:]
		}
	}
	return old
}
