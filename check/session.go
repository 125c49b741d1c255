package check

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/check/diag"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// Session checks a program again and again while it is edited: what has not changed and depends on nothing that changed
// is not inferred again. Its answers are the same as those of a check from scratch. It is not safe for concurrent use.
type Session struct {
	sums  map[string]*summary
	units map[string]*memory
	infos map[string]*funcInfo // of functions, by their text
	names string               // the shapes that the infos know
	clean map[string]bool      // texts of functions in which the core check found nothing
	env   string               // the declarations for which that is so
	last  *world               // of the last check, for what it learnt
	work  Work
}

// Work counts what one check did.
type Work struct {
	// Units is how many functions, methods, blocks and preludes the program has.
	Units int
	// Inferred is how many of them were inferred at least once; Passes counts every time. All others were as before.
	Inferred, Passes int
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
}

// dep is one thing that a unit's inference depends on.
type dep struct {
	kind byte
	name string
	t    *ty
	text string
}

// Check answers everything that is to be said about a program, as Program does.
func (s *Session) Check(ctx context.Context, p *module.Program, o Options) []diag.Diagnostic {
	s.work = Work{}
	fresh := len(s.sums)
	w := newWorld(p, s)
	s.work.Read = len(s.sums) - fresh
	s.work.Units = len(w.units)
	s.recall(w)
	w.env = w.environment()
	w.steady = s.last != nil && s.last.env == w.env && s.last.size == len(w.units)
	order := w.order()
	for round := range rounds {
		if ctx.Err() != nil {
			break
		}
		s.round(ctx, w, order, round)
	}
	if ctx.Err() != nil {
		return Core(p)
	}
	s.keep(w)
	if o.Stats != nil {
		*o.Stats = Stats{}
		for _, u := range w.units {
			o.Stats.Expressions += u.outs[rounds-1].exprs
			o.Stats.Known += u.outs[rounds-1].knownExp
		}
	}
	return w.assemble(s.core(w))
}

// core finds the core language's errors, leaving out the functions that had none and have the same declarations around
// them.
func (s *Session) core(w *world) []diag.Diagnostic {
	if w.env != s.env {
		s.env = w.env
		clear(s.clean)
	}
	isFunc := func(i int) bool {
		_, ok := w.items[i].stmt.(*syntax.FuncDecl)
		return ok
	}
	return core(w.prog, &hints{
		flat: func(i int) bool {
			sum := w.items[i].sum
			return sum.shapes == 0 && (sum.funcs == 0 || sum.funcs == 1 && isFunc(i))
		},
		clean: func(i int) bool { return isFunc(i) && s.clean[w.items[i].text] },
		found: func(i, errors int) {
			if isFunc(i) && errors == 0 && w.items[i].sum.funcs == 1 {
				s.clean[w.items[i].text] = true
			}
		},
	})
}

