package main

import (
	"bytes"
	"context"
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
	for _, list := range []string{"காவல்", `"auth"`, `["auth", 5]`, `[""]`, `["auth", பெயர்]`, `[["auth"]]`, "5", "{}"} {
		file := filepath.Join(t.TempDir(), "main.qmz")
		src := "காவல் = [\"auth\"];\nபெயர் = \"admin\";\nவழி பெறு, \"/\", " + list + " { பதில் 200, \"x\"; }\n"
		if err := os.WriteFile(file, []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
		var stderr bytes.Buffer
		code := run(context.Background(), []string{"serve", "--port", "0", file}, strings.NewReader(""), &bytes.Buffer{}, &stderr)
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
		"வழி பெறு, \"/admin\", [\"மேலாளர்\"] { பதில் 200, \"உள்ளே\"; }\n"
	if err := os.WriteFile(file, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	addr, _ := startServer(t, "serve", file)
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
	t.Setenv(secretVariable, "short")
	var stderr bytes.Buffer
	if code := run(context.Background(), []string{"serve", "--port", "0", file}, strings.NewReader(""), &bytes.Buffer{}, &stderr); code != exitFault || !strings.Contains(stderr.String(), "32") {
		t.Errorf("a short secret: %d %s", code, stderr.String())
	}
}
