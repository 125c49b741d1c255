// Command bench measures etamil beside its peers in one run on one machine, checks the targets, and writes the table into
// docs/performance.md:
//
//	bash bench/run.sh            # builds bin/etamil, measures, writes the table
//	bash bench/run.sh -runs 3    # quicker and noisier
//
// Times are CPU time (user and system, from wait4), the least of several runs, less the engine's own start, which is what
// an almost empty program takes. A missing peer or a missed target ends it with status 1. It is a module of its own so
// that `go test ./...` of the project neither builds nor runs it.
package main
