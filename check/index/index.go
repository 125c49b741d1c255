package index

import (
	"cmp"
	"slices"

	"github.com/etamil-lang/etamil/check"
	"github.com/etamil-lang/etamil/syntax"
	"github.com/etamil-lang/etamil/syntax/module"
)

// Builder makes the index of a program again and again while it is edited; what a statement says of names is read once
// for each text. It is not safe for concurrent use.
type Builder struct {
	known map[string]*fragment
	fresh int
}

// NewBuilder makes a builder that knows nothing yet.
func NewBuilder() *Builder { return &Builder{known: map[string]*fragment{}} }

// Read tells how many statements the last Build read for the first time.
func (b *Builder) Read() int { return b.fresh }

// Index knows the names of one program.
type Index struct {
	prog  *module.Program
	info  *check.Info // nil where members are not known
	items []item
	files [][]int32 // of each file its items, by place
	vars  map[string][]int32
	funcs map[string][]int32
	shape map[string][]int32

	serves bool                   // there are routes
	shared func() map[string]bool // what is not private
}

// item is one top-level statement.
type item struct {
	file  int
	stmt  syntax.Stmt
	tree  int // where it starts in its tree
	start int // and in its file
	end   int
	*fragment
}

// Build makes the index of a program. Without the info of a check of this very program, members of shapes are found in the
// literals of the shapes alone.
func (b *Builder) Build(p *module.Program, info *check.Info) *Index {
	ix := &Index{
		prog: p, items: make([]item, 0, len(p.Items)), files: make([][]int32, len(p.Files)),
		vars: map[string][]int32{}, funcs: make(map[string][]int32, len(p.Items)), shape: map[string][]int32{},
	}
	if info != nil && info.Program() == p {
		ix.info = info
	}
	used := make(map[string]*fragment, len(p.Items))
	b.fresh = 0
	for _, it := range p.Items {
		tree := it.Stmt.Span()
		src := p.Files[it.File].Src
		start := tree.Start + it.Base
		end := min(max(tree.End+it.Base, start), len(src))
		text := src[start:end]
		f := used[text]
		if f == nil {
			if f = b.known[text]; f == nil {
				f = read(it.Stmt)
				b.fresh++
			}
			used[text] = f
		}
		ix.add(item{it.File, it.Stmt, tree.Start, start, end, f})
	}
	b.known = used
	ix.share()
	for _, list := range ix.files {
		slices.SortFunc(list, func(a, b int32) int { return cmp.Compare(ix.items[a].start, ix.items[b].start) })
	}
	return ix
}

func (ix *Index) add(it item) {
	n := int32(len(ix.items))
	ix.items = append(ix.items, it)
	ix.files[it.file] = append(ix.files[it.file], n)
	note := func(into map[string][]int32, names []string) {
		for _, name := range names {
			if list := into[name]; len(list) == 0 || list[len(list)-1] != n {
				into[name] = append(list, n)
			}
		}
	}
	ix.serves = ix.serves || len(it.routes) > 0
	note(ix.vars, it.vars)
	note(ix.funcs, it.funcs)
	note(ix.shape, it.shapes)
}

// Program is the program of the index.
func (ix *Index) Program() *module.Program { return ix.prog }

// itemAt is the statement at an offset, or that ends there; -1 between statements.
func (ix *Index) itemAt(file, offset int) int32 {
	if n := ix.before(file, offset); n >= 0 && offset <= ix.items[n].end {
		return n
	}
	return -1
}

// before is the last statement that starts at an offset or before it, or -1.
func (ix *Index) before(file, offset int) int32 {
	if file < 0 || file >= len(ix.files) {
		return -1
	}
	list := ix.files[file]
	i, found := slices.BinarySearchFunc(list, offset, func(n int32, offset int) int { return cmp.Compare(ix.items[n].start, offset) })
	if !found {
		i--
	}
	if i < 0 {
		return -1
	}
	return list[i]
}

func (it *item) span(start, end int32) syntax.Span {
	return syntax.Span{Start: it.start + int(start), End: it.start + int(end)}
}
