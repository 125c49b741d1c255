package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// startDev runs `etamil dev` and answers its address.
func startDev(t *testing.T, args ...string) (base string, log func() string) {
	t.Helper()
	addr, log := startServer(t, "dev", args...)
	return "http://" + addr, log
}

// ask sends a request on a connection of its own.
func ask(t *testing.T, method, url, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

// TestDevKadai serves a small shop from a copy. (TestExamples follows the shop of docs/examples.)
func TestDevKadai(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	source, err := os.ReadFile(filepath.Join("testdata", "kadai_small.qmz"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "main.qmz"), source, 0o600); err != nil {
		t.Fatal(err)
	}
	base, log := startDev(t, dir)
	tests := []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"GET", "/poruLkaL", "", 200, `[{"எண்":1,"பெயர்":"அரிசி","வரியுடன்":73.75,"விலை":62.5},{"எண்":2,"பெயர்":"பருப்பு","வரியுடன்":174.64,"விலை":148},{"எண்":3,"பெயர்":"எண்ணெய்","வரியுடன்":224.08,"விலை":189.9}]`},
		{"GET", "/poruLkaL/2", "", 200, `{"எண்":2,"பெயர்":"பருப்பு","வரியுடன்":174.64,"விலை":148}`},
		{"GET", "/poruLkaL/9", "", 404, `{"பிழை":"அப்படி ஒரு பொருள் இல்லை"}`},
		{"POST", "/poruLkaL", `{"பெயர்": "சர்க்கரை 👍🏽", "விலை": 45.50}`, 201, `{"எண்":4,"பெயர்":"சர்க்கரை 👍🏽","வரியுடன்":53.69,"விலை":45.5}`},
		{"DELETE", "/poruLkaL", "", 405, notAllowed},
	}
	for _, tt := range tests {
		status, body := ask(t, tt.method, base+tt.path, tt.body)
		if status != tt.status || anyTrace(body) != tt.want {
			t.Errorf("%s %s: %d %s\n%s", tt.method, tt.path, status, body, log())
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "kadai.db")); err != nil {
		t.Errorf("the database is not in the program's folder: %v", err)
	}
	// The same name again breaks UNIQUE: a run-time fault, 500 with an id that stands in the log beside the place.
	status, body := ask(t, "POST", base+"/poruLkaL", `{"பெயர்": "அரிசி", "விலை": 1}`)
	var fault struct{ Instance, Detail string }
	if err := json.Unmarshal([]byte(body), &fault); err != nil || status != 500 || !strings.HasPrefix(fault.Instance, "urn:trace:") {
		t.Fatalf("%d %s", status, body)
	}
	if got := log(); !strings.Contains(got, strings.TrimPrefix(fault.Instance, "urn:trace:")) || !strings.Contains(got, "[E0442]") || !strings.Contains(got, "main.qmz:") {
		t.Errorf("the log does not explain %s:\n%s", fault.Instance, got)
	}
}

// TestDevIsolation asks from many clients at once: no request sees what another one wrote into its globals.
func TestDevIsolation(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "a.qmz")
	program := `
எண்ணி = [0];
வழி பெறு, "/:எத்தனை" {
    எ = 0;
    (எ < param_எத்தனை) சுற்று { எண்ணி = இணை(எண்ணி, எ); எ = எ + 1; }
    பதில் 200, {"நீளம்": நீளம்(எண்ணி)};
}
வழி பெறு, "/status" { response_status = 418; response_body = "தேநீர்"; }
வழி பெறு, "/exit" { பதில் 202, "முன்"; வெளியேறு(3); பதில் 203, "பின்"; }
`
	if err := os.WriteFile(file, []byte(program), 0o600); err != nil {
		t.Fatal(err)
	}
	base, log := startDev(t, "--log", "json", file)
	var wg sync.WaitGroup
	for i := range 32 {
		wg.Go(func() {
			status, body := ask(t, "GET", fmt.Sprintf("%s/%d", base, i), "")
			if want := fmt.Sprintf(`{"நீளம்":%d}`, i+1); status != 200 || body != want {
				t.Errorf("client %d: %d %s", i, status, body)
			}
		})
	}
	wg.Wait()
	if status, body := ask(t, "GET", base+"/status", ""); status != 418 || body != "தேநீர்" {
		t.Errorf("response variables: %d %s", status, body)
	}
	if status, body := ask(t, "GET", base+"/exit", ""); status != 202 || body != "முன்" {
		t.Errorf("வெளியேறு: %d %s", status, body)
	}
	if !strings.Contains(log(), `"status":418`) {
		t.Errorf("the log is not JSON:\n%s", log())
	}
}

// TestDevRefuses starts servers that cannot start.
func TestDevRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, program, want string }{
		{"no routes", `அச்சு 1;`, "there are no routes to serve"},
		{"a conflict", "வழி பெறு, \"/:a\" { }\nவழி பெறு, \"/:b\" { }", "two routes for the same requests: GET /:a ("},
		{"a path that is no text", `வழி பெறு, 1 + 1 { }`, "a route's path must be quoted text"},
		{"a schedule without time", `இடைவெளி 0 { }`, "the schedule needs a whole number of seconds"},
		{"a prelude with a fault", "அ = 1 / 0;\nவழி பெறு, \"/\" { }", "[E0302]"},
		{"a database that is not built", "தளம்_இணை மைசீகுல், \"x\";\nவழி பெறு, \"/\" { }", "[E0363]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "a.qmz")
			if err := os.WriteFile(file, []byte(tt.program), 0o600); err != nil {
				t.Fatal(err)
			}
			var out, errs strings.Builder
			code := run(context.Background(), []string{"dev", "--port", "0", file}, strings.NewReader(""), &out, &errs)
			if code != exitFault || !strings.Contains(errs.String(), tt.want) {
				t.Errorf("exit %d:\n%s", code, errs.String())
			}
		})
	}
}
