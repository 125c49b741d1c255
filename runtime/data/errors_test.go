package data_test

import (
	"bufio"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/value"
)

// code checks that an error is a run-time error with this code and these arguments, and that people can read it in both languages.
func code(t *testing.T, err error, want string, args ...string) {
	t.Helper()
	var e *value.Error
	if !errors.As(err, &e) || e.Code != want {
		t.Errorf("got %v, want %s", err, want)
		return
	}
	if args != nil && strings.Join(e.Args, "|") != strings.Join(args, "|") {
		t.Errorf("%s: got %q, want %q", want, e.Args, args)
	}
	for _, lang := range []diag.Lang{diag.Tamil, diag.English} {
		text := diag.Message(e.Code, lang, e.Args...)
		for _, arg := range args {
			if !strings.Contains(text, arg) {
				t.Errorf("%s does not say %q: %s", want, arg, text)
			}
		}
	}
}

func TestSQLErrors(t *testing.T) {
	t.Parallel()
	_, l := open(t, data.Memory)
	do(t, l,
		`CREATE TABLE t (eN INTEGER PRIMARY KEY, "பெயர்" TEXT NOT NULL UNIQUE, n INTEGER CHECK (n > 0), m INTEGER REFERENCES t(eN), k INTEGER CONSTRAINT "அளவு" CHECK (k < 9))`)
	do(t, l, "INSERT INTO t VALUES (1, 'அ', 1, NULL, 1)")
	do(t, l, "CREATE TABLE s (n INTEGER) STRICT")
	do(t, l, "CREATE TRIGGER no BEFORE DELETE ON s BEGIN SELECT RAISE(ABORT, 'இது கூடாது'); END")
	do(t, l, "INSERT INTO s VALUES (1)")
	tests := []struct {
		sql  string
		code string
		args []string
	}{
		{"SELEKT 1", data.CodeSyntax, []string{`near "SELEKT": syntax error`, "SELEKT 1"}},
		{"SELECT eN\n FROM  t WHERE WHERE", data.CodeSyntax, []string{`near "WHERE": syntax error`, "…WHERE"}},
		{"SELEKT '" + strings.Repeat("கௌ", 100) + "'", data.CodeSyntax, []string{`near "SELEKT": syntax error`, "SELEKT '" + strings.Repeat("கௌ", 52) + "…"}},
		{"SELECT (1", data.CodeSyntax, []string{"incomplete input", "SELECT (1"}},
		{"", data.CodeFailed, []string{"there is no statement"}},
		{" -- ஒன்றுமில்லை", data.CodeFailed, nil},
		{"SELECT 1\x00", data.CodeSyntax, nil},
		{"SELECT nofunction(1)", data.CodeSyntax, []string{"no such function: nofunction", "…nofunction(1)"}},
		{"SELECT *\n FROM  இல்லை", data.CodeNoTable, []string{"இல்லை", data.Memory}},
		{"SELECT இல்லை FROM t", data.CodeNoColumn, []string{"இல்லை", "…இல்லை FROM t"}},
		{"SELECT 1; SELECT 2", data.CodeOneStatement, []string{"SELECT 2"}},
		{"SELECT 1; DROP TABLE t; --", data.CodeOneStatement, []string{"DROP TABLE t; --"}},
		{"SELECT 1;;; SELEKT", data.CodeOneStatement, []string{"SELEKT"}},
		{"SELECT ?", data.CodeParamCount, []string{"1", "0"}},
		{"INSERT INTO t VALUES (?, ?3)", data.CodeFailed, nil},
		{"INSERT INTO t VALUES (2, 'அ', 1, NULL, 1)", data.CodeNotUnique, []string{"t.பெயர்"}},
		{"INSERT INTO t VALUES (1, 'ஆ', 1, NULL, 1)", data.CodeNotUnique, []string{"t.eN"}},
		{"INSERT INTO t VALUES (2, NULL, 1, NULL, 1)", data.CodeNotNull, []string{"t.பெயர்"}},
		{"INSERT INTO t VALUES (2, 'ஆ', 0, NULL, 1)", data.CodeCheck, []string{"n > 0"}},
		{"INSERT INTO t VALUES (2, 'ஆ', 1, NULL, 9)", data.CodeCheck, []string{"அளவு"}},
		{"INSERT INTO t VALUES (2, 'ஆ', 1, 77, 1)", data.CodeForeignKey, nil},
		{"INSERT INTO s VALUES ('அ')", data.CodeConstraint, []string{"cannot store TEXT value in INTEGER column s.n"}},
		{"DELETE FROM s", data.CodeConstraint, []string{"இது கூடாது"}},
		{"COMMIT", data.CodeTransaction, []string{"cannot commit - no transaction is active"}},
		{"SELECT sum(x) FROM (SELECT '79228162514264337593543950335' AS x UNION ALL SELECT '1')", data.CodeSum, nil},
		{"SELECT randomblob(2000000000)", data.CodeTooBig, []string{data.Memory}},
		{"CREATE TABLE t (x)", data.CodeSyntax, nil},
	}
	for _, tt := range tests {
		_, err := l.Exec(context.Background(), tt.sql, nil)
		if code(t, err, tt.code, tt.args...); t.Failed() {
			t.Fatalf("%q: %v", tt.sql, err)
		}
	}
	// After all that the connection works, and the one row is as it was.
	if got := query(t, l, "SELECT * FROM t; -- முடிவு"); got != "[{eN: 1, k: 1, m: nil, n: 1, பெயர்: அ}]" {
		t.Errorf("left %s", got)
	}
	do(t, l, "BEGIN")
	_, err := l.Exec(context.Background(), "BEGIN", nil)
	code(t, err, data.CodeTransaction)
}

