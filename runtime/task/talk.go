package task

import (
	"cmp"
	"slices"
)

// This file is for conversations, whose group goes on from entry to entry.

// Mark is how far the group has come: StopSince stops what started later.
type Mark int64

// Mark answers where the group is.
func (g *Group) Mark() Mark {
	g.mu.Lock()
	defer g.mu.Unlock()
	return Mark(g.started)
}

// StopSince stops the tasks that started after the mark.
func (g *Group) StopSince(m Mark) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, t := range g.live.all {
		if t.self.order > int64(m) {
			t.stop()
		}
	}
}

// Lost answers the errors of tasks that nobody has asked for, each once. Those of the run that goes on are not among them.
func (g *Group) Lost() []error {
	g.mu.Lock()
	defer g.mu.Unlock()
	var errs []error
	for _, t := range g.lost {
		if !t.seen && !t.ending {
			errs = append(errs, t.err)
		}
		t.seen = true
	}
	g.lost = nil
	return errs
}

// Unfinished names the tasks that still run and that nobody has stopped, as they were started; a task without a name is "".
func (g *Group) Unfinished() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	all := slices.SortedFunc(slices.Values(g.live.all), func(a, b *Task) int { return cmp.Compare(a.self.order, b.self.order) })
	names := []string{}
	for _, t := range all {
		if !t.stopped {
			names = append(names, t.handle.Name)
		}
	}
	return names
}
