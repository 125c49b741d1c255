package data_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/etamil-lang/etamil/runtime/data"
)

// roleVariable makes the test binary play a part of its own in a test: see roles.
const roleVariable = "ETAMIL_DATA_TEST_ROLE"

// roles are what a child process can do, in its working directory.
var roles = map[string]func(){
	"lock":     holdLock,
	"nobody":   asNobody,
	"increase": increase,
}

func TestMain(m *testing.M) {
	if role, ok := roles[os.Getenv(roleVariable)]; ok {
		role()
		return
	}
	code := m.Run()
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// child is the test binary in a role.
func child(role, dir, exe string) *exec.Cmd {
	cmd := exec.Command(exe)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), roleVariable+"="+role)
	cmd.Stderr = os.Stderr
	return cmd
}

// must is for roles: what fails is told to the parent.
func must(err error) {
	if err != nil {
		fmt.Println("!", err)
		os.Exit(1)
	}
}

// begin opens a.db in a role and starts a statement.
func begin(sql string) *data.Lease {
	db, err := data.Open("a.db", data.Options{})
	must(err)
	l, err := db.Lease(context.Background())
	must(err)
	_, err = l.Exec(context.Background(), sql, nil)
	must(err)
	return l
}

// holdLock holds the write lock of a.db until its standard input ends.
func holdLock() {
	l := begin("BEGIN IMMEDIATE")
	fmt.Println("held")
	_, err := io.Copy(io.Discard, os.Stdin)
	must(err)
	must(l.Return())
}

// increase adds 1 two hundred times, each in a transaction that reads before it writes.
func increase() {
	l := begin("SELECT 1")
	for range 200 {
		for _, sql := range []string{"BEGIN", "SELECT n FROM c", "UPDATE c SET n = n + 1", "COMMIT"} {
			_, err := l.Exec(context.Background(), sql, nil)
			must(err)
		}
	}
}

// try opens a file and runs statements, and says what came of them.
func try(path string, sqls ...string) string {
	db, err := data.Open(path, data.Options{})
	if err != nil {
		return "open " + err.Error() + "\n"
	}
	var out strings.Builder
	l, err := db.Lease(context.Background())
	must(err)
	for _, sql := range sqls {
		if rows, err := l.Query(context.Background(), sql, nil); err != nil {
			out.WriteString(err.Error() + "\n")
		} else {
			out.WriteString(rows.Display() + "\n")
		}
	}
	must(l.Return())
	must(db.Close())
	return out.String()
}

// asNobody uses what it may only read.
func asNobody() {
	fmt.Print(try("plain.db", "SELECT n FROM c", "UPDATE c SET n = 2", "SELECT n FROM c"))
	fmt.Print(try("wal.db", "SELECT n FROM c"))
	fmt.Print(try("secret.db"))
	fmt.Print(try("new.db"))
}
