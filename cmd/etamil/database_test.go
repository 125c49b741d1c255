//go:build unix

package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/etamil-lang/etamil/runtime/data"
)

// noteProgram stores what it is sent, twice in a transaction, and counts.
const noteProgram = `
தளம்_இணை சீகுலைட், "a.db";
தளம்_செய் "CREATE TABLE IF NOT EXISTS குறிப்பு (உரை TEXT)", [];
வழி பதி, "/" {
    தளம்_செய் "BEGIN", [];
    தளம்_செய் "INSERT INTO குறிப்பு VALUES (?)", [request_body];
    தளம்_செய் "INSERT INTO குறிப்பு VALUES (?)", [request_body];
    தளம்_செய் "COMMIT", [];
    பதில் 201, {"சரி": மெய்};
}
வழி பெறு, "/" {
    தளம்_வினா "SELECT count(*) AS n FROM குறிப்பு", [], விடை;
    பதில் 200, விடை[0];
}
`

// notes serves noteProgram from dir.
func notes(t *testing.T, dir string) (base string, log func() string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "main.qmz"), []byte(noteProgram), 0o600); err != nil {
		t.Fatal(err)
	}
	return startDev(t, dir)
}

// refused sends a note that cannot be stored: the answer is 500 with an id, which stands in the log with the code.
func refused(t *testing.T, base string, log func() string, body, code string) {
	t.Helper()
	status, answer := ask(t, "POST", base+"/", body)
	var fault struct{ Instance string }
	if err := json.Unmarshal([]byte(answer), &fault); err != nil || status != 500 || !strings.HasPrefix(fault.Instance, "urn:trace:") {
		t.Fatalf("%d %s\n%s", status, answer, log())
	}
	if got := log(); !strings.Contains(got, strings.TrimPrefix(fault.Instance, "urn:trace:")) || !strings.Contains(got, "["+code+"]") || !strings.Contains(got, "main.qmz:") {
		t.Errorf("the log does not explain %s:\n%s", fault.Instance, got)
	}
}

// answers checks what a request is answered.
func answers(t *testing.T, log func() string, method, url, body string, status int, want string) {
	t.Helper()
	if got, text := ask(t, method, url, body); got != status || text != want {
		t.Errorf("%s: %d %s, want %d %s\n%s", method, got, text, status, want, log())
	}
}

// TestDatabaseLocked: another program holds the write lock. Reading goes on, writing fails after a while, and works when the lock is gone.
func TestDatabaseLocked(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	base, log := notes(t, dir)
	db, err := data.Open(filepath.Join(dir, "a.db"), data.Options{}) // with a gate of its own, as another process has
	if err != nil {
		t.Fatal(err)
	}
	lease, err := db.Lease(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lease.Exec(t.Context(), "BEGIN", nil); err != nil {
		t.Fatal(err)
	}
	refused(t, base, log, `"அ"`, "E0430")
	answers(t, log, "GET", base+"/", "", 200, `{"n":0}`)
	if err := errors.Join(lease.Return(), db.Close()); err != nil {
		t.Fatal(err)
	}
	answers(t, log, "POST", base+"/", `"அ"`, 201, `{"சரி":true}`)
	answers(t, log, "GET", base+"/", "", 200, `{"n":2}`)
}

// TestDatabaseFull: the disk of the database is full. Nothing of the request stays, and the server goes on when there is room again.
func TestDatabaseFull(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if !mountTmpfs(t, dir, "size=512k") {
		return // runtime/data tests a full database without a disk of its own
	}
	base, log := notes(t, dir)
	ballast := filepath.Join(dir, "ballast")
	_ = os.WriteFile(ballast, make([]byte, 1<<20), 0o600) // as much as there is room for
	refused(t, base, log, `"`+strings.Repeat("க்ஷ", 20000)+`"`, "E0435")
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	answers(t, log, "GET", base+"/", "", 200, `{"n":0}`)
	answers(t, log, "POST", base+"/", `"👍🏽"`, 201, `{"சரி":true}`)
	answers(t, log, "GET", base+"/", "", 200, `{"n":2}`)
}

// TestDatabaseDamaged: the file breaks while the server runs, and the server outlives it.
func TestDatabaseDamaged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	base, log := notes(t, dir)
	answers(t, log, "POST", base+"/", `"அ"`, 201, `{"சரி":true}`)
	for _, name := range []string{"a.db", "a.db-wal"} {
		path := filepath.Join(dir, name)
		if info, err := os.Stat(path); err == nil {
			if err := os.WriteFile(path, []byte(strings.Repeat("x", int(info.Size()))), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	// What a connection has in its memory it may still answer; a request that needs the file is told.
	status, answer := ask(t, "POST", base+"/", `"ஆ"`)
	if status == 500 && !strings.Contains(log(), "[E0431]") || status != 500 && status != 201 {
		t.Errorf("%d %s\n%s", status, answer, log())
	}
	if status, _ := ask(t, "GET", base+"/இல்லை", ""); status != 404 {
		t.Errorf("the server is gone: %d", status)
	}
}
