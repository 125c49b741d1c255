package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// spread is the middle and the end of what something took in the calmest of several rounds.
type spread struct {
	p50, p95 time.Duration
	cpu      time.Duration // p95
	judged   time.Duration // p95 of the lesser of both: other programs add to the one, other threads to the other
	n        int           // how often it was measured, 0 where the server cannot
}

// spreadOf sums one round up.
func spreadOf(list []used) spread {
	if len(list) == 0 {
		return spread{}
	}
	sorted := func(of func(used) time.Duration) []time.Duration {
		all := make([]time.Duration, len(list))
		for i, u := range list {
			all[i] = of(u)
		}
		slices.Sort(all)
		return all
	}
	walls := sorted(func(u used) time.Duration { return u.wall })
	last := len(list) * 95 / 100
	return spread{
		p50: walls[len(list)/2], p95: walls[last], n: len(list),
		cpu:    sorted(func(u used) time.Duration { return u.cpu })[last],
		judged: sorted(func(u used) time.Duration { return min(u.wall, u.cpu) })[last],
	}
}

// calmer is the least of two rounds.
func calmer(a, b spread) spread {
	if a.n == 0 {
		return b
	}
	return spread{min(a.p50, b.p50), min(a.p95, b.p95), min(a.cpu, b.cpu), min(a.judged, b.judged), a.n + b.n}
}

// figures are what was measured of one server on one text.
type figures struct {
	initialize  time.Duration
	opened      time.Duration // from the start of the process until all is known of the text
	ops         []spread      // parallel to operations
	memory      int64
	peak        int64
	grownFrom   int64 // after the warm-up of the replay
	grownTo     int64
	replayEdits int
}

// plan says how long to measure.
type plan struct {
	rounds int
	times  int           // how often an operation in a round
	budget time.Duration // for an operation in a round; at least a few times it is done anyway
	replay int           // edits
}

// text measures a server on one text.
func (p *plan) text(peer *peer, dir string, lines int) (f figures, err error) {
	dir = filepath.Join(dir, fmt.Sprintf("%s-%d", peer.name, lines))
	name, err := peer.layFile(dir, lines)
	if err != nil {
		return f, err
	}
	begun := time.Now()
	c, err := start(peer, dir)
	if err != nil {
		return f, err
	}
	defer c.close()
	if err := c.initialize(dir); err != nil {
		return f, err
	}
	f.initialize = time.Since(begun)
	e, err := c.open(name, lines/perPart)
	if err != nil {
		return f, err
	}
	f.opened = time.Since(begun)
	f.ops = make([]spread, len(operations))
	for range p.rounds {
		for k, op := range operations {
			list, err := p.operation(e, op)
			if err != nil {
				return f, fmt.Errorf("%s, %d lines: %s: %w", peer.name, lines, op.name, err)
			}
			f.ops[k] = calmer(f.ops[k], spreadOf(list))
		}
	}
	if f.memory, f.peak, err = c.memory(); err != nil || p.replay == 0 {
		return f, err
	}
	return f, p.replayed(e, &f)
}

// operation does one of them again and again, all over the text.
func (p *plan) operation(e *editor, op operation) (list []used, err error) {
	const least = 5
	if _, err := op.run(e, 0); err != nil { // warm
		return nil, err
	}
	end := time.Now().Add(p.budget)
	for n := 0; n < p.times && (n < least || time.Now().Before(end)); n++ {
		some, err := op.run(e, (n*37+11)%e.parts)
		if err != nil || len(some) == 0 {
			return nil, err
		}
		list = append(list, some...)
	}
	return list, nil
}

// replayed types letters all over a text, and looks at the memory between them: the medians of two windows.
func (p *plan) replayed(e *editor, f *figures) error {
	const look = 20
	var sizes []int64
	for n := range p.replay {
		i := (n / 2 * 37) % e.parts
		at := place{e.peer.line(i) + 1, e.peer.keyCol}
		var err error
		if n%2 == 0 {
			err = e.edit(at, at, e.peer.key)
		} else {
			err = e.edit(at, place{at.line, at.col + 1}, "")
		}
		if err == nil && n%look == look-1 {
			if err = e.settle(); err == nil {
				var now int64
				now, _, err = e.memory()
				sizes = append(sizes, now)
			}
		}
		if err != nil {
			return err
		}
	}
	window := max(1, len(sizes)/5)
	f.grownFrom, f.grownTo, f.replayEdits = median(sizes[window:2*window]), median(sizes[len(sizes)-window:]), p.replay
	return nil
}

func median(list []int64) int64 {
	list = slices.Clone(list)
	slices.Sort(list)
	return list[len(list)/2]
}

// cold measures how long a server takes until it has told of all errors in a folder, and what it then weighs.
func cold(peer *peer, dir string, files, runs int) (f figures, err error) {
	dir = filepath.Join(dir, peer.name+"-folder")
	wrong, err := peer.layFolder(dir, files)
	if err != nil {
		return f, err
	}
	for range runs {
		one, err := coldOnce(peer, dir, wrong)
		if err != nil {
			return f, err
		}
		if f.opened == 0 || one.opened < f.opened {
			f.opened, f.initialize = one.opened, one.initialize
		}
		f.memory, f.peak = max(f.memory, one.memory), max(f.peak, one.peak)
	}
	return f, os.RemoveAll(dir)
}

func coldOnce(peer *peer, dir string, wrong []string) (f figures, err error) {
	begun := time.Now()
	c, err := start(peer, dir)
	if err != nil {
		return f, err
	}
	defer c.close()
	if err := c.initialize(dir); err != nil {
		return f, err
	}
	f.initialize = time.Since(begun)
	err = c.wait("a folder's errors", func() bool {
		for _, name := range wrong {
			if c.found[uriOf(name)].count == 0 {
				return false
			}
		}
		return true
	})
	if err != nil {
		return f, err
	}
	f.opened = time.Since(begun)
	f.memory, f.peak, err = c.memory()
	return f, err
}