// environment is all that a core check of a function depends on besides its own text: the heads of functions, the shapes,
// the names of the top level.
func (w *world) environment() string {
	var b strings.Builder
	for _, it := range w.items {
		f, ok := it.stmt.(*syntax.FuncDecl)
		switch {
		case it.sum.funcs == 1 && ok && f.Sig != nil:
			b.WriteString(it.text[:min(max(f.Sig.Span().End-it.start, 0), len(it.text))])
		case it.sum.funcs > 0 || it.sum.shapes > 0:
			b.WriteString(it.text)
		}
		b.WriteByte(0)
	}
	list := func(sign byte, names []string) {
		b.WriteByte(sign)
		for _, name := range names {
			b.WriteString(name)
			b.WriteByte(0)
		}
	}
	list('g', slices.Sorted(maps.Keys(w.globals)))
	list('m', slices.Sorted(maps.Keys(w.mocked)))
	list('e', slices.Sorted(maps.Keys(w.escaped)))
	for _, name := range slices.Sorted(maps.Keys(w.consts)) {
		list('c', []string{name, w.consts[name]})
	}
	for _, name := range slices.Sorted(maps.Keys(w.tables)) {
		list('t', append([]string{name}, w.tables[name]...))
	}
	if w.library {
		list('l', nil)
	}
	return b.String()
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

// round infers every unit once: functions after those that they call, then the rest.
func (s *Session) round(ctx context.Context, w *world, order [][]*unit, round int) {
	w.result[round] = make(map[string]*ty, len(w.units))
	w.moved = false
	for _, group := range order {
		if ctx.Err() != nil {
			return
		}
		if !w.reuse(group, round) {
			s.infer(w, group, round)
		}
	}
	if s.learntBefore(w, round) {
		w.global[round], w.before[round], w.params[round] = s.last.global[round], s.last.before[round], s.last.params[round]
		return
	}
	w.learn(round)
}

// learntBefore tells whether all units pass and store in a round what they did in the last check.
func (s *Session) learntBefore(w *world, round int) bool {
	if !w.steady {
		return false
	}
	for _, u := range w.units {
		out := u.outs[round]
		if out == nil || u.mem != nil && u.mem.outs[round] == out {
			continue
		}
		m := s.units[u.key]
		if m == nil || m.outs[round] == nil || !sameFlow(m.outs[round], out) {
			w.steady = false
			return false
		}
	}
	return true
}

// sameFlow tells whether two outputs pass the same to functions and store the same in globals.
func sameFlow(a, b *outputs) bool {
	return maps.EqualFunc(a.calls, b.calls, sameAll) && maps.EqualFunc(a.writes, b.writes, same)
}

// infer infers a group of functions that call each other, until what they answer stays the same.
func (s *Session) infer(w *world, group []*unit, round int) {
	for _, u := range group {
		w.result[round][u.key] = neverT
		if !u.inferred {
			u.inferred = true
			s.work.Inferred++
		}
	}
	for pass := 0; ; pass++ {
		stable := true
		for _, u := range group {
			s.work.Passes++
			out := newRun(w, u, round).infer()
			was := w.result[round][u.key]
			got := join(was, out.result)
			if pass > maxPasses && !same(was, got) {
				got = unknownT
			}
			stable = stable && same(was, got)
			w.result[round][u.key], out.result = got, got
			u.outs[round] = out
		}
		if stable || len(group) == 1 && !w.callsItself(group[0]) {
			s.compare(w, group, round)
			return
		}
	}
}

// compare notes whether a group that was inferred again answers something else than in the last check.
func (s *Session) compare(w *world, group []*unit, round int) {
	for _, u := range group {
		m := s.units[u.key]
		if m == nil || m.outs[round] == nil || !same(m.outs[round].result, u.outs[round].result) {
			w.moved = true
		}
	}
}

// maxPasses is after how many passes over a circle of functions what still changes becomes unknown.
const maxPasses = 4

func (w *world) callsItself(u *unit) bool {
	if u.kind != unitFunc && u.kind != unitMethod {
		return false
	}
	sum := u.items[0].sum
	return u.kind == unitMethod || slices.Contains(sum.mentions, u.name)
}

// reuse takes over what is known of a group when everything that it asked for is the same: from the last check, where
// its texts are the same, or from the round before.
func (w *world) reuse(group []*unit, round int) bool {
	from := func(pick func(*unit) *outputs) bool {
		for _, u := range group {
			if out := pick(u); out == nil || !w.current(group, u, out, round) {
				return false
			}
		}
		for _, u := range group {
			u.outs[round] = pick(u)
			w.result[round][u.key] = u.outs[round].result
		}
		return true
	}
	if w.steady && !w.moved {
		// Nothing that a unit could ask for has changed so far: its text decides.
		fast := true
		for _, u := range group {
			fast = fast && u.mem != nil && u.mem.outs[round] != nil && !u.mem.outs[round].texts
		}
		if fast {
			for _, u := range group {
				u.outs[round] = u.mem.outs[round]
				w.result[round][u.key] = u.outs[round].result
			}
			return true
		}
	}
	return from(func(u *unit) *outputs {
		if u.mem == nil {
			return nil
		}
		return u.mem.outs[round]
	}) || round > 0 && from(func(u *unit) *outputs { return u.outs[round-1] })
}

// current tells whether all questions of a unit have the answers that they had.
func (w *world) current(group []*unit, u *unit, out *outputs, round int) bool {
	for i := range out.deps {
		d := &out.deps[i]
		if d.kind == depResult && inGroup(group, d.name) {
			continue
		}
		if t, text := w.ask(d.kind, d.name, u, round); text != d.text || !sameOrNil(t, d.t) {
			return false
		}
	}
	return true
}

// inGroup tells whether a key is that of a member of the group.
func inGroup(group []*unit, key string) bool {
	for _, u := range group {
		if u.key == key {
			return true
		}
	}
	return false
}

func sameOrNil(a, b *ty) bool {
	if a == nil || b == nil {
		return a == b
	}
	return same(a, b)
}

// learn joins what all units of a round pass to functions and store in globals.
func (w *world) learn(round int) {
	w.global[round], w.before[round] = map[string]*ty{}, map[string]*ty{}
	w.params[round] = map[string][]*ty{}
	for _, u := range w.units {
		out := u.outs[round]
		if out == nil {
			continue
		}
		for name, t := range out.writes {
			joinAt(w.global[round], name, t)
			if u.kind == unitMain {
				joinAt(w.before[round], name, t)
			}
		}
		for name, args := range out.calls {
			known := w.params[round][name]
			for len(known) < len(args) {
				known = append(known, neverT)
			}
			for i, t := range args {
				known[i] = join(known[i], t)
			}
			w.params[round][name] = known
		}
	}
}

func joinAt(m map[string]*ty, name string, t *ty) {
	if old := m[name]; old != nil {
		t = join(old, t)
	}
	m[name] = t
}

// order sorts the units so that a function comes after those that it calls; those that call each other in a circle stand
// together. The prelude and later blocks come last.
func (w *world) order() [][]*unit {
	t := tarjan{w: w, index: map[*unit]int{}, low: map[*unit]int{}, on: map[*unit]bool{}}
	for _, u := range w.units {
		if (u.kind == unitFunc || u.kind == unitMethod) && t.index[u] == 0 {
			t.visit(u)
		}
	}
	for _, u := range w.units {
		if u.kind != unitFunc && u.kind != unitMethod {
			t.groups = append(t.groups, []*unit{u})
		}
	}
	return t.groups
}

type tarjan struct {
	w      *world
	index  map[*unit]int
	low    map[*unit]int
	stack  []*unit
	on     map[*unit]bool
	groups [][]*unit
}

// visit is one step of Tarjan's search for circles. Calls nest as deep as functions call each other, which a Go stack bears.
func (t *tarjan) visit(u *unit) {
	t.index[u] = len(t.index) + 1
	t.low[u] = t.index[u]
	t.stack = append(t.stack, u)
	t.on[u] = true
	for _, v := range t.w.callees(u) {
		if t.index[v] == 0 {
			t.visit(v)
			t.low[u] = min(t.low[u], t.low[v])
		} else if t.on[v] {
			t.low[u] = min(t.low[u], t.index[v])
		}
	}
	if t.low[u] != t.index[u] {
		return
	}
	at := slices.Index(t.stack, u)
	group := slices.Clone(t.stack[at:])
	t.stack = t.stack[:at]
	for _, v := range group {
		t.on[v] = false
	}
	slices.SortFunc(group, func(a, b *unit) int { return cmp.Compare(a.key, b.key) })
	t.groups = append(t.groups, group)
}

// callees are the functions and methods whose answers a unit's inference may ask for.
func (w *world) callees(u *unit) []*unit {
	var list []*unit
	sum := u.items[0].sum
	for _, name := range sum.mentions {
		if f := w.funcs[name]; f != nil {
			list = append(list, f.u)
		}
	}
	for _, name := range sum.fields {
		for _, m := range w.methods[name] {
			list = append(list, m.u)
		}
	}
	slices.SortFunc(list, func(a, b *unit) int { return cmp.Compare(a.key, b.key) })
	return slices.Compact(list)
}

// spanOf is where a finding stands in its file now.
func (u *unit) spanOf(f *remark) (int, syntax.Span) {
	it := u.items[f.item]
	return it.file, syntax.Span{Start: it.start + f.start, End: it.start + f.end}
}
