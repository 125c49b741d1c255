package main

import (
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/etamil-lang/etamil/bench/page"
)

// The promises beside those of the operations.
const (
	maxCold   = 2 * time.Second
	maxMemory = 200 << 20
	maxGrowth = 5.0 // percent
)

// judged is the text, of sizes, for which the operations' targets are.
const judged = 1

// report is the text of the page, and what was promised.
func report(results []result) (string, page.Promises) {
	var b strings.Builder
	fmt.Fprintf(&b, "Made by `bash bench/lsp.sh`: what an editor waits for, from the first byte of its message to the last byte of the answer, over standard input and output; the calmest of 3 rounds (100,000 lines: of one). Targets are judged by the lesser of wall and CPU time of each request, as other programs add to the one and further threads to the other. Machine: %d cores, %s.\n\n", runtime.NumCPU(), runtime.Version())
	promises := judge(results[0])
	promises.Write(&b)
	for k, lines := range sizes {
		fmt.Fprintf(&b, "\n%s lines in one file, milliseconds: p50 / p95 (p95 of the server's CPU time)\n\n", thousands(lines))
		oneText(results, k).Write(&b)
	}
	b.WriteString("\n")
	folder := columns("a folder of 1,000 files, 100,000 lines, cold", results)
	row(folder, results, "from the start of the process until all its errors are told", func(r result) string { return millis(r.folder.opened) + " ms" })
	row(folder, results, "memory then, at most", func(r result) string { return megabytes(r.folder.memory) + ", " + megabytes(r.folder.peak) })
	folder.Write(&b)
	b.WriteString("\nThe same functions of ten lines in both languages, each called once; – is what a server does not offer (gopls refuses colours of long texts).\n")
	return b.String(), promises
}

func judge(r result) (promises page.Promises) {
	f := r.texts[judged]
	for i, op := range operations {
		if op.target > 0 {
			got := f.ops[i].judged
			promises.Add("10,000 lines: "+op.name+", p95", millis(got)+" ms", fmt.Sprintf("≤ %d ms", op.target.Milliseconds()), f.ops[i].n > 0 && got <= op.target)
		}
	}
	promises.Add("1,000 files, cold", millis(r.folder.opened)+" ms", fmt.Sprintf("≤ %d ms", maxCold.Milliseconds()), r.folder.opened <= maxCold)
	promises.Add("1,000 files: memory, at most", megabytes(r.folder.peak), megabytes(maxMemory), r.folder.peak <= maxMemory)
	grown := growth(f)
	promises.Add(fmt.Sprintf("%s edits: growth of memory", thousands(f.replayEdits)), fmt.Sprintf("%.1f %%", grown), fmt.Sprintf("≤ %.0f %%", maxGrowth), grown <= maxGrowth)
	return promises
}

func growth(f figures) float64 { return 100 * (float64(f.grownTo)/float64(f.grownFrom) - 1) }

// oneText is what was measured on one text.
func oneText(results []result, size int) *page.Table {
	b := columns("", results)
	row(b, results, "initialize, from the start of the process", func(r result) string { return millis(r.texts[size].initialize) })
	row(b, results, "the text open and known", func(r result) string { return millis(r.texts[size].opened) })
	for i, op := range operations {
		row(b, results, op.name, func(r result) string {
			s := r.texts[size].ops[i]
			if s.n == 0 {
				return "–"
			}
			return fmt.Sprintf("%s / %s (%s)", millis(s.p50), millis(s.p95), millis(s.cpu))
		})
	}
	row(b, results, "memory after all this, at most", func(r result) string {
		return megabytes(r.texts[size].memory) + ", " + megabytes(r.texts[size].peak)
	})
	if f := results[0].texts[size]; f.replayEdits > 0 {
		row(b, results, "a replay of edits: memory near the start, at the end", func(r result) string {
			f := r.texts[size]
			return fmt.Sprintf("%s edits: %s, %s (%+.1f %%)", thousands(f.replayEdits), megabytes(f.grownFrom), megabytes(f.grownTo), growth(f))
		})
	}
	return b
}

// columns is a table with a column for each server.
func columns(first string, results []result) *page.Table {
	head := []string{first}
	for _, r := range results {
		head = append(head, r.peer.title)
	}
	return page.NewTable(head...)
}

func row(t *page.Table, results []result, what string, cell func(result) string) {
	cells := []string{what}
	for _, r := range results {
		cells = append(cells, cell(r))
	}
	t.Row(cells...)
}

func millis(d time.Duration) string {
	if d >= 100*ms {
		return fmt.Sprintf("%d", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f", float64(d.Microseconds())/1000)
}

func megabytes(n int64) string { return fmt.Sprintf("%d MB", n>>20) }

func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}
