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

	"github.com/etamil-lang/etamil/bench/page"
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
	text, promises := report(list, version)
	return page.Publish(text, promises, root, "fmt", write)
}

// report is the text of the page, and what was promised.
func report(list []formatter, version used) (string, page.Promises) {
	var b strings.Builder
	fmt.Fprintf(&b, "Made by `bash bench/fmt.sh`: CPU time, the least of several runs, writing a file that is not laid out; every answer of etamil is verified. Machine: %d cores, %s.\n\n", runtime.NumCPU(), runtime.Version())
	promises := judge(list, version)
	promises.Write(&b)
	b.WriteString("\n")
	table := page.NewTable("formatter", "MB/s", "1 MB, CPU ms", "1 MB, peak memory MB", "tiny file, CPU ms")
	for _, f := range list {
		table.Row(f.label, fmt.Sprintf("%.1f", f.speed()), fmt.Sprintf("%.0f", f.big.cpu.Seconds()*1000),
			fmt.Sprintf("%.0f", float64(f.big.memory)/1e6), fmt.Sprintf("%.1f", f.tiny.cpu.Seconds()*1000))
	}
	table.Write(&b)
	return b.String(), promises
}

func judge(list []formatter, version used) (promises page.Promises) {
	ours := list[0]
	for _, peer := range list[1:] {
		want := 1.0
		if peer.name == "gofmt" {
			want = minSpeed
		}
		promises.AtLeast("1 MB: MB/s over "+peer.name+"'s", ours.speed()/peer.speed(), want)
	}
	memory := float64(ours.big.memory-ours.tiny.memory) / float64(ours.size)
	promises.Add("1 MB: memory beyond that for a tiny file, over the file", fmt.Sprintf("%.1f×", memory), fmt.Sprintf("≤ %d×", maxMemory), memory <= maxMemory)
	more := (ours.tiny.cpu - version.cpu).Seconds() * 1000
	promises.Add("tiny file: CPU beyond `etamil version`", fmt.Sprintf("%.1f ms", more), fmt.Sprintf("≤ %.0f ms", maxTiny), more <= maxTiny)
	return promises
}
