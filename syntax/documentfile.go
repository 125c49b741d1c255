package syntax

import (
	"iter"
	"slices"
	"sort"
	"strings"
	"sync"
	"weak"
)

// weakly remembers what f answers for as long as somebody holds it: those who ask one after the other share it.
func weakly(f func() []Token) func() []Token {
	var mu sync.Mutex
	var kept weak.Pointer[[]Token]
	return func() []Token {
		mu.Lock()
		defer mu.Unlock()
		if list := kept.Value(); list != nil {
			return *list
		}
		list := f()
		kept = weak.Make(&list)
		return list
	}
}

// file gathers a tree's statements and faults.
func (t *tree) file(name string) *File {
	n := t.count[tStmts]
	f := &File{Name: name, Src: t.src, Stmts: make([]Stmt, 0, n), Bases: make([]int, 0, n), tokens: weakly(t.tokens), tree: t}
	for i, k := range t.chunks {
		if k.stmt != nil {
			f.Stmts = append(f.Stmts, k.stmt)
			f.Bases = append(f.Bases, t.starts[i]-k.at)
		}
	}
	if t.count[tFaults] > 0 {
		f.Faults = t.faults()
	}
	if t.mode.unmatched && n > 0 {
		i := len(t.chunks) - 2
		k := t.chunks[i]
		start := k.stmt.Span().Start
		toks := k.tokens(nil, k.at, k.line)
		from := sort.Search(len(toks), func(i int) bool { return toks[i].Pos.Offset >= start })
		blameBrace(f, toks[from:], t.starts[i]-k.at)
	}
	return f
}

// faults puts the faults of all chunks in the order in which a whole parse has them.
func (t *tree) faults() []Fault {
	list := make([]ranked, 0, t.count[tFaults])
	bytes := 0
	for i, k := range t.chunks {
		base := t.starts[i] - k.at
		for _, f := range k.faults {
			if f.rank == rankBytes {
				if bytes++; bytes > MaxFaults {
					continue
				}
			}
			f.Span = f.Span.Shift(base)
			if f.Opener.End > f.Opener.Start {
				f.Opener = f.Opener.Shift(base)
			}
			list = append(list, f)
		}
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return int(a.rank) - int(b.rank) })
	out := make([]Fault, len(list))
	for i, f := range list {
		out[i] = f.Fault
	}
	return inOrder(out)
}

// tokensFrom is File.TokensFrom.
func (t *tree) tokensFrom(off int) iter.Seq2[int, Token] {
	return func(yield func(int, Token) bool) {
		from := max(0, sort.SearchInts(t.starts, off+1)-1)
		behind, line := 0, 1
		for i, k := range t.chunks {
			if i >= from {
				if i == from {
					behind = t.starts[i]
				}
				for n := range k.toks {
					tok := k.token(n, t.starts[i], line)
					if !yield(behind, tok) {
						return
					}
					behind = tokenEnd(&tok)
				}
			}
			line += k.lines
		}
		yield(behind, t.eof(line))
	}
}

// tokens puts the tokens of all chunks together.
func (t *tree) tokens() []Token {
	n := 1
	for _, k := range t.chunks {
		n += len(k.toks)
	}
	out, line := make([]Token, 0, n), 1
	for i, k := range t.chunks {
		out = k.tokens(out, t.starts[i], line)
		line += k.lines
	}
	return append(out, t.eof(line))
}

// eof is the token at the end of a source of so many lines.
func (t *tree) eof(line int) Token {
	end := Token{Type: EOF}
	end.Pos.Offset, end.Pos.Line = len(t.src), line
	if strings.HasSuffix(t.src, "\n") || t.src == "" {
		end.Pos.Column = 1
	}
	return end
}
