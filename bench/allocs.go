package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/etamil-lang/etamil/runtime/host"
	"github.com/etamil-lang/etamil/runtime/vm"
	"github.com/etamil-lang/etamil/syntax/module"
)

// steady are the programs whose rounds must not allocate: two sizes, and how many rounds the larger one has more.
var steady = []struct {
	name   string
	n, m   int
	rounds int
}{
	{"loop", 100_000, 600_000, 500_000},
	{"tax", 100_000, 300_000, 200_000},
	{"fib", 15, 24, 150_049 - 1_973}, // calls of fib(24) less those of fib(15)
}

// allocations runs the machine inside this process at two sizes: what the larger size allocates more is what rounds do.
func (b *bench) allocations(r *report) error {
	for _, s := range steady {
		code, err := compile(filepath.Join(b.dir, s.name+".qmz"))
		if err != nil {
			return err
		}
		small, err := mallocs(code, s.n)
		if err != nil {
			return err
		}
		large, err := mallocs(code, s.m)
		if err != nil {
			return err
		}
		each := max(float64(large)-float64(small), 0) / float64(s.rounds)
		r.promises.Add(fmt.Sprintf("`%s`: allocations a round", s.name), fmt.Sprintf("%.5f", each), "0", each < maxPerRound)
	}
	return nil
}

func compile(path string) (*vm.Program, error) {
	dir, name := filepath.Split(path)
	prog, faults := module.Load(context.Background(), module.FS(os.DirFS(dir)), module.Entry{Path: name})
	if module.HasErrors(faults) {
		return nil, fmt.Errorf("%s does not parse", path)
	}
	code, found := vm.Compile(prog, host.Core())
	for _, d := range found {
		if d.IsError() {
			return nil, fmt.Errorf("%s does not compile: %s", path, d.Code)
		}
	}
	return code, nil
}

// mallocs is the least number of allocations of three runs: the runtime's own may come in between.
func mallocs(code *vm.Program, n int) (uint64, error) {
	least := ^uint64(0)
	for range 3 {
		m := vm.New(code, vm.Options{Stdin: strings.NewReader(strconv.Itoa(n) + "\n")})
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := m.Run(context.Background())
		runtime.ReadMemStats(&after)
		if err != nil {
			return 0, fmt.Errorf("run: %w", err)
		}
		least = min(least, after.Mallocs-before.Mallocs)
	}
	return least, nil
}
