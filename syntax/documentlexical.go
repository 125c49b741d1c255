package syntax

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// lexical gives a chunk what the lexer found in it. Where that may be anything, the chunk is lexed again, by itself.
func (w *window) lexical(k *chunk, toks []Token, before []*chunk, c *carry) {
	if !w.odd && k.balanced(toks) {
		if len(before) > 0 && !slices.ContainsFunc(toks, func(t Token) bool { return t.Type == RBrace }) {
			if k.closed = before[len(before)-1].closed; k.closed.back > 0 {
				k.closed.back += len(toks)
			}
		}
		k.close()
		return
	}
	l := w.lex
	l.restart(before, k.at, k.at+k.size, c)
	l.run()
	if l.skipping > 0 {
		l.endRegion()
	}
	if l.closedAt > 0 {
		k.closed = closedBlock{l.closedRole, len(l.toks) - l.closedAt}
	}
	k.close()
	k.reach = max(k.reach, l.reach-k.at)
	k.nesting(l, len(c.open))
	n := &k.count
	n[tErrors], n[tWarnings] = l.errors-c.errors, l.warnings-c.warnings
	n[tScans], n[tMarks] = l.scans-c.scans, l.marks-c.marks
	w.report(k, l)
}

// nesting gives a chunk what the lexer found of its brackets behind so many open ones.
func (k *chunk) nesting(l *tokenizer, base int) {
	kept := min(base, l.shortest)
	k.pops, k.left, k.depth = base-kept, slices.Clone(l.open[kept:]), l.deepest-base
	n := &k.count
	n[tLeft] = len(k.left)
	if l.lowest < base {
		n[tDips] = 1
	}
	if k.depth >= MaxDepth/2 {
		n[tDeep] = 1
	}
	if l.flags&flagUnbalanced != 0 {
		n[tUnmatched] = 1
	}
}

// close drops a closed block that nobody looks back to.
func (k *chunk) close() {
	if k.closed.back > lookBack {
		k.closed = closedBlock{}
	}
}

// report gives a chunk the faults of the lexer.
func (w *window) report(k *chunk, l *tokenizer) {
	for _, f := range l.faults {
		for i, a := range f.Args {
			f.Args[i] = strings.Clone(a)
		}
		f.Fix = strings.Clone(f.Fix)
		k.faults = append(k.faults, ranked{f, rankLexer})
	}
	text := w.src[k.at : k.at+k.size]
	if utf8.ValidString(text) {
		return
	}
	for i := range l.faults {
		l.faults[i].Span = l.faults[i].Span.Shift(-k.at)
	}
	for _, f := range badText(text, l.faults) {
		f.Span = f.Span.Shift(k.at)
		k.faults = append(k.faults, ranked{f, rankBytes})
	}
}

// balanced finds out how deep a chunk goes, and answers false where its brackets do not match or a block of it may have
// clauses. The kind of a closing bracket follows that of its opening one.
func (k *chunk) balanced(toks []Token) bool {
	var open []Kind
	for i := range toks {
		switch t := toks[i].Type; t {
		case KwTry, KwCatch:
			return false
		case LParen, LBrack, LBrace:
			open = append(open, t)
			k.depth = max(k.depth, len(open))
		case RParen, RBrack, RBrace:
			n := len(open) - 1
			if n < 0 || open[n]+1 != t {
				return false
			}
			open = open[:n]
		}
	}
	if k.depth >= MaxDepth/2 {
		k.count[tDeep] = 1
	}
	return len(open) == 0
}

// loopWords makes statements of நிறுத்து and தொடர் in a chunk's loops, and notes where they are names instead.
func (k *chunk) loopWords(toks []Token, m mode) {
	if !slices.ContainsFunc(toks, func(t Token) bool { return t.Type == Word && loopWord(t.Value) != nil }) {
		return
	}
	k.count[tLoopWords] = 1
	if k.stmt == nil {
		return
	}
	s := loopScope{declared: map[string]bool{}}
	s.declare([]Stmt{k.stmt})
	for name := range s.declared {
		k.loops = append(k.loops, name)
		k.count[tLoopNames] = 1
	}
	sort.Strings(k.loops)
	for _, name := range strings.Fields(m.loops) {
		s.declared[name] = true
	}
	s.stmts([]Stmt{k.stmt})
}
