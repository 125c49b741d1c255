package sqlite

import (
	"strings"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// Stmt is a prepared statement. It belongs to its connection, which keeps it for the next Prepare of the same text.
type Stmt struct {
	c       *Conn
	at      uintptr
	used    uint64
	params  int
	writes  bool
	settles bool
	midway  bool // a row was read and the end not reached
	columns []Column
	// Extra is for the user of the package: what it derived from Columns. It is dropped when the columns change.
	Extra any
}

// Prepare answers the statement of a text, which must hold exactly one. Errors are *Error and *SeveralError.
func (c *Conn) Prepare(sql string) (*Stmt, error) {
	c.clock++
	if s := c.cache[sql]; s != nil {
		s.used = c.clock
		return s, nil
	}
	if strings.IndexByte(sql, 0) >= 0 {
		return nil, &Error{Code: Generic, Message: "the SQL contains a NUL character", Offset: strings.IndexByte(sql, 0)}
	}
	if err := c.sql.zeroEnded(c.tls, sql); err != nil {
		return nil, err
	}
	at, rest, err := c.compile(c.sql.at)
	if err != nil {
		return nil, err
	}
	if at == 0 {
		return nil, &Error{Code: Generic, Message: "there is no statement", Offset: -1}
	}
	s := &Stmt{c: c, at: at, used: c.clock}
	if err := c.onlyOne(rest, sql[min(len(sql), int(rest-c.sql.at)):]); err != nil {
		s.finalize()
		return nil, err
	}
	s.params = int(sqlite3.Xsqlite3_bind_parameter_count(c.tls, at))
	s.writes = sqlite3.Xsqlite3_stmt_readonly(c.tls, at) == 0
	s.settles = settles(sql)
	c.keep(sql, s)
	return s, nil
}

// compile prepares the first statement of a zero-ended text; at is 0 when there is only white space and comments.
func (c *Conn) compile(text uintptr) (at, rest uintptr, err error) {
	rc := sqlite3.Xsqlite3_prepare_v3(c.tls, c.db, text, -1, sqlite3.SQLITE_PREPARE_PERSISTENT, c.out, c.out+8)
	if rc != sqlite3.SQLITE_OK {
		return 0, 0, c.failed(rc)
	}
	return *(*uintptr)(pointer(c.out)), *(*uintptr)(pointer(c.out + 8)), nil
}

// onlyOne refuses what follows a statement, unless it is white space, comments or semicolons.
func (c *Conn) onlyOne(rest uintptr, text string) error {
	for strings.TrimSpace(text) != "" {
		at, next, err := c.compile(rest)
		if at != 0 {
			sqlite3.Xsqlite3_finalize(c.tls, at)
		}
		if at != 0 || err != nil {
			return &SeveralError{Rest: strings.TrimLeft(text, "; \t\r\n")}
		}
		if next == rest {
			return nil
		}
		text, rest = text[min(len(text), int(next-rest)):], next
	}
	return nil
}

// keep puts a statement into the cache and drops the one that was not used for the longest time when it is full.
func (c *Conn) keep(sql string, s *Stmt) {
	if len(c.cache) >= c.limit {
		var oldest string
		for text, t := range c.cache {
			if o := c.cache[oldest]; o == nil || t.used < o.used {
				oldest = text
			}
		}
		c.cache[oldest].finalize()
		delete(c.cache, oldest)
	}
	c.cache[sql] = s
}

// settles tells whether a statement changes how its connection works from now on, for whoever uses it.
func settles(sql string) bool {
	words := strings.Fields(strings.ToUpper(sql[:min(len(sql), 64)]))
	if len(words) == 0 {
		return false
	}
	switch words[0] {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH", "VALUES", "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE":
		return false
	case "CREATE":
		return len(words) > 1 && strings.HasPrefix(words[1], "TEMP")
	}
	return true
}

func (s *Stmt) finalize() {
	sqlite3.Xsqlite3_finalize(s.c.tls, s.at) // it repeats the error of the last step
	s.at = 0
}

// Params is how many values the statement takes.
func (s *Stmt) Params() int { return s.params }

// Writes tells whether the statement may change the database or take its write lock.
func (s *Stmt) Writes() bool { return s.writes }

// Settles tells whether the statement may leave settings, temporary tables or attached files on its connection.
func (s *Stmt) Settles() bool { return s.settles }

// Args are the values of one execution, in order. The zero value holds none; Clear makes it ready for the next execution.
type Args struct {
	text  []byte
	items []arg
}

// arg is a value: NULL, an integer, or the text that ends at end.
type arg struct {
	kind byte
	n    int64
	end  int
}

// Clear drops all values and keeps the memory.
func (a *Args) Clear() { a.text, a.items = a.text[:0], a.items[:0] }

// Len is the number of values.
func (a *Args) Len() int { return len(a.items) }

// Null adds NULL.
func (a *Args) Null() { a.items = append(a.items, arg{kind: sqlite3.SQLITE_NULL}) }

// Int adds an integer.
func (a *Args) Int(n int64) { a.items = append(a.items, arg{kind: sqlite3.SQLITE_INTEGER, n: n}) }

// Text adds the text that put appends to what it is given.
func (a *Args) Text(put func(dst []byte) []byte) {
	a.text = put(a.text)
	a.items = append(a.items, arg{kind: sqlite3.SQLITE_TEXT, end: len(a.text)})
}

// Bind gives the statement its values, as many as Params says. They are used by the next steps up to Reset.
func (s *Stmt) Bind(a *Args) error {
	c := s.c
	// The texts stay in the connection's memory while the statement runs: no other one runs on it meanwhile.
	if err := c.args.room(c.tls, len(a.text)+1); err != nil {
		return err
	}
	copy(view(c.args.at, len(a.text)), a.text)
	start := 0
	for i, x := range a.items {
		var rc int32
		switch n := int32(i + 1); x.kind {
		case sqlite3.SQLITE_NULL:
			rc = sqlite3.Xsqlite3_bind_null(c.tls, s.at, n)
		case sqlite3.SQLITE_INTEGER:
			rc = sqlite3.Xsqlite3_bind_int64(c.tls, s.at, n, x.n)
		default:
			rc = sqlite3.Xsqlite3_bind_text64(c.tls, s.at, n, c.args.at+uintptr(start), uint64(x.end-start), 0, sqlite3.SQLITE_UTF8)
			start = x.end
		}
		if rc != sqlite3.SQLITE_OK {
			return c.failed(rc)
		}
	}
	return nil
}

// Step goes to the next row; row is false at the end.
func (s *Stmt) Step() (row bool, err error) {
	rc := sqlite3.Xsqlite3_step(s.c.tls, s.at)
	s.midway = rc == sqlite3.SQLITE_ROW
	switch rc {
	case sqlite3.SQLITE_ROW:
		return true, nil
	case sqlite3.SQLITE_DONE:
		return false, nil
	default:
		return false, s.c.failed(rc)
	}
}

// Reset ends the execution. A write that was not stepped to its end is committed by it, which can fail; the error of a
// step is not repeated.
func (s *Stmt) Reset() error {
	rc := sqlite3.Xsqlite3_reset(s.c.tls, s.at)
	midway := s.midway
	s.midway = false
	if midway && rc != sqlite3.SQLITE_OK {
		return s.c.failed(rc)
	}
	return nil
}

// Column is a column of the rows that a statement answers.
type Column struct {
	Name string
	// Declared is the type that the table declares for the column, "" for an expression.
	Declared string
}

// Columns are the columns, known after the first Step: only then a changed table has been noticed. The caller must not
// change the list.
func (s *Stmt) Columns() []Column {
	n := int(sqlite3.Xsqlite3_column_count(s.c.tls, s.at))
	if n == len(s.columns) && s.sameColumns() {
		return s.columns
	}
	s.columns, s.Extra = make([]Column, n), nil
	for i := range s.columns {
		name, declared := s.column(i)
		s.columns[i] = Column{Name: libc.GoString(name), Declared: libc.GoString(declared)}
	}
	return s.columns
}

func (s *Stmt) column(i int) (name, declared uintptr) {
	return sqlite3.Xsqlite3_column_name(s.c.tls, s.at, int32(i)), sqlite3.Xsqlite3_column_decltype(s.c.tls, s.at, int32(i))
}

// sameColumns compares without copying.
func (s *Stmt) sameColumns() bool {
	for i, c := range s.columns {
		if name, declared := s.column(i); !reads(name, c.Name) || !reads(declared, c.Declared) {
			return false
		}
	}
	return true
}

// Kind is how a cell is stored.
type Kind int32

// The kinds of cells.
const (
	Integer Kind = sqlite3.SQLITE_INTEGER
	Real    Kind = sqlite3.SQLITE_FLOAT
	Text    Kind = sqlite3.SQLITE_TEXT
	Blob    Kind = sqlite3.SQLITE_BLOB
	Null    Kind = sqlite3.SQLITE_NULL
)

// Kind tells how the cell i of the row is stored.
func (s *Stmt) Kind(i int) Kind { return Kind(sqlite3.Xsqlite3_column_type(s.c.tls, s.at, int32(i))) }

// Int is an Integer cell.
func (s *Stmt) Int(i int) int64 {
	return int64(sqlite3.Xsqlite3_column_int64(s.c.tls, s.at, int32(i)))
}

// Float is a Real cell.
func (s *Stmt) Float(i int) float64 {
	return float64(sqlite3.Xsqlite3_column_double(s.c.tls, s.at, int32(i)))
}

// View is a Text or Blob cell, not always valid UTF-8. It is gone at the next Step: what is kept must be cloned.
func (s *Stmt) View(i int) string {
	p := sqlite3.Xsqlite3_column_blob(s.c.tls, s.at, int32(i))
	return viewText(p, int(sqlite3.Xsqlite3_column_bytes(s.c.tls, s.at, int32(i))))
}
