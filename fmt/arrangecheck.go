package format

import (
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/etamil-lang/etamil/syntax"
)

// verify reads the arranged text again and compares it with the source: the imports are the same with the same comments,
// and everything else is the same in the same order.
func (a *arranger) verify(out []byte) error {
	seed := maphash.MakeSeed()
	old := newTrace(a.name, a.src, seed, true)
	// An import with a comment may have come to the top, where a comment is taken for the file's.
	for _, head := range []bool{true, false} {
		if old.same(newTrace(a.name, out, seed, head)) {
			return nil
		}
	}
	return &LossError{a.name, "imports that are in order would leave another program", 0, fmt.Sprintf("%q", old.imports)}
}

// trace is what a program says, wherever its imports stand.
type trace struct {
	imports     []string // sorted: the tokens and comments of each
	words, tree maphash.Hash
	tokens      uint32 // how many are in tree
	broken      bool   // it has a syntax error
}

// newTrace reads a program. With head set, a comment above an import that starts the file is the file's.
func newTrace(name string, src []byte, seed maphash.Seed, head bool) *trace {
	t := &trace{}
	t.words.SetSeed(seed)
	t.tree.SetSeed(seed)
	for p := range partsOf(src, chunkSize) {
		f := syntax.Parse(name, src[p.start:p.end])
		t.broken = t.broken || f.HasErrors()
		t.file(f, head && p.start == 0)
	}
	slices.Sort(t.imports)
	return t
}

func (t *trace) same(u *trace) bool {
	return !t.broken && !u.broken && t.words.Sum64() == u.words.Sum64() && t.tree.Sum64() == u.tree.Sum64() && slices.Equal(t.imports, u.imports)
}

// file adds a tree.
func (t *trace) file(f *syntax.File, head bool) {
	m := &marker{f: f, toks: f.Tokens}
	skipped := make([]bool, len(f.Tokens)) // tokens of imports
	from := 0
	for k, s := range f.Stmts {
		i, end := m.begin(s), len(f.Tokens)-1
		if k+1 < len(f.Stmts) {
			end = m.begin(f.Stmts[k+1])
		}
		if _, ok := s.(*syntax.ImportStmt); !ok {
			continue
		}
		e := edgeOf(f, i, head && k == 0)
		t.run(f, from, e.before)
		from = edgeOf(f, end, false).after
		t.imports = append(t.imports, said(f, e.before, from))
		for n := i; n < end; n++ {
			skipped[n] = true
		}
	}
	t.run(f, from, len(f.Src))
	t.nodes(f, skipped)
}

// run adds what stands between two imports.
func (t *trace) run(f *syntax.File, start, end int) {
	_, _ = t.words.WriteString(said(f, start, end)) // a hash never fails
}

// said are the tokens and comments of a stretch, without what stands between them.
func said(f *syntax.File, start, end int) string {
	var b strings.Builder
	m := &marker{f: f, toks: f.Tokens}
	for i, at := m.at(start), start; at < end; i++ {
		stop := min(end, f.Tokens[i].Pos.Offset)
		for _, c := range readGap(f.Src[at:stop], true, nil).comments {
			b.WriteString(c.text)
			b.WriteByte(0)
		}
		if stop == end {
			break
		}
		b.WriteString(f.Tokens[i].Value)
		b.WriteByte(0)
		at = stop + len(f.Tokens[i].Value)
	}
	return b.String()
}

// nodes adds the tree without the imports: the kind of each node and the numbers of the tokens around it.
func (t *trace) nodes(f *syntax.File, skipped []bool) {
	number := make([]uint32, len(f.Tokens)+1)
	number[0] = t.tokens
	for i := range f.Tokens {
		number[i+1] = number[i]
		if !skipped[i] {
			number[i+1]++
		}
	}
	for _, v := range shape(f, nil) {
		if skipped[v.from] {
			continue
		}
		_, _ = t.tree.WriteString(v.kind.String())
		b := binary.LittleEndian.AppendUint32(nil, number[v.from])
		_, _ = t.tree.Write(binary.LittleEndian.AppendUint32(b, number[v.to]))
	}
	t.tokens = number[len(f.Tokens)-1]
}
