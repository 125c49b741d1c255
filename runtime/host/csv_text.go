package host

import (
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/runtime/value"
)

// csvRow is a row of CSV text and the line, from 1, that it begins on.
type csvRow struct {
	cells []value.Value
	line  int
}

// csvFault says why text is no CSV.
type csvFault struct {
	line           int
	tamil, english string
}

func (f *csvFault) value() value.Value {
	n := strconv.Itoa(f.line)
	return failed("CSV வரி "+n+": "+f.tamil, "CSV line "+n+": "+f.english)
}

// csvReader reads CSV text. Lines end with "\n" or "\r\n"; inside quotes everything stays as it is.
type csvReader struct {
	text, sep string
	at, line  int
}

// readCSVRows reads all rows. Lines without any character are no rows, and a byte order mark at the start is no part of the
// first cell. charge is asked for the memory of each row.
func readCSVRows(text, sep string, charge func(n int) error) ([]csvRow, *csvFault, error) {
	r := csvReader{text: strings.TrimPrefix(text, "\ufeff"), sep: sep, line: 1}
	var rows []csvRow
	for r.at < len(r.text) {
		if r.lineEnd() {
			continue
		}
		row := csvRow{line: r.line}
		for more := true; more; {
			cell, fault := r.cell()
			if fault != nil {
				return nil, fault, nil
			}
			if err := charge(value.SizeValue + value.SizeText + len(cell)); err != nil {
				return nil, nil, err
			}
			row.cells = append(row.cells, value.FromText(cell))
			if more = strings.HasPrefix(r.text[r.at:], r.sep); more {
				r.at += len(r.sep)
			}
		}
		r.lineEnd()
		rows = append(rows, row)
	}
	return rows, nil, nil
}

// lineEnd steps over the end of a line, if one is here.
func (r *csvReader) lineEnd() bool {
	for _, end := range []string{"\n", "\r\n"} {
		if strings.HasPrefix(r.text[r.at:], end) {
			r.at += len(end)
			r.line++
			return true
		}
	}
	return false
}

// cell reads one cell, up to the separator or the line's end.
func (r *csvReader) cell() (string, *csvFault) {
	if strings.HasPrefix(r.text[r.at:], `"`) {
		return r.quoted()
	}
	end := len(r.text)
	if i := strings.IndexByte(r.text[r.at:], '\n'); i >= 0 {
		end = r.at + i
		if i > 0 && r.text[end-1] == '\r' {
			end--
		}
	}
	if i := strings.Index(r.text[r.at:end], r.sep); i >= 0 {
		end = r.at + i
	}
	cell := r.text[r.at:end]
	if strings.Contains(cell, `"`) {
		return "", &csvFault{
			r.line, "மேற்கோள் குறி மதிப்பின் நடுவில் உள்ளது; முழு மதிப்பையும் மேற்கோளுக்குள் எழுதவும்",
			"a quote stands inside a cell that does not begin with one",
		}
	}
	r.at = end
	return cell, nil
}

// quoted reads a cell in quotes; a quote in it is written twice.
func (r *csvReader) quoted() (string, *csvFault) {
	start := r.line
	var cell strings.Builder
	for r.at++; ; {
		i := strings.IndexByte(r.text[r.at:], '"')
		if i < 0 {
			return "", &csvFault{start, "மேற்கோள் மூடப்படவில்லை", "a quote is never closed"}
		}
		part := r.text[r.at : r.at+i]
		cell.WriteString(part)
		r.line += strings.Count(part, "\n")
		r.at += i + 1
		if !strings.HasPrefix(r.text[r.at:], `"`) {
			break
		}
		cell.WriteByte('"')
		r.at++
	}
	rest := r.text[r.at:]
	if rest == "" || rest[0] == '\n' || strings.HasPrefix(rest, "\r\n") || strings.HasPrefix(rest, r.sep) {
		return cell.String(), nil
	}
	return "", &csvFault{r.line, "மூடிய மேற்கோளுக்குப் பின் உரை உள்ளது", "text follows a closing quote"}
}

// csvWriter writes CSV text.
type csvWriter struct {
	out    []byte
	sep    string
	charge func(n int) error
	show   func(v value.Value) (string, error) // the text of a cell before it is quoted
}

// row writes one line. A row of one empty cell is written as "", for an empty line is no row.
func (w *csvWriter) row(cells []value.Value) error {
	before := len(w.out)
	for i, v := range cells {
		if i > 0 {
			w.out = append(w.out, w.sep...)
		}
		if err := w.cell(v); err != nil {
			return err
		}
	}
	if len(cells) == 1 && len(w.out) == before {
		w.out = append(w.out, `""`...)
	}
	w.out = append(w.out, '\r', '\n')
	return w.charge(len(w.out) - before)
}

// cellText is the text of a cell: nothing for இன்மை, JSON for arrays and records.
func (c *call) cellText(v value.Value) (string, error) {
	switch v.Kind() {
	case value.NilKind:
		return "", nil
	case value.ArrayKind, value.RecordKind:
		return c.json(v)
	case value.OkKind, value.ErrKind:
		return c.display(v)
	default:
		return display(v), nil
	}
}

func (w *csvWriter) cell(v value.Value) error {
	s, err := w.show(v)
	if err != nil {
		return err
	}
	// A lone carriage return at a cell's end would join the line's end, a byte order mark would be taken for one.
	if !strings.ContainsAny(s, "\"\r\n\ufeff") && !strings.Contains(s, w.sep) {
		w.out = append(w.out, s...)
		return nil
	}
	w.out = append(w.out, '"')
	w.out = append(w.out, strings.ReplaceAll(s, `"`, `""`)...)
	w.out = append(w.out, '"')
	return nil
}
