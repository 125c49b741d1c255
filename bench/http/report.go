package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// promise is one target and what was measured.
type promise struct {
	what             string
	measured, wanted float64
}

func (r *report) promises() []promise {
	return []promise{
		{"`/hello`: requests beside bare net/http", r.ratio(0, bareHTTP), 0.85},
		{"`/json`: requests beside fastify", r.ratio(1, fastify), 1.3},
		{"`/poruL/7`: requests beside fastify", r.ratio(2, fastify), 1},
		{"`/varavu`: requests beside fastify", r.ratio(3, fastify), 1},
		{"memory: node's over ours", float64(r.memory[fastify]) / float64(r.memory[etamil]), 3},
	}
}

// missed are the targets that were not met, as errors.
func (r *report) missed() []error {
	var errs []error
	for _, p := range r.promises() {
		if p.measured < p.wanted {
			errs = append(errs, fmt.Errorf("missed: %s is %.2f, wanted %.2f", p.what, p.measured, p.wanted))
		}
	}
	return errs
}

// print writes the Markdown that stands in docs/performance.md.
func (r *report) print(w io.Writer) {
	fmt.Fprintf(w, "Made by `bash bench/http.sh`: %d rounds of %s for each server and route, in turns; 32 connections of wrk on one core, the server on the other (`GOMAXPROCS=1`, `--log off`). "+
		"Ratios compare the CPU time of a request, the least of all rounds, which other work on the machine disturbs least.\n\n", r.rounds, r.each)
	fmt.Fprintln(w, "| target | measured | wanted | kept |\n|---|---:|---:|---|")
	for _, p := range r.promises() {
		kept := "yes"
		if p.measured < p.wanted {
			kept = "**no**"
		}
		fmt.Fprintf(w, "| %s | %.2f× | ≥ %.2f× | %s |\n", p.what, p.measured, p.wanted, kept)
	}
	head, line := "\n| route |", "|---|"
	for _, s := range r.servers {
		head, line = head+" "+s.name+" |", line+"---:|"
	}
	fmt.Fprintln(w, head)
	fmt.Fprintln(w, line)
	for i, rt := range routes {
		fmt.Fprintf(w, "| `%s`: %s |", rt.path, rt.about)
		for srv := range r.servers {
			if !slices.Contains(rt.servers, srv) {
				fmt.Fprint(w, " – |")
				continue
			}
			m := r.best(i, srv)
			fmt.Fprintf(w, " %.0f/s, %.1f µs |", m.perSecond, m.cpu)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprint(w, "| most memory |")
	for _, m := range r.memory {
		fmt.Fprintf(w, " %.0f MB |", float64(m)/(1<<20))
	}
	fmt.Fprint(w, "\n\nThe most requests a second of all rounds, and the least CPU time of one. etamil computes exactly; fastify runs with better-sqlite3. The versions are in `bench/http/package-lock.json`.\n")
}

const (
	begin = "<!-- http:begin -->\n"
	end   = "<!-- http:end -->\n"
	title = "## HTTP\n\n"
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
		before, after = strings.TrimRight(string(page), "\n")+"\n\n"+title, ""
	}
	text := before + begin + "\n" + tables.String() + "\n" + end + after
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}
