package lsp

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/protocol"

	format "github.com/etamil-lang/etamil/fmt"
)

// sampleProgram makes a program of about n lines: functions of ten lines that are called. A hundred thousand lines stay below
// the parser's limit of 4 MB.
func sampleProgram(lines int) string {
	var b strings.Builder
	for i := range lines / 10 {
		fmt.Fprintf(&b, `// 👍🏽 %d
செயல் வரி%d(த, வ) {
    மொத்தம் = த * வ + %d;
    ஒவ்வொரு எ இல் [1, 2, 3] {
        மொத்தம் = மொத்தம் + எ;
    }
    (த > 9) எனில் { அச்சு "பெரிது"; }
    திரும்பு மொத்தம்;
}
அச்சு வரி%d(%d, 2);
`, i, i, i, i, i)
	}
	return b.String()
}

// replace is an edit of one place, counted in UTF-16 units.
func (c *client) replace(name string, version int, line, col, endCol int, text string) {
	c.t.Helper()
	c.notify("textDocument/didChange", &protocol.DidChangeTextDocumentParams{
		TextDocument: protocol.VersionedTextDocumentIdentifier{
			TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: uriOf(filepath.ToSlash(name))}, Version: int32(version),
		},
		ContentChanges: []protocol.TextDocumentContentChangeEvent{&protocol.TextDocumentContentChangePartial{
			Range: protocol.Range{
				Start: protocol.Position{Line: uint32(line), Character: uint32(col)}, End: protocol.Position{Line: uint32(line), Character: uint32(endCol)},
			},
			Text: text,
		}},
	})
}

// BenchmarkServer publishes how long requests take through the real server, with the client in the same process. Each
// iteration is a keystroke and the requests that an editor sends after it.
func BenchmarkServer(b *testing.B) {
	for _, lines := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("lines=%d", lines), func(b *testing.B) {
			dir := b.TempDir()
			name := filepath.Join(dir, "main.qmz")
			c := open(b, "utf-16", dir)
			c.trusting = true
			text, err := format.Source(name, []byte(sampleProgram(lines)), format.Options{})
			if err != nil {
				b.Fatal(err)
			}
			c.openText(name, string(text))
			var edited []int // the lines of a statement in each function
			for i, line := range strings.Split(string(text), "\n") {
				if strings.HasPrefix(line, "    மொத்தம் = த") {
					edited = append(edited, i)
				}
			}
			doc := fmt.Sprintf(`{"textDocument":{"uri":%q}`, uriOf(filepath.ToSlash(name)))
			steps := []struct{ name, method, params string }{
				{"diagnostics", "textDocument/diagnostic", doc + "}"},
				{"tokens", "textDocument/semanticTokens/full", doc + "}"},
				{"tokens-range", "textDocument/semanticTokens/range", doc + `,"range":{"start":{"line":100,"character":0},"end":{"line":150,"character":0}}}`},
				{"folding", "textDocument/foldingRange", doc + "}"},
				{"selection", "textDocument/selectionRange", doc + `,"positions":[{"line":104,"character":30}]}`},
				{"onType", "textDocument/onTypeFormatting", doc + `,"position":{"line":102,"character":30},"ch":"\n","options":{"tabSize":4,"insertSpaces":true}}`},
				{"format", "textDocument/formatting", doc + `,"options":{"tabSize":4,"insertSpaces":true}}`},
			}
			times := make([][]time.Duration, len(steps))
			c.call(steps[0].method, c.raw(steps[0].params))
			version := 1
			b.ResetTimer()
			for i := range b.N {
				version++
				line := edited[len(edited)-1-i%len(edited)] // upwards, so that the others stay where they are
				c.replace(name, version, line, 4, 4, "அ = 1;  ")
				for k, s := range steps {
					start := time.Now()
					if _, err := c.call(s.method, c.raw(s.params)); err != nil {
						b.Fatal(s.name, err)
					}
					times[k] = append(times[k], time.Since(start))
				}
				version++
				c.replace(name, version, line, 10, 12, "\n    ") // what formatting wants
			}
			b.StopTimer()
			for k, s := range steps {
				slices.Sort(times[k])
				b.ReportMetric(float64(times[k][len(times[k])/2].Microseconds())/1000, s.name+"-p50-ms")
				b.ReportMetric(float64(times[k][len(times[k])*95/100].Microseconds())/1000, s.name+"-p95-ms")
			}
			runtime.GC()
			var mem runtime.MemStats
			runtime.ReadMemStats(&mem)
			b.ReportMetric(float64(mem.HeapInuse)/(1<<20), "heap-MB")
		})
	}
}

// BenchmarkFolder publishes how long it takes to know all of a folder of a thousand files, and what they weigh.
func BenchmarkFolder(b *testing.B) {
	dir := b.TempDir()
	for i := range 1000 {
		text := fmt.Sprintf("இறக்கு \"m%d.qmz\";\n", (i*7+1)%1000) + strings.ReplaceAll(sampleProgram(100), "வரி", fmt.Sprintf("வ%d_", i))
		if i%10 != 0 {
			text = text[strings.IndexByte(text, '\n')+1:]
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("m%d.qmz", i)), []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		c := open(b, "utf-16", dir)
		c.trusting = true
		c.scanned()
		if _, err := c.call("workspace/diagnostic", c.raw(`{"previousResultIds":[]}`)); err != nil {
			b.Fatal(err)
		}
		runtime.GC()
		var mem runtime.MemStats
		runtime.ReadMemStats(&mem)
		b.ReportMetric(float64(mem.HeapInuse)/(1<<20), "heap-MB")
		_ = c.in.Close()
	}
}
