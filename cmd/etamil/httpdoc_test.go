package main

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// exampleSite is what the page's static folder holds.
var exampleSite = map[string]string{"public/app-3f9a2b7c.js": "let அ = 1;", "public/.env": "SECRET"}

// TestHTTPDocument runs the programs of docs/http.md and sends what stands below them.
func TestHTTPDocument(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "http.md"))
	if err != nil {
		t.Fatal(err)
	}
	settings, addr, count := "", "", 0
	for _, m := range regexp.MustCompile("(?s)```(toml|tamil|http)\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		switch m[1] {
		case "toml":
			settings = m[2]
		case "tamil":
			addr = serveExample(t, m[2], settings)
			settings = ""
		case "http":
			starts := regexp.MustCompile(`(?m)^> (GET|POST|DELETE) `).FindAllStringIndex(m[2], -1)
			for i, at := range starts {
				end := len(m[2])
				if i+1 < len(starts) {
					end = starts[i+1][0]
				}
				checkExample(t, addr, m[2][at[0]:end])
				count++
			}
		}
	}
	if count < 20 {
		t.Errorf("only %d requests", count)
	}
}

func serveExample(t *testing.T, src, settings string) string {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{"main.qmz": src, "etamil.toml": settings}
	for name, text := range exampleSite {
		files[name] = text
	}
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	addr, _ := startServer(t, "serve", "--log", "off", dir)
	return addr
}

// checkExample sends one request of the page: its lines begin with >, its body with >>, those of the answer with <, and what
// is left is the answer's body.
func checkExample(t *testing.T, addr, example string) {
	t.Helper()
	lines := strings.Split(strings.TrimRight(example, "\n"), "\n")
	method, target, _ := strings.Cut(strings.TrimPrefix(lines[0], "> "), " ")
	c := httpCase{method: method, target: target}
	var head, answered, rest []string
	for _, line := range lines[1:] {
		switch {
		case strings.HasPrefix(line, ">> "):
			c.body = line[3:]
		case strings.HasPrefix(line, "< "):
			answered = append(answered, line[2:])
		case strings.HasPrefix(line, "> "):
			head = append(head, line[2:])
		default:
			rest = append(rest, line)
		}
	}
	c.head = strings.Join(head, "\n")
	got := rawAsk(t, addr, method, c.request(addr))
	want, open := strings.CutSuffix(strings.Join(rest, "\n"), "…")
	if got.status != answered[0] || open && !strings.HasPrefix(got.body, want) || !open && got.body != want {
		t.Errorf("%s %s: %s\n%s\nwant %s\n%s", method, target, got.status, got.body, answered[0], want)
	}
	for _, line := range answered[1:] {
		name, text, _ := strings.Cut(line, ": ")
		if list := got.lines(http.CanonicalHeaderKey(name)); len(list) == 0 || text != "…" && !slices.Contains(list, text) {
			t.Errorf("%s %s: %s is %q, not %s", method, target, name, list, text)
		}
	}
}
