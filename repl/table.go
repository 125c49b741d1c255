package repl

import (
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
)

// tableRows is how many rows of a table are shown.
const tableRows = 40

// table shows an array of at least two records with the same fields as a table, "" for anything else and for what is
// too wide. Columns of numbers stand to the right; cells are padded by what the terminal makes of them.
func (s *Session) table(v value.Value) string {
	if v.Kind() != value.ArrayKind {
		return ""
	}
	items := v.Array().Items
	keys := sameKeys(items)
	if keys == nil {
		return ""
	}
	rows := items
	if len(rows) > tableRows+5 {
		rows = rows[:tableRows]
	}
	t := grid{s: s, widths: make([]int, len(keys)), right: make([]bool, len(keys))}
	t.fill(keys, rows)
	if t.total() > s.o.Columns() {
		return ""
	}
	out := t.String()
	if n := len(items) - len(rows); n > 0 {
		out += "\n" + s.paint(colourDim, s.more(n))
	}
	return out
}

// sameKeys are the fields that all of several records have, in the order of the first; nil when they differ.
func sameKeys(items []value.Value) []string {
	if len(items) < 2 || !plainRecord(items[0]) {
		return nil
	}
	keys := items[0].Record().Keys()
	if len(keys) == 0 {
		return nil
	}
	for _, x := range items[1:] {
		if !plainRecord(x) || len(x.Record().Keys()) != len(keys) {
			return nil
		}
		for _, k := range keys {
			if _, ok := x.Record().Get(k); !ok {
				return nil
			}
		}
	}
	return keys
}

func plainRecord(v value.Value) bool { return v.Kind() == value.RecordKind && !value.IsFault(v) }

// grid is a table being laid out.
type grid struct {
	s      *Session
	head   []string
	cells  [][]string
	colour [][]string
	widths []int
	right  []bool
}

func (t *grid) fill(keys []string, rows []value.Value) {
	t.head = make([]string, len(keys))
	for i, k := range keys {
		t.head[i] = oneLine(k)
		t.widths[i] = t.s.o.Width(t.head[i])
		t.right[i] = true
	}
	for _, row := range rows {
		cells, colours := make([]string, len(keys)), make([]string, len(keys))
		for i, k := range keys {
			x, _ := row.Record().Get(k)
			cells[i], colours[i] = t.cell(x)
			t.widths[i] = max(t.widths[i], t.s.o.Width(cells[i]))
			t.right[i] = t.right[i] && x.Kind() == value.NumberKind
		}
		t.cells, t.colour = append(t.cells, cells), append(t.colour, colours)
	}
}

// cell is a value without its quotes: the column says what it is.
func (t *grid) cell(v value.Value) (text, colour string) {
	switch v.Kind() {
	case value.TextKind:
		return oneLine(v.Text()), colourText
	case value.NumberKind:
		return v.Display(), colourNumber
	}
	plain := *t.s
	plain.o.Color = false
	f := flat{s: &plain, left: t.s.o.Columns()}
	f.value(v, 1)
	return oneLine(f.String()), colourWord
}

var lineBreaks = strings.NewReplacer("\n", "⏎", "\t", " ")

func oneLine(text string) string { return clean(lineBreaks.Replace(text)) }

func (t *grid) total() int {
	n := 1
	for _, w := range t.widths {
		n += w + 3
	}
	return n
}

// String draws the table.
func (t *grid) String() string {
	var b strings.Builder
	t.rule(&b, "┌", "┬", "┐")
	t.row(&b, t.head, nil)
	t.rule(&b, "├", "┼", "┤")
	for i := range t.cells {
		t.row(&b, t.cells[i], t.colour[i])
	}
	t.rule(&b, "└", "┴", "┘")
	return strings.TrimSuffix(b.String(), "\n")
}

func (t *grid) rule(b *strings.Builder, left, mid, right string) {
	line := left
	for i, w := range t.widths {
		if i > 0 {
			line += mid
		}
		line += strings.Repeat("─", w+2)
	}
	b.WriteString(t.s.paint(colourDim, line+right) + "\n")
}

func (t *grid) row(b *strings.Builder, cells, colours []string) {
	bar := t.s.paint(colourDim, "│")
	for i, c := range cells {
		colour := colourBold
		if colours != nil {
			colour = colours[i]
		}
		pad := strings.Repeat(" ", t.widths[i]-t.s.o.Width(c))
		c = t.s.paint(colour, c)
		if t.right[i] {
			c = pad + c
		} else {
			c += pad
		}
		b.WriteString(bar + " " + c + " ")
	}
	b.WriteString(bar + "\n")
}
