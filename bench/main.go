package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/etamil-lang/etamil/bench/page"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run() error {
	root := flag.String("root", "..", "the project's folder")
	runs := flag.Int("runs", 7, "runs of each program; the least time counts")
	write := flag.Bool("write", true, "write the table into docs/performance.md")
	flag.Parse()

	engines, err := findEngines(filepath.Join(*root, "bin", "etamil"))
	if err != nil {
		return err
	}
	b := &bench{engines: engines, dir: filepath.Join(*root, "bench", "programs"), runs: *runs}
	report, err := b.measure()
	if err != nil {
		return err
	}
	var text strings.Builder
	report.print(&text)
	return page.Publish(text.String(), report.promises, *root, "bench", *write)
}
