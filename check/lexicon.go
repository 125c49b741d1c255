package check

import (
	"math/bits"
	"slices"
)

// A lexicon finds the nearest of many names without comparing a mistyped one with each: names whose length or letters
// differ too much are passed over by a few bits, the rest compared 64 letters at a time. It never changes once it is made.
type lexicon struct {
	has    map[string]bool
	spelt  table // by what one sees: grapheme clusters
	spoken table // by how it sounds, across scripts
}

// table holds names as rows of letters.
type table struct {
	ids   map[string]uint32
	rows  [][]row // by how many letters they have
	cells []uint32
}

// row is one name: its letters are the next cells from start on, set has a bit of each.
type row struct {
	set   uint64
	start int
	name  string
}

func newLexicon(names []string) *lexicon {
	l := &lexicon{has: make(map[string]bool, len(names))}
	for _, name := range names {
		if !l.has[name] {
			l.has[name] = true
			l.spelt.add(name, clusters(name))
			l.spoken.add(name, splitBytes(sounds(name)))
		}
	}
	return l
}

// madeOf tells whether a lexicon was made of the keys of a map.
func madeOf[V any](l *lexicon, names map[string]V) bool {
	if l == nil || len(l.has) != len(names) {
		return false
	}
	for name := range names {
		if !l.has[name] {
			return false
		}
	}
	return true
}

func (t *table) add(name string, letters []string) {
	if t.ids == nil {
		t.ids = map[string]uint32{}
	}
	r := row{start: len(t.cells), name: name}
	for _, s := range letters {
		id, ok := t.ids[s]
		if !ok {
			id = uint32(len(t.ids))
			t.ids[s] = id
		}
		t.cells = append(t.cells, id)
		r.set |= 1 << (id % 64)
	}
	for len(t.rows) <= len(letters) {
		t.rows = append(t.rows, nil)
	}
	t.rows[len(letters)] = append(t.rows[len(letters)], r)
}

// match is the best name so far, and how many letters of it are wrong.
type match struct {
	wrong string
	name  string
	off   int
}

// newMatch looks for a name with at most so many wrong letters.
func newMatch(wrong string, limit int) *match { return &match{wrong: wrong, off: limit + 1} }

// wants tells whether a name with so many wrong letters is better. Of equal ones the first in order is.
func (m *match) wants(name string, off int) bool {
	return off < m.off || off == m.off && m.name != "" && name < m.name
}

func (m *match) take(name string, off int) {
	if m.wants(name, off) && name != m.wrong {
		m.name, m.off = name, off
	}
}

// search compares the letters of the wrong name with the rows, the ones of its own length first.
func (t *table) search(letters []string, m *match) {
	if len(letters) > 64 {
		t.long(letters, m)
		return
	}
	masks := make([]uint64, len(t.ids))
	set, strange := uint64(0), 0
	for i, s := range letters {
		if id, ok := t.ids[s]; ok {
			masks[id] |= 1 << i
			set |= 1 << (id % 64)
		} else if slices.Index(letters, s) == i {
			strange++
		}
	}
	for far := 0; far <= m.off; far++ {
		for _, n := range []int{len(letters) - far, len(letters) + far} {
			if n < 0 || n >= len(t.rows) {
				continue
			}
			for i := range t.rows[n] {
				r := &t.rows[n][i]
				least := max(bits.OnesCount64(set&^r.set)+strange, bits.OnesCount64(r.set&^set))
				if m.wants(r.name, least) {
					m.take(r.name, steps(masks, len(letters), t.cells[r.start:r.start+n]))
				}
			}
		}
	}
}

// long searches for a name of more letters than a mask has bits.
func (t *table) long(letters []string, m *match) {
	names := make([]string, len(t.ids))
	for s, id := range t.ids {
		names[id] = s
	}
	for n := max(0, len(letters)-m.off); n < min(len(t.rows), len(letters)+m.off+1); n++ {
		for _, r := range t.rows[n] {
			other := make([]string, n)
			for i := range other {
				other[i] = names[t.cells[r.start+i]]
			}
			m.take(r.name, distance(letters, other))
		}
	}
}

// steps is the number of letters to change, add or drop between two words, as distance counts them, by Myers' method: bit i
// of a mask tells that letter i of the first word, which has size letters, is the one that the mask is of. The columns of
// the table that distance fills are kept as their differences, a bit for each row.
func steps(masks []uint64, size int, other []uint32) int {
	if size == 0 {
		return len(other)
	}
	up, down, last, off := ^uint64(0), uint64(0), uint64(1)<<(size-1), size
	for _, id := range other {
		same := masks[id]
		vertical := same | down
		across := (((same & up) + up) ^ up) | same
		grow, shrink := down|^(across|up), up&across
		if grow&last != 0 {
			off++
		}
		if shrink&last != 0 {
			off--
		}
		grow, shrink = grow<<1|1, shrink<<1
		up, down = shrink|^(vertical|grow), grow&vertical
	}
	return off
}

// lexica are the names that a program gives, for suggestions: functions, shapes and variables of the top level. A session
// keeps them while the names stay.
type lexica struct{ funcs, shapes, globals *lexicon }

// follow answers the lexica of what a program declares: of functions and shapes where a call is meant, else of its variables
// too. They are brought up to date when they are first asked for.
func (l *lexica) follow(w *world) func(calls bool) []*lexicon {
	var all []*lexicon
	return func(calls bool) []*lexicon {
		if all == nil {
			l.funcs, l.shapes, l.globals = renewed(l.funcs, w.funcs), renewed(l.shapes, w.shapes), renewed(l.globals, w.globals)
			all = []*lexicon{l.funcs, l.shapes, l.globals}
		}
		if calls {
			return all[:2]
		}
		return all
	}
}

func renewed[V any](l *lexicon, names map[string]V) *lexicon {
	if madeOf(l, names) {
		return l
	}
	list := make([]string, 0, len(names))
	for name := range names {
		list = append(list, name)
	}
	return newLexicon(list)
}

// nearestIn is what nearestName answers for the names of lexica and a few others, but never the wrong name itself.
func nearestIn(wrong string, lists []*lexicon, others []string) string {
	if s := spelledIn(wrong, lists, others); s != "" {
		return s
	}
	return spokenIn(wrong, lists, others)
}

// spelledIn is the name that is spelt most like a mistyped one, as nearest finds it.
func spelledIn(wrong string, lists []*lexicon, others []string) string {
	letters := clusters(wrong)
	if len(letters) < 2 {
		return ""
	}
	m := newMatch(wrong, max(1, len(letters)/3))
	for _, name := range others {
		if other := clusters(name); max(len(other)-len(letters), len(letters)-len(other)) <= m.off {
			m.take(name, distance(letters, other))
		}
	}
	for _, l := range lists {
		l.spelt.search(letters, m)
	}
	return m.name
}

// spokenIn is the name that sounds most like a mistyped one, as acrossScripts finds it.
func spokenIn(wrong string, lists []*lexicon, others []string) string {
	sound := splitBytes(sounds(wrong))
	if len(sound) < 2 {
		return ""
	}
	m := newMatch(wrong, max(1, len(sound)/5))
	for _, name := range others {
		if other := splitBytes(sounds(name)); max(len(other)-len(sound), len(sound)-len(other)) <= m.off {
			m.take(name, distance(sound, other))
		}
	}
	for _, l := range lists {
		l.spoken.search(sound, m)
	}
	return m.name
}
