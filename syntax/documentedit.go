package syntax

import (
	"sort"
	"strings"
)

// tree is a source in chunks.
type tree struct {
	src    string
	chunks []*chunk
	starts []int // of the chunks in src
	count  tally // of all chunks
	mode   mode  // that the chunks which ask for it were parsed under
	open   bool  // brackets are open at the end
	// overhang is no less than what any chunk but the last depends on behind its end, in bytes.
	overhang int
}

// change is what an edit of a source replaces: the bytes from start to end, by as many more as grow says.
type change struct{ start, end, grow int }

// nowhere is the change of nothing.
func nowhere(src string) change { return change{len(src) + 1, len(src) + 1, 0} }

// pass makes a tree of another by going through the source statement by statement as a whole parse would, but keeps each
// chunk that would come out as it is.
type pass struct {
	old  *tree
	next tree
	change
	// force makes chunks be parsed anew.
	force func(*chunk) bool
	// exact tells that what chunks add up to may matter to those behind them; before and after are its sums in the old tree
	// and the next.
	exact         bool
	before, after carry
	pos           int // where next ends so far
	i             int // the old chunk that may come next
	stats         Stats
}

// parseTree makes the tree of a source.
func parseTree(src string) (*tree, Stats) {
	p := pass{old: &tree{}, next: tree{src: src}, exact: true}
	p.run()
	return p.settle()
}

// edit makes the tree of a changed source.
func (t *tree) edit(src string, c change) (*tree, Stats) {
	p := pass{old: t, next: tree{src: src, mode: t.mode}, change: c}
	return p.runAny().settle()
}

// settle answers the tree, once what was parsed under another mode than its own is parsed anew.
func (p *pass) settle() (*tree, Stats) {
	t := p.next
	m := t.modeOf()
	words := m.loops != t.mode.loops && t.count[tLoopWords] > 0
	t.mode = m
	if t.count.stale(m) == 0 && !words {
		return &t, p.stats
	}
	again := pass{old: &t, next: tree{src: t.src, mode: m}, change: nowhere(t.src), stats: p.stats}
	again.force = func(k *chunk) bool { return k.count.stale(m) > 0 || words && k.count[tLoopWords] > 0 }
	return again.runAny().settle()
}

// modeOf is what the source of a tree decides about its statements.
func (t *tree) modeOf() mode {
	m := mode{unmatched: t.count[tUnmatched] > 0 || t.open}
	if t.count[tLoopNames] == 0 {
		return m
	}
	names := map[string]bool{}
	var list []string
	for _, k := range t.chunks {
		for _, name := range k.loops {
			if !names[name] {
				names[name] = true
				list = append(list, name)
			}
		}
	}
	sort.Strings(list)
	m.loops = strings.Join(list, " ")
	return m
}

// runAny runs the pass and, where the old or the next tree is not calm, exactly.
func (p *pass) runAny() *pass {
	again := *p
	if p.old.count.calm() {
		if p.run(); p.next.count.calm() {
			return p
		}
		again.stats = p.stats
	}
	again.exact = true
	again.run()
	return &again
}

func (p *pass) run() {
	n := len(p.old.chunks)
	p.next.chunks, p.next.starts = make([]*chunk, 0, n+1), make([]int, 0, n+1)
	p.next.count, p.next.overhang = p.old.count, p.old.overhang
	p.keepStart()
	p.dropTo(p.pos)
	for !p.done() {
		if !p.keep() {
			p.parse()
		}
	}
	p.dropTo(len(p.next.src) + 1)
	p.next.open = p.next.count[tLeft] > 0
	if p.exact {
		p.next.open = len(p.after.open) > 0
	}
}

// done tells that the chunk behind the last statement is there.
func (p *pass) done() bool {
	n := len(p.next.chunks)
	return n > 0 && p.next.chunks[n-1].stmt == nil
}

// touched tells that an old chunk depends on what has changed, or must be parsed anew.
func (p *pass) touched(i int) bool {
	k, at := p.old.chunks[i], p.old.starts[i]
	return at < p.end && at+k.reach >= p.start || p.force != nil && p.force(k)
}

// keepStart keeps the chunks before the change.
func (p *pass) keepStart() {
	n := len(p.old.chunks)
	i := 0
	if p.force == nil {
		i = sort.Search(n, func(i int) bool { return i == n-1 || p.old.starts[i+1]+p.old.overhang >= p.start })
		i = min(i, max(n-1, 0))
	}
	for i < n-1 && !p.touched(i) && p.old.starts[i+1] <= p.start {
		i++
	}
	p.take(i)
}

