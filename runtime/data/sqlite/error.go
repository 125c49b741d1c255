package sqlite

import (
	"fmt"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// Code is a result code of SQLite (https://sqlite.org/rescode.html). Primary takes the detail off.
type Code int

// The codes that callers tell apart.
const (
	Generic    Code = sqlite3.SQLITE_ERROR
	Busy       Code = sqlite3.SQLITE_BUSY
	Locked     Code = sqlite3.SQLITE_LOCKED
	ReadOnly   Code = sqlite3.SQLITE_READONLY
	Interrupt  Code = sqlite3.SQLITE_INTERRUPT
	IOError    Code = sqlite3.SQLITE_IOERR
	Corrupt    Code = sqlite3.SQLITE_CORRUPT
	Full       Code = sqlite3.SQLITE_FULL
	CannotOpen Code = sqlite3.SQLITE_CANTOPEN
	Constraint Code = sqlite3.SQLITE_CONSTRAINT
	TooBig     Code = sqlite3.SQLITE_TOOBIG
	Mismatch   Code = sqlite3.SQLITE_MISMATCH
	Denied     Code = sqlite3.SQLITE_PERM
	NotADB     Code = sqlite3.SQLITE_NOTADB

	NotUnique  Code = sqlite3.SQLITE_CONSTRAINT_UNIQUE
	PrimaryKey Code = sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	RowID      Code = sqlite3.SQLITE_CONSTRAINT_ROWID
	NotNull    Code = sqlite3.SQLITE_CONSTRAINT_NOTNULL
	Check      Code = sqlite3.SQLITE_CONSTRAINT_CHECK
	ForeignKey Code = sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY
	Trigger    Code = sqlite3.SQLITE_CONSTRAINT_TRIGGER
)

// Primary is the code without its detail: Constraint of NotUnique.
func (c Code) Primary() Code { return c & 0xff }

// Error is a failure that SQLite reports.
type Error struct {
	Code Code
	// Message is SQLite's own English text.
	Message string
	// Offset is the byte of the SQL where the fault is, or -1.
	Offset int
	// System is the operating system's error number, or 0.
	System int
}

// Error gives the message and the code.
func (e *Error) Error() string { return fmt.Sprintf("%s (%d)", e.Message, int(e.Code)) }

// SeveralError is the failure of Prepare for a text with more than one statement.
type SeveralError struct {
	// Rest is what follows the first statement.
	Rest string
}

// Error says that there is more than one statement.
func (e *SeveralError) Error() string { return "more than one statement" }

// failed reads what the connection knows about its last failure, whose result code was rc.
func (c *Conn) failed(rc int32) error {
	e := &Error{Code: Code(rc), Offset: -1}
	if c.db == 0 {
		e.Message = libc.GoString(sqlite3.Xsqlite3_errstr(c.tls, rc))
		return e
	}
	if ext := Code(sqlite3.Xsqlite3_extended_errcode(c.tls, c.db)); ext.Primary() == e.Code.Primary() {
		e.Code = ext
		e.Message = libc.GoString(sqlite3.Xsqlite3_errmsg(c.tls, c.db))
		e.Offset = int(sqlite3.Xsqlite3_error_offset(c.tls, c.db))
	} else {
		e.Message = libc.GoString(sqlite3.Xsqlite3_errstr(c.tls, rc))
	}
	switch e.Code.Primary() {
	case IOError, CannotOpen, Full:
		e.System = int(sqlite3.Xsqlite3_system_errno(c.tls, c.db))
	}
	return e
}