func TestParamCount(t *testing.T) {
	t.Parallel()
	_, l := open(t, data.Memory)
	for _, tt := range []struct {
		sql   string
		given int
		ok    bool
	}{
		{"SELECT 1", 0, true},
		{"SELECT 1", 1, false},
		{"SELECT '?', \"?\" AS a, ? -- ?\n/* ? */", 1, true},
		{"SELECT ?1, ?1", 1, true},
		{"SELECT ?1, ?2", 1, false},
		{"SELECT :அ, :ஆ, :அ", 2, true},
		{"SELECT :அ, :ஆ, :அ", 3, false},
	} {
		_, err := l.Query(context.Background(), tt.sql, make([]value.Value, tt.given))
		if tt.ok && err != nil {
			t.Errorf("%s with %d: %v", tt.sql, tt.given, err)
		} else if !tt.ok {
			code(t, err, data.CodeParamCount)
		}
	}
}

func TestFileErrors(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	none, text := filepath.Join(dir, "இல்லை"), file("உரை.db", strings.Repeat("no database ", 200))
	for _, tt := range []struct {
		path, code string
		args       []string
	}{
		{filepath.Join(none, "a.db"), data.CodeNoFolder, []string{filepath.Join(none, "a.db"), none}},
		{dir, data.CodeIsFolder, []string{dir}},
		{filepath.Join(text, "a.db"), data.CodeCannotOpen, []string{filepath.Join(text, "a.db"), "not a directory"}},
		{text, data.CodeCorrupt, []string{text, "file is not a database"}},
		{file("short.db", "SQLite format 3"), data.CodeCorrupt, nil},
		{"", data.CodeCannotOpen, nil},
		{"a\x00b", data.CodeCannotOpen, nil},
	} {
		_, err := data.Open(tt.path, data.Options{})
		code(t, err, tt.code, tt.args...)
	}
}

