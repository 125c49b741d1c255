package check

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// Info answers what a check learnt of a program: the types of expressions and variables at their places, functions with
// what they take and answer, shapes. It belongs to the program that was checked, never changes and may be used by many
// goroutines at once; a unit is inferred once more when something in it is asked for first. Places are offsets in bytes
// in the Src of one of the program's files, which is given by its index.
type Info struct {
	w     *world
	files [][]*item  // of each file, by place
	mu    sync.Mutex // units are inferred one at a time
}

// Info answers what the last check learnt; nil before the first, and after one that was stopped.
func (s *Session) Info() *Info { return s.info }

func newInfo(w *world) *Info {
	in := &Info{w: w, files: make([][]*item, len(w.prog.Files))}
	if len(in.files) == 1 {
		in.files[0] = slices.Clip(w.items)
	} else {
		for _, it := range w.items {
			in.files[it.file] = append(in.files[it.file], it)
		}
	}
	for _, list := range in.files {
		if !slices.IsSortedFunc(list, byPlace) {
			slices.SortFunc(list, byPlace)
		}
	}
	for _, u := range w.units {
		for n, it := range u.items {
			it.units, it.nth = append(it.units, u), n
		}
	}
	return in
}

func byPlace(a, b *item) int { return cmp.Compare(a.start, b.start) }

// Program is the program that was checked.
func (in *Info) Program() *module.Program { return in.w.prog }

// TypeOf answers the type of the expression, or of the name where it is declared, assigned or called, that stands at
// exactly a place; false where nothing is known of the place.
func (in *Info) TypeOf(file int, at syntax.Span) (Type, bool) {
	it := in.itemAt(file, at.Start)
	if it == nil {
		return Type{}, false
	}
	place := where{it.nth, at.Start - it.start, at.End - it.start}
	for _, u := range it.units {
		if t := in.record(u).typeOf(place); t != nil {
			return in.typ(t), true
		}
	}
	return Type{}, false
}

// TypeBefore answers the type of the expression that ends at an offset, the innermost of several: of b in a + b.
func (in *Info) TypeBefore(file, offset int) (Type, bool) {
	it := in.itemAt(file, offset-1)
	if it == nil {
		return Type{}, false
	}
	best, start := Type{}, -1
	for _, u := range it.units {
		if at, t := in.record(u).typeBefore(it.nth, offset-it.start); t != nil && at > start {
			best, start = in.typ(t), at
		}
	}
	return best, start >= 0
}

// Var is a variable with what it holds at a place.
type Var struct {
	Name string
	Type Type
}

// Vars answers the variables that are set at a place, by name, with what they hold there: those of the function around it
// with their narrowed types, then the program's.
func (in *Info) Vars(file, offset int) []Var {
	all := map[string]*ty{}
	for name := range in.w.globals {
		all[name] = in.global(name)
	}
	u, n, at := in.unitAt(file, offset)
	if u != nil {
		maps.Copy(all, in.probe(u, n, at))
	}
	list := make([]Var, 0, len(all))
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if t := all[name].set(); t != neverT && name != "" {
			list = append(list, Var{name, in.typ(t)})
		}
	}
	return list
}

// Global answers what a variable of the top level may hold, by all that is assigned to it anywhere.
func (in *Info) Global(name string) (Type, bool) {
	if !in.w.globals[name] {
		return Type{}, false
	}
	return in.typ(in.global(name)), true
}

func (in *Info) global(name string) *ty {
	if t := in.w.global[rounds-1][name]; t != nil {
		return t.set()
	}
	return unknownT
}

// itemAt is the statement at an offset, or that ends there.
func (in *Info) itemAt(file, offset int) *item {
	if it := in.before(file, offset); it != nil && offset <= it.start+len(it.text) {
		return it
	}
	return nil
}

// before is the last statement that starts at an offset or before it.
func (in *Info) before(file, offset int) *item {
	if file < 0 || file >= len(in.files) {
		return nil
	}
	list := in.files[file]
	i, found := slices.BinarySearchFunc(list, offset, func(it *item, offset int) int { return cmp.Compare(it.start, offset) })
	if !found {
		i--
	}
	if i < 0 {
		return nil
	}
	return list[i]
}

// unitAt is the innermost unit around a place, which of its statements is meant, and the place in that one's tree. Between
// the statements of the prelude it is the prelude's next one.
func (in *Info) unitAt(file, offset int) (*unit, int, int) {
	it := in.itemAt(file, offset)
	if it == nil {
		if it = in.openAt(file, offset); it == nil {
			return in.preludeAt(file, offset)
		}
		offset = it.start + len(it.text)
	}
	at := offset - it.start + it.tree
	var best *unit
	for _, u := range it.units {
		switch {
		case u.decl != nil && u.decl.Body != nil:
			s := u.decl.Span()
			if s.Start <= at && at <= s.End && (best == nil || best.decl == nil || best.decl.Span().Start <= s.Start) {
				best = u
			}
		case best == nil && u.kind != unitRules:
			best = u
		}
	}
	if best == nil {
		return nil, 0, 0
	}
	return best, it.nth, at
}

// openAt is the statement before an offset whose last block was never closed.
func (in *Info) openAt(file, offset int) *item {
	it := in.before(file, offset)
	if it == nil {
		return nil
	}
	open := false
	end := it.stmt.Span().End
	syntax.Walk(it.stmt, func(n syntax.Node) bool {
		s := n.Span()
		if b, ok := n.(*syntax.Block); ok && b.Close.Type == 0 && s.End == end {
			open = true
		}
		return s.End == end && !open
	})
	if !open {
		return nil
	}
	return it
}

func (in *Info) preludeAt(file, offset int) (*unit, int, int) {
	main := in.w.main
	for n, it := range main.items {
		if it.file == file && it.start >= offset {
			return main, n, it.tree
		}
	}
	return main, len(main.items), 0
}

// record infers a unit again and keeps what there is at its places. As long as the session finds nothing new about the
// unit it is kept.
func (in *Info) record(u *unit) *written {
	out := u.outs[rounds-1]
	if rec := out.rec.Load(); rec != nil && in.w.current([]*unit{u}, u, &outputs{deps: rec.extra}, rounds-1) {
		return rec
	}
	c := newRecorder()
	again := in.rerun(u, c)
	rec := c.freeze()
	rec.extra = beyond(again.deps, out.deps)
	out.rec.Store(rec)
	return rec
}

// probe answers what the variables hold at a place in the tree of one of a unit's statements.
func (in *Info) probe(u *unit, item, at int) map[string]*ty {
	c := newRecorder()
	c.item, c.at = item, at
	in.rerun(u, c)
	return c.vars
}

func (in *Info) rerun(u *unit, c *recorder) *outputs {
	in.mu.Lock()
	defer in.mu.Unlock()
	r := newRun(in.w, u, rounds-1)
	r.rec = c
	return r.infer()
}
