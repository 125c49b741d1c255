package data

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	// The driver registers itself under the name "sqlite".
	_ "modernc.org/sqlite"
)

// Memory is the name of a database that lives in memory and is gone when it is closed.
const Memory = ":memory:"

// ErrReturned is the error of a lease that is used after it was returned.
var ErrReturned = errors.New("the connection was returned")

// Options say how a database is opened.
type Options struct {
	// Durable waits for the disk at every commit (synchronous=FULL), so that no committed row is lost when the machine
	// loses power. Without it a crash of the process loses nothing, but a power cut may lose the last commits.
	Durable bool
	// Busy is how long a statement waits for another writer; 0 is five seconds.
	Busy time.Duration
	// MaxLeases bounds the connections in use at once; 0 is 16. A Lease beyond it waits.
	MaxLeases int
}

// DB is one open database. It is safe for concurrent use.
type DB struct {
	pool *sql.DB
	path string
}

// Open opens a SQLite file, which is created when it does not exist, or Memory. The error names the path.
func Open(path string, o Options) (*DB, error) {
	pool, err := sql.Open("sqlite", dsn(path, o))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	limit := o.MaxLeases
	if limit <= 0 {
		limit = 16
	}
	if path == Memory {
		limit = 1 // every connection would be another empty database
		pool.SetConnMaxIdleTime(0)
		pool.SetConnMaxLifetime(0)
	}
	pool.SetMaxOpenConns(limit)
	pool.SetMaxIdleConns(limit)
	if err := pool.Ping(); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), pool.Close())
	}
	return &DB{pool: pool, path: path}, nil
}

// dsn writes the settings into the connection string, so that every connection of the pool has them.
func dsn(path string, o Options) string {
	busy := o.Busy
	if busy <= 0 {
		busy = 5 * time.Second
	}
	sync := "NORMAL"
	if o.Durable {
		sync = "FULL"
	}
	q := url.Values{}
	q.Add("_pragma", fmt.Sprintf("busy_timeout(%d)", busy.Milliseconds()))
	q.Add("_pragma", "journal_mode(WAL)")
	q.Add("_pragma", "synchronous("+sync+")")
	q.Add("_pragma", "foreign_keys(ON)")
	q.Set("_txlock", "immediate")
	name := path
	if path != Memory {
		// The name is a URL's path: what has a meaning in URLs must not have one in the name of a file.
		name = "file:" + strings.ReplaceAll(url.PathEscape(filepath.ToSlash(path)), "%2F", "/")
	}
	return name + "?" + q.Encode()
}

// Path is the name under which the database was opened.
func (db *DB) Path() string { return db.path }

// Close closes all connections that are not leased; leased ones close when they are returned.
func (db *DB) Close() error {
	if err := db.pool.Close(); err != nil {
		return fmt.Errorf("close %s: %w", db.path, err)
	}
	return nil
}

// Lease takes a connection for one run, waiting until one is free or ctx ends.
func (db *DB) Lease(ctx context.Context) (*Lease, error) {
	conn, err := db.pool.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", db.path, err)
	}
	return &Lease{conn: conn, path: db.path}, nil
}

// Lease is a connection that one run has for itself. One goroutine at a time may use it.
type Lease struct {
	conn     *sql.Conn
	path     string
	returned atomic.Bool
}

// Return rolls back an open transaction and gives the connection back. Only the first call does anything.
func (l *Lease) Return() error {
	if l.returned.Swap(true) {
		return nil
	}
	// A run that was cancelled must be rolled back as well, so its context is not asked.
	_, err := l.conn.ExecContext(context.Background(), "ROLLBACK")
	if err != nil && !strings.Contains(err.Error(), "no transaction is active") {
		// What the connection is in now is not known: it must not serve another run.
		_ = l.conn.Raw(func(any) error { return driver.ErrBadConn })
	}
	if err := l.conn.Close(); err != nil && !errors.Is(err, sql.ErrConnDone) && !errors.Is(err, driver.ErrBadConn) {
		return fmt.Errorf("return %s: %w", l.path, err)
	}
	return nil
}
