package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"
)

// row is one program's CPU time with each engine, without the engine's start; negative where the engine has none.
type row struct {
	program program
	times   []time.Duration
}

// promised is one target and what was measured.
type promised struct {
	what, measured, wanted string
	kept                   bool
}

type report struct {
	engines  []engine
	runs     int
	starts   []time.Duration
	rows     []row
	promises []promised
}

func (r *report) promise(what, measured, wanted string, kept bool) {
	r.promises = append(r.promises, promised{what, measured, wanted, kept})
}

// check adds a target of the program table.
func (r *report) check(t target) {
	for _, row := range r.rows {
		if row.program.name != t.program {
			continue
		}
		ratio := float64(row.times[t.peer]) / float64(row.times[etamil])
		r.promise(fmt.Sprintf("`%s`: faster than %s", t.program, r.engines[t.peer].name), fmt.Sprintf("%.1f×", ratio), fmt.Sprintf("≥ %.1f×", t.ratio), ratio >= t.ratio)
	}
}

// missed are the targets that were not met, as errors.
func (r *report) missed() []error {
	var errs []error
	for _, p := range r.promises {
		if !p.kept {
			errs = append(errs, fmt.Errorf("missed: %s is %s, wanted %s", p.what, p.measured, p.wanted))
		}
	}
	return errs
}

// print writes the Markdown that stands in docs/performance.md.
func (r *report) print(w io.Writer) {
	fmt.Fprintf(w, "Made by `make bench` (`bash bench/run.sh`): CPU time, the least of %d runs, without each engine's start. Machine: %s, %s.\n\n", r.runs, processor(), runtime.Version())
	r.printPromises(w)
	fmt.Fprintf(w, "\nMilliseconds; in brackets how many times etamil's time that is. etamil and CPython Decimal compute exactly, the others with binary floats.\n\n")
	head, line := "| program | N |", "|---|---:|"
	for _, e := range r.engines {
		head, line = head+" "+e.name+" |", line+"---:|"
	}
	fmt.Fprintln(w, head)
	fmt.Fprintln(w, line)
	for _, row := range r.rows {
		r.printRow(w, row)
	}
	fmt.Fprint(w, "| start | |")
	for _, start := range r.starts {
		fmt.Fprintf(w, " %.1f |", ms(start))
	}
	fmt.Fprint(w, "\n\n")
	for i, e := range r.engines {
		if i != pythonDecimal {
			fmt.Fprintf(w, "- %s: %s\n", e.name, e.version)
		}
	}
}

func (r *report) printPromises(w io.Writer) {
	fmt.Fprintln(w, "| target | measured | wanted | kept |")
	fmt.Fprintln(w, "|---|---:|---:|---|")
	for _, p := range r.promises {
		kept := "yes"
		if !p.kept {
			kept = "**no**"
		}
		fmt.Fprintf(w, "| %s | %s | %s | %s |\n", p.what, p.measured, p.wanted, kept)
	}
}

func (r *report) printRow(w io.Writer, row row) {
	fmt.Fprintf(w, "| `%s`: %s | %d |", row.program.name, row.program.about, row.program.n)
	for i, used := range row.times {
		switch {
		case used < 0:
			fmt.Fprint(w, " – |")
		case i == etamil:
			fmt.Fprintf(w, " **%.1f** |", ms(used))
		default:
			fmt.Fprintf(w, " %.1f (%.2f×) |", ms(used), float64(used)/float64(row.times[etamil]))
		}
	}
	fmt.Fprintln(w)
}

const (
	begin = "<!-- bench:begin -->\n"
	end   = "<!-- bench:end -->\n"
)

// save puts the tables between the two marks of the page, or at its end when it has none yet.
func (r *report) save(path string) error {
	page, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read the page: %w", err)
	}
	var tables bytes.Buffer
	r.print(&tables)
	before, rest, marked := strings.Cut(string(page), begin)
	_, after, closed := strings.Cut(rest, end)
	if !marked || !closed {
		before, after = strings.TrimRight(string(page), "\n")+"\n\n", ""
	}
	text := before + begin + "\n" + tables.String() + "\n" + end + after
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
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
