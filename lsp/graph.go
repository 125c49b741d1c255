package lsp

import (
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
)

// graph is which file imports which. A program is a file that nobody imports, with all that it imports; of files that import
// each other in a circle the first stands for all.
type graph struct {
	imports map[string][]string // canonical paths, in the order of the statements
	roots   []string            // in the order of their names
	within  map[string][]string // the roots through which a file is reached

	// What the graph was made of, to tell whether another snapshot's is the same.
	disk  *disk
	named map[string][]string // of each open file, what its imports name
}

// graphs keeps the newest graph.
type graphs struct {
	mu   sync.Mutex
	last *graph
}

// graph finds the snapshot's graph: that of an earlier one, where only what is in files has changed.
func (s *snapshot) graph() *graph {
	named := make(map[string][]string, len(s.open))
	for name, f := range s.open {
		named[name] = f.imports()
	}
	gs := &s.server.graphs
	gs.mu.Lock()
	last := gs.last
	gs.mu.Unlock()
	if last != nil && last.disk == s.disk && maps.EqualFunc(last.named, named, slices.Equal[[]string]) {
		return last
	}
	g := s.buildGraph(named)
	gs.mu.Lock()
	gs.last = g
	gs.mu.Unlock()
	return g
}

func (s *snapshot) buildGraph(named map[string][]string) *graph {
	g := &graph{imports: map[string][]string{}, within: map[string][]string{}, disk: s.disk, named: named}
	names := slices.Collect(maps.Keys(s.open))
	for name := range s.disk.files {
		if s.open[name] == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	imported := g.link(s, names)
	take := func(root string) {
		g.roots = append(g.roots, root)
		g.reach(root, root, map[string]bool{})
	}
	for _, name := range names {
		if !imported[name] {
			take(name)
		}
	}
	for _, name := range names {
		if len(g.within[name]) == 0 {
			take(name)
		}
	}
	return g
}

// link finds what files import, and what those do; it answers what is imported at all.
func (g *graph) link(s *snapshot, names []string) map[string]bool {
	imported := map[string]bool{}
	for todo := slices.Clone(names); len(todo) > 0; {
		name := todo[0]
		todo = todo[1:]
		f := s.at(name)
		if _, done := g.imports[name]; done || f == nil {
			continue
		}
		g.imports[name] = nil
		for _, want := range f.imports() {
			to := s.resolve(name, want)
			if to == "" || to == name {
				continue
			}
			g.imports[name] = append(g.imports[name], to)
			imported[to] = true
			todo = append(todo, to)
		}
	}
	return imported
}

// reach notes a root for all files that it imports, however deep.
func (g *graph) reach(root, name string, seen map[string]bool) {
	if seen[name] {
		return
	}
	seen[name] = true
	g.within[name] = append(g.within[name], root)
	for _, to := range g.imports[name] {
		g.reach(root, to, seen)
	}
}

// resolve finds the file that an import means: beside the importing file, or below the roots; "" is none.
func (s *snapshot) resolve(from, want string) string {
	if strings.TrimSpace(want) == "" {
		return ""
	}
	if isFile(want) {
		return s.existing(path.Clean(want))
	}
	for _, dir := range append([]string{path.Dir(from)}, s.server.opt.Roots...) {
		if found := s.existing(path.Join(dir, want)); found != "" {
			return found
		}
	}
	return ""
}

// existing is the canonical path of a file, or "" where there is none.
func (s *snapshot) existing(name string) string {
	if id := s.server.canonical(name); s.at(id) != nil {
		return id
	}
	return ""
}
