package data

import (
	"strings"
	"unicode"

	"github.com/etamil-lang/etamil/runtime/data/sqlite"
	"github.com/etamil-lang/etamil/runtime/value"
)

// immediate makes a plain BEGIN take the write lock at once. A transaction that starts by reading and takes it later
// fails with BUSY whenever another one has written in between, and no waiting cures that.
func immediate(text string) string {
	start := strings.TrimLeft(text, " \t\r\n")
	if len(start) < len("BEGIN") || len(start) > 64 || !strings.EqualFold(start[:len("BEGIN")], "BEGIN") {
		return text
	}
	words := strings.Fields(strings.TrimRight(start, "; \t\r\n"))
	if strings.EqualFold(words[0], "BEGIN") && (len(words) == 1 || len(words) == 2 && strings.EqualFold(words[1], "TRANSACTION")) {
		return "BEGIN IMMEDIATE"
	}
	return text
}

// firstWord is the word that a statement starts with, in capitals.
func firstWord(text string) string {
	text = strings.TrimLeft(text, " \t\r\n;")
	end := strings.IndexFunc(text, func(r rune) bool { return r > 'z' || !unicode.IsLetter(r) })
	if end < 0 {
		end = len(text)
	}
	return strings.ToUpper(text[:end])
}

// bind adds one parameter: numbers as exact text without trailing zeros, booleans as 1 and 0, இன்மை as NULL, everything else
// as its display text.
func bind(args *sqlite.Args, v value.Value) {
	switch v.Kind() {
	case value.NilKind:
		args.Null()
	case value.BooleanKind:
		n := int64(0)
		if v.Bool() {
			n = 1
		}
		args.Int(n)
	default:
		args.Text(func(dst []byte) []byte { return value.AppendDisplay(dst, v) })
	}
}

// PlainText is the declared type of columns whose text never becomes a number: telephone numbers, PIN and GST codes keep their zeros.
const PlainText = "PLAIN TEXT"

// shape is what is derived from the columns of a statement: the keys of its records and the column that each takes its
// value from, the last one of that name.
type shape struct {
	keys   []string
	from   []source
	layout *value.Layout // nil until the first row, and where records have their own
}

// source is a column: its place, and whether it is declared PlainText.
type source struct {
	column int
	plain  bool
}

func shapeOf(cols []sqlite.Column) *shape {
	sh := &shape{}
	at := make(map[string]int, len(cols))
	for i, c := range cols {
		from := source{i, strings.EqualFold(c.Declared, PlainText)}
		if k, ok := at[c.Name]; ok {
			sh.from[k] = from
			continue
		}
		at[c.Name] = len(sh.keys)
		sh.keys, sh.from = append(sh.keys, strings.ToValidUTF8(c.Name, "\uFFFD")), append(sh.from, from)
	}
	return sh
}

// readRow is the row of a statement as a record.
func readRow(s *sqlite.Stmt) value.Value {
	cols := s.Columns()
	sh, ok := s.Extra.(*shape)
	if !ok {
		sh = shapeOf(cols)
		s.Extra = sh
	}
	vals := make([]value.Value, len(sh.keys))
	for i, from := range sh.from {
		vals[i] = readCell(s, from)
	}
	if sh.layout != nil {
		return value.FromSlots(sh.layout, vals)
	}
	row := value.FromFields(sh.keys, vals)
	if l := row.Record().Layout; !l.Private() && l.Len() == len(sh.keys) {
		sh.layout = l
	}
	return row
}

// readCell is one cell: text that reads as a number is that number, because that is how numbers are stored.
func readCell(s *sqlite.Stmt, from source) value.Value {
	switch kind := s.Kind(from.column); kind {
	case sqlite.Integer:
		return value.FromInt(s.Int(from.column))
	case sqlite.Real:
		return readReal(s.Float(from.column))
	case sqlite.Text, sqlite.Blob:
		return readText(s.View(from.column), kind == sqlite.Blob || from.plain)
	}
	return value.Nil
}

// readText reads a text, which it does not keep.
func readText(text string, plain bool) value.Value {
	if !plain && text != "" && mayBeNumber(text[0]) {
		if v, ok := value.ParseNumber(text); ok {
			return v
		}
	}
	return value.FromText(strings.ToValidUTF8(strings.Clone(text), "\uFFFD"))
}

// mayBeNumber tells whether a number can start with the byte: not with a letter, nor with the first byte of Indic ones.
func mayBeNumber(c byte) bool { return c <= '9' || c >= 0x80 && c != 0xE0 }

// readReal reads a floating-point cell by its shortest decimal text; what is no number of eTamil is its text.
func readReal(x float64) value.Value {
	v, ok := sqlite.FromReal(x)
	if ok {
		return v
	}
	return value.FromText(realText(x))
}

// weight is how much memory a row takes.
func weight(row value.Value) int {
	n := value.SizeValue + value.Size(row)
	for _, cell := range row.Record().Slots {
		n += value.Size(cell)
	}
	return n
}
