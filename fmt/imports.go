package format

import (
	"cmp"
	"slices"
)

// Brought is what an import brings into a program: the file that it names and all that this one imports.
type Brought struct {
	// Declares are the functions, of every depth, and the shapes of these files, with the file of each; "" stands for
	// more than one file.
	Declares map[string]string
	// Only tells that the files hold nothing but declarations and imports. A program knows all of its declarations
	// before it runs, so that the place where such files are spliced in cannot matter, unless names meet: the last
	// function of a name is the one that counts (language/semantics.md 3.7).
	Only bool
}

// own is the file of names that the program itself declares. No path is called like that.
const own = "\x00"

// unit is an import, or a run of other statements, with the comments that belong to it.
type unit struct {
	start, end int // in the source
	imports    bool
	path       string // of an import
	empty      bool   // an empty line stands before it
	// unclear tells of a run that starts the file that the comment before it may speak of the file.
	unclear bool
}

// planner finds the order of the imports.
type planner struct {
	units []unit
	// declares are the names of the functions, of every depth, and shapes of a run.
	declares func(run unit) []string
	ask      func(path string) (Brought, bool)
	known    map[string]*Brought // nil: unknown
}

// order is a program with its imports in order.
type order struct {
	head  []int // the units of the first statements, all of them imports
	moved int   // how many of head stood further down
	rest  []int // the others
}

// plan groups the imports first, and sorts those that stand together by their paths, wherever that changes nothing of
// what the program does. It answers nil where all stay where they are.
func (p *planner) plan() *order {
	o := &order{}
	for i := range p.units {
		if !p.units[i].imports {
			break
		}
		o.head = append(o.head, i)
	}
	n := len(o.head)
	late := p.late(n)
	o.head = append(o.head, late...)
	o.moved = len(late)
	for i := n; i < len(p.units); i++ {
		if !slices.Contains(late, i) {
			o.rest = append(o.rest, i)
		}
	}
	for i := 0; i < len(o.head); {
		j := i + 1
		for j < len(o.head) && (j >= n || !p.units[o.head[j]].empty) {
			j++
		}
		p.sort(o.head[i:j])
		i = j
	}
	if o.moved == 0 && slices.IsSorted(o.head) {
		return nil
	}
	return o
}

// late are the imports behind other statements that can be moved before all of them.
func (p *planner) late(n int) []int {
	if n == 0 && len(p.units) > 0 && p.units[0].unclear {
		return nil
	}
	last := len(p.units) - 1
	for last >= n && !p.units[last].imports {
		last-- // nothing passes it
	}
	var list []int
	passed := map[string]string{}
	for i := n; i <= last; i++ {
		if !p.units[i].imports {
			for _, name := range p.declares(p.units[i]) {
				meet(passed, name, own)
			}
			continue
		}
		b := p.brought(p.units[i].path)
		if b == nil {
			break // nobody knows what it brings, so nothing passes it
		}
		if b.movable() && apart(b.Declares, passed) {
			list = append(list, i)
			continue
		}
		for name, file := range b.Declares {
			meet(passed, name, file)
		}
	}
	return list
}

// sort sorts the runs of a group in which no order matters.
func (p *planner) sort(group []int) {
	byPath := func(a, b int) int { return cmp.Compare(p.units[a].path, p.units[b].path) }
	if slices.IsSortedFunc(group, byPath) {
		return // and nobody has to be asked
	}
	union := map[string]string{}
	start := 0
	for i, n := range group {
		b := p.brought(p.units[n].path)
		if b == nil || !b.movable() || !apart(b.Declares, union) {
			slices.SortStableFunc(group[start:i], byPath)
			clear(union)
			start = i
			if b == nil || !b.movable() {
				start = i + 1
				continue
			}
		}
		for name, file := range b.Declares {
			meet(union, name, file)
		}
	}
	if start < len(group) {
		slices.SortStableFunc(group[start:], byPath)
	}
}

// brought asks what an import brings, once for each path; nil is not known.
func (p *planner) brought(path string) *Brought {
	if b, ok := p.known[path]; ok {
		return b
	}
	if p.known == nil {
		p.known = map[string]*Brought{}
	}
	var known *Brought
	if b, ok := p.ask(path); ok {
		known = &b
	}
	p.known[path] = known
	return known
}

// movable tells declarations that may be spliced in anywhere: no two of their files declare one name.
func (b *Brought) movable() bool {
	if !b.Only {
		return false
	}
	for _, file := range b.Declares {
		if file == "" {
			return false
		}
	}
	return true
}

// meet adds a name of a file.
func meet(names map[string]string, name, file string) {
	if was, ok := names[name]; ok && was != file {
		file = ""
	}
	names[name] = file
}

// apart tells that no name is declared by two files.
func apart(a, b map[string]string) bool {
	for name, file := range a {
		if other, ok := b[name]; ok && other != file {
			return false
		}
	}
	return true
}
