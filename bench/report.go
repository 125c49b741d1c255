package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/etamil-lang/etamil/bench/page"
)

// row is one program's CPU time with each engine, without the engine's start; negative where the engine has none.
type row struct {
	program program
	times   []time.Duration
}

type report struct {
	engines  []engine
	runs     int
	starts   []time.Duration
	rows     []row
	promises page.Promises
}

// check adds a target of the program table.
func (r *report) check(t target) {
	for _, row := range r.rows {
		if row.program.name != t.program {
			continue
		}
		ratio := float64(row.times[t.peer]) / float64(row.times[etamil])
		r.promises.Add(fmt.Sprintf("`%s`: faster than %s", t.program, r.engines[t.peer].name), fmt.Sprintf("%.1f×", ratio), fmt.Sprintf("≥ %.1f×", t.ratio), ratio >= t.ratio)
	}
}

// checkRounds adds the targets of programs whose rounds have a time of their own.
func (r *report) checkRounds() {
	for _, t := range eachAtMost {
		for _, row := range r.rows {
			if row.program.name == t.program {
				each := row.times[etamil] / time.Duration(row.program.n)
				r.promises.Add(fmt.Sprintf("`%s`: CPU time of one", t.program), each.String(), "≤ "+t.most.String(), each <= t.most)
			}
		}
	}
}

// print writes the Markdown that stands in docs/performance.md.
func (r *report) print(w io.Writer) {
	fmt.Fprintf(w, "Made by `make bench` (`bash bench/run.sh`): CPU time, the least of %d runs, without each engine's start. Machine: %s, %s.\n\n", r.runs, processor(), runtime.Version())
	r.promises.Write(w)
	fmt.Fprintf(w, "\nMilliseconds; in brackets how many times etamil's time that is. etamil and CPython Decimal compute exactly, the others with binary floats.\n\n")
	head := []string{"program", "N"}
	for _, e := range r.engines {
		head = append(head, e.name)
	}
	table := page.NewTable(head...)
	for _, row := range r.rows {
		table.Row(r.cells(row)...)
	}
	starts := []string{"start", ""}
	for _, start := range r.starts {
		starts = append(starts, fmt.Sprintf("%.1f", ms(start)))
	}
	table.Row(starts...)
	table.Write(w)
	fmt.Fprintln(w)
	for i, e := range r.engines {
		if i != pythonDecimal {
			fmt.Fprintf(w, "- %s: %s\n", e.name, e.version)
		}
	}
}

// cells are a program's row of the table.
func (r *report) cells(row row) []string {
	cells := []string{fmt.Sprintf("`%s`: %s", row.program.name, row.program.about), strconv.Itoa(row.program.n)}
	for i, used := range row.times {
		switch {
		case used < 0:
			cells = append(cells, "–")
		case i == etamil:
			cells = append(cells, fmt.Sprintf("**%.1f**", ms(used)))
		default:
			cells = append(cells, fmt.Sprintf("%.1f (%.2f×)", ms(used), float64(used)/float64(row.times[etamil])))
		}
	}
	return cells
}

// processor is the CPU's name, where the system tells it.
func processor() string {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err == nil {
		for line := range strings.Lines(string(info)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				return fmt.Sprintf("%s, %d cores", strings.TrimSpace(value), runtime.NumCPU())
			}
		}
	}
	return fmt.Sprintf("%s/%s, %d cores", runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
}
