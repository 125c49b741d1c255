package format

import (
	"bytes"
	"strings"

	"github.com/etamil-lang/etamil/fmt/doc"
	"github.com/etamil-lang/etamil/syntax"
)

// table is an array whose rows the author wrote in columns: records of the same keys, or arrays of one length.
type table struct{ rows []row }

// row is an item of a table: the tokens with which its cells start, and its last one.
type row struct {
	cells []int
	last  int
}

// table notes an array that is a table. A gap of two blanks between two cells is the author's wish for columns.
func (m *marker) table(x *syntax.ArrayLit) {
	if len(x.Items) < 2 {
		return
	}
	t := table{make([]row, 0, len(x.Items))}
	wish := false
	for _, item := range x.Items {
		r := row{last: m.end(item)}
		switch item := item.(type) {
		case *syntax.RecordLit:
			if !sameKeys(x.Items[0], item) {
				return
			}
			for _, f := range item.Fields {
				r.cells = append(r.cells, m.first(f))
				wish = wish || m.spaced(m.first(f.Value))
			}
		case *syntax.ArrayLit:
			if first, ok := x.Items[0].(*syntax.ArrayLit); !ok || len(first.Items) != len(item.Items) {
				return
			}
			r.cells = m.starts(item.Items)
		}
		if len(r.cells) < 2 {
			return
		}
		for _, i := range r.cells[1:] {
			wish = wish || m.spaced(i)
		}
		t.rows = append(t.rows, r)
	}
	if wish {
		m.tables = append(m.tables, t)
	}
}

// sameKeys tells records of the same keys in the same order.
func sameKeys(x syntax.Expr, b *syntax.RecordLit) bool {
	a, ok := x.(*syntax.RecordLit)
	if !ok || len(a.Fields) != len(b.Fields) || a.Spread != nil || b.Spread != nil || (a.Shape == nil) != (b.Shape == nil) {
		return false
	}
	if a.Shape != nil && a.Shape.Text != b.Shape.Text {
		return false
	}
	for i := range a.Fields {
		if a.Fields[i].Key.Text != b.Fields[i].Key.Text {
			return false
		}
	}
	return true
}

// spaced tells two blanks or more before a token on its line.
func (m *marker) spaced(i int) bool {
	gap := m.before(i)
	return len(gap) > 1 && strings.Trim(gap, " ") == ""
}

// insert is where blanks come into a text.
type insert struct{ at, blanks int }

// columns aligns the cells of a table. A table with a row of more than one line, or that would get too wide, stays as
// it is.
func (e *emitter) columns(t table) []insert {
	text := e.out.Text
	widths := make([]int, len(t.rows[0].cells)-1)
	room := e.out.Width
	before := -1
	for _, r := range t.rows {
		start, end := int(e.out.Marks[r.cells[0]]), int(e.out.Marks[r.last])
		if e.marks[r.cells[0]].raw || e.marks[r.last].raw || bytes.IndexByte(text[start:end], '\n') >= 0 {
			return nil
		}
		if before >= 0 && bytes.IndexByte(text[before:start], '\n') < 0 {
			return nil
		}
		before = end
		for c := range widths {
			widths[c] = max(widths[c], e.cell(r, c))
		}
	}
	for _, r := range t.rows {
		start := int(e.out.Marks[r.cells[0]])
		used := width(string(text[bytes.LastIndexByte(text[:start], '\n')+1 : start]))
		for _, w := range widths {
			used += w
		}
		last := int(e.out.Marks[r.cells[len(widths)]])
		used += width(string(text[last:e.out.Marks[r.last]])) + len("},")
		if used > room {
			return nil
		}
	}
	var list []insert
	for _, r := range t.rows {
		for c, w := range widths {
			list = append(list, insert{int(e.out.Marks[r.cells[c+1]]), w - e.cell(r, c)})
		}
	}
	return list
}

// cell is the width of a cell with its comma and the blank behind it.
func (e *emitter) cell(r row, c int) int {
	return width(string(e.out.Text[e.out.Marks[r.cells[c]]:e.out.Marks[r.cells[c+1]]]))
}

// pad puts blanks into an output; the list is in the order of the text.
func pad(out *doc.Output, list []insert) {
	total := 0
	for _, in := range list {
		total += in.blanks
	}
	if total == 0 {
		return
	}
	text := make([]byte, 0, len(out.Text)+total)
	p := padding{out: out, line: -1}
	at := 0
	for _, in := range list {
		p.upTo(in.at)
		if line := bytes.LastIndexByte(out.Text[:in.at], '\n'); line != p.line {
			p.line, p.inLine = line, 0
		}
		p.moved += in.blanks
		p.inLine += in.blanks
		text = append(text, out.Text[at:in.at]...)
		text = append(text, strings.Repeat(" ", in.blanks)...)
		at = in.at
	}
	p.upTo(len(out.Text) + 1)
	out.Text = append(text, out.Text[at:]...)
}

// padding moves the marks and suffixes of an output.
type padding struct {
	out          *doc.Output
	mark, suffix int // the next ones
	moved        int // how far
	line, inLine int // how far in the line that starts there
}

// upTo moves what stands before an offset of the text.
func (p *padding) upTo(at int) {
	for ; p.mark < len(p.out.Marks) && int(p.out.Marks[p.mark]) < at; p.mark++ {
		p.out.Marks[p.mark] += int32(p.moved)
	}
	for ; p.suffix < len(p.out.Suffixes) && p.out.Suffixes[p.suffix].At < at; p.suffix++ {
		s := &p.out.Suffixes[p.suffix]
		if p.inLine > 0 && bytes.LastIndexByte(p.out.Text[:s.At], '\n') == p.line {
			s.Column += p.inLine
		}
		s.At += p.moved
	}
}
