package main

import (
	"fmt"
	"io"
	"time"

	"github.com/etamil-lang/etamil/bench/page"
)

func (r *report) promises() (p page.Promises) {
	p.AtLeast("`/hello`: requests beside bare net/http", r.ratio(hello, bareHTTP), 0.85)
	p.AtLeast("`/json`: requests beside bare net/http", r.ratio(jsonRecords, bareHTTP), 0.75)
	p.AtLeast("`/json`: requests beside fastify", r.ratio(jsonRecords, fastify), 1)
	p.AtLeast("`/poruL/7`: requests beside fastify", r.ratio(readRow, fastify), 1)
	p.AtLeast("`/varavu`: requests beside fastify", r.ratio(writeRow, fastify), 1)
	p.AtLeast("memory: node's over ours", float64(r.memory[fastify])/float64(r.memory[etamil]), 3)
	return p
}

// print writes the Markdown that stands in docs/performance.md.
func (r *report) print(w io.Writer) {
	fmt.Fprintf(w, "Made by `bash bench/http.sh`: %d rounds of %s for each server and row, in turns; the clients on one core, the server on the other (`GOMAXPROCS=1`, `--log off`). "+
		"Ratios compare the CPU time of a request, the least of all rounds, which other work on the machine disturbs least.\n\n", r.rounds, r.each)
	r.promises().Write(w)
	fmt.Fprintln(w)
	head := []string{"a second, CPU time of one, p99"}
	for _, s := range r.servers {
		head = append(head, s.name)
	}
	table := page.NewTable(head...)
	for i, j := range jobs {
		cells := []string{fmt.Sprintf("`%s`: %s", j.path, j.about)}
		for k := range r.servers {
			m := r.best(i, k)
			cells = append(cells, fmt.Sprintf("%.0f/s, %.1f µs, %s ms", m.perSecond, m.cpu, millis(m.p99)))
		}
		table.Row(cells...)
	}
	cells := []string{"most memory"}
	for _, m := range r.memory {
		cells = append(cells, fmt.Sprintf("%.0f MB", float64(m)/(1<<20)))
	}
	table.Row(cells...)
	table.Write(w)
	fmt.Fprintf(w, "\nThe most a second of all rounds, the least CPU time of one, and the middle p99. Requests: 32 connections of wrk; p99 by vegeta at %d reads or %d writes a second. "+
		"Events: one after the other, each as soon as all clients have the last; p99 from the publisher's request to the client. Messages: p99 there and back.\n\n"+
		"etamil computes exactly, the others with binary floats. node runs fastify with better-sqlite3 and @fastify/websocket, deno and bun their own servers and SQLite, net/http modernc.org/sqlite and coder/websocket; "+
		"every database keeps a write-ahead log and syncs each commit. The versions are in `bench/http/package-lock.json` and `bench/go.mod`.\n", pacedReads, pacedWrites)
}

func millis(d time.Duration) string { return fmt.Sprintf("%.2f", d.Seconds()*1000) }
