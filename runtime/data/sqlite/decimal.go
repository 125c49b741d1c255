package sqlite

import (
	"strconv"
	"strings"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/etamil-lang/etamil/runtime/value"
)

// Collation is the name of the order for exact numbers in text columns: vilY TEXT COLLATE DECIMAL. Texts that read as numbers
// come first, by their value (1.5 equals 1.50), all others after them by their bytes.
const Collation = "DECIMAL"

// Overflow is the message of sum(), total() and avg() when the exact sum does not fit into a number of eTamil.
const Overflow = "the sum does not fit into 28 digits"

// sum is the state of an aggregate, in memory of SQLite's that starts as zeros.
type sum struct {
	total    value.Decimal
	count    int64
	texts    int64 // how many of them were no integers
	overflow bool
}

// sumSize is at least the size of sum.
const sumSize = 64

// decimals gives the connection its exact aggregates and the collation. The built-in ones add in floating point: sum of '0.1' and
// '0.2' would be 0.30000000000000004.
func (c *Conn) decimals() error {
	for _, f := range []struct {
		name  string
		final func(*libc.TLS, uintptr)
	}{{"sum", sumResult}, {"total", totalResult}, {"avg", averageResult}} {
		if err := c.sql.zeroEnded(c.tls, f.name); err != nil {
			return err
		}
		end := callback(f.final)
		const flags = sqlite3.SQLITE_UTF8 | sqlite3.SQLITE_DETERMINISTIC | sqlite3.SQLITE_INNOCUOUS
		rc := sqlite3.Xsqlite3_create_window_function(c.tls, c.db, c.sql.at, 1, flags, 0, callback(sumStep), end, end, callback(sumBack), 0)
		if rc != sqlite3.SQLITE_OK {
			return c.failed(rc)
		}
	}
	if err := c.sql.zeroEnded(c.tls, Collation); err != nil {
		return err
	}
	if rc := sqlite3.Xsqlite3_create_collation_v2(c.tls, c.db, c.sql.at, sqlite3.SQLITE_UTF8, 0, callback(collate), 0); rc != sqlite3.SQLITE_OK {
		return c.failed(rc)
	}
	return nil
}

// collate compares two texts by Collation.
func collate(_ *libc.TLS, _ uintptr, na int32, a uintptr, nb int32, b uintptr) int32 {
	return int32(CompareTexts(viewText(a, int(na)), viewText(b, int(nb))))
}

// CompareTexts orders two texts as Collation says: negative, 0 or positive.
func CompareTexts(a, b string) int {
	x, isX := value.ParseNumber(a)
	y, isY := value.ParseNumber(b)
	switch {
	case isX && isY:
		return value.Compare(x, y)
	case isX:
		return -1
	case isY:
		return 1
	}
	return strings.Compare(a, b)
}

func state(tls *libc.TLS, ctx uintptr, size int32) *sum {
	return (*sum)(pointer(sqlite3.Xsqlite3_aggregate_context(tls, ctx, size)))
}

// sumStep adds a value to an aggregate.
func sumStep(tls *libc.TLS, ctx uintptr, _ int32, argv uintptr) {
	s := state(tls, ctx, sumSize)
	if s == nil {
		sqlite3.Xsqlite3_result_error_nomem(tls, ctx)
		return
	}
	s.add(tls, *(*uintptr)(pointer(argv)), 1)
}

// sumBack takes a value out again when it leaves the window.
func sumBack(tls *libc.TLS, ctx uintptr, _ int32, argv uintptr) {
	if s := state(tls, ctx, sumSize); s != nil {
		s.add(tls, *(*uintptr)(pointer(argv)), -1)
	}
}

