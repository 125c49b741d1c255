package check

import (
	"context"
	"sync/atomic"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax/module"
)

// Session checks a program again and again while it is edited: what has not changed and depends on nothing that changed
// is not inferred again. Its answers are the same as those of a check from scratch.
//
// A Session is for one program and one goroutine at a time: a server keeps one for each root file, with a lock over Check.
// What it answers, diagnostics and Infos, never changes and may be read by anyone, also during the next Check. Of the
// program only its text counts, so that the trees may be new ones every time.
type Session struct {
	sums   map[string]*summary
	units  map[string]*memory
	infos  map[string]*funcInfo // of functions, by their text
	names  string               // the shapes that the infos know
	clean  map[string]bool      // texts of functions in which the core check found nothing
	env    string               // the declarations for which that is so
	last   *world               // of the last check, for what it learnt
	lexica lexica               // of the last check that looked for fixes
	info   *Info
	work   Work
}

// Work counts what one check did.
type Work struct {
	// Units is how many functions, methods, blocks and preludes the program has.
	Units int
	// Inferred is how many of them were inferred at least once; Passes counts every time. All others were as before.
	Inferred, Passes int
	// Files is in how many files the inferred units stand.
	Files int
	// Read is how many top-level statements were read for the first time.
	Read int
}

// NewSession makes a session that knows nothing yet.
func NewSession() *Session {
	return &Session{
		sums: map[string]*summary{}, units: map[string]*memory{}, infos: map[string]*funcInfo{}, clean: map[string]bool{},
	}
}

// Work tells what the last check did.
func (s *Session) Work() Work { return s.work }

// memory is what a session keeps of a unit.
type memory struct {
	texts []string
	outs  [rounds]*outputs
}

// outputs is what one round learnt of a unit, and what it asked for.
type outputs struct {
	result   *ty
	calls    map[string][]*ty // what it passes to functions
	writes   map[string]*ty   // what it stores in globals
	found    []remark
	deps     []dep
	texts    bool // whether it depends on the text of another function
	exprs    int
	knownExp int
	rec      atomic.Pointer[written] // what an editor asked for, made when it did
}

// dep is one thing that a unit's inference depends on.
type dep struct {
	kind byte
	name string
	t    *ty
	text string
}

// Check answers everything that is to be said about a program, as Program does. A check that is stopped by its context
// leaves what the session knew, answers the core language's errors alone, and has no Info.
func (s *Session) Check(ctx context.Context, p *module.Program, o Options) []diag.Diagnostic {
	s.work, s.info = Work{}, nil
	fresh := len(s.sums)
	w := newWorld(p, s)
	s.work.Read = len(s.sums) - fresh
	s.work.Units = len(w.units)
	s.recall(w)
	w.env = w.environment()
	w.steady = s.last != nil && s.last.env == w.env && s.last.size == len(w.units)
	order := w.order()
	w.stopped = func() bool { return ctx.Err() != nil }
	for round := range rounds {
		if ctx.Err() != nil {
			break
		}
		s.round(ctx, w, order, round)
	}
	w.stopped = nil
	s.work.Files = w.inferredFiles()
	if ctx.Err() != nil {
		return s.core(w)
	}
	s.keep(w)
	s.info = newInfo(w)
	if o.Stats != nil {
		*o.Stats = Stats{}
		for _, u := range w.units {
			o.Stats.Expressions += u.outs[rounds-1].exprs
			o.Stats.Known += u.outs[rounds-1].knownExp
		}
	}
	return w.assemble(s.core(w))
}

func (w *world) inferredFiles() int {
	files := map[int]bool{}
	for _, u := range w.units {
		if u.inferred {
			for _, it := range u.items {
				files[it.file] = true
			}
		}
	}
	return len(files)
}

// recall finds what is known of each unit from the last check, where its text is the same.
func (s *Session) recall(w *world) {
	for _, u := range w.units {
		m := s.units[u.key]
		if m == nil || len(m.texts) != len(u.items) {
			continue
		}
		equal := true
		for i, it := range u.items {
			equal = equal && m.texts[i] == it.text
		}
		if equal {
			u.mem = m
		}
	}
}

// keep remembers this check's outputs for the next.
func (s *Session) keep(w *world) {
	s.last = &world{env: w.env, size: len(w.units), global: w.global, before: w.before, params: w.params}
	clear(s.units)
	used := make(map[string]*summary, len(w.items))
	for _, it := range w.items {
		used[it.text] = it.sum
	}
	s.sums = used
	for text := range s.infos {
		if used[text] == nil {
			delete(s.infos, text)
		}
	}
	for text := range s.clean {
		if used[text] == nil {
			delete(s.clean, text)
		}
	}
	for _, u := range w.units {
		if u.mem != nil && u.mem.outs == u.outs {
			s.units[u.key] = u.mem
			continue
		}
		m := &memory{outs: u.outs}
		for _, it := range u.items {
			m.texts = append(m.texts, it.text)
		}
		s.units[u.key] = m
	}
}
