// Command fmt measures etamil fmt beside gofmt, biome and prettier: the same functions in three languages, a megabyte each,
// and a file of one line. Run it through bench/fmt.sh.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// The targets of issue 5.
const (
	minSpeed  = 0.3 // of gofmt's megabytes a second
	maxMemory = 20  // times the file, beyond what the process takes for a tiny one
	maxTiny   = 3.0 // milliseconds of CPU beyond etamil version
)

func main() {
	root := flag.String("root", "..", "the repository")
	runs := flag.Int("runs", 20, "runs of each formatter on the tiny file; a quarter of it on the large one")
	write := flag.Bool("write", true, "write docs/performance.md")
	flag.Parse()
	if err := measure(*root, *runs, *write); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func measure(root string, runs int, write bool) error {
	root, err := filepath.Abs(root)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "etamil-bench-fmt-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	list, err := formatters(root)
	if err != nil {
		return err
	}
	for i := range list {
		if err := list[i].run(dir, runs); err != nil {
			return fmt.Errorf("%s: %w", list[i].name, err)
		}
	}
	version, err := fastest(runs, func() (used, error) { return command(dir, filepath.Join(root, "bin/etamil"), "version") })
	if err != nil {
		return err
	}
	text, kept := table(list, version)
	fmt.Print(text)
	if write {
		if err := replace(filepath.Join(root, "docs/performance.md"), text); err != nil {
			return err
		}
	}
	if !kept {
		return fmt.Errorf("a target was missed")
	}
	return nil
}

// table is the report; kept tells whether all targets were.
func table(list []formatter, version used) (text string, kept bool) {
	var b strings.Builder
	ours := list[0]
	fmt.Fprintf(&b, "Made by `bash bench/fmt.sh`: CPU time, the least of several runs, writing a file that is not laid out; every answer of etamil is verified. Machine: %d cores, %s.\n\n", runtime.NumCPU(), runtime.Version())
	b.WriteString("| target | measured | wanted | kept |\n|---|---:|---:|---|\n")
	kept = true
	promise := func(what, measured, wanted string, ok bool) {
		yes := "yes"
		if !ok {
			yes, kept = "**no**", false
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", what, measured, wanted, yes)
	}
	for _, peer := range list[1:] {
		want := 1.0
		if peer.name == "gofmt" {
			want = minSpeed
		}
		ratio := ours.speed() / peer.speed()
		promise("1 MB: MB/s over "+peer.name+"'s", fmt.Sprintf("%.2f×", ratio), fmt.Sprintf("≥ %.1f×", want), ratio >= want)
	}
	memory := float64(ours.big.memory-ours.tiny.memory) / float64(ours.size)
	promise("1 MB: memory beyond that for a tiny file, over the file", fmt.Sprintf("%.1f×", memory), fmt.Sprintf("≤ %d×", maxMemory), memory <= maxMemory)
	more := (ours.tiny.cpu - version.cpu).Seconds() * 1000
	promise("tiny file: CPU beyond `etamil version`", fmt.Sprintf("%.1f ms", more), fmt.Sprintf("≤ %.0f ms", maxTiny), more <= maxTiny)
	b.WriteString("\n| formatter | MB/s | 1 MB, CPU ms | 1 MB, peak memory MB | tiny file, CPU ms |\n|---|---:|---:|---:|---:|\n")
	for _, f := range list {
		fmt.Fprintf(&b, "| %s | %.1f | %.0f | %.0f | %.1f |\n", f.label, f.speed(), f.big.cpu.Seconds()*1000, float64(f.big.memory)/1e6, f.tiny.cpu.Seconds()*1000)
	}
	return b.String(), kept
}

// The marks around the table in docs/performance.md.
const (
	begin = "<!-- fmt:begin -->"
	end   = "<!-- fmt:end -->"
)

// replace puts the table between its marks.
func replace(page, table string) error {
	text, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(text), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		return fmt.Errorf("%s has no %s and %s", page, begin, end)
	}
	return os.WriteFile(page, []byte(before+begin+"\n\n"+table+"\n"+end+after), 0o644)
}
