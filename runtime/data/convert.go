package data

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/etamil-lang/etamil/runtime/value"
)

// bindAll turns parameters into what the driver binds.
func bindAll(params []value.Value) []any {
	out := make([]any, len(params))
	for i, p := range params {
		out[i] = bind(p)
	}
	return out
}

// bind is one parameter: numbers as exact text without trailing zeros, booleans as 1 and 0, இன்மை as NULL, everything
// else as its display text.
func bind(v value.Value) any {
	switch v.Kind() {
	case value.NilKind:
		return nil
	case value.BooleanKind:
		if v.Bool() {
			return int64(1)
		}
		return int64(0)
	}
	return v.Display()
}

// read is one cell: text that reads as a number is that number, because that is how numbers are stored.
func read(cell any) value.Value {
	switch x := cell.(type) {
	case nil:
		return value.Nil
	case int64:
		return value.FromInt(x)
	case bool:
		if x {
			return value.FromInt(1)
		}
		return value.FromInt(0)
	case float64:
		return readReal(x)
	case string:
		return readText(x)
	case time.Time:
		return value.FromText(readTime(x))
	case []byte:
		return value.FromText(strings.ToValidUTF8(string(x), "\uFFFD"))
	}
	return value.FromText(fmt.Sprint(cell))
}

// readTime is the text of a date. The driver parses text in columns that were declared DATE, DATETIME or TIMESTAMP; it is
// put back into the form that SQLite's own date functions write.
func readTime(t time.Time) string {
	layout := "2006-01-02 15:04:05.999999999"
	if _, offset := t.Zone(); offset != 0 {
		layout += "-07:00"
	} else if h, m, s := t.Clock(); h|m|s|t.Nanosecond() == 0 {
		layout = time.DateOnly
	}
	return t.Format(layout)
}

// readReal reads a floating-point cell by its shortest decimal text; what is no number of eTamil stays text.
func readReal(x float64) value.Value {
	text := strconv.FormatFloat(x, 'f', -1, 64)
	if v, ok := value.ParseNumber(text); ok {
		return v
	}
	return value.FromText(text)
}

func readText(s string) value.Value {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if v, ok := value.ParseNumber(s); ok {
		return v
	}
	return value.FromText(s)
}
