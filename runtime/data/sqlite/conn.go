package sqlite

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// Config says how a connection is opened.
type Config struct {
	// Busy is how long a statement waits for a lock that another process, or another connection, holds; at most 24 days.
	Busy time.Duration
	// Setup are statements that run once, such as PRAGMAs. Those of Writable are left out where the file cannot be written.
	Setup, Writable []string
	// Statements bounds the prepared statements that are kept; 0 is 64.
	Statements int
}

// Conn is one connection.
type Conn struct {
	tls *libc.TLS
	db  uintptr
	// out receives what C functions answer through pointers: two words.
	out uintptr
	// shared is what the callbacks read while a statement runs, in C memory.
	shared uintptr
	sql    block
	args   block
	cache  map[string]*Stmt
	limit  int
	clock  uint64

	watched <-chan struct{}
	unwatch func()
	stopper stopper
}

// signals is the content of Conn.shared.
type signals struct {
	stop atomic.Bool // ends the statement that runs
	busy int32       // how long to wait for locks, in milliseconds
}

// steps is how many steps of SQLite's machine pass between two looks at signals.stop: about 50 µs.
const steps = 1000

// Open opens the file, which is created where it does not exist, or ":memory:". The name is never read as a URI. The error is an *Error.
func Open(path string, o Config) (*Conn, error) {
	c := &Conn{tls: libc.NewTLS(), limit: o.Statements}
	if c.limit <= 0 {
		c.limit = 64
	}
	c.cache = make(map[string]*Stmt, c.limit)
	c.out, c.shared = libc.Xmalloc(c.tls, 16), libc.Xmalloc(c.tls, 8)
	if c.out == 0 || c.shared == 0 {
		return nil, errors.Join(errMemory, c.Close())
	}
	c.signals().stop.Store(false)
	c.signals().busy = int32(min(o.Busy.Milliseconds(), 1<<31-1))
	err := c.open(path)
	if err == nil {
		err = c.setup(o)
	}
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

func (c *Conn) signals() *signals { return (*signals)(pointer(c.shared)) }

func (c *Conn) open(path string) error {
	if err := c.sql.zeroEnded(c.tls, path); err != nil {
		return err
	}
	// No mutex: a connection is used by one goroutine at a time.
	const flags = sqlite3.SQLITE_OPEN_READWRITE | sqlite3.SQLITE_OPEN_CREATE | sqlite3.SQLITE_OPEN_NOMUTEX
	rc := sqlite3.Xsqlite3_open_v2(c.tls, c.sql.at, c.out, flags, 0)
	c.db = *(*uintptr)(pointer(c.out))
	if rc != sqlite3.SQLITE_OK {
		return c.failed(rc)
	}
	sqlite3.Xsqlite3_extended_result_codes(c.tls, c.db, 1)
	sqlite3.Xsqlite3_busy_handler(c.tls, c.db, callback(whileBusy), c.shared)
	sqlite3.Xsqlite3_progress_handler(c.tls, c.db, steps, callback(whileRunning), c.shared)
	return c.decimals()
}

func (c *Conn) setup(o Config) error {
	all := o.Setup
	if !c.ReadOnly() {
		all = append(all[:len(all):len(all)], o.Writable...)
	}
	for _, sql := range all {
		if err := c.patiently(sql, o.Busy); err != nil {
			return fmt.Errorf("%s: %w", sql, err)
		}
	}
	return nil
}

// patiently runs a statement again while others hold a lock. SQLite does not ask its busy handler when it turns the write-ahead log on, which
// meets the locks of processes that open the same new file.
func (c *Conn) patiently(sql string, wait time.Duration) error {
	const pause = 5 * time.Millisecond
	for end := time.Now().Add(wait); ; time.Sleep(pause) {
		err := c.Run(sql)
		var e *Error
		if !errors.As(err, &e) || e.Code.Primary() != Busy || time.Now().After(end) {
			return err
		}
	}
}

// Run runs a statement without parameters and drops its rows.
func (c *Conn) Run(sql string) error {
	s, err := c.Prepare(sql)
	if err != nil {
		return err
	}
	if err := s.Bind(&Args{}); err != nil {
		return err
	}
	for row := true; row && err == nil; {
		row, err = s.Step()
	}
	return errors.Join(err, s.Reset())
}

// Close closes the statements and the connection. The last connection to a file moves the write-ahead log into it.
func (c *Conn) Close() error {
	c.Unwatch()
	for _, s := range c.cache {
		s.finalize()
	}
	c.cache = nil
	var err error
	if c.db != 0 {
		if rc := sqlite3.Xsqlite3_close_v2(c.tls, c.db); rc != sqlite3.SQLITE_OK {
			err = c.failed(rc)
		}
		c.db = 0
	}
	for _, p := range []uintptr{c.out, c.shared} {
		if p != 0 {
			libc.Xfree(c.tls, p)
		}
	}
	c.out, c.shared = 0, 0
	c.sql.free(c.tls)
	c.args.free(c.tls)
	c.tls.Close()
	return err
}

// ReadOnly tells whether the file cannot be written.
func (c *Conn) ReadOnly() bool { return sqlite3.Xsqlite3_db_readonly(c.tls, c.db, 0) == 1 }

// Log is the file of the write-ahead log, "" when the connection writes none.
func (c *Conn) Log() (path string, err error) {
	s, err := c.Prepare("PRAGMA journal_mode")
	if err != nil {
		return "", err
	}
	if err := s.Bind(&Args{}); err != nil {
		return "", err
	}
	if row, err := s.Step(); err != nil || !row || s.View(0) != "wal" {
		return "", errors.Join(err, s.Reset())
	}
	return libc.GoString(sqlite3.Xsqlite3_filename_wal(c.tls, sqlite3.Xsqlite3_db_filename(c.tls, c.db, 0))), s.Reset()
}

// Autocommit tells whether no transaction is open.
func (c *Conn) Autocommit() bool { return sqlite3.Xsqlite3_get_autocommit(c.tls, c.db) != 0 }

// Changes is how many rows the last INSERT, UPDATE or DELETE changed itself, without triggers.
func (c *Conn) Changes() int64 { return int64(sqlite3.Xsqlite3_changes64(c.tls, c.db)) }

// TotalChanges is how many rows were changed since the connection was opened, with triggers.
func (c *Conn) TotalChanges() int64 { return int64(sqlite3.Xsqlite3_total_changes64(c.tls, c.db)) }

// stopper is a context that sets flags once it has ended, until they are dropped, which costs less than waiting for Done does.
type stopper interface {
	StopFlag(flag *atomic.Bool)
	DropFlag(flag *atomic.Bool)
}

// Watch makes statements end with the code Interrupt, and waits for locks with Busy, once ctx is done. It holds until Unwatch, or until
// another context is watched.
func (c *Conn) Watch(ctx context.Context) {
	if s, ok := ctx.(stopper); ok {
		if s != c.stopper {
			c.Unwatch()
			c.stopper = s
			s.StopFlag(&c.signals().stop)
		}
		return
	}
	done := ctx.Done()
	if done == c.watched && c.stopper == nil {
		return
	}
	c.Unwatch()
	if done == nil {
		return
	}
	c.watched = done
	stop := &c.signals().stop
	fired := make(chan struct{})
	cancel := context.AfterFunc(ctx, func() {
		stop.Store(true)
		close(fired)
	})
	c.unwatch = func() {
		if !cancel() {
			<-fired // it must not strike the connection's next user
		}
	}
}

// Unwatch ends Watch: statements run to their end again.
func (c *Conn) Unwatch() {
	if c.unwatch != nil {
		c.unwatch()
	}
	if c.stopper != nil {
		c.stopper.DropFlag(&c.signals().stop)
	}
	c.watched, c.unwatch, c.stopper = nil, nil, nil
	if c.shared != 0 {
		c.signals().stop.Store(false)
	}
}

// whileRunning is SQLite's progress handler: 1 ends the statement.
func whileRunning(_ *libc.TLS, shared uintptr) int32 {
	if (*signals)(pointer(shared)).stop.Load() {
		return 1
	}
	return 0
}

// whileBusy is SQLite's busy handler: it waits and answers 1 to try again, or 0 to give up. Unlike SQLite's own, it also
// gives up when the statement is to end.
func whileBusy(_ *libc.TLS, shared uintptr, tries int32) int32 {
	s := (*signals)(pointer(shared))
	wait, waited := backoff(int64(tries))
	if s.stop.Load() || waited >= int64(s.busy) {
		return 0
	}
	time.Sleep(time.Duration(min(wait, int64(s.busy)-waited)) * time.Millisecond)
	return 1
}

// backoff is how many milliseconds to wait before try n, and how many were waited before: 1, 2, 4, 8, 16, then 20 each.
func backoff(n int64) (wait, waited int64) {
	const doubling, last = 5, 20
	if n < doubling {
		return 1 << n, 1<<n - 1
	}
	return last, 1<<doubling - 1 + (n-doubling)*last
}
