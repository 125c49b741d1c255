package data_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/value"
)

// open makes a database with a lease that ends with the test.
func open(t testing.TB, path string) (*data.DB, *data.Lease) {
	t.Helper()
	db, err := data.Open(path, data.Options{})
	if err != nil {
		t.Fatal(err)
	}
	l := lease(t, db)
	t.Cleanup(func() {
		if err := errors.Join(l.Return(), db.Close()); err != nil {
			t.Error(err)
		}
	})
	return db, l
}

func lease(t testing.TB, db *data.DB) *data.Lease {
	t.Helper()
	l, err := db.Lease(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func do(t testing.TB, l *data.Lease, sql string, params ...value.Value) int64 {
	t.Helper()
	n, err := l.Exec(context.Background(), sql, params)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func query(t testing.TB, l *data.Lease, sql string, params ...value.Value) string {
	t.Helper()
	v, err := l.Query(context.Background(), sql, params)
	if err != nil {
		t.Fatal(err)
	}
	return v.Display()
}

func number(t testing.TB, s string) value.Value {
	t.Helper()
	v, ok := value.ParseNumber(s)
	if !ok {
		t.Fatalf("%q is no number", s)
	}
	return v
}

func TestSettings(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "கடை #1 100%?.db")
	_, l := open(t, path)
	got := query(t, l, "SELECT (SELECT journal_mode FROM pragma_journal_mode) AS j, (SELECT foreign_keys FROM pragma_foreign_keys) AS f")
	if got != "[{f: 1, j: wal}]" {
		t.Errorf("settings: %s", got)
	}
	do(t, l, "CREATE TABLE t (x)")
	if _, err := os.Stat(path); err != nil {
		t.Errorf("the file has another name: %v", err)
	}
}

func TestReturnRollsBack(t *testing.T) {
	t.Parallel()
	db, l := open(t, filepath.Join(t.TempDir(), "a.db"))
	do(t, l, "CREATE TABLE t (x)")
	do(t, l, "begin transaction;")
	do(t, l, "INSERT INTO t VALUES (1)")
	if err := l.Return(); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Exec(context.Background(), "SELECT 1", nil); !errors.Is(err, data.ErrReturned) {
		t.Errorf("a returned lease answers %v", err)
	}
	next, err := db.Lease(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if got := query(t, next, "SELECT count(*) AS n FROM t"); got != "[{n: 0}]" {
		t.Errorf("after the return: %s", got)
	}
	do(t, next, "BEGIN")
	do(t, next, "INSERT INTO t VALUES (2)")
	do(t, next, "COMMIT")
	if err := next.Return(); err != nil {
		t.Fatal(err)
	}
	last, err := db.Lease(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if got := query(t, last, "SELECT x FROM t"); got != "[{x: 2}]" {
		t.Errorf("after the commit: %s", got)
	}
	if err := last.Return(); err != nil {
		t.Fatal(err)
	}
}
