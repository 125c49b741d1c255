// Command lsp measures etamil lsp beside gopls, as an editor on its standard input and output: the same functions in two
// languages, one text of 1,000, 10,000 and 100,000 lines each and a folder of 1,000 files. Run it through bench/lsp.sh:
//
//	bash bench/lsp.sh              # all of it, and the table of docs/performance.md
//	bash bench/lsp.sh -quick       # fewer rounds, for a look
//	bash bench/lsp.sh -peers=false # etamil alone
//
// What something took is the calmest of several rounds, as other work on the machine only ever adds to it.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/etamil-lang/etamil/bench/page"
)

func main() {
	root := flag.String("root", "..", "the repository")
	gopls := flag.String("gopls", "", "the gopls to measure beside")
	peers := flag.Bool("peers", true, "measure gopls too; without it nothing is written")
	quick := flag.Bool("quick", false, "one round")
	write := flag.Bool("write", true, "write docs/performance.md")
	flag.Parse()
	if err := run(*root, *gopls, *peers, *quick, *write && *peers && !*quick); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// sizes are the texts, in lines.
var sizes = []int{1_000, 10_000, 100_000}

const folderFiles = 1000

// result is all that was measured of a server.
type result struct {
	peer   *peer
	texts  []figures // parallel to sizes
	folder figures
}

func run(root, gopls string, peers, quick, write bool) error {
	root, err := filepath.Abs(root)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "etamil-bench-lsp-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return err
	}
	list := []*peer{etamilPeer(filepath.Join(root, "bin", "etamil"))}
	if peers {
		list = append(list, goplsPeer(gopls))
	}
	results := make([]result, len(list))
	for i, p := range list {
		if results[i], err = measure(p, dir, quick); err != nil {
			return err
		}
	}
	text, promises := report(results)
	return page.Publish(text, promises, root, "lsp", write)
}

// measure measures one server on everything.
func measure(p *peer, dir string, quick bool) (r result, err error) {
	r.peer = p
	for _, lines := range sizes {
		how := plan{rounds: 3, times: 40, budget: 800 * time.Millisecond}
		if lines == sizes[judged] {
			how.replay = p.replay
		}
		if quick || lines > sizes[judged] {
			how.rounds = 1
		}
		begun := time.Now()
		f, err := how.text(p, dir, lines)
		if err != nil {
			return r, err
		}
		r.texts = append(r.texts, f)
		fmt.Fprintf(os.Stderr, "%s, %d lines: measured in %.0f s\n", p.name, lines, time.Since(begun).Seconds())
	}
	runs := 3
	if quick {
		runs = 1
	}
	r.folder, err = cold(p, dir, folderFiles, runs)
	return r, err
}
