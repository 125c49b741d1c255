//go:build unix

package data_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/etamil-lang/etamil/runtime/data"
)

// TestReadOnly uses databases that may only be read, as a user without more rights; root may write everything.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "etamil-data")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = os.Chmod(dir, 0o700)
		_ = os.RemoveAll(dir)
	})
	for name, mode := range map[string]os.FileMode{"plain.db": 0o444, "wal.db": 0o444, "secret.db": 0o000} {
		path := filepath.Join(dir, name)
		db, err := data.Open(path, data.Options{})
		if err != nil {
			t.Fatal(err)
		}
		sqls := []string{"CREATE TABLE c (n)", "INSERT INTO c VALUES (1)"}
		if name == "plain.db" {
			sqls = append(sqls, "PRAGMA journal_mode=DELETE") // as other programs make them
		}
		if err := errors.Join(run(db, sqls...), db.Close(), os.Chmod(path, mode)); err != nil {
			t.Fatal(err)
		}
	}
	exe := filepath.Join(dir, "data.test")
	if err := errors.Join(copyFile(os.Args[0], exe), os.Chmod(dir, 0o555)); err != nil {
		t.Fatal(err)
	}
	cmd := child("nobody", dir, exe)
	if os.Getuid() == 0 {
		const nobody = 65534
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	out, err := cmd.Output()
	want := `[{n: 1}]
E0432: plain.db
[{n: 1}]
open E0432: wal.db
open E0453: secret.db
open E0432: new.db
`
	if err != nil || string(out) != want {
		t.Errorf("%v\n%s", err, out)
	}
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o755)
	if err != nil {
		return errors.Join(err, in.Close())
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, in.Close(), out.Close())
}

// TestFullDisk fills a small disk: the statement says so, its transaction leaves nothing, and the database works again
// when there is room.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if !mountSmall(t, dir) {
		return // TestFull does it without a disk of its own
	}
	path := filepath.Join(dir, "a.db")
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 100<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := data.Open(path, data.Options{})
	if err != nil {
		t.Fatal(err)
	}
	l := lease(t, db)
	do(t, l, "CREATE TABLE t (x)")
	do(t, l, "INSERT INTO t VALUES ('முன்')")
	do(t, l, "BEGIN")
	for err == nil {
		_, err = l.Exec(context.Background(), "INSERT INTO t VALUES (zeroblob(20000))", nil)
		if err == nil {
			_, err = l.Exec(context.Background(), "COMMIT", nil)
		}
		if err == nil {
			do(t, l, "BEGIN")
		}
	}
	code(t, err, data.CodeFull, path)
	do(t, l, "ROLLBACK") // also when SQLite has done it already
	if got := query(t, l, "SELECT x FROM t WHERE x = 'முன்'"); got != "[{x: முன்}]" {
		t.Errorf("left %s", got)
	}
	before := query(t, l, "SELECT count(*) AS n FROM t")
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	do(t, l, "INSERT INTO t VALUES ('பின்')")
	if after := query(t, l, "SELECT count(*) AS n FROM t"); after == before {
		t.Errorf("%s rows before and after", after)
	}
	if got := query(t, l, "PRAGMA integrity_check"); !strings.Contains(got, "ok") {
		t.Error(got)
	}
	if err := errors.Join(l.Return(), db.Close()); err != nil {
		t.Error(err)
	}
}
