package data

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/etamil-lang/etamil/runtime/data/sqlite"
	"github.com/etamil-lang/etamil/runtime/value"
)

func paramCount(want, got int) error {
	return &value.Error{Code: CodeParamCount, Args: []string{strconv.Itoa(want), strconv.Itoa(got)}}
}

// explain turns an error of SQLite into a run-time error that says what is wrong and where. Errors that are run-time errors already stay.
func (db *DB) explain(text string, err error) error {
	var known *value.Error
	var several *sqlite.SeveralError
	var e *sqlite.Error
	switch {
	case errors.As(err, &known), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.As(err, &several):
		return &value.Error{Code: CodeOneStatement, Args: []string{short(several.Rest)}}
	case errors.As(err, &e):
		return db.explainCode(text, e)
	}
	return &value.Error{Code: CodeFailed, Args: []string{strings.TrimPrefix(short(text)+": "+err.Error(), ": ")}}
}

func (db *DB) explainCode(text string, e *sqlite.Error) error {
	fail := func(code string, args ...string) error { return &value.Error{Code: code, Args: args} }
	switch e.Code.Primary() {
	case sqlite.Busy, sqlite.Locked:
		return fail(CodeLocked, db.path)
	case sqlite.Corrupt, sqlite.NotADB:
		return fail(CodeCorrupt, db.path, e.Message)
	case sqlite.ReadOnly:
		return fail(CodeReadOnly, db.path)
	case sqlite.Full:
		return fail(CodeFull, db.path)
	case sqlite.IOError:
		return db.explainDisk(e)
	case sqlite.CannotOpen, sqlite.Denied:
		return db.explainOpen(e)
	case sqlite.Constraint:
		return explainConstraint(e)
	case sqlite.TooBig:
		return fail(CodeTooBig, db.path)
	case sqlite.Generic:
		return db.explainSQL(text, e)
	}
	return fail(CodeFailed, strings.TrimPrefix(short(text)+": "+e.Message, ": "))
}

// explainDisk tells a full disk from one that fails.
func (db *DB) explainDisk(e *sqlite.Error) error {
	switch errno := syscall.Errno(e.System); errno {
	case syscall.ENOSPC, syscall.EDQUOT:
		return &value.Error{Code: CodeFull, Args: []string{db.path}}
	case syscall.EROFS:
		return &value.Error{Code: CodeReadOnly, Args: []string{db.path}}
	case 0:
		return &value.Error{Code: CodeDisk, Args: []string{db.path, e.Message}}
	default:
		return &value.Error{Code: CodeDisk, Args: []string{db.path, errno.Error()}}
	}
}

// explainOpen finds out why a file cannot be opened.
func (db *DB) explainOpen(e *sqlite.Error) error {
	folder := filepath.Dir(db.path)
	info, err := os.Stat(db.path)
	switch _, missing := os.Stat(folder); {
	case errors.Is(missing, os.ErrNotExist):
		return &value.Error{Code: CodeNoFolder, Args: []string{db.path, folder}}
	case err == nil && info.IsDir():
		return &value.Error{Code: CodeIsFolder, Args: []string{db.path}}
	case errors.Is(err, os.ErrNotExist), readable(db.path):
		// The file, or the write-ahead log beside it, cannot be made in this folder.
		return &value.Error{Code: CodeReadOnly, Args: []string{db.path}}
	case errors.Is(syscall.Errno(e.System), os.ErrPermission):
		return &value.Error{Code: CodeNoPermission, Args: []string{db.path}}
	case e.System != 0:
		return &value.Error{Code: CodeCannotOpen, Args: []string{db.path, syscall.Errno(e.System).Error()}}
	}
	return &value.Error{Code: CodeCannotOpen, Args: []string{db.path, e.Message}}
}

// explainConstraint says which rule of a table a change breaks.
func explainConstraint(e *sqlite.Error) error {
	_, what, _ := strings.Cut(e.Message, " constraint failed: ") // "UNIQUE constraint failed: t.x"
	switch e.Code {
	case sqlite.NotUnique, sqlite.PrimaryKey, sqlite.RowID:
		return &value.Error{Code: CodeNotUnique, Args: []string{what}}
	case sqlite.NotNull:
		return &value.Error{Code: CodeNotNull, Args: []string{what}}
	case sqlite.Check:
		return &value.Error{Code: CodeCheck, Args: []string{what}}
	case sqlite.ForeignKey:
		return &value.Error{Code: CodeForeignKey}
	}
	return &value.Error{Code: CodeConstraint, Args: []string{e.Message}}
}

// explainSQL says what is wrong with a statement; SQLite gives all these one code.
func (db *DB) explainSQL(text string, e *sqlite.Error) error {
	if table, ok := strings.CutPrefix(e.Message, "no such table: "); ok {
		return &value.Error{Code: CodeNoTable, Args: []string{table, db.path}}
	}
	if column, ok := strings.CutPrefix(e.Message, "no such column: "); ok {
		return &value.Error{Code: CodeNoColumn, Args: []string{column, from(text, e.Offset)}}
	}
	switch {
	case e.Message == sqlite.Overflow:
		return &value.Error{Code: CodeSum}
	case strings.Contains(e.Message, "transaction"):
		return &value.Error{Code: CodeTransaction, Args: []string{e.Message}}
	case e.Offset >= 0 || strings.Contains(e.Message, "syntax") || strings.Contains(e.Message, "incomplete input"):
		return &value.Error{Code: CodeSyntax, Args: []string{e.Message, from(text, e.Offset)}}
	}
	return &value.Error{Code: CodeFailed, Args: []string{strings.TrimPrefix(short(text)+": "+e.Message, ": ")}}
}

// from is a statement from its fault on; a fault at its end, or without a place, shows all of it.
func from(text string, offset int) string {
	if offset > 0 && offset < len(text) && strings.TrimSpace(text[offset:]) != "" {
		return "…" + short(strings.ToValidUTF8(text[offset:], ""))
	}
	return short(text)
}

// short is the beginning of a statement, on one line.
func short(text string) string {
	const clusters = 60
	line := value.FromText(strings.Join(strings.Fields(text), " "))
	if value.ClusterLen(line) > clusters {
		return value.ClusterSlice(line, 0, clusters).Text() + "…"
	}
	return line.Text()
}

// realText is a floating-point number that is no number of eTamil.
func realText(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
