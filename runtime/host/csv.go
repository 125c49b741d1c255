package host

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/etamil-lang/etamil/runtime/value"
)

// csvWords are the two directions of real CSV (RFC 4180), beside the statements of the core language that only count
// and append lines (semantics.md 6).
var csvWords = table{
	"csvParse":     {min: 1, max: 3, fn: csvParse},
	"csvStringify": {min: 1, max: 3, fn: csvStringify, whole: 0b011},
}

// csvParse is தரவுரை_பிரி(text[, headed[, separator]]): சரி(array of rows). A row is an array of texts; when headed is
// true the first row names the fields and every other row is a record. Cells stay the text that they are: "007" and "1.50"
// lose nothing. Text that is no CSV answers தவறு with its line.
func csvParse(c *call) (value.Value, error) {
	sep, err := c.separator(2)
	if err != nil {
		return value.Nil, err
	}
	rows, bad, err := readCSVRows(c.text(0), sep, c.Grow)
	if err != nil {
		return value.Nil, err
	}
	headed := len(c.args) > 1 && c.args[1].Truthy()
	if bad == nil && headed && len(rows) > 0 {
		bad = checkHeaded(rows)
	}
	if bad != nil {
		return bad.value(), nil
	}
	if err := c.growItems(len(rows)); err != nil {
		return value.Nil, err
	}
	if headed {
		records, err := c.csvRecords(rows)
		return value.FromOk(records), err
	}
	items := make([]value.Value, len(rows))
	for i, row := range rows {
		items[i] = value.FromItems(row.cells)
	}
	return value.FromOk(value.FromItems(items)), nil
}

// csvRecords makes a record of every row after the first, which names the fields.
func (c *call) csvRecords(rows []csvRow) (value.Value, error) {
	if len(rows) == 0 {
		return value.FromItems(nil), nil
	}
	keys := make([]string, len(rows[0].cells))
	for i, cell := range rows[0].cells {
		keys[i] = cell.Text()
	}
	layout := value.FromFields(keys, rows[0].cells).Record().Layout
	items := make([]value.Value, len(rows)-1)
	for i, row := range rows[1:] {
		if layout.Private() { // too many columns to share a layout
			if err := c.Grow(len(keys) * value.SizePrivateKey); err != nil {
				return value.Nil, err
			}
			items[i] = value.FromFields(keys, row.cells)
		} else {
			items[i] = value.FromSlots(layout, row.cells)
		}
	}
	return value.FromItems(items), nil
}

// checkHeaded finds what keeps rows from being records: a name that comes twice, a row with more or fewer cells than
// there are names.
func checkHeaded(rows []csvRow) *csvFault {
	names := map[string]bool{}
	for _, cell := range rows[0].cells {
		if name := cell.Text(); names[name] {
			return &csvFault{rows[0].line, "\"" + name + "\" என்ற தலைப்பு இருமுறை வருகிறது", "the heading \"" + name + "\" comes twice"}
		}
		names[cell.Text()] = true
	}
	want := strconv.Itoa(len(rows[0].cells))
	for _, row := range rows[1:] {
		if n := len(row.cells); n != len(rows[0].cells) {
			got := strconv.Itoa(n)
			return &csvFault{row.line, want + " மதிப்புகள் வேண்டும், ஆனால் " + got + " உள்ளன", "it has " + got + " cells, the heading has " + want}
		}
	}
	return nil
}

// csvStringify is தரவுரை_ஆக்கு(rows[, columns[, separator]]): the rows as CSV text, lines ended by "\r\n". Rows are
// all arrays or all records. Records get a first line of field names: those of columns in that order, else all that any
// row has, by code point. இன்மை and a missing field are an empty cell, arrays and records inside a cell are JSON.
func csvStringify(c *call) (value.Value, error) {
	rows, err := c.array(0)
	if err != nil {
		return value.Nil, err
	}
	sep, err := c.separator(2)
	if err != nil {
		return value.Nil, err
	}
	if err := c.checkRows(rows); err != nil {
		return value.Nil, err
	}
	w := csvWriter{sep: sep, charge: c.Grow, show: c.cellText}
	if len(rows) > 0 && rows[0].Kind() == value.RecordKind || len(c.args) > 1 && !c.args[1].IsNil() {
		err = c.csvHeaded(&w, rows)
	} else {
		for _, row := range rows {
			if err = w.row(row.Array().Items); err != nil {
				break
			}
		}
	}
	if err != nil {
		return value.Nil, err
	}
	return value.FromText(string(w.out)), nil
}

// checkRows is a fault when a row is neither an array nor a record, or not what the first row is.
func (c *call) checkRows(rows []value.Value) error {
	for i, row := range rows {
		k := row.Kind()
		if k != value.ArrayKind && k != value.RecordKind || k != rows[0].Kind() {
			return c.fault(CodeBadRow, strconv.Itoa(i), row.KindName())
		}
	}
	return nil
}

// csvHeaded writes a line of names and then the rows. With given columns, rows that are arrays have their cells in that
// order already.
func (c *call) csvHeaded(w *csvWriter, rows []value.Value) error {
	var columns []string
	if len(c.args) > 1 && !c.args[1].IsNil() {
		items, err := c.array(1)
		if err != nil {
			return err
		}
		for _, v := range items {
			name, err := c.display(v)
			if err != nil {
				return err
			}
			columns = append(columns, name)
		}
	} else {
		columns = allFields(rows)
	}
	cells := make([]value.Value, len(columns))
	for i, name := range columns {
		cells[i] = value.FromText(name)
	}
	if err := w.row(cells); err != nil {
		return err
	}
	for _, row := range rows {
		if row.Kind() == value.ArrayKind {
			cells = row.Array().Items
		} else {
			for i, name := range columns {
				if v, ok := row.Record().Get(name); ok {
					cells[i] = v
				} else {
					cells[i] = value.Nil
				}
			}
		}
		if err := w.row(cells); err != nil {
			return err
		}
	}
	return nil
}

// allFields are the names of all fields of all records, by code point.
func allFields(rows []value.Value) []string {
	names := map[string]bool{}
	var last *value.Layout
	for _, row := range rows {
		if r := row.Record(); r.Layout != last {
			last = r.Layout
			for _, key := range r.Keys() {
				names[key] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// separator is argument i as the character between cells: a comma when it is left out.
func (c *call) separator(i int) (string, error) {
	if len(c.args) <= i {
		return ",", nil
	}
	s := c.text(i)
	if r, size := utf8.DecodeRuneInString(s); size != len(s) || r == utf8.RuneError || strings.ContainsAny(s, "\"\r\n") {
		return "", c.fault(CodeBadSeparator, s)
	}
	return s, nil
}
