package repl_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/etamil-lang/etamil/repl"
)

// TestTour holds the transcripts of docs/repl.md to what the conversation says; -update writes them.
func TestTour(t *testing.T) {
	t.Parallel()
	const file, open, end = "../docs/repl.md", "```text\n", "```\n"
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := session(t, fstest.MapFS{}, "")
	var got strings.Builder
	blocks := 0
	rest := string(raw)
	for {
		before, after, ok := strings.Cut(rest, open)
		got.WriteString(before)
		if !ok {
			break
		}
		block, behind, ok := strings.Cut(after, end)
		if !ok {
			t.Fatal("a transcript has no end")
		}
		got.WriteString(open + again(t, s, block) + end)
		rest = behind
		blocks++
	}
	if update() {
		if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got.String() != string(raw) || blocks < 8 {
		t.Errorf("%d transcripts; the page would read\n%s", blocks, got.String())
	}
}

// again says once more what a transcript says: the lines behind its prompts.
func again(t *testing.T, s *repl.Session, block string) string {
	t.Helper()
	var out bytes.Buffer
	var in strings.Builder
	for _, line := range strings.SplitAfter(block, "\n") {
		first, isFirst := strings.CutPrefix(line, "> ")
		more, isMore := strings.CutPrefix(line, "… ")
		switch {
		case isFirst:
			in.WriteString(first)
		case isMore && repl.Incomplete(lastEntry(in.String())):
			in.WriteString(more)
		}
	}
	if _, _, err := s.Plain(context.Background(), strings.NewReader(in.String()), &out, repl.PlainOptions{Prompt: "> ", Continue: "… ", Echo: true}); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(out.String(), "> ")
}

// lastEntry is what follows the last entry that is complete.
func lastEntry(in string) string {
	entry := ""
	for _, line := range strings.SplitAfter(in, "\n") {
		if entry += line; !repl.Incomplete(entry) {
			entry = ""
		}
	}
	return entry
}
