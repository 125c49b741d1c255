//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/value"
)

// crashShop takes orders: one row, its three items and the stock change together or not at all.
const crashShop = `
தளம்_இணை சீகுலைட், "orders.db";
தளம்_செய் "CREATE TABLE IF NOT EXISTS ஆணை (எண் INTEGER PRIMARY KEY, சாவி TEXT NOT NULL UNIQUE)", [];
தளம்_செய் "CREATE TABLE IF NOT EXISTS உருப்படி (ஆணை INTEGER NOT NULL REFERENCES ஆணை, வரிசை INTEGER, விலை TEXT COLLATE DECIMAL, PRIMARY KEY (ஆணை, வரிசை))", [];
தளம்_செய் "CREATE TABLE IF NOT EXISTS இருப்பு (எண்ணிக்கை INTEGER NOT NULL)", [];
தளம்_செய் "INSERT INTO இருப்பு SELECT 1000000 WHERE NOT EXISTS (SELECT * FROM இருப்பு)", [];

வழி பதி, "/ANY" {
    தளம்_செய் "BEGIN", [];
    தளம்_செய் "INSERT INTO ஆணை (சாவி) VALUES (?)", [request_body];
    தளம்_வினா "SELECT last_insert_rowid() AS எண்", [], புதியவை;
    ஒவ்வொரு வரிசை_ இல் [1, 2, 3] {
        தளம்_செய் "INSERT INTO உருப்படி VALUES (?, ?, ?)", [புதியவை[0].எண், வரிசை_, 12.50 * வரிசை_];
    }
    தளம்_செய் "UPDATE இருப்பு SET எண்ணிக்கை = எண்ணிக்கை - 3", [];
    தளம்_செய் "COMMIT", [];
    பதில் 201, புதியவை[0];
}
`

// TestCrash kills the server twenty times with SIGKILL while eight clients order: every order that was answered 201 is there, and
// none is half there.
func TestCrash(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.qmz"), []byte(crashShop), 0o600); err != nil {
		t.Fatal(err)
	}
	answered := make(map[string]bool)
	for round := range 20 {
		command := "dev"
		if round%2 == 1 {
			command = "serve"
		}
		for _, key := range orderUntilKilled(t, command, dir, round) {
			answered[key] = true
		}
		if t.Failed() {
			return
		}
		checkOrders(t, dir, answered)
	}
	if len(answered) < 100 {
		t.Errorf("only %d orders: the server was hardly under load", len(answered))
	}
}

// orderUntilKilled starts a server of its own process, orders from eight clients, kills it, and answers the keys of the orders
// that were answered 201.
func orderUntilKilled(t *testing.T, command, dir string, round int) []string {
	t.Helper()
	server := exec.Command(os.Args[0], command, "--port", "0", "--log", "off", dir)
	server.Args[0] = "etamil" // the test binary is etamil under this name
	errs, err := server.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	base, log := "", new(strings.Builder)
	lines := bufio.NewScanner(errs)
	for base == "" && lines.Scan() {
		log.WriteString(lines.Text() + "\n")
		if _, after, ok := strings.Cut(lines.Text(), "(serving): "); ok {
			base = strings.TrimSpace(after)
		}
	}
	var rest sync.WaitGroup
	rest.Go(func() { // a full pipe would stop the server
		for lines.Scan() {
			log.WriteString(lines.Text() + "\n")
		}
	})
	kill := time.AfterFunc(20*time.Millisecond+rand.N(150*time.Millisecond), func() { _ = server.Process.Kill() })
	keys := orderAll(t, base, round)
	kill.Stop()
	_ = server.Process.Kill()
	rest.Wait()
	_ = server.Wait() // it was killed
	if base == "" || t.Failed() {
		t.Errorf("round %d:\n%s", round, log)
	}
	return keys
}

// orderAll orders from eight clients until the server is gone.
func orderAll(t *testing.T, base string, round int) []string {
	var mu sync.Mutex
	var keys []string
	var clients sync.WaitGroup
	for c := range 8 {
		clients.Go(func() {
			transport := &http.Transport{}
			defer transport.CloseIdleConnections()
			client := &http.Client{Transport: transport}
			for n := 0; ; n++ {
				key := fmt.Sprintf("க்ஷ👍🏽-%d-%d-%d", round, c, n)
				status, body, err := order(client, base+"/ANY", key)
				if err != nil {
					return // the server was killed
				}
				if status != http.StatusCreated {
					t.Errorf("%d %s", status, body)
					return
				}
				mu.Lock()
				keys = append(keys, key)
				mu.Unlock()
			}
		})
	}
	clients.Wait()
	return keys
}

func order(client *http.Client, url, key string) (int, []byte, error) {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, url, strings.NewReader(key))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "text/plain; charset=utf-8")
	resp, err := client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	body, err := io.ReadAll(resp.Body)
	return resp.StatusCode, bytes.TrimSpace(body), errors.Join(err, resp.Body.Close())
}

// checkOrders looks into the file that the killed server has left.
func checkOrders(t *testing.T, dir string, answered map[string]bool) {
	t.Helper()
	db, err := data.Open(filepath.Join(dir, "orders.db"), data.Options{})
	if err != nil {
		t.Fatal(err)
	}
	lease, err := db.Lease(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ask := func(sql string) []value.Value {
		rows, err := lease.Query(t.Context(), sql, nil)
		if err != nil {
			t.Fatal(err)
		}
		return rows.Array().Items
	}
	stored := make(map[string]bool)
	for _, row := range ask("SELECT சாவி FROM ஆணை") {
		key, _ := row.Record().Get("சாவி")
		stored[key.Display()] = true
	}
	for key := range answered {
		if !stored[key] {
			t.Errorf("the order %s was answered 201 and is gone", key)
		}
	}
	for _, q := range []struct{ sql, want string }{
		{"SELECT எண் FROM ஆணை WHERE (SELECT count(*) FROM உருப்படி WHERE ஆணை = எண்) <> 3", "[]"},
		{"SELECT ஆணை FROM உருப்படி WHERE ஆணை NOT IN (SELECT எண் FROM ஆணை)", "[]"},
		{"SELECT எண்ணிக்கை + 3 * (SELECT count(*) FROM ஆணை) AS n FROM இருப்பு", "[{n: 1000000}]"},
		{"SELECT coalesce(sum(விலை), 0) - 75 * (SELECT count(*) FROM ஆணை) AS n FROM உருப்படி", "[{n: 0}]"},
		{"PRAGMA integrity_check", "[{integrity_check: ok}]"},
	} {
		if got := value.FromItems(ask(q.sql)).Display(); got != q.want {
			t.Errorf("%s: %s", q.sql, got)
		}
	}
	if err := errors.Join(lease.Return(), db.Close()); err != nil {
		t.Error(err)
	}
}
