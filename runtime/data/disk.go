package data

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/etamil-lang/etamil/runtime/data/sqlite"
	"github.com/etamil-lang/etamil/runtime/value"
)

// disk lets commits wait for the disk together: SQLite writes them into its write-ahead log without waiting, the next run
// writes at once, and one sync of the log serves all that were committed before it began. A run goes on after its commit
// is on the disk, as with synchronous=FULL; others may read it a moment earlier. SQLite itself still waits where the
// order of writes matters: whatever happens, the file is whole.
type disk struct {
	sync func(log string) error // syncLog

	mu      sync.Mutex
	log     string // the file of the write-ahead log, "" while SQLite itself waits
	next    *flush // for those who wait for the next sync
	running bool
}

// flush is one sync.
type flush struct {
	done chan struct{}
	err  error
}

// shareSync lets the commits of a connection wait in db.disk, where it has a write-ahead log and the system can sync it.
func (db *DB) shareSync(conn *sqlite.Conn) error {
	log, err := conn.Log()
	if err != nil || log == "" || !syncs {
		return err //nolint:wrapcheck // connect words it
	}
	db.disk.mu.Lock()
	db.disk.log = log
	db.disk.mu.Unlock()
	return conn.Run("PRAGMA synchronous=NORMAL") //nolint:wrapcheck // connect words it
}

// wait waits until everything that was committed before is on the disk. The error is a *value.Error.
func (d *disk) wait() error {
	d.mu.Lock()
	if d.log == "" {
		d.mu.Unlock()
		return nil
	}
	if d.next == nil {
		d.next = &flush{done: make(chan struct{})}
	}
	mine := d.next
	if !d.running {
		d.running = true
		go d.run()
	}
	d.mu.Unlock()
	<-mine.done
	return mine.err
}

// run syncs until nobody waits.
func (d *disk) run() {
	for {
		runtime.Gosched() // those that are about to commit come along
		d.mu.Lock()
		f, log := d.next, d.log
		d.next, d.running = nil, f != nil
		d.mu.Unlock()
		if f == nil {
			return
		}
		f.err = d.sync(log)
		close(f.done)
	}
}

// syncLog writes a write-ahead log to the disk. Where another program has turned the log off, the folder remembers it.
func syncLog(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		f, err = os.Open(filepath.Dir(path))
	}
	if err == nil {
		err = errors.Join(syncData(f), f.Close())
	}
	if err != nil {
		return &value.Error{Code: CodeDisk, Args: []string{path, err.Error()}}
	}
	return nil
}
