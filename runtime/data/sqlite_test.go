package data_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/value"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// open makes a database with a lease that ends with the test.
func open(t *testing.T, path string) (*data.DB, *data.Lease) {
	t.Helper()
	db, err := data.Open(path, data.Options{})
	if err != nil {
		t.Fatal(err)
	}
	lease, err := db.Lease(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(lease.Return(), db.Close()); err != nil {
			t.Error(err)
		}
	})
	return db, lease
}

func exec(t *testing.T, l *data.Lease, sql string, params ...value.Value) int64 {
	t.Helper()
	n, err := l.Exec(context.Background(), sql, params)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func query(t *testing.T, l *data.Lease, sql string, params ...value.Value) string {
	t.Helper()
	v, err := l.Query(context.Background(), sql, params)
	if err != nil {
		t.Fatal(err)
	}
	return v.Display()
}

func number(t *testing.T, s string) value.Value {
	t.Helper()
	v, ok := value.ParseNumber(s)
	if !ok {
		t.Fatalf("%q is no number", s)
	}
	return v
}

func TestValues(t *testing.T) {
	t.Parallel()
	_, l := open(t, data.Memory)
	list := value.FromItems([]value.Value{value.FromInt(1), value.FromText("அ")})
	tests := []struct {
		name string
		sql  string
		in   value.Value
		want string
	}{
		{"whole number", "SELECT ? AS x", value.FromInt(7), "[{x: 7}]"},
		{"numbers are exact", "SELECT ? AS x", number(t, "12345678901234567890.12"), "[{x: 12345678901234567890.12}]"},
		{"zeros at the end are dropped", "SELECT typeof(?1) || ' ' || ?1 AS x", number(t, "1.50"), "[{x: text 1.5}]"},
		{"text", "SELECT ? AS x", value.FromText("க்ஷ 👍🏽 'a'; --"), "[{x: க்ஷ 👍🏽 'a'; --}]"},
		{"text that reads as a number", "SELECT ? AS x", value.FromText("007"), "[{x: 7}]"},
		{"boolean", "SELECT ? AS x", value.FromBool(true), "[{x: 1}]"},
		{"nil", "SELECT ? AS x", value.Nil, "[{x: nil}]"},
		{"nil is NULL", "SELECT ?1 IS NULL AS x", value.Nil, "[{x: 1}]"},
		{"array", "SELECT ? AS x", list, "[{x: [1, அ]}]"},
		{"real", "SELECT 0.1 AS x, ?", value.Nil, "[{?: nil, x: 0.1}]"},
		{"large real", "SELECT 1e30 AS x WHERE ? IS NULL", value.Nil, "[{x: 1000000000000000000000000000000}]"},
		{"blob", "SELECT x'61ff62' AS x WHERE ? IS NULL", value.Nil, "[{x: a\uFFFDb}]"},
		{"later column of one name", "SELECT 1 AS x, ? AS x", value.FromInt(2), "[{x: 2}]"},
		{"no rows", "SELECT ? AS x WHERE 0", value.Nil, "[]"},
	}
	for _, tt := range tests {
		if got := query(t, l, tt.sql, tt.in); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestDatesStayText(t *testing.T) {
	t.Parallel()
	_, l := open(t, data.Memory)
	exec(t, l, "CREATE TABLE n (d DATE, t DATETIME, no DATE, b BOOLEAN)")
	exec(t, l, "INSERT INTO n VALUES ('2024-02-29', '2024-02-29 10:20:30', 'நேற்று', 1)")
	if got, want := query(t, l, "SELECT * FROM n"), "[{b: 1, d: 2024-02-29, no: நேற்று, t: 2024-02-29 10:20:30}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "கடை #1 100%?.db")
	_, l := open(t, path)
	got := query(t, l, "SELECT (SELECT journal_mode FROM pragma_journal_mode) AS j, (SELECT foreign_keys FROM pragma_foreign_keys) AS f")
	if got != "[{f: 1, j: wal}]" {
		t.Errorf("settings: %s", got)
	}
	exec(t, l, "CREATE TABLE t (x)")
	if _, err := os.Stat(path); err != nil {
		t.Errorf("the file has another name: %v", err)
	}
}

func TestReturnRollsBack(t *testing.T) {
	t.Parallel()
	db, l := open(t, filepath.Join(t.TempDir(), "a.db"))
	exec(t, l, "CREATE TABLE t (x)")
	exec(t, l, "begin transaction;")
	exec(t, l, "INSERT INTO t VALUES (1)")
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
	exec(t, next, "BEGIN")
	exec(t, next, "INSERT INTO t VALUES (2)")
	exec(t, next, "COMMIT")
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

// TestWriters counts in many transactions at once: none is lost, and none fails because another one was faster.
func TestWriters(t *testing.T) {
	t.Parallel()
	db, l := open(t, filepath.Join(t.TempDir(), "a.db"))
	exec(t, l, "CREATE TABLE c (n INTEGER)")
	exec(t, l, "INSERT INTO c VALUES (0)")
	const writers, each = 8, 10
	var wg sync.WaitGroup
	for range writers {
		wg.Go(func() {
			for range each {
				if err := countUp(db); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	if got := query(t, l, "SELECT n FROM c"); got != "[{n: 80}]" {
		t.Errorf("counted %s", got)
	}
}

func countUp(db *data.DB) error {
	ctx := context.Background()
	l, err := db.Lease(ctx)
	if err != nil {
		return err
	}
	for _, sql := range []string{"BEGIN", "UPDATE c SET n = n + 1", "COMMIT"} {
		if _, err := l.Exec(ctx, sql, nil); err != nil {
			return errors.Join(err, l.Return())
		}
	}
	return l.Return()
}
