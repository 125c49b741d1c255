package data_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/value"
)

// run runs statements in a lease of their own.
func run(db *data.DB, sqls ...string) error {
	ctx := context.Background()
	l, err := db.Lease(ctx)
	if err != nil {
		return err
	}
	for _, sql := range sqls {
		if _, err := l.Exec(ctx, sql, nil); err != nil {
			return errors.Join(err, l.Return())
		}
	}
	return l.Return()
}

// TestWriters counts in many transactions at once, half of which read before they write, while others read all the time: none is
// lost, none fails because another one was faster, and readers always see whole transactions.
func TestWriters(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]data.Options{"dev": {}, "serve": {Durable: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, err := data.Open(filepath.Join(t.TempDir(), "a.db"), o)
			if err != nil {
				t.Fatal(err)
			}
			l := lease(t, db)
			do(t, l, "CREATE TABLE c (n INTEGER)")
			do(t, l, "INSERT INTO c VALUES (0), (0)")
			const clients, each = 32, 25
			var wg sync.WaitGroup
			for i := range clients {
				wg.Go(func() {
					for range each {
						sqls := []string{"BEGIN", "UPDATE c SET n = n + 1 WHERE rowid = 1", "UPDATE c SET n = n + 1 WHERE rowid = 2", "COMMIT"}
						if i%2 == 0 {
							sqls = []string{"begin transaction;", "SELECT * FROM c", "UPDATE c SET n = n + 1", "END"}
						}
						if err := run(db, sqls...); err != nil {
							t.Error(err)
							return
						}
					}
				})
			}
			stop := make(chan struct{})
			var readers sync.WaitGroup
			for range 4 {
				readers.Go(func() { watch(t, db, stop) })
			}
			wg.Wait()
			close(stop)
			readers.Wait()
			if got := query(t, l, "SELECT n FROM c"); got != "[{n: 800}, {n: 800}]" {
				t.Errorf("counted %s", got)
			}
			if err := errors.Join(l.Return(), db.Close()); err != nil {
				t.Error(err)
			}
		})
	}
}

// watch reads until stop: both counters must always be equal.
func watch(t *testing.T, db *data.DB, stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		l, err := db.Lease(context.Background())
		if err != nil {
			t.Error(err)
			return
		}
		rows, err := l.Query(context.Background(), "SELECT max(n) - min(n) AS d FROM c", nil)
		if err := errors.Join(err, l.Return()); err != nil || rows.Display() != "[{d: 0}]" {
			t.Errorf("read %s, %v", rows.Display(), err)
			return
		}
	}
}

// TestSingleWrites inserts without transactions from 32 goroutines that hold their leases for long.
func TestSingleWrites(t *testing.T) {
	t.Parallel()
	db, l := open(t, filepath.Join(t.TempDir(), "a.db"))
	do(t, l, "CREATE TABLE t (client INTEGER, n INTEGER, UNIQUE (client, n))")
	var wg sync.WaitGroup
	for i := range 32 {
		wg.Go(func() {
			mine, err := db.Lease(context.Background())
			if err != nil {
				t.Error(err)
				return
			}
			for n := range 30 {
				if _, err := mine.Exec(context.Background(), "INSERT INTO t VALUES (?, ?)", []value.Value{value.FromInt(int64(i)), value.FromInt(int64(n))}); err != nil {
					t.Error(err)
				}
			}
			if err := mine.Return(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := query(t, l, "SELECT count(*) AS n, count(DISTINCT client) AS c FROM t"); got != "[{c: 32, n: 960}]" {
		t.Errorf("stored %s", got)
	}
}

// TestProcesses counts from three processes and this one at once.
func TestProcesses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db, l := open(t, filepath.Join(dir, "a.db"))
	do(t, l, "CREATE TABLE c (n INTEGER)")
	do(t, l, "INSERT INTO c VALUES (0)")
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if out, err := child("increase", dir, exe).Output(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	for range 200 {
		if err := run(db, "BEGIN", "SELECT n FROM c", "UPDATE c SET n = n + 1", "COMMIT"); err != nil {
			t.Fatal(err)
		}
	}
	wg.Wait()
	if got := query(t, l, "SELECT n FROM c"); got != "[{n: 800}]" {
		t.Errorf("counted %s", got)
	}
}

// TestOpenTogether opens a new file from many sides at once, as processes that start together do.
func TestOpenTogether(t *testing.T) {
	t.Parallel()
	for range 20 {
		path := filepath.Join(t.TempDir(), "a.db")
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				db, err := data.Open(path, data.Options{})
				if err != nil {
					t.Error(err)
					return
				}
				err = run(db, "CREATE TABLE IF NOT EXISTS t (x)", "INSERT INTO t VALUES (1)")
				if err := errors.Join(err, db.Close()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		_, l := open(t, path)
		if got := query(t, l, "SELECT count(*) AS n FROM t"); got != "[{n: 8}]" {
			t.Errorf("stored %s", got)
		}
	}
}
