package lsp

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/etamil-lang/etamil/check/index"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/words"
)

// spotted is a place in a program that is asked about.
type spotted struct {
	snap *snapshot
	file *file
	off  int
	prog *program
	n    int // the file's number in the program
}

// spot finds the place of a request in its program; nil where there is none: in an etamil.toml.
func (s *Server) spot(ctx context.Context, p protocol.TextDocumentPositionParams) (*spotted, error) {
	snap := s.snap(ctx)
	f, off, err := snap.place(p)
	if err != nil {
		return nil, err
	}
	return snap.spotted(ctx, f, off)
}

func (s *snapshot) spotted(ctx context.Context, f *file, off int) (*spotted, error) {
	if s.projectAt(f.path) != nil {
		return nil, nil
	}
	prog, err := s.program(ctx, f)
	if err != nil {
		return nil, err
	}
	n := prog.number(f.path)
	if n < 0 || prog.names == nil {
		return nil, nil
	}
	return &spotted{snap: s, file: f, off: off, prog: prog, n: n}, nil
}

// name is the name at the place; false where there is none that means anything.
func (t *spotted) name() (index.Occurrence, bool) {
	o, ok := t.prog.names.At(t.n, t.off)
	return o, ok && o.Symbol.Kind != index.None
}

// symbols are all that an occurrence may mean.
func symbols(o index.Occurrence) []index.Symbol { return append([]index.Symbol{o.Symbol}, o.Also...) }

// nameSpan is the place of an occurrence's name, without the quotes of one that is a text.
func nameSpan(o index.Occurrence) syntax.Span {
	if o.Quoted && o.Span.End-o.Span.Start >= 2 {
		return syntax.Span{Start: o.Span.Start + 1, End: o.Span.End - 1}
	}
	return o.Span
}

// place is where a name stands.
type place struct {
	file *file
	index.Occurrence
}

func (p place) location() protocol.Location { return p.file.location(nameSpan(p.Occurrence)) }

// placeKey identifies a place across programs.
type placeKey struct {
	path  string
	start int
}

// search looks for everything that is one with a name in all programs that can see it: a module's function is the same in
// all that import it.
type search struct {
	snap    *snapshot
	linked  bool // with what cannot be told apart from it, as a rename has to
	name    string
	found   map[placeKey]place
	done    map[string][]index.Symbol // what was looked for, by root
	roots   []string
	covered map[string]bool // the files of those roots
	progs   []*program
}

// everywhere finds all places of the name at a place.
func (t *spotted) everywhere(ctx context.Context, linked bool) (*search, error) {
	s := &search{snap: t.snap, linked: linked, found: map[placeKey]place{}, done: map[string][]index.Symbol{}, covered: map[string]bool{}}
	o, ok := t.name()
	if !ok {
		return s, nil
	}
	s.name = o.Symbol.Name
	s.found[placeKey{t.file.path, o.Span.Start}] = place{t.file, o}
	s.take(t.prog.root)
	for again := true; again; {
		again = false
		s.widen()
		for _, root := range s.roots {
			more, err := s.look(ctx, root)
			if err != nil {
				return nil, err
			}
			again = again || more
		}
	}
	return s, nil
}

// take adds a root.
func (s *search) take(root string) {
	s.roots = append(s.roots, root)
	for _, name := range s.snap.linked().files(root) {
		s.covered[name] = true
	}
}

// widen adds the roots in which files with the name are seen, where other files have the name too: what a name means in a
// program is decided by the files that have it.
func (s *search) widen() {
	files := map[string]bool{}
	for key := range s.found {
		files[key.path] = true
	}
	for name := range files {
		for _, root := range s.snap.linked().within[name] {
			if !slices.Contains(s.roots, root) && s.news(root) {
				s.take(root)
			}
		}
	}
	slices.Sort(s.roots)
}

// news tells whether a root has the name in a file that was not looked at.
func (s *search) news(root string) bool {
	for _, name := range s.snap.linked().files(root) {
		if s.covered[name] {
			continue
		}
		if f := s.snap.at(name); f != nil && mayHold(f.text, s.name) {
			return true
		}
	}
	return false
}

// mayHold tells whether a text can have a name: it stands there, or the text has letters of other Indic scripts, which are
// read as the Tamil ones.
func mayHold(text, name string) bool { return strings.Contains(text, name) || words.HasForeign(text) }

// look finds the name's places in one program, and tells whether there were any new ones.
func (s *search) look(ctx context.Context, root string) (bool, error) {
	p, err := s.snap.checked(ctx, root)
	if err != nil {
		return false, err
	}
	if p.names == nil {
		return false, nil
	}
	if s.done[root] == nil {
		s.progs = append(s.progs, p)
	}
	todo := s.meant(p)
	more := false
	for sym, is := range todo {
		if !is || slices.Contains(s.done[root], sym) {
			continue
		}
		all := []index.Symbol{sym}
		if s.linked {
			all = p.names.Linked(sym)
		}
		for _, one := range all {
			if !slices.Contains(s.done[root], one) {
				s.done[root] = append(s.done[root], one)
				more = s.note(p, p.names.Occurrences(one)) || more
			}
		}
	}
	return more, ctx.Err() //nolint:wrapcheck // the chain looks for it
}

// meant are what the places that were found mean in a program.
func (s *search) meant(p *program) map[index.Symbol]bool {
	numbers := make(map[string]int, len(p.files))
	for n, f := range p.files {
		numbers[f.path] = n
	}
	all := map[index.Symbol]bool{}
	for key := range s.found {
		if n, ok := numbers[key.path]; ok {
			o, _ := p.names.At(n, key.start)
			for _, sym := range symbols(o) {
				all[sym] = sym.Kind != index.None
			}
		}
	}
	return all
}

func (s *search) note(p *program, list []index.Occurrence) bool {
	more := false
	for _, o := range list {
		f := p.files[o.File]
		key := placeKey{f.path, o.Span.Start}
		if _, known := s.found[key]; !known {
			s.found[key] = place{f, o}
			more = true
		}
	}
	return more
}

// places are what was found, by file and place, those of the given file first.
func (s *search) places(first string) []place {
	list := make([]place, 0, len(s.found))
	for _, p := range s.found {
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b place) int {
		if af, bf := a.file.path == first, b.file.path == first; af != bf {
			if af {
				return -1
			}
			return 1
		}
		return cmp.Or(strings.Compare(a.file.path, b.file.path), cmp.Compare(a.Span.Start, b.Span.Start))
	})
	return list
}

// files are the files that a root reaches, itself first.
func (g *graph) files(root string) []string {
	seen := map[string]bool{root: true}
	list := []string{root}
	for i := 0; i < len(list); i++ {
		for _, to := range g.imports[list[i]] {
			if !seen[to] {
				seen[to] = true
				list = append(list, to)
			}
		}
	}
	return list
}