// take keeps old chunks up to the one with index to.
func (p *pass) take(to int) {
	shift := 0
	if p.i < to {
		shift = p.pos - p.old.starts[p.i]
	}
	p.next.chunks = append(p.next.chunks, p.old.chunks[p.i:to]...)
	for _, at := range p.old.starts[p.i:to] {
		p.next.starts = append(p.next.starts, at+shift)
	}
	if p.exact {
		for _, k := range p.old.chunks[p.i:to] {
			p.before.pass(k)
			p.after.pass(k)
		}
	}
	if p.i = to; to > 0 && len(p.next.chunks) > 0 {
		p.pos = p.next.end()
	}
}

// end is where the chunks end.
func (t *tree) end() int {
	n := len(t.chunks) - 1
	return t.starts[n] + t.chunks[n].size
}

// dropTo leaves out the old chunks that stand before a place.
func (p *pass) dropTo(pos int) {
	for ; p.i < len(p.old.chunks) && p.place(p.i) < pos; p.i++ {
		k := p.old.chunks[p.i]
		p.next.count.add(&k.count, -1)
		if p.exact {
			p.before.pass(k)
		}
	}
}

// place is where an old chunk stands after the change; of those inside it only the order matters.
func (p *pass) place(i int) int {
	at := p.old.starts[i]
	if at < p.end {
		return min(at, p.start)
	}
	return at + p.grow
}

// keep keeps the old chunks that come next, if any do.
func (p *pass) keep() bool {
	if !p.fits() {
		return false
	}
	p.take(p.stretch())
	return true
}

// stretch is where the run of old chunks ends that starts with one that fits: what follows one that stays does so too where
// the document is calm.
func (p *pass) stretch() int {
	n, to := len(p.old.chunks), p.i+1
	switch {
	case p.exact:
	case p.old.starts[p.i] >= p.end:
		to = n
	default:
		for to < n && p.old.starts[to] < p.end && !p.touched(to) {
			to++
		}
	}
	return to
}

// fits tells whether the old chunk that comes next would be parsed to what it is.
func (p *pass) fits() bool {
	if p.i == len(p.old.chunks) || p.place(p.i) != p.pos || p.touched(p.i) {
		return false
	}
	k := p.old.chunks[p.i]
	return k.seam == seamBehind(p.next.chunks, k.firstToken()) && (!p.exact || k.fits(&p.before, &p.after))
}

// dirty answers where the old chunks end that come next and are touched, and whether a bracket of any other has no partner,
// which makes it likely that the mode of the source will be so.
func (p *pass) dirty() (others bool, edge int) {
	edge = p.pos
	rest := p.next.count[tUnmatched] + p.next.count[tLeft]
	for i := p.i; i < len(p.old.chunks) && p.touched(i); i++ {
		k := p.old.chunks[i]
		rest -= k.count[tUnmatched] + k.count[tLeft]
		end := p.old.starts[i] + k.size
		if end >= p.end {
			end += p.grow
		}
		edge = max(edge, end)
	}
	return rest > 0, edge
}

// margin is how far a window reaches behind the chunk that it is for.
const margin = 512

// parse reads chunks until one of the old ones comes next.
func (p *pass) parse() {
	others, edge := p.dirty()
	size := edge + margin - p.pos
	if len(p.old.chunks) == 0 {
		edge = len(p.next.src)
	}
	for ; ; size *= 4 {
		w := openWindow(p.next.src, p.next.chunks, p.pos, edge, size, &p.after, len(p.old.chunks) > 0)
		if p.force == nil {
			p.next.mode.unmatched = w.unmatched || others
		}
		p.stats.Bytes += w.lex.pos - p.pos
		p.prepare(w)
		if p.accept(w) {
			return
		}
	}
}

// prepare tells the parser what is known at the window's start.
func (p *pass) prepare(w *window) {
	state := &w.toks[0]
	state.Type, state.Pos.Line, state.Pos.Offset = Kind(p.after.warned), p.after.notes, -1
	if n := len(p.next.chunks); n > 0 && p.next.chunks[n-1].noted >= 0 {
		state.Pos.Offset = p.next.starts[n-1] + p.next.chunks[n-1].noted
		state.Pos.Line = max(state.Pos.Line, 1)
	}
}

// accept takes the chunks of a window. It answers false where not even the first one can be told.
func (p *pass) accept(w *window) bool {
	for n := 0; ; n++ {
		k := w.chunk(p.next.chunks, p.next.mode, &p.after)
		if k == nil {
			return n > 0
		}
		p.next.chunks, p.next.starts = append(p.next.chunks, k), append(p.next.starts, p.pos)
		p.next.count.add(&k.count, 1)
		p.pos += k.size
		p.stats.Declarations += k.count[tStmts]
		if p.exact {
			p.after.pass(k)
		}
		if k.stmt == nil {
			return true
		}
		p.next.overhang = max(p.next.overhang, k.reach-k.size)
		if p.dropTo(p.pos); p.fits() {
			return true
		}
	}
}
