package format

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the second halves of testdata/*.qmz")

// between parts the two sides of a pair in testdata.
const between = "\n----------\n"

// TestPairs formats the first half of every file of testdata and compares it with the second. Adding a case is adding a
// file.
func TestPairs(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.qmz")
	if err != nil || len(files) < 60 {
		t.Fatalf("%d pairs, %v", len(files), err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".qmz"), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			before, want, _ := strings.Cut(string(text), between)
			out, err := Source(name, []byte(before), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(name, []byte(before+between+string(out)), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if string(out) != want {
				t.Errorf("--- got\n%s--- want\n%s", out, want)
			}
			hold(t, name, []byte(before), Options{})
		})
	}
}
