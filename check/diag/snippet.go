package diag

import (
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// Bounds of what is shown of one source line, so that a line of megabytes stays readable.
const (
	lineCells  = 120  // cells shown of a line
	leadCells  = 60   // of those, before the mark when the line is cut
	windowLead = 1024 // bytes looked at before and after the mark
	windowTail = 2048
)

// cell is one cluster of a source line as it is shown.
type cell struct {
	text   string
	cells  int
	marked bool
}

// snippet is one source line cut to what is shown, in three parts, and the caret row's parts.
type snippet struct {
	before, marked, after string
	pad, carets           string
}

// snip cuts a line around the bytes start to end of it. Both are offsets in the line; an empty range gives one caret.
func snip(line string, start, end int, cells func(string) int) snippet {
	line, start, end, cutLeft, cutRight := window(line, start, end)
	row := split(line, start, end, cells)
	lo, hi := fit(row, cutLeft)
	var s snippet
	var before, marked, after, pad strings.Builder
	if lo > 0 || cutLeft {
		before.WriteString("…")
		pad.WriteByte(' ')
	}
	width, seen := 0, false
	for _, c := range row[lo:hi] {
		switch {
		case c.marked:
			marked.WriteString(c.text)
			width += c.cells
			seen = true
		case !seen:
			before.WriteString(c.text)
			pad.WriteString(blank(c))
		default:
			after.WriteString(c.text)
		}
	}
	if hi < len(row) || cutRight {
		after.WriteString("…")
	}
	s.before, s.marked, s.after = before.String(), marked.String(), after.String()
	s.pad, s.carets = pad.String(), strings.Repeat("^", max(width, 1))
	return s
}

// blank is the caret row's part under a cluster: a tab under a tab, so that tab stops agree.
func blank(c cell) string {
	if c.text == "\t" {
		return "\t"
	}
	return strings.Repeat(" ", c.cells)
}

// window bounds the bytes that are looked at.
func window(line string, start, end int) (part string, s, e int, cutLeft, cutRight bool) {
	start = min(max(start, 0), len(line))
	end = min(max(end, start), len(line))
	lo, hi := 0, len(line)
	if len(line) > windowLead+windowTail {
		lo, hi = max(start-windowLead, 0), min(start+windowTail, len(line))
		for lo > 0 && !utf8.RuneStart(line[lo]) {
			lo--
		}
		for hi < len(line) && !utf8.RuneStart(line[hi]) {
			hi++
		}
	}
	return line[lo:hi], start - lo, min(end, hi) - lo, lo > 0, hi < len(line)
}

// split cuts a line into clusters as they are shown. An empty range marks the cluster that starts there.
func split(line string, start, end int, cells func(string) int) []cell {
	row := make([]cell, 0, len(line))
	it := graphemes.FromString(line)
	for it.Next() {
		from, to := it.Start(), it.End()
		c := cell{text: it.Value(), marked: from < end && to > start || start == end && from <= start && start < to}
		if c.text != "\t" {
			c.text = printable(c.text)
			c.cells = cells(c.text)
		} else {
			c.cells = 1
		}
		row = append(row, c)
	}
	return row
}

// fit chooses the clusters lo to hi that are shown, around the first marked one.
func fit(row []cell, cut bool) (lo, hi int) {
	total, first := 0, len(row)
	for i, c := range row {
		total += c.cells
		if c.marked && i < first {
			first = i
		}
	}
	if total <= lineCells && !cut {
		return 0, len(row)
	}
	lo = first
	for lead := 0; lo > 0 && lead+row[lo-1].cells <= leadCells; lo-- {
		lead += row[lo-1].cells
	}
	hi = lo
	for shown := 0; hi < len(row) && shown+row[hi].cells <= lineCells; hi++ {
		shown += row[hi].cells
	}
	return lo, hi
}
