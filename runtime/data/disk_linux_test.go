package data

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync/atomic"
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
	} {
		before := count.Load()
		_, err := l.Exec(ctx, tt.sql, nil)
		if got := count.Load() - before; got != tt.syncs || codeOf(err) != tt.code {
			t.Errorf("%s: %d syncs, %v", tt.sql, got, err)
		}
	}
	broken = &value.Error{Code: CodeDisk}
	if _, err := l.Exec(ctx, "DELETE FROM t", nil); codeOf(err) != CodeDisk {
		t.Errorf("the disk failed: %v", err)
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

// TestSyncLog syncs what is not there.
func TestSyncLog(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := syncLog(filepath.Join(dir, "a.db-wal")); err != nil {
		t.Error(err)
	}
	if err := syncLog(filepath.Join(dir, "b", "a.db-wal")); codeOf(err) != CodeDisk {
		t.Errorf("no folder: %v", err)
	}
}
