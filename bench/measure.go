package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

type bench struct {
	engines []engine
	dir     string
	runs    int
}

// measure takes everything; only what cannot be measured is an error, a missed target is a line of the report.
func (b *bench) measure() (*report, error) {
	r := &report{engines: b.engines, runs: b.runs}
	for i := range b.engines {
		start, err := b.least(i, "empty", 0, b.runs)
		if err != nil {
			return nil, err
		}
		r.starts = append(r.starts, start)
	}
	for _, p := range programs {
		row, err := b.row(p, r.starts)
		if err != nil {
			return nil, err
		}
		r.rows = append(r.rows, row)
	}
	for _, t := range targets {
		r.check(t)
	}
	r.checkRounds()
	steps := []func(*report) error{b.growth, b.hello, b.allocations, b.parsing}
	for _, step := range steps {
		if err := step(r); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// file is the program's file for an engine, "" when it has none.
func (b *bench) file(engine int, name string) string {
	if same := sameProgram[name]; same != "" && engine == etamil {
		name = same
	}
	path := filepath.Join(b.dir, name+b.engines[engine].suffix)
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}

// least is the least CPU time of several runs; -1 when the engine has no such program.
func (b *bench) least(engine int, name string, n, runs int) (time.Duration, error) {
	path := b.file(engine, name)
	if path == "" {
		return -1, nil
	}
	best := time.Duration(math.MaxInt64)
	for range runs {
		used, _, err := b.engines[engine].once(path, strconv.Itoa(n))
		if err != nil {
			return 0, err
		}
		best = min(best, used)
	}
	return best, nil
}

// row measures one program with every engine, after making sure that they agree on the answer.
func (b *bench) row(p program, starts []time.Duration) (row, error) {
	out := row{program: p}
	if err := b.agree(p); err != nil {
		return out, err
	}
	out.times = make([]time.Duration, len(b.engines))
	for turn := range b.runs {
		for i := range b.engines { // taking turns, so that a slow minute of the machine hits all
			used, err := b.least(i, p.name, p.n, 1)
			if err != nil {
				return out, err
			}
			if used >= 0 {
				used = max(used-starts[i], time.Millisecond/10)
			}
			if turn == 0 || used < out.times[i] {
				out.times[i] = used
			}
		}
	}
	return out, nil
}

// agree runs a small n everywhere and compares the answers to nine digits: floats round.
func (b *bench) agree(p program) error {
	n := min(p.n, 2000)
	if p.name == "fib" {
		n = 20
	}
	want := math.NaN()
	for i, e := range b.engines {
		path := b.file(i, p.name)
		if path == "" {
			continue
		}
		_, out, err := e.once(path, strconv.Itoa(n))
		if err != nil {
			return err
		}
		got, err := strconv.ParseFloat(out, 64)
		if err != nil {
			return fmt.Errorf("%s %s answers %q: %w", e.name, p.name, out, err)
		}
		if math.IsNaN(want) {
			want = got
		}
		if p.name != "text" && math.Abs(got-want) > math.Abs(want)*1e-9 {
			return fmt.Errorf("%s(%d): %s answers %v, etamil %v", p.name, n, e.name, got, want)
		}
	}
	return nil
}

// growth compares n with 2n.
func (b *bench) growth(r *report) error {
	for _, p := range linear {
		one, err := b.least(etamil, p.name, p.n, b.runs)
		if err != nil {
			return err
		}
		two, err := b.least(etamil, p.name, 2*p.n, b.runs)
		if err != nil {
			return err
		}
		ratio := float64(two-r.starts[etamil]) / float64(one-r.starts[etamil])
		r.promises.Add(fmt.Sprintf("`%s`: time(2N)/time(N), N = %d", p.about, p.n), fmt.Sprintf("%.2f", ratio), fmt.Sprintf("≤ %.1f", maxGrowth), ratio <= maxGrowth)
	}
	return nil
}

func (b *bench) hello(r *report) error {
	used, err := b.least(etamil, "empty", 0, helloRuns)
	if err != nil {
		return err
	}
	r.promises.Add(fmt.Sprintf("`hello`: CPU, least of %d", helloRuns), fmt.Sprintf("%.1f ms", ms(used)), fmt.Sprintf("≤ %d ms", maxHello), ms(used) <= maxHello)
	return nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
