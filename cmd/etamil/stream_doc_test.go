package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestStreamDoc asks the programs of docs/streams.md as their //=> lines do.
func TestStreamDoc(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "streams.md"))
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for i, part := range strings.Split(string(page), "```") {
		src, ok := strings.CutPrefix(part, "etamil\n")
		if i%2 == 0 || !ok {
			continue
		}
		addr, log := startServer(t, "serve", "--log", "off", write(t, src))
		for line := range strings.Lines(src) {
			want, ok := strings.CutPrefix(strings.TrimSpace(line), "//=> ")
			if !ok {
				continue
			}
			asked++
			if kind, rest, _ := strings.Cut(want, " "); kind == "SOCKET" {
				converse(t, addr, rest)
			} else if got := bodyOf(t, addr, rest); got != rest {
				t.Errorf("%s\n%s\n%s", line, got, log())
			}
		}
	}
	if asked != 5 {
		t.Errorf("the page has %d lines", asked)
	}
}

// bodyOf is what a path answers: itself, the status, and the words of the body.
func bodyOf(t *testing.T, addr, want string) string {
	t.Helper()
	path, _, _ := strings.Cut(want, " ")
	s := tune(t, addr, path)
	body, err := s.rest()
	if err != nil {
		t.Error(err)
	}
	return strings.Join(append([]string{path, strconv.Itoa(s.StatusCode)}, strings.Fields(body)...), " ")
}

// converse says what stands in quotes and hears what stands between: texts, or the close.
func converse(t *testing.T, addr, script string) {
	t.Helper()
	path, script, _ := strings.Cut(script, " ")
	c := dialSocket(t, addr, path)
	if strings.HasPrefix(script, "close") {
		c.want(t, script)
		return
	}
	for script != "" {
		said, err := strconv.QuotedPrefix(script)
		if err != nil {
			t.Fatalf("%s: %v", script, err)
		}
		heard, rest, more := strings.Cut(script[len(said)+1:], ` "`)
		text, _ := strconv.Unquote(said)
		c.say(t, text)
		c.want(t, "text "+short([]byte(heard)))
		if script = ""; more {
			script = `"` + rest
		}
	}
}