// add adds a value, or takes it out when sign is -1. NULL does not count.
func (s *sum) add(tls *libc.TLS, v uintptr, sign int64) {
	var n value.Value
	switch kind := Kind(sqlite3.Xsqlite3_value_type(tls, v)); kind {
	case Null:
		return
	case Integer:
		n = value.FromInt(int64(sqlite3.Xsqlite3_value_int64(tls, v)))
	case Real:
		var fits bool
		n, fits = FromReal(float64(sqlite3.Xsqlite3_value_double(tls, v)))
		s.overflow = s.overflow || !fits
		s.texts += sign
	default:
		// Text that is no number counts as 0, as in the language itself.
		text := sqlite3.Xsqlite3_value_blob(tls, v)
		n, _ = value.ParseNumber(viewText(text, int(sqlite3.Xsqlite3_value_bytes(tls, v))))
		s.texts += sign
	}
	s.count += sign
	if !n.IsNumber() {
		return
	}
	d := n.Decimal()
	d.Neg = d.Neg != (sign < 0) && !d.IsZero()
	total, ok := s.total.Add(d)
	s.total, s.overflow = total, s.overflow || !ok
}

// FromReal is a floating-point number by its shortest decimal text; fits is false for what is no number of eTamil.
func FromReal(x float64) (n value.Value, fits bool) {
	return value.ParseNumber(strconv.FormatFloat(x, 'f', -1, 64))
}

// sumResult is the value of sum(): NULL of no rows.
func sumResult(tls *libc.TLS, ctx uintptr) {
	s := state(tls, ctx, 0)
	switch {
	case s == nil || s.count == 0:
		sqlite3.Xsqlite3_result_null(tls, ctx)
	case s.overflow:
		resultError(tls, ctx, Overflow)
	default:
		resultDecimal(tls, ctx, s.total, s.texts == 0)
	}
}

// totalResult is the value of total(): 0.0 of no rows.
func totalResult(tls *libc.TLS, ctx uintptr) {
	switch s := state(tls, ctx, 0); {
	case s == nil || s.count == 0:
		sqlite3.Xsqlite3_result_double(tls, ctx, 0)
	case s.overflow:
		resultError(tls, ctx, Overflow)
	default:
		resultDecimal(tls, ctx, s.total, false)
	}
}

// averageResult is the value of avg(): NULL of no rows. A quotient that has no exact floating-point form is the nearest one.
func averageResult(tls *libc.TLS, ctx uintptr) {
	s := state(tls, ctx, 0)
	switch {
	case s == nil || s.count == 0:
		sqlite3.Xsqlite3_result_null(tls, ctx)
	case s.overflow:
		resultError(tls, ctx, Overflow)
	default:
		q, _ := s.total.Div(value.NewDecimal(s.count)) // a count is never 0 here
		x, _ := strconv.ParseFloat(q.String(), 64)
		sqlite3.Xsqlite3_result_double(tls, ctx, x)
	}
}

// resultDecimal answers an exact number in the form that SQL compares and sorts right: an integer where one is meant, else a floating-point number
// when its shortest text is that very number, and text only for what has more digits than those hold.
func resultDecimal(tls *libc.TLS, ctx uintptr, d value.Decimal, whole bool) {
	if n, ok := value.FromDecimal(d).Int(); ok && whole {
		sqlite3.Xsqlite3_result_int64(tls, ctx, n)
		return
	}
	text := d.Trim().String()
	if x, err := strconv.ParseFloat(text, 64); err == nil {
		if back, ok := FromReal(x); ok && back.Decimal().Cmp(d) == 0 {
			sqlite3.Xsqlite3_result_double(tls, ctx, x)
			return
		}
	}
	result(text, func(p uintptr, n int32) { sqlite3.Xsqlite3_result_text(tls, ctx, p, n, transient) })
}

// transient makes SQLite copy a text at once.
const transient = ^uintptr(0)

func resultError(tls *libc.TLS, ctx uintptr, message string) {
	result(message, func(p uintptr, n int32) { sqlite3.Xsqlite3_result_error(tls, ctx, p, n) })
}

// result lends a text to C.
func result(text string, give func(p uintptr, n int32)) {
	p, err := libc.CString(text)
	if err != nil {
		return // out of memory: the result stays NULL
	}
	give(p, int32(len(text)))
	libc.Xfree(nil, p)
}
