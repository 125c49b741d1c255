package lsp

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// BenchmarkAssist publishes how long completion, hover and signature help take through the real server right after a
// keystroke, whose check the first of them waits for.
func BenchmarkAssist(b *testing.B) {
	for _, lines := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("lines=%d", lines), func(b *testing.B) {
			dir := b.TempDir()
			name := filepath.Join(dir, "main.qmz")
			c := open(b, "utf-16", dir)
			c.trusting = true
			c.openText(name, sampleProgram(lines))
			steps := []struct {
				name, method string
				line, col    int
			}{
				{"completion", "textDocument/completion", 2, 5},
				{"hover", "textDocument/hover", 2, 16},
				{"signature", "textDocument/signatureHelp", 9, 14},
			}
			times := make([][]time.Duration, len(steps))
			ask := func(top, k int) {
				s := steps[k]
				p := fmt.Sprintf(`{"textDocument":{"uri":%q},"position":{"line":%d,"character":%d}}`, uriOf(filepath.ToSlash(name)), top+s.line, s.col)
				start := time.Now()
				if _, err := c.call(s.method, c.raw(p)); err != nil {
					b.Fatal(s.name, err)
				}
				times[k] = append(times[k], time.Since(start))
			}
			ask(0, 0)
			times[0] = nil
			version := 1
			b.ResetTimer()
			for i := range b.N {
				top := (i * 7 % (lines / 10)) * 10
				version++
				c.replace(name, version, top+2, 4, 4, "ம")
				for k := range steps {
					ask(top, k)
				}
				version++
				c.replace(name, version, top+2, 4, 5, "")
			}
			b.StopTimer()
			for k, s := range steps {
				slices.Sort(times[k])
				b.ReportMetric(float64(times[k][len(times[k])/2].Microseconds())/1000, s.name+"-p50-ms")
				b.ReportMetric(float64(times[k][len(times[k])*95/100].Microseconds())/1000, s.name+"-p95-ms")
			}
		})
	}
}
