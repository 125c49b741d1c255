package syntax

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

// window is a stretch of a source that is lexed at once and then parsed statement by statement.
type window struct {
	src   string
	start int
	text  string // the window's own, of which its tokens are parts
	lex   *tokenizer
	toks  []Token // the state, the tokens before, the window's own, and the end tokens
	first int     // of the window's own tokens
	sure  int     // tokens from here on may change with what follows the window
	last  int     // the first end token
	whole bool    // it reaches to the end of the source
	// odd tells that something in it is reported or unmatched, so that each of its chunks is looked at for itself.
	odd   bool
	flags int
	// unmatched tells that some bracket before the edge has no partner there.
	unmatched bool
	peeker    *lexer.PeekingLexer
	next      int // where the next chunk starts, and on which line
	line      int
}

// restart sets the lexer to a stretch of its source behind chunks that end there. The carry is zero in calm documents.
func (l *tokenizer) restart(before []*chunk, at, stop int, c *carry) {
	n := len(c.open)
	l.pos, l.stop, l.line, l.column = at, stop, 1, -1
	if at == 0 {
		l.column = 0
	}
	l.toks = append(make([]Token, 1, (stop-at)/9+16), tokensBefore(before, at)...)
	l.faults, l.flags, l.lexCounts, l.odd, l.reach = nil, 0, c.lexCounts, false, 0
	l.open, l.lowest, l.shortest, l.deepest = slices.Clone(c.open), n, n, n
	l.closedRole, l.closedAt, l.skipping = plainBlock, 0, 0
	clear(l.known[:]) // a word is known once no more faults of it are noted
	if len(before) > 0 {
		if b := before[len(before)-1].closed; b.back > 0 && b.back < len(l.toks) {
			l.closedRole, l.closedAt = b.role, len(l.toks)-b.back
		}
	}
}

// openWindow lexes about size bytes, no fewer than up to edge, behind chunks that end at a place. Own tells that the tokens
// get their texts from a copy of the window, so that they do not hold the whole source.
func openWindow(src string, before []*chunk, at, edge, size int, c *carry, own bool) *window {
	l := &tokenizer{src: src}
	l.restart(before, at, min(len(src), edge), c)
	w := &window{src: src, start: at, lex: l, first: len(l.toks), next: at, line: 1}
	l.run()
	w.unmatched = l.flags&flagUnbalanced != 0 || len(l.open) > 0
	l.stop = min(len(src), max(edge, at+size))
	l.run()
	open := len(l.open) > 0
	l.pad()
	w.last = len(l.toks) - padding
	w.sure = w.last
	if w.whole = l.pos == len(src); !w.whole {
		w.sure = max(w.first, w.last-lookBack)
	}
	w.toks, w.flags = l.toks, l.flags
	if w.whole && open {
		w.flags |= flagUnbalanced
	}
	text := src[at:l.pos]
	if own {
		text = strings.Clone(text)
		for i := w.first; i < w.last; i++ {
			t := &w.toks[i]
			from := t.Pos.Offset - at
			t.Value = text[from : from+len(t.Value)]
		}
	}
	w.text, w.odd = text, l.odd || !utf8.ValidString(text)
	w.peeker = newPeeker(w.toks)
	for range w.first {
		w.peeker.Next()
	}
	return w
}

// chunk parses the next statement. It answers nil where what follows the window may change it.
func (w *window) chunk(before []*chunk, m mode, c *carry) *chunk {
	state := stateOf(w.peeker)
	state.Column = 0
	if m.unmatched {
		state.Column = flagUnbalanced
	}
	from, notes, warned := int(w.peeker.RawCursor()), state.Line, w.toks[0].Type
	k := &chunk{at: w.next, line: w.line, noted: -1}
	var idle []Fault
	k.stmt = parseTop(w.peeker, &idle)
	to := int(w.peeker.RawCursor())
	looked := w.looked(to, state.Column>>reachShift, state.Line > notes)
	if !w.whole && (k.stmt == nil || looked >= w.sure) {
		return nil
	}
	toks := w.toks[from:to]
	w.measure(k, toks, looked)
	k.keep(w.text[k.at-w.start:][:k.size], toks)
	k.seam = seamBehind(before, k.firstToken())
	k.count[tWarned] = int(w.toks[0].Type - warned)
	if k.count[tNotes] = state.Line - notes; k.count[tNotes] > 0 {
		k.noted = state.Offset - k.at
	}
	switch {
	case state.Column&flagAsked == 0:
	case m.unmatched:
		k.count[tIfNot] = 1
	default:
		k.count[tIfMatched] = 1
	}
	w.faults(k, idle)
	w.lexical(k, toks, before, c)
	k.count[tFaults] = len(k.faults)
	if w.flags&flagLoopWords != 0 {
		k.loopWords(toks, m)
	}
	return k
}

// measure finds out how far a chunk goes and how far it looked, and goes on behind it.
func (w *window) measure(k *chunk, toks []Token, looked int) {
	end := len(w.src)
	if k.stmt != nil {
		end = tokenEnd(&toks[len(toks)-1])
		k.count[tStmts] = 1
	}
	k.size, k.lines = end-k.at, strings.Count(w.src[k.at:end], "\n")
	if k.reach = k.size; k.stmt != nil {
		k.reach = w.reach(looked) - k.at
	}
	w.next, w.line = end, w.line+k.lines
}

// looked is the index of the last token that a statement depends on which ends before token to. A semicolon ends what is not
// broken; else the parser looks at one token more. What a word is the lexer may find out a few tokens later.
func (w *window) looked(to, far int, broken bool) int {
	last := to
	if w.toks[to-1].Type == Semi && !broken {
		last--
	}
	switch end := w.toks[to-1].Type; {
	case end != Semi && end != RBrace, last == to && w.toks[to].Type == Word:
		last += lookBack - 1
	}
	if far >= to {
		if k := w.toks[min(far, w.last)].Type; k != Semi && k != RBrace {
			far += lookBack - 1
		}
	}
	return min(max(last, far), w.last)
}

// reach is the last place whose change may change a token.
func (w *window) reach(token int) int {
	t := &w.toks[token]
	switch {
	case token >= w.last:
		return len(w.src)
	case len(t.Value) == 1 && t.Type != Invalid && marks[t.Value[0]] == t.Type && t.Type != Dot && t.Type != Assign && t.Type != Lt &&
		t.Type != Gt && t.Type != Slash:
		return t.Pos.Offset
	}
	return tokenEnd(t) + 2*utf8.UTFMax
}

// faults gives a chunk the faults of its statement and of what stands idle before it.
func (w *window) faults(k *chunk, idle []Fault) {
	for _, f := range idle {
		k.faults = append(k.faults, ranked{f, rankIdle})
	}
	if k.stmt == nil || k.count[tNotes] == 0 && k.count[tWarned] == 0 {
		return
	}
	for _, f := range collect(k.stmt, nil) {
		k.faults = append(k.faults, ranked{f, rankNode})
	}
}