// TestDamage destroys pages in the middle of a database: what needs them fails with a clear error, and nothing else.
func TestDamage(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	db, err := data.Open(path, data.Options{})
	if err != nil {
		t.Fatal(err)
	}
	l := lease(t, db)
	do(t, l, "CREATE TABLE good (x)")
	do(t, l, "INSERT INTO good VALUES ('நலம்')")
	do(t, l, "CREATE TABLE t (x)")
	do(t, l, "BEGIN")
	for range 200 {
		do(t, l, "INSERT INTO t VALUES (?)", value.FromText(strings.Repeat("அ", 500)))
	}
	do(t, l, "COMMIT")
	if err := errors.Join(l.Return(), db.Close()); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 3 * 4096; i < len(content)-4096; i++ {
		content[i] = 0xA5
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	_, l = open(t, path)
	_, err = l.Query(context.Background(), "SELECT sum(length(x)) FROM t", nil)
	code(t, err, data.CodeCorrupt, path, "database disk image is malformed")
	if got := query(t, l, "SELECT x FROM good"); got != "[{x: நலம்}]" {
		t.Errorf("read %s", got)
	}
}

// TestLocked meets the lock of another process, and goes on when it is gone.
func TestLocked(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "a.db")
	_, setup := open(t, path)
	do(t, setup, "CREATE TABLE c (n)")
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	other := child("lock", dir, exe)
	in, err := other.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "held\n" {
		t.Fatalf("%q, %v", line, err)
	}
	db, err := data.Open(path, data.Options{Busy: 200 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	l := lease(t, db)
	if got := query(t, l, "SELECT * FROM c"); got != "[]" {
		t.Errorf("a reader must not wait: %s", got)
	}
	start := time.Now()
	_, err = l.Exec(context.Background(), "INSERT INTO c VALUES (1)", nil)
	code(t, err, data.CodeLocked, path)
	if took := time.Since(start); took < 150*time.Millisecond || took > 5*time.Second {
		t.Errorf("gave up after %v", took)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	if _, err = l.Exec(ctx, "BEGIN", nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a wait that is cancelled: %v", err)
	}
	if err := errors.Join(in.Close(), other.Wait()); err != nil {
		t.Fatal(err)
	}
	if n := do(t, l, "INSERT INTO c VALUES (1)"); n != 1 {
		t.Errorf("changed %d rows", n)
	}
	if err := errors.Join(l.Return(), db.Close()); err != nil {
		t.Error(err)
	}
}

// TestWaits: the gate of writers and the number of leases are bounded in time, and end with the context.
func TestWaits(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	db, err := data.Open(path, data.Options{Busy: 50 * time.Millisecond, Wait: 50 * time.Millisecond, MaxLeases: 2})
	if err != nil {
		t.Fatal(err)
	}
	a, b := lease(t, db), lease(t, db)
	do(t, a, "BEGIN")
	_, err = b.Exec(context.Background(), "CREATE TABLE t (x)", nil)
	code(t, err, data.CodeLocked, path)
	do(t, a, "ROLLBACK")
	do(t, b, "CREATE TABLE t (x)")
	_, err = db.Lease(context.Background())
	code(t, err, data.CodeNoLease, path, "0.05")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := db.Lease(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled lease: %v", err)
	}
	if err := a.Return(); err != nil {
		t.Fatal(err)
	}
	c := lease(t, db)
	if err := errors.Join(b.Return(), c.Return(), db.Close()); err != nil {
		t.Error(err)
	}
	_, err = db.Lease(context.Background())
	code(t, err, data.CodePoolClosed)
}

// TestCancel ends a statement that would run for hours, and rolls back what it began.
func TestCancel(t *testing.T) {
	t.Parallel()
	db, l := open(t, filepath.Join(t.TempDir(), "a.db"))
	do(t, l, "CREATE TABLE t (x)")
	other := lease(t, db)
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	const endless = "INSERT INTO t WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n WHERE x < 0"
	for _, sql := range []string{"BEGIN", "INSERT INTO t VALUES (1)"} {
		if _, err := other.Exec(ctx, sql, nil); err != nil {
			t.Fatal(err)
		}
	}
	start := time.Now()
	if _, err := other.Exec(ctx, endless, nil); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > 10*time.Second {
		t.Errorf("after %v: %v", time.Since(start), err)
	}
	if _, err := other.Query(ctx, "SELECT 1", nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("after the end: %v", err)
	}
	if err := other.Return(); err != nil {
		t.Fatal(err)
	}
	if got := query(t, l, "SELECT count(*) AS n FROM t"); got != "[{n: 0}]" {
		t.Errorf("left %s", got)
	}
	if err := run(db, "INSERT INTO t VALUES (2)"); err != nil {
		t.Errorf("the connection is spoilt for its next user: %v", err)
	}
}

// TestFull reaches the largest size that a file may have: nothing of the failed statement stays.
func TestFull(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.db")
	_, l := open(t, path)
	do(t, l, "CREATE TABLE t (x)")
	do(t, l, "PRAGMA max_page_count=16")
	do(t, l, "INSERT INTO t VALUES ('முன்')")
	_, err := l.Exec(context.Background(), "INSERT INTO t VALUES (zeroblob(100000))", nil)
	code(t, err, data.CodeFull, path)
	if got := query(t, l, "SELECT x FROM t"); got != "[{x: முன்}]" {
		t.Errorf("left %s", got)
	}
	do(t, l, "INSERT INTO t VALUES ('பின்')")
}

// TestUndone: when SQLite ends a transaction by itself, what follows is not stored as if there had been none.
func TestUndone(t *testing.T) {
	t.Parallel()
	_, l := open(t, data.Memory)
	do(t, l, "CREATE TABLE t (x UNIQUE)")
	do(t, l, "INSERT INTO t VALUES (1)")
	for _, end := range []string{"ROLLBACK", " rollback transaction;", "COMMIT"} {
		do(t, l, "BEGIN")
		do(t, l, "INSERT INTO t VALUES (2)")
		_, err := l.Exec(context.Background(), "INSERT OR ROLLBACK INTO t VALUES (1)", nil)
		code(t, err, data.CodeNotUnique, "t.x")
		_, err = l.Exec(context.Background(), "INSERT INTO t VALUES (3)", nil)
		code(t, err, data.CodeUndone)
		_, err = l.Query(context.Background(), "SELECT x FROM t", nil)
		code(t, err, data.CodeUndone)
		if _, err = l.Exec(context.Background(), end, nil); end == "COMMIT" {
			code(t, err, data.CodeUndone)
		} else if err != nil {
			t.Errorf("%s: %v", end, err)
		}
		if got := query(t, l, "SELECT x FROM t"); got != "[{x: 1}]" {
			t.Errorf("%s left %s", end, got)
		}
	}
	// Without a transaction a failed statement leaves nothing to roll back.
	_, err := l.Exec(context.Background(), "INSERT OR ROLLBACK INTO t VALUES (1)", nil)
	code(t, err, data.CodeNotUnique)
	_, err = l.Exec(context.Background(), "ROLLBACK", nil)
	code(t, err, data.CodeTransaction)
}
