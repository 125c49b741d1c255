package sqlite_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/etamil-lang/etamil/runtime/data/sqlite"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestStatements asks what is known of statements before they run.
func TestStatements(t *testing.T) {
	t.Parallel()
	c := memory(t)
	rows(t, c, "CREATE TABLE t (x)")
	for _, tt := range []struct {
		sql             string
		params          int
		writes, settles bool
	}{
		{"SELECT * FROM t WHERE x = ? OR x = ?", 2, false, false},
		{"WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a", 0, true, false},
		{"INSERT INTO t VALUES (:க) RETURNING x", 1, true, false},
		{"BEGIN", 0, false, false},
		{"BEGIN IMMEDIATE", 0, true, false},
		{"PRAGMA foreign_keys=OFF", 0, false, true},
		{"create temp table u (x)", 0, true, true},
		{"CREATE TABLE u (x)", 0, true, false},
		{"ATTACH ? AS b", 1, false, true},
		{"/* ! */ SELECT 1", 0, false, true},
	} {
		s, err := c.Prepare(tt.sql)
		if err != nil {
			t.Fatal(err)
		}
		if s.Params() != tt.params || s.Writes() != tt.writes || s.Settles() != tt.settles {
			t.Errorf("%s: %d parameters, writes %v, settles %v", tt.sql, s.Params(), s.Writes(), s.Settles())
		}
		if again, err := c.Prepare(tt.sql); err != nil || again != s {
			t.Errorf("%s is prepared twice: %v", tt.sql, err)
		}
	}
}

// TestEviction keeps what is used often.
func TestEviction(t *testing.T) {
	t.Parallel()
	c, err := sqlite.Open(":memory:", sqlite.Config{Statements: 2})
	if err != nil {
		t.Fatal(err)
	}
	often, err := c.Prepare("SELECT 'க'")
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{"SELECT 1", "SELECT 2", "SELECT 3"} {
		if err := c.Run(sql); err != nil {
			t.Error(err)
		}
		if s, err := c.Prepare("SELECT 'க'"); err != nil || s != often {
			t.Errorf("after %s it is gone: %v", sql, err)
		}
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

// TestWatch stops a statement by its context, more than once, and none after Unwatch.
func TestWatch(t *testing.T) {
	t.Parallel()
	c := memory(t)
	const endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
	for range 3 {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		c.Watch(ctx)
		c.Watch(ctx)
		var e *sqlite.Error
		if err := c.Run(endless); !errors.As(err, &e) || e.Code.Primary() != sqlite.Interrupt {
			t.Errorf("ended with %v", err)
		}
		c.Unwatch()
		cancel()
		if got := rows(t, c, strings.Replace(endless, "FROM n) SELECT", "FROM n LIMIT 10000) SELECT", 1)); got != "int:10000" {
			t.Errorf("the next one: %s", got)
		}
	}
}

// flagged is a context that sets one flag, soon after it was given.
type flagged struct {
	context.Context
	mu   sync.Mutex
	flag *atomic.Bool
}

func (f *flagged) StopFlag(flag *atomic.Bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.flag = flag
	time.AfterFunc(20*time.Millisecond, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if f.flag != nil {
			f.flag.Store(true)
		}
	})
}

func (f *flagged) DropFlag(flag *atomic.Bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.flag == flag {
		f.flag = nil
	}
}

// TestWatchFlag stops a statement by a flag, and none after Unwatch or when another context is watched.
func TestWatchFlag(t *testing.T) {
	t.Parallel()
	c := memory(t)
	const endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
	for _, next := range []func(){c.Unwatch, func() { c.Watch(context.Background()) }} {
		f := &flagged{Context: context.Background()}
		c.Watch(f)
		c.Watch(f)
		var e *sqlite.Error
		if err := c.Run(endless); !errors.As(err, &e) || e.Code.Primary() != sqlite.Interrupt {
			t.Errorf("ended with %v", err)
		}
		next()
		if f.flag != nil {
			t.Error("the flag is not dropped")
		}
		if got := rows(t, c, strings.Replace(endless, "FROM n) SELECT", "FROM n LIMIT 10000) SELECT", 1)); got != "int:10000" {
			t.Errorf("the next one: %s", got)
		}
	}
}

// TestReturning leaves a write before its end: it is done all the same.
func TestReturning(t *testing.T) {
	t.Parallel()
	c := memory(t)
	rows(t, c, "CREATE TABLE t (x)")
	s, err := c.Prepare("INSERT INTO t VALUES (1), (2), (3) RETURNING x")
	if err != nil {
		t.Fatal(err)
	}
	if row, err := s.Step(); !row || err != nil {
		t.Fatalf("%v, %v", row, err)
	}
	if err := s.Reset(); err != nil {
		t.Error(err)
	}
	if got := rows(t, c, "SELECT count(*) FROM t"); got != "int:3" {
		t.Errorf("stored %s", got)
	}
}
