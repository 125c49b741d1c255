package data

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"

	"github.com/etamil-lang/etamil/runtime/value"
)

// TestDurable counts how often runs wait for the disk: after every commit, and only then.
func TestDurable(t *testing.T) {
	t.Parallel()
	db, err := Open(filepath.Join(t.TempDir(), "கடை.db"), Options{Durable: true})
	if err != nil {
		t.Fatal(err)
	}
	var count atomic.Int64
	var broken error
	db.disk.sync = func(log string) error {
		if !strings.HasSuffix(log, "கடை.db-wal") {
			t.Errorf("synced %s", log)
		}
		count.Add(1)
		return errors.Join(syncLog(log), broken)
	}
	ctx := context.Background()
	l, err := db.Lease(ctx)
	if err != nil {
		t.Fatal(err)
	}
	const ok = ""
	for _, tt := range []struct {
		sql   string
		syncs int64
		code  string
	}{
		{"PRAGMA foreign_keys", 0, ok},
		{"CREATE TABLE t (க TEXT UNIQUE)", 1, ok},
		{"INSERT INTO t VALUES ('க்ஷ𝒳')", 1, ok},
		{"SELECT * FROM t", 0, ok},
		{"INSERT INTO t VALUES ('க்ஷ𝒳')", 0, CodeNotUnique},
		{"BEGIN", 0, ok},
		{"INSERT INTO t VALUES ('2')", 0, ok},
		{"COMMIT", 1, ok},
		{"SAVEPOINT s", 0, ok},
		{"DELETE FROM t WHERE க = '2'", 0, ok},
		{"RELEASE s", 1, ok},
		{"SELECT count(*) FROM t", 0, ok},
		{"INSERT OR FAIL INTO t VALUES ('3'), ('3')", 1, CodeNotUnique}, // the first of them is there
	} {
		before := count.Load()
		_, err := l.Exec(ctx, tt.sql, nil)
		if got := count.Load() - before; got != tt.syncs || codeOf(err) != tt.code {
			t.Errorf("%s: %d syncs, %v", tt.sql, got, err)
		}
	}
	for _, broken = range []error{syscall.EMFILE, syscall.EIO} { // the first one is no failure of the disk
		if _, err := l.Exec(ctx, "DELETE FROM t", nil); codeOf(err) != CodeDisk {
			t.Errorf("the disk failed: %v", err)
		}
	}
	broken = nil
	before := count.Load()
	for _, sql := range []string{"INSERT INTO t VALUES ('4')", "BEGIN", "CREATE TABLE u (x)"} {
		if _, err := l.Exec(ctx, sql, nil); codeOf(err) != CodeDisk {
			t.Errorf("%s after the disk has failed: %v", sql, err)
		}
	}
	if rows, err := l.Query(ctx, "SELECT * FROM t", nil); err != nil || rows.Display() != "[]" || count.Load() != before {
		t.Errorf("%s %v after the disk has failed, and %d syncs more", rows.Display(), err, count.Load()-before)
	}
	if err := errors.Join(l.Return(), db.Close()); err != nil {
		t.Error(err)
	}
}

// codeOf is the code of a run-time error, "" for none.
func codeOf(err error) string {
	var e *value.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// TestSharedSync lets many commits wait while one sync runs: the next one is for all of them.
func TestSharedSync(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release, count := make(chan struct{}), 0
		d := disk{log: "x", sync: func(string) error { count++; <-release; return nil }}
		var over atomic.Int64
		wait := func() { _ = d.wait(); over.Add(1) }
		go wait()
		synctest.Wait()
		for range 20 {
			go wait()
		}
		for i, want := range []int64{0, 1, 21} {
			synctest.Wait()
			if over.Load() != want || count != min(i+1, 2) {
				t.Errorf("after %d syncs %d of 21 go on, and %d syncs have begun", i, over.Load(), count)
			}
			if i < 2 {
				release <- struct{}{}
			}
		}
	})
}

// TestBrokenSync lets a sync fail while others wait for the next one, which would succeed: they fail as well.
func TestBrokenSync(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release, count := make(chan struct{}), 0
		d := disk{log: "x", sync: func(string) error { count++; <-release; return syscall.EIO }}
		var failed atomic.Int64
		wait := func() {
			if codeOf(d.wait()) == CodeDisk {
				failed.Add(1)
			}
		}
		go wait()
		synctest.Wait()
		for range 20 {
			go wait()
		}
		synctest.Wait()
		close(release)
		synctest.Wait()
		if wait(); failed.Load() != 22 || count != 1 || codeOf(d.failed()) != CodeDisk {
			t.Errorf("%d of 22 failed after %d syncs", failed.Load(), count)
		}
	})
}

// TestReadableKeepsLocks asks whether a file can be read that SQLite holds locks on.
func TestReadableKeepsLocks(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	db, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	l, err := db.Lease(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Query(context.Background(), "SELECT 1 FROM sqlite_master", nil); err != nil {
		t.Fatal(err)
	}
	if !readable(path) || readable(path+"x") {
		t.Error("readable is wrong")
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	const ofdGet, shared, bytes = 36, 1<<30 + 2, 510 // F_OFD_GETLK sees this process's own locks as another's
	lock := syscall.Flock_t{Type: syscall.F_WRLCK, Start: shared, Len: bytes}
	if err := syscall.FcntlFlock(f.Fd(), ofdGet, &lock); err != nil || lock.Type != syscall.F_RDLCK {
		t.Errorf("the lock is gone: %+v %v", lock, err)
	}
	if err := errors.Join(l.Return(), db.Close(), f.Close()); err != nil {
		t.Error(err)
	}
}

// TestSyncLog syncs what is not there.
func TestSyncLog(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := syncLog(filepath.Join(dir, "a.db-wal")); err != nil {
		t.Error(err)
	}
	if err := syncLog(filepath.Join(dir, "b", "a.db-wal")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}
