// Http measures `etamil serve` beside bare net/http and fastify: each server on one core, wrk on the other, in turns, so
// that whatever else the machine does falls on all of them. bench/http.sh calls it.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"time"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench/http:", err)
		os.Exit(1)
	}
}

func run() error {
	root := flag.String("root", "..", "the project's folder")
	bare := flag.String("bare", "", "the built bare server")
	rounds := flag.Int("rounds", 9, "rounds; the best one counts")
	each := flag.Duration("each", time.Second, "how long a round asks one server for one route")
	write := flag.Bool("write", true, "write the table into docs/performance.md")
	flag.Parse()

	servers, err := startAll(*root, *bare)
	defer stopAll(servers)
	if err != nil {
		return err
	}
	r := &report{rounds: *rounds, each: *each, servers: servers}
	if err := r.measure(*root); err != nil {
		return err
	}
	r.print(os.Stdout)
	if *write {
		if err := r.save(*root + "/docs/performance.md"); err != nil {
			return err
		}
	}
	return errors.Join(r.missed()...)
}
