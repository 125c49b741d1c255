package main

import (
	"errors"
	"net/http"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/data"
	"github.com/etamil-lang/etamil/runtime/token"
	"github.com/etamil-lang/etamil/runtime/value"
)

// TestSeedReload serves snippet 11a with a route beside it, and edits it.
func TestSeedReload(t *testing.T) {
	t.Parallel()
	src := seedText(t, "11a") + "வழி பெறு, \"/p\" { பதில் 200, {\"பதிப்பு\": 1}; }\n"
	file := write(t, src)
	p := startProcess(t, filepath.Dir(file), "dev", "--port", "0", file)
	base := p.address(t)
	expect(t, base, `GET /p 200 {"பதிப்பு":1}`)
	editWhileAsked(t, base, file, src, `GET /p 200 {"பதிப்பு":2}`)
	p.signal(t, syscall.SIGTERM)
	if code := p.wait(t); code != exitOK {
		t.Errorf("%d\n%s", code, p.stderr())
	}
}

// TestSeedSignal serves snippet 12a with a route beside it: SIGTERM runs its block, which closes the pools and stops the server.
func TestSeedSignal(t *testing.T) {
	t.Parallel()
	file := write(t, seedText(t, "12a")+"\nவழி பெறு, \"/p\" { காத்திரு(200); பதில் 200, 1; }\n")
	p := startProcess(t, filepath.Dir(file), "dev", "--port", "0", file)
	stopWhileAsked(t, p, p.address(t)+"/p")
	if code := p.wait(t); code != exitOK || p.stdout() != "Shutting down...\n" {
		t.Errorf("%d %q\n%s", code, p.stdout(), p.stderr())
	}
}

// TestSeedApplication serves snippet 15a, the whole application, with its database.
func TestSeedApplication(t *testing.T) {
	t.Parallel()
	file := write(t, seedText(t, "15a"))
	db, err := data.Open(filepath.Join(filepath.Dir(file), "app.db"), data.Options{})
	if err != nil {
		t.Fatal(err)
	}
	lease, err := db.Lease(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{"CREATE TABLE users (id INTEGER, name TEXT)", "INSERT INTO users VALUES (1, 'ஆதி')"} {
		if _, err := lease.Exec(t.Context(), sql, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(lease.Return(), db.Close()); err != nil {
		t.Fatal(err)
	}
	const secret = "வளர்ச்சிக்கு_மட்டும்_நீண்ட_இரகசியம்_32"
	p := startProcess(t, filepath.Dir(file), "DATABASE_URL=app.db", "ETAMIL_JWT_SECRET="+secret, "dev", "--port", "0", file)
	base := p.address(t)
	expect(t, base, "GET /api/users/1 401")
	signed, err := token.Sign(value.FromFields([]string{"sub"}, []value.Value{value.FromText("1")}), []byte(secret), time.Now(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	req := newRequest(t, http.MethodGet, base+"/api/users/1")
	req.Header.Set("Authorization", "Bearer "+signed)
	resp, body, err := fetch(req)
	if err != nil || resp.StatusCode != http.StatusOK || body != `[{"id":1,"name":"ஆதி"}]` {
		t.Errorf("%v %s\n%s", err, body, p.stderr())
	}
	p.signal(t, syscall.SIGTERM)
	if code := p.wait(t); code != exitOK {
		t.Errorf("%d\n%s", code, p.stderr())
	}
}
