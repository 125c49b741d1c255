package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
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
	report.print(os.Stdout)
	if *write {
		if err := report.save(filepath.Join(*root, "docs", "performance.md")); err != nil {
			return err
		}
	}
	return errors.Join(report.missed()...)
}
