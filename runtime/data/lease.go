package data

import (
	"cmp"
	"context"
	"errors"
	"sync/atomic"

	"github.com/etamil-lang/etamil/runtime/data/sqlite"
	"github.com/etamil-lang/etamil/runtime/value"
)

// Lease is a connection that one run has for itself. One goroutine at a time may use it.
type Lease struct {
	db   *DB
	pool *Pool
	conn *sqlite.Conn
	args sqlite.Args
	// inGate tells that this run is the one that writes: during a statement, or until its transaction ends.
	inGate  bool
	settled bool
	// undone tells that SQLite itself ended the transaction, because of a full disk for example. What the run still sends must not
	// be stored as if there had been none.
	undone   bool
	returned atomic.Bool
}

// Return rolls back an open transaction and gives the connection back. Only the first call does anything.
func (l *Lease) Return() error {
	if l.returned.Swap(true) {
		return nil
	}
	l.conn.Unwatch() // a run that was cancelled must be rolled back as well
	// Settings and temporary tables of this run must not reach the next one. In memory they must stay: all else would go too.
	spoilt := l.settled && l.db.path != Memory
	if !l.conn.Autocommit() {
		if err := l.conn.Run("ROLLBACK"); err != nil {
			spoilt = true // what state the connection is in is not known; closing it rolls back
		}
	}
	l.leaveGate()
	return l.pool.giveBack(l.conn, spoilt)
}

// Query runs a statement that answers rows: an array of records by column name; of two columns with one name the later
// one counts. The error is a *value.Error, the context's, or ErrReturned.
func (l *Lease) Query(ctx context.Context, text string, params []value.Value) (value.Value, error) {
	return l.query(ctx, text, params, func(int) error { return nil })
}

// query is Query with a price: grow is told how much memory each row takes and may refuse it.
func (l *Lease) query(ctx context.Context, text string, params []value.Value, grow func(int) error) (value.Value, error) {
	var items []value.Value
	err := l.run(ctx, text, params, func(s *sqlite.Stmt) error {
		row := readRow(s)
		items = append(items, row)
		return grow(weight(row))
	})
	if err != nil {
		return value.Nil, err
	}
	return value.FromItems(items), nil
}

// Exec runs a statement and answers how many rows it changed; rows that it answers are dropped. Errors are as in Query.
func (l *Lease) Exec(ctx context.Context, text string, params []value.Value) (int64, error) {
	if l.returned.Load() {
		return 0, ErrReturned
	}
	before := l.conn.TotalChanges()
	if err := l.run(ctx, text, params, func(*sqlite.Stmt) error { return nil }); err != nil {
		return 0, err
	}
	// SQLite keeps the number of the last change, so that a statement that changes no rows would answer that of another.
	if l.conn.TotalChanges() == before {
		return 0, nil
	}
	return l.conn.Changes(), nil
}

// run runs a statement to its end and shows each row to see, whose error ends it.
func (l *Lease) run(ctx context.Context, text string, params []value.Value, see func(*sqlite.Stmt) error) error {
	if l.returned.Load() {
		return ErrReturned
	}
	if err := ctx.Err(); err != nil {
		return err //nolint:wrapcheck // the machine knows it
	}
	if l.undone {
		return l.afterUndone(text)
	}
	l.conn.Watch(ctx)
	inside, before := !l.conn.Autocommit(), l.conn.TotalChanges()
	stmt, err := l.prepare(text, params)
	if err != nil {
		return l.ended(ctx, text, err)
	}
	if stmt.Writes() {
		if err := l.enterGate(ctx); err != nil {
			return err
		}
	}
	err = stepAll(stmt, see)
	if l.conn.Autocommit() {
		wrote := l.inGate
		l.leaveGate()
		l.undone = inside && err != nil
		// A statement that failed may have stored rows before (INSERT OR FAIL). Others may write while this run waits.
		if wrote && (err == nil || l.conn.TotalChanges() != before) {
			err = cmp.Or(err, l.db.disk.wait())
		}
	}
	return l.ended(ctx, text, err)
}

// afterUndone answers the statements that follow the end of a transaction by SQLite: only ROLLBACK, which has happened
// already, is right, and COMMIT is the last one that is wrong.
func (l *Lease) afterUndone(text string) error {
	word := firstWord(text)
	l.undone = word != "ROLLBACK" && word != "COMMIT" && word != "END"
	if word == "ROLLBACK" {
		return nil
	}
	return &value.Error{Code: CodeUndone}
}

// prepare prepares a statement and binds its parameters.
func (l *Lease) prepare(text string, params []value.Value) (*sqlite.Stmt, error) {
	stmt, err := l.conn.Prepare(immediate(text))
	if err != nil {
		return nil, err
	}
	if stmt.Params() != len(params) {
		return nil, paramCount(stmt.Params(), len(params))
	}
	l.settled = l.settled || stmt.Settles()
	l.args.Clear()
	for _, p := range params {
		bind(&l.args, p)
	}
	return stmt, stmt.Bind(&l.args)
}

func stepAll(stmt *sqlite.Stmt, see func(*sqlite.Stmt) error) error {
	for {
		row, err := stmt.Step()
		if err == nil && row {
			err = see(stmt)
		}
		if err != nil || !row {
			return errors.Join(err, stmt.Reset())
		}
	}
}

// ended turns the error of a statement into the run's.
func (l *Lease) ended(ctx context.Context, text string, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err() //nolint:wrapcheck // the machine knows it
	}
	return l.db.explain(text, err)
}

// enterGate makes this run the one that writes.
func (l *Lease) enterGate(ctx context.Context) error {
	if l.inGate {
		return nil
	}
	if err := l.db.disk.failed(); err != nil {
		return err
	}
	if err := take(ctx, l.db.gate, l.db.opt.Busy); err != nil {
		if errors.Is(err, errWaited) {
			return &value.Error{Code: CodeLocked, Args: []string{l.db.path}}
		}
		return err
	}
	l.inGate = true
	return nil
}

func (l *Lease) leaveGate() {
	if l.inGate {
		l.inGate = false
		<-l.db.gate
	}
}
