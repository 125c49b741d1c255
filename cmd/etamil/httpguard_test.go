package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/token"
	"github.com/etamil-lang/etamil/runtime/value"
)

// TestGuardsThatAreNone does not serve routes whose guards are not known before the program runs.
func TestGuardsThatAreNone(t *testing.T) {
	t.Parallel()
	for _, list := range []string{"காவல்", `"auth"`, `["auth", 5]`, `[""]`, `["auth", பெயர்]`, `[["auth"]]`, "5", `{"அ": 1}`} {
		file := filepath.Join(t.TempDir(), "main.qmz")
		src := "காவல் = [\"auth\"];\nபெயர் = \"admin\";\nவழி பெறு, \"/\", " + list + " { பதில் 200, \"x\"; }\n"
		if err := os.WriteFile(file, []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
		var stderr bytes.Buffer
		code := run(shortly(t), []string{"serve", "--port", "0", file}, strings.NewReader(""), &bytes.Buffer{}, &stderr)
		if code != exitFault || !strings.Contains(stderr.String(), "E0482") && !strings.Contains(stderr.String(), "main.qmz:3:") {
			t.Errorf("%s: %d %s", list, code, stderr.String())
		}
	}
}

// TestGuardedServer lets those in whose tokens were signed with the secret of the environment.
func TestGuardedServer(t *testing.T) {
	const secret = "வளர்ச்சிக்கு_மட்டும்"
	t.Setenv(secretVariable, secret)
	file := filepath.Join(t.TempDir(), "main.qmz")
	src := "வழி பெறு, \"/open\", [] { பதில் 200, கோரிக்கை.பயனர்; }\nவழி பெறு, \"/auth\", [\"auth\"] { பதில் 200, கோரிக்கை.பயனர்[\"sub\"]; }\n" +
		"வழி பெறு, \"/admin\", [\"மேலாளர்\"] { பதில் 200, \"உள்ளே\"; }\n" +
		"வழி பெறு, \"/login\" { பதில் 200, சீட்டு_ஆக்கு({\"sub\": \"3\", \"roles\": [\"மேலாளர்\"]}, 60); }\n"
	if err := os.WriteFile(file, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	addr, log := startServer(t, "serve", file)
	if strings.Contains(log(), secretVariable) {
		t.Errorf("etamil serve with a secret says: %s", log())
	}
	sign := func(claims string, key string, lifetime time.Duration) string {
		v, err := value.ParseJSON(claims)
		if err != nil {
			t.Fatal(err)
		}
		text, err := token.Sign(v, []byte(key), time.Now(), lifetime)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	viewer, admin := sign(`{"sub":"கயல்"}`, secret, time.Hour), sign(`{"sub":"2","roles":["மேலாளர்"]}`, secret, time.Hour)
	for _, tt := range []struct{ path, token, status, body string }{
		{"/open", "", "200 OK", ""},
		{"/auth", "", "401 Unauthorized", anonymous},
		{"/auth", viewer, "200 OK", "கயல்"},
		{"/auth", sign(`{"sub":"1"}`, secret, -time.Hour), "401 Unauthorized", anonymous},
		{"/auth", sign(`{"sub":"1"}`, secret+"x", time.Hour), "401 Unauthorized", anonymous},
		{"/admin", viewer, "403 Forbidden", forbidden},
		{"/admin", admin, "200 OK", "உள்ளே"},
	} {
		got := rawAsk(t, addr, "GET", "GET "+tt.path+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "+tt.token+"\r\n\r\n")
		if got.status != tt.status || anyTrace(got.body) != tt.body {
			t.Errorf("%s: %s %s", tt.path, got.status, got.body)
		}
	}
	login := get(t, addr, "/login")
	if got := get(t, addr, "/admin", "Authorization: Bearer "+login.body); got.body != "உள்ளே" {
		t.Errorf("with a token of its own: %s %s", got.status, got.body)
	}
	t.Setenv(secretVariable, "")
	dev, _ := startServer(t, "dev", "--log", "off", file)
	if got := get(t, dev, "/admin", "Authorization: Bearer "+get(t, dev, "/login").body); got.body != "உள்ளே" {
		t.Errorf("etamil dev without a secret: %s %s", got.status, got.body)
	}
	if got := get(t, dev, "/admin", "Authorization: Bearer "+login.body); got.status != "401 Unauthorized" {
		t.Errorf("a token of another process: %s %s", got.status, got.body)
	}
	bare, _ := startServer(t, "serve", "--log", "off", write(t, `வழி பெறு, "/login" { பதில் 200, சீட்டு_ஆக்கு({"sub": "3"}, 60); }`))
	if got := get(t, bare, "/login"); got.status != "500 Internal Server Error" {
		t.Errorf("etamil serve without a secret: %s %s", got.status, got.body)
	}
	for _, bad := range []string{"", "short"} {
		t.Setenv(secretVariable, bad)
		var stderr bytes.Buffer
		if code := run(shortly(t), []string{"serve", "--port", "0", file}, strings.NewReader(""), &bytes.Buffer{}, &stderr); code != exitFault || !strings.Contains(stderr.String(), "32 bytes") {
			t.Errorf("the secret %q: %d %s", bad, code, stderr.String())
		}
	}
}

// TestRouteOptions gives routes limits of their own, and refuses options that are none.
func TestRouteOptions(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "main.qmz")
	src := `வழி பதி, "/small", [], {"உடல்": 5} { பதில் 200, request_body; }
வழி பதி, "/large", {"உடல்": 3000000} { பதில் 200, நீளம்(request_body); }
வழி பெறு, "/short", [], {"நேரம்": 100} { (மெய்) சுற்று { அ = 1; } }
வழி பெறு, "/seldom", {"வேகம்": 0.001} { பதில் 200, "x"; }
`
	if err := os.WriteFile(file, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	addr, _ := startServer(t, "serve", file)
	large := strings.Repeat("x", 2<<20)
	for _, tt := range []struct{ method, path, body, status string }{
		{"POST", "/small", "12345", "200 OK"},
		{"POST", "/small", "123456", "413 Request Entity Too Large"},
		{"POST", "/large", large, "200 OK"},
		{"GET", "/short", "", "503 Service Unavailable"},
		{"GET", "/seldom", "", "200 OK"},
		{"GET", "/seldom", "", "429 Too Many Requests"},
	} {
		got := rawAsk(t, addr, tt.method, fmt.Sprintf("%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s", tt.method, tt.path, len(tt.body), tt.body))
		if got.status != tt.status {
			t.Errorf("%s: %s %s", tt.path, got.status, got.body)
		}
	}
	for _, options := range []string{`{"உடல்": 0}`, `{"உடல்": 1.5}`, `{"உடல்": "5"}`, `{"நேரம்": -1}`, `{"வேகம்": 0}`, `{"அளவு": 5}`, `{"உடல்": எல்லை}`, `[]`, `எல்லை`} {
		src := "எல்லை = 5;\nவழி பெறு, \"/\", [], " + options + " { பதில் 200, \"x\"; }\n"
		if err := os.WriteFile(file, []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
		var stderr bytes.Buffer
		code := run(shortly(t), []string{"serve", "--port", "0", file}, strings.NewReader(""), &bytes.Buffer{}, &stderr)
		if code != exitFault || !strings.Contains(stderr.String(), "main.qmz:2:") || !strings.Contains(stderr.String(), "E0483") {
			t.Errorf("%s: %d %s", options, code, stderr.String())
		}
	}
}

// shortly is a context for servers that must not start.
func shortly(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}
