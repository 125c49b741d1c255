package main

import (
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/etamil-lang/etamil/runtime/httpd"
)

// Codes whose programs are too long to stand in an explanation.
func TestCodesOfLongPrograms(t *testing.T) {
	t.Parallel()
	for code, src := range map[string]string{
		"E0013": "அச்சு " + strings.Repeat("(", 5000) + "1" + strings.Repeat(")", 5000) + ";",
		"E0017": "அச்சு 1" + strings.Repeat(" + 1", 70_000) + ";",
		"E0014": "// " + strings.Repeat("அ", 2<<20),
	} {
		if got := foundIn(code, src); !slices.Contains(got, code) {
			t.Errorf("%s: found %q", code, got)
		}
	}
}

// Codes of a run that no program gives by itself.
func TestCodesOfRuns(t *testing.T) {
	t.Parallel()
	for code, src := range map[string]string{
		"E0348": "அ = 1; (அ == 1) எனில் { இறக்கு \"x.qmz\"; }",
		"E0366": "accu \"👍🏽𝒳\" & பாதை_அளவுரு(\"a\");",
	} {
		if got := raised(t, src); got != code {
			t.Errorf("%q ends with %q, want %s", src, got, code)
		}
	}
}

// Codes of what a server refuses to start with, and of answers that cannot be sent: those stand in its log.
func TestCodesOfServers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "a.qmz")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for code, src := range map[string]string{
		"E0478": "வழி பெறு, \"/a\" & \"b\" { பதில் 200, 1; }",
		"E0479": "இடைவெளி 0.5 { accu 1; }",
	} {
		write(src)
		var out, errs strings.Builder
		if status := run(context.Background(), []string{"serve", "--port", "0", file}, strings.NewReader(""), &out, &errs); status != exitFault || !strings.Contains(errs.String(), "["+code+"]") {
			t.Errorf("%s: status %d\n%s", code, status, errs.String())
		}
	}
	answers := map[string]string{
		"E0460": "நிலை_ = 99; பதில் நிலை_, 1;", "E0461": "தலைகள்_ = 5; பதில் 200, \"👍🏽\", தலைகள்_;",
		"E0462": "தலைகள்_ = {\"அ\": \"x\"}; பதில் 200, \"\", தலைகள்_;", "E0463": "response_file = \"இல்லை.txt\";",
	}
	var routes strings.Builder
	for code, body := range answers {
		routes.WriteString("வழி பெறு, \"/" + code + "\" { " + body + " }\n")
	}
	write(routes.String())
	addr, log := startServer(t, "serve", file)
	for code := range answers {
		if status, body := ask(t, "GET", "http://"+addr+"/"+code, ""); status != 500 {
			t.Errorf("%s: %d %s", code, status, body)
		}
		if !strings.Contains(log(), "["+code+"]") {
			t.Errorf("%s is not in the log:\n%s", code, log())
		}
	}
}

// A run that was stopped says so where somebody asks.
func TestCodeOfStoppedRun(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if got := raisedIn(t, ctx, "அ = 0; (அ >= 0) சுற்று { அ = அ + 1; }"); got != "E0343" {
		t.Errorf("ends with %q", got)
	}
}

// E0469: a client that promises a body and does not send it is told so, and does not hold the server.
func TestCodeOfSlowBody(t *testing.T) {
	t.Parallel()
	route := httpd.Route{Method: "POST", Path: "/", Run: func(context.Context, *httpd.Exchange) error { return nil }}
	h, err := httpd.NewHandler([]httpd.Route{route}, httpd.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- httpd.Serve(ctx, ln, h, httpd.Options{ReadTimeout: 200 * time.Millisecond}) }()
	defer func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	conn, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\nab"); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(conn)
	if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 408 ") || !strings.Contains(string(answer), "did not come in time") {
		t.Errorf("%v: %s", err, answer)
	}
}
