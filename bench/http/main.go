// Http measures `etamil serve` beside bare net/http, fastify, deno and bun: each server on one core, the clients on the
// other, in turns, so that whatever else the machine does falls on all of them. bench/http.sh builds it and calls it.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/etamil-lang/etamil/bench/page"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench/http:", err)
		os.Exit(1)
	}
}

func run() error {
	root := flag.String("root", "..", "the project's folder")
	rounds := flag.Int("rounds", 7, "rounds; the best one counts")
	paced := flag.Int("paced", 3, "rounds at a fixed rate, for p99; the middle one counts")
	each := flag.Duration("each", time.Second, "how long a round asks one server for one thing")
	write := flag.Bool("write", true, "write the table into docs/performance.md")
	flag.Parse()

	servers, err := startAll(*root)
	defer stopAll(servers)
	if err != nil {
		return err
	}
	r := &report{rounds: *rounds, paced: *paced, each: *each, servers: servers, post: *root + "/bench/http/post.lua"}
	if err := r.measure(); err != nil {
		return err
	}
	var text strings.Builder
	r.print(&text)
	return page.Publish(text.String(), r.promises(), *root, "http", *write)
}
