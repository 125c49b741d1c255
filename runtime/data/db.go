package data

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/etamil-lang/etamil/runtime/data/sqlite"
	"github.com/etamil-lang/etamil/runtime/value"
)

// Memory is the name of a database that lives in memory and is gone when it is closed.
const Memory = ":memory:"

// ErrReturned is the error of a lease that is used after it was returned.
var ErrReturned = errors.New("the connection was returned")

// Options say how a database is opened.
type Options struct {
	// Durable waits for the disk at every commit, as synchronous=FULL does, so that no committed row is lost when the
	// machine loses power; `etamil serve` sets it. Commits of several runs share one wait (disk). After a wait that failed
	// every write fails. Without it (NORMAL) a crash of the process still loses nothing and a power cut damages nothing, but
	// it may take the last commits with it.
	Durable bool
	// Busy is how long a statement waits for another writer; 0 is five seconds.
	Busy time.Duration
	// Wait is how long a Lease waits for a free connection; 0 is 30 seconds.
	Wait time.Duration
	// MaxLeases bounds the connections in use at once; 0 is 16. A Lease beyond it waits.
	MaxLeases int
	// MaxIdle bounds the connections that are kept open for the next lease; 0 is 16.
	MaxIdle int
}

func (o Options) filled() Options {
	set := func(d *time.Duration, to time.Duration) {
		if *d <= 0 {
			*d = to
		}
	}
	set(&o.Busy, 5*time.Second)
	set(&o.Wait, 30*time.Second)
	if o.MaxLeases <= 0 {
		o.MaxLeases = 16
	}
	if o.MaxIdle <= 0 {
		o.MaxIdle = 16
	}
	return o
}

// DB is one open database. It is safe for concurrent use.
type DB struct {
	path string
	opt  Options
	gate chan struct{} // has a token of the run that writes
	disk disk
	// own is where leases come from that are of no other pool.
	own *Pool
}

// Open opens a SQLite file, which is created when it does not exist, or Memory. The error is a *value.Error that names the path.
func Open(path string, o Options) (*DB, error) {
	o = o.filled()
	if path == Memory {
		o.MaxLeases, o.MaxIdle = 1, 1 // every connection would be another empty database
	}
	db := &DB{path: path, opt: o, gate: make(chan struct{}, 1)}
	db.own = NewPool(db, o)
	db.disk.sync = syncLog
	if strings.IndexByte(path, 0) >= 0 || strings.TrimSpace(path) == "" {
		return nil, &value.Error{Code: CodeCannotOpen, Args: []string{strconv.Quote(path), "the name is no file name"}}
	}
	conn, err := db.connect()
	if err != nil {
		return nil, err
	}
	db.own.idle, db.own.open = append(db.own.idle, conn), 1
	return db, nil
}

// connect opens another connection.
func (db *DB) connect() (*sqlite.Conn, error) {
	sync := "NORMAL"
	if db.opt.Durable {
		sync = "FULL"
	}
	o := sqlite.Config{Busy: db.opt.Busy, Setup: []string{"PRAGMA foreign_keys=ON", "PRAGMA synchronous=" + sync}}
	if db.path != Memory {
		// The first one reads the file, so that what is no database is found when it is opened.
		o.Setup = append(o.Setup, "PRAGMA schema_version")
		o.Writable = []string{"PRAGMA journal_mode=WAL"}
	}
	conn, err := sqlite.Open(db.path, o)
	if err == nil && db.opt.Durable {
		err = db.shareSync(conn)
	}
	if err != nil {
		return nil, db.explain("", err)
	}
	return conn, nil
}

// Path is the name under which the database was opened.
func (db *DB) Path() string { return db.path }

// Close closes all connections that are not leased; leased ones close when they are returned.
func (db *DB) Close() error {
	if err := db.own.shut(); err != nil {
		return db.explain("", err)
	}
	return nil
}

// Lease takes a connection for one run, waiting until one is free, at most Options.Wait, or ctx ends. The error is a
// *value.Error or the context's.
func (db *DB) Lease(ctx context.Context) (*Lease, error) { return db.own.Lease(ctx) }

// errWaited ends a take that took too long.
var errWaited = errors.New("waited too long")

// take puts a token into tokens, waiting while it is full. Those that wait are served in order.
func take(ctx context.Context, tokens chan struct{}, wait time.Duration) error {
	select {
	case tokens <- struct{}{}:
		return nil
	default:
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case tokens <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err() //nolint:wrapcheck // the machine knows it
	case <-timer.C:
		return errWaited
	}
}
