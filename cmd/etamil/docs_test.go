package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDocExamples runs the examples of the pages that say what comes of them in //=> lines.
func TestDocExamples(t *testing.T) {
	t.Parallel()
	for _, page := range []string{"errors.md", "logs.md", "database.md", "database.ta.md", "deploy.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "docs", page))
		if err != nil {
			t.Fatal(err)
		}
		ran := 0
		for i, part := range strings.Split(string(text), "```") {
			if i%2 == 0 || !strings.Contains(part, "//=> ") {
				continue
			}
			ran++
			t.Run(fmt.Sprintf("%s/%d", page, ran), func(t *testing.T) {
				t.Parallel()
				w := wantedOf(part)
				file := write(t, strings.TrimPrefix(part, "\n"))
				p := startProcess(t, filepath.Dir(file), "run", file)
				if code := p.wait(t); code != exitOK || p.stdout() != w.printed() {
					t.Errorf("it ended with %d and printed %q, not %q\n%s", code, p.stdout(), w.printed(), p.stderr())
				}
			})
		}
		if ran == 0 {
			t.Errorf("%s has no examples", page)
		}
	}
}
