package data

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"time"

	"github.com/etamil-lang/etamil/runtime/data/sqlite"
	"github.com/etamil-lang/etamil/runtime/value"
)

// disk lets commits wait for the disk together: SQLite writes them into its write-ahead log without waiting, the next run
// writes at once, and one sync of the log serves all that were committed before it began. A run goes on after its commit
// is on the disk, as with synchronous=FULL; others may read it a moment earlier. SQLite itself still waits where the
// order of writes matters: whatever happens, the file is whole.
//
// After a sync that failed nobody knows what of the log is on the disk, and the system does not try again: what follows
// in the log could be lost with it although later syncs succeed. So nothing is written any more; a restart reads the log
// from the disk up to where it is whole.
type disk struct {
	sync func(log string) error // syncLog

	mu      sync.Mutex
	log     string // the file of the write-ahead log, "" while SQLite itself waits
	next    *flush // for those who wait for the next sync
	running bool
	broken  error // of the sync that failed, for all that would write after it
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
	if d.log == "" || d.broken != nil {
		defer d.mu.Unlock()
		return d.broken
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
		f, log, err := d.next, d.log, d.broken
		d.next, d.running = nil, f != nil
		d.mu.Unlock()
		if f == nil {
			return
		}
		if err == nil {
			err = d.now(log)
		}
		f.err = err
		close(f.done)
	}
}

// now syncs, and notes when that has failed, unless it has not even begun. The error is a *value.Error.
func (d *disk) now(log string) error {
	why := d.sync(log)
	if why == nil {
		return nil
	}
	err := &value.Error{Code: CodeDisk, Args: []string{log, why.Error()}}
	if !noHandle(why) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.broken = err
	}
	return err
}

// failed is why nothing may be written any more, or nil.
func (d *disk) failed() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.broken
}

// syncLog writes a write-ahead log to the disk. Where a run has turned the log off, the folder remembers it.
func syncLog(path string) error {
	f, err := openPatiently(path)
	if errors.Is(err, fs.ErrNotExist) {
		f, err = openPatiently(filepath.Dir(path))
	}
	if err != nil {
		return err
	}
	return errors.Join(syncData(f), f.Close())
}

// openPatiently waits about two seconds while the process has too many files open: connections come and go.
func openPatiently(path string) (*os.File, error) {
	for pause := time.Millisecond; ; pause *= 2 {
		f, err := os.Open(path)
		if !noHandle(err) || pause > time.Second {
			return f, err //nolint:wrapcheck // run words it
		}
		time.Sleep(pause)
	}
}

// noHandle tells that too many files are open.
func noHandle(err error) bool {
	return errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}
