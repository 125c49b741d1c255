package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// docCall is a //=> line of docs/grpc.md: what is posted where, and what comes.
var docCall = regexp.MustCompile(`^//=> POST (\S+) (\{.*\}) (\d{3} .*)$`)

// TestGRPCDoc asks the example of docs/grpc.md as its //=> lines do, and runs the one that calls.
func TestGRPCDoc(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "grpc.md"))
	if err != nil {
		t.Fatal(err)
	}
	asked, ran := 0, 0
	for i, part := range strings.Split(string(page), "```") {
		src, ok := strings.CutPrefix(part, "etamil\n")
		if i%2 == 0 || !ok {
			continue
		}
		file := write(t, src)
		if !strings.Contains(src, "//=> POST") {
			p := startProcess(t, filepath.Dir(file), "run", file)
			if code := p.wait(t); code != exitOK || p.stdout() != wantedOf(src).printed() {
				t.Errorf("it ended with %d and printed %q\n%s", code, p.stdout(), p.stderr())
			}
			ran++
			continue
		}
		addr, _ := startServer(t, "serve", "--log", "off", file)
		for line := range strings.Lines(src) {
			if m := docCall.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
				asked++
				if got := postJSON(t, addr, m[1], m[2]); got != m[3] {
					t.Errorf("%s\n%s", line, got)
				}
			}
		}
	}
	if asked != 3 || ran != 1 {
		t.Errorf("the page has %d calls and %d programs", asked, ran)
	}
}
